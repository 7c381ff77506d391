//! The sections of a page: prose with little else between, and the page's main stretch.

use std::ops::Range;

use super::columns::{Columns, count, share, signed};
use super::look::{Gone, Row};
use super::sums::away;

/// Blocks beyond which a page is long: what is judged by how far down it stands is judged by annotated articles, and few of them are
/// longer. Without the cap the second half of a long article goes.
pub(super) const MOST_BLOCKS: usize = 40;

/// A stretch of prose and what little stands between.
#[derive(Debug, Clone, Copy, Default)]
struct Section {
    start: usize,
    end: usize,
    words: i32,
}

/// The sections of a page, and the one that a block stands in as it is gone down the page.
pub(super) struct Sections {
    all: Vec<Section>,
    best: Section,
    /// Words of all.
    words: i32,
    /// How many end above the block.
    above: usize,
}

impl Sections {
    /// Prose with at most `most` other blocks between.
    pub(super) fn of(rows: &[Row], most: usize) -> Self {
        let all = split(rows, most);
        let best = all.iter().copied().max_by_key(|s| (s.words, usize::MAX - s.start)).unwrap_or_default();
        Self { words: all.iter().map(|s| s.words).sum(), all, best, above: 0 }
    }

    /// The section that block `i` stands in, with its number.
    fn at(&mut self, i: usize) -> Option<(usize, Section)> {
        while self.all.get(self.above).is_some_and(|section| section.end <= i) {
            self.above += 1;
        }
        self.all.get(self.above).filter(|section| section.start <= i).map(|section| (self.above, *section))
    }
}

/// Appends what sections the blocks `rows` stand in; `all` are those of the page with their gaps, `main` is its main stretch.
pub(super) fn push(out: &mut Columns, all: &mut [(usize, Sections)], main: Option<(usize, usize)>, rows: Range<usize>) {
    for (most, sections) in all {
        let gap = *most as i16;
        let (best, total) = (sections.best, sections.words);
        let of: Vec<Option<(usize, Section)>> = rows.clone().map(|i| sections.at(i)).collect();
        out.push("prose of section", gap, of.iter().map(|of| of.map_or(255, |(_, s)| share(s.words, total))));
        out.push("words of section", gap, of.iter().map(|of| of.map_or(0, |(_, s)| count(s.words.min(1500) as u32))));
        out.push("sections above", gap, of.iter().map(|of| of.map_or(255, |(k, _)| count(k.min(12) as u32))));
        out.push("from best section", gap, rows.clone().map(|i| from(i, best.start, best.end)));
    }
    out.push("from main stretch", 0, rows.clone().map(|i| main.map_or(255, |(a, b)| from(i, a, b))));
    let into = |i: usize| main.map_or(255, |(a, _)| signed((i as i32 - a as i32).min(MOST_BLOCKS as i32)));
    out.push("into main stretch", 0, rows.clone().map(into));
    out.push("left of main stretch", 0, rows.map(|i| main.map_or(255, |(_, b)| signed(b as i32 - i as i32))));
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

/// The stretch with the most prose and the least else (maximum-sum interval, Pasternack and Roth 2009), as first block and end.
pub(super) fn main_stretch(rows: &[Row]) -> Option<(usize, usize)> {
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
