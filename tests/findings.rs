//! What the fuzz targets found, each mended: the pages and streams in `tests/fuzz/findings`, held against the promises that they broke.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test may panic")]

#[path = "promises/html.rs"]
mod html;
#[path = "promises/records.rs"]
mod records;
#[path = "promises/text.rs"]
mod text;

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use newsclean::Source;
use text::Other;

/// Holds every finding of a target against `promise`.
fn all(target: &str, promise: impl Fn(&[u8]) -> Result<(), String>) {
    let folder = format!("{}/tests/fuzz/findings/{target}", env!("CARGO_MANIFEST_DIR"));
    for finding in fs::read_dir(&folder).into_iter().flatten() {
        let path = finding.unwrap().path();
        if let Err(why) = promise(&fs::read(&path).unwrap()) {
            panic!("{}: {why}", path.display());
        }
    }
}

#[test]
fn pages_of_text() {
    all("text", |page| {
        text::holds(page, Source::Text)?;
        text::is_stable(page, Source::Text)?;
        if text::holds(page, Source::Auto)? == Some(Other::Html) { html::holds(page) } else { Ok(()) }
    });
}

#[test]
fn pages_of_html() {
    all("html", html::holds);
}

#[test]
fn streams_of_records() {
    all("jsonl", |stream| {
        let mut newsclean = Command::new(env!("CARGO_BIN_EXE_newsclean"));
        let pipes = newsclean.args(["--jsonl", "--details"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = pipes.spawn().unwrap();
        child.stdin.take().unwrap().write_all(stream).unwrap();
        records::hold(stream, &child.wait_with_output().unwrap().stdout)
    });
}
