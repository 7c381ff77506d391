//! Inputs to outputs: one frame for pages and records, which goes on after a bad input and keeps account of it.

mod files;
mod output;
mod records;

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use newsclean::Settings;
use newsclean::write::Palette;

use crate::say;
use output::Outputs;

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
    /// What is said on the way.
    pub(crate) volume: Volume,
}

/// One input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

/// Where the results go.
#[derive(Debug)]
pub(crate) enum Output {
    /// One after another to standard output.
    Stdout,
    /// The only result, to this file.
    File(PathBuf),
    /// One file each, into this folder.
    Folder(PathBuf),
}

/// What an input is made of.
#[derive(Debug)]
pub(crate) enum Task {
    /// One page.
    Pages,
    /// JSON records, one a line, whose field `field` is a page.
    Records {
        /// The name of the field.
        field: String,
    },
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
    /// It could not be read or is no page.
    Input(anyhow::Error),
    /// Its result could not be written.
    Output(io::Error),
}

impl From<PathBuf> for Input {
    fn from(path: PathBuf) -> Self {
        if path.as_os_str() == "-" { Self::Stdin } else { Self::File(path) }
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

/// Does the job. Each failure is named on stderr when it happens; the exit code tells whether there was one.
pub(crate) fn run(job: &Job) -> anyhow::Result<ExitCode> {
    let mut outputs = Outputs::new(job)?;
    let mut failed = false;
    for input in &job.inputs {
        match one(job, input, &mut outputs) {
            Ok(clean) => failed |= !clean,
            Err(Fault::Input(why)) => {
                failed = true;
                say(format_args!("{input}: {why:#}"));
            }
            Err(Fault::Output(why)) if outputs.is_shared() => return Err(outputs.lost(input, why)),
            Err(Fault::Output(why)) => {
                failed = true;
                say(format_args!("{:#}", outputs.lost(input, why)));
            }
        }
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Reads the file at `path` whole.
pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    files::read(&Input::from(path.to_owned())).map_err(|fault| match fault {
        Fault::Input(why) => why,
        Fault::Output(why) => why.into(),
    })
}

/// Does one input; false if a part of it failed and has been named.
fn one(job: &Job, input: &Input, outputs: &mut Outputs) -> Result<bool, Fault> {
    match &job.task {
        Task::Pages => {
            let rendered = files::render(job, input)?;
            let mut out = outputs.open(input)?;
            files::write(job, input, &rendered, &mut out).map_err(Fault::Output)?;
            out.done().map_err(Fault::Output)?;
            Ok(true)
        }
        Task::Records { field } => {
            let source = files::open(input)?;
            let mut out = outputs.open(input)?;
            let tally = records::clean_all(job, field, source, &mut out)?;
            out.done().map_err(Fault::Output)?;
            tally.report(input, job.volume);
            Ok(tally.failed == 0)
        }
    }
}

/// Something to write results to, which tells what came before.
pub(crate) trait Sink: Write {
    /// Whether another article stands above in the same output.
    fn is_begun(&self) -> bool;
}
