//! Certain rules: a line goes by its wording alone.

use super::extent::Extent;
use crate::page::{Density, Kind, Page, Reason};
use crate::rules::{Hit, Where};

pub(super) const NAME: &str = "wording";

/// Words of a paragraph in which one phrase anywhere does not say what the whole is.
const WALL_WORDS: u32 = 60;

/// Whether a rule may be wrong about a long paragraph: one that looks at a part of the block only, and for wording that writers use too. On
/// a page of prose such a paragraph stays (an author thanks the subscribers, a how-to says which app to download).
fn is_loose(hit: &Hit, words: u32) -> bool {
    let wall = words > WALL_WORDS && matches!(hit.rule.place, Where::Anywhere | Where::End);
    wall || hit.rule.place != Where::Whole
        && matches!(hit.rule.kind, Kind::Promo | Kind::Related | Kind::Bio | Kind::Comments | Kind::Navigation | Kind::Widget)
}

pub(super) fn run(page: &mut Page) {
    let extent = Extent::of(page);
    let article = page.facts.density == Density::Article;
    for (i, block) in page.blocks.iter_mut().enumerate() {
        if let Some(hit) = block.hits.iter().find(|h| {
            h.is_certain() && extent.fits(h.rule.at, i) && !(article && block.shape.is_long_prose() && is_loose(h, block.shape.words))
        }) {
            let why = Reason::noise(hit.rule.kind, NAME, hit.id.clone());
            block.drop(why);
        }
    }
}
