//! What a run holds in memory: 60 MB and eight times the largest page, however many records go through.
//!
//! That is for pages like the fixtures, with some fifty bytes a line, for lines from some twenty bytes on, and for those of twelve to fifteen,
//! whose text lies in the block. Each line takes 112 bytes, and as many again where a rule names it, an element of HTML with its text up to
//! 320, so that a page of a million lines of one word takes more.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a failed test may panic")]

mod common;
#[path = "common/grow.rs"]
mod grow;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::thread;

use tempfile::TempDir;

/// What a run may hold beside its page, and how many times the page.
const BASE: u64 = 60_000_000;
const TIMES: u64 = 8;
/// What the program itself holds.
const PROGRAM: u64 = 30_000_000;
/// Lines or elements of a page of nothing but short ones.
const MANY: usize = 300_000;

fn start(args: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_newsclean"));
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap()
}

/// The most that a process has held so far, in bytes.
fn peak(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().strip_suffix(" kB").unwrap().parse::<u64>().unwrap() * 1024
}

/// Cleans a page; the process is looked at when its result is there and before it has ended, which it cannot while nobody reads on.
#[track_caller]
fn page_fits(name: &str, page: &str, args: &[&str]) {
    fits(name, page, args, BASE + TIMES * page.len() as u64);
}

/// The same, with `most` bytes at most.
#[track_caller]
fn fits(name: &str, page: &str, args: &[&str], most: u64) {
    const PIPE: usize = 1 << 16;
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, page).unwrap();
    let mut child = start(&[args, &[path.to_str().unwrap()]].concat());
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut [0]).unwrap();
    let held = peak(&child);
    let rest = out.read_to_end(&mut Vec::new()).unwrap();
    assert!(rest > PIPE && child.wait().unwrap().success());
    assert!(held <= most, "{name}: {held} bytes of memory for {} of page, {most} at most", page.len());
}

#[test]
fn a_page_of_text() {
    page_fits("prose.txt", &grow::prose(10_000_000), &[]);
    page_fits("all.txt", &grow::text(10_000_000), &["--keep", "duplicate"]);
}

#[test]
fn a_page_of_html() {
    page_fits("all.html", &grow::html(10_000_000), &["--keep", "duplicate"]);
}

#[test]
fn pages_of_short_lines() {
    let of_each = |bytes: u64| PROGRAM + bytes * MANY as u64;
    let numbered = |line: &str| (0..MANY).map(|n| line.replace('#', &n.to_string())).collect::<String>();
    // What goes has a reason, and a rule that matched.
    fits("same.txt", &"Share\n".repeat(MANY), &["--keep", "widget"], of_each(250));
    fits("numbered.txt", &numbered("word #\n"), &[], of_each(150));
    page_fits("rows.txt", &numbered("left # | middle # | right #\n"), &[]);
}

#[test]
fn pages_of_short_elements() {
    let of_each = |bytes: u64| PROGRAM + bytes * MANY as u64;
    let numbered = |line: &str| (0..MANY).map(|n| line.replace('#', &n.to_string())).collect::<String>();
    let read = grow::prose(400_000).replace('\n', "<br>");
    fits("nested.html", &("<div>".repeat(MANY) + &read), &["--keep", "duplicate,boilerplate"], of_each(80));
    fits("divs.html", &numbered("<div>word #</div>"), &["--keep", "boilerplate"], of_each(320));
    fits("rows.html", &format!("<table>{}</table>", numbered("<tr><td>left #<td>middle #<td>right #")), &[], of_each(600));
}

#[test]
fn any_number_of_records() {
    const RECORDS: usize = 60_000;
    const RECORD: &str = r#"{"id":#,"text":"The ferry will run again, the port said on Monday.\n\nShare\n\nIt takes # days, they said."}"#;
    let mut child = start(&["--jsonl"]);
    let mut stdin = child.stdin.take().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
    let feeder = thread::spawn(move || {
        for n in 0..RECORDS {
            writeln!(stdin, "{}", RECORD.replace('#', &n.to_string())).unwrap();
        }
        stdin
    });
    let read = |out: &mut dyn Iterator<Item = std::io::Result<String>>, count| assert_eq!(out.take(count).flatten().count(), count);
    read(&mut out, RECORDS / 10);
    let early = peak(&child);
    read(&mut out, RECORDS - RECORDS / 10);
    let late = peak(&child);
    drop(feeder.join().unwrap());
    assert!(out.next().is_none() && child.wait().unwrap().success());
    assert!(late <= BASE, "{late} bytes of memory for small records");
    // What is read ahead of the work has a bound, which the first tenth may not have reached.
    assert!(late <= early + BASE / 3, "{early} bytes of memory after a tenth of the records, {late} after all");
}
