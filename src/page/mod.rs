//! The page and its blocks: the types that every stage shares. No policy lives here.
//!
//! A [`Page`] is an ordered list of [`Block`]s. `read` makes it with every block [`Verdict::Open`]; the passes
//! decide each block once, by [`Block::keep`] or [`Block::drop`]; `write` shows it. A decided block stays decided,
//! so each block has exactly one [`Reason`].

mod beside;
mod block;
mod kind;
mod label;
mod name;
mod notes;
mod role;
mod step;
mod verdict;

pub use block::Block;
pub use kind::{Kind, Kinds, UnknownKind};
pub use label::{Label, Stub};
pub use name::RuleName;
pub(crate) use notes::{Answer, Question, answers};
pub use role::{Gap, Level, Role};
pub use step::Step;
pub use verdict::{Cut, Reason, Verdict};

use crate::markup::Markup;

/// A scraped page as a list of blocks, with what is known of the whole.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
    /// What is known of the page as a whole.
    pub facts: Facts,
    /// Hashes of the long words of all blocks, block after block.
    pub content: Vec<u32>,
    /// What the markup of an HTML page says; none for a text.
    pub markup: Option<Box<Markup>>,
}

impl Page {
    /// Hashes of the long words of one of its blocks.
    pub fn content_of(&self, block: &Block) -> &[u32] {
        self.content.get(block.content()).unwrap_or_default()
    }

    /// The block to which a reason points as the one that says the same.
    pub fn twin(&self, why: &Reason) -> Option<&Block> {
        self.blocks.get(why.twin()?)
    }
}

/// What is known of a page as a whole; filled by `read` and the passes, shown in JSON.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Index of the block that is the article's headline.
    pub headline: Option<usize>,
    /// The site's name, as it was glued to the headline or stood in a copyright line.
    pub site: Option<String>,
    /// Authors, as byline lines name them.
    pub authors: Vec<String>,
    /// The first date line of the page, as written.
    pub date: Option<String>,
    /// How the text of the page was laid out.
    pub layout: Layout,
    /// How the governor judged the page.
    pub density: Density,
    /// What the page is as a whole.
    pub label: Label,
    /// Whether the model nearly dropped a block that stays: with other blank lines it might.
    pub is_close_call: bool,
}

/// How a scraped text lays out its paragraphs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Layout {
    /// One paragraph a line, with or without blank lines between.
    #[default]
    Lines,
    /// Paragraphs broken at a fixed column (`w3m -dump`, mail).
    Wrapped,
    /// Sentences split over lines where the page had inline tags (BeautifulSoup's `get_text("\n")`).
    Fragments,
    /// Markdown-like marks (`html2text`).
    Markdown,
    /// None: the markup of HTML says where each begins and ends.
    Html,
}

/// How much of the page is prose: decides how bold the passes may be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Density {
    /// Nearly all prose: a clean article or an extractor's output. Only certain rules act.
    #[default]
    Article,
    /// Prose among furniture: a whole page as text.
    Dump,
}
