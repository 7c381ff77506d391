//! Verse: lines that repeat on purpose.

use crate::page::{Block, Density, Gap, Page, Role};

/// Most words of a line of verse.
const LINE_WORDS: u32 = 14;
/// More words than any line of verse has.
const LONG_WORDS: u32 = 20;

fn is_short(block: &Block) -> bool {
    (1..=LINE_WORDS).contains(&block.shape.words()) && block.role == Role::Paragraph
}

fn count(page: &Page, which: impl Fn(&Block) -> bool) -> usize {
    page.blocks.iter().filter(|b| which(b)).count()
}

/// Whether most lines of the page are short and on neighbouring lines, or it is verse alone. What is said again there is a refrain, no
/// copy.
pub(super) fn has_verse(page: &Page) -> bool {
    let lines = count(page, |b| b.shape.words() > 0);
    let short = count(page, |b| is_short(b) && b.gap == Gap::Line);
    short * 2 > lines && count(page, |b| b.shape.words() > LONG_WORDS) * 5 < short || is_verse(page)
}

/// Whether the page is verse and hardly anything else, on neighbouring lines or each a paragraph of its own, as it is written. Its refrain
/// is no headline either.
pub(super) fn is_verse(page: &Page) -> bool {
    let lines = count(page, |b| b.shape.words() > 0);
    let short = count(page, is_short);
    page.facts.density == Density::Article && short * 2 > lines && count(page, |b| b.shape.is_prose()) * 4 < short
}
