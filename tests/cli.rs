//! The command line, as users meet it: transcripts in `tests/cmd`, and what a transcript cannot show.
//!
//! `TRYCMD=overwrite cargo test --test cli` rewrites the transcripts: read the difference before you commit it.

#![allow(clippy::unwrap_used, reason = "a failed test may panic")]
#![cfg(unix)]

mod program;

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const PAGE: &str = "Share\n\nThe night ferry to the islands will run again from June, the port authority said.\n\nAdvertisement\n";
const ARTICLE: &str = "The night ferry to the islands will run again from June, the port authority said.\n";

#[test]
fn transcripts() {
    let cases = nobodys();
    cases.env("NEWSCLEAN_CONFIG", "/dev/null");
    cases.case("tests/cmd/*.trycmd").case("tests/cmd/*.toml").case("README.md").skip(DEFAULTS);
}

/// Each of its commands says which defaults it has, which one for all would override.
const DEFAULTS: &str = "tests/cmd/config.trycmd";

#[test]
fn transcripts_with_defaults() {
    nobodys().case(DEFAULTS);
}

/// Cases in a home without configuration.
fn nobodys() -> trycmd::TestCases {
    let cases = trycmd::TestCases::new();
    cases.env("HOME", program::NOBODY).env("XDG_CONFIG_HOME", program::NOBODY);
    cases
}

