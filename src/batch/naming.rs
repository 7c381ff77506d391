//! The names of outputs: that of the input, with the ending of what is written.

use std::ffi::{OsStr, OsString};
use std::path::Path;

/// Endings of pages, which the ending of the output replaces; the first of two inputs of one stem gets the name.
const PAGES: &[&str] = &["txt", "text", "md", "markdown", "html", "htm", "xhtml", "TXT", "MD", "HTML", "HTM"];
/// Endings of files of records, which stay. Spark calls them `.json`.
const RECORDS: &[&str] = &["jsonl", "ndjson", "json"];
/// Endings of compressed files, which go; outputs are not compressed.
const PACKED: &[&str] = &["gz", "zst"];

/// How outputs are named.
#[derive(Debug, Clone, Copy)]
pub(super) enum Naming {
    /// As pages, with this ending.
    Pages(&'static str),
    /// As files of records.
    Records,
}

impl Naming {
    /// The name of the output for the input called `name`.
    pub(super) fn output(self, name: &OsStr) -> OsString {
        match self {
            Self::Pages(ending) => with(self.stem(name), ending),
            Self::Records => self.stem(name).to_owned(),
        }
    }

    /// Whether a file in a folder is by its name what is looked for.
    pub(super) fn takes(self, name: &OsStr) -> bool {
        match self {
            Self::Pages(_) => true,
            Self::Records => has(unpacked(name), RECORDS),
        }
    }

    /// The names that have the same output as `name` and come first: a list that needs no look at the folder, however full that is.
    pub(super) fn rivals(self, name: &OsStr) -> impl Iterator<Item = OsString> {
        let stem = self.stem(name).to_owned();
        let endings = if matches!(self, Self::Pages(_)) { PAGES } else { &[] };
        let names: Vec<OsString> = endings.iter().map(|e| with(&stem, e)).chain([stem.clone()]).collect();
        let packed = PACKED.iter().flat_map(|e| names.iter().map(|n| with(n, e)));
        let all: Vec<OsString> = names.iter().cloned().chain(packed).collect();
        let name = name.to_owned();
        // `page.txt` is no rival of `page.txt.txt`, although it is its stem.
        all.into_iter().take_while(move |other| *other != name).filter(move |other| self.stem(other) == stem)
    }

    /// The part of a name that its output has too.
    fn stem(self, name: &OsStr) -> &OsStr {
        let name = unpacked(name);
        if matches!(self, Self::Pages(_)) && has(name, PAGES) { stem(name) } else { name }
    }
}

fn unpacked(name: &OsStr) -> &OsStr {
    if has(name, PACKED) { stem(name) } else { name }
}

fn has(name: &OsStr, endings: &[&str]) -> bool {
    Path::new(name).extension().is_some_and(|found| endings.iter().any(|e| found == *e))
}

fn stem(name: &OsStr) -> &OsStr {
    Path::new(name).file_stem().unwrap_or(name)
}

fn with(stem: &OsStr, ending: &str) -> OsString {
    let mut name = stem.to_owned();
    name.push(".");
    name.push(ending);
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let text = Naming::Pages("txt");
        for (input, output) in [
            ("a.txt", "a.txt"),
            ("a.html.gz", "a.txt"),
            ("a.TXT", "a.txt"),
            ("a", "a.txt"),
            ("www.example.org", "www.example.org.txt"),
            ("a.txt.txt", "a.txt.txt"),
            ("index.html?id=4.5", "index.html?id=4.5.txt"),
        ] {
            assert_eq!(text.output(OsStr::new(input)), output, "{input}");
        }
        assert_eq!(Naming::Pages("json").output(OsStr::new("a.md.zst")), "a.json");
        assert_eq!(Naming::Records.output(OsStr::new("a.jsonl.zst")), "a.jsonl");
        assert!(Naming::Records.takes(OsStr::new("a.json.gz")) && !Naming::Records.takes(OsStr::new("_SUCCESS")));
    }

    #[test]
    fn one_of_two_inputs_is_first() {
        let names = ["a", "a.txt", "a.html", "a.TXT", "a.txt.gz", "a.gz", "a.txt.txt", "a.html.zst", "a.log", "a.log.txt"];
        for naming in [Naming::Pages("txt"), Naming::Pages("md"), Naming::Records] {
            for a in names.map(OsStr::new) {
                for b in names.map(OsStr::new) {
                    let is_rival = |a: &OsStr, b: &OsStr| naming.rivals(a).any(|r| r == b);
                    let same = a != b && naming.output(a) == naming.output(b);
                    assert_eq!(is_rival(a, b) ^ is_rival(b, a), same, "{a:?} {b:?}");
                }
            }
        }
    }
}
