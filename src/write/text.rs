//! Plain text: a blank line between paragraphs, list items and table rows on neighbouring lines.

use super::kept;
use crate::page::{Block, Gap, Layout, Page, Role};

/// Most words of a line that belongs to its neighbour as lines of verse, an address or a table do.
const VERSE_WORDS: u32 = 14;

/// Whether the page sets paragraphs off by blank lines, so that neighbouring lines mean something.
fn has_gaps(page: &Page) -> bool {
    page.blocks.iter().skip(1).filter(|b| b.gap == Gap::Blank).count() * 4 > page.blocks.len()
}

/// The article as plain text, with one newline at its end; empty if nothing stays.
pub fn text(page: &Page, headline: bool) -> String {
    let mut out = String::new();
    let mut above: Option<&Block> = None;
    for (block, text) in kept(page, headline) {
        if let Some(above) = above {
            out.push_str(if is_tight(page, above, block) { "\n" } else { "\n\n" });
        }
        out.push_str(&text);
        above = Some(block);
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// Whether two blocks stand on neighbouring lines: items of one list, rows of one table, lines of one stanza.
fn is_tight(page: &Page, above: &Block, block: &Block) -> bool {
    if block.gap != Gap::Line || above.lines.end != block.lines.start || above.role != block.role {
        return false;
    }
    let stanza = || page.facts.layout == Layout::Lines && has_gaps(page) && above.shape.words.max(block.shape.words) <= VERSE_WORDS;
    matches!(block.role, Role::Item | Role::Row | Role::Code) || stanza()
}
