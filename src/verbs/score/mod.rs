//! `newsclean score`: pages cleaned and held against the articles that people made of them.

mod table;

use std::cell::LazyCell;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::process::ExitCode;

use newsclean::Cleaned;
use newsclean::score::{Baseline, Means, Measured, Overlap, Tally, measure, words};

use crate::batch::{Gold, Job, Pair, paired};
use crate::say;

/// What is measured and shown.
#[derive(Debug)]
pub(crate) struct Measure {
    /// What else the pages are held against.
    pub(crate) baselines: Vec<Baseline>,
    /// How many of the worst pages are listed.
    pub(crate) worst: usize,
    /// Whether programs read it.
    pub(crate) is_json: bool,
}

/// A page, measured.
struct Page {
    name: String,
    measured: Measured,
    baselines: Vec<(Overlap, Tally)>,
    /// Whether the gold article begins with the page's headline.
    has_headline: bool,
}

/// The figures of a way of cleaning.
#[derive(Debug, Clone, Copy, Default)]
struct Row {
    means: Means,
    tally: Tally,
}

/// All that is printed.
#[derive(Default)]
struct Report {
    rows: Vec<(&'static str, Row)>,
    /// Words lost and words left, by kind.
    kinds: BTreeMap<&'static str, (u64, u64)>,
    /// By how badly they came out.
    pages: Vec<Page>,
    failed: usize,
}

/// Measures the pages of `job` against `gold`.
pub(crate) fn score(job: &Job, gold: &Gold, what: &Measure) -> anyhow::Result<ExitCode> {
    let mut pages = Vec::new();
    let mut faults = Vec::new();
    paired(
        job,
        gold,
        |pair| of_pair(pair, &what.baselines),
        |name, made| match made {
            Ok(page) => pages.push(Page { name, ..page }),
            Err(why) => faults.push((name, why)),
        },
    )?;
    if matches!(gold, Gold::Files(_)) {
        // Files come in any order, and the mean of the same figures in another order may differ in its last place.
        pages.sort_by(|a: &Page, b: &Page| a.name.cmp(&b.name));
        faults.sort_by(|a: &(String, anyhow::Error), b| a.0.cmp(&b.0));
    }
    for (name, why) in &faults {
        say(format_args!("{name}: {why:#}"));
    }
    if pages.is_empty() && faults.is_empty() {
        say(format_args!("warning: no pages to measure were found"));
    }
    let headlines = pages.iter().filter(|page| page.has_headline).count();
    if headlines * 2 > pages.len() && !job.settings.headline {
        say(format_args!("{headlines} of {} gold articles begin with the page's headline; --headline leaves it in", pages.len()));
    }
    let report = Report::of(pages, faults.len(), &what.baselines);
    if report.pages.is_empty() && !what.is_json {
        return Ok(exit(&faults));
    }
    let text = if what.is_json { table::json(&report, what.worst)? } else { table::text(&report, what.worst) };
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(exit(&faults))
}

fn exit(faults: &[(String, anyhow::Error)]) -> ExitCode {
    if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn of_pair(pair: &Pair<'_>, baselines: &[Baseline]) -> Page {
    // Only other rules want it.
    let as_text = LazyCell::new(|| text_of(pair));
    let gold = words(&pair.gold);
    let of_baseline = |baseline: &Baseline| {
        let text = baseline.clean(&as_text);
        (Overlap::of(&gold, &words(&text)), Tally::of(&pair.gold, text.lines()))
    };
    Page {
        name: String::new(),
        measured: measure(&pair.gold, &pair.cleaned),
        baselines: baselines.iter().map(of_baseline).collect(),
        has_headline: headline(&pair.cleaned).is_some_and(|headline| gold.starts_with(&words(headline))),
    }
}

fn headline(cleaned: &Cleaned) -> Option<&str> {
    let block = cleaned.page.blocks.get(cleaned.page.facts.headline?)?;
    Some(block.text.as_str()).filter(|text| !text.is_empty())
}

/// The page as the rules of others see it: the lines of a text, the blocks of HTML.
fn text_of(pair: &Pair<'_>) -> String {
    if pair.cleaned.page.markup.is_none() {
        return pair.page.clone().into_owned();
    }
    let blocks = pair.cleaned.page.blocks.iter().map(|block| block.text.as_str());
    blocks.collect::<Vec<_>>().join("\n")
}

impl Report {
    fn of(mut pages: Vec<Page>, failed: usize, baselines: &[Baseline]) -> Self {
        let mut own = Row::default();
        let mut others = vec![Row::default(); baselines.len()];
        let mut kinds: BTreeMap<&'static str, (u64, u64)> = BTreeMap::new();
        for page in &pages {
            own.add(&page.measured.overlap, page.measured.tally);
            others.iter_mut().zip(&page.baselines).for_each(|(row, (overlap, tally))| row.add(overlap, *tally));
            page.measured.lost.iter().for_each(|(kind, count)| kinds.entry(kind).or_default().0 += count);
            page.measured.left.iter().for_each(|(kind, count)| kinds.entry(kind).or_default().1 += count);
        }
        pages.sort_by(|a, b| {
            let rank = |page: &Page| page.measured.overlap.common();
            rank(a).partial_cmp(&rank(b)).unwrap_or(Ordering::Equal)
        });
        let others = baselines.iter().map(|baseline| name_of(*baseline)).zip(others);
        Self { rows: std::iter::once(("newsclean", own)).chain(others).collect(), kinds, pages, failed }
    }
}

impl Row {
    fn add(&mut self, overlap: &Overlap, tally: Tally) {
        self.means.add(overlap);
        self.tally = self.tally.and(tally);
    }
}

fn name_of(baseline: Baseline) -> &'static str {
    match baseline {
        Baseline::None => "none",
        Baseline::C4 => "c4",
        Baseline::RefinedWeb => "refinedweb",
    }
}
