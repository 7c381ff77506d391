//! The whole story of a block: `newsclean why`.
//!
//! A page is cleaned as ever, and a recorder looks on: who decided what in which round, and what the model saw and gave. From its
//! notes and the page, [`Story::of`] tells of one block all that led to its verdict; [`Story::find`] says which block holds a text.

mod find;
mod record;
mod told;

pub use crate::passes::{RoundName, Silence};
pub use find::{Found, How};
pub use record::Event;
pub use told::{Beside, Evidence, Judged, Measure, Told};

use crate::error::Error;
use crate::passes::Depth;
use crate::settings::Settings;
use crate::{Cleaned, judge, read};
use record::Recorder;

/// A cleaned page, and how it became what it is.
#[derive(Debug)]
pub struct Story {
    /// The page.
    pub cleaned: Cleaned,
    notes: Recorder,
}

/// Cleans the bytes of a page as [`crate::clean`] does, and keeps the story of each block. Takes several times as long.
///
/// # Errors
/// [`Error::Binary`] if the bytes are no text, [`Error::Damaged`] if the program itself is damaged.
pub fn story(bytes: &[u8], settings: &Settings) -> Result<Story, Error> {
    let mut notes = Recorder::default();
    let cleaned = judge(read::read_bytes(bytes, settings)?, settings, Depth::Stable, &mut Some(&mut notes))?;
    Ok(Story { cleaned, notes })
}
