//! Defaults of the user's own: the long names of flags with other values, in a file.

use std::path::{Path, PathBuf};

use clap::CommandFactory;
use newsclean::Kind;
use newsclean::notation::{Misread, Notation};
use serde::{Deserialize, Deserializer};

use super::Typed;
use super::found::{self, Text};
use super::values::{Format, From, THREADS};

/// What the file may say; what it leaves out stays as it is built in. Flags that say where to write, what the input is, or that
/// something is done again are not among them: as defaults they would surprise.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Config {
    #[serde(deserialize_with = "kinds")]
    pub(super) keep: Option<Vec<Kind>>,
    pub(super) format: Option<Format>,
    pub(super) from: Option<From>,
    pub(super) no_headline: Option<bool>,
    pub(super) field: Option<String>,
    pub(super) details: Option<bool>,
    pub(super) rules: Option<Vec<PathBuf>>,
    pub(super) templates: Option<PathBuf>,
    pub(super) include: Option<Vec<String>>,
    pub(super) exclude: Option<Vec<String>>,
    #[serde(deserialize_with = "threads")]
    pub(super) threads: Option<usize>,
    pub(super) quiet: Option<bool>,
}

/// The file of defaults, and what it says.
#[derive(Debug)]
pub(super) struct Defaults {
    pub(super) config: Config,
    /// The file and its settings in one line, for those who want to know; none if it has none.
    pub(super) about: Option<String>,
}

impl Defaults {
    /// Reads the file, if there is one.
    pub(super) fn find() -> anyhow::Result<Option<Self>> {
        Ok(found::config()?.map(|text| Self::of(&text)).transpose()?)
    }

    fn of(text: &Text) -> Result<Self, Misread> {
        let name = text.path.display().to_string();
        let notation = Notation::new(&name, &text.content);
        let mut config: Config = notation.read().map_err(for_the_command_line)?;
        // Files that it names stand beside it, wherever one works.
        let folder = text.path.parent().unwrap_or(Path::new(""));
        config.rules.iter_mut().flatten().for_each(|path| *path = folder.join(&path));
        config.templates = config.templates.map(|path| if is_word(&path) { path } else { folder.join(path) });
        let table: toml::Table = notation.read()?;
        let settings: Vec<String> = table.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        Ok(Self { config, about: (!settings.is_empty()).then(|| format!("{name} ({})", settings.join(", "))) })
    }
}

/// Whether it is one of the words that `--templates` takes in the place of a file.
fn is_word(path: &Path) -> bool {
    matches!(path.to_str(), Some("auto" | "off"))
}

/// Says of a flag that the file may not have that it is one.
fn for_the_command_line(why: Misread) -> Misread {
    let key = why.what.strip_prefix("unknown key `").and_then(|rest| rest.split('`').next()).unwrap_or_default();
    if Typed::command().get_arguments().any(|flag| flag.get_long() == Some(key)) {
        return Misread { what: format!("`{key}` is for the command line only"), ..why };
    }
    why
}

fn kinds<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<Kind>>, D::Error> {
    let names: Vec<String> = Deserialize::deserialize(from)?;
    let kind = |name: String| name.parse().map_err(|_| serde::de::Error::unknown_variant(&name, Kind::NAMES));
    names.into_iter().map(kind).collect::<Result<_, _>>().map(Some)
}

fn threads<'de, D: Deserializer<'de>>(from: D) -> Result<Option<usize>, D::Error> {
    let told: i64 = Deserialize::deserialize(from)?;
    let fits = u16::try_from(told).ok().filter(|n| THREADS.contains(n)).map(usize::from);
    fits.map(Some).ok_or_else(|| serde::de::Error::custom(format!("{told} is no number of threads: from 1 to 1024")))
}
