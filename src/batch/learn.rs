//! Site templates learned from the inputs of a run before they are cleaned.
//!
//! Learning reads the inputs once: what a page calls its site, its hash and its file are noted in 40 bytes. Of each site the pages
//! with the smallest hashes are drawn, and only their files are read again and cleaned, some thousand pages a round. The order of the
//! inputs has no part in any of it, so that the same set gives the same templates, on any number of cores.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use newsclean::template::{self, LEAST_STORIES, PageLines, Site};

use super::draft::Draft;
use super::naming::Naming;
use super::open::open;
use super::output::unwritten;
use super::parallel::{Order, Plan, each};
use super::sample::{Round, Survey};
use super::sites::{Learned, Sites, Use};
use super::unit::{Unit, loads, number};
use super::walk::{Met, Source, Walk};
use super::{Job, Task};
use crate::say;

/// Pages that are cleaned before their sites are learned: 40 kilobytes each, and no more than two hundred if they are made to be large.
/// Of records more, as each round reads their files again.
const ROUND: usize = 512;
const ROUND_OF_RECORDS: usize = 2048;
/// Rounds for which the folders are walked once: the names of their files take some 20 MB.
const STRETCH: usize = 256;

/// The sites whose templates `job` asks for. A run in which all inputs are idle has nothing to do, and need not learn for it.
pub(super) fn sites(job: &Job, walk: &Walk<'_>, is_idle: impl Fn(&Source) -> bool + Sync) -> anyhow::Result<Sites> {
    Ok(match &job.templates {
        Use::Off => Sites::None,
        Use::Profile(profile) => Sites::Profile(Arc::clone(profile)),
        Use::Auto if walk.folders().next().is_none() => Sites::None,
        Use::Auto if walk.inputs().all(|met| met.source().is_none_or(&is_idle)) => Sites::None,
        Use::Auto => Sites::Learned(learn(job, walk)?),
    })
}

/// `newsclean learn`: the templates of the inputs as a profile, in the file `output` or on standard output.
pub(crate) fn learn_profile(job: &Job, output: Option<&Path>) -> anyhow::Result<ExitCode> {
    let naming = if matches!(job.task, Task::Records(_)) { Naming::Records } else { Naming::Pages("txt") };
    let walk = Walk::new(job, naming);
    let mut failed = false;
    for met in walk.inputs() {
        let why = match met {
            Met::Failed(name, why) => Some((name, why)),
            Met::Source(source) => open(&source.input).err().map(|fault| (source.input.to_string(), fault.into_why())),
            Met::Passed(..) => None,
        };
        if let Some((name, why)) = why {
            failed = true;
            say(format_args!("{name}: {why:#}"));
        }
    }
    let profile = learn(job, &walk)?.into_profile();
    write_profile(output, profile.write().as_bytes())?;
    if profile.is_empty() {
        say(format_args!("warning: nothing was learned: no site has {LEAST_STORIES} stories or more"));
    } else if let Some(path) = output {
        let (sites, lines) = (profile.len(), profile.lines());
        let noun = if sites == 1 { "site" } else { "sites" };
        say(format_args!("{lines} lines of {sites} {noun} written to {}", path.display()));
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn write_profile(output: Option<&Path>, bytes: &[u8]) -> anyhow::Result<()> {
    match output {
        None => io::stdout().lock().write_all(bytes).context("standard output: cannot write"),
        Some(path) => {
            let written = Draft::begin(path).and_then(|mut draft| draft.write_all(bytes).and_then(|()| draft.done()));
            written.map_err(|why| unwritten(path, why))
        }
    }
}

/// Learns the templates of the inputs.
fn learn(job: &Job, walk: &Walk<'_>) -> anyhow::Result<Learned> {
    let sources = || walk.inputs().filter_map(Met::into_source);
    let mut survey = Survey::new();
    visit(job, sources(), |unit| unit.note(job), |note| survey.add(&note))?;
    let size = if matches!(job.task, Task::Records(_)) { ROUND_OF_RECORDS } else { ROUND };
    let (counters, rounds) = survey.draw(size, LEAST_STORIES);
    let mut sites = HashMap::new();
    for stretch in rounds.chunks(STRETCH) {
        let is_in = |round: &Round, source: &Source| round.files.binary_search(&number(source)).is_ok();
        let wanted: Vec<Source> = sources().filter(|source| stretch.iter().any(|round| is_in(round, source))).collect();
        for round in stretch {
            sites.extend(learn_round(job, round, wanted.iter().filter(|source| is_in(round, source)).cloned())?);
        }
    }
    Ok(Learned { counters, sites })
}

/// Learns the sites of a round from the pages in `sources`.
fn learn_round(
    job: &Job,
    round: &Round,
    sources: impl Iterator<Item = Source> + Send,
) -> anyhow::Result<HashMap<u64, (String, Arc<Site>)>> {
    let mut pages: BTreeMap<u64, (Option<String>, Vec<PageLines>)> = BTreeMap::new();
    let work = |unit: &Unit<'_>| {
        let site = *round.of.get(&unit.print())?;
        Some((site, unit.lines(job, site)?))
    };
    visit(job, sources, work, |(site, (name, page))| {
        let (least, pages) = pages.entry(site).or_default();
        // Of several spellings, one that does not depend on the order.
        *least = least.take().into_iter().chain(name).min();
        pages.push(page);
    })?;
    let mut sites = HashMap::new();
    let plan = Plan::pages(job.threads, Order::Any);
    let work = |(key, (name, pages))| Some((key, (name?, Arc::new(template::learn(pages)?))));
    each(plan, pages.into_iter().map(|site| (1, site)), work, |site, _| {
        sites.extend(site);
        ControlFlow::Continue(())
    })?;
    Ok(sites)
}

/// Does `work` on every page of `sources` and gives what comes of it to `take`. A page that cannot be read is left out here; the run
/// names it.
fn visit<R: Send>(
    job: &Job,
    sources: impl Iterator<Item = Source> + Send,
    work: impl Fn(&Unit<'_>) -> Option<R> + Sync,
    mut take: impl FnMut(R),
) -> anyhow::Result<()> {
    let plan = match job.task {
        Task::Pages => Plan::pages(job.threads, Order::Any),
        Task::Records(_) => Plan { order: Order::Any, ..Plan::records(job.threads) },
    };
    each(
        plan,
        loads(job, sources),
        |load| {
            let mut out = Vec::new();
            load.units(job, |unit| out.extend(work(&unit)));
            out
        },
        |found, _| {
            found.into_iter().for_each(&mut take);
            ControlFlow::Continue(())
        },
    )?;
    Ok(())
}
