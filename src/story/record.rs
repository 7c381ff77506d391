//! What is noted while the passes decide.

use crate::model::{BUILTIN, Columns, Settled, sight};
use crate::page::{Block, Density, Page, Reason, Verdict};
use crate::passes::watch::{Round, Watch};
use crate::passes::{MODEL, Pass, RoundName, Silence, WORDING, silences, weigh};

/// One thing that happened to a block.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// In which run of the passes.
    pub round: RoundName,
    /// The pass that decided.
    pub pass: &'static str,
    /// `keep`, `drop`, or `cut` for a part.
    pub what: &'static str,
    /// The reason that it gave.
    pub why: Reason,
}

/// What the model saw and gave in one round.
#[derive(Debug)]
pub(super) struct Sight {
    pub(super) round: RoundName,
    /// Which blocks of the whole page its rows are.
    pub(super) origin: Vec<usize>,
    pub(super) columns: Columns,
    /// The log-odds of every block, decided ones too; what the site's templates added; and what the page settled.
    pub(super) odds: Vec<f32>,
    pub(super) leans: Vec<f32>,
    pub(super) settled: Vec<Settled>,
    /// Whether each was open, so that it was asked about.
    pub(super) open: Vec<bool>,
    pub(super) density: Density,
}

/// Notes what happens to every block.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    /// Of which block, and what.
    pub(super) events: Vec<(usize, Event)>,
    pub(super) sights: Vec<Sight>,
    /// Why the rules that matched each block did not decide it.
    pub(super) silences: Vec<Vec<Option<Silence>>>,
    /// Whether each block was open, and how many cuts it had, before the pass that looks now.
    before: Vec<(bool, usize)>,
}

fn state(page: &Page) -> impl Iterator<Item = (bool, usize)> + '_ {
    page.blocks.iter().map(|block| (block.is_open(), block.cuts().len()))
}

impl Watch for Recorder {
    fn before(&mut self, pass: &Pass, page: &Page, round: Round<'_>) {
        self.before = state(page).collect();
        if pass.name == WORDING.name() && round.origin.is_none() {
            self.silences = silences(page);
        }
        if pass.name == MODEL.name() {
            self.sights.push(Sight::of(page, round));
        }
    }

    fn after(&mut self, pass: &Pass, page: &Page, round: Round<'_>) {
        let before = std::mem::take(&mut self.before);
        for (at, (block, (was_open, cuts))) in page.blocks.iter().zip(before).enumerate() {
            let at = round.origin.map_or(Some(at), |origin| origin.get(at).copied());
            let Some(at) = at else { continue };
            let decided = match block.verdict() {
                Verdict::Keep(why) if was_open => Some(("keep", why)),
                Verdict::Drop(why) if was_open => Some(("drop", why)),
                _ => None,
            };
            let parts = block.cuts().iter().skip(cuts).map(|cut| ("cut", &cut.why));
            for (what, why) in decided.into_iter().chain(parts) {
                // A pass may act in another's name; what users see is the reason's.
                let why = why.clone().moved(|twin| round.origin.map_or(Some(twin), |origin| origin.get(twin).copied()));
                self.events.push((at, Event { round: round.name, pass: pass.name, what, why }));
            }
        }
    }
}

impl Sight {
    fn of(page: &Page, round: Round<'_>) -> Self {
        let (columns, forest) = sight(page, &BUILTIN);
        // What it would have said of decided blocks is worth knowing too.
        let mut odds = forest.scores(&columns, |_| true);
        let leans: Vec<f32> = page.blocks.iter().map(|block| block.lean()).collect();
        odds.iter_mut().zip(&leans).for_each(|(odds, lean)| *odds += lean);
        let (_, settled) = weigh(&mut page.clone());
        let origin = round.origin.map_or_else(|| (0..page.blocks.len()).collect(), <[usize]>::to_vec);
        let open = page.blocks.iter().map(Block::is_open).collect();
        Self { round: round.name, origin, columns, odds, leans, settled, open, density: page.facts.density }
    }
}
