//! What a line alone does not tell: a hint counts where the neighbours are furniture or the article is elsewhere.

use super::extent::Extent;
use super::signals::is_symbols;
use crate::page::{Kind, Page, Reason, Role};

pub(super) const NAME: &str = "context";

pub(super) fn run(page: &mut Page) {
    let extent = Extent::of(page);
    let order: Vec<usize> = (0..page.blocks.len()).collect();
    // Down and up: furniture decided below a line counts as much as furniture above it.
    for i in order.iter().copied().chain(order.iter().rev().copied()) {
        decide(page, &extent, i);
    }
}

fn decide(page: &mut Page, extent: &Extent, i: usize) {
    let dropped = |at: Option<usize>| at.and_then(|at| page.blocks.get(at)).is_some_and(|b| b.is_dropped() && b.dropped_as() != Some(Kind::Duplicate));
    let edge = !extent.holds(i);
    let beside = dropped(i.checked_sub(1)) || dropped(Some(i + 1));
    let last = i + 1 >= page.blocks.len();
    let Some(block) = page.blocks.get(i).filter(|b| b.is_open() && page.facts.headline != Some(i)) else { return };
    let why = if let Some(hit) = block.hits.iter().find(|h| extent.fits(h.rule.at, i) && block.shape.numbers < block.shape.words) {
        let between = dropped(i.checked_sub(1)) && (dropped(Some(i + 1)) || last);
        (block.role != Role::Item || edge).then_some(()).and_then(|()| (edge || between || (beside && hit.rule.kind == Kind::Widget)).then(|| Reason::noise(hit.rule.kind, NAME, hit.id.clone())))
    } else if is_symbols(block) && (edge || beside) {
        Some(Reason::noise(Kind::Navigation, NAME, "no-words"))
    } else {
        None
    };
    if let (Some(why), Some(block)) = (why, page.blocks.get_mut(i)) {
        block.drop(why);
    }
}
