//! What the verbs that look at a cleaning take of the filter's options, so that they see what it does.

use std::path::PathBuf;

use clap::Args;
use newsclean::rules::RuleFile;
use newsclean::{Kind, Settings};

use super::found::is_off;
use super::values::{From, kind_parser, own_files, own_rules};

#[derive(Debug, Args)]
pub(super) struct Asked {
    /// Leave these kinds of noise in, separated by commas
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind_parser(), hide_possible_values = true)]
    keep: Vec<Kind>,

    /// Use your own rules too
    #[arg(long, value_name = "FILE")]
    rules: Vec<PathBuf>,

    /// Use no rules that are not named
    #[arg(long)]
    no_config: bool,
}

impl Asked {
    /// The settings that are meant, for pages of this form, and the files of own rules that are in them.
    pub(super) fn settings(&self, from: From) -> anyhow::Result<(Settings, Vec<RuleFile>)> {
        let files = own_files(&self.rules, self.no_config || is_off())?;
        let keep = self.keep.iter().copied().collect();
        Ok((Settings { keep, rules: own_rules(&files)?, source: from.source(), ..Settings::default() }, files))
    }
}
