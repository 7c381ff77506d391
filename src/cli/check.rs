//! `newsclean rules check`: which rules, and on which pages.

use std::path::PathBuf;

use clap::Args;
use newsclean::Settings;

use super::Command;
use super::values::{From, globs, threads};
use crate::batch::{Form, Input, Job, Output, Task, Use, Volume};

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
        let pages = Job {
            inputs: self.pages.into_iter().map(Input::from).collect(),
            output: Output::Nowhere,
            task: Task::Pages,
            form: Form::Text,
            settings: Settings { source: self.from.source(), ..Settings::default() },
            templates: Use::Off,
            volume: Volume::Normal,
            globs: globs(&[], &[]),
            removed: None,
            redo: false,
            threads: threads(None),
        };
        Command::RuleCheck { file: self.file, pages: Box::new(pages) }
    }
}
