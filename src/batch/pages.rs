//! Pages: each input is one, and pages are cleaned side by side.

use std::ops::ControlFlow;
use std::path::PathBuf;

use super::ledger::Ledger;
use super::output::{Own, Places, Shared};
use super::page::{Made, guarded, make};
use super::parallel::{Order, Plan, each};
use super::report::Report;
use super::sites::Sites;
use super::walk::{Met, Origin, Skip, Source, Walk};
use super::{Fault, Form, Input, Job, Output, Volume};

/// What became of what the walk met.
enum Outcome {
    Made(Source, Made),
    Passed(PathBuf, Skip),
    Failed(String, Fault),
}

/// Cleans all pages of the job. Fails only if nothing more can be written.
pub(super) fn run(
    job: &Job,
    sites: &Sites,
    walk: &Walk<'_>,
    places: &Places<'_>,
    ledger: &mut Ledger,
    report: Option<&mut Report>,
) -> anyhow::Result<()> {
    let is_shared = report.is_some() || !matches!(job.output, Output::Folder(_));
    let order = if is_shared { Order::Kept } else { Order::Any };
    let plan = Plan::pages(job.threads, order);
    let mut desk = Desk { job, ledger, shared: places.shared().map_err(Fault::into_why)?, is_begun: false, report };
    let mut lost = None;
    let mut take = |outcome| match desk.take(outcome) {
        Ok(()) => ControlFlow::Continue(()),
        Err(why) => {
            lost = Some(why);
            ControlFlow::Break(())
        }
    };
    if job.inputs.len() == 1 && walk.folders().next().is_none() {
        // To start threads for one page would take longer than the page.
        let _ = walk.inputs().try_for_each(|met| take(outcome(job, sites, places, met)));
    } else {
        each(plan, walk.inputs().map(|met| (1, met)), |met| outcome(job, sites, places, met), |outcome, _| take(outcome))?;
    }
    match lost {
        Some(why) => Err(why.into_why()),
        None => desk.close(),
    }
}

/// Does one input: cleans it, and writes it if it has a file of its own.
fn outcome(job: &Job, sites: &Sites, places: &Places<'_>, met: Met) -> Outcome {
    let source = match met {
        Met::Source(source) => source,
        Met::Passed(path, why) => return Outcome::Passed(path, why),
        Met::Failed(name, why) => return Outcome::Failed(name, Fault::Input(why)),
    };
    if places.is_done(&source) {
        return Outcome::Passed(source.path(), Skip::Done);
    }
    match guarded(|| make(job, sites, &source)).and_then(|made| file(places, &source, made)) {
        Ok(made) => Outcome::Made(source, made),
        Err(Fault::Binary(_)) if source.origin == Origin::Found => Outcome::Passed(source.path(), Skip::NotText),
        Err(why) => Outcome::Failed(source.input.to_string(), why),
    }
}

/// Writes what has a file of its own: what was removed first, so that an article is never there without it.
fn file(places: &Places<'_>, source: &Source, mut made: Made) -> Result<Made, Fault> {
    for (path, content) in [(places.removed(source), &mut made.removed), (places.file(source), &mut made.rendered)] {
        if path.is_some() {
            let mut file = Own::begin(places, path)?;
            // Only the shared output needs it after this.
            file.write(&std::mem::take(content))?;
            file.done()?;
        }
    }
    Ok(made)
}

/// Where outcomes come in, one after another.
struct Desk<'d> {
    job: &'d Job,
    ledger: &'d mut Ledger,
    shared: Shared,
    /// Whether another article stands above in the shared output.
    is_begun: bool,
    report: Option<&'d mut Report>,
}

impl Desk<'_> {
    fn take(&mut self, outcome: Outcome) -> Result<(), Fault> {
        match outcome {
            Outcome::Passed(path, why) => self.ledger.pass(&path, why),
            Outcome::Failed(name, why) => self.ledger.fail(&name, &why),
            Outcome::Made(source, made) => {
                self.tell(&source, &made);
                self.write(&source.input, &made.rendered)?;
                if let (Some(report), Some(entry)) = (&mut self.report, &made.entry) {
                    report.add(entry)?;
                }
                self.ledger.done(made.is_empty);
            }
        }
        Ok(())
    }

    /// Says what the user should know of a page; among many that are found, only who wants to hear it does.
    fn tell(&self, source: &Source, made: &Made) {
        let input = &source.input;
        if let Some(warning) = made.warning {
            let volume = if source.origin == Origin::Named { Volume::Normal } else { Volume::Verbose };
            self.ledger.say(volume, format_args!("{input}: warning: {warning}"));
        }
        if let Some(summary) = &made.summary {
            self.ledger.say(Volume::Verbose, format_args!("{input}: {summary}"));
        }
    }

    /// Writes a page to the shared output, apart from the one above it.
    fn write(&mut self, input: &Input, rendered: &str) -> Result<(), Fault> {
        let many = self.job.inputs.len() > 1;
        let Self { job, shared, is_begun, .. } = self;
        shared.write(|out| {
            let is_apart = matches!(job.form, Form::Text | Form::Markdown | Form::Explain(_));
            if *is_begun && !rendered.is_empty() && is_apart {
                out.write_all(b"\n")?;
            }
            if many && matches!(job.form, Form::Explain(_)) {
                writeln!(out, "==> {input} <==")?;
                *is_begun = true;
            }
            *is_begun |= !rendered.is_empty();
            out.write_all(rendered.as_bytes())?;
            // A reader that follows sees each article as soon as it is done.
            if matches!(job.output, Output::Stdout) { out.flush() } else { Ok(()) }
        })
    }

    fn close(self) -> anyhow::Result<()> {
        // The only page of a file: if it failed, the file stays as it was.
        if matches!(self.shared, Shared::File(..)) && !self.ledger.has_results() {
            return Ok(());
        }
        self.shared.done().map_err(Fault::into_why)
    }
}
