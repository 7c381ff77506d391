//! What stands around a block: neighbours, windows, distances, sections. Running sums make each of them one subtraction a block.

use std::ops::Range;

use super::columns::{Columns, count, score, share, signed};
use super::look::{Gone, Look, Row};
use super::sections::{self, MOST_BLOCKS, Sections, main_stretch};
use super::sums::{Windows, narrow};
use crate::page::Page;

/// What is carried along from stretch to stretch of the page, which is gone through once from its top.
pub(super) struct Context {
    open: Nearest,
    prose: Nearest,
    long: Nearest,
    gone: Nearest,
    announcement: Nearest,
    parts: [Nearest; Gone::PARTS.len()],
    run: Run,
    /// Words and words of prose, of the whole page and of what stands above the stretch.
    all: Above,
    above: Above,
    sections: [(usize, Sections); 2],
    main: Option<(usize, usize)>,
}

impl Context {
    pub(super) fn of(look: &Look) -> Self {
        let mut all = Above::default();
        look.rows.iter().for_each(|row| all.add(row));
        Self {
            open: Nearest::default(),
            prose: Nearest::default(),
            long: Nearest::default(),
            gone: Nearest::default(),
            announcement: Nearest::default(),
            parts: Default::default(),
            run: Run::default(),
            all,
            above: Above::default(),
            sections: [2, 6].map(|most| (most, Sections::of(&look.rows, most))),
            main: main_stretch(&look.rows),
        }
    }

    /// The features of the next `rows` of the page.
    pub(super) fn push(&mut self, out: &mut Columns, page: &Page, look: &Look, rows: Range<usize>) {
        neighbours(out, look, rows.clone());
        self.open_neighbours(out, look, rows.clone());
        windows(out, look, rows.clone());
        self.stretches(out, look, rows.clone());
        self.distances(out, page, look, rows.clone());
        sections::push(out, &mut self.sections, self.main, rows);
    }

    /// The score of the nearest block above and below that has not gone.
    fn open_neighbours(&mut self, out: &mut Columns, look: &Look, rows: Range<usize>) {
        let is = |row: &Row| row.gone == Gone::Not;
        let scored = |at: Option<usize>| at.and_then(|at| look.rows.get(at)).map_or(128, |row| score(row.lexical() as f32 / 100.0));
        let Nearest { last, next } = &mut self.open;
        out.push("lexical score of open neighbour", -1, rows.clone().map(|i| scored(above(last, &look.rows, i, is))));
        out.push("lexical score of open neighbour", 1, rows.map(|i| scored(below(next, &look.rows, i, is))));
    }
}

/// The nearest block of a sort above and below, as it is gone down the page.
#[derive(Debug, Clone, Copy, Default)]
struct Nearest {
    last: Option<usize>,
    /// The next one; behind the last row if there is none, and not known yet where it is no further than the block.
    next: usize,
}

/// The nearest row of a sort above row `i`; `last` is it, and goes along.
fn above(last: &mut Option<usize>, rows: &[Row], i: usize, is: impl Fn(&Row) -> bool) -> Option<usize> {
    let seen = *last;
    if rows.get(i).is_some_and(is) {
        *last = Some(i);
    }
    seen
}

/// The nearest row of a sort below row `i`; `next` is it, and goes along.
fn below(next: &mut usize, rows: &[Row], i: usize, is: impl Fn(&Row) -> bool) -> Option<usize> {
    if *next <= i {
        let rest = rows.get(i + 1..).unwrap_or_default();
        *next = rest.iter().position(is).map_or(rows.len(), |at| i + 1 + at);
    }
    (*next < rows.len()).then_some(*next)
}

/// Blocks up to the furthest neighbour that is looked at.
const NEAR: usize = 2;

/// The blocks next to each block, as they stand on the page and as they would in what is written.
fn neighbours(out: &mut Columns, look: &Look, rows: Range<usize>) {
    let words = around(look, &rows, 255, |row| count(row.words() as u32));
    let lexical = around(look, &rows, 128, |row| score(row.lexical() as f32 / 100.0));
    let gone = around(look, &rows, 9, |row| row.gone as u8);
    for by in [-2, -1, 1, 2] {
        let from = NEAR.saturating_add_signed(by.into());
        out.push("words of neighbour", by, words.iter().copied().skip(from));
        out.push("lexical score of neighbour", by, lexical.iter().copied().skip(from));
        if by.abs() == 1 {
            out.push("neighbour went as", by, gone.iter().copied().skip(from));
        }
    }
}

