//! A line as a pattern: its words, with slots for numbers, dates and names.
//!
//! "Updated 3 hours ago" and "Updated 12 minutes ago" are one pattern, `Updated {date}`. A line has up to three: itself, with its
//! numbers and dates as slots, and with its names too. A pattern is written as the line with slots in braces, and read back.

use std::num::NonZeroU64;

use crate::measure::{NUMBER, Shape, Token, TokenKind, mix, opening_of, tokenize_into};
use crate::page::Block;
use crate::rules::{BUILTIN, Classes, WordClass, classes_of, may_have_class};

/// How much of a line is slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Level {
    /// Nothing: the very line, but for case and marks.
    Exact,
    /// Numbers and dates.
    Counts,
    /// Names too.
    Names,
}

impl Level {
    /// Every level.
    pub const ALL: [Self; 3] = [Self::Exact, Self::Counts, Self::Names];
}

/// What stands in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    Number,
    Date,
    Name,
}

impl Slot {
    /// Every slot.
    pub(super) const ALL: [Self; 3] = [Self::Number, Self::Date, Self::Name];

    const fn name(self) -> &'static str {
        match self {
            Self::Number => "n",
            Self::Date => "date",
            Self::Name => "name",
        }
    }

    /// What stands for it in the hash of a pattern.
    const fn hash(self) -> u64 {
        self as u64 + 7
    }
}

/// Most words of a line whose names are slots: a sentence about a person, such as the one on the author.
const NAMED_WORDS: usize = 40;
/// Most words of a date: "Tuesday, 3 January 2024 at 4:05 p.m. EST" said in many words.
const DATE_WORDS: usize = 16;
/// Bytes of the longest line that may be a template: a notice of four hundred words.
pub(super) const LONGEST: usize = 2500;
/// Words in small letters of a line that may begin with a name; a shorter one begins with what is said of the name: "By Jane Doe".
const SENTENCE_WORDS: usize = 4;

/// A word of the line, or a slot that a pattern has there already.
#[derive(Debug, Clone, Copy)]
struct Atom {
    token: Token,
    class: Classes,
    slot: Option<Slot>,
}

/// A word or slot of a pattern: where it stands in the text.
struct Piece {
    hash: u64,
    slot: Option<Slot>,
    from: usize,
    to: usize,
}

/// The patterns of a line, as hashes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Keys([Option<NonZeroU64>; 3]);

impl Keys {
    /// Those of the line `text`. A line without words has none, nor has one that is too long or holds a brace, which marks slots.
    pub fn of(text: &str) -> Self {
        let atoms = if fits(text) { atoms(text) } else { Vec::new() };
        Self::with_slots(key(Pieces::new(&atoms, Level::Exact), Level::Exact), &atoms)
    }

    /// The same of a block, by what is known of it.
    pub(super) fn of_block(block: &Block) -> Self {
        let exact = Self::exact(&block.text, &block.shape);
        exact.map_or_else(Self::default, |exact| Self::with_slots(Some(exact), &atoms_of(&block.tokens())))
    }

    fn with_slots(exact: Option<u64>, atoms: &[Atom]) -> Self {
        let may_have = |level: &Level| match level {
            Level::Exact => false,
            Level::Counts => atoms.iter().any(is_core),
            Level::Names => !atoms.is_empty() && atoms.len() <= NAMED_WORDS,
        };
        let slotted = |level| Some(level).filter(may_have).and_then(|level| key(Pieces::new(atoms, level), level));
        Self(Level::ALL.map(|level| if level == Level::Exact { exact } else { slotted(level) }.and_then(NonZeroU64::new)))
    }

    /// The one of [`Level::Exact`], of a line that has been measured.
    pub(super) fn exact(text: &str, shape: &Shape) -> Option<u64> {
        (fits(text) && shape.sum != 0).then_some(shape.sum)
    }

    /// The pattern of a level, if the line has one: a slot of that level, and a word besides.
    pub fn at(self, level: Level) -> Option<u64> {
        self.0.get(level as usize).copied().flatten().map(NonZeroU64::get)
    }

    /// All with their levels, the most exact first.
    pub fn all(self) -> impl Iterator<Item = (Level, u64)> {
        Level::ALL.into_iter().filter_map(move |level| Some((level, self.at(level)?)))
    }
}

