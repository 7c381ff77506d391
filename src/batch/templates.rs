//! The site templates of a run: read from a profile, or learned from its own inputs before they are cleaned.
//!
//! Learning goes over the inputs three times, and none of it grows with their number but for eight bytes a page at most. First,
//! names of sites are counted, in counters of a fixed size. Then a sample of each site is drawn, the pages whose hashes are the
//! smallest. Then the samples are cleaned, some thousand pages a round, and each round's sites learned. The order of the inputs has no
//! part in any of it, so that the same set gives the same templates, on any number of cores.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use newsclean::rules::OwnRules;
use newsclean::template::{self, LEAST_STORIES, Names, PageLines, Profile, Site};
use newsclean::{Settings, Templates};

use super::draft::Draft;
use super::naming::Naming;
use super::open::open;
use super::output::unwritten;
use super::parallel::{Order, Plan, each};
use super::sample::{Counters, Sample};
use super::unit::{Unit, units};
use super::walk::{Met, Source, Walk};
use super::{Job, Task};
use crate::say;

/// Which templates a run uses.
#[derive(Debug, Clone)]
pub(crate) enum Use {
    /// Those of its own pages, if it is over folders.
    Auto,
    /// None.
    Off,
    /// Those of a profile.
    Profile(Arc<Profile>),
}

/// The templates of a run.
#[derive(Debug)]
pub(super) enum Sites {
    /// There are none.
    None,
    /// Of whatever site in the profile a page is.
    Profile(Arc<Profile>),
    /// Of the sites of the inputs.
    Learned(Learned),
}

/// The sites of the inputs of a run.
#[derive(Debug)]
pub(super) struct Learned {
    counters: Counters,
    sites: HashMap<u64, (String, Arc<Site>)>,
}

/// Pages that are cleaned before their sites are learned: some ten megabytes, and no more than four hundred if all are made to be large.
const ROUND: usize = 2048;

impl Sites {
    /// The templates that `job` asks for.
    pub(super) fn new(job: &Job, walk: &Walk<'_>, is_idle: impl Fn(&Source) -> bool + Sync) -> anyhow::Result<Self> {
        Ok(match &job.templates {
            Use::Off => Self::None,
            Use::Profile(profile) => Self::Profile(Arc::clone(profile)),
            Use::Auto if walk.folders().next().is_none() => Self::None,
            // A run that has nothing to do need not learn for it.
            Use::Auto if walk.inputs().all(|met| met.source().is_none_or(&is_idle)) => Self::None,
            Use::Auto => Self::Learned(learn(job, walk)?),
        })
    }

    /// The settings for a page that begins with `head`, of the site `told` if a record says so, or in `file`.
    pub(super) fn settings<'s>(
        &self,
        settings: &'s Settings,
        told: Option<String>,
        file: Option<&Source>,
        head: &[u8],
    ) -> Cow<'s, Settings> {
        let site = own_sites(settings, told.as_deref(), file);
        let templates = match self {
            Self::None if site.is_empty() => return Cow::Borrowed(settings),
            Self::None => Templates::Off,
            Self::Profile(profile) => match told.and_then(|name| profile.named(&name)) {
                Some(site) => Templates::Of(Arc::clone(site)),
                None => Templates::Among(Arc::clone(profile)),
            },
            Self::Learned(learned) => match learned.site(&all_names(told, template::names(head, settings), file)) {
                Some(site) => Templates::Of(site),
                None => Templates::Off,
            },
        };
        Cow::Owned(Settings { templates, site, ..settings.clone() })
    }
}

/// What somebody else than the page calls its site, if own rules ask for it: its record, and the folder of its file.
pub(super) fn own_sites(settings: &Settings, told: Option<&str>, file: Option<&Source>) -> Vec<String> {
    if !settings.rules.as_deref().is_some_and(OwnRules::ask_for_sites) {
        return Vec::new();
    }
    let folder = file.and_then(|source| Some(source.path().parent()?.file_name()?.to_string_lossy().into_owned()));
    told.map(str::to_owned).into_iter().chain(folder).collect()
}

/// All names for the site of a page: what its record says, what it says itself, and for a file the folder.
pub(super) fn all_names(told: Option<String>, names: Names, file: Option<&Source>) -> Vec<String> {
    told.into_iter().chain(names.0).chain(file.map(Source::folder)).collect()
}

impl Learned {
    fn site(&self, names: &[String]) -> Option<Arc<Site>> {
        let name = self.counters.first(names)?;
        self.sites.get(&template::key(name)).map(|(_, site)| Arc::clone(site))
    }

    /// The sites as a profile.
    fn into_profile(self) -> Profile {
        self.sites.into_values().map(|(name, site)| (name, Arc::unwrap_or_clone(site))).collect()
    }
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
    let mut counters = Counters::new();
    visit(job, walk, |unit| unit.names(job), |names: Vec<String>| counters.add(&names))?;
    let mut sample = Sample::default();
    let drawn = |unit: &Unit<'_>| {
        let names = unit.names(job)?;
        counters.first(&names).map(|name| (name.to_owned(), unit.print()))
    };
    visit(job, walk, drawn, |(name, print)| sample.add(&name, print))?;
    let mut sites = HashMap::new();
    for round in sample.rounds(ROUND, LEAST_STORIES) {
        let mut pages: BTreeMap<u64, Vec<PageLines>> = BTreeMap::new();
        let work = |unit: &Unit<'_>| {
            let site = *round.of.get(&unit.print())?;
            Some((site, PageLines::of(&unit.clean(job)?.page)))
        };
        visit(job, walk, work, |(site, page)| pages.entry(site).or_default().push(page))?;
        for (key, pages) in pages {
            if let (Some(name), Some(site)) = (round.names.get(&key), template::learn(pages)) {
                sites.insert(key, (name.clone(), Arc::new(site)));
            }
        }
    }
    Ok(Learned { counters, sites })
}

/// Does `work` on every page of the job and gives what comes of it to `take`. A page that cannot be read is left out here; the run names it.
fn visit<R: Send>(job: &Job, walk: &Walk<'_>, work: impl Fn(&Unit<'_>) -> Option<R> + Sync, mut take: impl FnMut(R)) -> anyhow::Result<()> {
    let plan = Plan::pages(job.threads, Order::Any);
    let sources = walk.inputs().filter_map(Met::into_source).map(|source| (1, source));
    each(
        plan,
        sources,
        |source| {
            let mut out = Vec::new();
            units(job, &source, |unit| out.extend(work(&unit)));
            out
        },
        |found, _| {
            found.into_iter().for_each(&mut take);
            ControlFlow::Continue(())
        },
    )?;
    Ok(())
}
