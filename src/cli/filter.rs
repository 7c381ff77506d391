//! The bare command: which pages are cleaned, and how.

use std::path::PathBuf;

use clap::Args;
use newsclean::write::Palette;
use newsclean::{Kind, Settings};

use super::config::{Config, Defaults};
use super::found::is_off;
use super::values::{Explain, Format, From, globs, kind_parser, output, own_files, own_rules, palette, templates, threads, threads_parser};
use super::wrong_usage;
use crate::batch::{Form, Input, Job, Output, Recipe, Task, Volume};
use crate::say;

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

    /// Add nothing to records, where a file of defaults says otherwise
    #[arg(long, hide = true, overrides_with = "details")]
    no_details: bool,

    /// Write the body only
    #[arg(long, overrides_with = "headline")]
    no_headline: bool,

    /// Write the headline too, where a file of defaults says otherwise
    #[arg(long, hide = true)]
    headline: bool,

    /// Leave these kinds of noise in, separated by commas; `newsclean kinds` lists them
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind_parser(), hide_possible_values = true)]
    keep: Vec<Kind>,

    /// Use your own rules too; `newsclean rules check FILE` tries them
    #[arg(long, value_name = "FILE")]
    rules: Vec<PathBuf>,

    /// Use no file that is not named: no rules of the project or of your own, no defaults
    #[arg(long)]
    no_config: bool,

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

    /// How many pages to clean at once [default: one a core, and one more where pages are files]
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
    /// Takes the defaults of the user's own for what was not typed; `typed` tells whether an option was.
    fn take(&mut self, config: Config, typed: impl Fn(&str) -> bool) {
        fn put<T>(slot: &mut T, value: Option<T>, is_typed: bool) {
            match value {
                Some(value) if !is_typed => *slot = value,
                _ => {}
            }
        }
        // Records are JSON as it is, and an explanation has a form of its own.
        let has_form = self.explain.is_some() || self.diff || self.jsonl && config.format == Some(Format::Json);
        put(&mut self.format, config.format, has_form || typed("format"));
        put(&mut self.keep, config.keep, typed("keep"));
        put(&mut self.from, config.from, typed("from"));
        put(&mut self.no_headline, config.no_headline, typed("no_headline") || self.headline);
        put(&mut self.field, config.field, typed("field"));
        put(&mut self.details, config.details, typed("details") || self.no_details);
        put(&mut self.rules, config.rules, typed("rules"));
        put(&mut self.templates, config.templates, typed("templates"));
        put(&mut self.include, config.include, typed("include"));
        put(&mut self.exclude, config.exclude, typed("exclude"));
        put(&mut self.threads, config.threads.map(Some), typed("threads"));
        put(&mut self.quiet, config.quiet, typed("quiet") || self.verbose);
    }

    /// The job that is meant; `typed` tells whether an option was given on the command line.
    pub(super) fn into_job(mut self, typed: impl Fn(&str) -> bool) -> anyhow::Result<Job> {
        let is_off = self.no_config || is_off();
        let mut used = Vec::new();
        if let Some(defaults) = if is_off { None } else { Defaults::find()? } {
            self.take(defaults.config, typed);
            used.extend(defaults.about.map(|about| format!("defaults: {about}")));
        }
        let files = own_files(&self.rules, is_off)?;
        let count = |n: usize| if n == 1 { "1 rule".to_owned() } else { format!("{n} rules") };
        used.extend(files.iter().map(|file| format!("rules: {} ({})", file.name, count(file.rules.len()))));
        if self.verbose {
            used.iter().for_each(|file| say(format_args!("{file}")));
        }
        let form = self.form();
        if self.jsonl && form == Form::Json {
            wrong_usage("--jsonl writes records already: -f text and -f markdown say what stands in their `text`");
        }
        let settings = Settings {
            keep: self.keep.iter().copied().collect(),
            headline: !self.no_headline,
            rules: own_rules(&files)?,
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
        // To ask how many cores there are takes longer than to clean a short page, which needs one.
        let is_alone = matches!(task, Task::Pages) && inputs.len() == 1 && !inputs.iter().any(Input::is_folder);
        let threads = if is_alone { 1 } else { threads(self.threads, &task) };
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
