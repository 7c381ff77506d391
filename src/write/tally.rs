//! How much of a page went, counted.

use std::collections::BTreeMap;

use super::removed;
use crate::measure::shape_of;
use crate::page::Page;

/// How much of a page there was, and what went of it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// The words of the whole page.
    pub words: u32,
    /// What went, by kind.
    pub removed: BTreeMap<&'static str, Count>,
}

/// How much went as one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Count {
    /// Blocks, and parts of blocks.
    pub pieces: u32,
    /// Words.
    pub words: u32,
}

/// Counts the words of the page and what went of it.
pub fn tally(page: &Page) -> Tally {
    let mut tally = Tally { words: page.blocks.iter().map(|block| block.shape.words()).sum(), removed: BTreeMap::new() };
    for gone in removed(page) {
        let Some(kind) = gone.what.kind else { continue };
        let count = tally.removed.entry(kind).or_default();
        count.pieces += 1;
        count.words += shape_of(gone.what.text).words();
    }
    tally
}

impl Tally {
    /// The words that stayed.
    pub fn kept(&self) -> u32 {
        self.words.saturating_sub(self.removed.values().map(|count| count.words).sum())
    }
}
