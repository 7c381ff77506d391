//! Plain text: a blank line between paragraphs; list items, table rows and lines of verse on neighbouring lines.

use super::{Joint, parts};
use crate::page::Page;

/// The article as plain text, with one newline at its end; empty if nothing stays.
pub fn text(page: &Page, headline: bool) -> String {
    let kept = page.blocks.iter().filter(|block| !block.is_dropped()).map(|block| block.text.len() + 2);
    let mut out = String::with_capacity(kept.sum());
    for part in parts(page, headline) {
        out.push_str(match part.joint {
            Joint::Top => "",
            Joint::Tight => "\n",
            Joint::Apart => "\n\n",
        });
        out.push_str(&part.text);
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}
