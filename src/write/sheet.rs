//! A page for the report: its card, which is short and stands in the list of pages, and its sheet, which shows all of it.

use std::ops::Range;

use serde::Serialize;

use super::Tally;
use super::json::{headline_of, site_of};
use super::tally::tally;
use crate::page::{Block, Page, Reason, Role, Verdict};

/// What the list of pages shows of one.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// The site's name, as the page has it.
    pub site: Option<String>,
    /// What the page is, as in JSON.
    pub page: &'static str,
    /// What the user should know of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<&'static str>,
    /// The headline, as in JSON.
    pub headline: Option<String>,
    /// How much of it went.
    #[serde(flatten)]
    pub tally: Tally,
}

/// A page with nothing hidden.
#[derive(Debug, Clone, Serialize)]
pub struct Sheet<'p> {
    /// Its blocks, in the order of the page.
    pub blocks: Vec<Line<'p>>,
}

/// A block of a sheet.
#[derive(Debug, Clone, Serialize)]
pub struct Line<'p> {
    /// First and last line of the input, counted from 1.
    pub lines: [u32; 2],
    /// What it is in the text; none for a paragraph.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<&'static str>,
    /// Its text, in parts that stay or go.
    pub pieces: Vec<Piece<'p>>,
}

/// A part of a block, or all of it.
#[derive(Debug, Clone, Serialize)]
pub struct Piece<'p> {
    /// The text.
    pub text: &'p str,
    /// Whether it went.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
    /// The kind of noise; also of what stays because the user keeps that kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// What decided, as in JSON; none where nothing had to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// How likely it is article text, where the model decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// The line that says the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub twin: Option<u32>,
}

/// The card of the page.
pub fn card(page: &Page) -> Card {
    let label = page.facts.label;
    Card {
        site: site_of(page).map(str::to_owned),
        page: label.name(),
        warning: label.warning(),
        headline: headline_of(page),
        tally: tally(page),
    }
}

/// The sheet of the page.
pub fn sheet(page: &Page) -> Sheet<'_> {
    let blocks = page.blocks.iter().enumerate();
    Sheet { blocks: blocks.map(|(at, block)| line(page, at, block)).collect() }
}

fn line<'p>(page: &'p Page, at: usize, block: &'p Block) -> Line<'p> {
    Line { lines: block.first_and_last(), role: role(page, at, block), pieces: pieces(page, block) }
}

fn role(page: &Page, at: usize, block: &Block) -> Option<&'static str> {
    match block.role {
        _ if page.facts.headline == Some(at) => Some("headline"),
        Role::Heading(_) => Some("heading"),
        Role::Paragraph => None,
        Role::Item => Some("item"),
        Role::Quote => Some("quote"),
        Role::Row => Some("row"),
        Role::Code => Some("code"),
    }
}

/// The parts of a block, which together are its text.
fn pieces<'p>(page: &'p Page, block: &'p Block) -> Vec<Piece<'p>> {
    let why = match block.verdict() {
        Verdict::Open => None,
        Verdict::Keep(why) => Some(why),
        Verdict::Drop(why) => return vec![piece(page, &block.text, true, Some(why))],
    };
    let mut cuts: Vec<_> = block.cuts().iter().collect();
    cuts.sort_by_key(|cut| cut.range.start);
    let part = |range| block.text.get::<Range<usize>>(range).filter(|text| !text.is_empty());
    let mut out = Vec::new();
    let mut at = 0;
    for cut in cuts {
        let (start, end) = (cut.range.start.max(at), cut.range.end.max(at));
        out.extend(part(at..start).map(|text| piece(page, text, false, why)));
        out.extend(part(start..end).map(|text| piece(page, text, true, Some(&cut.why))));
        at = end;
    }
    out.extend(part(at..block.text.len()).map(|text| piece(page, text, false, why)));
    out
}

fn piece<'p>(page: &Page, text: &'p str, gone: bool, why: Option<&Reason>) -> Piece<'p> {
    Piece {
        text,
        gone,
        kind: why.and_then(|w| w.kind).map(|k| k.name()),
        rule: why.map(Reason::name),
        // Two places, as `--explain` shows it.
        score: why.and_then(|w| w.score()).map(|score| (f64::from(score) * 100.0).round() / 100.0),
        twin: why.and_then(|w| page.twin(w)).map(|twin| twin.lines.start),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Cut, Gap, Kind, Step};

    #[test]
    fn the_pieces_of_a_block_are_its_text() {
        let mut block = Block::new("Ad The ferry runs again. Share".to_owned(), 4..6, Role::Item, Gap::Blank);
        let cut = |range, kind, rule: &'static str| Cut { range, why: Reason::noise(kind, Step::Wording, rule) };
        // In no order, and two that overlap: what was cut once is not shown twice.
        block.cut([
            cut(24..30, Kind::Widget, "share"),
            cut(0..3, Kind::Ad, "label"),
            cut(0..2, Kind::Ad, "again"),
            cut(20..26, Kind::Ad, "end"),
        ]);
        let mut why = Reason::judged(Kind::Ad, Step::Model, 0.876);
        why.kind = None;
        block.keep(why);
        let mut gone = Block::new("Share".to_owned(), 1..2, Role::Paragraph, Gap::Blank);
        gone.drop(Reason::noise(Kind::Duplicate, Step::Duplicate, "again").with_twin(0));
        let page = Page { blocks: vec![block, gone], ..Page::default() };
        let expected = serde_json::json!({"blocks": [
            {"lines": [4, 5], "role": "item", "pieces": [
                {"text": "Ad ", "gone": true, "kind": "ad", "rule": "wording:label"},
                {"text": "The ferry runs ag", "rule": "model", "score": 0.88},
                {"text": "ain. S", "gone": true, "kind": "ad", "rule": "wording:end"},
                {"text": "hare", "gone": true, "kind": "widget", "rule": "wording:share"},
            ]},
            {"lines": [1, 1], "pieces": [{"text": "Share", "gone": true, "kind": "duplicate", "rule": "duplicate:again", "twin": 4}]},
        ]});
        assert_eq!(serde_json::to_value(sheet(&page)).unwrap(), expected);
    }
}
