//! Paragraphs said again: exact, equal but for marks, cut to a teaser, nearly equal, or a whole body. The first full copy stays.
//!
//! Every step is linear in the page: exact copies meet by the hash of their tokens, teasers by the hash
//! of their first words, near copies by shared samples of word sequences.

use std::cell::LazyCell;
use std::collections::HashMap;

use smallvec::SmallVec;

use super::verse::has_verse;
use crate::measure::{End, Hashed, Shape, Token, TokenKind};
use crate::page::{Block, Kind, Page, Reason, Role, Step};

pub(super) const NAME: Step = Step::Duplicate;

/// Fewest words of a paragraph whose copy goes: shorter lines repeat on purpose (refrains, quotes, answers, scores).
const EXACT_WORDS: u32 = 9;
/// Characters that make a sentence of few words long: Greenlandic and Finnish say much in one word.
const LONG_CHARS: u32 = 60;
/// Words from which a list item's copy goes that stands far from it.
const ITEM_WORDS: u32 = 15;
/// Words from which a copy goes although it is a line of verse or does not end like a sentence.
const LONG_WORDS: u32 = 25;
/// Fewest characters of such a paragraph.
const EXACT_CHARS: u32 = 40;
/// Fewest words of a teaser that is cut off with dots, and of one that just stops.
const TEASER_WORDS: u32 = 5;
const BARE_TEASER_WORDS: u32 = 10;
/// Paragraphs with one lead that a teaser is compared with.
const MOST_CANDIDATES: usize = 8;
/// Most characters of a paragraph that is compared word by word with an edited copy.
const MOST_CHARS: u32 = 1 << 15;
/// Words of text for each word that may be another: two sentences of 27 words that differ in "approval workflow" and "review
/// process" say two things.
const NEAR_EDITS: usize = 25;

pub(super) fn run(page: &mut Page) {
    exact(page);
    teasers(page);
    near(page);
    repeated_runs(page);
}

fn candidates(page: &Page) -> impl Iterator<Item = (usize, &Block)> {
    let headline = page.facts.headline;
    page.blocks.iter().enumerate().filter(move |(i, b)| b.is_open() && headline != Some(*i))
}

fn decide(page: &mut Page, pairs: Vec<(usize, usize)>, rule: &'static str) {
    for (i, twin) in pairs {
        if let Some(block) = page.blocks.get_mut(i) {
            block.drop(Reason::noise(Kind::Duplicate, NAME, rule).with_twin(twin));
        }
    }
}

fn exact(page: &mut Page) {
    let verse = has_verse(page);
    let mut first: HashMap<u64, usize, Hashed> = HashMap::with_hasher(Hashed);
    let mut pairs = Vec::new();
    for (i, block) in candidates(page) {
        let shape = &block.shape;
        let ended = shape.end == End::Sentence || block.text.ends_with(['”', '"', '»', '’', '\'', '」']);
        let sentence = ended
            && (shape.words() >= EXACT_WORDS && shape.chars() >= EXACT_CHARS
                || shape.words() >= TEASER_WORDS && shape.chars() >= LONG_CHARS);
        let spaceless = ended && shape.caseless() >= 18 && shape.words() >= EXACT_WORDS;
        let in_list = matches!(block.role, Role::Row | Role::Item);
        let long = shape.words() >= LONG_WORDS;
        if !(sentence || spaceless || long) || verse && !long {
            continue;
        }
        if let Some(twin) = first.get(&shape.sum) {
            // Items of two lists may say the same on purpose, in a few words; on neighbouring lines they do not.
            if in_list && shape.words() < ITEM_WORDS && twin + 1 != i {
                continue;
            }
            pairs.push((i, *twin));
        } else {
            first.insert(shape.sum, i);
        }
    }
    decide(page, pairs, "said-again");
}

fn teasers(page: &mut Page) {
    let teasers: Vec<usize> = candidates(page).filter(|(_, b)| is_teaser(b)).map(|(i, _)| i).collect();
    if teasers.is_empty() {
        return;
    }
    // Few paragraphs begin alike.
    let mut by_lead: HashMap<u32, SmallVec<[usize; 1]>, Hashed> = HashMap::with_hasher(Hashed);
    for (i, block) in candidates(page).filter(|(_, b)| b.shape.words() > TEASER_WORDS) {
        let list = by_lead.entry(block.shape.lead).or_default();
        if list.len() < MOST_CANDIDATES {
            list.push(i);
        }
    }
    let mut pairs = Vec::new();
    for i in teasers {
        let Some(block) = page.blocks.get(i) else { continue };
        let tokens = LazyCell::new(|| block.tokens());
        let mut others = by_lead.get(&block.shape.lead).into_iter().flatten().copied().filter(|full| *full != i);
        let is_full = |f: &Block| (block.shape.end == End::Ellipsis || f.shape.is_prose()) && begins_with(f, &tokens);
        let full = others.find(|full| page.blocks.get(*full).is_some_and(is_full));
        pairs.extend(full.map(|full| (i, full)));
    }
    decide(page, pairs, "teaser");
}

