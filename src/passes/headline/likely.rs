//! The headline of a dump by the text that the model kept, where nothing more certain tells it: of the lines above the first paragraph
//! the likeliest.

use std::collections::HashMap;

use super::super::byline;
use super::super::verse::is_verse;
use super::find::{page_title, whole_or_cut};
use super::settle_on;
use super::words::{Words, words_in, words_of};
use crate::measure::{End, Hashed, ends_in_stop};
use crate::model::{self, BARS};
use crate::page::{Block, Density, Kind, Page, Role, Step, Verdict};

pub(in super::super) const NAME: Step = Step::Title;

/// Finds it, and takes it back if the model had dropped it, with the standfirst below; the names of who wrote the article go.
pub(in super::super) fn run(page: &mut Page) {
    if page.facts.headline.is_some() || page.facts.density == Density::Article || is_verse(page) {
        return;
    }
    let Some(at) = likeliest(page) else {
        // A page of no paragraph: its title, if the name of the site stands in it.
        if let Some(found) = page_title(page) {
            settle_on(page, &found);
        }
        return;
    };
    take_back(page, at);
    let Some(block) = page.blocks.get(at) else { return };
    let found = whole_or_cut(block, at, page);
    settle_on(page, &found);
    if page.blocks.get(at + 1).is_some_and(is_standfirst) {
        take_back(page, at + 1);
    }
    byline::run(page);
}

fn take_back(page: &mut Page, at: usize) {
    if let Some(block) = page.blocks.get_mut(at).filter(|block| block.is_dropped()) {
        block.reopen();
    }
}

/// Whether the block below the headline is a sentence or more that the model, which did not know the headline, has dropped.
fn is_standfirst(block: &Block) -> bool {
    let says = block.shape.is_prose() || block.shape.end == End::Sentence && block.shape.words() >= SENTENCE;
    says && judged(block).is_some_and(|chance| chance >= model::chance(BARS.sentence))
}

/// Fewest words of a standfirst.
const SENTENCE: u32 = 4;

/// How likely the model held a block that it has dropped to be text.
fn judged(block: &Block) -> Option<f32> {
    match block.verdict() {
        Verdict::Drop(why) if why.pass == Step::Model => why.score(),
        _ => None,
    }
}

/// Blocks above the first paragraph, and below its beginning, among which the headline stands.
const REACH: (usize, usize) = (200, 3);
/// Fewest words of a paragraph, and how many of them are read: all, and those that a headline is about.
const PARAGRAPH: u32 = 12;
const READ: usize = 24;
const FIRST: usize = 3;
/// Fewest and most words of a headline.
const WORDS: std::ops::RangeInclusive<u32> = 2..=40;
/// Fewest words of a line that is not short.
const FEW: u32 = 4;
/// Fewest words of a line that another one holds with something more.
const HELD_WORDS: u32 = 3;
/// A headline scores more than a line about which nothing is known but that it stands far above the text.
const LEAST: f32 = -1.0;

/// How likely a line is the headline, in log-odds against the other lines of its page.
struct Weights {
    /// For each word that the text takes up, and that its first paragraphs do.
    taken_up: f32,
    at_first: f32,
    /// For the share of its words that the text takes up.
    share: f32,
    /// For the logarithm of the blocks between it and the first paragraph; more than ten; below its beginning.
    distance: f32,
    far: f32,
    below: f32,
    /// A byline stands right below.
    signed: f32,
    /// A line near it, or the page's first, holds it with something more: the page's title.
    held: f32,
    /// It is said again on the page.
    again: f32,
    /// It has few words, or many.
    few: f32,
    many: f32,
    /// It ends with a full stop; with a comma or colon.
    stop: f32,
    open: f32,
    /// It is a trail of sections, a list item, in capitals.
    trail: f32,
    item: f32,
    capitals: f32,
    /// For each word of the three blocks above, on average.
    above: f32,
}

/// Learned by conditional logistic regression from the 1,700 dumps of the training pages whose title is a line: which line of each it
/// is. On the dev pages the headline found is the title on 76 of 100 dumps whose title is a line, and was on 65 by rules alone.
const WEIGHTS: Weights = Weights {
    taken_up: 0.30,
    at_first: 0.56,
    share: 1.17,
    distance: -0.33,
    far: -0.90,
    below: -1.37,
    signed: 2.52,
    held: 3.1,
    again: 0.31,
    few: -1.72,
    many: -3.88,
    stop: -5.79,
    open: -5.45,
    trail: -2.61,
    item: -2.74,
    capitals: -2.57,
    above: -0.19,
};

fn likeliest(page: &Page) -> Option<usize> {
    let is_paragraph = |block: &Block| block.is_open() && block.shape.words() >= PARAGRAPH;
    let text: Vec<&Block> = page.blocks.iter().filter(|block| is_paragraph(block)).take(READ).collect();
    let first = page.blocks.iter().position(is_paragraph)?;
    let opening = words_in(text.iter().take(FIRST).copied());
    let sight = Sight { page, first, text: words_in(text.into_iter()), opening, said: said(page) };
    let lines = first.saturating_sub(REACH.0)..page.blocks.len().min(first + REACH.1);
    let mut lines: Vec<(usize, Scored)> = lines.filter_map(|i| Some((i, sight.glance(i)?))).collect();
    // Those that may score most are looked at first, the upper one of two of the same words: then most others need no look.
    lines.sort_by(|(_, a), (_, b)| b.most.total_cmp(&a.most));
    let mut best: Option<(usize, f32)> = None;
    for (i, line) in lines {
        let least = best.map_or(LEAST, |(_, score)| score);
        if line.most < least {
            break;
        }
        let Some(score) = sight.score(i, line.sure) else { continue };
        // Of equals the first: a title is said again as a subheading.
        if score > least || score >= least && best.is_none_or(|(at, _)| i < at) {
            best = Some((i, score));
        }
    }
    best.map(|(i, _)| i)
}

