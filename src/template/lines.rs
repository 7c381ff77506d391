//! What is remembered of a page until the pages of its site are compared: its lines, and what was made of each without templates.
//!
//! It is bounded, so that a page takes no more than [`MOST_BYTES`] and as much again for its lines.

use crate::measure::mix;
use crate::page::{Block, Kind, Page, Verdict};
use crate::passes::MODEL;

use super::pattern::{Keys, LONGEST};

/// Most lines of a page that are looked at, from its top and from its end: furniture stands there.
const MOST_LINES: usize = 750;
/// Bytes of lines that are kept of a page, half from its top and half from its end.
const MOST_BYTES: usize = 1 << 17;
/// Words of the shortest paragraph that tells one story from another.
const STORY_WORDS: u32 = 12;

/// A page of a site, to learn from.
#[derive(Debug, Clone)]
pub struct PageLines {
    /// Hash of all its text: by it the pages of a site are put in order, and a page that is there twice is found.
    pub print: u64,
    pub(super) lines: Vec<Line>,
    /// Its paragraphs that stayed, by the hash of their words, sorted, with the number of words.
    pub(super) story: Vec<(u64, u32)>,
    /// The hash of its headline.
    pub(super) headline: Option<u64>,
}

/// A line of a page.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) keys: Keys,
    pub(super) text: Box<str>,
    pub(super) words: u32,
    pub(super) is_prose: bool,
    /// Whether the model judged it.
    pub(super) is_judged: bool,
    /// Whether it stayed.
    pub(super) stays: bool,
    /// Words of paragraphs that stayed, above and below.
    pub(super) above: u32,
    pub(super) below: u32,
}

impl PageLines {
    /// The lines of a page that was judged without templates.
    pub fn of(page: &Page) -> Self {
        let (top, end) = looked_at(&page.blocks);
        let edges = page.blocks.iter().enumerate().filter(|(at, _)| *at < top || *at >= end);
        let lines = edges.map(|(at, block)| line(page, at, block)).collect();
        let long = |b: &&Block| is_story(b) && b.shape.words() >= STORY_WORDS;
        let mut story: Vec<(u64, u32)> = page.blocks.iter().filter(long).map(|b| (b.shape.sum, b.shape.words())).collect();
        story.sort_unstable();
        story.dedup();
        let headline = page.facts.headline.and_then(|at| page.blocks.get(at)).filter(|b| b.shape.words() >= 4).map(|b| b.shape.sum);
        Self { print: page.blocks.iter().fold(1, |hash, b| mix(hash, b.shape.sum)), lines, story, headline }
    }

    /// Counts for each line the words of its article above and below; lines that `is_template` are no part of that.
    pub(super) fn place(&mut self, is_template: impl Fn(Keys) -> bool) {
        let weight = |line: &Line| if line.is_prose && line.stays && !is_template(line.keys) { line.words } else { 0 };
        let all: u32 = self.lines.iter().map(weight).sum();
        let mut above = 0;
        for line in &mut self.lines {
            let own = weight(line);
            line.above = above;
            line.below = all.saturating_sub(above + own);
            above += own;
        }
    }

    /// The words of its story.
    fn words(&self) -> u32 {
        self.story.iter().map(|(_, words)| words).sum()
    }

    /// Whether two pages tell one story: most of the shorter one stands in the other, or half of it under one headline.
    pub(super) fn tells_the_same(&self, other: &Self) -> bool {
        let mut shared = 0;
        let (mut a, mut b) = (self.story.iter().peekable(), other.story.iter().peekable());
        while let (Some((x, words)), Some((y, _))) = (a.peek(), b.peek()) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    shared += words;
                    a.next();
                    b.next();
                }
            }
        }
        let least = self.words().min(other.words());
        let one_headline = self.headline.is_some() && self.headline == other.headline;
        self.print == other.print || shared * 100 > least * if one_headline { 30 } else { 60 }
    }
}

/// Whether a block is a paragraph that stayed.
fn is_story(block: &Block) -> bool {
    block.shape.is_prose() && !block.is_dropped()
}

/// How many blocks at the top are looked at, and from which one on at the end.
fn looked_at(blocks: &[Block]) -> (usize, usize) {
    let within = |blocks: &mut dyn Iterator<Item = &Block>| {
        let mut bytes = 0;
        blocks
            .take(MOST_LINES)
            .take_while(|b| {
                bytes += b.text.len().min(LONGEST);
                bytes <= MOST_BYTES / 2
            })
            .count()
    };
    let top = within(&mut blocks.iter());
    (top, blocks.len() - within(&mut blocks.iter().rev()).min(blocks.len() - top))
}

fn line(page: &Page, at: usize, block: &Block) -> Line {
    let keys = if page.facts.headline != Some(at) { Keys::of_block(block) } else { Keys::default() };
    let by_model = match block.verdict() {
        Verdict::Drop(why) => why.pass == MODEL,
        _ => true,
    };
    Line {
        keys,
        text: if keys == Keys::default() { Box::default() } else { block.text.as_str().into() },
        words: block.shape.words(),
        is_prose: block.shape.is_prose(),
        is_judged: by_model && page.facts.headline != Some(at),
        // That a line is said twice on a page is no word on what it is.
        stays: !block.is_dropped() || block.dropped_as() == Some(Kind::Duplicate),
        above: 0,
        below: 0,
    }
}
