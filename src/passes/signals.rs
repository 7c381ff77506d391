//! What a short line looks like, by shape and word classes: a date, names, a stamp, a bare symbol.

use std::borrow::Cow;
use std::cell::OnceCell;

use smallvec::SmallVec;

use crate::measure::{End, Token, TokenKind, tokenize};
use crate::page::{Block, Kind, Question, Reason, RuleName, Step, answers};
use crate::rules::{BUILTIN, Classes, WordClass, classes_of};

const SIGN_OFF: Classes = Classes::of(&[WordClass::Agency]);

/// Longest date line, in tokens: "Published: Tuesday, 3 January 2024 at 4:05 p.m. EST | Updated: …" said twice.
const DATE_TOKENS: usize = 24;

/// Longest sign-off, in tokens.
const SIGN_OFF_TOKENS: u32 = 8;

/// What a short line is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// A date or time, absolute or "3 hours ago".
    Date,
    /// One to four capitalised words that may be a person's name.
    Name,
    /// Agencies, initials, a name behind dashes: what ends a report.
    SignOff,
    /// Times of a player alone: `0:00 / 4:17`.
    Clock,
    /// No letter or digit at all.
    Symbols,
    /// None of these.
    Other,
}

answers!(Line: Date Name SignOff Clock Symbols Other);

/// Whether the block holds no letter or digit.
pub(super) fn is_symbols(block: &Block) -> bool {
    block.shape.words() == 0 && !block.text.contains('©')
}

/// Words, and the classes of each.
type Known<'b> = (Cow<'b, [Token]>, SmallVec<[Classes; 32]>);

/// The words of a block and their classes, looked up once, and only if they are asked for: that is most of what a look at a line costs.
pub(super) struct Words<'b> {
    pub(super) block: &'b Block,
    tokens: Option<&'b [Token]>,
    read: OnceCell<Known<'b>>,
}

impl<'b> Words<'b> {
    /// Those of `block`.
    pub(super) fn of(block: &'b Block) -> Self {
        Self { block, tokens: None, read: OnceCell::new() }
    }

    /// Those of `block`, which are these.
    pub(super) fn with(block: &'b Block, tokens: &'b [Token]) -> Self {
        Self { tokens: Some(tokens), ..Self::of(block) }
    }

    /// The words, and the classes of each.
    pub(super) fn read(&self) -> (&[Token], &[Classes]) {
        let (tokens, classes) = self.read.get_or_init(|| {
            let tokens = self.tokens.map_or_else(|| self.block.tokens(), Cow::Borrowed);
            let classes = classes_of(&BUILTIN, &tokens);
            (tokens, classes)
        });
        (tokens, classes)
    }
}

/// What the text of `block` is made of.
pub(super) fn line_of(block: &Block) -> Line {
    line_in(&Words::of(block))
}

/// The same, of a block whose words others look at too.
pub(super) fn line_in(words: &Words<'_>) -> Line {
    words.block.answer(Question::Line, || looked_at(words))
}

fn looked_at(words: &Words<'_>) -> Line {
    let block = words.block;
    let shape = &block.shape;
    if is_symbols(block) {
        return Line::Symbols;
    }
    // Without a figure it is no date, and the other shapes are short.
    if shape.words() as usize > DATE_TOKENS || shape.chars() > 160 || shape.numbers() == 0 && shape.words() > SIGN_OFF_TOKENS {
        return Line::Other;
    }
    let figures = shape.numbers() > 0 && block.text.contains(['%', '$', '€', '£', '¥', '°', '=']);
    if shape.words() <= CLOCK_WORDS && is_player(&block.text) {
        return Line::Clock;
    }
    let (tokens, classes) = words.read();
    let all = |test: &dyn Fn(TokenKind, Classes) -> bool| tokens.iter().zip(classes).all(|(t, c)| test(t.kind, *c));
    let any = |test: &dyn Fn(TokenKind, Classes) -> bool| tokens.iter().zip(classes).any(|(t, c)| test(t.kind, *c));
    let numbers = shape.numbers();
    let digits_only = numbers as usize == tokens.len();
    let is_date = !figures
        && all(&|k, c| k == TokenKind::Number || c.any(Classes::DATE))
        && numbers > 0
        && (any(&|_, c| c.any(Classes::CALENDAR) || c.has(WordClass::DateOpener))
            || (any(&|_, c| c.has(WordClass::Ago)) && any(&|_, c| c.has(WordClass::TimeUnit)))
            || is_numeric_date(&block.text)
            || (!digits_only && has_clock(&block.text)));
    if is_date || is_dateline(block) {
        return Line::Date;
    }
    if shape.words() <= SIGN_OFF_TOKENS && shape.end != End::Colon && is_sign_off(&block.text, &all, &any) {
        return Line::SignOff;
    }
    let capitals = tokens.iter().filter(|t| matches!(t.kind, TokenKind::Title | TokenKind::Upper)).count();
    let named = (2..=5).contains(&tokens.len())
        && capitals >= 2
        && numbers == 0
        && matches!(shape.end, End::Bare | End::Open)
        && all(&|k, c| matches!(k, TokenKind::Title | TokenKind::Upper) || c.has(WordClass::Particle) || c.has(WordClass::And));
    if named { Line::Name } else { Line::Other }
}

