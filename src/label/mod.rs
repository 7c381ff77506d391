//! What a page is as a whole: an article, or something else that a reader should be told about.
//!
//! Asked last, when every block is decided: the less of a page stays as text, the more a line such as "Page not found" or "Subscribe to
//! continue reading" says about it. A page full of prose is an article whatever it talks about.

mod form;
mod stub;

use crate::page::{Block, Kind, Kinds, Label, Page, Reason, Step};
use crate::rules::{Matcher, PAGES, Scratch, Tells};

pub(crate) const NAME: Step = Step::Label;

/// Labels the page, and drops what stands in the place of an article, unless the user keeps it.
pub(crate) fn label(page: &mut Page, keep: Kinds) {
    page.facts.label = of(page);
    if let Label::Stub(stub) = page.facts.label
        && !stub.has_text()
        && !keep.has(Kind::Boilerplate)
    {
        for block in &mut page.blocks {
            if !block.is_dropped() {
                block.drop_after_all(Reason::noise(Kind::Boilerplate, NAME, stub.rule()));
            }
        }
    }
}

fn of(page: &Page) -> Label {
    let seen = Seen::of(page);
    if let Some(stub) = stub::stub(page, &seen) {
        return Label::Stub(stub);
    }
    form::form(page, &seen)
}

/// What is counted of a page before it is labelled.
struct Seen {
    /// Words of the blocks that stay, the headline left out.
    words: u32,
    /// What the headline says, as the page's data and its text have it.
    headline: Vec<Tells>,
    /// Lines that say something of the page, on one with little text: index of the block, what it says.
    lines: Vec<(usize, Tells)>,
}

/// Words of text above which lines are not asked.
const MOST_WORDS: u32 = 500;

impl Seen {
    fn of(page: &Page) -> Self {
        let title = page.facts.headline;
        let stays = page.blocks.iter().enumerate().filter(|(i, b)| !b.is_dropped() && Some(*i) != title);
        let words = stays.map(|(_, b)| b.shape.words()).sum();
        let data = page.markup.as_ref().and_then(|m| m.data.headline.as_deref());
        let shown = title.and_then(|i| page.blocks.get(i)).map(Block::uncut);
        let mut scratch = Scratch::default();
        let headline = data.into_iter().chain(shown.as_deref()).flat_map(|text| tells(text, &mut scratch)).collect();
        let mut lines = Vec::new();
        if words <= MOST_WORDS {
            // Figures alone are counts of something, and error codes in headlines only.
            for (i, block) in page.blocks.iter().enumerate().filter(|(_, b)| b.shape.numbers() < b.shape.words()) {
                lines.extend(tells(&block.text, &mut scratch).map(|what| (i, what)));
            }
        }
        Self { words, headline, lines }
    }

    /// How many lines say `what`.
    fn count(&self, what: Tells) -> usize {
        self.lines.iter().filter(|(_, w)| *w == what).count()
    }
}

/// What a line says of the page.
fn tells(text: &str, scratch: &mut Scratch) -> impl Iterator<Item = Tells> + use<> {
    let hits =
        if text.len() <= LONGEST_LINE { Matcher::new(&PAGES, &crate::rules::BUILTIN).hits(text, scratch) } else { Default::default() };
    hits.into_iter().filter_map(|hit| hit.rule.tells)
}

/// Bytes of the longest line that a rule about pages matches; no need to look at the words of a longer one.
const LONGEST_LINE: usize = 2_000;
