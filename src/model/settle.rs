//! From scores to decisions: how sure the model must be, by the page and by what stands beside a block.
//!
//! An article goes on until something ends it. So a block that stays on its own score holds those beside it: paragraphs that
//! follow one another, and the few lines between two paragraphs, go only if the model is surer. As with the two thresholds of
//! Canny 1986 for edges, this costs nothing where the model is right and saves the last paragraph where it is not.

use crate::measure::{End, Shape};
use crate::page::{Density, Page, Role};

/// When a block stays, in log-odds of being article text.
#[derive(Debug, Clone, Copy)]
pub struct Bars {
    /// On a page of furniture.
    pub dump: f32,
    /// On a page that shows no furniture: an article, or what an extractor left.
    pub article: f32,
    /// A paragraph right above or below one that stays.
    pub next: f32,
    /// A paragraph with nothing but a few dropped lines between it and one that stays.
    pub across: f32,
    /// The same, or a sentence, with open lines between that go.
    pub apart: f32,
    /// A sentence too short for a paragraph, beside a paragraph that stays; and a paragraph below a list that does.
    pub sentence: f32,
    /// One of a few lines between two paragraphs that stay.
    pub between: f32,
    /// The only line between two paragraphs that stay, a subheading if not an insert; list items there, and on a page that shows no
    /// furniture any line there.
    pub alone: f32,
}

/// The bars in use. On dumps from -0.8 to 0 the mean F1 changes by .002, so that the page decides little; on articles -1 gains .0005
/// on extractors' outputs and costs .0001 of clean articles' words. `next` costs nothing down to -3, `between` .0006 at -1.2, `alone`
/// .0002 at -3 (dev pages, `train --look`).
pub const BARS: Bars =
    Bars { dump: -0.3, article: -1.5, next: -3.0, across: -3.0, apart: -0.5, sentence: -2.2, between: -1.6, alone: -3.0 };

/// The bars for a page that was read as HTML: its markup says so much that each block can nearly be judged by itself. F1 on the dev
/// pages rises by .0005 to .002 from 0.2 to 0.6 (five trainings) and is .010 lower with the bars for text; a page without furniture
/// is judged more mildly, which costs nothing.
pub const HTML_BARS: Bars =
    Bars { dump: 0.5, article: -0.5, next: -1.0, across: -0.5, apart: 0.25, sentence: -0.5, between: -0.6, alone: -1.0 };

impl Bars {
    /// The bars for `page`.
    pub fn of(page: &Page) -> &'static Self {
        if page.markup.is_some() { &HTML_BARS } else { &BARS }
    }
}

/// Most lines of an insert in the midst of an article, and one.
const INSERT: usize = 7;

/// Most open lines between two paragraphs that belong to what they stand in.
const REACH: usize = 6;

/// Whether a block stays, and why.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settled {
    /// Whether it stays.
    pub stays: bool,
    /// What kept it, or came nearest to it.
    pub ground: Ground,
    /// The bar that its score reached; of a block that goes, the lowest that it was held against.
    pub bar: f32,
}

/// What may keep a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Its own score.
    Own,
    /// A paragraph that stays is right beside it.
    Next,
    /// Nothing but lines that went stands between it and a paragraph that stays.
    Across,
    /// A paragraph that stays is near, with open lines between.
    Apart,
    /// It is a sentence near a paragraph that stays, or a paragraph below a list that does.
    Sentence,
    /// It stands right below the headline.
    Standfirst,
    /// It is one of a few lines between two paragraphs that stay.
    Between,
    /// It is the only line there, or belongs there by its form.
    Alone,
    /// It is a line of a list that the paragraph above announces with a colon.
    Announced,
    /// The page shows no furniture, is mostly prose, and would be empty.
    Whole,
}

impl Settled {
    /// Holds a block that does not stay yet against another bar.
    fn hold(&mut self, odds: f32, ground: Ground, bar: f32) {
        if !self.stays && (odds >= bar || bar < self.bar) {
            *self = Self { stays: odds >= bar, ground, bar };
        }
    }
}

/// How far below a line that stays, as those of a list do, a paragraph stands that belongs to it: the last rows may have gone.
const LIST_TAIL: usize = 3;

/// Whether each block of `page` stays, by the log-odds of each.
pub fn settle(page: &Page, odds: &[f32], bars: &Bars) -> Vec<bool> {
    settled(page, odds, bars).iter().map(|block| block.stays).collect()
}

