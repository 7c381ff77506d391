//! Learns the model's weights from labelled pages.
//!
//! `cargo run --release --example train -- FOLDER [OUT]` reads `articles-{train,silver,dev}.jsonl.gz` and
//! `text-{train,silver,dev}.jsonl.gz` in FOLDER (see the README), writes the weights to OUT (`src/model/weights.bin`) and prints
//! what they reach on the dev pages, which it never learns from.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, missing_docs, unreachable_pub)]

mod boost;
mod data;
mod label;
mod lexicon;
mod metric;
mod report;
mod stages;

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result};

/// Parts of the sites for learning a stage on what the one before says of sites it has not seen.
pub const FOLDS: usize = 4;

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let folder = PathBuf::from(args.next().context("usage: train FOLDER [OUT]")?);
    let out = PathBuf::from(args.next().unwrap_or_else(|| "src/model/weights.bin".to_owned()));
    stages::run(&folder, &out)
}

/// Maps `items` in order on all cores.
pub fn parallel<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let slots: Vec<Mutex<(Option<T>, Option<R>)>> = items.into_iter().map(|item| Mutex::new((Some(item), None))).collect();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(slot) = slots.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let item = slot.lock().unwrap().0.take();
                    let result = item.map(&work);
                    slot.lock().unwrap().1 = result;
                }
            });
        }
    });
    slots.into_iter().map(|slot| slot.into_inner().unwrap().1.unwrap()).collect()
}
