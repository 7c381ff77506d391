//! From bytes to a [`Page`]: decode, tell how the text is laid out, cut it into blocks, measure each.

mod decode;
mod fragments;
mod html;
mod line;
mod markdown;
mod text;
mod wrap;

use std::borrow::Cow;

pub use decode::decode;

use crate::error::Error;
use crate::measure::{measure, tokenize_into};
use crate::page::{Block, Page, Role};
use crate::rules::{BUILTIN, Matcher, RuleSet, Scratch};
use crate::settings::{Settings, Source};

/// Reads a page from the bytes of a scraped file.
///
/// # Errors
/// [`Error::Binary`] if the bytes are no text.
pub fn read_bytes(bytes: &[u8], settings: &Settings) -> Result<Page, Error> {
    Ok(read_text(&decode(bytes)?, settings))
}

/// Reads a page from decoded text.
pub fn read_text(text: &str, settings: &Settings) -> Page {
    let is_html = match settings.source {
        Source::Auto => html::is_html(text),
        Source::Text => false,
        Source::Html => true,
    };
    let mut page = if is_html { html::page(text) } else { text::blocks(text) };
    let mut scratch = Scratch::default();
    for block in &mut page.blocks {
        look_at(block, settings.rules.as_deref(), &mut scratch);
    }
    page
}

/// Measures a block and finds the rules that match it; `own` rules first: where both match, the user's word is the reason.
fn look_at(block: &mut Block, own: Option<&RuleSet>, scratch: &mut Scratch) {
    scratch.tokens.clear();
    let marks = tokenize_into(head_of(&block.text), &mut scratch.tokens);
    block.shape = measure(&block.text, &scratch.tokens, marks);
    for rules in own.into_iter().chain([&*BUILTIN]) {
        Matcher::new(rules, &BUILTIN).find(&block.text, &block.shape, scratch, &mut block.hits);
    }
}

/// Measures a block whose text a pass has cut, and finds the built-in rules that match what is left.
pub(crate) fn remeasure(block: &mut Block) {
    look_at(block, None, &mut Scratch::default());
}

/// What a line of text is by its marks.
pub(crate) fn role_of(text: &str) -> Role {
    if line::item_mark(text).is_some() {
        Role::Item
    } else if wrap::is_row(text) {
        Role::Row
    } else {
        Role::Paragraph
    }
}

/// Most bytes of a block whose words are looked at: sixteen times the longest paragraph of the annotated articles. Beyond it a
/// block is a wall of text, and measuring its head is enough.
const MEASURED_BYTES: usize = 1 << 16;

fn head_of(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MEASURED_BYTES)).unwrap_or(text)
}

/// Text of a lossy decoding, borrowed where nothing had to change.
type Text<'a> = Cow<'a, str>;
