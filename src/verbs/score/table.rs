//! The figures of `newsclean score`, as a table for people and as JSON.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::Context;
use newsclean::score::harmonic;
use serde::Serialize;

use super::{Page, Report, Row};

/// The report as tables: the figures, the kinds, the worst pages.
pub(super) fn text(report: &Report, worst: usize) -> String {
    let mut out = String::new();
    let pages = report.pages.len();
    let noun = if pages == 1 { "page" } else { "pages" };
    let head = format!("{pages} {noun}");
    // Writing to a string does not fail.
    let _ = writeln!(out, "{head:<18} precision   recall       F1           words lost      words left over");
    for (name, row) in &report.rows {
        let Row { means, tally } = row;
        let (lost, left) = (part(tally.lost, tally.gold), part(tally.left, tally.text));
        let _ = writeln!(out, "{name:<18} {:>9.4} {:>8.4} {:>8.4} {lost:>20} {left:>20}", means.precision(), means.recall(), means.f1());
    }
    if !report.kinds.is_empty() {
        let _ = writeln!(out, "\n{:<18} {:>10} {:>10}", "kind", "lost", "left over");
        for (kind, (lost, left)) in by_size(&report.kinds) {
            let _ = writeln!(out, "{kind:<18} {lost:>10} {left:>10}");
        }
    }
    let worst: Vec<&Page> = listed(report, worst).collect();
    if !worst.is_empty() {
        let _ = writeln!(out, "\n{:<18} {:>9} {:>8} {:>8} {:>8} {:>9}", "worst", "precision", "recall", "F1", "lost", "left over");
        for page in worst {
            let measured = &page.measured;
            let (precision, recall) = (measured.overlap.precision().unwrap_or(0.0), measured.overlap.recall().unwrap_or(0.0));
            let tally = &measured.tally;
            let f1 = harmonic(precision, recall);
            let _ = writeln!(out, "{:<18} {precision:>9.4} {recall:>8.4} {f1:>8.4} {:>8} {:>9}", page.name, tally.lost, tally.left);
        }
    }
    out
}

/// The pages that came out worst, without those that came out whole.
fn listed(report: &Report, worst: usize) -> impl Iterator<Item = &Page> {
    report.pages.iter().filter(|page| page.measured.overlap.common() < 1.0).take(worst)
}

/// `123 (4.5 %)`.
fn part(count: u64, of: u64) -> String {
    format!("{count} ({:.1} %)", count as f64 * 100.0 / of.max(1) as f64)
}

/// Those with the most words first.
fn by_size(kinds: &BTreeMap<&'static str, (u64, u64)>) -> Vec<(&'static str, (u64, u64))> {
    let mut kinds: Vec<_> = kinds.iter().map(|(kind, counts)| (*kind, *counts)).collect();
    kinds.sort_by_key(|(_, (lost, left))| std::cmp::Reverse(lost + left));
    kinds
}

#[derive(Serialize)]
struct Whole<'r> {
    pages: usize,
    failed: usize,
    #[serde(flatten)]
    own: Option<Figures>,
    baselines: BTreeMap<&'static str, Figures>,
    kinds: BTreeMap<&'static str, Words>,
    worst: Vec<Worst<'r>>,
}

#[derive(Serialize)]
struct Figures {
    precision: f64,
    recall: f64,
    f1: f64,
    words: AllWords,
}

#[derive(Serialize)]
struct AllWords {
    gold: u64,
    kept: u64,
    lost: u64,
    left: u64,
}

#[derive(Serialize)]
struct Words {
    lost: u64,
    left: u64,
}

#[derive(Serialize)]
struct Worst<'r> {
    page: &'r str,
    /// None where the result, or the gold article, is empty.
    precision: Option<f64>,
    recall: Option<f64>,
    lost: u64,
    left: u64,
}

/// The report as one JSON object.
pub(super) fn json(report: &Report, worst: usize) -> anyhow::Result<String> {
    let mut rows = report.rows.iter().map(|(name, row)| (*name, figures(row)));
    let own = rows.next().map(|(_, figures)| figures);
    let whole = Whole {
        pages: report.pages.len(),
        failed: report.failed,
        own,
        baselines: rows.collect(),
        kinds: report.kinds.iter().map(|(kind, (lost, left))| (*kind, Words { lost: *lost, left: *left })).collect(),
        worst: listed(report, worst).map(of_page).collect(),
    };
    Ok(serde_json::to_string(&whole).context("cannot write JSON")? + "\n")
}

fn figures(Row { means, tally }: &Row) -> Figures {
    let words = AllWords { gold: tally.gold, kept: tally.text, lost: tally.lost, left: tally.left };
    Figures { precision: means.precision(), recall: means.recall(), f1: means.f1(), words }
}

fn of_page(page: &Page) -> Worst<'_> {
    let measured = &page.measured;
    Worst {
        page: &page.name,
        precision: measured.overlap.precision(),
        recall: measured.overlap.recall(),
        lost: measured.tally.lost,
        left: measured.tally.left,
    }
}
