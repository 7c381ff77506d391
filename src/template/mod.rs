//! Site templates: what many pages of a site share.
mod gaps;
mod learn;
mod lines;
mod names;
mod pattern;
mod profile;
mod site;

pub use learn::{LEAST_STORIES, learn};
pub use lines::PageLines;
pub use names::{HEAD_BYTES, Names, host, key, names};
pub use pattern::{Keys, Level, parse, written};
pub use profile::Profile;
pub use site::{Share, Site, Spot, Template};
