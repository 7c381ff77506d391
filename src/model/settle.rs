//! From scores to decisions: how sure the model must be on this page.

use crate::page::{Density, Page};

/// When a block stays, in log-odds of being article text.
#[derive(Debug, Clone, Copy)]
pub struct Bars {
    /// On a page of furniture.
    pub dump: f32,
    /// On a page that shows no furniture: an article, or what an extractor left.
    pub article: f32,
    /// Between the paragraphs.
    pub inside: f32,
    /// For the only line between two paragraphs: a subheading, if not an insert.
    pub alone: f32,
}

/// The bars in use: the best on pages of sites that the forest has not seen (`train --cross`), where a clean article loses nothing.
/// From -0.8 to 0 on dumps the mean F1 changes by .002; on articles -1 gains .0006 on extractors' outputs and costs .0001 of clean
/// articles' words.
pub const BARS: Bars = Bars { dump: -0.4, article: -1.5, inside: -1.2, alone: -3.0 };

/// Whether each block of `page` stays, by the log-odds of each.
pub fn settle(page: &Page, odds: &[f32], bars: &Bars) -> Vec<bool> {
    if page.facts.density == Density::Article {
        return odds.iter().map(|odds| *odds >= bars.article).collect();
    }
    let mut stays: Vec<bool> = odds.iter().map(|odds| *odds >= bars.dump).collect();
    let open: Vec<usize> = (0..stays.len()).filter(|i| page.blocks.get(*i).is_some_and(|b| b.is_open())).collect();
    let anchor = |i: usize| page.blocks.get(i).is_some_and(|b| b.shape.is_prose()) && odds.get(i).is_some_and(|odds| *odds >= bars.dump);
    let mut last = None;
    for (at, i) in open.iter().enumerate().filter(|(_, i)| anchor(**i)) {
        if let Some(last) = last.filter(|last| at - last <= REACH + 1) {
            let bar = if at - last == 2 { bars.alone } else { bars.inside };
            for k in open.get(last + 1..at).unwrap_or_default() {
                if let (Some(slot), Some(odds)) = (stays.get_mut(*k), odds.get(*k)) {
                    *slot |= *odds >= bar;
                }
            }
        }
        let _ = i;
        last = Some(at);
    }
    stays
}

/// Most open lines between two paragraphs that belong to what they stand in.
const REACH: usize = 4;
