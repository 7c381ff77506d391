//! The bare command: which pages are cleaned, and how.

use std::path::PathBuf;

use clap::Args;
use newsclean::write::Palette;
use newsclean::{Kind, Settings};

use super::values::{Explain, Format, From, globs, kind_parser, output, own_rules, palette, templates, threads, threads_parser};
use super::wrong_usage;
use crate::batch::{Form, Input, Job, Output, Recipe, Task, Volume};

#[derive(Debug, Args)]
pub(super) struct Filter {
    /// Pages and folders of pages to clean; none, or `-`, reads standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Write to a file, or into a folder (a folder or several PATHs, an existing folder, or a name ending in `/`)
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,

    /// What to write
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value = "text")]
    format: Format,

    /// What the input is
    #[arg(long, value_name = "FORM", value_enum, default_value = "auto")]
    from: From,

    /// Clean JSON records, one a line in and out
    #[arg(long, conflicts_with = "explain")]
    jsonl: bool,

    /// The field that --jsonl cleans; the result goes to the field `text`
    #[arg(long, value_name = "NAME", default_value = "text", requires = "jsonl")]
    field: String,

    /// Add to each record what is known of its page, as a field `newsclean`
    #[arg(long, requires = "jsonl")]
    details: bool,

    /// Write the body only
    #[arg(long)]
    no_headline: bool,

    /// Leave these kinds of noise in, separated by commas; `newsclean kinds` lists them
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind_parser(), hide_possible_values = true)]
    keep: Vec<Kind>,

    /// Use your own rules too; `newsclean rules check FILE` tries them
    #[arg(long, value_name = "FILE")]
    rules: Vec<PathBuf>,

    /// Show every line of the page: kept (+) or removed (-), the kind of noise, and the rule; as text, or as JSON lines
    #[arg(long, value_name = "FORM", value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "lines")]
    #[arg(conflicts_with = "format")]
    explain: Option<Explain>,

    /// Show what goes as a unified diff, for `git apply`, `patch` and diff viewers
    #[arg(long, conflicts_with_all = ["format", "explain", "jsonl"])]
    diff: bool,

    /// Only these files of folders (a glob; may be given again)
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,

    /// Not these files and folders in folders (a glob; may be given again)
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,

    /// Site templates: `auto` (in folders, learned from their own pages), `off`, or a profile that `newsclean learn` made
    #[arg(long, value_name = "auto|off|FILE", default_value = "auto", hide_default_value = true)]
    templates: PathBuf,

    /// Clean all files of a folder again, also those whose result is newer
    #[arg(long)]
    force: bool,

    /// Write what was removed, as JSON lines, into this folder
    #[arg(long, value_name = "DIR")]
    removed: Option<PathBuf>,

    /// Write a page for the browser that shows what went of each page and why; of folders, without -o, nothing else is written
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,

    /// How many pages to clean at once [default: one for each core]
    #[arg(short = 'j', long, value_name = "N", value_parser = threads_parser())]
    threads: Option<usize>,

    /// No warnings, progress or summary; failures are still named
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,

    /// Say on standard error what was done to each input
    #[arg(short, long)]
    verbose: bool,
}

impl Filter {
    pub(super) fn into_job(self) -> anyhow::Result<Job> {
        let form = self.form();
        if self.jsonl && form == Form::Json {
            wrong_usage("--jsonl writes records already: -f text and -f markdown say what stands in their `text`");
        }
        let settings = Settings {
            keep: self.keep.iter().copied().collect(),
            headline: !self.no_headline,
            rules: own_rules(&self.rules)?,
            source: self.from.source(),
            ..Settings::default()
        };
        let templates = templates(&self.templates)?;
        let volume = match (self.quiet, self.verbose) {
            (true, _) => Volume::Quiet,
            (_, true) => Volume::Verbose,
            _ => Volume::Normal,
        };
        let inputs: Vec<Input> = if self.paths.is_empty() { vec![Input::Stdin] } else { self.paths.into_iter().map(Input::from).collect() };
        let task = if self.jsonl { Task::Records(Recipe { field: self.field, details: self.details }) } else { Task::Pages };
        let output = match self.output {
            Some(path) => output(path, &inputs, &task),
            // There is no output that articles of folders could share.
            None if self.report.is_some() && !self.jsonl && inputs.iter().any(Input::is_folder) => Output::Nowhere,
            None => Output::Stdout,
        };
        // A report is about all pages, not about those that an earlier run has left.
        let redo = self.force || self.report.is_some();
        let globs = globs(&self.include, &self.exclude);
        let threads = threads(self.threads);
        Ok(Job {
            inputs,
            output,
            task,
            form,
            settings,
            templates,
            volume,
            globs,
            removed: self.removed,
            report: self.report,
            redo,
            threads,
        })
    }

    fn form(&self) -> Form {
        match self.format {
            _ if self.diff => Form::Diff(self.palette()),
            _ if self.explain == Some(Explain::Lines) => Form::Explain(self.palette()),
            _ if self.explain == Some(Explain::Json) => Form::Verdicts,
            Format::Text => Form::Text,
            Format::Markdown => Form::Markdown,
            Format::Json => Form::Json,
        }
    }

    fn palette(&self) -> Palette {
        if self.output.is_some() { Palette::plain() } else { palette() }
    }
}
