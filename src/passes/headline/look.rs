//! What tells a headline from other lines: its look, and the words that the text takes up.

use super::super::signals::{Line, Words, line_in};
use super::super::stamp::{Stamp, stamp_of};
use super::words::{WordSet, words_of};
use crate::measure::End;
use crate::page::{Block, Role};
use crate::rules::{Hit, is_byline_tail};

/// Words of the longest headline.
pub(super) const MOST_WORDS: u32 = 40;

/// Whether the first paragraphs, which hold the words `below`, take up those of the line: below nine of ten headlines, and seldom below a
/// section heading, a name or a label.
pub(super) fn is_taken_up(line: &Block, below: &WordSet) -> bool {
    let shared: WordSet = words_of(line).into_iter().filter(|word| below.contains(word)).collect();
    shared.len() >= SHARED_WORDS
}

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
        && !block.hits().iter().any(Hit::is_certain)
        && !matches!(shape.end, End::Open)
}
