//! Inputs to outputs: one frame for pages and records, which goes on after a bad input and keeps account of it.
//!
//! [`walk`] finds the inputs, [`output`] says where each result goes, [`pages`] and [`records`] do the work by way of [`parallel`],
//! and [`ledger`] keeps the account.

mod batches;
mod details;
mod draft;
mod globs;
mod learn;
mod ledger;
mod naming;
mod open;
mod output;
mod page;
mod pages;
mod paired;
mod parallel;
mod progress;
mod record;
mod records;
mod removed;
mod report;
mod sites;
mod trial;
mod walk;

use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;

use newsclean::Settings;
use newsclean::write::Palette;

pub(crate) use globs::Globs;
pub(crate) use learn::learn_profile;
pub(crate) use page::read_input;
pub(crate) use paired::{Gold, Pair, paired};
pub(crate) use records::Recipe;
pub(crate) use sites::Use;
pub(crate) use trial::try_on;

use ledger::Ledger;
use naming::Naming;
use output::Places;
use progress::Progress;
use report::Report;
use walk::{Met, Walk};

/// What to do.
#[derive(Debug)]
pub(crate) struct Job {
    /// What is read, in order.
    pub(crate) inputs: Vec<Input>,
    /// Where the results go.
    pub(crate) output: Output,
    /// What an input is made of.
    pub(crate) task: Task,
    /// What is written of an article.
    pub(crate) form: Form,
    /// How pages are cleaned.
    pub(crate) settings: Settings,
    /// Which site templates are used beside.
    pub(crate) templates: Use,
    /// What is said on the way.
    pub(crate) volume: Volume,
    /// Which files of folders are meant.
    pub(crate) globs: Globs,
    /// Where what is removed goes, one file each.
    pub(crate) removed: Option<PathBuf>,
    /// Where the report goes.
    pub(crate) report: Option<PathBuf>,
    /// Whether what was done before is done again.
    pub(crate) redo: bool,
    /// How many inputs or records are worked on at once.
    pub(crate) threads: usize,
}

impl Job {
    /// A job that reads `inputs` and writes nothing.
    pub(crate) fn reading(inputs: Vec<Input>, settings: Settings) -> Self {
        Self {
            inputs,
            output: Output::Nowhere,
            task: Task::Pages,
            form: Form::Text,
            settings,
            templates: Use::Off,
            volume: Volume::Normal,
            globs: Globs::default(),
            removed: None,
            report: None,
            redo: true,
            threads: 1,
        }
    }
}

/// One input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Input {
    /// Standard input.
    Stdin,
    /// A file, or a folder of files.
    File(PathBuf),
}

/// Where the results go.
#[derive(Debug)]
pub(crate) enum Output {
    /// One after another to standard output.
    Stdout,
    /// All to this file.
    File(PathBuf),
    /// One file each, into this folder, which mirrors folders of inputs.
    Folder(PathBuf),
    /// None are written: the inputs are learned from, or reported on.
    Nowhere,
}

/// What an input is made of.
#[derive(Debug)]
pub(crate) enum Task {
    /// One page.
    Pages,
    /// JSON records, one a line, of which one field is a page.
    Records(Recipe),
}

/// What is written of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// The text.
    Text,
    /// The text with CommonMark's marks.
    Markdown,
    /// One JSON object.
    Json,
    /// Every line with its verdict.
    Explain(Palette),
    /// The same as JSON, an object a line.
    Verdicts,
    /// What goes, as a unified diff.
    Diff(Palette),
}

/// What is said on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Volume {
    /// Failures.
    Quiet,
    /// Failures and warnings.
    Normal,
    /// And what was done to each input.
    Verbose,
}

/// Why an input came to nothing.
#[derive(Debug)]
pub(crate) enum Fault {
    /// It could not be read or cleaned.
    Input(anyhow::Error),
    /// It is no text.
    Binary(anyhow::Error),
    /// Its result could not be written; the reason names the place.
    Output(anyhow::Error),
    /// The output that all inputs share could not be written, so that nothing more can.
    Lost(anyhow::Error),
}

/// What reading or cleaning says against a page.
impl From<newsclean::Error> for Fault {
    fn from(why: newsclean::Error) -> Self {
        Self::Binary(why.into())
    }
}

impl From<PathBuf> for Input {
    fn from(path: PathBuf) -> Self {
        if path.as_os_str() == "-" { Self::Stdin } else { Self::File(path) }
    }
}

impl Input {
    /// Whether it is a folder of files.
    pub(crate) fn is_folder(&self) -> bool {
        matches!(self, Self::File(path) if path.is_dir())
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdin => f.write_str("standard input"),
            Self::File(path) => path.display().fmt(f),
        }
    }
}

impl Fault {
    /// The reason alone.
    fn into_why(self) -> anyhow::Error {
        let (Self::Input(why) | Self::Binary(why) | Self::Output(why) | Self::Lost(why)) = self;
        why
    }
}

/// Does the job. Each failure is named on stderr when it happens; the exit code tells whether there was one.
pub(crate) fn run(job: &Job) -> anyhow::Result<ExitCode> {
    let naming = match (&job.task, job.form) {
        (Task::Records(_), _) => Naming::Records,
        (Task::Pages, Form::Markdown) => Naming::Pages("md"),
        (Task::Pages, Form::Json) => Naming::Pages("json"),
        (Task::Pages, Form::Verdicts) => Naming::Pages("jsonl"),
        (Task::Pages, Form::Diff(_)) => Naming::Pages("diff"),
        (Task::Pages, Form::Text | Form::Explain(_)) => Naming::Pages("txt"),
    };
    let walk = Walk::new(job, naming);
    let places = Places::new(job, naming, &walk)?;
    let is_tree = walk.folders().next().is_some();
    let progress = Progress::new(is_tree && job.volume > Volume::Quiet && !matches!(job.output, Output::Stdout));
    let mut report = Report::begin(job)?;
    let sites = learn::sites(job, &walk, |source| places.is_done(source))?;
    let mut ledger = Ledger::new(job.volume, progress.clone());
    thread::scope(|scope| {
        if progress.is_seen() {
            scope.spawn(|| count(&walk, &progress));
        }
        let result = match &job.task {
            Task::Pages => pages::run(job, &sites, &walk, &places, &mut ledger, report.as_mut()),
            Task::Records(recipe) => records::run(job, recipe, &sites, &walk, &places, &mut ledger, report.as_mut()),
        };
        progress.end();
        result
    })?;
    // A report on nothing would replace an earlier one.
    if let Some(report) = report.filter(|_| ledger.has_results()) {
        report.done()?;
    }
    Ok(ledger.close(is_tree))
}

/// Counts the inputs ahead of the work, for the time that is left: a second walk holds less than a list of all files.
fn count(walk: &Walk<'_>, progress: &Progress) {
    let inputs = walk.inputs().take_while(|_| !progress.is_over());
    inputs.filter(|met| !matches!(met, Met::Passed(..))).for_each(|_| progress.expect_one());
}
