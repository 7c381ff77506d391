//! Site templates: what many pages of a site share.
#![allow(missing_docs)]
mod learn;
mod lines;
mod pattern;

pub use learn::*;
pub use lines::PageLines;
pub use pattern::{Keys, Level, parse, written};
