//! Site templates: what many pages of a site share.
//!
//! [`PageLines`] is what is remembered of a page, [`learn`] makes a [`Site`] of the pages of one, a [`Profile`] holds several and is a
//! file. A line is looked up by its [`Keys`], so that what is learned once is found on any page at the price of reading its words.

mod gaps;
mod learn;
mod lines;
mod names;
mod openings;
mod pattern;
mod profile;
mod site;

pub use learn::{LEAST_STORIES, learn};
pub use lines::PageLines;
pub use names::{HEAD_BYTES, Names, host, key, names, site_key};
pub use pattern::{Keys, Level, parse, written};
pub use profile::Profile;
pub use site::{Share, Site, Spot, Template};
