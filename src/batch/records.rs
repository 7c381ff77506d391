//! JSON records, one a line in and out: the line as it came, with values exchanged.
//!
//! As many lines come out as went in, in order: what cannot be cleaned comes back with the reason in the field `newsclean`,
//! and an empty line stays an empty line. Lines are read in batches, which are cleaned side by side; only those on their way are in memory.

use std::ops::ControlFlow;

use super::batches::{Batch, Batches};
use super::details::details;
use super::ledger::Ledger;
use super::open::open;
use super::output::{Own, Places, Shared};
use super::page::{cleaned, guarded};
use super::parallel::{Plan, each};
use super::record::{NOTE, Record, TEXT, Value, not_an_object};
use super::report::{Entry, Report};
use super::sites::Sites;
use super::walk::{Met, Skip, Source, Walk};
use super::{Fault, Form, Input, Job, Volume, removed};

/// What is done with each record.
#[derive(Debug)]
pub(crate) struct Recipe {
    /// The field that is cleaned.
    pub(crate) field: String,
    /// Whether what is known of the page is added.
    pub(crate) details: bool,
}

/// How the records of an input went.
#[derive(Debug, Default)]
struct Tally {
    records: u64,
    failed: u64,
    first: Option<(u64, String)>,
}

/// A batch, cleaned.
#[derive(Debug, Default)]
struct Done {
    lines: String,
    removed: String,
    entries: Vec<Entry>,
    tally: Tally,
}

/// Cleans all records of the job. Fails only if nothing more can be written.
pub(super) fn run(
    job: &Job,
    recipe: &Recipe,
    sites: &Sites,
    walk: &Walk<'_>,
    places: &Places<'_>,
    ledger: &mut Ledger,
    mut report: Option<&mut Report>,
) -> anyhow::Result<()> {
    let mut shared = places.shared().map_err(Fault::into_why)?;
    for met in walk.inputs() {
        let source = match met {
            Met::Passed(path, why) => {
                ledger.pass(&path, why);
                continue;
            }
            Met::Failed(name, why) => {
                ledger.fail(&name, &Fault::Input(why));
                continue;
            }
            Met::Source(source) => source,
        };
        if places.is_done(&source) {
            ledger.pass(&source.path(), Skip::Done);
            continue;
        }
        match one(job, recipe, sites, &source, places, &mut shared, report.as_deref_mut()) {
            Ok(tally) => tally.report(&source.input, ledger),
            Err(Fault::Lost(why)) => return Err(why),
            Err(why) => ledger.fail(&source.input, &why),
        }
    }
    // One file for all: if there is nothing to put into it, it stays as it was.
    if matches!(shared, Shared::File(..)) && !ledger.has_results() {
        return Ok(());
    }
    shared.done().map_err(Fault::into_why)
}

