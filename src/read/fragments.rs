//! Sentences split over lines at inline tags (BeautifulSoup's `get_text("\n")`): is a page so, and which lines go on.

use super::line::{Line, item_mark};
use crate::measure::{End, end_of};

/// Fewest lines of a page in which split sentences can be told from short paragraphs.
const FEWEST_LINES: usize = 8;

/// Words that a sentence does not end with, so that a line that ends with one goes on: articles, prepositions and conjunctions
/// of the cased scripts, one language a line.
const BINDERS: &str = include_str!("binders.txt");

/// Whether the lines are pieces of sentences: no blank lines between them, and some begin with the mark that closes the line above.
pub(super) fn are_fragments(lines: &[Line<'_>]) -> bool {
    let gaps = lines.iter().skip(1).filter(|l| l.gap).count();
    if lines.len() < FEWEST_LINES || gaps * 20 > lines.len() {
        return false;
    }
    let marks = lines.iter().skip(1).filter(|l| begins_with_mark(&l.text)).count();
    let torn = lines.windows(2).filter(|w| matches!(w, [a, b] if is_torn(&a.text) && begins_small(&b.text))).count();
    let inset = lines.windows(3).filter(|w| matches!(w, [a, b, c] if is_spaceless_or_caseless(&a.text) && !ends_sentence(&a.text) && goes_on_caseless(&a.text, b, Some(c)))).count();
    marks * 2 + torn + inset >= 2
}

/// The pages's words of [`BINDERS`], sorted for lookup.
pub(super) fn binders() -> Vec<&'static str> {
    let mut words: Vec<&str> = BINDERS.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace).collect();
    words.sort_unstable();
    words
}

/// Whether line `next` goes on the sentence in `text` (the lines joined so far); `after` is the line that follows `next`.
pub(super) fn goes_on(text: &str, next: &Line<'_>, after: Option<&Line<'_>>, binders: &[&str]) -> bool {
    if next.gap || item_mark(&next.text).is_some() {
        return false;
    }
    if begins_with_mark(&next.text) {
        return true;
    }
    if ends_sentence(text) {
        return false;
    }
    // No more is looked at than is asked: the sentence may have grown to a whole page of pieces.
    let words = text.split(' ').take(4).count();
    let goes_on_small = |l: &Line<'_>| !l.gap && (begins_with_mark(&l.text) || begins_small(&l.text));
    if begins_small(&next.text) {
        let author = words >= 4 && is_small_byline(&next.text) && !after.is_some_and(goes_on_small);
        return !author && (words >= 4 || words >= 2 && (next.text.split(' ').count() >= 4 || after.is_some_and(goes_on_small)));
    }
    if is_spaceless_or_caseless(text) {
        return goes_on_caseless(text, next, after);
    }
    if words < 4 || text.chars().take(21).count() <= 20 {
        // "Speaker" / "Dale Hutchens" / "said the chamber …": a title before a linked name.
        let name = (1..=4).contains(&next.text.split(' ').count()) && next.text.split(' ').all(|w| w.starts_with(char::is_uppercase));
        // "By" / "Bupe Mwansa".
        if words == 1 && name && binders.binary_search(&text.to_lowercase().as_str()).is_ok() {
            return true;
        }
        return words <= 3
            && name
            && text.starts_with(char::is_uppercase)
            && after.is_some_and(|a| goes_on_small(a) && a.text.split(' ').count() >= 4);
    }
    let last = text.rsplit(' ').next().unwrap_or_default();
    let open =
        matches!(end_of(text), End::Open) || text.ends_with(crate::measure::is_opener) && !text.ends_with(['"', '\'', '”', '»', '*']);
    // A name or title in the middle of a sentence: what follows it goes on in small letters or with a mark.
    let inset = last.chars().all(char::is_lowercase)
        && next.text.split(' ').count() <= 6
        && !ends_sentence(&next.text)
        && after.is_some_and(goes_on_small);
    open || binders.binary_search(&last.to_lowercase().as_str()).is_ok() || inset
}

/// Whether a joint between two pieces takes a space: none before a closing mark or after an opening one.
pub(super) fn takes_space(text: &str, next: &str) -> bool {
    let spaceless = |c: char| c as u32 >= 0x2E80 && !(0xAC00..=0xD7AF).contains(&(c as u32));
    let open = text.ends_with(['(', '[', '“', '„', '«', '¿', '¡']);
    let both_spaceless = text.chars().next_back().is_some_and(spaceless) && next.chars().next().is_some_and(spaceless);
    !(begins_with_mark(next) || open || both_spaceless)
}