fn newsclean() -> Command {
    let mut command = program::newsclean();
    command.stdin(Stdio::null()).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

/// Runs in `dir` with `args`.
fn run(dir: &Path, args: &[&str]) -> Output {
    newsclean().current_dir(dir).args(args).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder with the pages `a.txt` and `b.txt`.
fn folder() -> TempDir {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("a.txt"), PAGE).unwrap();
    fs::write(dir.path().join("b.txt"), PAGE).unwrap();
    dir
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn output_file_is_written_whole() {
    let dir = folder();
    let out = run(dir.path(), &["a.txt", "-o", "article.txt"]);
    assert!(out.status.success() && out.stdout.is_empty() && out.stderr.is_empty(), "{}", stderr(&out));
    assert_eq!(fs::read_to_string(dir.path().join("article.txt")).unwrap(), ARTICLE);
    assert_eq!(names(dir.path()), ["a.txt", "article.txt", "b.txt"]);
    // As any other program would make it, and not as private as a temporary file.
    let mode = |name: &str| std::os::unix::fs::PermissionsExt::mode(&fs::metadata(dir.path().join(name)).unwrap().permissions());
    assert_eq!(mode("article.txt"), mode("a.txt"));
}

#[test]
fn a_failed_input_leaves_the_old_output() {
    let dir = folder();
    fs::write(dir.path().join("article.txt"), "old").unwrap();
    let out = run(dir.path(), &["nope.txt", "-o", "article.txt"]);
    assert_eq!(out.status.code(), Some(1));
    assert_eq!(fs::read_to_string(dir.path().join("article.txt")).unwrap(), "old");
    assert_eq!(names(dir.path()), ["a.txt", "article.txt", "b.txt"]);
}

#[test]
fn output_folder_has_a_file_for_each_input() {
    let dir = folder();
    let out = run(dir.path(), &["a.txt", "b.txt", "-o", "out"]);
    assert!(out.status.success(), "{}", stderr(&out));
    assert_eq!(names(&dir.path().join("out")), ["a.txt", "b.txt"]);
    // One input and a name with a slash, an existing folder, and another form.
    assert!(run(dir.path(), &["a.txt", "-o", "new/"]).status.success());
    assert_eq!(names(&dir.path().join("new")), ["a.txt"]);
    assert!(run(dir.path(), &["a.txt", "-f", "markdown", "-o", "new"]).status.success());
    assert!(run(dir.path(), &["a.txt", "-f", "json", "-o", "new"]).status.success());
    assert_eq!(names(&dir.path().join("new")), ["a.json", "a.md", "a.txt"]);
}

#[test]
fn no_output_overwrites_an_input_or_another_output() {
    let dir = folder();
    let out = run(dir.path(), &["a.txt", "-o", "./a.txt"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(stderr(&out).contains("would overwrite the input"), "{}", stderr(&out));
    let out = run(dir.path(), &["a.txt", "b.txt", "-o", "."]);
    assert_eq!(out.status.code(), Some(1));
    assert_eq!(fs::read_to_string(dir.path().join("a.txt")).unwrap(), PAGE);

    fs::create_dir(dir.path().join("deep")).unwrap();
    fs::write(dir.path().join("deep/a.txt"), "Another page with a sentence of its own, said the port.\n").unwrap();
    let out = run(dir.path(), &["a.txt", "deep/a.txt", "-o", "out"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(stderr(&out).contains("newsclean: deep/a.txt: its output out/a.txt is already that of a.txt"), "{}", stderr(&out));
    assert_eq!(fs::read_to_string(dir.path().join("out/a.txt")).unwrap(), ARTICLE);
}

#[test]
fn output_into_a_missing_folder_says_what_to_do() {
    let dir = folder();
    let out = run(dir.path(), &["a.txt", "-o", "nowhere/article.txt"]);
    assert_eq!(out.status.code(), Some(1));
    assert_eq!(
        stderr(&out),
        "newsclean: nowhere/article.txt: cannot write: No such file or directory (os error 2) (make its folder first)\n"
    );
    let out = run(dir.path(), &["a.txt", "b.txt", "-o", "a.txt"]);
    assert_eq!(out.status.code(), Some(1));
    assert_eq!(stderr(&out), "newsclean: a.txt: is a file; several inputs need a folder (give -o another name)\n");
}

#[test]
fn a_link_stays_a_link_and_a_device_a_device() {
    let dir = folder();
    fs::write(dir.path().join("real.txt"), "old").unwrap();
    std::os::unix::fs::symlink("real.txt", dir.path().join("link.txt")).unwrap();
    assert!(run(dir.path(), &["a.txt", "-o", "link.txt"]).status.success());
    assert!(dir.path().join("link.txt").is_symlink());
    assert_eq!(fs::read_to_string(dir.path().join("real.txt")).unwrap(), ARTICLE);
    assert!(run(dir.path(), &["a.txt", "-o", "/dev/null"]).status.success());
    assert!(!Path::new("/dev/null").is_file());
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told() {
    let dir = folder();
    let full = || Stdio::from(fs::File::options().write(true).open("/dev/full").unwrap());
    let out =
        newsclean().current_dir(dir.path()).arg("a.txt").stdout(full()).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
    assert_eq!(out.status.code(), Some(1));
    let why = "cannot write: No space left on device (os error 28) (the disk is full: free some space, or write elsewhere)";
    assert_eq!(stderr(&out), format!("newsclean: standard output: {why}\n"));
    let out = run(dir.path(), &["a.txt", "-o", "/dev/full"]);
    assert_eq!((out.status.code(), stderr(&out)), (Some(1), format!("newsclean: /dev/full: {why}\n")));
    let out = newsclean().args(["kinds"]).stdout(full()).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
    assert_eq!(out.status.code(), Some(1));
}

#[test]
fn a_closed_pipe_is_quiet() {
    let dir = TempDir::new().unwrap();
    // Far more than a pipe holds, so that writing goes on after the reader has left.
    let records = format!("{{\"text\":\"{}\"}}\n", ARTICLE.trim()).repeat(20_000);
    fs::write(dir.path().join("r.jsonl"), records).unwrap();
    for args in [vec!["--jsonl", "r.jsonl"], vec!["rules"]] {
        let mut child = newsclean().current_dir(dir.path()).args(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = [0; 16];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let out = child.wait_with_output().unwrap();
        assert_eq!((out.status.code(), stderr(&out)), (Some(0), String::new()), "{args:?}");
    }
}

#[test]
fn records_stream() {
    // The answer to a record comes while the input is still open.
    let mut child = newsclean().arg("--jsonl").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let record = format!("{{\"text\":\"{}\"}}\n", ARTICLE.trim());
    for _ in 0..3 {
        stdin.write_all(record.as_bytes()).unwrap();
        let mut answer = vec![0; record.len()];
        child.stdout.as_mut().unwrap().read_exact(&mut answer).unwrap();
        assert_eq!(String::from_utf8(answer).unwrap(), record);
    }
    drop(stdin);
    assert!(child.wait_with_output().unwrap().status.success());
}

#[test]
fn explain_is_coloured_only_where_asked() {
    let dir = folder();
    let coloured = |command: &mut Command| {
        let out = command.current_dir(dir.path()).args(["--explain", "a.txt"]).output().unwrap();
        out.stdout.contains(&0x1b)
    };
    assert!(!coloured(&mut newsclean()));
    assert!(coloured(newsclean().env("CLICOLOR_FORCE", "1")));
    assert!(!coloured(newsclean().env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1")));
    assert!(run(dir.path(), &["--explain", "a.txt", "-o", "why.txt"]).status.success());
    assert!(!fs::read(dir.path().join("why.txt")).unwrap().contains(&0x1b));
}

#[test]
fn a_file_without_permission_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let dir = folder();
    fs::set_permissions(dir.path().join("a.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(dir.path().join("a.txt")).is_ok() {
        return; // Root may read everything.
    }
    let out = run(dir.path(), &["a.txt", "b.txt"]);
    assert_eq!((out.status.code(), stderr(&out)), (Some(1), "newsclean: a.txt: permission denied (you may not read it)\n".to_owned()));
    assert_eq!(String::from_utf8(out.stdout).unwrap(), ARTICLE);
}

#[test]
fn huge_and_odd_inputs_end_well() {
    let dir = TempDir::new().unwrap();
    let pages: [(&str, Vec<u8>); 5] = [
        ("one-line.txt", b"The port authority said the ferry will run again. ".repeat(200_000)),
        ("many-lines.txt", b"Share\nThe port authority said on Monday that the ferry will run again from June.\n".repeat(50_000)),
        ("brackets.jsonl", [vec![b'['; 1_000_000], b"\n".to_vec()].concat()),
        ("surrogates.jsonl", [b"{\"text\":\"".to_vec(), b"\\udc00".repeat(100_000), b"\"}\n".to_vec()].concat()),
        ("not-utf8.txt", [b"The port \xff\xfe\x80 authority said the ferry will run. ".repeat(1000), vec![0xe2, 0x80]].concat()),
    ];
    for (name, bytes) in pages {
        fs::write(dir.path().join(name), bytes).unwrap();
        let mut command = newsclean();
        command.current_dir(dir.path()).arg(name);
        if name.ends_with("jsonl") {
            command.arg("--jsonl");
        }
        let out = command.output().unwrap();
        assert!(matches!(out.status.code(), Some(0 | 1)), "{name}: {:?} {}", out.status, stderr(&out));
        assert!(!stderr(&out).contains("panicked"), "{name}: {}", stderr(&out));
    }
}
