//! Site templates learned from the inputs of a run before they are cleaned.
//!
//! Learning reads the inputs once: what a page calls its site, its hash and its file are noted in 40 bytes. Of each site the pages
//! with the smallest hashes are drawn, and only their files are read again and cleaned, site by site as far as the folders allow: a
//! round is of so many sites that it has some thousand pages. The order of the inputs has no part in any of it, so that the same set
//! gives the same templates, on any number of cores.

mod lessons;
mod sample;
mod unit;

use std::collections::HashMap;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;
use newsclean::template::LEAST_STORIES;

pub(super) use sample::Counters;

use super::draft::Draft;
use super::naming::Naming;
use super::output::unwritten;
use super::parallel::{Order, Plan, each};
use super::sites::{Learned, Sites, Use};
use super::walk::{Met, Source, Walk};
use super::{Fault, Job, Task};
use crate::say;
use lessons::{Lessons, Named};
use sample::{Round, Survey};
use unit::{Load, Unit, loads, number};

/// Pages whose files are read before those of the next sites, so that no more wait for the last of their site: 40 kilobytes each, and
/// no more than two hundred if they are made to be large. Of records more, as each round reads their files again.
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
        Use::Auto => Sites::Learned(learn(job, walk, |_, _| {})?),
    })
}

/// `newsclean learn`: the templates of the inputs as a profile, in the file `output` or on standard output.
pub(crate) fn learn_profile(job: &Job, output: Option<&Path>) -> anyhow::Result<ExitCode> {
    let naming = if matches!(job.task, Task::Records(_)) { Naming::Records } else { Naming::Pages("txt") };
    let walk = Walk::new(job, naming);
    let failed = AtomicBool::new(false);
    let miss = |name: &str, why| {
        failed.store(true, Ordering::Relaxed);
        say(format_args!("{name}: {why:#}"));
    };
    let profile = learn(job, &walk, miss)?.into_profile();
    write_profile(output, profile.write().as_bytes())?;
    if profile.is_empty() {
        say(format_args!("warning: nothing was learned: no site has {LEAST_STORIES} stories or more"));
    } else if let Some(path) = output {
        let (sites, lines) = (profile.len(), profile.lines());
        let noun = if sites == 1 { "site" } else { "sites" };
        say(format_args!("{lines} lines of {sites} {noun} written to {}", path.display()));
    }
    Ok(if failed.into_inner() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
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

/// Learns the templates of the inputs; `miss` is told of those that cannot be read, and why.
fn learn(job: &Job, walk: &Walk<'_>, miss: impl Fn(&str, anyhow::Error) + Sync) -> anyhow::Result<Learned> {
    let inputs = walk.inputs().filter_map(|met| {
        if let Met::Failed(name, why) = met {
            miss(&name, why);
            return None;
        }
        Some(((), met.into_source()?))
    });
    let note = |(), source: &Source, unit: Result<Unit<'_>, Fault>| {
        unit.and_then(|unit| unit.note(job)).map_err(|why| miss(&source.input.to_string(), why.into_why())).ok()
    };
    let mut survey = Survey::new();
    visit(job, inputs, note, |note| survey.add(&note))?;
    let size = if matches!(job.task, Task::Records(_)) { ROUND_OF_RECORDS } else { ROUND };
    let (counters, rounds) = survey.draw(size, LEAST_STORIES);
    let mut sites = HashMap::new();
    for rounds in rounds.chunks(STRETCH) {
        learn_rounds(job, rounds, walk, |(key, site)| {
            sites.insert(key, site);
        })?;
    }
    Ok(Learned { counters, sites })
}

/// Learns the sites of `rounds` and gives them to `take`.
fn learn_rounds(job: &Job, rounds: &[Round], walk: &Walk<'_>, mut take: impl FnMut(Named)) -> anyhow::Result<()> {
    let lessons = Lessons::new(rounds);
    let hear = |round: &Round, _: &Source, unit: Result<Unit<'_>, Fault>| {
        let unit = unit.ok()?;
        let site = *round.of.get(&unit.print())?;
        lessons.take(site, unit.lines(job, site))
    };
    visit(job, files(rounds, walk).into_iter(), hear, &mut take)?;
    lessons.rest().for_each(take);
    Ok(())
}

/// The files that pages of `rounds` stand in, round by round.
fn files<'r>(rounds: &'r [Round], walk: &Walk<'_>) -> Vec<(&'r Round, Source)> {
    let mut places: Vec<(u32, usize)> = (0..).zip(rounds).flat_map(|(at, round)| round.files.iter().map(move |file| (*file, at))).collect();
    places.sort_unstable();
    let mut files: Vec<(usize, Source)> = Vec::with_capacity(places.len());
    for source in walk.inputs().filter_map(Met::into_source) {
        let number = number(&source);
        let first = places.partition_point(|(file, _)| *file < number);
        let own = places.iter().skip(first).take_while(|(file, _)| *file == number);
        files.extend(own.map(|(_, at)| (*at, source.clone())));
    }
    files.sort_by_key(|(at, _)| *at);
    files.into_iter().filter_map(|(at, source)| Some((rounds.get(at)?, source))).collect()
}

/// Does `work` on every page of `sources`, with what its source came with, and gives what comes of it to `take`.
fn visit<T: Copy + Send, R: Send>(
    job: &Job,
    sources: impl Iterator<Item = (T, Source)> + Send,
    work: impl Fn(T, &Source, Result<Unit<'_>, Fault>) -> Option<R> + Sync,
    mut take: impl FnMut(R),
) -> anyhow::Result<()> {
    let plan = match job.task {
        Task::Pages => Plan::pages(job.threads, Order::Any),
        Task::Records(_) => Plan { order: Order::Any, ..Plan::records(job.threads) },
    };
    let work = |(with, load): (T, Load)| {
        let mut out = Vec::new();
        load.units(job, |source, unit| out.extend(work(with, source, unit)));
        out
    };
    each(plan, loads(job, sources), work, |found, _| {
        found.into_iter().for_each(&mut take);
        ControlFlow::Continue(())
    })?;
    Ok(())
}
