//! What stands around a block: neighbours, windows, distances, sections. Running sums make each of them one subtraction a block.

use super::columns::{Columns, Part, count, score, share, signed};
use super::look::{Gone, Look, Row};
use super::sums::{Sums, Windows, away};
use crate::page::Page;

/// The blocks next to each block, as they stand on the page and as they would in what is written.
pub(super) fn neighbours(out: &mut Columns, look: &Look) {
    let n = look.rows.len();
    for by in [-2, -1, 1, 2] {
        let neighbour = |i: usize| i.checked_add_signed(isize::from(by)).and_then(|i| look.rows.get(i));
        let row = |value: fn(&Row) -> u8, edge: u8| (0..n).map(move |i| neighbour(i).map_or(edge, value));
        out.push("words of neighbour", by, row(|r| count(r.words() as u32), 255));
        out.push("lexical score of neighbour", by, row(|r| score(r.lexical() as f32 / 100.0), 128));
        if by.abs() == 1 {
            out.push("neighbour went as", by, row(|r| r.gone as u8, 9));
        }
    }
    out.push("lexical score of open neighbour", -1, open_scores(look.rows.iter()).into_iter());
    out.push("lexical score of open neighbour", 1, open_scores(look.rows.iter().rev()).into_iter().rev());
}

/// For each row the score of the nearest one before it that has not gone.
fn open_scores<'r>(rows: impl Iterator<Item = &'r Row>) -> Vec<u8> {
    let mut last = 128;
    rows.map(|row| {
        let seen = last;
        last = if row.gone == Gone::Not { score(row.lexical() as f32 / 100.0) } else { last };
        seen
    })
    .collect()
}

/// Words and blocks beyond which a page is long: what is judged by how far down it stands is judged by annotated articles, and few
/// of them are longer. Without the cap the second half of a long article goes.
const MOST_WORDS: i32 = 600;
const MOST_BLOCKS: usize = 40;

/// Blocks whose windows are summed at once: all of a usual page, and of a huge one not so many that the sums are as large as the page.
const BAND: usize = 1 << 14;

/// Means over stretches above and below.
pub(super) fn windows(out: &mut Columns, look: &Look) {
    let (first, rows) = (out.names().len(), look.rows.len());
    for start in (0..rows.max(1)).step_by(BAND) {
        // The blocks beside those of the band are in their windows.
        let from = start.saturating_sub(Windows::REACH);
        let around = look.rows.get(from..(start + BAND + Windows::REACH).min(rows)).unwrap_or_default();
        band(&mut out.part(first, start, BAND), around, start - from);
    }
    stretches(out, look);
}

