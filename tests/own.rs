//! The user's own rules and defaults: where they are found, which of them count, and what a damaged file says.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test may panic")]
#![cfg(unix)]

mod program;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use newsclean::notation::Notation;
use newsclean::rules::parse_rules;
use newsclean::template::Profile;
use tempfile::TempDir;

const PAGE: &str = "The night ferry to the islands will run again from June, the port authority said.\n\nJoin the harbour club today.\n";
const STAYS: &str = "The night ferry to the islands will run again from June, the port authority said.\n\nJoin the harbour club today.\n";
const GOES: &str = "The night ferry to the islands will run again from June, the port authority said.\n";

/// A rule about the club's line: `drop` or `keep`.
fn rule(action: &str, more: &str) -> String {
    let rule =
        "where = \"start\"\nmax_words = 9\nany.en = [\"join the harbour club\"]\nhit = [\"Join the harbour club!\"]\nmiss = [\"Join us!\"]";
    format!("kind = \"promo\"\n[[rule]]\nid = \"club-{action}\"\nabout = \"The club\"\naction = \"{action}\"\n{rule}\n{more}\n")
}

fn write(path: &Path, content: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

fn newsclean(dir: &Path, args: &str) -> Command {
    let mut command = program::newsclean();
    command.current_dir(dir).args(args.split(' '));
    command
}

fn outcome(command: &mut Command) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

/// The article that `newsclean page.txt` makes in `dir`, with `home` as the home directory.
fn article(dir: &Path, home: &Path) -> String {
    write(&dir.join("page.txt"), PAGE);
    let (code, out, err) = outcome(newsclean(dir, "page.txt").env("HOME", home).env_remove("XDG_CONFIG_HOME"));
    assert_eq!((code, err.as_str()), (Some(0), ""));
    out
}

#[test]
fn rules_of_the_user_are_found() {
    let dir = TempDir::new().unwrap();
    let (here, home) = (dir.path().join("work"), dir.path().join("home"));
    assert_eq!(article(&here, &home), STAYS);
    write(&home.join(".config/newsclean/rules.toml"), &rule("drop", ""));
    assert_eq!(article(&here, &home), GOES);
    let xdg = |folder: &Path| outcome(newsclean(&here, "page.txt").env("HOME", &home).env("XDG_CONFIG_HOME", folder)).1;
    assert_eq!(xdg(&dir.path().join("nothing")), STAYS);
    let off = outcome(newsclean(&here, "page.txt").env("HOME", &home).env_remove("XDG_CONFIG_HOME").env("NEWSCLEAN_CONFIG", "")).1;
    assert_eq!(off, STAYS, "an empty variable switches off what is not named");
    // As the specification of the folders asks: one that is not absolute counts as none.
    assert_eq!(xdg(Path::new("home/.config")), GOES);
}

#[test]
fn rules_of_the_project_are_found_up_to_its_root() {
    let dir = TempDir::new().unwrap();
    let (home, repository) = (dir.path().join("home"), dir.path().join("home/repository"));
    let deep = repository.join("pages/2024");
    let rules = |folder: &Path, action: Option<&str>| {
        let path = folder.join(".newsclean.rules.toml");
        action.map_or_else(|| fs::remove_file(&path).unwrap(), |action| write(&path, &rule(action, "")));
    };
    rules(&home, Some("drop"));
    assert_eq!(article(&deep, &home), GOES, "up to the home directory");
    fs::create_dir(repository.join(".git")).unwrap();
    assert_eq!(article(&deep, &home), STAYS, "a repository ends the search");
    rules(&repository, Some("drop"));
    assert_eq!(article(&deep, &home), GOES, "at its root");
    rules(&deep, Some("keep"));
    assert_eq!(article(&deep, &home), STAYS, "the nearest counts, alone");
    rules(&deep, None);
    // What lies above a folder that is in no repository and not below the home directory is nobody's.
    fs::remove_dir(repository.join(".git")).unwrap();
    let elsewhere = dir.path().join("elsewhere");
    assert_eq!(article(&deep, &elsewhere), STAYS);
    assert_eq!(article(&repository, &elsewhere), GOES, "but for the working directory");
}

#[test]
fn the_nearer_rules_count() {
    let dir = TempDir::new().unwrap();
    let (here, home) = (dir.path().join("home/work"), dir.path().join("home"));
    write(&home.join(".config/newsclean/rules.toml"), &rule("keep", ""));
    write(&here.join(".newsclean.rules.toml"), &rule("drop", ""));
    assert_eq!(article(&here, &home), GOES, "the project's before the user's");
    write(&here.join("mine.toml"), &rule("keep", ""));
    write(&here.join("theirs.toml"), &rule("drop", ""));
    let with = |args: &str| outcome(newsclean(&here, args).env("HOME", &home).env_remove("XDG_CONFIG_HOME")).1;
    assert_eq!(with("--rules mine.toml page.txt"), STAYS, "what is named before the project's");
    assert_eq!(with("--rules mine.toml --rules theirs.toml page.txt"), GOES, "the last that is named before the others");
}

#[test]
fn rules_of_a_site_know_it_from_records_and_folders() {
    let dir = TempDir::new().unwrap();
    let here = dir.path();
    write(&here.join("site.toml"), &rule("drop", "sites = [\"harrow.example\"]"));
    let record = |field: &str| serde_json::json!({ "text": PAGE, field: "https://www.harrow.example/ferry" }).to_string() + "\n";
    write(&here.join("pages.jsonl"), &[record("url"), record("link")].concat());
    let (_, out, _) = outcome(&mut newsclean(here, "--rules site.toml --jsonl pages.jsonl"));
    let texts: Vec<String> = out.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["text"].to_string()).collect();
    assert_eq!(texts, [format!("{:?}", GOES.trim_end()), format!("{:?}", STAYS.trim_end())]);
    write(&here.join("pages/harrow.example/a.txt"), PAGE);
    write(&here.join("pages/other.example/a.txt"), PAGE);
    assert_eq!(outcome(&mut newsclean(here, "--rules site.toml -q pages -o out")).0, Some(0));
    assert_eq!(fs::read_to_string(here.join("out/harrow.example/a.txt")).unwrap(), GOES);
    assert_eq!(fs::read_to_string(here.join("out/other.example/a.txt")).unwrap(), STAYS);
}

