//! How many pages a second the program cleans, by the number of workers: `cargo bench --bench folder`.
//!
//! Each run writes into a new folder, and all of them go at the end: a file system that has just deleted thousands of files may take its
//! time to find room for new ones (ext4 does), which would be counted as ours.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run may panic")]

#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../tests/common/grow.rs"]
mod grow;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use divan::Bencher;
use divan::counter::ItemsCount;
use tempfile::TempDir;

/// Pages of each site; of so many the 32 that are learned from are a part.
const PAGES_OF_SITE: usize = 300;
/// Fixtures whose pages share a site.
const FIXTURES_OF_SITE: usize = 3;
/// One worker, and as many as the program takes of itself.
const WORKERS: [&str; 2] = ["-j1", "default"];

/// What is cleaned, and what comes of it.
struct Place {
    dir: TempDir,
    pages: usize,
    runs: AtomicUsize,
}

static PLACE: OnceLock<Place> = OnceLock::new();

fn make() -> Place {
    let dir = tempfile::tempdir().unwrap();
    let (mut pages, mut records) = (0, String::new());
    let fixtures: Vec<String> = ["page.txt", "page.html"].into_iter().flat_map(grow::fixtures).collect();
    for (site, fixtures) in fixtures.chunks(FIXTURES_OF_SITE).enumerate() {
        let folder = dir.path().join(format!("pages/site{site:02}"));
        fs::create_dir_all(&folder).unwrap();
        for (number, page) in fixtures.iter().cycle().take(PAGES_OF_SITE).enumerate() {
            let page = format!("{page}\n\nThe page has the number {number} on its site.\n");
            fs::write(folder.join(format!("{number}.txt")), &page).unwrap();
            records.push_str(&serde_json::json!({ "domain": format!("site{site}.example"), "text": page }).to_string());
            records.push('\n');
            pages += 1;
        }
    }
    fs::write(dir.path().join("records.jsonl"), records).unwrap();
    Place { dir, pages, runs: AtomicUsize::new(0) }
}

impl Place {
    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Where the next run writes.
    fn next(&self) -> PathBuf {
        self.path(&format!("articles{}", self.runs.fetch_add(1, Ordering::Relaxed)))
    }
}

fn main() {
    divan::main();
    if let Some(place) = PLACE.get() {
        fs::remove_dir_all(place.dir.path()).unwrap();
    }
}

fn bench(bencher: Bencher<'_, '_>, input: &str, workers: &str, options: &[&str]) {
    let place = PLACE.get_or_init(make);
    let input = place.path(input);
    let workers = Some(workers).filter(|workers| workers.starts_with('-'));
    let run = |output: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_newsclean"));
        command.arg(&input).arg("-o").arg(output).args(workers).args(options).stderr(Stdio::null());
        assert!(command.status().unwrap().success());
    };
    bencher.counter(ItemsCount::new(place.pages)).with_inputs(|| place.next()).bench_refs(|output| run(output));
}

#[divan::bench(args = WORKERS, sample_count = 5, sample_size = 1)]
fn folder(bencher: Bencher<'_, '_>, workers: &str) {
    bench(bencher, "pages", workers, &["--templates", "off"]);
}

#[divan::bench(args = WORKERS, sample_count = 5, sample_size = 1)]
fn folder_with_templates(bencher: Bencher<'_, '_>, workers: &str) {
    bench(bencher, "pages", workers, &[]);
}

#[divan::bench(args = WORKERS, sample_count = 5, sample_size = 1)]
fn records(bencher: Bencher<'_, '_>, workers: &str) {
    bench(bencher, "records.jsonl", workers, &["--jsonl"]);
}
