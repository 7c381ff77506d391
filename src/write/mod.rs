//! The page on its way out: the only place where text disappears.

mod diff;
mod explain;
mod inline;
mod json;
mod language;
mod markdown;
mod sheet;
mod tally;
mod text;
mod verdicts;

pub use diff::diff;
pub use explain::{Palette, explain, summary};
pub use json::{Article, Gone, Removed, article, removed};
pub use markdown::markdown;
pub use sheet::{Card, Line, Piece, Sheet, card, sheet};
pub use tally::{Count, Tally, tally};
pub use text::text;
pub use verdicts::verdicts;

use std::borrow::Cow;

use crate::page::{Block, Density, Gap, Layout, Page, Role};
use crate::read::{is_comment, role_of};

/// A block that stays, ready to be written.
pub(crate) struct Part<'p> {
    pub(crate) block: &'p Block,
    /// Its place on the page.
    pub(crate) at: usize,
    /// Its text without cuts.
    pub(crate) text: Cow<'p, str>,
    is_headline: bool,
    pub(crate) joint: Joint,
}

/// How a part follows the one above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joint {
    /// It is the first.
    Top,
    /// On the next line: items of a list, rows of a table, lines of a stanza.
    Tight,
    /// After a blank line.
    Apart,
}

/// Longest line of verse, in columns: a hexameter in prose languages has 50 to 60.
const VERSE_CHARS: u32 = 64;

/// The blocks that stay, headline first on a page of furniture (an article has it in its place). The headline is left out if it is not asked for.
pub(crate) fn parts(page: &Page, headline: bool) -> impl Iterator<Item = Part<'_>> {
    let title = page.facts.headline.filter(|i| *i < page.blocks.len());
    let moved = title.filter(|_| page.facts.density == Density::Dump);
    let rest = (0..page.blocks.len()).filter(move |i| Some(*i) != moved && (headline || Some(*i) != title));
    let stanzas = keeps_stanzas(page);
    let marked = page.facts.layout == Layout::Markdown;
    let mut above: Option<(usize, &Block)> = None;
    moved.filter(|_| headline).into_iter().chain(rest).filter_map(move |at| {
        let block = page.blocks.get(at).filter(|b| !b.is_dropped())?;
        let text = block.uncut();
        if text.is_empty() {
            return None;
        }
        let joint = match above {
            None => Joint::Top,
            Some((last, above)) if block.gap == Gap::Line && is_tight([above, block], marked, stanzas && last + 1 == at) => Joint::Tight,
            Some(_) => Joint::Apart,
        };
        above = Some((at, block));
        Some(Part { block, at, text, is_headline: Some(at) == title, joint })
    })
}

/// Whether a block stays on the line below the one above it, on a page whose text was `marked` or not.
fn is_tight(pair: [&Block; 2], marked: bool, stanza: bool) -> bool {
    let [first, second] = pair;
    let role = role_written(second, marked);
    role == role_written(first, marked)
        && match role {
            Role::Item | Role::Row | Role::Code => true,
            Role::Paragraph => stanza && pair.into_iter().all(is_verse),
            Role::Heading(_) | Role::Quote => false,
        }
        // Set apart, the comments of a script would be read as Markdown's headings.
        || is_comment(&first.text, &second.text)
}

/// The role that a reader finds in what is written: without its escape, Markdown's `30\. Juni` is an item, and a line may be a row no more
/// when a part of it goes.
fn role_written(block: &Block, marked: bool) -> Role {
    match block.role {
        Role::Paragraph | Role::Item | Role::Row if marked || !block.cuts().is_empty() => role_of(&block.uncut()),
        role => role,
    }
}

/// Whether a block is no longer than a line of verse. A paragraph of two sentences may be as short in Chinese, whose signs take two columns
/// each and say as much as two letters.
fn is_verse(block: &Block) -> bool {
    let chars = block.shape.chars();
    let is_wide = || block.text.chars().find(|c| c.is_alphabetic()).is_some_and(|c| c as u32 >= 0x2E80);
    chars <= VERSE_CHARS / 2 || chars <= VERSE_CHARS && !is_wide()
}

/// Whether neighbouring lines belong together on this page: it sets its paragraphs apart by blank lines.
fn keeps_stanzas(page: &Page) -> bool {
    let is_long = |b: &Block| !is_verse(b);
    let (mut apart, mut close) = (0usize, 0usize);
    for pair in page.blocks.windows(2) {
        let [above, block] = pair else { continue };
        if !above.is_dropped() && !block.is_dropped() && (is_long(above) || is_long(block)) {
            if block.gap == Gap::Blank { apart += 1 } else { close += 1 }
        }
    }
    apart > close * 2
}
