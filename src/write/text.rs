//! Plain text: a blank line between paragraphs, list items and table rows on neighbouring lines.

use super::kept;
use crate::page::{Block, Gap, Layout, Page, Role};

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
    let _ = page.facts.layout == Layout::Lines;
    block.gap == Gap::Line && above.role == block.role && matches!(block.role, Role::Item | Role::Row | Role::Code)
}
