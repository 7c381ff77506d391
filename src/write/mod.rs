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

use crate::page::{Block, Density, Gap, Page, Role};

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

/// Longest line of verse, in characters: a hexameter in prose languages has 50 to 60.
const VERSE_CHARS: u32 = 64;

/// The blocks that stay, headline first on a page of furniture (an article has it in its place). The headline is left out if it is not asked for.
pub(crate) fn parts(page: &Page, headline: bool) -> impl Iterator<Item = Part<'_>> {
    let title = page.facts.headline.filter(|i| *i < page.blocks.len());
    let moved = title.filter(|_| page.facts.density == Density::Dump);
    let rest = (0..page.blocks.len()).filter(move |i| Some(*i) != moved && (headline || Some(*i) != title));
    let stanzas = keeps_stanzas(page);
    let mut above: Option<(usize, &Block)> = None;
    moved.filter(|_| headline).into_iter().chain(rest).filter_map(move |at| {
        let block = page.blocks.get(at).filter(|b| !b.is_dropped())?;
        let text = block.uncut();
        if text.is_empty() {
            return None;
        }
        let joint = match above {
            None => Joint::Top,
            Some((last, above)) if is_tight(above, block, stanzas && last + 1 == at) => Joint::Tight,
            Some(_) => Joint::Apart,
        };
        above = Some((at, block));
        Some(Part { block, at, text, is_headline: Some(at) == title, joint })
    })
}

fn is_tight(above: &Block, block: &Block, stanza: bool) -> bool {
    let verse = |b: &Block| b.shape.chars() <= VERSE_CHARS;
    block.gap == Gap::Line
        && above.role == block.role
        && match block.role {
            Role::Item | Role::Row | Role::Code => true,
            Role::Paragraph => stanza && verse(above) && verse(block),
            Role::Heading(_) | Role::Quote => false,
        }
}

/// Whether neighbouring lines belong together on this page: it sets its paragraphs apart by blank lines.
fn keeps_stanzas(page: &Page) -> bool {
    let long = |b: &Block| b.shape.chars() > VERSE_CHARS;
    let (mut apart, mut close) = (0usize, 0usize);
    for pair in page.blocks.windows(2) {
        let [above, block] = pair else { continue };
        if !above.is_dropped() && !block.is_dropped() && (long(above) || long(block)) {
            if block.gap == Gap::Blank { apart += 1 } else { close += 1 }
        }
    }
    apart > close * 2
}
