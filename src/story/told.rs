//! All that led to the verdict on one block.

use super::find::{Found, find};
use super::record::{Event, Sight};
use super::{RoundName, Silence, Story};
use crate::model::{BUILTIN, Settled, forest_of, shares::shares};
use crate::page::{Block, Density, Page, Verdict};
use crate::rules::Hit;

/// The story of a block.
#[derive(Debug)]
pub struct Told<'s> {
    /// Its place on the page.
    pub at: usize,
    /// The block, with its verdict.
    pub block: &'s Block,
    /// What happened to it, in order.
    pub events: Vec<&'s Event>,
    /// The rules that match it.
    pub evidence: Vec<Evidence<'s>>,
    /// What the model makes of it; none for a block that came in after it.
    pub judged: Option<Judged>,
    /// The blocks around it, itself among them.
    pub beside: Vec<Beside<'s>>,
    /// The block that says the same, and stays.
    pub twin: Option<&'s Block>,
}

/// A rule that matches the block.
#[derive(Debug)]
pub struct Evidence<'s> {
    /// The match.
    pub hit: &'s Hit,
    /// Whether the block's verdict, or a cut in it, is by this rule.
    pub acted: bool,
    /// Why it does not decide by itself.
    pub silence: Option<Silence>,
}

/// What the model makes of a block.
#[derive(Debug)]
pub struct Judged {
    /// In which run of the passes.
    pub round: RoundName,
    /// Whether it was asked: not about a block that a rule had decided before.
    pub asked: bool,
    /// Its log-odds of being article text, with what templates add.
    pub odds: f32,
    /// What the site's templates beside it add.
    pub lean: f32,
    /// The mean of the page's blocks.
    pub mean: f32,
    /// The bar that it was held against, and why it stays.
    pub settled: Settled,
    /// What the page is to the passes.
    pub density: Density,
    /// What the model sees, that which moved the score most first.
    pub measures: Vec<Measure>,
}

/// One thing that the model sees.
#[derive(Debug, Clone)]
pub struct Measure {
    /// Its name.
    pub name: String,
    /// What it is for this block.
    pub value: String,
    /// By how much it moves the log-odds from the page's mean.
    pub moved: f32,
}

/// A block in a row of them.
#[derive(Debug)]
pub struct Beside<'s> {
    /// Whether it is the block itself.
    pub is_it: bool,
    /// The block.
    pub block: &'s Block,
    /// The chance of being article text that the model gives it.
    pub chance: Option<f32>,
}

/// Blocks shown above and below.
const AROUND: usize = 2;

impl Story {
    /// The blocks that hold `text`.
    pub fn find(&self, text: &str) -> Found {
        find(&self.cleaned.page, text)
    }

    /// The story of the block at `at`.
    pub fn of(&self, at: usize) -> Option<Told<'_>> {
        let page = &self.cleaned.page;
        let block = page.blocks.get(at)?;
        let range = at.saturating_sub(AROUND)..(at + AROUND + 1).min(page.blocks.len());
        Some(Told {
            at,
            block,
            events: self.notes.events.iter().filter(|(of, _)| *of == at).map(|(_, event)| event).collect(),
            evidence: self.evidence(at, block),
            judged: self.judged(page, at),
            beside: range.filter_map(|i| Some(Beside { is_it: i == at, block: page.blocks.get(i)?, chance: self.chance(i) })).collect(),
            twin: block.verdict().reason().and_then(|why| page.twin(why)),
        })
    }

    fn evidence<'s>(&'s self, at: usize, block: &'s Block) -> Vec<Evidence<'s>> {
        let verdict = match block.verdict() {
            Verdict::Drop(why) => Some(why),
            _ => None,
        };
        let reasons: Vec<&str> = verdict.into_iter().chain(block.cuts().iter().map(|cut| &cut.why)).filter_map(|why| why.rule()).collect();
        let silences = self.notes.silences.get(at).map_or(&[][..], Vec::as_slice);
        let with =
            |(n, hit): (usize, &'s Hit)| Evidence { hit, acted: reasons.contains(&&*hit.id), silence: silences.get(n).copied().flatten() };
        block.hits().iter().enumerate().map(with).collect()
    }

    /// The last round in which the model was asked about the block, else the last that saw it.
    fn sight(&self, at: usize) -> Option<(&Sight, usize)> {
        let rows = || self.notes.sights.iter().rev().filter_map(|sight| Some((sight, sight.origin.iter().position(|of| *of == at)?)));
        // A later round sees only what is left, which the first has judged with all that stood around.
        let from_start = |sight: &Sight| !matches!(sight.round, RoundName::Again(_));
        let by_model = |(sight, row): &(&Sight, usize)| {
            let stayed = sight.settled.get(*row).is_none_or(|settled| settled.stays);
            sight.open.get(*row) == Some(&true) && (!stayed || from_start(sight))
        };
        rows().find(by_model).or_else(|| rows().find(|(sight, _)| from_start(sight)))
    }

    fn chance(&self, at: usize) -> Option<f32> {
        let (sight, row) = self.sight(at)?;
        sight.odds.get(row).map(|odds| crate::model::chance(*odds))
    }

    fn judged(&self, page: &Page, at: usize) -> Option<Judged> {
        let (seen, row) = self.sight(at)?;
        let odds = *seen.odds.get(row)?;
        let lean = seen.leans.get(row).copied().unwrap_or_default();
        // Later rounds read what was left as text.
        let is_text = matches!(seen.round, RoundName::Again(_));
        let forest = if is_text { &BUILTIN.forest } else { forest_of(page, &BUILTIN) };
        let moved = shares(forest, &seen.columns, row);
        let names = seen.columns.names().iter().zip(&moved).enumerate();
        let byte = |column: usize| seen.columns.column(column).get(row).copied().unwrap_or_default();
        let mut measures: Vec<Measure> = names
            .map(|(column, (name, moved))| Measure { name: name.to_string(), value: name.value(byte(column)), moved: *moved })
            .collect();
        measures.sort_by(|a, b| b.moved.abs().total_cmp(&a.moved.abs()));
        Some(Judged {
            round: seen.round,
            asked: seen.open.get(row) == Some(&true),
            odds,
            lean,
            mean: odds - lean - moved.iter().sum::<f32>(),
            settled: *seen.settled.get(row)?,
            density: seen.density,
            measures,
        })
    }
}
