//! Plain text: a blank line between paragraphs; list items, table rows and lines of verse on neighbouring lines.

use super::{Joint, parts};
use crate::page::Page;

/// The article as plain text, with one newline at its end; empty if nothing stays.
pub fn text(page: &Page, headline: bool) -> String {
    let mut out = String::new();
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
