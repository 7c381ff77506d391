//! What no rule names: the learned model judges each open block by its words, its shape and what stands around it.

use super::template;
use crate::model::{self, BUILTIN};
use crate::page::{Block, Kind, Page, Reason};

pub(super) const NAME: &str = "model";

pub(super) fn run(page: &mut Page) {
    if BUILTIN.forest.trees.is_empty() {
        return;
    }
    let mut odds = model::judge(page, &BUILTIN);
    template::lean(page, &mut odds);
    if std::env::var("TB").is_ok() {
        template::run(page);
    }
    let stays = model::settle(page, &odds, model::Bars::of(page));
    let beyond = template::beyond(page, &stays);
    for (block, ((odds, stays), beyond)) in page.blocks.iter_mut().zip(odds.iter().zip(stays).zip(beyond)) {
        // A decided block, the headline among them, stays as it was decided.
        if let Some(edge) = beyond.filter(|_| stays && *odds < template::SURE) {
            block.drop(template::reason_beyond(&edge));
        } else if !stays && block.is_open() {
            let why = Reason::judged(kind_of(block), NAME, model::chance(*odds));
            block.drop(why);
        }
    }
}

/// The kind that evidence names, if any.
fn kind_of(block: &Block) -> Kind {
    block.hits.first().map_or(Kind::Boilerplate, |hit| hit.rule.kind)
}
