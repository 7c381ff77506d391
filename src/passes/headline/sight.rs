//! What tells the headline from the other lines of a dump: signs of each line, and what each speaks for it.

use std::collections::HashMap;
use std::ops::Range;

use super::words::{WordSet, words_in, words_of};
use crate::measure::{End, Hashed, ends_in_stop};
use crate::page::{Block, Kind, Level, Page, Role, Step, Verdict};
use crate::rules::Hit;

/// What is asked of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Its words that the text takes up.
    TakenUp,
    /// Those that the first paragraphs take up.
    AtFirst,
    /// The share of its words that the text takes up.
    Share,
    /// The logarithm of the blocks between it and the first paragraph.
    Distance,
    /// These are more than ten.
    Far,
    /// It stands below the beginning of the first paragraph.
    Below,
    /// A byline stands right below.
    Signed,
    /// A line near it, or one of the page's first, holds it with something more: the page's title, the trail to it.
    Held,
    /// It is said again on the page.
    Again,
    /// It has few words.
    Few,
    /// It has many.
    Many,
    /// It ends with a full stop.
    Stop,
    /// It ends with a comma or colon.
    Open,
    /// It is a trail of sections.
    Trail,
    /// It is a list item.
    Item,
    /// It is in capitals.
    Capitals,
    /// Words of the three blocks above, on average.
    Above,
    /// The model, which does not know the headline, keeps it.
    Kept,
    /// It is marked as a heading of the first level.
    First,
    /// It is marked as a heading of another.
    Heading,
    /// A rule has a hint that it is furniture.
    Hinted,
    /// The share of numbers in it.
    Numbers,
}

/// What each sign speaks for a line, in log-odds against the other lines of its page: learned by conditional logistic regression
/// (`cargo run --release --example train -- FOLDER --headline`), in the order of [`Sign`].
pub const WEIGHTS: [(Sign, f32); 22] = [
    (Sign::TakenUp, 0.38),
    (Sign::AtFirst, 0.57),
    (Sign::Share, 1.63),
    (Sign::Distance, -0.71),
    (Sign::Far, 0.01),
    (Sign::Below, -1.45),
    (Sign::Signed, 2.29),
    (Sign::Held, 2.19),
    (Sign::Again, 0.43),
    (Sign::Few, -1.68),
    (Sign::Many, -2.32),
    (Sign::Stop, -4.46),
    (Sign::Open, -4.72),
    (Sign::Trail, -3.62),
    (Sign::Item, -2.57),
    (Sign::Capitals, -1.00),
    (Sign::Above, -0.17),
    (Sign::Kept, -2.36),
    (Sign::First, 4.72),
    (Sign::Heading, -0.15),
    (Sign::Hinted, -1.61),
    (Sign::Numbers, 0.55),
];

/// The signs of a line, a value for each [`Sign`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Signs([f32; WEIGHTS.len()]);

impl Signs {
    /// The values in the order of [`Sign`].
    pub fn values(&self) -> &[f32] {
        &self.0
    }

    fn set(&mut self, sign: Sign, value: f32) {
        if let Some(slot) = self.0.get_mut(sign as usize) {
            *slot = value;
        }
    }

    fn mark(&mut self, sign: Sign, is: bool) {
        self.set(sign, f32::from(u8::from(is)));
    }

    pub(super) fn score(&self) -> f32 {
        self.0.iter().zip(&WEIGHTS).map(|(value, (_, weight))| value * weight).sum()
    }

    /// The most that a second look, which only finds marks, may add to a score.
    pub(super) fn most_gain() -> f32 {
        WEIGHTS.iter().filter(|(sign, _)| LATE.contains(sign)).map(|(_, weight)| weight.max(0.0)).sum()
    }
}

/// The signs that take a search, for which only lines are looked at that may still win.
const LATE: [Sign; 2] = [Sign::Held, Sign::Trail];

/// Blocks above the first paragraph, and below its beginning, among which the headline stands.
const REACH: (usize, usize) = (200, 3);
/// Fewest words of a paragraph, of a sentence that is one, and how many of them are read: all, and those that a headline is about.
const PARAGRAPH: u32 = 12;
const SENTENCE: u32 = 6;
const READ: usize = 12;
const FIRST: usize = 3;
/// Fewest and most words of a headline.
const WORDS: std::ops::RangeInclusive<u32> = 2..=40;
/// Fewest words of a line that is not short, and of one that another holds with something more.
const FEW: u32 = 4;
const HELD_WORDS: u32 = 3;
/// Most words of a line that is not long.
const MANY: u32 = 16;
/// What parts the sections of a trail.
const TRAIL: [&str; 5] = [" › ", " > ", " / ", " | ", " » "];

/// What the lines of a page are judged by.
pub(super) struct Sight<'p> {
    page: &'p Page,
    /// The first paragraph.
    first: usize,
    text: WordSet,
    opening: WordSet,
    said: HashMap<u64, u32, Hashed>,
}

impl<'p> Sight<'p> {
    /// None on a page without a paragraph.
    pub(super) fn of(page: &'p Page) -> Option<Self> {
        let is_paragraph = |block: &Block| block.is_open() && (block.shape.words() >= PARAGRAPH || is_sentence(block));
        let first = page.blocks.iter().position(is_paragraph)?;
        let paragraphs = || page.blocks.iter().skip(first).filter(|block| is_paragraph(block));
        let opening = words_in(paragraphs().take(FIRST));
        let mut text = opening.clone();
        text.extend(words_in(paragraphs().take(READ).skip(FIRST)));
        Some(Self { page, first, text, opening, said: said(page) })
    }

