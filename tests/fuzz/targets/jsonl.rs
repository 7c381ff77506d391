//! Any bytes as a stream of records, by the binary's own `batch` room: from a file to a file, as the command line does it.

#![no_main]
#![allow(dead_code, unused_imports, reason = "the room is compiled as it is, and only its records are used")]

#[path = "../../../src/batch/mod.rs"]
mod batch;
#[path = "../../promises/records.rs"]
mod records;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use batch::{Input, Job, Output, Recipe, Task, Volume};
use libfuzzer_sys::{Corpus, fuzz_target};
use newsclean::Settings;
use tempfile::TempDir;

/// What `batch` needs of the binary beside itself.
fn say(_: std::fmt::Arguments<'_>) {}

/// Where the streams lie: in memory, if the machine has such a folder.
static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
    folder.unwrap()
});

fuzz_target!(|stream: &[u8]| -> Corpus {
    // What is packed has other lines when it is unpacked.
    if [b"\x1f\x8b".as_slice(), b"\x28\xb5\x2f\xfd"].iter().any(|mark| stream.starts_with(mark)) {
        return Corpus::Reject;
    }
    let [input, output] = ["in.jsonl", "out.jsonl"].map(|name| FOLDER.path().join(name));
    fs::write(&input, stream).unwrap();
    let _ = fs::remove_file(&output);
    batch::run(&job(&input, output.clone())).unwrap();
    records::hold(stream, &fs::read(&output).unwrap_or_default()).unwrap();
    Corpus::Keep
});

fn job(input: &Path, output: PathBuf) -> Job {
    Job {
        output: Output::File(output),
        task: Task::Records(Recipe { field: "text".to_owned(), details: true }),
        volume: Volume::Quiet,
        ..Job::reading(vec![Input::File(input.to_owned())], Settings::default())
    }
}