/// A measure of `rows` and of those [`NEAR`] them on both sides; `edge` where the page ends.
fn around(look: &Look, rows: &Range<usize>, edge: u8, measure: impl Fn(&Row) -> u8) -> Vec<u8> {
    let at = |i: usize| i.checked_sub(NEAR).and_then(|i| look.rows.get(i)).map_or(edge, &measure);
    (rows.start..rows.end + 2 * NEAR).map(at).collect()
}

/// Words beyond which a page is long, as [`MOST_BLOCKS`] are blocks.
const MOST_WORDS: i32 = 600;

/// Means over stretches above and below. The blocks beside those of the stretch are in their windows.
fn windows(out: &mut Columns, look: &Look, range: Range<usize>) {
    let from = range.start.saturating_sub(Windows::REACH);
    let rows = look.rows.get(from..(range.end + Windows::REACH).min(look.rows.len())).unwrap_or_default();
    let above = range.start - from;
    let rows = || rows.iter();
    let blocks = Windows::of(rows().map(|_| 1));
    let words = Windows::of(rows().map(|r| r.words().min(200)));
    let weight = Windows::of(rows().map(Row::weight));
    let lexical = Windows::of(rows().map(|r| r.lexical() * r.weight()));
    let prose = Windows::of(rows().map(|r| r.prose().min(200)));
    let ends = Windows::of(rows().map(|r| i32::from(r.ends)));
    let gone = Windows::of(rows().map(|r| i32::from(r.gone > Gone::Inside)));
    let headlines = Windows::of(rows().map(|r| i32::from(r.is_headline)));
    let capitalised = Windows::of(rows().map(Row::capitalised));
    let topic = Windows::of(rows().map(|r| if r.topic == 255 { 0 } else { i32::from(r.topic) * r.weight() }));
    let open_weight = Windows::of(rows().map(|r| if r.gone == Gone::Not { r.weight() } else { 0 }));
    let open_lexical = Windows::of(rows().map(|r| if r.gone == Gone::Not { r.lexical() * r.weight() } else { 0 }));
    for by in [-8, 8, -20, 20] {
        out.push("lexical score near", by, means(&lexical, &weight, by).map(|mean| score(mean / 100.0)).skip(above));
        out.push("words near", by, means(&words, &blocks, by).map(|mean| count(mean as u32)).skip(above));
        out.push("sentences near", by, shares(&ends, &blocks, by).skip(above));
        if by.abs() == 20 {
            out.push("gone near", by, shares(&gone, &blocks, by).skip(above));
            out.push("share of prose near", by, shares(&prose, &words, by).skip(above));
            out.push("headlines near", by, shares(&headlines, &blocks, by).skip(above));
        }
        out.push("open lexical score near", by, means(&open_lexical, &open_weight, by).map(|mean| score(mean / 100.0)).skip(above));
        out.push("capitalised near", by, means(&capitalised, &blocks, by).map(|mean| mean as u8).skip(above));
        out.push("topic near", by, means(&topic, &weight, by).map(|mean| mean as u8).skip(above));
    }
}

/// For each block the sum of `part` for each of `whole`, over the `window` blocks below or above it.
fn means<'w>(part: &'w Windows, whole: &'w Windows, window: i16) -> impl Iterator<Item = f32> + 'w {
    part.over(window).zip(whole.over(window)).map(|(part, whole)| part as f32 / whole.max(1) as f32)
}

/// The same as a share.
fn shares<'w>(part: &'w Windows, whole: &'w Windows, window: i16) -> impl Iterator<Item = u8> + 'w {
    part.over(window).zip(whole.over(window)).map(|(part, whole)| share(part, whole))
}

/// Words, 200 at most of each block, and those of prose.
#[derive(Debug, Clone, Copy, Default)]
struct Above {
    words: i64,
    prose: i64,
}

impl Above {
    fn add(&mut self, row: &Row) {
        self.words += i64::from(row.words().min(200));
        self.prose += i64::from(row.prose().min(200));
    }
}

