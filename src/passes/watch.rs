//! Who looks on while the passes decide: nobody in a usual run, and [`crate::story`] where a block's story is told.

use super::Pass;
use crate::page::Page;

/// A run of all passes over a page.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Round<'o> {
    pub(crate) name: RoundName,
    /// Which blocks of the whole page its blocks are; all of them, if none are told.
    pub(crate) origin: Option<&'o [usize]>,
}

/// Which run it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum RoundName {
    /// The first.
    #[default]
    First,
    /// Another from the start, more careful, as the first took too much of the prose.
    Careful,
    /// One over what was left, with its number.
    Again(usize),
}

/// Somebody who looks on.
pub(crate) trait Watch {
    /// `pass` will look at `page`.
    fn before(&mut self, pass: &Pass, page: &Page, round: Round<'_>);

    /// `pass` has looked at `page`.
    fn after(&mut self, pass: &Pass, page: &Page, round: Round<'_>);
}

/// Somebody who looks on, or nobody.
pub(crate) type Watcher<'w> = Option<&'w mut dyn Watch>;
