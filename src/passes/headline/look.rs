//! What tells a headline from other lines: its look, and the words that the text takes up.

use std::collections::HashSet;

use super::super::signals::{Line, Words, line_in};
use super::super::stamp::{Stamp, stamp_of};
use crate::measure::{End, Hashed, mix};
use crate::page::{Block, Role};
use crate::rules::{Hit, is_byline_tail};

/// Words of the longest headline.
pub(super) const MOST_WORDS: u32 = 40;

/// The words of the first paragraphs, which take up those of the headline: below nine of ten headlines, and seldom below a section
/// heading, a name or a label.
pub(super) struct Below {
    stems: HashSet<u64, Hashed>,
    signs: HashSet<u64, Hashed>,
}

impl Below {
    pub(super) fn of<'b>(text: impl Iterator<Item = &'b Block>) -> Self {
        let mut below = Self { stems: HashSet::with_hasher(Hashed), signs: HashSet::with_hasher(Hashed) };
        for block in text {
            below.stems.extend(stems(&block.text));
            below.signs.extend(signs(&block.text));
        }
        below
    }

    /// Whether they take up words of the line.
    pub(super) fn takes_up(&self, line: &str) -> bool {
        let shared = |own: &mut dyn Iterator<Item = u64>, below: &HashSet<u64, Hashed>| {
            own.filter(|word| below.contains(word)).collect::<HashSet<u64, Hashed>>().len()
        };
        shared(&mut stems(line), &self.stems) >= SHARED_WORDS || shared(&mut signs(line), &self.signs) >= SHARED_WORDS
    }
}

/// Hashes of the first five letters of each longer word of `text`: its stem, near enough.
fn stems(text: &str) -> impl Iterator<Item = u64> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() >= 4);
    words.map(|w| w.chars().take(5).flat_map(char::to_lowercase).fold(0, |hash, c| mix(hash, u64::from(u32::from(c)))))
}

/// Hashes of the runs of letters, two of Chinese or Korean and four of Thai, which are a word near enough where none are parted. Runs with
/// hiragana are endings, which every text shares.
fn signs(text: &str) -> impl Iterator<Item = u64> {
    let letters: Vec<char> = text.chars().filter(|c| *c as u32 >= FIRST_SIGN && c.is_alphabetic()).collect();
    let run = if letters.first().is_some_and(|c| (*c as u32) < FIRST_IDEOGRAPH) { 4 } else { 2 };
    let hash = |run: &[char]| run.iter().fold(0, |hash, c| mix(hash, u64::from(u32::from(*c))));
    let is_ending = |run: &[char]| run.iter().any(|c| ('\u{3040}'..='\u{309F}').contains(c));
    letters.windows(run).filter(|run| !is_ending(run)).map(hash).collect::<Vec<_>>().into_iter()
}

/// The first letter of Thai, with which scripts without spaces begin, and the first of Chinese and Japanese.
const FIRST_SIGN: u32 = 0x0E00;
const FIRST_IDEOGRAPH: u32 = 0x2E80;

/// Words that a headline shares with the first paragraphs (dev pages: 90 % of the titles share two or more).
const SHARED_WORDS: usize = 2;

/// Words of the longest headline without a second sign. Scripts without spaces have shorter ones.
fn most_words(block: &Block) -> u32 {
    if block.shape.caseless() * 2 > block.shape.words() { MOST_WORDS } else { 25 }
}

/// Marks of the way from the home page to the page at hand.
const TRAIL: [&str; 3] = [" › ", " > ", " / "];

/// Whether a line without a second sign may be a headline: no sentence, no list item, not the end of a quote.
pub(super) fn is_headline_like(block: &Block) -> bool {
    let ends = matches!(block.shape.end, End::Sentence | End::Open | End::Colon | End::Ellipsis);
    // Of "Harbour Tubes profit rises 18% to 64.2 crore, board okays 2 as dividend" most are words.
    let numbers = block.shape.numbers();
    let strip = block.text.contains('°') || block.text.contains('%') && numbers >= 2 && block.shape.words() <= 3 * numbers;
    let trail = TRAIL.iter().any(|arrow| block.text.contains(arrow));
    is_title(block)
        && !ends
        && !strip
        && !trail
        && block.shape.words() <= most_words(block)
        && block.role != Role::Item
        && !ends_quote(&block.text)
}

/// A quote that began further up: the tail of a paragraph.
fn ends_quote(text: &str) -> bool {
    text.ends_with(['”', '"', '»']) && !text.contains(['“', '„', '«']) && text.matches('"').count() < 2
}

/// Whether a block above the headline is furniture that says nothing about it.
pub(super) fn is_passed_over(block: &Block) -> bool {
    let words = Words::of(block);
    !block.is_open()
        || matches!(line_in(&words), Line::Date | Line::Symbols | Line::SignOff)
        || is_byline(&block.text)
        || matches!(stamp_of(&words), Some(Stamp::Dated | Stamp::Desk))
}

fn is_byline(text: &str) -> bool {
    text.split_once(' ')
        .is_some_and(|(first, rest)| first.chars().count() <= 3 && text.len() < 60 && is_byline_tail(rest) && rest.split(' ').count() <= 4)
}

/// Whether the block may be a headline by its look.
pub(super) fn is_title(block: &Block) -> bool {
    let shape = &block.shape;
    block.is_open()
        && block.role != Role::Row
        && (2..=MOST_WORDS).contains(&shape.words())
        && shape.chars() >= 8
        && shape.numbers() * 3 <= shape.words()
        && !(shape.is_prose() && shape.is_running())
        && !block.hits.iter().any(Hit::is_certain)
        && !matches!(shape.end, End::Open)
}