/// The same, with the ground of each.
pub fn settled(page: &Page, odds: &[f32], bars: &Bars) -> Vec<Settled> {
    let bar = if page.facts.density == Density::Article { bars.article } else { bars.dump };
    let mut stays: Vec<Settled> = odds.iter().map(|odds| Settled { stays: *odds >= bar, ground: Ground::Own, bar }).collect();
    let open: Vec<usize> = (0..stays.len()).filter(|i| page.blocks.get(*i).is_some_and(|b| b.is_open())).collect();
    spread(page, odds, bars, &mut stays, open.iter().copied());
    spread(page, odds, bars, &mut stays, open.iter().copied().rev());
    standfirst(page, odds, bars, &mut stays);
    fill(page, odds, bars, &mut stays, &open);
    announced(page, odds, bars, &mut stays, &open);
    // Where nothing shows furniture, a page of paragraphs is rather text as a whole than not at all.
    let nothing = !open.iter().any(|i| is_kept(&stays, *i));
    if nothing && page.facts.density == Density::Article && is_mostly_prose(page, &open) {
        stays.fill(Settled { stays: true, ground: Ground::Whole, bar: f32::NEG_INFINITY });
    }
    stays
}

fn is_kept(stays: &[Settled], i: usize) -> bool {
    stays.get(i).is_some_and(|block| block.stays)
}

fn is_mostly_prose(page: &Page, open: &[usize]) -> bool {
    let words = |prose: bool| -> u32 {
        let of = open.iter().filter(|i| !prose || is_prose(page, **i));
        of.filter_map(|i| page.blocks.get(*i)).map(|b| b.shape.words()).sum()
    };
    words(true) * 2 > words(false)
}

fn is_prose(page: &Page, i: usize) -> bool {
    page.blocks.get(i).is_some_and(|b| b.is_open() && b.shape.is_prose())
}

/// Whether block `i` is a sentence of a few words, most of them in small letters.
fn is_sentence(page: &Page, i: usize) -> bool {
    page.blocks.get(i).is_some_and(|b| {
        // Korean says in two words what English says in four.
        let long = b.shape.words() >= 4 || b.shape.caseless() > 0 && b.shape.chars() >= SENTENCE_CHARS;
        b.is_open() && b.shape.end == End::Sentence && long && b.shape.lower() + b.shape.caseless() >= b.shape.words() / 2
    })
}

/// Whether block `i` ends like a sentence, be it of one word.
fn says(page: &Page, i: usize) -> bool {
    page.blocks.get(i).is_some_and(|b| b.is_open() && b.shape.end == End::Sentence)
}

/// Fewest characters of a sentence in a script without case.
const SENTENCE_CHARS: u32 = 8;

/// Keeps paragraphs near something that stays, on the side that `order` comes from. A paragraph that does not make it ends the reach.
fn spread(page: &Page, odds: &[f32], bars: &Bars, stays: &mut [Settled], order: impl Iterator<Item = usize>) {
    let (mut held, mut before) = (None::<usize>, None);
    for i in order {
        let (prose, sentence) = (is_prose(page, i), is_sentence(page, i));
        let (ground, bar) = match held.map(|from| (from.abs_diff(i), is_prose(page, from))) {
            Some((1, true)) if prose => (Ground::Next, bars.next),
            Some((..=INSERT, true)) if held == before && prose => (Ground::Across, bars.across),
            Some((..=INSERT, true)) if held == before && sentence => (Ground::Sentence, bars.sentence),
            Some((..=INSERT, true)) if prose || sentence => (Ground::Apart, bars.apart),
            Some((..=LIST_TAIL, false)) if prose => (Ground::Sentence, bars.sentence),
            // Questions and answers.
            Some((..=INSERT, false)) if held == before && (prose || says(page, i)) && held.is_some_and(|from| says(page, from)) => {
                (Ground::Sentence, bars.sentence)
            }
            _ => (Ground::Own, f32::INFINITY),
        };
        before = Some(i);
        if let (Some(slot), Some(odds)) = (stays.get_mut(i), odds.get(i)) {
            slot.hold(*odds, ground, bar);
        }
        if is_kept(stays, i) {
            held = Some(i);
        } else if prose {
            held = None;
        }
    }
}

