//! `newsclean score`: which pages are held against which gold articles.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use newsclean::Settings;
use newsclean::score::Baseline;

use super::asked::Asked;
use super::values::{From, templates, threads, threads_parser};
use super::{Command, wrong_usage_of};
use crate::batch::{Gold, Input, Job, Recipe, Task};
use crate::verbs::Measure;

#[derive(Debug, Args)]
pub(super) struct Score {
    /// The gold articles and the pages: two folders with files of the same names (endings do not count), or two files; with
    /// --gold-field, files of records
    #[arg(value_names = ["GOLD", "PAGES"], required = true, num_args = 1..)]
    paths: Vec<PathBuf>,

    /// The files hold JSON records, one page a line; this field holds its gold article
    #[arg(long, value_name = "NAME")]
    gold_field: Option<String>,

    /// The field of a record that holds the page
    #[arg(long, value_name = "NAME", default_value = "text", requires = "gold_field")]
    field: String,

    /// Also what other rules give on the same pages: `none` (the page as it is), or the line rules of the corpora C4 and RefinedWeb
    #[arg(long, value_name = "NAME", value_enum, value_delimiter = ',')]
    baseline: Vec<Rules>,

    /// How many of the worst pages are listed
    #[arg(long, value_name = "N", default_value = "5")]
    worst: usize,

    /// The gold articles begin with their headlines
    #[arg(long)]
    headline: bool,

    /// What to print
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value = "text")]
    format: Shape,

    /// What the pages are
    #[arg(long, value_name = "FORM", value_enum, default_value = "auto")]
    from: From,

    #[command(flatten)]
    asked: Asked,

    /// Site templates: `auto` (in folders, learned from their own pages), `off`, or a profile that `newsclean learn` made
    #[arg(long, value_name = "auto|off|FILE", default_value = "auto", hide_default_value = true)]
    templates: PathBuf,

    /// How many pages to clean at once [default: one a core, and one more where pages are files]
    #[arg(short = 'j', long, value_name = "N", value_parser = threads_parser())]
    threads: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    /// A table for people
    Text,
    /// One object
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Rules {
    None,
    C4,
    #[value(name = "refinedweb")]
    RefinedWeb,
}

impl Score {
    pub(super) fn into_command(self) -> anyhow::Result<Command> {
        let mut paths = self.paths;
        let (gold, task) = match self.gold_field {
            Some(name) => (Gold::Field(name), Task::Records(Recipe { field: self.field, details: false })),
            None if paths.len() == 2 => (Gold::Files(paths.remove(0)), Task::Pages),
            None => wrong_usage_of("score", "give GOLD and PAGES, or --gold-field NAME and files of records"),
        };
        let mut baselines: Vec<Baseline> = self.baseline.into_iter().map(Rules::meant).collect();
        baselines.dedup();
        let settings = Settings { headline: self.headline, ..self.asked.settings(self.from)?.0 };
        let inputs = paths.into_iter().map(Input::from).collect();
        let templates = templates(&self.templates)?;
        let threads = threads(self.threads, &task);
        let job = Job { task, templates, threads, ..Job::reading(inputs, settings) };
        let measure = Measure { baselines, worst: self.worst, is_json: self.format == Shape::Json };
        Ok(Command::Score(Box::new(job), gold, measure))
    }
}

impl Rules {
    fn meant(self) -> Baseline {
        match self {
            Self::None => Baseline::None,
            Self::C4 => Baseline::C4,
            Self::RefinedWeb => Baseline::RefinedWeb,
        }
    }
}
