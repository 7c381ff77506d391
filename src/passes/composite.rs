//! Lines made of several pieces of furniture: `Published 14.06.2023 | Reading time: 4 minutes`, `2023-06-14 10:22 来源：新华网`.

use super::extent::Extent;
use super::signals::{Line, Words, date_prefix, line_in, may_hold};
use super::stamp::{Stamp, stamp_of};
use crate::measure::{Start, measure, tokenize, tokenize_into};
use crate::page::{Answer, Block, Kind, Page, Question, Reason, Step};
use crate::rules::{BUILTIN, Hit, Matcher, Scratch};

pub(super) const NAME: Step = Step::Composite;

/// Marks between the pieces.
const BETWEEN: [&str; 7] = [" | ", " · ", " • ", " / ", "｜", " – ", " — "];
/// Marks between the steps of a trail to the page at hand: `Home > Sport > Tennis`.
const STEPS: [char; 8] = ['>', '»', '›', '→', '/', '|', '＞', '·'];
/// Those among them that point.
const ARROWS: [char; 5] = ['>', '»', '›', '→', '＞'];
/// Most words of one step, which is a section's name.
const STEP_WORDS: usize = 5;
/// More bytes than any name of the home page has.
const HOME_BYTES: usize = 64;
/// Longest such line, in words, and most pieces.
const MOST_WORDS: u32 = 30;
const MOST_PIECES: usize = 8;

pub(super) fn run(page: &mut Page) {
    let extent = Extent::of(page);
    let headline = page.facts.headline;
    let mut scratch = Scratch::default();
    for (i, block) in page.blocks.iter_mut().enumerate() {
        if !block.is_open() || headline == Some(i) || block.shape.words() > MOST_WORDS || block.shape.words() < 2 {
            continue;
        }
        let why = match block.answer(Question::Pieces, || looked_at(block, &mut scratch)) {
            Makeup::Trail => Reason::noise(Kind::Navigation, NAME, "trail-of-sections"),
            Makeup::Furniture(kind) => Reason::noise(kind, NAME, PIECES),
            Makeup::Dated if !extent.holds(i) => Reason::noise(Kind::Byline, NAME, PIECES),
            Makeup::Dated | Makeup::Text => continue,
        };
        block.drop(why);
    }
}

const PIECES: &str = "pieces-of-furniture";

/// What a line is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Makeup {
    /// Text, or nothing certain.
    Text,
    /// The steps from the home page to the page at hand.
    Trail,
    /// Pieces of which one is a date: furniture outside the text.
    Dated,
    /// Pieces of which one is certainly noise of this kind.
    Furniture(Kind),
}

impl Answer for Makeup {
    fn number(self) -> u8 {
        match self {
            Self::Text => 0,
            Self::Trail => 1,
            Self::Dated => 2,
            Self::Furniture(kind) => 3 + kind as u8,
        }
    }

    fn numbered(number: u8) -> Option<Self> {
        Some(match number {
            0 => Self::Text,
            1 => Self::Trail,
            2 => Self::Dated,
            _ => Self::Furniture(*Kind::ALL.get(usize::from(number - 3))?),
        })
    }
}

fn looked_at(block: &Block, scratch: &mut Scratch) -> Makeup {
    if !may_have_pieces(block) {
        return Makeup::Text;
    }
    if is_trail(&block.text, scratch) {
        return Makeup::Trail;
    }
    let pieces = pieces(&block.text);
    if pieces.len() < 2 || pieces.len() > MOST_PIECES {
        return Makeup::Text;
    }
    furniture(&pieces, block, scratch).map_or(Makeup::Text, |found| makeup_of(&found))
}

/// What a piece of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// Furniture by a certain rule.
    Certain(Kind),
    /// A date: furniture above and below the text.
    Date,
    /// A name or a hint: furniture beside certain pieces.
    Loose(Kind),
    /// Text.
    Text,
}

