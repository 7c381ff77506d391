//! From scores to decisions: how sure the model must be on this page.

use super::chance;
use crate::page::Page;

/// When a block stays.
#[derive(Debug, Clone, Copy)]
pub struct Bars {
    /// Log-odds from which a block of a page of furniture stays.
    pub dump: f32,
    /// The same on a page that is nearly all text.
    pub article: f32,
    /// Share of a page's words, by their chances, from which it is nearly all text.
    pub mostly: f32,
    /// x
    pub expected: f32,
}

/// The bars in use.
pub const BARS: Bars = Bars { dump: -0.3, article: -2.0, mostly: 0.8, expected: 0.0 };

/// Whether each block of `page` stays, by the log-odds of each.
pub fn settle(page: &Page, odds: &[f32], bars: &Bars) -> Vec<bool> {
    let (mut text, mut all) = (0.0, 0.0);
    let mut open = Vec::new();
    for (i, (block, odds)) in page.blocks.iter().zip(odds).enumerate() {
        if block.is_open() && page.facts.headline != Some(i) {
            let words = block.shape.words as f32;
            text += chance(*odds) * words;
            all += words;
            open.push((chance(*odds), words));
        }
    }
    let mut bar = if text >= bars.mostly * all { bars.article } else { bars.dump };
    if bars.expected > 0.0 && text < bars.mostly * all {
        // The cut that maximises the expected F1 of the page.
        open.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (mut hit, mut kept, mut best) = (0.0, 0.0, 0.0f32);
        for (p, words) in open {
            hit += p * words;
            kept += words;
            best = best.max(2.0 * hit / (kept + text));
        }
        let p = (best / 2.0 * bars.expected).clamp(0.05, 0.95);
        bar = (p / (1.0 - p)).ln();
    }
    odds.iter().map(|odds| *odds >= bar).collect()
}