/// Cleans the records of one input.
fn one(
    job: &Job,
    recipe: &Recipe,
    sites: &Sites,
    source: &Source,
    places: &Places<'_>,
    shared: &mut Shared,
    mut report: Option<&mut Report>,
) -> Result<Tally, Fault> {
    let bytes = open(&source.input)?;
    let mut file = Own::begin(places, places.file(source))?;
    let mut gone = Own::begin(places, places.removed(source))?;
    let mut tally = Tally::default();
    let mut fault = None;
    let plan = Plan::records(job.threads);
    let take = |done: Result<Done, Fault>, more: bool| {
        let written = done.and_then(|done| {
            shared.write(|out| {
                out.write_all(done.lines.as_bytes())?;
                // Who feeds records one by one gets the answers one by one.
                if more { Ok(()) } else { out.flush() }
            })?;
            file.write(&done.lines)?;
            gone.write(&done.removed)?;
            if let Some(report) = &mut report {
                done.entries.iter().try_for_each(|entry| report.add(entry))?;
            }
            tally.add(done.tally);
            Ok(())
        });
        fault = written.err();
        if fault.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let work = |batch: Result<Batch, Fault>| batch.map(|batch| clean_all(job, recipe, sites, &source.input, &batch));
    each(plan, Batches::new(bytes), work, take).map_err(|why| Fault::Input(why.into()))?;
    if let Some(fault) = fault {
        return Err(fault);
    }
    gone.done()?;
    file.done()?;
    Ok(tally)
}

/// Cleans the records of a batch.
fn clean_all(job: &Job, recipe: &Recipe, sites: &Sites, input: &Input, batch: &Batch) -> Done {
    let mut done = Done::default();
    for (number, line) in batch.lines() {
        if !line.trim().is_empty() {
            done.tally.records += 1;
            if let Err(why) = clean_line(job, recipe, sites, input, &line, number, &mut done) {
                done.tally.failed += 1;
                done.tally.first.get_or_insert((number, why));
            }
        }
        done.lines.push('\n');
    }
    done
}

/// Adds the line with its page cleaned, or with the reason why it could not be.
fn clean_line(job: &Job, recipe: &Recipe, sites: &Sites, input: &Input, line: &str, number: u64, done: &mut Done) -> Result<(), String> {
    let record = match Record::find(line, &recipe.field) {
        Ok(record) => record,
        Err(why) => {
            let why = not_an_object(&why);
            done.lines += &format!("{{\"{NOTE}\":{{\"error\":{},\"line\":{number},\"input\":{}}}}}", json(&why), json(line));
            return Err(why);
        }
    };
    let values = record.page(line, &recipe.field).and_then(|page| {
        let made = guarded(|| {
            let settings = sites.settings(&job.settings, record.site(line), None, page.as_bytes());
            let cleaned = cleaned(page.as_bytes(), &settings)?;
            let text = if job.form == Form::Markdown { cleaned.markdown() } else { cleaned.text() };
            // A value needs no line end.
            let text = Value { name: TEXT, place: record.text.clone(), json: json(text.trim_end_matches('\n')) };
            let note = || Value { name: NOTE, place: record.note.clone(), json: details(&cleaned) };
            let gone = if job.removed.is_some() { removed::lines(&input.to_string(), Some(number), &cleaned.page) } else { String::new() };
            let name = || format!("{input}:{number}");
            let entry = job.report.is_some().then(|| Entry::new(&name(), record.site(line), None, &cleaned.page));
            Ok((std::iter::once(text).chain(recipe.details.then(note)).collect(), gone, entry))
        });
        made.map_err(|fault| format!("{:#}", fault.into_why()))
    });
    match values {
        Ok((values, gone, entry)) => {
            record.rewrite(line, values, &mut done.lines);
            done.removed += &gone;
            done.entries.extend(entry);
            Ok(())
        }
        Err(why) => {
            let error = Value { name: NOTE, place: record.note.clone(), json: format!("{{\"error\":{}}}", json(&why)) };
            record.rewrite(line, vec![error], &mut done.lines);
            Err(why)
        }
    }
}

/// A text as JSON has it.
fn json(text: &str) -> String {
    // A string can always be written.
    serde_json::to_string(text).unwrap_or_default()
}

impl Tally {
    fn add(&mut self, more: Self) {
        self.records += more.records;
        self.failed += more.failed;
        self.first = self.first.take().or(more.first);
    }

    /// Tells the user how it went, if that is worth telling.
    fn report(&self, input: &Input, ledger: &mut Ledger) {
        let Self { records, failed, first } = self;
        if let Some((line, why)) = first {
            ledger.mar();
            ledger.say(
                Volume::Quiet,
                format_args!(
                    "{input}: {failed} of {records} records could not be cleaned, the first in line {line}: {why} (each says why in its field \"{NOTE}\")"
                ),
            );
        } else {
            ledger.say(Volume::Verbose, format_args!("{input}: {records} records cleaned"));
        }
        ledger.done(*records == 0);
    }
}
