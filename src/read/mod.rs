//! From bytes to a [`Page`]: decode, tell how the text is laid out, cut it into blocks, measure each.

mod decode;
mod fragments;
mod line;
mod markdown;
mod text;
mod wrap;

use std::borrow::Cow;

pub use decode::decode;

use crate::error::Error;
use crate::measure::{measure, tokenize_into};
use crate::page::Page;
use crate::rules::{BUILTIN, Matcher, Scratch};
use crate::settings::Settings;

/// Reads a page from the bytes of a scraped file.
///
/// # Errors
/// [`Error::Binary`] if the bytes are no text.
pub fn read_bytes(bytes: &[u8], settings: &Settings) -> Result<Page, Error> {
    Ok(read_text(&decode(bytes)?, settings))
}

/// Reads a page from decoded text.
pub fn read_text(text: &str, settings: &Settings) -> Page {
    let mut page = text::blocks(text);
    let builtin = Matcher::new(&BUILTIN, &BUILTIN);
    let own = settings.rules.as_deref().map(|rules| Matcher::new(rules, &BUILTIN));
    let mut scratch = Scratch::default();
    for block in &mut page.blocks {
        scratch.tokens.clear();
        let marks = tokenize_into(head_of(&block.text), &mut scratch.tokens);
        block.shape = measure(&block.text, &scratch.tokens, marks);
        // Own rules first: where both match, the user's word is the reason.
        for matcher in own.iter().chain([&builtin]) {
            matcher.find(&block.text, &block.shape, &mut scratch, &mut block.hits);
        }
    }
    page
}

/// Most bytes of a block whose words are looked at: sixteen times the longest paragraph of the annotated articles. Beyond it a
/// block is a wall of text, and measuring its head is enough.
const MEASURED_BYTES: usize = 1 << 16;

fn head_of(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MEASURED_BYTES)).unwrap_or(text)
}

/// Text of a lossy decoding, borrowed where nothing had to change.
type Text<'a> = Cow<'a, str>;
