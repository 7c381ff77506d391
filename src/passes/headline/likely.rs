//! The headline of a dump by the text that the model kept, where nothing more certain tells it: of the lines above the first paragraph
//! the likeliest.

use super::super::byline;
use super::super::verse::is_verse;
use super::find::{page_title, whole_or_cut};
use super::settle_on;
use super::sight::{Sight, Signs};
use crate::measure::End;
use crate::model::{self, BARS};
use crate::page::{Block, Density, Page, Step, Verdict};

pub(in super::super) const NAME: Step = Step::Title;

/// Finds it, and takes it back if the model had dropped it, with the standfirst below; the names of who wrote the article go.
pub(in super::super) fn run(page: &mut Page) {
    if !is_sought(page) {
        return;
    }
    let Some(at) = likeliest(page) else {
        // A page of no paragraph: its title, if the name of the site stands in it.
        if let Some(found) = page_title(page) {
            settle_on(page, &found);
        }
        return;
    };
    take_back(page, at);
    let Some(block) = page.blocks.get(at) else { return };
    let found = whole_or_cut(block, at, page);
    settle_on(page, &found);
    if page.blocks.get(at + 1).is_some_and(is_standfirst) {
        take_back(page, at + 1);
    }
    byline::run(page);
}

/// Whether the headline of a dump is still to be found.
fn is_sought(page: &Page) -> bool {
    page.facts.headline.is_none() && has_furniture(page) && !is_verse(page)
}

/// Whether the page is a dump, by the wording of its furniture or by how much has gone: menus of plain nouns no rule names.
fn has_furniture(page: &Page) -> bool {
    let dropped = || page.blocks.iter().filter(|block| block.is_dropped()).count();
    page.facts.density == Density::Dump || dropped() * FURNITURE >= page.blocks.len()
}

/// Of so many lines one has gone on a page with furniture.
const FURNITURE: usize = 4;

fn take_back(page: &mut Page, at: usize) {
    if let Some(block) = page.blocks.get_mut(at).filter(|block| block.is_dropped()) {
        block.reopen();
    }
}

/// Whether the block below the headline is a sentence or more that the model, which did not know the headline, has dropped.
fn is_standfirst(block: &Block) -> bool {
    let says = block.shape.is_prose() || block.shape.end == End::Sentence && block.shape.words() >= SENTENCE;
    says && judged(block).is_some_and(|chance| chance >= model::chance(BARS.sentence))
}

/// How likely the model held a block that it has dropped to be text.
fn judged(block: &Block) -> Option<f32> {
    match block.verdict() {
        Verdict::Drop(why) if why.pass == Step::Model => why.score(),
        _ => None,
    }
}

/// Fewest words of a standfirst.
const SENTENCE: u32 = 4;

/// A headline scores more than a line about which nothing is known but that it stands far above the text.
const LEAST: f32 = -1.0;

fn likeliest(page: &Page) -> Option<usize> {
    let sight = Sight::of(page)?;
    let scored = |i: usize| sight.glance(i).map(|signs| (signs.score(), i, signs));
    let mut lines: Vec<(f32, usize, Signs)> = sight.lines().filter_map(scored).collect();
    // Those that may score most are looked at first: then most others need no second look.
    lines.sort_by(|(a, ..), (b, ..)| b.total_cmp(a));
    let gain = Signs::most_gain();
    let mut best: Option<(usize, f32)> = None;
    for (sure, i, mut signs) in lines {
        let least = best.map_or(LEAST, |(_, score)| score);
        if sure + gain < least {
            break;
        }
        sight.look(i, &mut signs);
        let score = signs.score();
        // Of equals the first: a title is said again as a subheading.
        if score > least || score >= least && best.is_none_or(|(at, _)| i < at) {
            best = Some((i, score));
        }
    }
    best.map(|(i, _)| i)
}

/// The lines among which [`run`] would choose, by block, each with its signs: what the weights are learned from.
pub(in super::super) fn candidates(page: &Page) -> Vec<(usize, Signs)> {
    let Some(sight) = is_sought(page).then(|| Sight::of(page)).flatten() else { return Vec::new() };
    let whole = |i: usize| {
        let mut signs = sight.glance(i)?;
        sight.look(i, &mut signs);
        Some((i, signs))
    };
    sight.lines().filter_map(whole).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::super::before;
    use super::*;
    use crate::settings::Settings;

    /// The order in which lines are looked at spares work, and changes nothing.
    #[test]
    fn the_likeliest_is_the_one_with_the_highest_score() {
        let fixtures = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")).unwrap();
        let texts = fixtures.filter_map(|folder| std::fs::read_to_string(folder.unwrap().path().join("page.txt")).ok());
        let mut sought = 0;
        for text in texts {
            let mut page = crate::read::read_text(&text, &Settings::default());
            before(&mut page, NAME);
            let Some(best) =
                candidates(&page).into_iter().map(|(i, signs)| (i, signs.score())).reduce(|a, b| if b.1 > a.1 { b } else { a })
            else {
                continue;
            };
            sought += 1;
            assert_eq!(likeliest(&page), (best.1 >= LEAST).then_some(best.0), "{text}");
        }
        assert!(sought > 10, "{sought}");
    }
}
