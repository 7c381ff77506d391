//! What a line alone does not tell: a hint counts where the neighbours are furniture or the article is elsewhere.

use super::extent::Extent;
use super::signals::{Line, is_symbols, line_of};
use super::wording::said;
use crate::page::{Block, Density, Kind, Page, Reason, Role, Step};
use crate::rules::{Hit, Where};

pub(super) const NAME: Step = Step::Context;

/// Blocks below the first paragraph within which a lone button word is a button.
const BUTTONS_REACH: usize = 2;

pub(super) fn run(page: &mut Page) {
    let extent = Extent::of(page);
    // Down and up: furniture decided below a line counts as much as furniture above it.
    let all = 0..page.blocks.len();
    for i in all.clone().chain(all.rev()) {
        decide(page, &extent, i);
    }
}

fn decide(page: &mut Page, extent: &Extent, i: usize) {
    let dropped = |at: Option<usize>| {
        at.and_then(|at| page.blocks.get(at)).is_some_and(|b| b.is_dropped() && b.dropped_as() != Some(Kind::Duplicate))
    };
    let edge = !extent.holds(i);
    let beside = dropped(i.checked_sub(1)) || dropped(Some(i + 1));
    let last = i + 1 >= page.blocks.len();
    let Some(block) = page.blocks.get(i).filter(|b| b.is_open() && page.facts.headline != Some(i)) else { return };
    let why = if let Some(hit) = block.hits().iter().find(|h| {
        let counts = extent.fits(h.rule.at, i) && block.shape.numbers() < block.shape.words();
        counts && !is_article_text(page, block, h) && said(h, block).is_none()
    }) {
        let between = dropped(i.checked_sub(1)) && (dropped(Some(i + 1)) || last);
        // Share buttons stand by the headline, the first paragraphs and other furniture.
        let by_the_head = extent.first().is_some_and(|first| i <= first + BUTTONS_REACH);
        let button = hit.rule.kind == Kind::Widget && hit.rule.place == Where::Whole && (beside || by_the_head);
        let goes = edge || block.role != Role::Item && (between || button);
        goes.then(|| Reason::noise(hit.rule.kind, NAME, hit.id.clone()))
    } else if block.shape.numbers() == block.shape.words() && beside && line_of(block) == Line::Clock {
        Some(Reason::noise(Kind::Widget, NAME, "player-time"))
    } else if is_symbols(block) && (edge || beside) {
        Some(Reason::noise(Kind::Navigation, NAME, "no-words"))
    } else {
        None
    };
    if let (Some(why), Some(block)) = (why, page.blocks.get_mut(i)) {
        block.drop(why);
    }
}

/// Words of the longest box about an author; boxes about companies are longer, and their wording stands in reports too.
const BIO_WORDS: u32 = 70;

/// Whether a hint is about a paragraph of a page that is all prose; about the author it counts there too.
fn is_article_text(page: &Page, block: &Block, hit: &Hit) -> bool {
    page.facts.density == Density::Article
        && block.shape.is_prose()
        && (hit.rule.kind != Kind::Bio || u32::from(hit.rule.max_words) > BIO_WORDS)
}
