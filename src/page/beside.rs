//! What lies beside a block: what only some have, or only those of a usual page.

use std::ops::Range;
use std::sync::Arc;

use ecow::EcoString;
use thin_vec::ThinVec;

use super::{Cut, Reason};
use crate::measure::{Samples, Token};
use crate::rules::{Hit, Ruling};
use crate::template::Template;

/// What was found in the text of a block, and what else is known of few.
#[derive(Debug, Clone, Default)]
pub(super) struct Beside {
    /// Rules that matched the text.
    pub(super) hits: ThinVec<Hit>,
    /// The words of the text, where they are kept.
    pub(super) kept: Option<Kept>,
    /// The samples of a long text.
    pub(super) samples: Option<Box<Samples>>,
    /// What few blocks have.
    pub(super) rare: Option<Box<Rare>>,
}

/// The words of a block among those that are kept of its page: in one list, as a list for each block would be half of all that a page
/// asks of the allocator.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    of_page: Arc<Vec<Token>>,
    from: u32,
    to: u32,
}

impl Kept {
    /// Those in `range`.
    pub(super) fn new(of_page: Arc<Vec<Token>>, range: Range<usize>) -> Self {
        let [from, to] = [range.start, range.end].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
        Self { of_page, from, to }
    }

    /// The words.
    pub(super) fn tokens(&self) -> &[Token] {
        self.of_page.get(self.from as usize..self.to as usize).unwrap_or_default()
    }
}

/// What few blocks have.
#[derive(Debug, Clone, Default)]
pub(super) struct Rare {
    /// Parts that go although the block stays.
    pub(super) cuts: Vec<Cut>,
    /// The template of the page's site that it is.
    pub(super) template: Option<Arc<Template>>,
    /// How much the site's other pages speak for article text here, in log-odds.
    pub(super) lean: f32,
    /// What the user's own rules say of it.
    pub(super) own: Vec<Ruling>,
    /// Why it stays whatever the passes say.
    pub(super) spared: Option<Reason>,
    /// Its line as scraped.
    pub(super) raw: Option<EcoString>,
}
