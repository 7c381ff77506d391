//! Cleaning once is cleaning twice: what a second run over the written text would still drop, goes at once.
//!
//! A pass sees the furniture around a block, and the second run would not: a line that one run keeps for its neighbours' sake the
//! next may drop. So the passes run again over the blocks that stay, as a reader of the written text would find them, until
//! nothing changes. Their text is measured already, and furniture is mostly gone, so that a round costs a tenth of the first.

use ecow::EcoString;

use super::watch::{Round, RoundName, Watcher};
use super::{governor, run_all, verse};
use crate::page::{Block, Cut, Density, Facts, Gap, Layout, Page, Role, Verdict};
use crate::read::remeasure;
use crate::write::{Joint, parts};

/// Fewest and most rounds that are tried, if need be; real pages need one or two.
const ROUNDS: (usize, usize) = (4, 64);
/// Blocks that all rounds may go over before they end at the fewest: a page made so that each round drops one line may not take the
/// square of its time.
const BLOCKS: usize = 1 << 15;

/// Decides what later runs over the written text would decide, until there is nothing more.
pub(super) fn until_stable(page: &mut Page, watch: &mut Watcher<'_>) {
    let untouched = page.blocks.iter().all(|b| !b.is_dropped() && b.cuts().is_empty());
    if untouched && page.facts.layout == Layout::Lines && page.facts.density == Density::Article && !may_fall(page) {
        return;
    }
    let rounds = BLOCKS.checked_div(page.blocks.len()).unwrap_or(0).clamp(ROUNDS.0, ROUNDS.1);
    for round in 1..=rounds {
        let (mut next, origin) = written(page);
        next.facts.density = governor::density(&next);
        run_all(&mut next, Round { name: RoundName::Again(round), origin: Some(&origin) }, watch);
        if !adopt(page, next, &origin) {
            break;
        }
    }
}

/// Most blocks of an untouched page that is looked at again.
const UNTOUCHED_BLOCKS: usize = 1 << 12;

/// Whether a page of which everything stays may lose something when it is read again: the passes ask of its layout nothing but the
/// blank lines, which are written between paragraphs that stood on neighbouring lines. By them the model judges a little otherwise, and
/// what was verse may be said twice ("Source" below two pictures, the refrain of a song without stanzas).
fn may_fall(page: &Page) -> bool {
    // A stanza is written as it stands, but pages with stanzas are few.
    let moves = |block: &Block| block.gap == Gap::Line && block.role == Role::Paragraph;
    let close = || page.facts.is_close_call || verse::has_verse(page);
    page.blocks.len() <= UNTOUCHED_BLOCKS && page.blocks.iter().any(moves) && close()
}

/// The page that a reader of the written text finds, and which block of `page` each of its blocks is. What is known of a block that stays
/// as a whole is lent to it until [`adopt`].
fn written(page: &mut Page) -> (Page, Vec<usize>) {
    let (mut origin, mut blocks) = (Vec::new(), Vec::new());
    for part in parts(page, true) {
        let gap = if part.joint == Joint::Tight { Gap::Line } else { Gap::Blank };
        let text = if part.block.cuts().is_empty() { part.block.text.clone() } else { EcoString::from(&*part.text) };
        origin.push(part.at);
        blocks.push(Block::new(text, part.block.lines.clone(), crate::read::role_of(&part.text), gap));
    }
    let mut content = std::mem::take(&mut page.content);
    for (block, at) in blocks.iter_mut().zip(&origin) {
        let Some(from) = page.blocks.get_mut(*at) else { continue };
        if from.cuts().is_empty() {
            block.take_measures(from);
            block.lexical = from.lexical;
            block.set_content(from.content());
            block.set_template(from.template().cloned());
        } else {
            remeasure(block, &mut content);
        }
        block.set_lean(from.lean());
        block.set_own(from.own().to_vec());
    }
    (Page { blocks, facts: Facts { layout: Layout::Lines, ..Facts::default() }, content, markup: None }, origin)
}

/// Takes back what was lent to `next`, and over what it dropped or cut; whether that was anything.
fn adopt(page: &mut Page, next: Page, origin: &[usize]) -> bool {
    page.content = next.content;
    let mut changed = false;
    for (mut found, at) in next.blocks.into_iter().zip(origin) {
        let Some(block) = page.blocks.get_mut(*at) else { continue };
        if block.cuts().is_empty() {
            block.take_measures(&mut found);
        }
        if let Verdict::Drop(why) = found.verdict() {
            block.drop_after_all(why.clone().moved(|twin| origin.get(twin).copied()));
            changed = true;
        } else if !found.cuts().is_empty() {
            let offsets = kept_offsets(block);
            block.cut(found.cuts().iter().filter_map(|cut| on_original(cut, &offsets)));
            changed = true;
        }
    }
    changed
}

/// Where the characters of the written text stand in the block's own text, and where its last one ends.
fn kept_offsets(block: &Block) -> Vec<usize> {
    let kept = |at: &usize| !block.cuts().iter().any(|cut| cut.range.contains(at));
    let all: Vec<(usize, char)> = block.text.char_indices().filter(|(at, _)| kept(at)).collect();
    let text = all.iter().skip_while(|(_, c)| c.is_whitespace());
    // One offset for each byte, so that a range of the written text can be looked up as it is.
    text.flat_map(|(at, c)| (0..c.len_utf8()).map(move |n| at + n)).chain([block.text.len()]).collect()
}

/// A cut of the written text as one of the block's own text.
fn on_original(cut: &Cut, offsets: &[usize]) -> Option<Cut> {
    let start = *offsets.get(cut.range.start)?;
    let end = offsets.get(cut.range.end).copied().or_else(|| offsets.last().copied())?;
    Some(Cut { range: start..end, why: cut.why.clone() })
}
