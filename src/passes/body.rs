//! The article from the page's own data (JSON-LD `articleBody`), where a script would show what the page does not have as text.
//!
//! Only where hardly anything of it stays as visible text: the copy in the data is often cut, or in other words, and has no markup.

use super::watch::Round;
use super::{again, governor, own, run_all};
use crate::measure::shape_of;
use crate::page::{Block, Gap, Kind, Level, Page, Reason, Role, Step, Verdict};
use crate::read::read_text;
use crate::rules::InForce;
use crate::settings::{Settings, Source};

pub(super) const NAME: Step = Step::Body;

/// Fewest words of a text in the data that is taken for an article: above a description of the page.
const FEWEST_WORDS: u32 = 80;
/// How many times as long it must be as what stays of the page.
const TIMES: u32 = 3;

/// Adds the article of the page's data behind its blocks, if the visible text lacks it.
pub(super) fn fall_back(page: &mut Page, own: Option<&InForce<'_>>) {
    let Some(mut body) = lacking(page) else { return };
    if let Some(own) = own {
        own::mark(&mut body, own);
    }
    run_all_over(&mut body);
    let title = page.facts.headline.filter(|i| page.blocks.get(*i).is_some_and(|b| !b.is_dropped()));
    // What stayed of the visible text is the same again, or not of the article.
    for (_, block) in page.blocks.iter_mut().enumerate().filter(|(i, b)| Some(*i) != title && !b.is_dropped()) {
        block.drop_after_all(Reason::noise(Kind::Duplicate, NAME, "in-the-data"));
    }
    let line = page.markup.as_ref().map_or(1, |m| m.data.body_line.max(1));
    if title.is_none() {
        let headline = page.markup.as_ref().and_then(|m| m.data.headline.clone());
        page.facts.headline = headline.map(|text| {
            let mut block = Block::new(text, line..line + 1, Role::Heading(Level::H1), Gap::Blank);
            block.shape = shape_of(&block.text);
            block.keep(Reason::text(NAME, "headline"));
            add(page, block)
        });
    }
    for mut block in body.blocks {
        block.lines = line..line + 1;
        // Its words are hashed in the list of the other page.
        block.set_content(0..0);
        if block.is_open() {
            block.keep(Reason::text(NAME, "json-ld"));
        }
        add(page, block);
    }
}

/// The article in the data, as a page of its own, if the visible text lacks it.
fn lacking(page: &Page) -> Option<Page> {
    let body = page.markup.as_ref()?.data.body.as_deref()?;
    let stays = page.blocks.iter().enumerate().filter(|(i, b)| !b.is_dropped() && page.facts.headline != Some(*i));
    let shown: u32 = stays.map(|(_, b)| b.shape.words()).sum();
    let words = shape_of(body).words();
    let fits = words >= FEWEST_WORDS && words >= shown * TIMES;
    fits.then(|| read_text(body, &Settings { source: Source::Text, ..Settings::default() }))
}

fn run_all_over(body: &mut Page) {
    body.facts.density = governor::density(body);
    run_all(body, Round::default(), &mut None);
    again::until_stable(body, &mut None);
    // Reasons name blocks of that page.
    for block in &mut body.blocks {
        if let Verdict::Drop(why) = block.verdict() {
            let why = why.clone().moved(|_| None);
            block.drop_after_all(why);
        }
    }
}

/// Adds a block behind the others; returns where.
fn add(page: &mut Page, block: Block) -> usize {
    if let Some(markup) = &mut page.markup {
        markup.blocks.push(crate::markup::Place::default());
    }
    page.blocks.push(block);
    page.blocks.len() - 1
}