/// The means of those of `rows` that belong to a band, which are all but the first `above` and some at the end.
fn band(out: &mut Part<'_>, rows: &[Row], above: usize) {
    let windows = |measure: fn(&Row) -> i32| Windows::of(rows.iter().map(measure));
    let blocks = windows(|_| 1);
    let words = windows(|r| r.words().min(200));
    let weight = windows(|r| r.weight());
    let lexical = windows(|r| r.lexical() * r.weight());
    let prose = windows(|r| r.prose().min(200));
    let ends = windows(|r| i32::from(r.ends));
    let gone = windows(|r| i32::from(r.gone > Gone::Inside));
    let headlines = windows(|r| i32::from(r.is_headline));
    let capitalised = windows(|r| r.capitalised());
    let topic = windows(|r| if r.topic == 255 { 0 } else { i32::from(r.topic) * r.weight() });
    let open_weight = windows(|r| if r.gone == Gone::Not { r.weight() } else { 0 });
    let open_lexical = windows(|r| if r.gone == Gone::Not { r.lexical() * r.weight() } else { 0 });
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

/// What stands above and below on the whole page.
fn stretches(out: &mut Columns, look: &Look) {
    let n = look.rows.len();
    let words = Sums::of(look.rows.iter().map(|r| r.words().min(200)));
    let prose = Sums::of(look.rows.iter().map(|r| r.prose().min(200)));
    let all = n as i64;
    out.push("words above", 0, (0..n).map(|i| count(words.between(0, i as i64).clamp(0, MOST_WORDS) as u32)));
    out.push("prose above", 0, (0..n).map(|i| share(prose.between(0, i as i64), prose.between(0, all))));
    out.push("share of prose above", 0, (0..n).map(|i| share(prose.between(0, i as i64), words.between(0, i as i64))));
    out.push("share of prose below", 0, (0..n).map(|i| share(prose.between(i as i64 + 1, all), words.between(i as i64 + 1, all))));
}

/// How far things are, in blocks.
pub(super) fn distances(out: &mut Columns, page: &Page, look: &Look) {
    let n = look.rows.len();
    out.push("blocks below", 0, (0..n).map(|i| count((n - 1 - i).min(MOST_BLOCKS) as u32)));
    out.push("place", 0, (0..n).map(|i| share(i as i32, n as i32)));
    let headline = page.facts.headline;
    out.push("from headline", 0, (0..n).map(|i| headline.map_or(255, |h| signed((i as i32 - h as i32).min(MOST_BLOCKS as i32)))));
    to_nearest(out, look, ("since prose", "until prose"), |r| r.prose() > 0);
    to_nearest(out, look, ("since long prose", "until long prose"), |r| r.is_long);
    to_nearest(out, look, ("since gone", "until gone"), |r| r.gone > Gone::Inside);
    to_nearest(out, look, ("since announcement", "until announcement"), |r| r.opens > 0 && r.gone == Gone::Not);
    for (part, since, until) in Gone::PARTS {
        to_nearest(out, look, (since, until), move |r| r.gone == part);
    }
    runs(out, look);
}

/// Distance to the nearest block of a sort, above and below.
fn to_nearest(out: &mut Columns, look: &Look, (since, until): (&'static str, &'static str), is: impl Fn(&Row) -> bool) {
    let walk = |rows: &mut dyn Iterator<Item = &Row>| -> Vec<u8> {
        let mut steps = None::<u32>;
        rows.map(|row| {
            let seen = steps.map_or(255, |s| count(s).min(254));
            steps = if is(row) { Some(0) } else { steps.map(|s| s + 1) };
            seen
        })
        .collect()
    };
    let above = walk(&mut look.rows.iter());
    let below = walk(&mut look.rows.iter().rev());
    out.push(since, 0, above.into_iter());
    out.push(until, 0, below.into_iter().rev());
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

/// Length of the run of like blocks that a block stands in, in blocks and words.
fn runs(out: &mut Columns, look: &Look) {
    let n = look.rows.len();
    let (mut length, mut weight) = (vec![0u8; n], vec![0u8; n]);
    let mut start = 0;
    while start < n {
        let rows = look.rows.get(start..).unwrap_or_default();
        let kind = rows.first().map(class);
        let len = rows.iter().take_while(|r| Some(class(r)) == kind).count().max(1);
        let words: i32 = rows.iter().take(len).map(|r| r.words()).sum();
        for k in 0..len {
            if let (Some(l), Some(w)) = (length.get_mut(start + k), weight.get_mut(start + k)) {
                (*l, *w) = (count(len as u32), count(words as u32));
            }
        }
        start += len;
    }
    out.push("run of like", 0, length.into_iter());
    out.push("words of run", 0, weight.into_iter());
}

/// A stretch of prose and what little stands between.
#[derive(Debug, Clone, Copy, Default)]
struct Section {
    start: usize,
    end: usize,
    words: i32,
}

/// Sections of the page (prose with at most so many other blocks between) and the page's main stretch.
pub(super) fn sections(out: &mut Columns, look: &Look) {
    for most in [2, 6] {
        let sections = split(&look.rows, most);
        let best = sections.iter().copied().max_by_key(|s| (s.words, usize::MAX - s.start)).unwrap_or_default();
        let total: i32 = sections.iter().map(|s| s.words).sum();
        let at = by_block(look.rows.len(), &sections);
        let of = |i: usize| at.get(i).and_then(|s| *s).and_then(|s| sections.get(s).map(|x| (s, x)));
        let n = look.rows.len();
        let gap = most as i16;
        out.push("prose of section", gap, (0..n).map(|i| of(i).map_or(255, |(_, s)| share(s.words, total))));
        out.push("words of section", gap, (0..n).map(|i| of(i).map_or(0, |(_, s)| count(s.words.min(1500) as u32))));
        out.push("sections above", gap, (0..n).map(|i| of(i).map_or(255, |(k, _)| count(k.min(12) as u32))));
        out.push("from best section", gap, (0..n).map(|i| from(i, best.start, best.end)));
    }
    let main = main_stretch(&look.rows);
    out.push("from main stretch", 0, (0..look.rows.len()).map(|i| main.map_or(255, |(a, b)| from(i, a, b))));
    out.push(
        "into main stretch",
        0,
        (0..look.rows.len()).map(|i| main.map_or(255, |(a, _)| signed((i as i32 - a as i32).min(MOST_BLOCKS as i32)))),
    );
    out.push("left of main stretch", 0, (0..look.rows.len()).map(|i| main.map_or(255, |(_, b)| signed(b as i32 - i as i32))));
}

/// Signed distance to a stretch, 128 inside.
fn from(i: usize, start: usize, end: usize) -> u8 {
    signed(away(i as i64, start as i64, end as i64) as i32)
}

fn split(rows: &[Row], most: usize) -> Vec<Section> {
    let mut out: Vec<Section> = Vec::new();
    for (i, row) in rows.iter().enumerate().filter(|(_, r)| r.prose() > 0) {
        match out.last_mut() {
            Some(last) if i - last.end <= most => (last.end, last.words) = (i + 1, last.words + row.prose()),
            _ => out.push(Section { start: i, end: i + 1, words: row.prose() }),
        }
    }
    out
}

fn by_block(n: usize, sections: &[Section]) -> Vec<Option<usize>> {
    let mut at = vec![None; n];
    for (k, section) in sections.iter().enumerate() {
        at.iter_mut().take(section.end).skip(section.start).for_each(|slot| *slot = Some(k));
    }
    at
}

/// The stretch with the most prose and the least else (maximum-sum interval, Pasternack and Roth 2009), as first block and end.
fn main_stretch(rows: &[Row]) -> Option<(usize, usize)> {
    let (mut best, mut range) = (0, None);
    let (mut sum, mut start) = (0, 0);
    for (i, row) in rows.iter().enumerate() {
        let value = match row {
            r if r.prose() > 0 => r.prose().min(80),
            r if r.gone == Gone::Inside => 0,
            r => -(r.words().min(12) + 3),
        };
        if sum <= 0 {
            (sum, start) = (0, i);
        }
        sum += value;
        if sum > best {
            (best, range) = (sum, Some((start, i + 1)));
        }
    }
    range
}