/// Most words of a player's times, its speed among them.
const CLOCK_WORDS: u32 = 8;

/// Times of a player, and how fast it plays: `0:00 / 4:37 1x`.
fn is_player(text: &str) -> bool {
    let speed = |w: &str| w.strip_suffix(['x', 'X', '×']).is_some_and(|n| n.len() <= 4 && n.parse::<f32>().is_ok());
    let mut words = text.split([' ', '/', '-', '|']).filter(|w| !w.is_empty());
    words.next().is_some_and(is_clock) && words.all(|w| is_clock(w) || speed(w))
}

/// `4:17`, `1:04:17`.
fn is_clock(word: &str) -> bool {
    word.contains(':') && word.split(':').all(|n| (1..=2).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()))
}

/// A date at the start of `text` and what follows it: `2023-06-14 10:22` and the source.
pub(super) fn date_prefix(text: &str) -> Option<(&str, &str)> {
    let tokens = tokenize(text);
    let classes = classes_of(&BUILTIN, &tokens);
    let run = tokens.iter().zip(&classes).take_while(|(t, c)| t.kind == TokenKind::Number || c.any(Classes::DATE)).count();
    let run = before_reading_time(&tokens, &classes, run);
    let numbers = tokens.iter().take(run).filter(|t| t.kind == TokenKind::Number).count();
    let next = tokens.get(run)?;
    (numbers >= 2).then(|| text.split_at_checked(next.start as usize)).flatten()
}

/// Where the first `run` words, which are a date's, end before the minutes that reading takes: `11 Jun, 2024 05:00 PM 4 mins to read`.
fn before_reading_time(tokens: &[Token], classes: &[Classes], run: usize) -> usize {
    let has = |at: usize, class: WordClass| classes.get(at).is_some_and(|c| c.has(class));
    let minutes = |at: usize| tokens.get(at).is_some_and(|t| t.kind == TokenKind::Number) && has(at + 1, WordClass::TimeUnit);
    let past = (run.saturating_sub(4)..=run).any(|at| has(at, WordClass::Ago));
    let found = (run.saturating_sub(4)..run).find(|&at| minutes(at)).filter(|_| run < tokens.len() && !past);
    found.unwrap_or(run)
}

/// `14:03`, `14.03`, `14h03`, in digits of any script, a word glued behind or not: a time of day.
pub(super) fn has_clock(text: &str) -> bool {
    let digits = |s: &str| (1..=2).contains(&s.chars().count()) && s.chars().all(char::is_numeric);
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '|')).any(|word| {
        word.split_once([':', '.', 'h', '時', '시']).is_some_and(|(h, m)| {
            let minutes = m.trim_end_matches(|c: char| !c.is_numeric());
            digits(h) && minutes.chars().count() == 2 && digits(minutes)
        })
    })
}

/// `Riudeperes, 11/05/2024 - 08:00`: a place of one to three words, a mark, and a full date.
fn is_dateline(block: &Block) -> bool {
    let Some((place, rest)) = block.text.split_once([',', '|', '·', '–', '—']) else { return false };
    let words = place.split_whitespace();
    let named =
        words.clone().count() <= 3 && words.clone().all(|w| w.starts_with(char::is_uppercase)) && !place.chars().any(char::is_numeric);
    let tokens = tokenize(rest);
    let classes = classes_of(&BUILTIN, &tokens);
    let dated = tokens.iter().zip(&classes).all(|(t, c)| t.kind == TokenKind::Number || c.any(Classes::DATE));
    let full = tokens.iter().zip(&classes).any(|(_, c)| c.has(WordClass::Month)) && block.shape.numbers() >= 2 || is_numeric_date(rest);
    named && dated && full && !tokens.is_empty()
}

