//! The governor: how bold the passes may be on this page, and what is undone when they took too much.

use super::own;
use crate::page::{Block, Density, Kind, Kinds, Page, Reason, Step, Verdict};
use crate::rules::{Hit, Where};

pub(super) const NAME: Step = Step::Governor;

/// Weight of furniture that makes a page a dump, absolute and in percent of its lines: three for a line that a certain rule names,
/// one for a hint. An article may be all short lines (lists, code, verse, tables), so that short lines alone say
/// nothing: wording that only furniture has does.
const DUMP_WEIGHT: usize = 10;
const DUMP_SHARE: usize = 12;

/// Share of words in paragraphs, in percent, from which a page is an article whatever stands around.
const ARTICLE_PROSE: u64 = 92;

/// How much of the page is prose.
pub(super) fn density(page: &Page) -> Density {
    let (mut prose, mut all, mut weight) = (0, 0, 0);
    for block in &page.blocks {
        // Figures alone are table cells, whatever a rule on page numbers says.
        if block.shape.numbers() == block.shape.words() {
            continue;
        }
        all += u64::from(block.shape.words());
        if block.shape.is_prose() {
            prose += u64::from(block.shape.words());
        } else if let Some(hit) = block.hits().iter().find(|h| is_furniture(h)) {
            weight += if hit.is_certain() { 3 } else { 1 };
        }
    }
    let enough = weight >= DUMP_WEIGHT && weight * 100 >= page.blocks.len() * DUMP_SHARE;
    if enough && prose * 100 < all * ARTICLE_PROSE { Density::Dump } else { Density::Article }
}

/// Whether a rule says "furniture": of a kind that stands around an article, certain or the whole line.
fn is_furniture(hit: &Hit) -> bool {
    let around =
        matches!(hit.rule.kind, Kind::Navigation | Kind::Widget | Kind::Ad | Kind::Promo | Kind::Related | Kind::Comments | Kind::Legal);
    around && (hit.is_certain() || hit.rule.place == Where::Whole)
}

/// Whether hardly any of the page's prose was left, but for what the user's own rules took.
pub(super) fn took_too_much(page: &Page) -> bool {
    let own = |b: &Block| matches!(b.verdict(), Verdict::Drop(why) if why.pass == own::NAME);
    let prose = |kept: bool| -> u64 {
        let of = page.blocks.iter().filter(|b| b.shape.is_prose() && if kept { !b.is_dropped() } else { !own(b) });
        of.map(|b| u64::from(b.shape.words())).sum()
    };
    prose(true) * 5 < prose(false)
}

/// Opens every block again, for a second run under a more careful density.
pub(super) fn reopen(page: &mut Page) {
    page.facts = crate::page::Facts { layout: page.facts.layout, ..Default::default() };
    for block in &mut page.blocks {
        block.reopen();
    }
}

/// Says of each block that stays why, and puts back the kinds that the user keeps.
pub(super) fn settle(page: &mut Page, keep: Kinds) {
    for block in &mut page.blocks {
        if block.dropped_as().is_some_and(|kind| keep.has(kind)) {
            block.reinstate();
        }
        block.settle_spared();
        if let (Verdict::Open, Some(hit)) = (block.verdict(), block.hits().first()) {
            let ground = format!("{} is not enough here", hit.id);
            block.keep(Reason::text(NAME, ground));
        }
    }
}
