//! What is told of a page is true: the JSON says what `--explain` says, the diff applies, the story ends as the cleaning did.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test may panic")]
#![cfg(unix)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use newsclean::model::chance;
use newsclean::page::{Block, Verdict};
use newsclean::story::{Found, How, RoundName, story};
use newsclean::{Settings, clean, passes};
use serde_json::Value;
use tempfile::TempDir;

fn all_pages() -> impl Iterator<Item = PathBuf> {
    common::pages("page.txt").into_iter().chain(common::pages("page.html"))
}

fn run(dir: &Path, program: &str, args: &[&str]) -> Output {
    let mut command = Command::new(program);
    command.current_dir(dir).args(args).stdin(Stdio::null()).env_remove("CLICOLOR_FORCE");
    // A repository around the folder is not meant.
    command.env("GIT_CEILING_DIRECTORIES", dir.parent().unwrap()).output().unwrap()
}

fn newsclean(dir: &Path, args: &[&str]) -> String {
    let out = run(dir, env!("CARGO_BIN_EXE_newsclean"), args);
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

fn objects(json: &str) -> Vec<Value> {
    json.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A line of `--explain` as the JSON has it.
fn explained(first: &Value, mark: char, why: &Value, score: &Value, text: &Value) -> String {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut rule = word(&why["rule"]);
    if let Some(score) = score.as_f64() {
        rule += &format!(":{score:.2}");
    }
    if let Some(copy) = why["copy"].as_u64() {
        rule += &format!(" = line {copy}");
    }
    format!("{:>5} {mark} {:<15} {rule:<34} {}\n", first["lines"][0].to_string(), word(&why["kind"]), word(text))
}

#[test]
fn json_says_what_explain_says() {
    let dir = TempDir::new().unwrap();
    for page in all_pages() {
        let page = page.to_str().unwrap();
        let mut objects = objects(&newsclean(dir.path(), &["-q", "--explain=json", page]));
        let summary = objects.pop().unwrap();
        let mut text = String::new();
        for line in &objects {
            let mark = if line["verdict"] == "drop" { '-' } else { '+' };
            assert_eq!(line["verdict"] == "cut", !line["cuts"].as_array().unwrap().is_empty(), "{page}: {line}");
            text += &explained(line, mark, line, &line["score"], &line["text"]);
            for cut in line["cuts"].as_array().unwrap() {
                text += &explained(line, '~', cut, &Value::Null, &cut["text"]);
                let chars: Vec<char> = line["text"].as_str().unwrap().chars().collect();
                let range = cut["chars"][0].as_u64().unwrap() as usize..cut["chars"][1].as_u64().unwrap() as usize;
                assert_eq!(chars[range].iter().collect::<String>(), cut["text"].as_str().unwrap(), "{page}");
            }
        }
        let explain = newsclean(dir.path(), &["-q", "--explain", page]);
        let (lines, last) = explain.trim_end().rsplit_once('\n').unwrap();
        assert_eq!(text.trim_end(), lines, "{page}");
        let summary = &summary["summary"];
        let counts = format!("kept {}, removed {}", summary["kept"], summary["removed"]);
        assert!(last.starts_with(&counts), "{page}: {last} is not {counts}");
    }
}

/// What the diff must leave of the page's lines, blank ones aside: those of the blocks that stay, as they are.
fn left(page: &str, verdicts: &[Value]) -> Vec<String> {
    let lines: Vec<&str> = page.split_inclusive('\n').map(|line| line.trim_end_matches(['\r', '\n'])).collect();
    let mut out = Vec::new();
    for block in verdicts.iter().filter(|block| block["verdict"] != "drop" && block["lines"].is_array()) {
        let [first, last] = [0, 1].map(|at| block["lines"][at].as_u64().unwrap() as usize);
        if block["verdict"] == "keep" {
            out.extend(lines[first - 1..last].iter().filter(|line| !line.trim().is_empty()).map(|line| (*line).to_owned()));
            continue;
        }
        let cuts: Vec<[u64; 2]> =
            block["cuts"].as_array().unwrap().iter().map(|cut| [0, 1].map(|at| cut["chars"][at].as_u64().unwrap())).collect();
        let text =
            block["text"].as_str().unwrap().chars().zip(0..).filter(|(_, at)| !cuts.iter().any(|[from, to]| (from..to).contains(&at)));
        out.push(text.map(|(c, _)| c).collect::<String>().trim().to_owned());
    }
    out
}

/// Applies the diff of `page` under `name` with git, and returns what it makes of the page.
fn applied(name: &str, page: &[u8]) -> (String, String) {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join(name), page).unwrap();
    let diff = newsclean(dir.path(), &["-q", "--diff", name]);
    if !diff.is_empty() {
        fs::write(dir.path().join("page.diff"), &diff).unwrap();
        let git = run(dir.path(), "git", &["apply", "--whitespace=nowarn", "page.diff"]);
        assert!(git.status.success(), "{name}: {}\n{diff}", String::from_utf8_lossy(&git.stderr));
    }
    (String::from_utf8(fs::read(dir.path().join(name)).unwrap()).unwrap(), diff)
}

#[test]
fn the_diff_applies_and_leaves_the_lines_that_stay() {
    let dir = TempDir::new().unwrap();
    let mut count = 0;
    for path in common::pages("page.txt") {
        let Ok(page) = String::from_utf8(fs::read(&path).unwrap()) else { continue };
        let verdicts = objects(&newsclean(dir.path(), &["-q", "--explain=json", path.to_str().unwrap()]));
        let (after, _) = applied("page.txt", page.as_bytes());
        let lines: Vec<&str> = after.lines().map(|line| line.trim_end_matches('\r')).filter(|line| !line.trim().is_empty()).collect();
        assert_eq!(lines, left(&page, &verdicts), "{}", path.display());
        assert!(!after.contains("\n\n\n") || page.contains("\n\n\n"), "{}: blank lines pile up", path.display());
        count += 1;
    }
    assert!(count > 30, "only {count} pages in UTF-8");
}

const FERRY: &str = "The night ferry to the islands will run again from June, the port authority said, after four summers without a boat.";
const CROWNS: &str = "Tickets cost twelve crowns, and bicycles travel free of charge on every crossing before eight in the morning.";

#[test]
fn odd_line_ends_and_names_apply_too() {
    for (page, expected) in [
        (format!("Share\n\n{FERRY}\n\n\nAdvertisement\n\n{CROWNS}"), format!("{FERRY}\n\n\n{CROWNS}")),
        (format!("Share\r\n{FERRY}\r\nAdvertisement\r\n{CROWNS}\r\n"), format!("{FERRY}\r\n{CROWNS}\r\n")),
        (format!("Share\r{FERRY}\rAdvertisement\r{CROWNS}\r"), format!("{FERRY}\r{CROWNS}\r")),
        (format!("Share\u{2028}{FERRY}\n{CROWNS}\u{c}Advertisement\n"), format!("{FERRY}\n{CROWNS}\n")),
        (format!("\u{feff}Share\n{FERRY}\n{CROWNS}\nAdvertisement"), format!("{FERRY}\n{CROWNS}\n")),
        (format!("\u{feff}{FERRY}\n{CROWNS}\nAdvertisement\n\n"), format!("\u{feff}{FERRY}\n{CROWNS}\n")),
        (format!("\n\n{FERRY}\n\n\n\n{CROWNS}\n\n"), format!("\n\n{FERRY}\n\n\n\n{CROWNS}\n\n")),
        ("Share\nAdvertisement\n".to_owned(), String::new()),
    ] {
        for name in ["page.txt", "a page.txt", "dem Fährmann sein \"Blatt\".txt", "a\\b\t.txt"] {
            let (after, diff) = applied(name, page.as_bytes());
            assert_eq!(after, expected, "{name}\n{diff}");
        }
    }
}

#[test]
fn the_story_ends_as_the_cleaning_did() {
    let settings = Settings::default();
    for path in all_pages() {
        let bytes = fs::read(&path).unwrap();
        let story = story(&bytes, &settings).unwrap();
        let cleaned = clean(&bytes, &settings).unwrap();
        let (told, done) = (&story.cleaned.page.blocks, &cleaned.page.blocks);
        let verdict = |block| (Block::verdict(block), Block::cuts(block));
        assert!(told.iter().map(verdict).eq(done.iter().map(verdict)), "{}", path.display());
        for (at, block) in cleaned.page.blocks.iter().enumerate() {
            let told = story.of(at).unwrap();
            let Verdict::Drop(why) = block.verdict() else { continue };
            if !passes::PASSES.iter().any(|pass| pass.name == why.pass.name()) {
                continue;
            }
            let last = told.events.iter().rfind(|event| event.what == "drop");
            assert_eq!(last.map(|event| &event.why), Some(why), "{}: {}", path.display(), block.text);
            if let Some(score) = why.score() {
                let judged = told.judged.unwrap();
                assert!(judged.asked && !judged.settled.stays, "{}: {}", path.display(), block.text);
                assert_eq!(chance(judged.odds), score, "{}: {}", path.display(), block.text);
            }
        }
    }
}

#[test]
fn every_line_is_found_by_its_text() {
    for path in all_pages() {
        let story = story(&fs::read(&path).unwrap(), &Settings::default()).unwrap();
        for (at, block) in story.cleaned.page.blocks.iter().enumerate() {
            let Found::In(blocks, How::Exact) = story.find(&block.text) else { panic!("{}: {}", path.display(), block.text) };
            assert!(blocks.contains(&at), "{}: {}", path.display(), block.text);
        }
    }
}

#[test]
fn a_line_of_a_later_round_is_told_by_that_round() {
    let page = fs::read("tests/cmd/pages.in/bridge.txt").unwrap();
    let story = story(&page, &Settings::default()).unwrap();
    let Found::In(blocks, How::Exact) = story.find("The work will take two years") else { panic!("not found") };
    let told = story.of(blocks[1]).unwrap();
    assert_eq!(told.events.iter().map(|event| (event.round, event.pass)).collect::<Vec<_>>(), [(RoundName::Again(1), "duplicate")]);
    assert_eq!(told.twin.unwrap().lines.start, 9);
}

#[test]
fn articles_held_against_themselves_are_whole() {
    let dir = TempDir::new().unwrap();
    for path in common::pages("expected.txt") {
        let name = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
        fs::copy(&path, dir.path().join(name).with_extension("txt")).unwrap();
    }
    let figures =
        objects(&newsclean(dir.path(), &["score", ".", ".", "--headline", "--templates", "off", "--baseline", "none", "-f", "json"]));
    assert_eq!(figures.len(), 1);
    for of in [&figures[0], &figures[0]["baselines"]["none"]] {
        assert_eq!((of["precision"].as_f64(), of["recall"].as_f64(), of["f1"].as_f64()), (Some(1.0), Some(1.0), Some(1.0)));
        assert_eq!((of["words"]["lost"].as_u64(), of["words"]["left"].as_u64()), (Some(0), Some(0)));
    }
    assert_eq!(figures[0]["worst"], Value::Array(Vec::new()));
    assert!(figures[0]["pages"].as_u64() > Some(40));
}

#[test]
fn a_story_names_each_measure_once() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/tell.in");
    for (page, least) in [("bridge.txt", 100), ("page.html", 200)] {
        let story = &objects(&newsclean(&dir, &["why", "--json", "cost nine million, according", page]))[0];
        let model = &story["model"];
        let saw = model["saw"].as_array().unwrap();
        let mut names: Vec<&str> = saw.iter().map(|measure| measure["name"].as_str().unwrap()).collect();
        names.sort_unstable();
        assert!(names.len() > least && names.windows(2).all(|two| two[0] != two[1]), "{page}: {names:?}");
        let number = |value: &Value| value.as_f64().unwrap();
        let moved: f64 = saw.iter().map(|measure| number(&measure["moved"])).sum();
        assert!((number(&model["mean"]) + moved - number(&model["odds"])).abs() < 1e-3, "{page}: {moved}");
    }
}
