//! Where the article stands on the page: from its first paragraph to its last.

use std::ops::RangeInclusive;

use crate::measure::End;
use crate::page::{Block, Density, Kind, Page};
use crate::rules::{At, Hit};

/// The range of blocks from the article's first paragraph to its last.
#[derive(Debug, Clone)]
pub(super) struct Extent(Option<RangeInclusive<usize>>);

/// Most words of one paragraph that count, so that a wall of text elsewhere does not outweigh an article.
const CAP: i64 = 80;

impl Extent {
    /// Finds it: on a page of prose from the first to the last paragraph, on a page of furniture the stretch with the most
    /// prose and the least furniture (maximum-sum interval, as in Pasternack and Roth 2009).
    pub(super) fn of(page: &Page) -> Self {
        match page.facts.density {
            Density::Article => {
                let first = page.blocks.iter().position(is_text);
                let last = page.blocks.iter().rposition(is_text);
                Self(first.zip(last).map(|(a, b)| a..=b))
            }
            Density::Dump => Self(heaviest(&page.blocks)),
        }
    }

    /// Index of the first paragraph.
    pub(super) fn first(&self) -> Option<usize> {
        self.0.as_ref().map(|r| *r.start())
    }

    /// Index of the last paragraph.
    pub(super) fn last(&self) -> Option<usize> {
        self.0.as_ref().map(|r| *r.end())
    }

    /// Whether block `i` stands before the first paragraph.
    pub(super) fn is_head(&self, i: usize) -> bool {
        self.first().is_none_or(|first| i < first)
    }

    /// Whether block `i` stands after the last paragraph.
    pub(super) fn is_tail(&self, i: usize) -> bool {
        self.last().is_none_or(|last| i > last)
    }

    /// Whether block `i` stands between the paragraphs.
    pub(super) fn holds(&self, i: usize) -> bool {
        self.0.as_ref().is_some_and(|r| r.contains(&i))
    }

    /// Whether block `i` stands where a rule acts.
    pub(super) fn fits(&self, at: At, i: usize) -> bool {
        match at {
            At::Any => true,
            At::Head => self.is_head(i),
            At::Tail => self.is_tail(i),
            At::Edge => !self.holds(i),
        }
    }
}

/// Whether a block is a paragraph of running text that no certain rule names.
pub(super) fn is_text(block: &Block) -> bool {
    let furniture = |h: &Hit| h.is_certain() || matches!(h.rule.kind, Kind::Bio | Kind::Legal | Kind::Promo) && h.rule.at != At::Any;
    !block.is_dropped() && block.shape.is_prose() && !block.hits().iter().any(furniture)
}

fn heaviest(blocks: &[Block]) -> Option<RangeInclusive<usize>> {
    let (mut best, mut range) = (0, None);
    let (mut sum, mut start) = (0, 0);
    for (i, block) in blocks.iter().enumerate() {
        let words = i64::from(block.shape.words());
        let value = if is_text(block) {
            words.min(CAP)
        } else if block.dropped_as().is_some_and(stands_inside) {
            0
        } else {
            -(words.min(12) + 3)
        };
        if sum <= 0 {
            (sum, start) = (0, i);
        }
        sum += value;
        if sum > best && value > 0 {
            (best, range) = (sum, Some(start..=i));
        }
    }
    range.map(|r| reach_back(blocks, first_text(blocks, *r.start()))..=reach_on(blocks, *r.end()))
}

/// Whether noise of this kind stands inside articles too, so that it parts nothing.
fn stands_inside(kind: Kind) -> bool {
    matches!(kind, Kind::Ticker | Kind::Duplicate | Kind::Ad | Kind::Promo | Kind::Caption | Kind::Widget)
}

/// Most blocks and words, dropped ones not counted, between the stretch and a paragraph that still belongs to it: an opening
/// sentence, a list, a subheading and a last word.
const NEAR_BLOCKS: usize = 6;
const NEAR_WORDS: u32 = 45;

fn reach_back(blocks: &[Block], start: usize) -> usize {
    let mut start = start;
    while let Some(n) = nearest(blocks.get(..start).unwrap_or_default().iter().rev()) {
        start -= 1 + n;
    }
    start
}

fn reach_on(blocks: &[Block], end: usize) -> usize {
    // A last word of a few words stands right below the last paragraph.
    let last_word = |b: &Block| {
        !b.is_dropped()
            && b.shape.end == End::Sentence
            && b.shape.words() >= 4
            && b.shape.lower() + b.shape.caseless() >= 2
            && b.hits().is_empty()
    };
    let mut end = end;
    loop {
        let below = blocks.get(end + 1..).unwrap_or_default();
        let open = || below.iter().position(|b| !b.dropped_as().is_some_and(stands_inside));
        let word = || open().filter(|n| below.get(*n).is_some_and(last_word));
        let Some(n) = nearest(below.iter()).or_else(word) else { return end };
        end += 1 + n;
    }
}

/// How far away the next paragraph is, if it is near.
fn nearest<'b>(blocks: impl Iterator<Item = &'b Block>) -> Option<usize> {
    let (mut count, mut words) = (0, 0);
    for (n, block) in blocks.enumerate() {
        if is_text(block) {
            return Some(n);
        }
        if !block.is_dropped() {
            count += 1;
            words += block.shape.words();
        }
        if count > NEAR_BLOCKS || words > NEAR_WORDS || n > 40 || block.dropped_as().is_some_and(|k| !stands_inside(k)) {
            return None;
        }
    }
    None
}

fn first_text(blocks: &[Block], from: usize) -> usize {
    blocks.iter().skip(from).position(is_text).map_or(from, |n| from + n)
}
