//! A cleaned page against its gold article: what was lost as which kind of noise, and what was left that which kind is named for.

use std::collections::{BTreeMap, HashSet};

use super::words::{Runs, covered, words};
use super::{Overlap, SHINGLE, Tally};
use crate::Cleaned;
use crate::page::{Block, Kind, Verdict};
use crate::write::removed;

/// Lost, and not on the page as text: the reader did not find it, or the gold article is of another page.
pub const OFF_PAGE: &str = "(not on the page)";
/// Left over, and nothing says what it is.
pub const UNNAMED: &str = "(unnamed)";
/// Lost, as the headline is not asked for.
pub const HEADLINE: &str = "(headline)";

/// How a cleaned page agrees with its gold article.
#[derive(Debug, Clone, Default)]
pub struct Measured {
    /// In shingles.
    pub overlap: Overlap,
    /// In words.
    pub tally: Tally,
    /// Words of the article that went, by what they were taken for.
    pub lost: BTreeMap<&'static str, u64>,
    /// Words that stayed and are not of the article, by what the evidence takes them for.
    pub left: BTreeMap<&'static str, u64>,
}

/// Holds `cleaned` against the article `gold`.
pub fn measure(gold: &str, cleaned: &Cleaned) -> Measured {
    let text = cleaned.text();
    let (of_gold, of_text) = (words(gold), words(&text));
    let overlap = Overlap::of(&of_gold, &of_text);
    let (gold_runs, text_runs) = (Runs::of(&of_gold), Runs::of(&of_text));
    let left = left(cleaned, &gold_runs);
    let all_lost = text_runs.missing(&of_gold);
    let mut lost = BTreeMap::new();
    // What the page says twice was lost once.
    let mut counted: HashSet<Vec<&str>> = HashSet::new();
    let lines: HashSet<Vec<&str>> = gold.lines().map(words).collect();
    for (kind, part) in gone(cleaned) {
        let part = words(part);
        // A word or two stand in many an article; they are lost if they are a line of it, such as a subheading.
        if part.len() < SHINGLE && !lines.contains(&part) {
            continue;
        }
        let count = covered(&part, |run| gold_runs.has(run) && !text_runs.has(run) && counted.insert(run.to_vec()));
        *lost.entry(kind).or_default() += count as u64;
    }
    let told: u64 = lost.values().sum();
    *lost.entry(OFF_PAGE).or_default() += all_lost.saturating_sub(told);
    lost.retain(|_, count| *count > 0);
    let tally = Tally { gold: of_gold.len() as u64, text: of_text.len() as u64, lost: all_lost, left: left.values().sum() };
    Measured { overlap, tally, lost, left }
}

/// What is not in the result, with the kind that it went as.
fn gone(cleaned: &Cleaned) -> impl Iterator<Item = (&'static str, &str)> {
    let headline = cleaned.page.blocks.iter().enumerate().filter(|(at, block)| is_unwanted(cleaned, *at) && !block.is_dropped());
    let headline = headline.map(|(_, block)| (HEADLINE, block.text.as_str()));
    removed(&cleaned.page).map(|gone| (gone.what.kind.unwrap_or(UNNAMED), gone.what.text)).chain(headline)
}

/// Whether the block at `at` is a headline that is not asked for.
fn is_unwanted(cleaned: &Cleaned, at: usize) -> bool {
    !cleaned.headline && cleaned.page.facts.headline == Some(at)
}

fn left(cleaned: &Cleaned, gold: &Runs<'_, '_>) -> BTreeMap<&'static str, u64> {
    let mut left = BTreeMap::new();
    let blocks = cleaned.page.blocks.iter().enumerate();
    for (_, block) in blocks.filter(|(at, block)| !block.is_dropped() && !is_unwanted(cleaned, *at)) {
        let count = gold.missing(&words(&block.uncut()));
        if count > 0 {
            *left.entry(named(block).map_or(UNNAMED, Kind::name)).or_default() += count;
        }
    }
    left
}

/// The kind of noise that the evidence names for a block that stays.
fn named(block: &Block) -> Option<Kind> {
    let asked_for = if let Verdict::Keep(why) = block.verdict() { why.kind } else { None };
    let template = || block.template().is_some().then_some(Kind::Template);
    asked_for.or_else(|| block.hits().first().map(|hit| hit.rule.kind)).or_else(template)
}
