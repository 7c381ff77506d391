//! Certain rules: a line goes by its wording alone.

use super::extent::Extent;
use crate::page::{Page, Reason};

pub(super) const NAME: &str = "wording";

pub(super) fn run(page: &mut Page) {
    let extent = Extent::of(page);
    for (i, block) in page.blocks.iter_mut().enumerate() {
        if let Some(hit) = block.hits.iter().find(|h| h.is_certain() && extent.fits(h.rule.at, i)) {
            let why = Reason::noise(hit.rule.kind, NAME, hit.id.clone());
            block.drop(why);
        }
    }
}
