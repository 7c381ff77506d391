//! What no rule names: the learned model judges each open block by its words, its shape and what stands around it.

use super::template;
use crate::model::{self, BUILTIN, Settled};
use crate::page::{Block, Kind, Page, Reason, Step};

pub(crate) const NAME: Step = Step::Model;

pub(super) fn run(page: &mut Page) {
    if BUILTIN.forest.trees.is_empty() {
        return;
    }
    let (odds, settled) = weigh(page);
    let close = model::Bars::of(page).article + CLOSE;
    for (block, (odds, settled)) in page.blocks.iter_mut().zip(odds.iter().zip(settled)) {
        page.facts.is_close_call |= *odds < close && block.is_open();
        // A decided block, the headline among them, stays as it was decided.
        if !settled.stays && block.is_open() {
            let why = Reason::judged(kind_of(block), NAME, model::chance(*odds));
            block.drop(why);
        }
    }
}

/// The log-odds of each block, and what is settled by them. Templates that the model is not sure of go here.
pub(crate) fn weigh(page: &mut Page) -> (Vec<f32>, Vec<Settled>) {
    let mut odds = model::judge(page, &BUILTIN);
    odds.iter_mut().zip(&page.blocks).for_each(|(odds, block)| *odds += block.lean());
    let mut settled = model::settled(page, &odds, model::Bars::of(page));
    if template::decide(page, &odds, &settled) {
        // What went holds nothing beside it.
        settled = model::settled(page, &odds, model::Bars::of(page));
    }
    (odds, settled)
}

/// Log-odds above the bar within which blank lines may decide: what they stand for in the model.
const CLOSE: f32 = 1.0;

/// The kind that evidence names, if any.
fn kind_of(block: &Block) -> Kind {
    block.hits().first().map_or(Kind::Boilerplate, |hit| hit.rule.kind)
}
