//! The words that a headline and the text share, near enough whatever their endings.

use std::collections::HashSet;

use crate::measure::{Hashed, TokenKind, mix};
use crate::page::Block;

/// A set of words, by their hashes.
pub(super) type WordSet = HashSet<u64, Hashed>;

/// The words that some blocks hold.
pub(super) fn words_in<'b>(blocks: impl Iterator<Item = &'b Block>) -> WordSet {
    blocks.flat_map(words_of).collect()
}

/// Hashes of the stems of a block's longer words, and of the runs of letters of a script that parts none.
pub(super) fn words_of(block: &Block) -> Vec<u64> {
    let tokens = block.tokens();
    let long = tokens.iter().filter(|t| t.end - t.start >= LONG_BYTES && t.kind != TokenKind::Solo);
    let mut words: Vec<u64> = long.filter_map(|t| block.text.get(t.start as usize..t.end as usize)).map(stem).collect();
    if tokens.iter().any(|t| t.kind == TokenKind::Solo) {
        words.extend(signs(&block.text));
    }
    words
}

/// Bytes of the shortest word that says what a text is about.
const LONG_BYTES: u32 = 4;
/// Letters of a word that stay whatever its ending, near enough.
const STEM: usize = 5;

fn stem(word: &str) -> u64 {
    match word.as_bytes().first_chunk::<STEM>() {
        Some(letters) if letters.is_ascii() => {
            mix(0, letters.iter().fold(0, |word, letter| word << 8 | u64::from(letter.to_ascii_lowercase())))
        }
        _ => word.chars().take(STEM).flat_map(char::to_lowercase).fold(0, |hash, c| mix(hash, u64::from(u32::from(c)))),
    }
}

/// Hashes of the runs of letters, two of Chinese or Korean and four of Thai, which are a word near enough where none are parted. Runs with
/// hiragana are endings, which every text shares.
fn signs(text: &str) -> Vec<u64> {
    let letters: Vec<char> = text.chars().filter(|c| *c as u32 >= FIRST_SIGN && c.is_alphabetic()).collect();
    let run = if letters.first().is_some_and(|c| (*c as u32) < FIRST_IDEOGRAPH) { 4 } else { 2 };
    let hash = |run: &[char]| run.iter().fold(0, |hash, c| mix(hash, u64::from(u32::from(*c))));
    let is_ending = |run: &[char]| run.iter().any(|c| ('\u{3040}'..='\u{309F}').contains(c));
    letters.windows(run).filter(|run| !is_ending(run)).map(hash).collect()
}

/// The first letter of Thai, with which scripts without spaces begin, and the first of Chinese and Japanese.
const FIRST_SIGN: u32 = 0x0E00;
const FIRST_IDEOGRAPH: u32 = 0x2E80;
