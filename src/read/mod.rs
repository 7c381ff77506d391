//! From bytes to a [`Page`]: decode, tell how the text is laid out, cut it into blocks, measure each.

mod decode;
mod fragments;
mod html;
mod line;
mod markdown;
mod raw;
mod text;
mod wrap;

use std::ops::Range;
use std::sync::Arc;

pub use decode::decode;
pub(crate) use line::{is_blank, split};
pub(crate) use markdown::is_comment;

use crate::error::Error;
use crate::measure::{Token, TokenKind, measure, mix, samples, tokenize_into};
use crate::model;
use crate::page::{Block, Page, Role};
use crate::rules::{BUILTIN, Matcher, Scratch};
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
    let mut page = blocks(text, settings);
    let mut scratch = Scratch::default();
    let mut kept = Vec::with_capacity(text.len().min(USUAL_BYTES) / WORD_BYTES);
    let mut ends = Vec::with_capacity(page.blocks.len().min(KEPT_BLOCKS));
    for (i, block) in page.blocks.iter_mut().enumerate() {
        look_at(block, &mut page.content, &mut scratch);
        if i < KEPT_BLOCKS {
            if block.text.len() <= KEPT_BYTES {
                kept.extend_from_slice(&scratch.tokens);
            }
            ends.push(kept.len());
        }
    }
    let (kept, mut from) = (Arc::new(kept), 0);
    for (block, to) in page.blocks.iter_mut().zip(ends) {
        block.keep_tokens(&kept, std::mem::replace(&mut from, to)..to);
    }
    page
}

/// The blocks of a decoded text, not yet measured: the first step of [`read_text`].
pub fn blocks(text: &str, settings: &Settings) -> Page {
    if is_html(text, settings) { html::page(text) } else { text::blocks(text) }
}

/// Reads of a page whose beginning is `text` only what it says of itself: the data of an HTML page, the first line of a text.
pub(crate) fn head(text: &str, settings: &Settings) -> Page {
    if is_html(text, settings) {
        let body = text.to_ascii_lowercase().find("<body").and_then(|at| text.get(..at)).unwrap_or(text);
        return html::page(body);
    }
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    text::blocks(line)
}

fn is_html(text: &str, settings: &Settings) -> bool {
    match settings.source {
        Source::Auto => html::is_html(text),
        Source::Text => false,
        Source::Html => true,
    }
}

/// Blocks of a page whose words are kept while it is cleaned, as many passes ask for them: all of a usual page, where the words of
/// millions of lines would be larger than the page.
const KEPT_BLOCKS: usize = 1 << 12;
/// Longest text whose words are kept: paragraphs are asked about rarely.
const KEPT_BYTES: usize = 400;
/// Bytes of a usual page, and how many of a page there are to a word: the list of the words that are kept has room for those of such a page,
/// and grows but rarely.
const USUAL_BYTES: usize = 25_600;
const WORD_BYTES: usize = 8;

/// Measures a block and finds the built-in rules that match it.
fn look_at(block: &mut Block, content: &mut Vec<u32>, scratch: &mut Scratch) {
    scratch.tokens.clear();
    let marks = tokenize_into(head_of(&block.text), &mut scratch.tokens);
    block.shape = measure(&block.text, &scratch.tokens, marks);
    block.lexical = model::BUILTIN.words().score(&scratch.tokens);
    block.set_content(content_of(&scratch.tokens, content));
    block.set_samples(samples(&block.shape, &scratch.tokens));
    block.set_hits(Matcher::new(&BUILTIN, &BUILTIN).of_tokens(&block.text, &block.shape, scratch));
}

/// Measures a block whose text a pass has cut, and finds the built-in rules that match what is left.
pub(crate) fn remeasure(block: &mut Block, content: &mut Vec<u32>) {
    look_at(block, content, &mut Scratch::default());
}

/// Appends the hashes of the long words, which name what a text is about; returns where they stand.
fn content_of(tokens: &[Token], content: &mut Vec<u32>) -> Range<usize> {
    let start = content.len();
    let mut before = 0;
    for token in tokens {
        // Where words are not set apart, two characters are a word's length.
        let solo = if token.kind == TokenKind::Solo { token.word } else { 0 };
        if solo != 0 && before != 0 {
            content.push((mix(before, solo) >> 32) as u32);
        } else if says_what(token) {
            content.push((token.word >> 32) as u32);
        }
        before = solo;
    }
    start..content.len()
}

/// Bytes of the shortest word that names a thing rather than binds others: five letters, or two characters of a script with more
/// bytes a letter.
const LONG_BYTES: u32 = 5;

fn says_what(token: &Token) -> bool {
    token.end - token.start >= LONG_BYTES && !matches!(token.kind, TokenKind::Number | TokenKind::Solo)
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

pub(crate) fn head_of(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MEASURED_BYTES)).unwrap_or(text)
}
