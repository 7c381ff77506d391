//! Lines that many pages of the same site share, and what stands between them.
//!
//! The pass marks the lines and leans what stands beside them towards what stood there on the site's other pages; the model's pass,
//! which knows how sure it is, then drops the lines. That the two agree matters for short ones: a subheading may be on
//! another page a section's name.

use crate::model::Settled;
use crate::page::{Block, Kind, Page, Reason, Step};
use crate::settings::Templates;
use crate::template::{Share, Spot, Template};

pub(super) const NAME: Step = Step::Template;

/// Words of a template that goes whatever the model says: no two writers find the same eight.
const LONG_WORDS: u32 = 8;
/// Log-odds of being article text from which a shorter one stays, where the site has it and elsewhere. Of the lines that recur in three stories
/// or more, 0.2 % are in articles; from 0.5 to 3 the first changes F1 by less than .0001 (held-out sites of the training pages).
const STAYS: f32 = 1.0;
const STAYS_ELSEWHERE: f32 = -0.5;
/// Words of the paragraphs of a page that has an article of its own.
const OWN_WORDS: u32 = 40;
/// How much of the log-odds of what stands beside a template counts for a block, and the most that both sides together may do. From
/// 0.15 to 0.4 F1 changes by .001; without the limit pages of the smaller sites lose .001.
const LEAN: f32 = 0.25;
const MOST_LEAN: f32 = 1.0;

/// Notes of each block which template of the page's site it is.
pub(super) fn mark(page: &mut Page, templates: &Templates) {
    let site = match templates {
        Templates::Off => return,
        Templates::Of(site) => site,
        Templates::Among(profile) => match profile.site_of(page) {
            Some(site) => site,
            None => return,
        },
    };
    for block in &mut page.blocks {
        let found = site.find(block).cloned();
        block.set_template(found);
    }
}

/// A page with next to no paragraph of its own is itself what its templates were learned from: the page about the paper, or a story told
/// again and again. Its paragraphs stay.
fn spare(page: &mut Page) {
    let own = page.blocks.iter().filter(|b| b.is_open() && b.shape.is_prose() && b.template().is_none());
    if own.map(|b| b.shape.words()).sum::<u32>() < OWN_WORDS {
        page.blocks.iter_mut().filter(|b| b.shape.is_prose()).for_each(|b| b.set_template(None));
    }
}

pub(super) fn run(page: &mut Page) {
    if page.blocks.iter().all(|b| b.template().is_none()) {
        return;
    }
    spare(page);
    // What somebody has added to the profile goes.
    for block in &mut page.blocks {
        if let Some(template) = block.template().filter(|t| t.on.is_none()) {
            block.drop(why(template));
        }
    }
    // The names in a page's markup say already what stands there on the site's other pages; to count that twice costs F1.
    if page.markup.is_none() {
        lean(page);
    }
}

/// Leans each block by the templates above and below it.
fn lean(page: &mut Page) {
    let mut sum = vec![0.0; page.blocks.len()];
    let add = |slot: &mut f32, block: &Block, share: &mut f32, side: fn(&Template) -> Option<Share>| {
        if let Some(template) = &block.template() {
            *share = side(template).map_or(0.0, Share::odds);
        }
        *slot += LEAN * *share;
    };
    let (mut after, mut before) = (0.0, 0.0);
    sum.iter_mut().zip(&page.blocks).for_each(|(slot, block)| add(slot, block, &mut after, |t| t.after));
    sum.iter_mut().zip(&page.blocks).rev().for_each(|(slot, block)| add(slot, block, &mut before, |t| t.before));
    for (block, sum) in page.blocks.iter_mut().zip(sum) {
        block.set_lean(sum.clamp(-MOST_LEAN, MOST_LEAN));
    }
}

/// Drops the templates that would stay and of which the model is not sure, by its log-odds; whether there are any. What it drops itself
/// is named by it.
pub(super) fn decide(page: &mut Page, odds: &[f32], settled: &[Settled]) -> bool {
    let is_text = |(block, odds): (&Block, &f32)| block.is_open() && block.shape.is_prose() && *odds > 0.0;
    let first = page.blocks.iter().zip(odds).position(is_text);
    let last = page.blocks.iter().zip(odds).rposition(is_text);
    let mut any = false;
    for (at, (block, (odds, settled))) in page.blocks.iter_mut().zip(odds.iter().zip(settled)).enumerate() {
        let Some(template) = block.template().filter(|_| settled.stays && block.is_open()) else { continue };
        let here = match template.spot {
            Spot::Any => true,
            Spot::Head => first.is_none_or(|first| at <= first),
            Spot::Tail => last.is_none_or(|last| at >= last),
        };
        if block.shape.words() >= LONG_WORDS || *odds <= if here { STAYS } else { STAYS_ELSEWHERE } {
            block.drop(why(template));
            any = true;
        }
    }
    any
}

/// Characters of a template's name in reasons: its beginning is enough where the line stands beside.
const NAME_CHARS: usize = 40;

fn why(template: &Template) -> Reason {
    let mut name: String = template.line.chars().take(NAME_CHARS).collect();
    if name.len() < template.line.len() {
        name.push('…');
    }
    Reason::noise(Kind::Template, NAME, name)
}