impl Context {
    /// What stands above and below on the whole page.
    fn stretches(&mut self, out: &mut Columns, look: &Look, rows: Range<usize>) {
        let all = self.all;
        let stretch = look.rows.get(rows).unwrap_or_default();
        let mut values: Vec<[u8; 4]> = Vec::with_capacity(stretch.len());
        for row in stretch {
            let above = self.above;
            self.above.add(row);
            let below = (all.prose - self.above.prose, all.words - self.above.words);
            values.push([
                count(narrow(above.words).clamp(0, MOST_WORDS) as u32),
                share(narrow(above.prose), narrow(all.prose)),
                share(narrow(above.prose), narrow(above.words)),
                share(narrow(below.0), narrow(below.1)),
            ]);
        }
        out.push("words above", 0, values.iter().map(|[words, ..]| *words));
        out.push("prose above", 0, values.iter().map(|[_, prose, ..]| *prose));
        out.push("share of prose above", 0, values.iter().map(|[.., share, _]| *share));
        out.push("share of prose below", 0, values.iter().map(|[.., share]| *share));
    }

    /// How far things are, in blocks.
    fn distances(&mut self, out: &mut Columns, page: &Page, look: &Look, rows: Range<usize>) {
        let n = look.rows.len();
        out.push("blocks below", 0, rows.clone().map(|i| count((n - 1 - i).min(MOST_BLOCKS) as u32)));
        out.push("place", 0, rows.clone().map(|i| share(i as i32, n as i32)));
        let headline = page.facts.headline;
        let from = |i: usize| headline.map_or(255, |h| signed((i as i32 - h as i32).min(MOST_BLOCKS as i32)));
        out.push("from headline", 0, rows.clone().map(from));
        let mut to = |nearest, names, is: &dyn Fn(&Row) -> bool| to_nearest(out, look, rows.clone(), nearest, names, is);
        to(&mut self.prose, ("since prose", "until prose"), &|r| r.prose() > 0);
        to(&mut self.long, ("since long prose", "until long prose"), &|r| r.is_long);
        to(&mut self.gone, ("since gone", "until gone"), &|r| r.gone > Gone::Inside);
        to(&mut self.announcement, ("since announcement", "until announcement"), &|r| r.opens > 0 && r.gone == Gone::Not);
        for (nearest, (part, since, until)) in self.parts.iter_mut().zip(Gone::PARTS) {
            to(nearest, (since, until), &move |r| r.gone == part);
        }
        self.run.push(out, look, rows);
    }
}

/// Distance to the nearest block of a sort, above and below.
fn to_nearest(
    out: &mut Columns,
    look: &Look,
    rows: Range<usize>,
    nearest: &mut Nearest,
    (since, until): (&'static str, &'static str),
    is: impl Fn(&Row) -> bool,
) {
    let far = |steps: Option<usize>| steps.map_or(255, |steps| count(steps as u32).min(254));
    let Nearest { last, next } = nearest;
    out.push(since, 0, rows.clone().map(|i| far(above(last, &look.rows, i, &is).map(|at| i - at - 1))));
    out.push(until, 0, rows.map(|i| far(below(next, &look.rows, i, &is).map(|at| at - i - 1))));
}

/// What a block is in a run of its like: prose, gone, a headline's shape, or another short line.
fn class(row: &Row) -> u8 {
    match row {
        r if r.gone > Gone::Inside => 0,
        r if r.prose() > 0 => 1,
        r if r.is_headline && r.words() > 3 => 2,
        r if r.words() <= 3 => 3,
        _ => 4,
    }
}

/// The run of like blocks that a block stands in, as it is gone down the page.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    end: usize,
    /// In blocks and in words, as [`count`] has it.
    length: u8,
    words: u8,
}

impl Run {
    /// Length of the run that each block stands in.
    fn push(&mut self, out: &mut Columns, look: &Look, rows: Range<usize>) {
        let mut runs = Vec::with_capacity(rows.len());
        for i in rows {
            if i >= self.end {
                *self = Self::from(look.rows.get(i..).unwrap_or_default(), i);
            }
            runs.push((self.length, self.words));
        }
        out.push("run of like", 0, runs.iter().map(|(length, _)| *length));
        out.push("words of run", 0, runs.iter().map(|(_, words)| *words));
    }

    /// The run at the beginning of `rows`, which is block `at`.
    fn from(rows: &[Row], at: usize) -> Self {
        let kind = rows.first().map(class);
        let length = rows.iter().take_while(|r| Some(class(r)) == kind).count().max(1);
        let words: i32 = rows.iter().take(length).map(|r| r.words()).sum();
        Self { end: at + length, length: count(length as u32), words: count(words as u32) }
    }
}
