//! Pages beside their gold articles: files of one stem in two folders, or two fields of a record.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use newsclean::{Cleaned, read};
use walkdir::WalkDir;

use super::Input;
use super::batches::{Batch, Batches};
use super::learn;
use super::naming::Naming;
use super::page::{cleaned, guarded, read_input, read_source};
use super::parallel::{Order, Plan, each};
use super::record::{Record, not_an_object};
use super::sites::Sites;
use super::walk::{Met, Source, Walk};
use super::{Fault, Job, Task};

/// Where the gold articles are.
#[derive(Debug)]
pub(crate) enum Gold {
    /// In this file or folder, under the names of the pages; endings do not count.
    Files(PathBuf),
    /// In this field of each record.
    Field(String),
}

/// A page with its gold article.
pub(crate) struct Pair<'p> {
    /// The article as people made it.
    pub(crate) gold: Cow<'p, str>,
    /// The page as it came, decoded.
    pub(crate) page: Cow<'p, str>,
    /// The page, cleaned.
    pub(crate) cleaned: Cleaned,
}

/// Names are compared as those of outputs: without the endings of pages and of packed files.
const NAMES: Naming = Naming::Pages("txt");

/// What came of a page, under its name.
type Named<R> = (String, anyhow::Result<R>);

/// Does `work` on every page of the job with its gold article, on all cores, and gives what comes of each to `take`, in any order.
pub(crate) fn paired<R: Send>(
    job: &Job,
    gold: &Gold,
    work: impl Fn(&Pair<'_>) -> R + Sync,
    mut take: impl FnMut(String, anyhow::Result<R>),
) -> anyhow::Result<()> {
    match (gold, &job.task) {
        (Gold::Field(field), Task::Records(recipe)) => {
            let walk = Walk::new(job, Naming::Records);
            let sites = learn::sites(job, &walk, |_| false)?;
            for met in walk.inputs() {
                match met {
                    Met::Source(source) => records(job, &sites, &source, [&recipe.field, field], &work, &mut take)?,
                    Met::Failed(name, why) => take(name, Err(why)),
                    Met::Passed(..) => {}
                }
            }
            Ok(())
        }
        (Gold::Files(path), _) => files(job, path, work, take),
        (Gold::Field(_), Task::Pages) => Ok(()),
    }
}

fn files<R: Send>(
    job: &Job,
    gold: &Path,
    work: impl Fn(&Pair<'_>) -> R + Sync,
    mut take: impl FnMut(String, anyhow::Result<R>),
) -> anyhow::Result<()> {
    let walk = Walk::new(job, NAMES);
    let sites = learn::sites(job, &walk, |_| false)?;
    let is_tree = walk.folders().next().is_some();
    if is_tree && gold.is_file() {
        bail!("{}: is one gold article, and the pages are a folder; name a folder of gold articles", gold.display());
    }
    let mut golds = golds(gold)?;
    let mut met = BTreeSet::new();
    let plan = Plan::pages(job.threads, Order::Any);
    let one = |met: Met| -> Option<(Option<PathBuf>, Named<R>)> {
        match met {
            Met::Passed(..) => None,
            Met::Failed(name, why) => Some((None, (name, Err(why)))),
            Met::Source(source) => {
                let key = key(&source.place);
                let found = if gold.is_dir() { golds.get(&key).map(PathBuf::as_path) } else { Some(gold) };
                let missing = || anyhow!("no gold article ({} is missing)", gold.join(&key).with_extension("*").display());
                let made = file(job, &sites, &source, found.ok_or_else(missing), &work);
                Some((Some(key), (source.input.to_string(), made)))
            }
        }
    };
    each(plan, walk.inputs().map(|met| (1, met)), one, |done, _| {
        if let Some((key, (name, made))) = done {
            met.extend(key);
            take(name, made);
        }
        ControlFlow::Continue(())
    })?;
    // Who names one page does not mean all the articles.
    golds.retain(|key, _| is_tree && !met.contains(key));
    for path in golds.into_values() {
        take(path.display().to_string(), Err(anyhow!("no page to this gold article")));
    }
    Ok(())
}

/// The gold articles in the folder `gold`, by what names are compared by.
fn golds(gold: &Path) -> anyhow::Result<BTreeMap<PathBuf, PathBuf>> {
    let mut found = BTreeMap::new();
    for entry in WalkDir::new(gold) {
        let entry = entry.map_err(|why| match why.io_error().map(std::io::Error::kind) {
            Some(std::io::ErrorKind::NotFound) => anyhow!("{}: no such file or folder (check the name)", gold.display()),
            _ => anyhow!("{}: cannot look into it: {why}", gold.display()),
        })?;
        let below = entry.path().strip_prefix(gold).unwrap_or(entry.path());
        let is_hidden = below.iter().any(|part| part.as_encoded_bytes().starts_with(b"."));
        if entry.file_type().is_file() && !is_hidden {
            found.insert(key(below), entry.path().to_owned());
        }
    }
    Ok(found)
}

/// The path without the endings that do not count.
fn key(place: &Path) -> PathBuf {
    place.file_name().map_or_else(PathBuf::new, |name| place.with_file_name(NAMES.output(name)))
}

fn file<R>(job: &Job, sites: &Sites, source: &Source, gold: anyhow::Result<&Path>, work: impl Fn(&Pair<'_>) -> R) -> anyhow::Result<R> {
    let made = guarded(|| {
        let (bytes, _place) = read_source(source)?;
        // A page that is not there is worse than a gold article that is not.
        let gold = gold.and_then(read_gold).map_err(Fault::Input)?;
        let settings = sites.settings(&job.settings, None, Some(source), &bytes);
        let cleaned = cleaned(&bytes, &settings)?;
        let page = read::decode(&bytes)?;
        Ok(work(&Pair { gold: Cow::Owned(gold), page, cleaned }))
    });
    made.map_err(Fault::into_why)
}

fn read_gold(path: &Path) -> anyhow::Result<String> {
    let bytes = read_input(&Input::File(path.to_owned())).with_context(|| format!("its gold article {}", path.display()))?;
    let text = read::decode(&bytes).with_context(|| format!("its gold article {}", path.display()))?;
    Ok(text.into_owned())
}

fn records<R: Send>(
    job: &Job,
    sites: &Sites,
    source: &Source,
    fields: [&str; 2],
    work: impl Fn(&Pair<'_>) -> R + Sync,
    take: &mut impl FnMut(String, anyhow::Result<R>),
) -> anyhow::Result<()> {
    let plan = Plan::records(job.threads);
    let all = |batch: Result<Batch, Fault>| -> Vec<Named<R>> {
        let batch = match batch {
            Ok(batch) => batch,
            Err(fault) => return vec![(source.input.to_string(), Err(fault.into_why()))],
        };
        batch.records().map(|(number, line)| (format!("{}:{number}", source.input), record(job, sites, &line, fields, &work))).collect()
    };
    each(plan, Batches::open(&source.input), all, |done, _| {
        done.into_iter().for_each(|(name, made)| take(name, made));
        ControlFlow::Continue(())
    })?;
    Ok(())
}

fn record<R>(job: &Job, sites: &Sites, line: &str, [field, gold]: [&str; 2], work: impl Fn(&Pair<'_>) -> R) -> anyhow::Result<R> {
    let of_gold = Record::find(line, gold).map_err(|why| anyhow!("{}", not_an_object(&why)))?;
    if !of_gold.has_page() {
        return Err(anyhow!("no field \"{gold}\" (--gold-field NAME says which one holds the gold article)"));
    }
    let gold = of_gold.page(line, gold).map_err(|why| anyhow!(why))?;
    let page = Record::find(line, field)?.page(line, field).map_err(|why| anyhow!(why))?;
    let made = guarded(|| {
        let settings = sites.settings(&job.settings, of_gold.site(line), None, page.as_bytes());
        let cleaned = cleaned(page.as_bytes(), &settings)?;
        Ok(work(&Pair { gold, page: page.clone(), cleaned }))
    });
    made.map_err(Fault::into_why)
}