/// `29.12.2024 14:03`, `2024-12-29`, `12/29/24`: digits in two or three groups behind one kind of mark. A year in digits of another
/// script, or of another calendar, is told by its length.
pub(super) fn is_numeric_date(text: &str) -> bool {
    // "12. 3. 2024" is one word.
    has_numeric_date(text) || text.contains(". ") && has_numeric_date(&text.replace(". ", "."))
}

fn has_numeric_date(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || matches!(c, '(' | '（' | '|')).any(|word| {
        if !word.starts_with(|c: char| c.is_numeric() || !c.is_alphanumeric()) {
            return false;
        }
        let word = word.trim_matches([',', ':', ';', '.', '|', ')', '،', '。']);
        let groups: SmallVec<[&str; 6]> = word.split(['.', '-', '/', '年', '月', '日']).filter(|g| !g.is_empty()).collect();
        let sizes = |g: &&str| (1..=4).contains(&g.chars().count()) && g.chars().all(char::is_numeric);
        let year = |g: &&str| {
            let century = ["19", "20", "13", "14", "25"].iter().any(|c| g.starts_with(c));
            g.chars().count() == 4 && (century || !g.is_ascii())
        };
        groups.len() == 3 && groups.iter().all(sizes) && (groups.iter().any(year) || groups.last().is_some_and(|g| g.chars().count() == 2))
    })
}

type Test<'a> = &'a dyn Fn(&dyn Fn(TokenKind, Classes) -> bool) -> bool;

/// `dpa/afp`, `- Reuters`, `C.Bertrand--JdB`, `(jd/mh)`, `© 2024 AFP`: agencies, or initials with marks around or between them.
fn is_sign_off(text: &str, all: Test<'_>, any: Test<'_>) -> bool {
    let agencies = all(&|k, c| {
        c.any(SIGN_OFF) || c.has(WordClass::Credit) || c.has(WordClass::And) || matches!(k, TokenKind::Number | TokenKind::Copyright)
    }) && any(&|_, c| c.any(SIGN_OFF));
    // "La rédaction", "Unser Korrespondent".
    let desk =
        all(&|_, c| c.has(WordClass::Role) || c.has(WordClass::Particle) || c.has(WordClass::And)) && any(&|_, c| c.has(WordClass::Role));
    if agencies || desk || !text.bytes().any(|b| matches!(b, b'-' | b'(' | b'[' | b'/') || !b.is_ascii()) {
        return agencies || desk;
    }
    let words = text.split_whitespace().count();
    let trimmed = text.trim();
    let short = trimmed.chars().count() <= 24;
    let dashed = words <= 3 && (trimmed.contains("--") || trimmed.starts_with('—') || trimmed.contains('—')) && short;
    let bracketed = words <= 2
        && short
        && trimmed.starts_with(['(', '['])
        && trimmed.ends_with([')', ']'])
        && trimmed.chars().any(char::is_alphabetic)
        && trimmed.chars().count() <= 14;
    // "(Kraj) ps/jm": the section in brackets, and who wrote.
    let trimmed = match trimmed.split_once(' ') {
        Some((section, rest)) if words == 2 && section.starts_with('(') && section.ends_with(')') => rest.trim(),
        _ => trimmed,
    };
    // "ps/jm", "P.S./J.M."
    let part = |p: &str| {
        let letters = p.chars().filter(|c| *c != '.').count();
        (2..=5).contains(&letters) && p.chars().all(|c| c.is_alphabetic() || c == '.')
    };
    let initials = trimmed.split_whitespace().count() == 1 && trimmed.contains('/') && trimmed.split('/').all(part);
    (dashed || bracketed || initials) && !trimmed.contains(['"', '“', '«', '„', '?', '!'])
}

/// Whether the first byte of `mark` stands in `text`, white space before it aside: a quick look, which tells most texts without the mark.
pub(super) fn may_hold(text: &str, mark: &str) -> bool {
    mark.trim_start().bytes().next().is_some_and(|first| memchr::memchr(first, text.as_bytes()).is_some())
}

/// The reason for a block that goes with its surroundings: the kind that a certain rule names for it alone, else `kind`.
pub(super) fn reason(block: &Block, pass: Step, kind: Kind, rule: impl Into<RuleName>) -> Reason {
    match block.hits().iter().find(|h| h.is_certain()) {
        Some(hit) => Reason::noise(hit.rule.kind, pass, hit.id.clone()),
        None => Reason::noise(kind, pass, rule),
    }
}