fn begins_with_mark(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next();
    let second = chars.next();
    match first {
        Some(',' | ';' | '!' | '?' | ')' | ']' | '،' | '؟') => true,
        // ". Then": a closing stop. "...and" and ".com" are not.
        // A closing quote; before a letter it opens one (Swedish, or a careless writer).
        Some('.' | ':' | '”' | '’') => second.is_none_or(|c| c == ' ' || crate::measure::is_closer(c)),
        _ => false,
    }
}

fn begins_small(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_lowercase)
        && !text.starts_with("http")
        && !text.split(' ').next().is_some_and(|w| w.contains(['@', '_', '/']) || w.ends_with(|c: char| c.is_ascii_digit()))
}

/// "di Ilaria Fenoglio" under a headline: an author, not the end of a sentence.
fn is_small_byline(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(first, rest)| {
        first.chars().count() <= 4
            && rest.split(' ').count() <= 4
            && crate::rules::is_byline_tail(rest)
            && !rest.chars().any(char::is_numeric)
    })
}

/// Characters from the end of a text in which its last letter is looked for.
const LOOK_BACK: usize = 200;

/// Whether the text ends in a script that has no small letters to tell a torn sentence by.
fn is_spaceless_or_caseless(text: &str) -> bool {
    text.chars().rev().take(LOOK_BACK).find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase() && !c.is_uppercase())
}

/// In Chinese, Japanese and Korean, Hebrew, Arabic and Hindi: a short piece between two long ones, of which the first is no sentence
/// and the last ends like one, is a link inside a sentence.
fn goes_on_caseless(text: &str, next: &Line<'_>, after: Option<&Line<'_>>) -> bool {
    // As far as the limits below ask.
    let chars = |t: &str| t.chars().take(INSET_CHARS + 1).count();
    let inset = chars(&next.text) <= INSET_CHARS && !ends_sentence(&next.text);
    let closes = |l: &Line<'_>| {
        !l.gap && (begins_with_mark(&l.text) || (ends_sentence(&l.text) && chars(&l.text) >= TAIL_CHARS && begins_with_particle(&l.text)))
    };
    if inset && chars(text) >= 6 && ends_with_particle(text) && after.is_some_and(closes) {
        return true;
    }
    // The piece behind the link.
    ends_sentence(&next.text)
        && chars(&next.text) >= TAIL_CHARS
        && begins_with_particle(&next.text)
        && chars(text) >= 8
        && has_particle_inside(text)
}

/// Longest link text inside a sentence of a caseless script, in characters.
const INSET_CHARS: usize = 22;

/// Shortest tail of such a sentence.
const TAIL_CHARS: usize = 8;

/// Kana that begin a phrase's tail and never a sentence; other scripts give no such sign.
fn begins_with_particle(text: &str) -> bool {
    match text.chars().next() {
        Some(c) if ('\u{3040}'..='\u{30ff}').contains(&c) => {
            matches!(c, 'は' | 'が' | 'を' | 'に' | 'で' | 'と' | 'も' | 'の' | 'へ' | 'や' | 'だ' | 'な' | 'か' | 'し')
        }
        Some(c) => ('\u{ac00}'..='\u{d7a3}').contains(&c),
        None => false,
    }
}

/// Japanese and Korean particles behind which a sentence goes on.
fn ends_with_particle(text: &str) -> bool {
    text.ends_with([
        'は', 'が', 'を', 'で', 'と', 'の', 'も', '、', '은', '는', '이', '가', '을', '를', '의', '로', '와', '과', '아', '고', '며', '에',
    ])
}

/// Whether a joined piece is already more than a heading: a comma or a topic particle inside.
fn has_particle_inside(text: &str) -> bool {
    text.contains(['、', 'は', 'が', 'を', '은', '는', '을', '를'])
}

fn ends_sentence(text: &str) -> bool {
    matches!(end_of(text), End::Sentence | End::Ellipsis | End::Colon) || text.ends_with(['"', '”', '»'])
}

/// Whether a line of some length stops in the middle of a sentence.
fn is_torn(text: &str) -> bool {
    !ends_sentence(text) && text.split(' ').count() >= 5 && text.chars().filter(|c| c.is_lowercase()).count() * 2 > text.chars().count()
}