/// Keeps a sentence or paragraph right below the headline.
fn standfirst(page: &Page, odds: &[f32], bars: &Bars, stays: &mut [Settled]) {
    let Some(below) = page.facts.headline.map(|at| at + 1) else { return };
    let says = is_prose(page, below) || is_sentence(page, below);
    if says && let (Some(slot), Some(odds)) = (stays.get_mut(below), odds.get(below)) {
        slot.hold(*odds, Ground::Standfirst, bars.sentence);
    }
}

/// Keeps the lines below a paragraph that stays and ends with a colon, on a page that shows no furniture: the winners of a prize, the
/// steps of a recipe. The list ends with the first line that the model is sure of, and with the next paragraph.
fn announced(page: &Page, odds: &[f32], bars: &Bars, stays: &mut [Settled], open: &[usize]) {
    if page.facts.density != Density::Article {
        return;
    }
    let announces = |i: usize| page.blocks.get(i).is_some_and(|b| b.shape.end == End::Colon && b.shape.words() >= ANNOUNCING);
    let mut is_list = false;
    for i in open.iter().copied() {
        if is_list
            && !is_prose(page, i)
            && let (Some(slot), Some(odds)) = (stays.get_mut(i), odds.get(i))
        {
            slot.hold(*odds, Ground::Announced, bars.alone);
        }
        is_list = is_kept(stays, i) && (announces(i) || is_list && !is_prose(page, i));
    }
}

/// Fewest words of a line that announces a list: shorter ones are labels.
const ANNOUNCING: u32 = 5;

/// Keeps the few open lines between two paragraphs that stay.
fn fill(page: &Page, odds: &[f32], bars: &Bars, stays: &mut [Settled], open: &[usize]) {
    let mut last = None;
    for (at, i) in open.iter().enumerate() {
        if is_prose(page, *i)
            && is_kept(stays, *i)
            && let Some(above) = last.replace(at)
        {
            fill_between(page, odds, bars, stays, open.get(above + 1..at).unwrap_or_default());
        }
    }
}

/// Most lines of a talk between two paragraphs, and how many in four are sentences.
const TALK: (usize, usize) = (24, 3);

/// Whether the lines are rather sentences than furniture: questions and answers.
fn is_talk(page: &Page, lines: &[usize]) -> bool {
    let sentences = lines.iter().filter(|i| says(page, **i)).count();
    lines.len() <= TALK.0 && sentences * 4 >= lines.len() * TALK.1
}

/// Keeps `lines`, which stand between two paragraphs that stay, if they are few; a recipe has as many ingredients as it needs.
fn fill_between(page: &Page, odds: &[f32], bars: &Bars, stays: &mut [Settled], lines: &[usize]) {
    let is_amount = |i: &usize| page.blocks.get(*i).is_some_and(|b| b.shape.is_amount());
    let amounts = lines.iter().filter(|i| is_amount(i)).count();
    let is_list = amounts >= Shape::LISTED;
    let is_short = lines.len() <= REACH + if is_list { amounts } else { 0 };
    if !is_short && !is_talk(page, lines) {
        return;
    }
    let alone = lines.len() == 1 || is_short && page.facts.density == Density::Article;
    let line = if alone { (Ground::Alone, bars.alone) } else { (Ground::Between, bars.between) };
    for i in lines {
        if let (Some(slot), Some(odds)) = (stays.get_mut(*i), odds.get(*i)) {
            let is_item = page.blocks.get(*i).is_some_and(|b| b.role == Role::Item);
            let belongs = is_short && (is_item || says(page, *i) || is_list && is_amount(i));
            let (ground, bar) = if belongs { (Ground::Alone, bars.alone) } else { line };
            slot.hold(*odds, ground, bar);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Settings;

    #[test]
    fn a_list_that_a_paragraph_announces_stays() {
        let page = "Winners of the short story prize\n\n\
            The jury read four hundred stories this year and met three times, it said on Monday, before it agreed on five winners.\n\n\
            The prize is worth two thousand pounds, and the stories will be printed in a book next spring. These are the five:\n\n\
            Amara Eze, Lagos\nJohn Marsh, London\nLina Berg, Berlin\nTomás Ruiz, Madrid\nAnn Lee, Nairobi\n";
        let cleaned = crate::clean_text(page, &Settings::default()).unwrap();
        let dropped: Vec<_> = cleaned.page.blocks.iter().filter(|block| block.is_dropped()).map(|block| &*block.text).collect();
        assert!(dropped.is_empty(), "{dropped:?}");
    }
}