fn is_teaser(block: &Block) -> bool {
    let words = block.shape.words();
    match block.shape.end {
        End::Ellipsis => words >= TEASER_WORDS,
        // A pull quote ends with its quotation mark, and stays.
        End::Bare | End::Open => words >= BARE_TEASER_WORDS && !block.text.ends_with(crate::measure::is_closer),
        _ => false,
    }
}

/// Whether `full` says all of the teaser and goes on. The teaser's last word may be cut.
fn begins_with(full: &Block, teaser: &[Token]) -> bool {
    let tokens = full.tokens();
    let shared = teaser.len().saturating_sub(1);
    let same = |n: usize| tokens.get(..n).zip(teaser.get(..n)).is_some_and(|(a, b)| a.iter().zip(b).all(|(a, b)| a.exact == b.exact));
    tokens.len() > teaser.len() && shared >= Shape::LEAD && same(shared)
}

fn near(page: &mut Page) {
    let mut by_sample: HashMap<u64, usize, Hashed> = HashMap::with_hasher(Hashed);
    let mut pairs = Vec::new();
    for (i, block) in candidates(page).filter(|(_, b)| b.shape.words() >= Shape::SAMPLED_WORDS && b.shape.chars() < MOST_CHARS) {
        let samples = block.samples().into_iter().flatten().filter(|s| **s != 0);
        let tokens = LazyCell::new(|| block.tokens());
        let same = |j: &usize| page.blocks.get(*j).is_some_and(|b| is_edit(&b.tokens(), &tokens));
        match samples.clone().filter_map(|s| by_sample.get(s)).copied().find(same) {
            Some(twin) => pairs.push((i, twin)),
            None => samples.for_each(|s| {
                by_sample.entry(*s).or_insert(i);
            }),
        }
    }
    decide(page, pairs, "nearly-the-same");
}

/// Whether `b` is `a` with a few words changed, and no number or name among them: a change of figures is news.
fn is_edit(a: &[Token], b: &[Token]) -> bool {
    let most = (a.len().max(b.len()) / NEAR_EDITS).max(1);
    if a.len().abs_diff(b.len()) > most {
        return false;
    }
    let head = a.iter().zip(b).take_while(|(x, y)| x.exact == y.exact).count();
    let tail = a.iter().rev().zip(b.iter().rev()).take(a.len().min(b.len()) - head).take_while(|(x, y)| x.exact == y.exact).count();
    let (x, y) = (a.get(head..a.len() - tail).unwrap_or_default(), b.get(head..b.len() - tail).unwrap_or_default());
    differs_by(x, y, most)
}

/// Whether two token lists of edited middles differ by at most `most` words, all in small letters or caseless.
fn differs_by(x: &[Token], y: &[Token], most: usize) -> bool {
    let mut counts: HashMap<u64, (i32, TokenKind), Hashed> = HashMap::with_hasher(Hashed);
    for t in x {
        counts.entry(t.exact).or_insert((0, t.kind)).0 += 1;
    }
    for t in y {
        counts.entry(t.exact).or_insert((0, t.kind)).0 -= 1;
    }
    let changed: i32 = counts.values().map(|(n, _)| n.abs()).sum();
    let facts = counts.values().any(|(n, kind)| *n != 0 && matches!(kind, TokenKind::Number | TokenKind::Title | TokenKind::Upper));
    !facts && changed as usize <= most * 2
}

/// Short lines between the copies of a body go with it: a subheading is not news the second time.
fn repeated_runs(page: &mut Page) {
    let twins: Vec<Option<usize>> = page
        .blocks
        .iter()
        .map(|b| match b.verdict() {
            crate::page::Verdict::Drop(why) if why.pass == NAME => why.twin(),
            _ => None,
        })
        .collect();
    let mut pairs = Vec::new();
    for (i, twin) in twins.iter().enumerate() {
        let Some(twin) = *twin else { continue };
        for step in [1, -1] {
            pairs.extend(follow(page, i, twin, step));
        }
    }
    decide(page, pairs, "in-a-repeated-run");
}

/// The short lines beside block `i` that equal the lines beside its twin, in direction `step`, up to the next paragraph.
fn follow(page: &Page, i: usize, twin: usize, step: isize) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let (mut a, mut b) = (i, twin);
    while let (Some(next), Some(first)) = (a.checked_add_signed(step), b.checked_add_signed(step)) {
        (a, b) = (next, first);
        let (Some(copy), Some(original)) = (page.blocks.get(a), page.blocks.get(b)) else { break };
        if b == i || a == twin || !copy.is_open() || copy.shape.sum != original.shape.sum || copy.shape.words() == 0 {
            break;
        }
        out.push((a, b));
    }
    out
}