/// Whether the line leads from the home page over sections to the page at hand. Arrows say so; behind other marks two steps may be a
/// pair of words (`Home / Away`), unless menus know the second too.
fn is_trail(text: &str, scratch: &mut Scratch) -> bool {
    let mut steps = text.split(STEPS).map(str::trim).filter(|step| !step.is_empty());
    let Some(home) = steps.next() else { return false };
    let rest: Vec<&str> = steps.collect();
    let short = |step: &&str| tokenize(step).len() <= STEP_WORDS || step.chars().count() <= 2 * STEP_WORDS;
    if !(1..MOST_PIECES).contains(&rest.len()) || home.len() > HOME_BYTES || !rest.iter().all(short) {
        return false;
    }
    let mut known = |step: &str, test: fn(&Hit) -> bool| Matcher::new(&BUILTIN, &BUILTIN).hits(step, scratch).iter().any(test);
    known(home, |h| &*h.id == "nav-home")
        && (rest.len() > 1 || text.contains(ARROWS) || rest.iter().all(|step| known(step, |h| h.rule.kind == Kind::Navigation)))
}

/// A quick look before the text is split: a mark that is rare in other lines, or a date in front.
fn may_have_pieces(block: &Block) -> bool {
    let ascii = memchr::memchr3(b'|', b'/', b'>', block.text.as_bytes()).is_some();
    let mark = || !block.text.is_ascii() && block.text.chars().any(|c| matches!(c, '·' | '•' | '｜' | '–' | '—' | '»' | '›' | '→' | '＞'));
    let marked = ascii || mark();
    marked || block.shape.numbers() >= 2 && block.shape.start == Start::Digit
}

fn pieces(text: &str) -> Vec<&str> {
    let mut out = vec![text];
    for mark in BETWEEN.iter().filter(|mark| may_hold(text, mark)) {
        out = out.into_iter().flat_map(|t| t.split(*mark)).collect();
    }
    out.retain(|t| t.chars().any(char::is_alphanumeric));
    if let [only] = out.as_slice()
        && let Some((date, rest)) = date_prefix(only)
    {
        return vec![date, rest];
    }
    out
}

/// What the pieces are, if none of them is text: most lines begin with one that is.
fn furniture(pieces: &[&str], block: &Block, scratch: &mut Scratch) -> Option<Vec<Piece>> {
    pieces.iter().map(|text| Some(piece(text, block, scratch)).filter(|piece| *piece != Piece::Text)).collect()
}

fn piece(text: &str, block: &Block, scratch: &mut Scratch) -> Piece {
    let mut part = Block::new(text.trim().to_owned(), block.lines.clone(), block.role, block.gap);
    scratch.tokens.clear();
    let marks = tokenize_into(&part.text, &mut scratch.tokens);
    part.shape = measure(&part.text, &scratch.tokens, marks);
    let hits = Matcher::new(&BUILTIN, &BUILTIN).of_tokens(&part.text, &part.shape, scratch);
    if let Some(hit) = hits.iter().find(|h| h.is_certain()) {
        return Piece::Certain(hit.rule.kind);
    }
    let words = Words::with(&part, &scratch.tokens);
    match line_in(&words) {
        Line::Date => Piece::Date,
        Line::Name | Line::SignOff | Line::Clock => Piece::Loose(Kind::Byline),
        _ => match stamp_of(&words) {
            Some(Stamp::Dated) => Piece::Date,
            Some(_) => Piece::Loose(Kind::Byline),
            None => hits.first().map_or(Piece::Text, |h| Piece::Loose(h.rule.kind)),
        },
    }
}

/// What a line of furniture is by its pieces: one is certain, or a date.
fn makeup_of(pieces: &[Piece]) -> Makeup {
    let certain = pieces.iter().find_map(|p| if let Piece::Certain(kind) = p { Some(Makeup::Furniture(*kind)) } else { None });
    certain.unwrap_or(if pieces.contains(&Piece::Date) { Makeup::Dated } else { Makeup::Text })
}
