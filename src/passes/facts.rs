//! What the removed byline lines say: authors and date, for the JSON output.

use super::signals::{Line, line_of};
use crate::measure::{Token, TokenKind};
use crate::page::{Block, Kind, Page, Step};
use crate::rules::{BUILTIN, Classes, Rest, WordClass, classes_of};

pub(super) const NAME: Step = Step::Facts;

/// Words of the longest name.
const NAME_WORDS: usize = 5;
/// Most authors that are taken from one page.
const MOST_AUTHORS: usize = 8;

pub(super) fn run(page: &mut Page) {
    let mut authors: Vec<String> = Vec::new();
    let mut date = None;
    for block in page.blocks.iter().filter(|b| b.dropped_as() == Some(Kind::Byline)) {
        if line_of(block) == Line::Date {
            date.get_or_insert_with(|| block.text.as_str().to_owned());
            continue;
        }
        for name in names(block) {
            if authors.len() < MOST_AUTHORS && !authors.contains(&name) {
                authors.push(name);
            }
        }
    }
    page.facts.authors = authors;
    page.facts.date = date;
}

const STOP: Classes = Classes::of(&[
    WordClass::Role,
    WordClass::Agency,
    WordClass::Credit,
    WordClass::Month,
    WordClass::Weekday,
    WordClass::DateOpener,
    WordClass::TimeUnit,
    WordClass::Platform,
]);

/// The people that a byline names: runs of name-like words behind its opener.
fn names(block: &Block) -> Vec<String> {
    let tokens = block.tokens();
    let classes = classes_of(&BUILTIN, &tokens);
    let named = |r: Rest| matches!(r, Rest::Names | Rest::Byline | Rest::Credit);
    let from =
        block.hits().iter().filter(|h| h.rule.kind == Kind::Byline && h.from == 0 && named(h.rule.rest)).map(|h| h.to as usize).max();
    if from.is_none() && line_of(block) != Line::Name {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut run: Vec<Token> = Vec::new();
    for (i, (token, class)) in tokens.iter().zip(&classes).enumerate().skip(from.unwrap_or(0)) {
        let joined = run.last().is_none_or(|last| is_joined(&block.text, last, token));
        let particle = class.has(WordClass::Particle) && !run.is_empty() | (token.kind != TokenKind::Lower);
        let name = matches!(token.kind, TokenKind::Title | TokenKind::Upper | TokenKind::Caseless | TokenKind::Solo) && !class.any(STOP);
        if !joined {
            finish(&block.text, &mut run, &mut out);
        }
        let and = class.has(WordClass::And) && token.kind == TokenKind::Lower && !particle;
        if (name || particle) && !and {
            run.push(*token);
        } else {
            finish(&block.text, &mut run, &mut out);
            // What follows a role or a date is no author: "Staff Writer, The Morning Ledger".
            if !and && i > from.unwrap_or(0) {
                break;
            }
        }
    }
    finish(&block.text, &mut run, &mut out);
    out
}

/// Whether only a space, hyphen, dot or apostrophe stands between two tokens.
fn is_joined(text: &str, a: &Token, b: &Token) -> bool {
    text.get(a.end as usize..b.start as usize)
        .is_some_and(|between| between.chars().all(|c| matches!(c, ' ' | '.' | '-' | '\'' | '’' | '\u{200c}')))
}

fn finish(text: &str, run: &mut Vec<Token>, out: &mut Vec<String>) {
    if let (Some(first), Some(last)) = (run.first(), run.last())
        && let Some(name) = text.get(first.start as usize..last.end as usize)
        && (1..=NAME_WORDS).contains(&name.split_whitespace().count())
        && name.chars().count() > 1
    {
        out.push(name.to_owned());
    }
    run.clear();
}
