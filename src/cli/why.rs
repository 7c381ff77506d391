//! `newsclean why`: which text is asked about, and on which page.

use std::path::PathBuf;

use clap::Args;
use newsclean::{Settings, Templates};

use super::Command;
use super::asked::Asked;
use super::values::{From, palette, templates};
use crate::batch::{Input, Use};
use crate::verbs::Question;

#[derive(Debug, Args)]
pub(super) struct Why {
    /// A piece of the line that is meant; case, accents, marks and spaces do not count where it is not found as it is
    text: String,

    /// The page; none, or `-`, reads standard input
    page: Option<PathBuf>,

    /// What the page is
    #[arg(long, value_name = "FORM", value_enum, default_value = "auto")]
    from: From,

    /// One JSON object for each line that holds the text
    #[arg(long)]
    json: bool,

    /// Show all that the model saw, not only what mattered most
    #[arg(short, long)]
    verbose: bool,

    #[command(flatten)]
    asked: Asked,

    /// A profile of site templates that `newsclean learn` made
    #[arg(long, value_name = "off|FILE", default_value = "off", hide_default_value = true)]
    templates: PathBuf,
}

impl Why {
    pub(super) fn into_command(self) -> anyhow::Result<Command> {
        if self.text.trim().is_empty() {
            super::wrong_usage_of("why", "TEXT is empty: give a piece of the line that is meant");
        }
        let (settings, rules) = self.asked.settings(self.from)?;
        let templates = match templates(&self.templates)? {
            Use::Auto | Use::Off => Templates::Off,
            Use::Profile(profile) => Templates::Among(profile),
        };
        Ok(Command::Why(Box::new(Question {
            text: self.text,
            page: self.page.map_or(Input::Stdin, Input::from),
            settings: Settings { templates, ..settings },
            rules,
            is_json: self.json,
            is_whole: self.verbose,
            palette: palette(),
        })))
    }
}
