//! The page on its way out: the only place where text disappears.

mod explain;
mod json;
mod language;
mod markdown;
mod text;

pub use explain::{Palette, explain, summary};
pub use json::{Article, Removed, article};
pub use markdown::markdown;
pub use text::text;

use std::borrow::Cow;

use crate::page::{Block, Page};

/// The blocks that stay, headline first, each with its text without cuts. The headline is left out if not asked for.
fn kept(page: &Page, headline: bool) -> impl Iterator<Item = (&Block, Cow<'_, str>)> {
    let title = page.facts.headline;
    let first = title.filter(|_| headline).and_then(|i| page.blocks.get(i));
    let rest = page.blocks.iter().enumerate().filter(move |(i, _)| title != Some(*i)).map(|(_, b)| b);
    first.into_iter().chain(rest).filter(|b| !b.is_dropped()).map(|b| (b, uncut(b))).filter(|(_, t)| !t.is_empty())
}

/// The text of a block without the parts that go.
fn uncut(block: &Block) -> Cow<'_, str> {
    if block.cuts.is_empty() {
        return Cow::Borrowed(&block.text);
    }
    let mut out = String::with_capacity(block.text.len());
    for (at, c) in block.text.char_indices() {
        if !block.cuts.iter().any(|cut| cut.range.contains(&at)) {
            out.push(c);
        }
    }
    Cow::Owned(out.trim().to_owned())
}
