//! Site templates: what many pages of a site share.
mod learn;
mod lines;
mod pattern;
mod site;

pub use learn::{LEAST_STORIES, learn};
pub use lines::PageLines;
pub use pattern::{Keys, Level, parse, written};
pub use site::{Edge, Site, Spot, Template};
