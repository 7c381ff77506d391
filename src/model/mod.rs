//! The learned judgement: how likely each block is to be article text.
//!
//! [`words`] scores the words of a block, [`features`](mod@features) measures it and what stands around it, the
//! [`trees`] judge. [`weights`] is the file that
//! `cargo run --release --example train` writes. What a score means for the page is the `model` pass's business.

pub mod classes;
pub mod columns;
mod context;
pub mod features;
mod leaves;
mod look;
mod places;
mod scale;
mod sections;
mod settle;
pub mod shares;
mod sums;
pub mod trees;
pub mod weights;
pub mod words;

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::error::Error;
use crate::markup::Markup;
use crate::page::{Block, Page};
pub use columns::{Columns, Name};
use features::Sight;
pub use features::features;
use places::Places;
pub use settle::{BARS, Bars, Ground, HTML_BARS, Settled, settle, settled};
pub use weights::Weights;

static WEIGHTS: &[u8] = include_bytes!("weights.bin");

/// The weights in the binary; none if they are damaged, as [`crate::intact`] tells.
pub static BUILTIN: LazyLock<Weights<'static>> = LazyLock::new(|| Weights::unsummed(WEIGHTS).unwrap_or(Weights::none()));

/// Whether the weights in the binary could be read, but for their sum.
pub(crate) fn intact() -> Result<(), Error> {
    if BUILTIN.forest.trees.is_empty() {
        Weights::unsummed(WEIGHTS)?;
        return Err(Error::Damaged { what: "the model's weights", why: "hold no tree" });
    }
    Ok(())
}

/// Whether the weights in the binary are, byte for byte, what was learned.
pub(crate) fn verify() -> Result<(), Error> {
    Weights::from_bytes(WEIGHTS).map(drop)
}

/// Log-odds as a chance from 0 to 1.
pub fn chance(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

/// Measures every feature of every block of a page that was read as HTML; `classes` are the scores of the names around each.
pub fn html_features(page: &Page, markup: &Markup, classes: &[f32]) -> Columns {
    Sight::of(page, Some(Places::of(page, markup, Cow::Borrowed(classes)))).next(page.blocks.len())
}

/// Blocks that are measured and judged at once: all of a usual page, and of a huge one so few that their features stay in a cache of the
/// processor.
const STRETCH: usize = 1 << 12;

/// How likely each open block of `page` is to be article text, as log-odds: above 0, rather yes. Decided blocks have 0.
pub fn judge(page: &Page, weights: &Weights<'_>) -> Vec<f32> {
    let forest = forest_of(page, weights);
    let mut sight = sight_of(page, weights);
    let mut odds = Vec::with_capacity(page.blocks.len());
    for blocks in page.blocks.chunks(STRETCH) {
        odds.extend(forest.scores(&sight.next(STRETCH), |i| blocks.get(i).is_some_and(Block::is_open)));
    }
    odds
}

/// What the model sees of `page`, and the trees that judge it by that.
pub fn sight<'w>(page: &Page, weights: &'w Weights<'_>) -> (Columns, &'w trees::Forest) {
    (sight_of(page, weights).next(page.blocks.len()), forest_of(page, weights))
}

fn sight_of<'p>(page: &'p Page, weights: &Weights<'_>) -> Sight<'p> {
    let markup = page.markup.as_deref().filter(|_| !weights.html.forest.trees.is_empty());
    let places = |markup| Places::of(page, markup, Cow::Owned(classes::scores(markup, weights.html.names())));
    Sight::of(page, markup.map(places))
}

/// The trees that judge `page`.
pub fn forest_of<'w>(page: &Page, weights: &'w Weights<'_>) -> &'w trees::Forest {
    let is_html = page.markup.is_some() && !weights.html.forest.trees.is_empty();
    if is_html { &weights.html.forest } else { &weights.forest }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;
    use crate::sum;

    #[test]
    fn the_weights_belong_to_the_features() {
        let names = features(&Page::default()).names().to_vec();
        assert!(!BUILTIN.forest.trees.is_empty(), "no weights: cargo run --release --example train -- FOLDER");
        assert_eq!(BUILTIN.features, weights::hash_of(&names), "other features: cargo run --release --example train -- FOLDER");
        let columns = BUILTIN.forest.trees.iter().flat_map(|tree| tree.splits).map(|split| usize::from(split.column));
        assert!(columns.max() < Some(names.len()));
    }

    #[test]
    fn weights_come_back_as_they_were_written() {
        let bytes = BUILTIN.to_bytes();
        assert_eq!(bytes, include_bytes!("weights.bin"));
        assert!(bytes.len() < 2_000_000);
    }

    #[test]
    fn damaged_weights_are_refused() {
        let page =
            crate::read::read_text("Share\nThe port authority said on Monday that the ferry will run again.\n", &Settings::default());
        for bytes in sum::damaged_copies(WEIGHTS) {
            Weights::from_bytes(&bytes).map(drop).unwrap_err();
            // Whoever does not look at the sum judges wrongly, but ends.
            if let Ok(weights) = Weights::unsummed(&bytes) {
                judge(&page, &weights);
            }
        }
    }
}
