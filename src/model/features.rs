//! What the model sees of a page: one row of bytes a block.
//!
//! [`features`] is the list, in order; the weights refer to it by index. Every value comes from one scan of the page or from
//! running sums over it, so that a page costs the same a block whatever its length.

use super::columns::{Columns, count, score, share};
use super::context::Context;
use super::look::{Look, Marks, Row, marks_of};
use super::places::Places;
use crate::measure::{End, Start};
use crate::page::{Block, Density, Gap, Kind, Layout, Page, Role};

/// Measures every feature of every block of `page`, as the passes before the model have left it.
pub fn features(page: &Page) -> Columns {
    Sight::of(page, None).next(page.blocks.len())
}

/// The features of a page, stretch by stretch from its top: those of all blocks of a huge page are larger than the page.
pub(super) struct Sight<'p> {
    page: &'p Page,
    look: Look,
    context: Context,
    places: Option<Places<'p>>,
    /// The block with which the next stretch begins.
    at: usize,
}

impl<'p> Sight<'p> {
    /// Looks at `page`, and at what its markup says of each block, if it is given.
    pub(super) fn of(page: &'p Page, places: Option<Places<'p>>) -> Self {
        let look = Look::at(page);
        let context = Context::of(&look);
        Self { page, look, context, places, at: 0 }
    }

    /// The features of the next `most` blocks, or of as many as are left.
    pub(super) fn next(&mut self, most: usize) -> Columns {
        let rows = self.at..(self.at + most).min(self.page.blocks.len());
        self.at = rows.end;
        let mut out = Columns::new(rows.len());
        let blocks = self.page.blocks.get(rows.clone()).unwrap_or_default();
        shape(&mut out, blocks);
        marks(&mut out, blocks);
        beside(&mut out, self.look.rows.get(rows.clone()).unwrap_or_default());
        self.context.push(&mut out, self.page, &self.look, rows.clone());
        whole_page(&mut out, self.page, &self.look);
        if let Some(places) = &self.places {
            places.push(&mut out, rows);
        }
        out
    }
}

/// A count as a share of the words.
fn of_words<'b>(blocks: &'b [Block], part: impl Fn(&Block) -> u32 + 'b) -> impl Iterator<Item = u8> + 'b {
    blocks.iter().map(move |b| share(part(b) as i32, b.shape.words() as i32))
}

/// The block alone: sizes, case, how it begins and ends, role, words.
fn shape(out: &mut Columns, all: &[Block]) {
    let blocks = || all.iter();
    out.push("words", 0, blocks().map(|b| count(b.shape.words())));
    out.push("characters a word", 0, blocks().map(|b| (b.shape.chars() * 10 / b.shape.words().max(1)).min(255) as u8));
    out.push("share capitalised", 0, of_words(all, |b| b.shape.title()));
    out.push("share in small letters", 0, of_words(all, |b| b.shape.lower()));
    out.push("share without case", 0, of_words(all, |b| b.shape.caseless()));
    out.push("share of numbers", 0, of_words(all, |b| b.shape.numbers()));
    out.push("commas a word", 0, of_words(all, |b| b.shape.commas() * 4));
    out.push("sentence ends inside", 0, blocks().map(|b| count(b.shape.inner_ends())));
    out.push("end", 0, blocks().map(end));
    out.push("start", 0, blocks().map(start));
    out.push("role", 0, blocks().map(role));
    out.push("gap", 0, blocks().map(|b| u8::from(b.gap == Gap::Blank)));
    out.push("lexical score", 0, blocks().map(|b| score(b.lexical)));
    out.push("hinted", 0, blocks().map(hinted));
    out.push("prose", 0, blocks().map(|b| u8::from(b.shape.is_prose()) + u8::from(b.shape.is_long_prose())));
}

/// Marks inside the block.
fn marks(out: &mut Columns, blocks: &[Block]) {
    let marks: Vec<Marks> = blocks.iter().map(|b| marks_of(&b.text)).collect();
    let marks = || marks.iter();
    out.push("currency and percent", 0, marks().map(|m| m.figures));
    out.push("digits", 0, marks().map(|m| m.digits));
    out.push("quotes", 0, marks().map(|m| m.quotes));
    out.push("questions and calls", 0, marks().map(|m| m.calls));
    out.push("addresses", 0, marks().map(|m| m.addresses));
    out.push("colons", 0, marks().map(|m| m.colons));
}

/// What the block shares with the rest of the page.
fn beside(out: &mut Columns, rows: &[Row]) {
    let rows = || rows.iter();
    out.push("same text on page", 0, rows().map(|r| r.same));
    out.push("same opening on page", 0, rows().map(|r| r.same_opening));
    out.push("topic", 0, rows().map(|r| r.topic));
    out.push("words of the headline", 0, rows().map(|r| r.of_headline));
}

/// The kind that an uncertain rule hints at, from 1; 0 without one. Kinds that stand inside articles come first.
fn hinted(block: &Block) -> u8 {
    match block.hits().first().map(|hit| hit.rule.kind) {
        None => 0,
        Some(Kind::Caption) => 1,
        Some(Kind::Byline) => 2,
        Some(Kind::Related) => 3,
        Some(Kind::Promo | Kind::Ad) => 4,
        Some(Kind::Bio) => 5,
        Some(Kind::Legal) => 6,
        Some(Kind::Comments) => 7,
        Some(_) => 8,
    }
}

/// What is the same for all blocks of a page. Sizes are capped: trees that see the size of a page drop long articles whole, as few
/// of the annotated ones are long.
fn whole_page(out: &mut Columns, page: &Page, look: &Look) {
    let total = &look.page;
    out.push_all("page: density", u8::from(page.facts.density == Density::Dump));
    out.push_all("page: layout", layout(page.facts.layout));
    out.push_all("page: share of prose", share(total.prose_words, total.words));
    out.push_all("page: share gone", share(total.gone_words, total.words));
    out.push_all("page: blocks gone", share(total.gone_blocks, look.rows.len() as i32));
    out.push_all("page: prose blocks", share(total.prose_blocks, look.rows.len() as i32));
    out.push_all("page: words of prose", count(total.prose_words.clamp(0, 1500) as u32));
    out.push_all("page: lexical score", score(total.lexical));
    out.push_all("page: lexical score of prose", score(total.prose_lexical));
    out.push_all("page: comments gone", count(total.comments));
    out.push_all("page: blank lines", share(total.blanks, look.rows.len() as i32));
}

fn end(block: &Block) -> u8 {
    match block.shape.end {
        End::Bare => 0,
        End::Open => 1,
        End::Colon => 2,
        End::Ellipsis => 3,
        End::Sentence => 4,
    }
}

fn start(block: &Block) -> u8 {
    match block.shape.start {
        Start::Mark => 0,
        Start::Digit => 1,
        Start::Lower => 2,
        Start::Caseless => 3,
        Start::Upper => 4,
    }
}

fn role(block: &Block) -> u8 {
    match block.role {
        Role::Paragraph => 0,
        Role::Quote => 1,
        Role::Code => 2,
        Role::Row => 3,
        Role::Item => 4,
        Role::Heading(level) => 4 + level.number(),
    }
}

fn layout(layout: Layout) -> u8 {
    match layout {
        Layout::Lines => 0,
        Layout::Wrapped => 1,
        Layout::Fragments => 2,
        Layout::Markdown => 3,
        Layout::Html => 4,
    }
}