/// How often each line is said on the page.
fn said(page: &Page) -> HashMap<u64, u32, Hashed> {
    let mut said = HashMap::with_hasher(Hashed);
    page.blocks.iter().for_each(|block| *said.entry(block.shape.sum).or_insert(0) += 1);
    said
}

/// What a line scores by what is told of it without a search.
struct Scored {
    sure: f32,
    /// The most that a search may make of it.
    most: f32,
}

/// What the lines of a page are judged by.
struct Sight<'p> {
    page: &'p Page,
    first: usize,
    text: Words,
    opening: Words,
    said: HashMap<u64, u32, Hashed>,
}

impl Sight<'_> {
    /// What block `i` scores by its words, its place and its look; none if it is no line that may be a headline.
    fn glance(&self, i: usize) -> Option<Scored> {
        let block = self.page.blocks.get(i).filter(|block| may_be(block))?;
        let w = &WEIGHTS;
        let shape = &block.shape;
        let mut words = words_of(block);
        words.sort_unstable();
        words.dedup();
        let taken_up = |text: &Words| words.iter().filter(|word| text.contains(word)).count();
        let (in_text, at_first) = (taken_up(&self.text), taken_up(&self.opening));
        // A short line that the text says nothing of is the site's name: "Riverton Post" above the byline. A paragraph takes itself up.
        if shape.words() < FEW && in_text == 0 || i >= self.first && shape.end == End::Sentence {
            return None;
        }
        let share = in_text as f32 / words.len().max(1) as f32;
        let distance = self.first.abs_diff(i);
        let marks: [(bool, f32); 10] = [
            (distance > 10, w.far),
            (i > self.first, w.below),
            (self.is_signed(i), w.signed),
            (self.said.get(&shape.sum).is_some_and(|n| *n > 1), w.again),
            (shape.words() < FEW, w.few),
            (shape.words() > 16, w.many),
            (matches!(shape.end, End::Open | End::Colon), w.open),
            (block.role == Role::Item || block.text.starts_with(['*', '•', '-', '+', '□']), w.item),
            (shape.is_shouted(), w.capitals),
            (true, w.above * self.words_above(i)),
        ];
        let of_marks: f32 = marks.iter().filter(|(is, _)| *is).map(|(_, weight)| weight).sum();
        let of_words = w.taken_up * in_text.min(6) as f32 + w.at_first * at_first.min(5) as f32 + w.share * share;
        let sure = of_words + of_marks + w.distance * (distance as f32).ln_1p();
        let may_be_held = shape.words() >= HELD_WORDS;
        Some(Scored { sure, most: if may_be_held { sure + w.held } else { sure } })
    }

    /// The score of block `i`, which has `sure` of it by its words, its place and its look.
    fn score(&self, i: usize, sure: f32) -> Option<f32> {
        let block = self.page.blocks.get(i)?;
        let w = &WEIGHTS;
        let marks = [
            (self.is_held(i, block), w.held),
            (block.shape.end == End::Sentence && ends_in_stop(&block.text), w.stop),
            ([" › ", " > ", " / ", " | ", " » "].iter().any(|mark| block.text.contains(mark)), w.trail),
        ];
        Some(sure + marks.iter().filter(|(is, _)| *is).map(|(_, weight)| weight).sum::<f32>())
    }

    fn is_signed(&self, i: usize) -> bool {
        self.page.blocks.iter().skip(i + 1).take(3).any(|block| block.dropped_as() == Some(Kind::Byline))
    }

    /// Whether the page's first lines or one near holds the line with a little more: the title with the site's name, the trail to it.
    fn is_held(&self, i: usize, line: &Block) -> bool {
        let near = self.page.blocks.iter().skip(i.saturating_sub(12)).take(25);
        let more = |block: &Block| block.text.len() > line.text.len() && block.text.len() < line.text.len() + 60;
        line.shape.words() >= HELD_WORDS && self.page.blocks.iter().take(3).chain(near).any(|b| more(b) && b.text.contains(&*line.text))
    }

    /// Words of the three blocks above, on average.
    fn words_above(&self, i: usize) -> f32 {
        let above = self.page.blocks.get(i.saturating_sub(3)..i).unwrap_or_default();
        let words: u32 = above.iter().map(|block| block.shape.words()).sum();
        (words as f32 / above.len().max(1) as f32).min(20.0)
    }
}

/// Whether a block may be a headline: a line that stays, be it by the user's own rule, or that nothing but the model has dropped.
fn may_be(block: &Block) -> bool {
    (!block.is_dropped() || judged(block).is_some())
        && WORDS.contains(&block.shape.words())
        && !matches!(block.role, Role::Row | Role::Code)
}
