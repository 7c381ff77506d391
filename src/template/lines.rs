//! What is remembered of a page until the pages of its site are compared: its lines, and what was made of each without templates.

use crate::measure::mix;
use crate::page::{Block, Kind, Page};

use super::pattern::Keys;

/// Most lines of a page that are looked at, from its top and from its end: furniture stands there.
const MOST_LINES: usize = 1500;
/// Bytes of the longest line that may be a template: a notice of four hundred words.
const LONGEST: usize = 2500;
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
    pub(super) judged: bool,
    /// Whether it stayed.
    pub(super) stays: bool,
    /// Words of paragraphs that stayed, above and below.
    pub(super) above: u32,
    pub(super) below: u32,
}

impl PageLines {
    /// The lines of a page that was cleaned without templates.
    pub fn of(page: &Page) -> Self {
        let weight = |b: &Block| if b.shape.is_prose() && !b.is_dropped() { b.shape.words } else { 0 };
        let all: u32 = page.blocks.iter().map(weight).sum();
        let count = page.blocks.len();
        let mut above = 0;
        let mut lines = Vec::new();
        for (at, block) in page.blocks.iter().enumerate() {
            let own = weight(block);
            let is_edge = at < MOST_LINES || at + MOST_LINES >= count;
            let keys = if is_edge && block.text.len() <= LONGEST && page.facts.headline != Some(at) { Keys::of(&block.text) } else { Keys::default() };
            {
                let judged = match block.verdict() { crate::page::Verdict::Drop(why) => why.pass == "model", _ => page.facts.headline != Some(at) };
                lines.push(Line {
                    judged,
                    keys,
                    text: block.text.as_str().into(),
                    words: block.shape.words,
                    is_prose: block.shape.is_prose(),
                    // That a line is said twice on a page is no word on what it is.
                    stays: !block.is_dropped() || block.dropped_as() == Some(Kind::Duplicate),
                    above,
                    below: all.saturating_sub(above + own),
                });
            }
            above += own;
        }
        let long = |b: &&Block| b.shape.is_prose() && !b.is_dropped() && b.shape.words >= STORY_WORDS;
        let mut story: Vec<(u64, u32)> = page.blocks.iter().filter(long).map(|b| (b.shape.sum, b.shape.words)).collect();
        story.sort_unstable();
        story.dedup();
        let headline = page.facts.headline.and_then(|at| page.blocks.get(at)).filter(|b| b.shape.words >= 4).map(|b| b.shape.sum);
        Self { print: page.blocks.iter().fold(1, |hash, b| mix(hash, b.shape.sum)), lines, story, headline }
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
