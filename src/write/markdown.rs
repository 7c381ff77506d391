//! CommonMark: headings, items and quotes with their marks.

use super::kept;
use crate::page::{Gap, Page, Role};

/// The article as Markdown, with one newline at its end; empty if nothing stays.
pub fn markdown(page: &Page, headline: bool) -> String {
    let title = page.facts.headline.and_then(|i| page.blocks.get(i)).map(std::ptr::from_ref);
    let mut out = String::new();
    let mut above = None;
    for (block, text) in kept(page, headline) {
        if let Some(above) = above {
            let list = block.gap == Gap::Line && block.role == Role::Item && above == Role::Item;
            out.push_str(if list { "\n" } else { "\n\n" });
        }
        match block.role {
            _ if title == Some(std::ptr::from_ref(block)) => out.push_str("# "),
            Role::Heading(level) => {
                out.push_str(&"#".repeat(usize::from(level.max(2))));
                out.push(' ');
            }
            Role::Quote => out.push_str("> "),
            _ => {}
        }
        out.push_str(&text);
        above = Some(block.role);
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}
