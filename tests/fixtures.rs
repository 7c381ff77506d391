//! Every fixture page comes out as its `expected.txt`, whole, and cleaning that again changes nothing.
//!
//! A fixture is a folder `fixtures/<slug>/` of `page.txt` or `page.html`, `expected.txt`, `expected.md` (for HTML) and `note.toml`. Pages that do
//! not come out right yet live in `fixtures/known/<reason>/<slug>/`: they are run and counted and do not fail. `UPDATE=1 cargo test --test fixtures` rewrites the
//! expectations: read the difference before you commit it. `ONLY=slug` runs the fixtures whose name holds `slug`.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a failed test may panic")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use newsclean::{Cleaned, Kind, Settings, clean};

/// `note.toml`: what a fixture is for.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Note {
    lang: String,
    teaches: String,
    kinds: Vec<String>,
    /// What the page is, if it is no article.
    page: Option<String>,
}

struct Fixture {
    dir: PathBuf,
    page: Vec<u8>,
    expected: String,
    /// The article as Markdown; for pages of HTML.
    markdown: Option<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// The page of a fixture folder.
fn page_in(dir: &Path) -> Option<PathBuf> {
    ["page.txt", "page.html"].map(|name| dir.join(name)).into_iter().find(|page| page.is_file())
}

/// The fixture folders below `dir`, in order of their names.
fn fixtures(dir: &Path) -> Vec<Fixture> {
    let only = std::env::var("ONLY").unwrap_or_default();
    let mut dirs: Vec<PathBuf> = fs::read_dir(dir).into_iter().flatten().map(|e| e.unwrap().path()).collect();
    dirs.retain(|d| page_in(d).is_some() && d.file_name().unwrap().to_string_lossy().contains(&only));
    dirs.sort();
    let read = |dir: PathBuf| Fixture {
        page: fs::read(page_in(&dir).unwrap()).unwrap(),
        expected: fs::read_to_string(dir.join("expected.txt")).unwrap_or_default(),
        markdown: dir.join("page.html").is_file().then(|| fs::read_to_string(dir.join("expected.md")).unwrap_or_default()),
        dir,
    };
    dirs.into_iter().map(read).collect()
}

fn cleaned(bytes: &[u8]) -> Cleaned {
    clean(bytes, &Settings::default()).unwrap()
}

/// The first lines in which two texts differ.
fn difference(expected: &str, actual: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), actual.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let side = |mark: char, lines: &[&str]| -> String {
        lines.iter().skip(same).take(3).map(|line| format!("    {mark} {}\n", line.chars().take(160).collect::<String>())).collect()
    };
    format!("  from line {}:\n{}{}", same + 1, side('-', &old), side('+', &new))
}

/// What is wrong with a fixture's output, or nothing.
fn fault(fixture: &Fixture) -> Option<String> {
    let article = cleaned(&fixture.page);
    let text = article.text();
    let markdown = fixture.markdown.as_ref().map(|expected| ("expected.md", expected, article.markdown()));
    for (name, expected, actual) in [("expected.txt", &fixture.expected, text.clone())].into_iter().chain(markdown) {
        if std::env::var_os("UPDATE").is_some() && actual != *expected {
            fs::write(fixture.dir.join(name), &actual).unwrap();
        } else if actual != *expected {
            return Some(format!("  {name}\n{}", difference(expected, &actual)));
        }
    }
    let again = cleaned(text.as_bytes()).text();
    (again != text).then(|| format!("  cleaning the clean article changes it\n{}", difference(&text, &again)))
}

#[test]
fn pages_come_out_as_expected() {
    let all = fixtures(&root());
    assert!(!all.is_empty(), "no fixtures in {}", root().display());
    let faults: Vec<String> = all.iter().filter_map(|f| fault(f).map(|why| format!("{}\n{why}", f.dir.display()))).collect();
    assert!(faults.is_empty(), "{} of {} fixtures differ (- expected, + actual):\n\n{}", faults.len(), all.len(), faults.join("\n"));
}

#[test]
fn known_failures_are_counted() {
    let reasons: Vec<PathBuf> = fs::read_dir(root().join("known")).into_iter().flatten().map(|e| e.unwrap().path()).collect();
    for reason in reasons {
        for fixture in fixtures(&reason) {
            let state = if fault(&fixture).is_some() { "still fails" } else { "is right now: move it up to fixtures/" };
            println!("{}: {state}", fixture.dir.display());
        }
    }
}

#[test]
fn notes_are_true() {
    let mut faults = Vec::new();
    for fixture in fixtures(&root()) {
        let name = fixture.dir.display();
        let note: Note = match toml::from_str(&fs::read_to_string(fixture.dir.join("note.toml")).unwrap_or_default()) {
            Ok(note) => note,
            Err(why) => {
                faults.push(format!("{name}/note.toml: {why}"));
                continue;
            }
        };
        if note.lang.is_empty() || note.teaches.trim().is_empty() {
            faults.push(format!("{name}/note.toml: 'lang' and 'teaches' must say something"));
        }
        let article = cleaned(&fixture.page);
        let label = article.page.facts.label.name();
        if label != note.page.as_deref().unwrap_or("article") {
            faults.push(format!("{name}: its label is {label}, its note says {:?}", note.page));
        }
        let removed = kinds_removed(&article);
        for kind in &note.kinds {
            match kind.parse::<Kind>() {
                Err(why) => faults.push(format!("{name}/note.toml: {why}")),
                Ok(kind) if !removed.contains(&kind) => faults.push(format!("{name}: nothing was removed as {kind}, which its note names")),
                Ok(_) => {}
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// The kinds of what was removed, blocks and parts of blocks.
fn kinds_removed(cleaned: &Cleaned) -> BTreeSet<Kind> {
    let blocks = &cleaned.page.blocks;
    let cut = blocks.iter().flat_map(newsclean::page::Block::cuts).filter_map(|cut| cut.why.kind);
    blocks.iter().filter_map(newsclean::page::Block::dropped_as).chain(cut).collect()
}