/// The pattern that the line `text` has at `level`, as it is written.
pub fn written(text: &str, level: Level) -> String {
    if level == Level::Exact {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for piece in Pieces::new(&atoms(text), level) {
        if let Some(slot) = piece.slot {
            out.push_str(text.get(at..piece.from).unwrap_or_default());
            out.extend(["{", slot.name(), "}"]);
            at = piece.to;
        }
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// The hash of a written pattern. Fails with what is wrong.
pub fn parse(pattern: &str) -> Result<u64, String> {
    let (atoms, level) = slotted(pattern)?;
    key(Pieces::new(&atoms, level), level).ok_or_else(|| "it holds no word".to_owned())
}

/// The words of a written pattern, with its slots, and its level.
fn slotted(pattern: &str) -> Result<(Vec<Atom>, Level), String> {
    let mut atoms = Vec::new();
    let mut level = Level::Exact;
    let mut rest = pattern;
    while let Some((text, slotted)) = rest.split_once('{') {
        atoms.extend(self::atoms(text));
        let (name, after) = slotted.split_once('}').ok_or("a brace is not closed (slots are {n}, {date} and {name})")?;
        let slot = Slot::ALL.into_iter().find(|slot| slot.name() == name);
        let slot = slot.ok_or_else(|| format!("there is no slot {{{name}}} (slots are {{n}}, {{date}} and {{name}})"))?;
        level = level.max(if slot == Slot::Name { Level::Names } else { Level::Counts });
        let token = Token { word: 0, exact: 0, start: 0, end: 0, kind: TokenKind::Number };
        atoms.push(Atom { token, class: Classes::default(), slot: Some(slot) });
        rest = after;
    }
    atoms.extend(self::atoms(rest));
    Ok((atoms, level))
}

/// What a pattern begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Opening {
    /// This word.
    Word(u32),
    /// A slot.
    Slot(Slot),
    /// It cannot be told.
    Any,
}

/// What the written pattern of hash `key` begins with, and the most words of a line that has it.
pub(super) fn opening(pattern: &str, key: u64) -> (Opening, u32) {
    let of = |atoms: &[Atom], level| {
        let first = Pieces::new(atoms, level).next()?;
        let most = |piece: Piece| match piece.slot {
            None | Some(Slot::Number) => 1,
            Some(Slot::Date) => DATE_WORDS,
            Some(Slot::Name) => NAMED_WORDS,
        };
        let words = Pieces::new(atoms, level).map(most).sum::<usize>();
        let found = (first.slot.map_or(Opening::Word(opening_of(first.hash)), Opening::Slot), u32::try_from(words).unwrap_or(u32::MAX));
        (self::key(Pieces::new(atoms, level), level) == Some(key)).then_some(found)
    };
    // A line whose slot stood in the middle of a phrase is read back as another pattern.
    slotted(pattern).ok().and_then(|(atoms, level)| of(&atoms, level)).unwrap_or((Opening::Any, u32::MAX))
}

/// Whether a line of this `shape` may begin with a slot for `what`.
pub(super) fn may_begin_with(what: Slot, shape: &Shape) -> bool {
    match what {
        Slot::Number => shape.opening == opening_of(NUMBER),
        Slot::Date => shape.opening == opening_of(NUMBER) || may_have_class(&BUILTIN, shape.opening),
        Slot::Name => shape.lower() as usize >= SENTENCE_WORDS && shape.title() + shape.upper() >= 2,
    }
}

/// Whether a line may have patterns: none that is too long, or holds a brace, which marks slots.
fn fits(text: &str) -> bool {
    text.len() <= LONGEST && !text.contains('{')
}

fn atoms(text: &str) -> Vec<Atom> {
    // Few words have fewer letters: the list grows but rarely.
    let mut tokens = Vec::with_capacity(text.len() / 4);
    tokenize_into(text, &mut tokens);
    atoms_of(&tokens)
}

fn atoms_of(tokens: &[Token]) -> Vec<Atom> {
    tokens.iter().zip(classes_of(&BUILTIN, tokens)).map(|(token, class)| Atom { token: *token, class, slot: None }).collect()
}

/// The hash of the pieces, if they are a pattern of `level`. That of a line as it is is the sum of its shape, which reading has taken.
fn key(pieces: Pieces<'_>, level: Level) -> Option<u64> {
    let (mut hash, mut has_words, mut fits) = (0, false, level == Level::Exact);
    for piece in pieces {
        hash = mix(hash, piece.hash);
        match piece.slot {
            None => has_words = true,
            Some(Slot::Name) => fits |= level == Level::Names,
            Some(Slot::Number | Slot::Date) => fits |= level == Level::Counts,
        }
    }
    (has_words && fits).then_some(hash)
}

/// The pieces of a line, one after another.
struct Pieces<'a> {
    atoms: &'a [Atom],
    level: Level,
    /// The first atom that may be a name.
    first_name: usize,
    at: usize,
}

impl<'a> Pieces<'a> {
    fn new(atoms: &'a [Atom], level: Level) -> Self {
        let named = level == Level::Names && atoms.len() <= NAMED_WORDS;
        Self { atoms, level, first_name: if named { first_name(atoms) } else { usize::MAX }, at: 0 }
    }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let rest = self.atoms.get(self.at..)?;
        let atom = rest.first()?;
        let (slot, len) = match atom.slot {
            Some(slot) => (Some(slot), 1),
            None if self.level == Level::Exact => (None, 1),
            None => match date(rest) {
                0 if atom.token.kind == TokenKind::Number => (Some(Slot::Number), 1),
                0 if self.at >= self.first_name && is_name(atom) => (Some(Slot::Name), name(rest)),
                0 => (None, 1),
                len => (Some(Slot::Date), len),
            },
        };
        self.at += len;
        let last = rest.get(len - 1).unwrap_or(atom);
        let hash = slot.map_or(if self.level == Level::Exact { atom.token.exact } else { atom.token.word }, Slot::hash);
        Some(Piece { hash, slot, from: atom.token.start as usize, to: last.token.end as usize })
    }
}

