//! `newsclean learn`: which pages are learned from.

use std::path::PathBuf;

use clap::Args;
use newsclean::Settings;

use super::Command;
use super::values::{From, globs, threads, threads_parser};
use crate::batch::{Input, Job, Recipe, Task, Use};

#[derive(Debug, Args)]
pub(super) struct Learn {
    /// Pages of one site or several, and folders of them
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,

    /// Where the profile goes [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// What the pages are
    #[arg(long, value_name = "FORM", value_enum, default_value = "auto")]
    from: From,

    /// The files hold JSON records, one page a line
    #[arg(long)]
    jsonl: bool,

    /// The field of a record that holds the page
    #[arg(long, value_name = "NAME", default_value = "text", requires = "jsonl")]
    field: String,

    /// Only these files of folders (a glob; may be given again)
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,

    /// Not these files and folders in folders (a glob; may be given again)
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,

    /// How many pages to read at once [default: one a core, and one more where pages are files]
    #[arg(short = 'j', long, value_name = "N", value_parser = threads_parser())]
    threads: Option<usize>,
}

impl Learn {
    pub(super) fn into_command(self) -> Command {
        let task = if self.jsonl { Task::Records(Recipe { field: self.field, details: false }) } else { Task::Pages };
        let inputs = self.paths.into_iter().map(Input::File).collect();
        let settings = Settings { source: self.from.source(), ..Settings::default() };
        let (globs, threads) = (globs(&self.include, &self.exclude), threads(self.threads, &task));
        let job = Job { task, templates: Use::Auto, globs, threads, ..Job::reading(inputs, settings) };
        Command::Learn(Box::new(job), self.output)
    }
}