#[test]
fn defaults_of_the_user_are_found_and_disturb_no_verb() {
    let dir = TempDir::new().unwrap();
    let here = dir.path();
    write(&here.join("page.txt"), PAGE);
    write(&here.join(".config/newsclean/config.toml"), "format = \"markdown\"\nrules = [\"mine.toml\"]\n");
    write(&here.join(".config/newsclean/mine.toml"), &rule("drop", ""));
    let run = |args: &str| outcome(newsclean(here, args).env("HOME", here).env_remove("XDG_CONFIG_HOME"));
    // Files that it names stand beside it.
    assert_eq!(run("page.txt"), (Some(0), GOES.to_owned(), String::new()));
    assert_eq!(run("--no-config page.txt"), (Some(0), STAYS.to_owned(), String::new()));
    write(&here.join(".config/newsclean/config.toml"), "format = 7\n");
    let (code, out, err) = run("page.txt");
    assert_eq!((code, out.as_str()), (Some(1), ""));
    let place = here.join(".config/newsclean/config.toml:1:10");
    assert_eq!(err, format!("newsclean: {}: is of the wrong type: expected a string\n", place.display()));
    for verb in ["kinds", "rules", "learn page.txt", "rules check .config/newsclean/mine.toml"] {
        assert_eq!(run(verb).0, Some(0), "{verb}");
    }
}

#[test]
fn the_defaults_in_the_readme_work() {
    let dir = TempDir::new().unwrap();
    let (_, section) = include_str!("../README.md").split_once("### Defaults of your own").unwrap();
    let example = section.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    write(&dir.path().join("home/config.toml"), example);
    write(&dir.path().join("home/sites.toml"), PROFILE);
    write(&dir.path().join("page.txt"), PAGE);
    let out = outcome(newsclean(dir.path(), "page.txt").env("NEWSCLEAN_CONFIG", "home/config.toml"));
    assert_eq!(out, (Some(0), STAYS.to_owned(), String::new()));
}

const RULES: &str = include_str!("cmd/rules.in/own.toml");
const PROFILE: &str = "\
newsclean-templates = 1

[[site]]
name = \"harrow.example\"
stories = 12
lines = [
  { line = \"Join the harbour club today\" },
  { line = \"Updated {date}\", on = 12, at = \"head\", before = 8 },
  { line = \"{n} letters to the editor\", on = 9, at = \"tail\", after = 3 },
]
";

/// Whether what is said of the file names a line that it has.
fn is_placed(said: &str, bytes: &[u8]) -> bool {
    let Some(place) = said.strip_prefix("own.toml:") else { return false };
    let mut parts = place.splitn(3, ':');
    let mut number = || parts.next().and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
    let (line, column) = (number(), number());
    let lines = bytes.iter().filter(|b| **b == b'\n').count() + 1;
    (1..=lines).contains(&line) && column > 0 && !parts.next().unwrap_or_default().contains('\n')
}

/// Reads `content` with each byte changed, left out or said again, and cut off there: it is what it was written for, or the place is named.
fn every_damage_is_placed(content: &str, read: impl Fn(&str) -> Result<(), String>) {
    let mut refused = 0;
    let mut try_one = |bytes: Vec<u8>| {
        let result = Notation::of_bytes("own.toml", &bytes).map_err(|why| why.to_string()).and_then(|text| read(text.content()));
        if let Err(said) = result {
            refused += 1;
            assert!(is_placed(&said, &bytes), "{said}\n{}", String::from_utf8_lossy(&bytes));
        }
    };
    let bytes = content.as_bytes();
    for at in 0..bytes.len() {
        for bit in [0x01, 0x20, 0x80] {
            let mut copy = bytes.to_vec();
            copy[at] ^= bit;
            try_one(copy);
        }
        try_one(bytes[..at].to_vec());
        try_one([&bytes[..at], &bytes[at + 1..]].concat());
        try_one([&bytes[..=at], &bytes[at..]].concat());
    }
    assert!(refused > bytes.len(), "{refused} of {} were refused", bytes.len() * 6);
}

#[test]
fn damaged_rules_and_profiles_name_the_place() {
    every_damage_is_placed(RULES, |content| parse_rules("own.toml", content).map(drop).map_err(|why| why.to_string()));
    every_damage_is_placed(PROFILE, |content| Profile::parse("own.toml", content).map(drop).map_err(|why| why.to_string()));
}
