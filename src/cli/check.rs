//! `newsclean rules check`: which rules, and on which pages.

use std::path::PathBuf;

use clap::Args;
use newsclean::Settings;

use super::Command;
use super::values::{From, threads};
use crate::batch::{Input, Job, Task};

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The rule file
    file: PathBuf,

    /// Pages, and folders of pages: show which of their lines would go or stay by each rule
    #[arg(value_name = "PAGE")]
    pages: Vec<PathBuf>,

    /// What the pages are
    #[arg(long, value_name = "FORM", value_enum, default_value = "auto")]
    from: From,
}

impl Check {
    pub(super) fn into_command(self) -> Command {
        let inputs = self.pages.into_iter().map(Input::from).collect();
        let settings = Settings { source: self.from.source(), ..Settings::default() };
        let pages = Job { threads: threads(None, &Task::Pages), ..Job::reading(inputs, settings) };
        Command::RuleCheck { file: self.file, pages: Box::new(pages) }
    }
}
