//! `--explain=json`: the page with nothing hidden, for programs. A JSON object a block, and at the end one with the sums.

use std::collections::BTreeMap;

use serde::Serialize;

use super::explain::Sums;
use crate::page::{Block, Cut, Kind, Page, Reason};

/// A block with what became of it. Every object has every key, so that they make a table.
#[derive(Serialize)]
struct Line<'p> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'p str>,
    /// First and last line of the input, counted from 1.
    lines: [u32; 2],
    /// `keep`, `drop`, or `cut` where it stays without some of its parts.
    verdict: &'static str,
    #[serde(flatten)]
    why: Why,
    /// The chance of being article text that the model gave, where it decided.
    score: Option<f32>,
    text: &'p str,
    cuts: Vec<Part<'p>>,
}

/// A part that goes out of a block that stays.
#[derive(Serialize)]
struct Part<'p> {
    /// Where it begins and ends in the block's text, in Unicode characters, the end exclusive: what a slice takes in Python and jq.
    chars: [usize; 2],
    #[serde(flatten)]
    why: Why,
    text: &'p str,
}

#[derive(Serialize)]
struct Why {
    kind: Option<&'static str>,
    rule: Option<String>,
    /// The line of the copy.
    copy: Option<u32>,
}

#[derive(Serialize)]
struct Last<'p> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'p str>,
    summary: Summary,
}

#[derive(Serialize)]
struct Summary {
    kept: usize,
    removed: usize,
    /// Parts cut out of what is kept.
    cut: usize,
    kinds: BTreeMap<&'static str, usize>,
    page: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    warning: Option<&'static str>,
}

/// Every block of the page with its verdict, kind and rule, one JSON object a line, and an object with the sums; `file` names the page in
/// each, where there are several.
pub fn verdicts(page: &Page, file: Option<&str>) -> String {
    let mut out = String::new();
    for block in &page.blocks {
        push(&mut out, &line(page, block, file));
    }
    push(&mut out, &Last { file, summary: summary(page) });
    out
}

fn push(out: &mut String, value: &impl Serialize) {
    // Strings and numbers can always be written.
    out.push_str(&serde_json::to_string(value).unwrap_or_default());
    out.push('\n');
}

fn line<'p>(page: &Page, block: &'p Block, file: Option<&'p str>) -> Line<'p> {
    let why = block.verdict().reason();
    let cuts = if block.is_dropped() { Vec::new() } else { block.cuts().iter().map(|cut| part(page, block, cut)).collect() };
    let score = why.and_then(|why| why.score());
    Line { file, lines: block.first_and_last(), verdict: block.outcome(), why: reason(page, why), score, text: &block.text, cuts }
}

fn part<'p>(page: &Page, block: &'p Block, cut: &Cut) -> Part<'p> {
    let text = block.text.get(cut.range.clone()).unwrap_or_default();
    let start = block.text.get(..cut.range.start).unwrap_or_default().chars().count();
    Part { chars: [start, start + text.chars().count()], why: reason(page, Some(&cut.why)), text }
}

fn reason(page: &Page, why: Option<&Reason>) -> Why {
    Why {
        kind: why.and_then(|why| why.kind).map(Kind::name),
        rule: why.map(Reason::name),
        copy: why.and_then(|why| page.twin(why)).map(|twin| twin.lines.start),
    }
}

fn summary(page: &Page) -> Summary {
    let Sums { kept, removed, cut, kinds } = Sums::of(page);
    let kinds = kinds.into_iter().map(|(kind, n)| (kind.name(), n)).collect();
    let label = page.facts.label;
    Summary { kept, removed, cut, kinds, page: label.name(), warning: label.warning() }
}
