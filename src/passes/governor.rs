//! The governor: how bold the passes may be on this page, and what is undone when they took too much.

use crate::page::{Density, Kinds, Page, Reason, Verdict};

const NAME: &str = "governor";

/// Share of words in paragraphs, in percent, from which a page is an article and not a dump. Articles with subheadings
/// and lists have 80 and more, whole pages as text 10 to 70 (annotated articles and page dumps of the training data).
const ARTICLE_PROSE: u32 = 75;

/// Short lines above which even a page of much prose is a dump.
const DUMP_LINES: usize = 40;

/// How much of the page is prose.
pub(super) fn density(page: &Page) -> Density {
    let (mut prose, mut all, mut short) = (0, 0, 0);
    for block in &page.blocks {
        all += block.shape.words;
        if block.shape.is_prose() {
            prose += block.shape.words;
        } else if block.shape.is_short_line() {
            short += 1;
        }
    }
    let dense = u64::from(prose) * 100 >= u64::from(all) * u64::from(ARTICLE_PROSE);
    if dense && short < DUMP_LINES || page.blocks.len() < 12 { Density::Article } else { Density::Dump }
}

/// Whether hardly any of the page's prose was left.
pub(super) fn took_too_much(page: &Page) -> bool {
    let prose = |kept: bool| -> u64 { page.blocks.iter().filter(|b| b.shape.is_prose() && (!kept || !b.is_dropped())).map(|b| u64::from(b.shape.words)).sum() };
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
        if let (Verdict::Open, Some(hit)) = (block.verdict(), block.hits.first()) {
            let ground = format!("{} is not enough here", hit.id);
            block.keep(Reason::text(NAME, ground));
        }
    }
}