    /// The lines that are near enough.
    pub(super) fn lines(&self) -> Range<usize> {
        self.first.saturating_sub(REACH.0)..self.page.blocks.len().min(self.first + REACH.1)
    }

    /// The signs of block `i` but those that take a search; none if it is no line that may be a headline.
    pub(super) fn glance(&self, i: usize) -> Option<Signs> {
        let block = self.page.blocks.get(i).filter(|block| may_be(block))?;
        let shape = &block.shape;
        let mut words = words_of(block);
        words.sort_unstable();
        words.dedup();
        let taken_up = |text: &WordSet| words.iter().filter(|word| text.contains(word)).count();
        let in_text = taken_up(&self.text);
        // A short line that the text says nothing of is the site's name: "Riverton Post" above the byline. A paragraph takes itself up.
        if shape.words() < FEW && in_text == 0 || i >= self.first && shape.end == End::Sentence {
            return None;
        }
        let distance = self.first.abs_diff(i);
        let mut signs = Signs::default();
        signs.set(Sign::TakenUp, in_text.min(6) as f32);
        signs.set(Sign::AtFirst, taken_up(&self.opening).min(5) as f32);
        signs.set(Sign::Share, in_text as f32 / words.len().max(1) as f32);
        signs.set(Sign::Distance, (distance as f32).ln_1p());
        signs.set(Sign::Above, self.words_above(i));
        signs.set(Sign::Numbers, shape.numbers() as f32 / shape.words().max(1) as f32);
        let marks = [
            (Sign::Far, distance > 10),
            (Sign::Below, i > self.first),
            (Sign::Signed, self.is_signed(i)),
            (Sign::Again, self.said.get(&shape.sum).is_some_and(|n| *n > 1)),
            (Sign::Few, shape.words() < FEW),
            (Sign::Many, shape.words() > MANY),
            (Sign::Stop, shape.end == End::Sentence && ends_in_stop(&block.text)),
            (Sign::Open, matches!(shape.end, End::Open | End::Colon)),
            (Sign::Item, block.role == Role::Item || block.text.starts_with(['*', '•', '-', '+', '□'])),
            (Sign::Capitals, shape.is_shouted()),
            (Sign::Kept, block.is_open()),
            (Sign::First, block.role == Role::Heading(Level::H1)),
            (Sign::Heading, matches!(block.role, Role::Heading(level) if level > Level::H1)),
            (Sign::Hinted, !block.hits().is_empty()),
        ];
        marks.into_iter().for_each(|(sign, is)| signs.mark(sign, is));
        Some(signs)
    }

    /// Adds the signs of block `i` that take a search.
    pub(super) fn look(&self, i: usize, signs: &mut Signs) {
        let Some(block) = self.page.blocks.get(i) else { return };
        signs.mark(Sign::Held, self.is_held(i, block));
        signs.mark(Sign::Trail, TRAIL.iter().any(|mark| block.text.contains(mark)));
    }

    fn is_signed(&self, i: usize) -> bool {
        self.page.blocks.iter().skip(i + 1).take(3).any(|block| block.dropped_as() == Some(Kind::Byline))
    }

    fn is_held(&self, i: usize, line: &Block) -> bool {
        let near = self.page.blocks.iter().skip(i.saturating_sub(12)).take(25);
        let more = |block: &Block| block.text.len() > line.text.len() && block.text.len() < line.text.len() + 60;
        line.shape.words() >= HELD_WORDS && self.page.blocks.iter().take(3).chain(near).any(|b| more(b) && b.text.contains(&*line.text))
    }

    fn words_above(&self, i: usize) -> f32 {
        let above = self.page.blocks.get(i.saturating_sub(3)..i).unwrap_or_default();
        let words: u32 = above.iter().map(|block| block.shape.words()).sum();
        (words as f32 / above.len().max(1) as f32).min(20.0)
    }
}

/// Whether a block is a short sentence, as those that answer a question: "Seven euros. Five for pensioners."
fn is_sentence(block: &Block) -> bool {
    block.shape.end == End::Sentence && block.shape.words() >= SENTENCE
}

/// How often each line is said on the page.
fn said(page: &Page) -> HashMap<u64, u32, Hashed> {
    let mut said = HashMap::with_hasher(Hashed);
    page.blocks.iter().for_each(|block| *said.entry(block.shape.sum).or_insert(0) += 1);
    said
}

/// Whether a block may be a headline: a line that stays, be it by the user's own rule, or that the model has dropped, or a list of other
/// stories that stands above.
fn may_be(block: &Block) -> bool {
    (!block.is_dropped() || dropped_by(block, Step::Model) || dropped_by(block, Step::Related) && !block.hits().iter().any(Hit::is_certain))
        && WORDS.contains(&block.shape.words())
        && !matches!(block.role, Role::Row | Role::Code)
}

fn dropped_by(block: &Block, step: Step) -> bool {
    matches!(block.verdict(), Verdict::Drop(why) if why.pass == step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_weight_stands_at_the_place_of_its_sign() {
        assert!(WEIGHTS.iter().enumerate().all(|(at, (sign, _))| *sign as usize == at));
    }
}
