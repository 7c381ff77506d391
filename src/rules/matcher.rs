//! Which rules match a block.

use smallvec::SmallVec;
use thin_vec::ThinVec;

use super::lexicon::classes_of;
use super::rest::{Remainder, holds};
use super::table::{Part, Root, RuleSet};
use super::{Hit, Rest, Rule, Say, Where};
use crate::measure::{Shape, Token, TokenKind, measure, tokenize_into};
use crate::page::Kind;

/// Lists that are reused from block to block.
#[derive(Debug, Default)]
pub struct Scratch {
    /// The tokens of the block at hand.
    pub tokens: Vec<Token>,
    found: Vec<Found>,
}

/// A phrase found in the block.
#[derive(Debug, Clone, Copy)]
struct Found {
    rule: u32,
    part: u32,
    from: u32,
    to: u32,
}

impl Found {
    fn new(from: usize, to: usize, entry: u32) -> Self {
        Self { rule: entry >> 2, part: entry & 3, from: number(from), to: number(to) }
    }
}

/// The last phrase of a row.
#[derive(Debug, Clone, Copy, Default)]
struct Tile {
    /// Phrases of the row up to here.
    count: u32,
    /// What its rule counts among those that know it.
    rank: u32,
    /// The number of the rule.
    rule: usize,
    /// Where it begins.
    start: usize,
}

/// Finds the rules of one set that match blocks.
#[derive(Debug, Clone, Copy)]
pub struct Matcher<'r> {
    rules: &'r RuleSet,
    /// The set that holds the lexicon; own rules use the built-in one.
    lexicon: &'r RuleSet,
    /// Which rules count; all if it is empty.
    only: &'r [bool],
}

/// Longest block, in tokens, that is tried as a row of `whole` phrases: a footer menu in one line.
const ROW_TOKENS: usize = 60;

/// Adds a hit, with room for no more: few blocks have a second, and room for four would be as large as the block.
fn put(hits: &mut ThinVec<Hit>, hit: Hit) {
    hits.reserve_exact(1);
    hits.push(hit);
}

impl<'r> Matcher<'r> {
    /// A matcher for `rules`, with the word classes of `lexicon`.
    pub fn new(rules: &'r RuleSet, lexicon: &'r RuleSet) -> Self {
        Self { rules, lexicon, only: &[] }
    }

    /// The same, for the rules of which `only` says so; for all if it is empty.
    #[must_use]
    pub(super) fn only(self, only: &'r [bool]) -> Self {
        Self { only, ..self }
    }

    /// The rule numbered `index`, if the counts of words and the other phrases of the block fit it: the rest is for its pattern to say.
    pub(super) fn by_pattern(&self, index: usize, shape: &Shape, scratch: &Scratch) -> Option<Hit> {
        let rule = self.fitting(index, shape)?;
        let tokens = &scratch.tokens;
        let mut found = Vec::new();
        if self.rules.conditions(index) != 0 {
            self.walk_all(Root::Condition, tokens, &mut |from, to, entry| found.push(Found::new(from, to, entry)));
        }
        self.has_conditions(index, &found).then(|| Hit { rule, id: self.rules.id(index), from: 0, to: narrow(tokens.len()) })
    }

    /// The rule numbered `index`, if it counts here and on a block of this length.
    fn fitting(&self, index: usize, shape: &Shape) -> Option<Rule> {
        let rule = self.rules.rule(index)?;
        (self.only.get(index) != Some(&false) && (rule.min_words.into()..=rule.max_words.into()).contains(&shape.words())).then_some(rule)
    }

    /// Whether the phrases that must stand beside are `found`, and those that must not are not.
    fn has_conditions(&self, index: usize, found: &[Found]) -> bool {
        let has = |part: Part| found.iter().any(|f| f.rule as usize == index && f.part == part as u32);
        let conditions = self.rules.conditions(index);
        (conditions & 1 == 0 || has(Part::With)) && (conditions & 2 == 0 || !has(Part::Unless))
    }

    /// The rules that match the block `text` with tokens `scratch.tokens` and measures `shape`.
    pub fn of_tokens(&self, text: &str, shape: &Shape, scratch: &mut Scratch) -> ThinVec<Hit> {
        let mut hits = ThinVec::new();
        if scratch.tokens.is_empty() || shape.words() > self.rules.max_words() {
            return hits;
        }
        let Scratch { tokens, found } = scratch;
        found.clear();
        self.collect(tokens, found);
        for at in found.iter().filter(|f| f.part == Part::Any as u32 || f.part == Part::Tail as u32 && f.from > 0) {
            if let Some(hit) = self.check(text, tokens, shape, *at, found)
                && !hits.iter().any(|h| h.id == hit.id)
            {
                put(&mut hits, hit);
            }
        }
        // A row begins with a phrase, as few lines do.
        if found.iter().any(|f| f.from == 0) && tokens.len() <= ROW_TOKENS && !hits.iter().any(Hit::is_certain) {
            self.row(text, tokens).into_iter().for_each(|hit| put(&mut hits, hit));
        }
        hits
    }

    /// The rules that match a block with the text `text`.
    pub fn hits(&self, text: &str, scratch: &mut Scratch) -> ThinVec<Hit> {
        scratch.tokens.clear();
        let marks = tokenize_into(text, &mut scratch.tokens);
        let shape = measure(text, &scratch.tokens, marks);
        self.of_tokens(text, &shape, scratch)
    }

