//! What the values of options mean: words, numbers, and the files that they name.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use newsclean::rules::{self, OwnRules};
use newsclean::template::Profile;
use newsclean::write::Palette;
use newsclean::{Kind, Source};

use super::{found, wrong_usage};
use crate::batch::{Globs, Input, Output, Task, Use};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Format {
    /// Paragraphs with a blank line between
    Text,
    /// CommonMark
    Markdown,
    /// One object a line: headline, text, authors, date, site, language, and what was removed
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Explain {
    /// Columns for people and for grep
    Lines,
    /// An object for each line, and one with the sums
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum From {
    /// Tell by looking
    Auto,
    /// A page as text
    Text,
    /// A page as HTML
    Html,
}

impl From {
    pub(super) fn source(self) -> Source {
        match self {
            Self::Auto => Source::Auto,
            Self::Text => Source::Text,
            Self::Html => Source::Html,
        }
    }
}

/// Colours for standard output: none where it is a file or a pipe, unless NO_COLOR, CLICOLOR or CLICOLOR_FORCE say otherwise.
pub(super) fn palette() -> Palette {
    let plain = anstream::AutoStream::choice(&std::io::stdout()) == anstream::ColorChoice::Never;
    if plain { Palette::plain() } else { Palette::colour() }
}

pub(super) fn globs(include: &[String], exclude: &[String]) -> Globs {
    Globs::new(include, exclude).unwrap_or_else(|why| wrong_usage(&format!("{why:#}")))
}

/// How many workers there are: as many as are `told`, or one for each core. Where each page is a file there is one more, which works
/// while another waits for the disk: on two cores that saved a seventh of the time of a folder of 100,000 pages.
pub(super) fn threads(told: Option<usize>, task: &Task) -> usize {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    told.unwrap_or_else(|| cores() + usize::from(matches!(task, Task::Pages)))
}

/// What `--templates what` means.
pub(super) fn templates(what: &Path) -> anyhow::Result<Use> {
    match what.to_str() {
        Some("auto") => return Ok(Use::Auto),
        Some("off") => return Ok(Use::Off),
        _ => {}
    }
    let text = found::read(what, "the profile")?;
    Ok(Use::Profile(Arc::new(Profile::parse(&what.display().to_string(), &text.content)?)))
}

/// What `-o path` means.
pub(super) fn output(path: PathBuf, inputs: &[Input], task: &Task) -> Output {
    let many = inputs.len() > 1 || inputs.iter().any(Input::is_folder);
    // Records of several files may go to one; pages may not.
    let is_one = matches!(task, Task::Records(_)) && path.extension().is_some_and(|e| e == "jsonl" || e == "ndjson");
    if is_folder(&path) || (many && !is_one) { Output::Folder(path) } else { Output::File(path) }
}

pub(super) fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().as_encoded_bytes().ends_with(b"/")
}

/// The rule files that are `given`, of which the last counts most, and unless `only` they do those that are found; the first counts most
/// in what comes back.
pub(super) fn own_files(given: &[PathBuf], only: bool) -> anyhow::Result<Vec<rules::RuleFile>> {
    let mut files = given.iter().rev().map(|path| read_rules(path)).collect::<anyhow::Result<Vec<_>>>()?;
    if !only {
        for text in found::rules()? {
            files.push(rules::parse_rules(&text.path.display().to_string(), &text.content)?);
        }
    }
    Ok(files)
}

/// The rules of these files.
pub(super) fn own_rules(files: &[rules::RuleFile]) -> anyhow::Result<Option<Arc<OwnRules>>> {
    let rules = OwnRules::new(files)?;
    Ok((!rules.is_empty()).then(|| Arc::new(rules)))
}

/// Reads a rule file that the user wrote.
pub(crate) fn read_rules(path: &Path) -> anyhow::Result<rules::RuleFile> {
    let text = found::read(path, "the rule file")?;
    Ok(rules::parse_rules(&path.display().to_string(), &text.content)?)
}

pub(super) fn kind_parser() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.iter().map(|k| k.name())).try_map(|name| name.parse::<Kind>())
}

/// How many threads there may be.
pub(super) const THREADS: RangeInclusive<u16> = 1..=1024;

pub(super) fn threads_parser() -> impl TypedValueParser<Value = usize> {
    clap::value_parser!(u16).range(i64::from(*THREADS.start())..=i64::from(*THREADS.end())).map(usize::from)
}
