//! What may stand beside a phrase: the predicates of `rest = "…"`.

use super::lexicon::{Classes, WordClass, classes_of};
use super::{BUILTIN, Rest, Where};
use crate::measure::{End, Token, TokenKind, end_of, ends_in_stop, tokenize};

/// The part of a block beside the phrase.
pub(super) struct Remainder<'t> {
    /// Its tokens.
    pub(super) tokens: &'t [Token],
    /// Its text.
    text: &'t str,
    /// Whether a mark (colon, dash, bar, line) separates it from the phrase.
    separated: bool,
}

/// What stands between a label and what it names; the last ones are the colons of Armenian and Amharic.
const SEPARATORS: [char; 20] = [':', '：', '|', '｜', '-', '–', '—', '>', '»', '›', '→', '▶', '►', '•', '/', ']', '】', '՝', '፦', '፡'];

impl<'t> Remainder<'t> {
    pub(super) fn new(text: &'t str, tokens: &'t [Token], from: usize, to: usize, place: Where) -> Self {
        let (tokens, text) = if place == Where::End {
            let cut = tokens.get(from).map_or(text.len(), |t| t.start as usize);
            (tokens.get(..from).unwrap_or_default(), text.get(..cut).unwrap_or_default())
        } else {
            let cut = to.checked_sub(1).and_then(|i| tokens.get(i)).map_or(0, |t| t.end as usize);
            (tokens.get(to..).unwrap_or_default(), text.get(cut..).unwrap_or_default())
        };
        let edge = if place == Where::End { text.trim_end().chars().next_back() } else { text.trim_start().chars().next() };
        // A comma or quote goes on with the sentence: "Most read, least understood".
        let separated = edge.is_some_and(|c| SEPARATORS.contains(&c));
        Self { tokens, text, separated }
    }
}

const NAME_WORDS: Classes = Classes::of(&[WordClass::And, WordClass::Particle, WordClass::Agency, WordClass::Credit, WordClass::Role]);
const NUMBER_WORDS: Classes = Classes::of(&[WordClass::TimeUnit, WordClass::Currency, WordClass::QuoteWord]);

/// Whether `rest` is what the rule asks for.
pub(super) fn holds(ask: Rest, rest: &Remainder<'_>, classes: &[Classes]) -> bool {
    match ask {
        Rest::Any => true,
        Rest::Names => names(rest, classes, 8),
        Rest::Credit => credit(rest, classes),
        Rest::Date => dates(rest, classes),
        Rest::Byline => byline(rest, classes),
        Rest::Headline => headline(rest),
        Rest::Number => !rest.tokens.is_empty() && pairs(rest, classes).all(|(t, c)| t.kind == TokenKind::Number || c.any(NUMBER_WORDS)),
        Rest::Short => (1..=6).contains(&words(rest.tokens)) && end_of(rest.text) != End::Sentence,
    }
}

fn pairs<'t>(rest: &'t Remainder<'_>, classes: &'t [Classes]) -> impl Iterator<Item = (&'t Token, Classes)> {
    rest.tokens.iter().zip(classes.iter().copied())
}

/// Words, characters without spaces counting half.
fn words(tokens: &[Token]) -> usize {
    let solo = tokens.iter().filter(|t| t.kind == TokenKind::Solo).count();
    tokens.len() - solo + solo.div_ceil(2)
}

/// Whether the text ends like a sentence, a final initial (`J.`) or abbreviation (`Jr.`) aside.
fn is_sentence(rest: &Remainder<'_>) -> bool {
    let short = rest.tokens.last().is_some_and(|t| t.end - t.start <= 3);
    end_of(rest.text) == End::Sentence && !short
}

fn is_name(token: &Token, classes: Classes) -> bool {
    (token.kind.is_name_like() && !classes.any(Classes::CALENDAR)) || classes.any(NAME_WORDS)
}

/// In scripts without case every word may be a name, so that length has to tell: four words, two names.
fn caseless_fits(tokens: &[Token]) -> bool {
    let caseless = tokens.iter().filter(|t| t.kind == TokenKind::Caseless).count();
    let solo = tokens.iter().filter(|t| t.kind == TokenKind::Solo).count();
    caseless <= 6 && solo <= 12
}

fn names(rest: &Remainder<'_>, classes: &[Classes], most: usize) -> bool {
    (1..=most).contains(&words(rest.tokens))
        && caseless_fits(rest.tokens)
        && pairs(rest, classes).all(|(t, c)| is_name(t, c))
        && pairs(rest, classes).any(|(t, c)| t.kind.is_name_like() && !c.has(WordClass::And))
        && !is_sentence(rest)
}

fn credit(rest: &Remainder<'_>, classes: &[Classes]) -> bool {
    let part =
        |t: &Token, c: Classes| is_name(t, c) || c.any(Classes::CALENDAR) || matches!(t.kind, TokenKind::Number | TokenKind::Copyright);
    let odd = pairs(rest, classes).filter(|&(t, c)| !part(t, c)).count();
    let names = pairs(rest, classes).filter(|&(t, c)| is_name(t, c)).count();
    (1..=16).contains(&words(rest.tokens)) && caseless_fits(rest.tokens) && names >= odd * 3 && names > 0 && odd <= 1 && !is_sentence(rest)
}

fn is_date_word(token: &Token, classes: Classes) -> bool {
    token.kind == TokenKind::Number || classes.any(Classes::DATE)
}

fn dates(rest: &Remainder<'_>, classes: &[Classes]) -> bool {
    (1..=16).contains(&words(rest.tokens))
        && pairs(rest, classes).all(|(t, c)| is_date_word(t, c))
        && pairs(rest, classes).any(|(t, c)| t.kind == TokenKind::Number || c.any(Classes::CALENDAR) || c.has(WordClass::DateFiller))
}

fn byline(rest: &Remainder<'_>, classes: &[Classes]) -> bool {
    let odd = pairs(rest, classes).filter(|&(t, c)| !is_name(t, c) && !is_date_word(t, c) && !c.has(WordClass::Platform)).count();
    let named = pairs(rest, classes).any(|(t, c)| (t.kind.is_name_like() && !c.any(Classes::DATE)) || c.any(NAME_WORDS));
    let first = pairs(rest, classes).next().is_some_and(|(t, c)| is_name(t, c) && (t.kind.is_name_like() || c.has(WordClass::Role)));
    let n = words(rest.tokens);
    (1..=16).contains(&n) && named && first && caseless_fits(rest.tokens) && odd * 5 <= n && !(is_sentence(rest) && odd > 0)
}

fn headline(rest: &Remainder<'_>) -> bool {
    let begins = rest.separated || rest.tokens.first().is_some_and(|t| t.kind != TokenKind::Lower && t.kind != TokenKind::Caseless);
    (2..=25).contains(&words(rest.tokens)) && !ends_in_stop(rest.text) && begins
}

/// Whether `text` reads like what stands after `By`: names, roles, dates.
pub fn is_byline_tail(text: &str) -> bool {
    let tokens = tokenize(text);
    let rest = Remainder { tokens: &tokens, text, separated: false };
    byline(&rest, &classes_of(&BUILTIN, &tokens))
}
