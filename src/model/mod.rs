//! The learned judgement: how likely each block is to be article text.
//!
//! [`words`] scores the words of a block, [`features`](mod@features) measures it and what stands around it, the
//! [`trees`] judge, and judge again by what they said of the neighbours. [`weights`] is the file that
//! `cargo run --release --example train` writes. What a score means for the page is the `model` pass's business.

pub mod columns;
mod context;
pub mod features;
mod look;
mod second;
mod settle;
pub mod trees;
pub mod weights;
pub mod words;

use std::sync::LazyLock;

use crate::page::Page;
pub use columns::{Columns, Name};
pub use features::features;
pub use second::add_scores;
pub use settle::{BARS, Bars, settle};
pub use weights::Weights;

/// The weights in the binary.
pub static BUILTIN: LazyLock<Weights> = LazyLock::new(|| {
    // Weights that our own test has checked cannot be unreadable; empty ones judge nothing.
    Weights::from_bytes(include_bytes!("weights.bin")).unwrap_or_default()
});

/// Log-odds as a chance from 0 to 1.
pub fn chance(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

/// How likely each block of `page` is to be article text, as log-odds: above 0, rather yes.
pub fn judge(page: &Page, weights: &Weights) -> Vec<f32> {
    let mut columns = features(page);
    let first = weights.first.scores(&columns);
    if weights.second.trees.is_empty() {
        return first;
    }
    add_scores(&mut columns, page, &first);
    weights.second.scores(&columns)
}
