//! The README's shell commands, run as they are printed, in a folder with the files that they name.
//!
//! What a console shows (```` ```console ````) is compared by `tests/cli.rs`; here every block of commands (```` ```sh ````) has to succeed.
//! Programs that are no part of this repository are stood in for: `curl` brings a page, the others only look whether the files of the
//! repository that they are given are there.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test may panic")]
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

const README: &str = include_str!("../README.md");
const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");

/// Programs that are stood in for.
const OTHERS: [&str; 7] = ["cargo", "spark-submit", "python", "parallel", "pip", "bash", "cp"];
/// What stands in: each argument that is a path of the repository has to be one, and each example too.
const STAND_IN: &str = r#"#!/bin/sh
while [ $# -gt 0 ]; do
  case $1 in
    --example) shift; ls -d "$REPOSITORY/examples/$1"* >&2 || exit 9 ;;
    examples/*|fixtures/*|tests/*) ls -d "$REPOSITORY/$1" >&2 || exit 9 ;;
  esac
  shift
done
"#;

/// The blocks of the README that are in `language`, each with the number of its first line.
fn blocks(language: &str) -> Vec<(usize, String)> {
    let mut out: Vec<(usize, String)> = Vec::new();
    let mut open = None;
    for (at, line) in README.lines().enumerate() {
        match (line.strip_prefix("```"), open) {
            (Some(_), Some(_)) => open = None,
            (Some(name), None) => {
                open = Some(name == language);
                if name == language {
                    out.push((at + 2, String::new()));
                }
            }
            (None, Some(true)) => out.last_mut().unwrap().1.push_str(&format!("{line}\n")),
            (None, _) => {}
        }
    }
    out
}

fn fixture(name: &str) -> String {
    fs::read_to_string(Path::new(REPOSITORY).join("fixtures").join(name)).unwrap()
}

fn put(dir: &Path, name: &str, content: &str) {
    let path = dir.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// A folder with all that the README's commands read.
fn folder() -> TempDir {
    let dir = TempDir::new().unwrap();
    let at = dir.path();
    let (text, html) = (fixture("en-ticker-values-below/page.txt"), fixture("en-html-wordpress/page.html"));
    for name in ["page.txt", "a.txt", "b.txt", "pages/a.txt", "pages/b.txt", "pages/drafts/c.txt"] {
        put(at, name, &text);
    }
    put(at, "page.html", &html);
    for (folder, pages) in [("harrow", 4), ("sample", 3)] {
        for page in 0..pages {
            put(at, &format!("{folder}/{page}.txt"), &fixture(["de-html-amp/page.html", "en-html-arc/page.html"][page % 2]));
        }
    }
    let record = |field: &str| serde_json::json!({ "id": 1, "text": text, field: text }).to_string() + "\n";
    for name in ["pages.jsonl", "shards/1.jsonl", "shards/2.jsonl"] {
        put(at, name, &record("body").repeat(3));
    }
    let rules = blocks("toml").into_iter().find(|(_, block)| block.contains("[[rule]]")).unwrap();
    put(at, "own.toml", &rules.1);
    put(at, "target/release/newsclean", "");
    put(at, "home/.local/share/bash-completion/completions/none", "");
    put(at, "home/.local/share/man/man1/none", "");
    for name in OTHERS {
        put(at, &format!("bin/{name}"), STAND_IN);
    }
    put(at, "bin/curl", "#!/bin/sh\ncat page.html\n");
    for file in fs::read_dir(at.join("bin")).unwrap() {
        fs::set_permissions(file.unwrap().path(), fs::Permissions::from_mode(0o755)).unwrap();
    }
    dir
}

#[test]
fn the_commands_of_the_readme_work() {
    let binary = PathBuf::from(env!("CARGO_BIN_EXE_newsclean"));
    let blocks = blocks("sh");
    assert!(blocks.len() > 10, "the README's commands are not found");
    let mut failed = String::new();
    for (line, block) in blocks {
        let dir = folder();
        let path = format!("{}:{}:/usr/bin:/bin", dir.path().join("bin").display(), binary.parent().unwrap().display());
        let run = Command::new("/bin/bash")
            .args(["-euo", "pipefail", "-c", &block])
            .current_dir(dir.path())
            .env_clear()
            .env("PATH", path)
            .env("HOME", dir.path().join("home"))
            .env("REPOSITORY", REPOSITORY)
            .output()
            .unwrap();
        if !run.status.success() {
            failed += &format!("README.md:{line}: {}\n{block}{}\n", run.status, String::from_utf8_lossy(&run.stderr));
        }
    }
    assert!(failed.is_empty(), "{failed}");
}