/// The first atom that may be a name: the second, unless the line is a sentence that begins with a name of two words.
fn first_name(atoms: &[Atom]) -> usize {
    let small = atoms.iter().filter(|a| a.token.kind == TokenKind::Lower).count();
    let begins = atoms.iter().take(2).filter(|a| is_name(a)).count() == 2;
    usize::from(!begins || small < SENTENCE_WORDS)
}

fn is_name(atom: &Atom) -> bool {
    atom.slot.is_none() && matches!(atom.token.kind, TokenKind::Title | TokenKind::Upper)
}

/// How many atoms the name at the beginning has: capitalised words, with particles between.
fn name(atoms: &[Atom]) -> usize {
    let inside = |a: &&Atom| is_name(a) || a.slot.is_none() && a.class.has(WordClass::Particle);
    let run = atoms.iter().take_while(inside).count();
    atoms.iter().take(run).rposition(is_name).map_or(0, |last| last + 1)
}

fn is_number(atom: &Atom) -> bool {
    atom.slot.is_none() && atom.token.kind == TokenKind::Number
}

/// Whether it is of what dates are made of, and not of what only opens or binds them.
fn is_core(atom: &Atom) -> bool {
    is_number(atom) || atom.slot.is_none() && atom.class.any(CORE)
}

/// How many atoms the date at the beginning has; 0 if there is none. A weekday alone is one, a number alone is not.
fn date(atoms: &[Atom]) -> usize {
    let calendar = |a: &Atom| {
        a.slot.is_none() && a.class.any(Classes::CALENDAR) && a.token.kind != TokenKind::Lower
            || is_number(a) && a.class.any(Classes::CALENDAR)
    };
    if !atoms.first().is_some_and(is_core) {
        return 0;
    }
    let run = atoms.iter().take(DATE_WORDS).take_while(|a| a.slot.is_none() && (is_number(a) || a.class.any(Classes::DATE))).count();
    let len = atoms.iter().take(run).rposition(is_core).map_or(0, |last| last + 1);
    let any = |test: &dyn Fn(&Atom) -> bool| atoms.iter().take(len).any(test);
    let month = |a: &Atom| a.class.any(Classes::CALENDAR);
    let is_date = any(&calendar) || any(&is_number) && (any(&month) || any(&|a| a.class.has(WordClass::Ago)));
    if is_date { len } else { 0 }
}

/// Words of which a date is made, without those that only open or bind it.
const CORE: Classes = Classes::of(&[WordClass::Month, WordClass::Weekday, WordClass::TimeUnit, WordClass::Ago, WordClass::Timezone]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_as_patterns() {
        for (line, counts, names) in [
            ("12 comments", "{n} comments", ""),
            ("Updated 3 hours ago", "Updated {date}", ""),
            ("Published: 14 May 2024, 10:30", "Published: {date}", ""),
            ("By Jane van der Doe", "", "By {name}"),
            ("Follow Jane Doe on Twitter", "", "Follow {name} on {name}"),
            ("Jane Doe is a reporter who covers the coast.", "", "{name} is a reporter who covers the coast."),
            ("Photo: Jane Doe, 2024", "Photo: Jane Doe, {n}", "Photo: {name}, {n}"),
            ("Advertisement", "", ""),
            ("1,024", "", ""),
        ] {
            let keys = Keys::of(line);
            for (level, expected) in [(Level::Counts, counts), (Level::Names, names)] {
                let pattern = keys.at(level).map(|_| written(line, level)).unwrap_or_default();
                assert_eq!(pattern, expected, "{line}");
                if !expected.is_empty() {
                    assert_eq!(parse(expected).ok(), keys.at(level), "{line}");
                }
            }
            assert_eq!(parse(line).ok(), keys.at(Level::Exact), "{line}");
        }
        assert_eq!(parse("By {who}"), Err("there is no slot {who} (slots are {n}, {date} and {name})".to_owned()));
        assert_eq!(parse("By {name"), Err("a brace is not closed (slots are {n}, {date} and {name})".to_owned()));
        assert_eq!(parse("{n} …"), Err("it holds no word".to_owned()));
    }
}
