//! The account of a run: what is said on the way, what is counted, and the bar that shows how far it is.

use std::collections::BTreeMap;
use std::fmt::{self, Arguments};
use std::path::Path;
use std::process::ExitCode;

use super::progress::Progress;
use super::walk::Skip;
use super::{Fault, Volume};
use crate::say;

/// The account of a run.
#[derive(Debug)]
pub(super) struct Ledger {
    volume: Volume,
    progress: Progress,
    cleaned: u64,
    empty: u64,
    failed: u64,
    skipped: BTreeMap<Skip, u64>,
    /// Whether an input is done and a part of it failed.
    is_marred: bool,
}

impl Ledger {
    /// An empty account.
    pub(super) fn new(volume: Volume, progress: Progress) -> Self {
        Self { volume, progress, cleaned: 0, empty: 0, failed: 0, skipped: BTreeMap::new(), is_marred: false }
    }

    /// Says something that is heard from `volume` on.
    pub(super) fn say(&self, volume: Volume, message: Arguments<'_>) {
        if self.volume >= volume {
            self.progress.hidden(|| say(message));
        }
    }

    /// Notes an input that is done.
    pub(super) fn done(&mut self, is_empty: bool) {
        *(if is_empty { &mut self.empty } else { &mut self.cleaned }) += 1;
        self.progress.step();
    }

    /// Notes that a part of an input failed, which has been named.
    pub(super) fn mar(&mut self) {
        self.is_marred = true;
    }

    /// Whether an input came to something.
    pub(super) fn has_results(&self) -> bool {
        self.cleaned + self.empty > 0
    }

    /// Notes something that is passed over.
    pub(super) fn pass(&mut self, path: &Path, why: Skip) {
        *self.skipped.entry(why).or_default() += 1;
        self.say(Volume::Verbose, format_args!("{}: skipped ({why})", path.display()));
        if why.was_read() {
            self.progress.step();
        }
    }

    /// Notes and names an input that failed.
    pub(super) fn fail(&mut self, name: &dyn fmt::Display, why: &Fault) {
        self.failed += 1;
        match why {
            Fault::Input(why) | Fault::Binary(why) => self.say(Volume::Quiet, format_args!("{name}: {why:#}")),
            Fault::Output(why) | Fault::Lost(why) => self.say(Volume::Quiet, format_args!("{why:#}")),
        }
        self.progress.step();
    }

    /// Ends the run.
    pub(super) fn close(self, with_summary: bool) -> ExitCode {
        self.progress.end();
        if with_summary && self.volume >= Volume::Normal {
            say(format_args!("{self}"));
            if self.cleaned + self.empty + self.failed == 0 && !self.skipped.contains_key(&Skip::Done) {
                say(format_args!("warning: nothing to clean was found"));
            }
        }
        if self.failed > 0 || self.is_marred { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }
}

/// The summary: `3 cleaned, 2 skipped (1 done before, 1 hidden), 0 empty, 1 failed`.
impl fmt::Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cleaned, empty, failed, .. } = self;
        write!(f, "{cleaned} cleaned, {} skipped", self.skipped.values().sum::<u64>())?;
        let mut sign = " (";
        for (why, count) in &self.skipped {
            write!(f, "{sign}{count} {why}")?;
            sign = ", ";
        }
        write!(f, "{}, {empty} empty, {failed} failed", if self.skipped.is_empty() { "" } else { ")" })
    }
}

impl Skip {
    /// Whether it was taken for an input until it was looked at.
    fn was_read(self) -> bool {
        matches!(self, Self::Done | Self::NotText)
    }
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Done => "done before",
            Self::Hidden => "hidden",
            Self::NotText => "not text",
            Self::NotRecords => "not .jsonl",
            Self::NotAFile => "no file",
            Self::Link => "link to a folder",
        })
    }
}
