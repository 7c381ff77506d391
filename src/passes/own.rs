//! The user's own rules, which come before everything else: what they drop is gone, and what they keep no pass drops.

use super::extent::Extent;
use crate::measure::tokenize_into;
use crate::page::{Page, Reason, Step};
use crate::read::head_of;
use crate::rules::{Action, InForce, Scratch};

pub(super) const NAME: Step = Step::Own;

/// Notes of each block which of the `rules` match it. Those that drop are evidence too, as the built-in ones are.
pub(super) fn mark(page: &mut Page, rules: &InForce<'_>) {
    let most = rules.max_words();
    let mut scratch = Scratch::default();
    for block in page.blocks.iter_mut().filter(|b| b.shape.words() <= most) {
        scratch.tokens.clear();
        tokenize_into(head_of(&block.text), &mut scratch.tokens);
        let own = rules.rulings(&block.text, &block.shape, &mut scratch);
        let noise = own.iter().filter(|ruling| ruling.action == Action::Drop).map(|ruling| ruling.hit.clone());
        // The user's word is named first.
        block.set_hits(noise.chain(block.hits().iter().cloned()).collect());
        block.set_own(own);
    }
}

pub(super) fn run(page: &mut Page) {
    if page.blocks.iter().all(|b| b.own().is_empty()) {
        return;
    }
    let extent = Extent::of(page);
    for (i, block) in page.blocks.iter_mut().enumerate() {
        let acts = |at| extent.fits(at, i);
        let Some(ruling) = block.own().iter().find(|r| r.hit.is_certain() && acts(r.hit.rule.at)) else { continue };
        let id = ruling.hit.id.clone();
        match ruling.action {
            Action::Keep => block.spare(Reason::text(NAME, id)),
            Action::Drop => block.drop(Reason::noise(ruling.hit.rule.kind, NAME, id)),
        }
    }
}
