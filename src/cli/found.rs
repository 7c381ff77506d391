//! Files that count without being named: the rules of the project and of the user, and the user's defaults.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;
use etcetera::BaseStrategy;
use newsclean::notation::Notation;

/// The rules of a project: hidden, so that a run over the folder passes over it.
pub(super) const PROJECT_RULES: &str = ".newsclean.rules.toml";
/// The rules and the defaults of a user, in the folder for configuration.
const USER_RULES: &str = "rules.toml";
const USER_CONFIG: &str = "config.toml";
/// Names another file of defaults; if it is empty, no file counts that is not named.
const CONFIG_VARIABLE: &str = "NEWSCLEAN_CONFIG";

/// A file, read.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) path: PathBuf,
    pub(super) content: String,
}

/// Whether the environment switches off what is not named.
pub(super) fn is_off() -> bool {
    env::var_os(CONFIG_VARIABLE).is_some_and(|path| path.is_empty())
}

/// The rules of the project and those of the user, which count less.
pub(super) fn rules() -> anyhow::Result<Vec<Text>> {
    let project = project()?;
    let user = user_folder().map(|folder| look(&folder.join(USER_RULES))).transpose()?.flatten();
    Ok(project.into_iter().chain(user).collect())
}

/// The defaults: where the environment says, or else in the user's folder.
pub(super) fn config() -> anyhow::Result<Option<Text>> {
    if let Some(path) = env::var_os(CONFIG_VARIABLE) {
        return read(Path::new(&path), "the configuration").map(Some);
    }
    user_folder().map_or(Ok(None), |folder| look(&folder.join(USER_CONFIG)))
}

/// Reads a file that is named.
pub(super) fn read(path: &Path, what: &str) -> anyhow::Result<Text> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {what} {}", path.display()))?;
    text(path, &bytes)
}

/// Reads a file that may be there.
fn look(path: &Path) -> anyhow::Result<Option<Text>> {
    match fs::read(path) {
        Ok(bytes) => text(path, &bytes).map(Some),
        Err(why) if matches!(why.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(why) => Err(why).with_context(|| format!("cannot read {}", path.display())),
    }
}

fn text(path: &Path, bytes: &[u8]) -> anyhow::Result<Text> {
    let name = path.display().to_string();
    let content = Notation::of_bytes(&name, bytes)?.content().to_owned();
    Ok(Text { path: path.to_owned(), content })
}

/// `~/.config/newsclean`, or where the system or `XDG_CONFIG_HOME` has it.
fn user_folder() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("newsclean"))
}

/// The nearest rules above the working directory, up to the root of the repository, else up to the home directory. Outside of both the
/// working directory alone counts: what somebody has put at the root of a shared machine is nobody's project.
fn project() -> anyhow::Result<Option<Text>> {
    let Ok(here) = env::current_dir() else { return Ok(None) };
    let home = etcetera::home_dir().ok().filter(|home| here.starts_with(home));
    let repository = here.ancestors().take_while(|folder| Some(*folder) != home.as_deref()).find(|folder| folder.join(".git").exists());
    let top = repository.or(home.as_deref()).unwrap_or(&here);
    for folder in here.ancestors().take_while(|folder| folder.starts_with(top)) {
        // In the working directory, as short as one would type it.
        let path = if folder == here { PathBuf::from(PROJECT_RULES) } else { folder.join(PROJECT_RULES) };
        if let Some(text) = look(&path)? {
            return Ok(Some(text));
        }
    }
    Ok(None)
}
