//! Verse: pages of lines that repeat on purpose.

use crate::page::{Block, Density, Gap, Page, Role};

/// Most words of a line of verse.
const LINE_WORDS: u32 = 14;
/// More words than any line of verse has.
const PROSE_WORDS: u32 = 20;

/// Whether the page is verse: most lines short, on neighbouring lines, or however far apart where nothing shows furniture. What is said
/// again there is a refrain, neither a copy nor a headline.
pub(super) fn is_verse(page: &Page) -> bool {
    let apart = page.facts.density == Density::Article;
    let is_short = |b: &&Block| (1..=LINE_WORDS).contains(&b.shape.words) && (apart || b.gap == Gap::Line) && b.role == Role::Paragraph;
    let lines = page.blocks.iter().filter(|b| b.shape.words > 0).count();
    let short = page.blocks.iter().filter(is_short).count();
    let prose = page.blocks.iter().filter(|b| b.shape.words > PROSE_WORDS).count();
    short * 2 > lines && prose * 5 < short
}
