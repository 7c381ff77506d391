//! Learns the model's weights from labelled pages.
//!
//! `cargo run --release --example train -- FOLDER` reads `articles-{train,silver,dev}.jsonl.gz` (`key, domain, title, gold`) and
//! `text-{train,silver,dev}.jsonl.gz` (`key, variant, text`) in FOLDER, writes the weights to `src/model/weights.bin` and prints
//! what they reach on the dev pages, which it never learns from; pages of our own, `examples/train/pages`, are learned from too. The same pages give the same weights, on any number of cores.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, missing_docs, unreachable_pub)]

mod boost;
mod data;
mod headline;
mod label;
mod lexicon;
mod metric;
mod mix;
mod own;
mod report;
mod rows;
mod stages;

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::Result;
use clap::Parser;
use newsclean::model::Weights;

/// Parts of the sites, each left out once: a block's word score, and the figures of `--cross`, come from the other parts.
const FOLDS: usize = 4;

#[derive(Debug, Parser)]
#[command(about = "Learns the model's weights from labelled pages")]
struct Args {
    /// Folder with the labelled pages.
    folder: PathBuf,
    /// Where the weights go.
    #[arg(default_value = "src/model/weights.bin")]
    out: PathBuf,
    /// Also cross-validate over the pages to learn from: four times as long.
    #[arg(long)]
    cross: bool,
    /// Learn only what judges HTML; the rest is taken from the weights that are there.
    #[arg(long)]
    html: bool,
    /// Learn nothing: print what the weights that are there reach on the dev pages.
    #[arg(long)]
    look: bool,
    /// Learn only what tells the headline of a dump: prints the weights, which stand in the source.
    #[arg(long)]
    headline: bool,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let clock = Clock(Instant::now());
    if args.headline {
        return headline::learn(&args.folder);
    }
    if args.look {
        let dev = data::read(&args.folder, &["dev"], true)?;
        return stages::look([dev, data::read_html(&args.folder, &["dev"])?, data::read_own(true)?], &std::fs::read(&args.out)?);
    }
    let learn = data::read(&args.folder, &["train", "silver"], false)?;
    let dev = data::read(&args.folder, &["dev"], true)?;
    let old = if args.html { std::fs::read(&args.out)? } else { Vec::new() };
    let kept = if args.html { Some(Weights::from_bytes(&old)?) } else { None };
    let html = data::read_html(&args.folder, &["train", "silver"])?;
    let html_dev = data::read_html(&args.folder, &["dev"])?;
    clock.say(&format!("{} pages to learn from and {} of HTML, {} to look at", learn.docs.len(), html.docs.len(), dev.docs.len()));
    let weights = stages::learn((learn, html), (dev, html_dev, data::read_own(true)?), kept, args.cross, &clock);
    let bytes = weights.to_bytes();
    std::fs::write(&args.out, &bytes)?;
    clock.say(&format!("{}: {} bytes written to {}", weights.name, bytes.len(), args.out.display()));
    Ok(())
}

/// Says what was done, and when.
pub struct Clock(Instant);

impl Clock {
    pub fn say(&self, what: &str) {
        println!("[{:5.0} s] {what}", self.0.elapsed().as_secs_f32());
    }
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
