//! `--include` and `--exclude`: which files of a folder are meant.

use std::path::Path;

use anyhow::anyhow;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// The globs of a job. They hold for what is found in folders, not for what is named.
#[derive(Debug, Default)]
pub(crate) struct Globs {
    /// Files that are meant; all if none is told.
    include: Option<GlobSet>,
    /// Files and folders that are not.
    exclude: GlobSet,
}

impl Globs {
    /// The globs as they were typed. One without a slash is held against names, another against paths below the folder.
    pub(crate) fn new(include: &[String], exclude: &[String]) -> anyhow::Result<Self> {
        let include = if include.is_empty() { None } else { Some(set(include)?) };
        Ok(Self { include, exclude: set(exclude)? })
    }

    /// Whether the user said which files are meant.
    pub(super) fn are_told(&self) -> bool {
        self.include.is_some()
    }

    /// Whether the file at `path` below its folder is meant, if all folders above it are.
    pub(super) fn admit(&self, path: &Path) -> bool {
        !self.rule_out(path) && self.include.as_ref().is_none_or(|set| set.is_match(path))
    }

    /// Whether the file or folder is ruled out.
    pub(super) fn rule_out(&self, path: &Path) -> bool {
        self.exclude.is_match(path)
    }
}

fn set(globs: &[String]) -> anyhow::Result<GlobSet> {
    let mut set = GlobSetBuilder::new();
    for typed in globs {
        let glob = typed.trim_end_matches('/');
        let glob = if glob.contains('/') { glob.trim_start_matches('/').to_owned() } else { format!("**/{glob}") };
        // The thing itself, and all in it if it is a folder.
        for glob in [format!("{glob}/**"), glob] {
            let glob = GlobBuilder::new(&glob).literal_separator(true).build();
            set.add(glob.map_err(|why| anyhow!("'{typed}' is no glob: {}", why.kind()))?);
        }
    }
    Ok(set.build()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_paths() {
        let strings = |globs: &[&str]| globs.iter().map(|g| (*g).to_owned()).collect::<Vec<_>>();
        let admitted = |include: &[&str], exclude: &[&str]| {
            let globs = Globs::new(&strings(include), &strings(exclude)).unwrap();
            ["a.txt", "b.md", "in/c.txt", "in/deep/d.md"].into_iter().filter(|p| globs.admit(Path::new(p))).collect::<Vec<_>>()
        };
        assert_eq!(admitted(&[], &[]).len(), 4);
        assert_eq!(admitted(&["*.txt"], &[]), ["a.txt", "in/c.txt"]);
        assert_eq!(admitted(&["in/*.txt"], &[]), ["in/c.txt"]);
        assert_eq!(admitted(&["in"], &["deep/"]), ["in/c.txt"]);
        assert_eq!(admitted(&["/in/**", "a.*"], &["*.md"]), ["a.txt", "in/c.txt"]);
        assert_eq!(admitted(&[], &["*.{txt,html}"]), ["b.md", "in/deep/d.md"]);
        assert!(Globs::new(&strings(&["a["]), &[]).is_err());
    }
}