    fn collect(&self, tokens: &[Token], found: &mut Vec<Found>) {
        let n = tokens.len();
        let mut push = |from: usize, to: usize, entry: u32| found.push(Found::new(from, to, entry));
        self.rules.walk(Root::Head, tokens.iter().map(|t| t.word), |len, entries| entries.iter().for_each(|e| push(0, len, e)));
        self.rules.walk(Root::Tail, tokens.iter().rev().map(|t| t.word), |len, entries| entries.iter().for_each(|e| push(n - len, n, e)));
        self.walk_all(Root::Body, tokens, &mut push);
        if found.iter().any(|f| self.rules.conditions(f.rule as usize) != 0) {
            let mut push = |from: usize, to: usize, entry: u32| found.push(Found::new(from, to, entry));
            self.walk_all(Root::Condition, tokens, &mut push);
        }
    }

    /// Walks the trie of `root` from every token.
    fn walk_all(&self, root: Root, tokens: &[Token], push: &mut impl FnMut(usize, usize, u32)) {
        for i in 0..tokens.len() {
            let rest = tokens.get(i..).unwrap_or_default().iter().map(|t| t.word);
            self.rules.walk(root, rest, |len, entries| entries.iter().for_each(|e| push(i, i + len, e)));
        }
    }

    fn check(&self, text: &str, tokens: &[Token], shape: &Shape, at: Found, found: &[Found]) -> Option<Hit> {
        let index = at.rule as usize;
        let rule = self.fitting(index, shape)?;
        let (from, to) = (at.from as usize, at.to as usize);
        if rule.place == Where::Whole && to != tokens.len() || at.part == Part::Tail as u32 && !follows_mark(text, tokens, from) {
            return None;
        }
        if !self.has_conditions(index, found) {
            return None;
        }
        if rule.rest != Rest::Any {
            let rest = Remainder::new(text, tokens, from, to, rule.place);
            if !holds(rule.rest, &rest, &classes_of(self.lexicon, rest.tokens)) {
                return None;
            }
        }
        Some(Hit { rule, id: self.rules.id(index), from: narrow(from), to: narrow(to) })
    }

    /// A block that is nothing but `whole` phrases in a row: certain, as no sentence is made so.
    ///
    /// Two or three menu words are not enough (`World Health`, `Social Media Marketing` are headings): certain phrases only,
    /// buttons only, four different phrases, or three with marks between are.
    fn row(&self, text: &str, tokens: &[Token]) -> Option<Hit> {
        let n = tokens.len();
        // best[i]: the last of the fewest phrases that tile tokens[..i].
        let mut best: SmallVec<[Option<Tile>; 64]> = SmallVec::from_elem(None, n + 1);
        *best.first_mut()? = Some(Tile::default());
        for i in 0..n {
            let (Some(&Some(Tile { count, .. })), Some(rest)) = (best.get(i), tokens.get(i..)) else { continue };
            self.rules.walk(Root::Head, rest.iter().map(|t| t.word), |len, entries| {
                // Figures alone are table cells, not menu words.
                if rest.iter().take(len).all(|t| t.kind == TokenKind::Number) {
                    return;
                }
                for entry in entries.iter() {
                    let index = (entry >> 2) as usize;
                    let counts = |r: &Rule| self.only.get(index) != Some(&false) && r.place == Where::Whole;
                    let Some(rule) = self.rules.rule(index).filter(counts) else { continue };
                    let tile = Tile { count: count + 1, rank: rank(&rule), rule: index, start: i };
                    if let Some(slot) = best.get_mut(i + len)
                        && slot.is_none_or(|t| (t.count, t.rank) > (tile.count, tile.rank))
                    {
                        *slot = Some(tile);
                    }
                }
            });
        }
        let count = (*best.get(n)?)?.count;
        let (mut end, mut first, mut certain, mut buttons) = (n, None, true, true);
        let mut words: SmallVec<[u64; 8]> = SmallVec::new();
        while end > 0 {
            let Tile { rule: index, start, .. } = (*best.get(end)?)?;
            let rule = self.rules.rule(index)?;
            certain &= rule.say == Say::Certain;
            buttons &= is_button(&rule);
            words.extend(tokens.get(start).map(|t| t.word));
            first = Some((index, rule));
            end = start;
        }
        words.sort_unstable();
        words.dedup();
        let (index, mut rule) = first?;
        let listed = text.contains(['|', '·', '•', '/', '>', '»', '›']);
        let row = certain || buttons || words.len() >= 4 || words.len() == 3 && listed;
        if count < 2 || !row {
            return None;
        }
        rule.say = Say::Certain;
        rule.opens = None;
        Some(Hit { rule, id: self.rules.id(index), from: 0, to: narrow(n) })
    }
}

/// Which of two rules that know the same phrase counts in a row: a certain one before a hint, a button before a menu word.
fn rank(rule: &Rule) -> u32 {
    u32::from(rule.say != Say::Certain) * 2 + u32::from(!is_button(rule))
}

/// Whether the rule is about buttons and links of the page's machinery.
fn is_button(rule: &Rule) -> bool {
    matches!(rule.kind, Kind::Widget | Kind::Legal | Kind::Comments)
}

/// Whether a mark that ends a sentence, or a bracket, bar, slash or dash, stands before token `from`.
fn follows_mark(text: &str, tokens: &[Token], from: usize) -> bool {
    let before = tokens.get(from).and_then(|t| text.get(..t.start as usize)).unwrap_or_default();
    before.trim_end().ends_with(['.', '!', '?', '(', '[', '/', '|', '–', '—', '-', '。', '（', '/', '©', ')', '"', '”', '»', ';'])
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The number of a token as hits have it: no block that rules match has so many.
fn narrow(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}
