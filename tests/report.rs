//! The report as a file: what it holds, unpacked. That a browser shows it is held by `tests/report.py`.

#![allow(clippy::unwrap_used, reason = "a failed test may panic")]
#![cfg(unix)]

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base64::Engine;
use serde_json::{Value, json};
use tempfile::TempDir;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");

/// Exit code and standard error of `newsclean ARGS` in `dir`.
fn run(dir: &Path, args: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_newsclean"));
    let out = command.current_dir(dir).args(args).stdin(Stdio::null()).output().unwrap();
    (out.status.code(), String::from_utf8(out.stderr).unwrap())
}

/// The lines of JSON in an element of the report that ends as `tail` begins.
fn unpack(tail: &str) -> Vec<Value> {
    let packed = tail.split_once('>').unwrap().1.split_once('<').unwrap().0;
    let bytes = base64::engine::general_purpose::STANDARD.decode(packed).unwrap();
    let mut text = String::new();
    flate2::read::ZlibDecoder::new(&*bytes).read_to_string(&mut text).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The cards and the sheets of the report in `path`.
fn open(path: PathBuf) -> (Vec<Value>, Vec<Value>) {
    let html = fs::read_to_string(path).unwrap();
    let index = html.split_once("id=\"index\"").unwrap().1;
    let sheets = html.split("class=\"chunk\"").skip(1).flat_map(unpack).collect();
    (unpack(index), sheets)
}

/// What a sheet says went, as JSON has it.
fn removed(sheet: &Value) -> Value {
    let blocks = sheet["blocks"].as_array().unwrap().iter();
    let gone = blocks.flat_map(|block| {
        let pieces = block["pieces"].as_array().unwrap().iter().filter(|piece| piece["gone"] == true);
        pieces.map(|p| json!({"kind": p["kind"], "rule": p["rule"], "lines": block["lines"], "text": p["text"]}))
    });
    gone.collect()
}

#[test]
fn what_went_is_what_json_says() {
    let dir = TempDir::new().unwrap();
    let args = [FIXTURES, "--include", "page.*", "-f", "json", "-o", "articles", "--report", "report.html", "-q"];
    assert_eq!(run(dir.path(), &args), (Some(0), String::new()));
    let (cards, sheets) = open(dir.path().join("report.html"));
    assert!(cards.len() > 80 && cards.len() == sheets.len());
    let mut names: Vec<_> = cards.iter().map(|card| card["name"].as_str().unwrap()).collect();
    for (card, sheet) in cards.iter().zip(&sheets) {
        let name = card["name"].as_str().unwrap();
        let below = Path::new(name).strip_prefix(FIXTURES).unwrap();
        let article = fs::read_to_string(dir.path().join("articles").join(below.with_extension("json"))).unwrap();
        let article: Value = serde_json::from_str(&article).unwrap();
        assert_eq!(removed(sheet), article["removed"], "{name}");
        for field in ["headline", "page", "warning"] {
            assert_eq!(card[field], article[field], "{name}: {field}");
        }
    }
    names.dedup();
    assert_eq!(names.len(), cards.len());
}

#[test]
fn the_bytes_are_the_same_on_any_number_of_cores() {
    let dir = TempDir::new().unwrap();
    let pages = dir.path().join("pages");
    fs::create_dir(&pages).unwrap();
    // Made in no order, more than a chunk holds, some of them slow.
    for number in [7, 3, 60, 1, 58].into_iter().chain(61..120) {
        let line = format!("The port authority said on Monday that the ferry number {number} will run again from June.\n");
        fs::write(pages.join(format!("{number}.txt")), format!("Share\n\n{}", line.repeat(1 + number % 7 * 100))).unwrap();
    }
    let report = |threads: &str, order: &str| {
        assert_eq!(run(dir.path(), &["pages", "-q", "-j", threads, "--report", order]), (Some(0), String::new()));
        fs::read(dir.path().join(order)).unwrap()
    };
    let one = report("1", "one.html");
    assert_eq!(one, report("4", "four.html"));
    let (cards, _) = open(dir.path().join("one.html"));
    let removed = json!({"widget": {"pieces": 1, "words": 1}});
    let first = json!({"name": "pages/1.txt", "site": "pages", "page": "article", "headline": null, "words": 1617, "removed": removed});
    assert_eq!((cards.len(), &cards[0]), (64, &first));
}

#[test]
fn records_are_pages_with_their_lines() {
    let dir = TempDir::new().unwrap();
    let page = "Share\\n\\nThe night ferry to the islands will run again from June, the port authority said.";
    let records = format!("{{\"domain\":\"www.harrow.example\",\"text\":\"{page}\"}}\n\n{{\"text\":7}}\n{{\"text\":\"{page}\"}}\n");
    fs::write(dir.path().join("r.jsonl"), records).unwrap();
    assert_eq!(run(dir.path(), &["--jsonl", "r.jsonl", "-o", "out.jsonl", "--report", "report.html"]).0, Some(1));
    let (cards, sheets) = open(dir.path().join("report.html"));
    let names: Vec<_> = cards.iter().map(|card| (card["name"].as_str(), card["site"].as_str())).collect();
    assert_eq!(names, [(Some("r.jsonl:1"), Some("harrow.example")), (Some("r.jsonl:4"), None)]);
    let expected = json!({"blocks": [
        {"lines": [1, 1], "pieces": [{"text": "Share", "gone": true, "kind": "widget", "rule": "model", "score": 0.17}]},
        {"lines": [3, 3], "pieces": [{"text": page.rsplit("\\n").next()}]},
    ]});
    assert_eq!(sheets, [expected.clone(), expected]);
}

#[test]
fn what_a_page_says_is_never_markup() {
    let dir = TempDir::new().unwrap();
    let hostile = "</script><img src=x onerror=alert(1)>";
    let page = format!("{hostile}\n\nThe ferry will run again from June, {hostile} the port authority said on Monday.\n");
    let name = "<img src=x onerror=alert(2)>.txt";
    fs::write(dir.path().join(name), page).unwrap();
    assert_eq!(run(dir.path(), &["--from", "text", name, "-o", "out.txt", "--report", "report.html"]), (Some(0), String::new()));
    let html = fs::read_to_string(dir.path().join("report.html")).unwrap();
    assert!(!html.contains("onerror"), "{html}");
    let (cards, sheets) = open(dir.path().join("report.html"));
    assert_eq!(cards[0]["name"], name);
    assert!(sheets[0].to_string().contains(hostile));
}

#[test]
fn it_is_written_whole_or_not_at_all() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("report.html"), "old").unwrap();
    fs::write(dir.path().join("program.txt"), [0; 4096]).unwrap();
    for args in [["nope.txt", "--report", "report.html"], ["program.txt", "--report", "report.html"]] {
        assert_eq!(run(dir.path(), &args).0, Some(1));
        assert_eq!(fs::read_to_string(dir.path().join("report.html")).unwrap(), "old");
    }
    let full = run(dir.path(), &[&format!("{FIXTURES}/en-all-prose/page.txt"), "-o", "article.txt", "--report", "/dev/full"]);
    let why = "newsclean: /dev/full: cannot write: No space left on device (os error 28) (the disk is full: free some space, or write elsewhere)\n";
    assert_eq!(full, (Some(1), why.to_owned()));
    let mut names: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["article.txt", "program.txt", "report.html"]);
}
