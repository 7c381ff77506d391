//! What stands around a block: neighbours, windows, distances, sections. Running sums make each of them one subtraction a block.

use std::ops::Range;

use pulp::{Arch, NullaryFnOnce};

use super::columns::{Columns, count, score, share, signed, small_count};
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
        Arch::new().dispatch(Push { near: Near::of(look, &rows), out });
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
        let mut push = |what, of: &[u8]| out.push(what, by, of.get(from..).unwrap_or_default().iter().copied());
        push("words of neighbour", &words);
        push("lexical score of neighbour", &lexical);
        if by.abs() == 1 {
            push("neighbour went as", &gone);
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

/// Sums over stretches above and below, of everything that is measured there.
struct Near {
    blocks: Windows,
    words: Windows,
    weight: Windows,
    lexical: Windows,
    prose: Windows,
    ends: Windows,
    gone: Windows,
    headlines: Windows,
    capitalised: Windows,
    topic: Windows,
    open_weight: Windows,
    open_lexical: Windows,
    /// Rows above the first that is asked about.
    above: usize,
}

impl Near {
    /// Those of the blocks `range`. The blocks beside them are in their windows.
    fn of(look: &Look, range: &Range<usize>) -> Self {
        let from = range.start.saturating_sub(Windows::REACH);
        let rows = look.rows.get(from..(range.end + Windows::REACH).min(look.rows.len())).unwrap_or_default();
        let rows = || rows.iter();
        Self {
            blocks: Windows::of(rows().map(|_| 1)),
            words: Windows::of(rows().map(|r| r.words().min(200))),
            weight: Windows::of(rows().map(Row::weight)),
            lexical: Windows::of(rows().map(|r| r.lexical() * r.weight())),
            prose: Windows::of(rows().map(|r| r.prose().min(200))),
            ends: Windows::of(rows().map(|r| i32::from(r.ends))),
            gone: Windows::of(rows().map(|r| i32::from(r.gone > Gone::Inside))),
            headlines: Windows::of(rows().map(|r| i32::from(r.is_headline))),
            capitalised: Windows::of(rows().map(Row::capitalised)),
            topic: Windows::of(rows().map(|r| if r.topic == 255 { 0 } else { i32::from(r.topic) * r.weight() })),
            open_weight: Windows::of(rows().map(|r| if r.gone == Gone::Not { r.weight() } else { 0 })),
            open_lexical: Windows::of(rows().map(|r| if r.gone == Gone::Not { r.lexical() * r.weight() } else { 0 })),
            above: range.start - from,
        }
    }

    /// Appends their means, all of it in loops over slices.
    #[inline(always)]
    fn push(&self, out: &mut Columns) {
        let lexical = |sum, weight| score(mean(sum, weight) / 100.0);
        let words = |sum, blocks| small_count(mean(sum, blocks) as i32);
        let whole = |sum, of| mean(sum, of) as i32 as u8;
        for by in [-8, 8, -20, 20] {
            self.column(out, "lexical score near", by, (&self.lexical, &self.weight), lexical);
            self.column(out, "words near", by, (&self.words, &self.blocks), words);
            self.column(out, "sentences near", by, (&self.ends, &self.blocks), share);
            if by.abs() == 20 {
                self.column(out, "gone near", by, (&self.gone, &self.blocks), share);
                self.column(out, "share of prose near", by, (&self.prose, &self.words), share);
                self.column(out, "headlines near", by, (&self.headlines, &self.blocks), share);
            }
            self.column(out, "open lexical score near", by, (&self.open_lexical, &self.open_weight), lexical);
            self.column(out, "capitalised near", by, (&self.capitalised, &self.blocks), whole);
            self.column(out, "topic near", by, (&self.topic, &self.weight), whole);
        }
    }

    /// Appends what `byte` makes, for each block, of the sums of a part and of the whole over the `window` below or above it.
    #[inline(always)]
    fn column(
        &self,
        out: &mut Columns,
        what: &'static str,
        window: i16,
        (part, whole): (&Windows, &Windows),
        byte: impl Fn(i32, i32) -> u8,
    ) {
        out.push_filled(what, window, |column| part.over(window, self.above).fill(whole.over(window, self.above), column, byte));
    }
}

/// The means of `near` appended to `out`, done with registers as wide as the machine has.
struct Push<'o> {
    near: Near,
    out: &'o mut Columns,
}

impl NullaryFnOnce for Push<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.near.push(self.out);
    }
}

/// The sum of a part for each of the whole.
#[inline(always)]
fn mean(part: i32, whole: i32) -> f32 {
    part as f32 / whole.max(1) as f32
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
        let at = || (look, rows.clone());
        to_nearest(out, at(), &mut self.prose, ("since prose", "until prose"), |r| r.prose() > 0);
        to_nearest(out, at(), &mut self.long, ("since long prose", "until long prose"), |r| r.is_long);
        to_nearest(out, at(), &mut self.gone, ("since gone", "until gone"), |r| r.gone > Gone::Inside);
        let announces = |r: &Row| r.opens > 0 && r.gone == Gone::Not;
        to_nearest(out, at(), &mut self.announcement, ("since announcement", "until announcement"), announces);
        for (nearest, (part, since, until)) in self.parts.iter_mut().zip(Gone::PARTS) {
            to_nearest(out, at(), nearest, (since, until), |r| r.gone == part);
        }
        self.run.push(out, look, rows);
    }
}

/// Steps where there is no block to go to: more than any page has, and more with each further one.
const NONE: u32 = 1 << 30;

/// Steps as a byte; nearly all are few.
#[inline(always)]
fn far(steps: u32) -> u8 {
    match steps {
        0..64 => steps as u8,
        64..NONE => count(steps).min(254),
        _ => 255,
    }
}

/// Distance to the nearest block of a sort, above and below.
fn to_nearest(
    out: &mut Columns,
    (look, range): (&Look, Range<usize>),
    nearest: &mut Nearest,
    (since, until): (&'static str, &'static str),
    is: impl Fn(&Row) -> bool,
) {
    let rows = look.rows.get(range.clone()).unwrap_or_default();
    let fill = |slot: &mut u8, row: &Row, steps: &mut u32| {
        *slot = far(*steps);
        *steps = if is(row) { 0 } else { *steps + 1 };
    };
    out.push_filled(since, 0, |column| {
        let mut steps = nearest.last.map_or(NONE, |at| (range.start - at - 1) as u32);
        column.iter_mut().zip(rows).for_each(|(slot, row)| fill(slot, row, &mut steps));
        nearest.last = (steps < NONE).then(|| range.end - 1 - steps as usize);
    });
    out.push_filled(until, 0, |column| {
        let next = range.end.checked_sub(1).and_then(|last| below(&mut nearest.next, &look.rows, last, &is));
        let mut steps = next.map_or(NONE, |at| (at - range.end) as u32);
        column.iter_mut().zip(rows).rev().for_each(|(slot, row)| fill(slot, row, &mut steps));
    });
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
