//! `--explain`: the page with nothing hidden.
//!
//! A line per block, for people and for `grep`: line number, `+` or `-`, kind, `pass:rule`, text. Under a block that stays, the parts
//! cut from it, marked `~`; where there is colour they are struck through in the line itself too. At the end a summary. Nothing is
//! shortened or wrapped: a pipe and a search need the whole text.

use std::borrow::Cow;
use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use crate::page::{Block, Kind, Page, Reason};

/// The colours of what is shown on a terminal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Palette {
    /// Line numbers.
    pub number: Style,
    /// What stays.
    pub kept: Style,
    /// What goes.
    pub dropped: Style,
    /// A part that goes out of a line that stays.
    pub cut: Style,
    /// Reasons.
    pub why: Style,
    /// Headings.
    pub head: Style,
    /// Where a hunk of a diff stands.
    pub hunk: Style,
}

impl Palette {
    /// No colours.
    pub const fn plain() -> Self {
        let plain = Style::new();
        Self { number: plain, kept: plain, dropped: plain, cut: plain, why: plain, head: plain, hunk: plain }
    }

    /// Colours of a terminal.
    pub const fn colour() -> Self {
        Self {
            number: Style::new().dimmed(),
            kept: AnsiColor::Green.on_default(),
            dropped: AnsiColor::Red.on_default(),
            cut: AnsiColor::Red.on_default().strikethrough(),
            why: AnsiColor::Yellow.on_default(),
            head: Style::new().bold(),
            hunk: AnsiColor::Cyan.on_default(),
        }
    }
}

/// Width of the columns for kind and rule; longer names push the text to the right.
const KIND: usize = 15;
const RULE: usize = 34;

/// Every line of the page with its verdict, kind and rule, and a summary; empty if the page has no lines.
pub fn explain(page: &Page, palette: &Palette) -> String {
    let mut out = String::new();
    for block in &page.blocks {
        let mark = if block.is_dropped() { '-' } else { '+' };
        line(&mut out, palette, page, block, mark, block.verdict().reason(), &painted(block, palette));
        if !block.is_dropped() {
            for cut in block.cuts() {
                line(&mut out, palette, page, block, '~', Some(&cut.why), block.text.get(cut.range.clone()).unwrap_or_default());
            }
        }
    }
    if !out.is_empty() {
        // Writing to a string does not fail.
        let _ = writeln!(out, "{}", summary(page));
    }
    out
}

fn line(out: &mut String, palette: &Palette, page: &Page, block: &Block, mark: char, why: Option<&Reason>, text: &str) {
    let Palette { number, kept, dropped, why: reason, .. } = *palette;
    let style = if mark == '+' { kept } else { dropped };
    let kind = why.and_then(|w| w.kind).map_or("", |k| k.name());
    let rule = why.map(|w| rule_of(page, w)).unwrap_or_default();
    let _ = writeln!(
        out,
        "{number}{:>5}{number:#} {style}{mark}{style:#} {reason}{kind:<KIND$} {rule:<RULE$}{reason:#} {style}{text}{style:#}",
        block.lines.start,
    );
}

/// The text of a block, the parts struck through that go although it stays.
fn painted<'b>(block: &'b Block, palette: &Palette) -> Cow<'b, str> {
    let Palette { kept, cut: struck, .. } = *palette;
    if block.is_dropped() || block.cuts().is_empty() || struck == Style::new() {
        return Cow::Borrowed(&block.text);
    }
    let mut out = String::new();
    let mut was_cut = false;
    for (at, c) in block.text.char_indices() {
        let is_cut = block.cuts().iter().any(|cut| cut.range.contains(&at));
        // Writing to a string does not fail.
        let _ = match (was_cut, is_cut) {
            (false, true) => write!(out, "{kept:#}{struck}"),
            (true, false) => write!(out, "{struck:#}{kept}"),
            _ => Ok(()),
        };
        was_cut = is_cut;
        out.push(c);
    }
    Cow::Owned(out)
}

/// `pass:rule`, with the line that says the same.
fn rule_of(page: &Page, why: &Reason) -> String {
    let mut out = why.pass.name().to_owned();
    if let Some(score) = why.score() {
        let _ = write!(out, ":{score:.2}");
    }
    if let Some(rule) = why.rule() {
        let _ = write!(out, ":{rule}");
    }
    if let Some(twin) = page.twin(why) {
        let _ = write!(out, " = line {}", twin.lines.start);
    }
    out
}

/// How many blocks stayed and went.
pub(super) struct Sums {
    pub(super) kept: usize,
    pub(super) removed: usize,
    /// Parts cut out of what is kept.
    pub(super) cut: usize,
    /// Of what was removed, the kinds that there were.
    pub(super) kinds: Vec<(Kind, usize)>,
}

impl Sums {
    pub(super) fn of(page: &Page) -> Self {
        let removed = page.blocks.iter().filter(|b| b.is_dropped()).count();
        let cut = page.blocks.iter().filter(|b| !b.is_dropped()).map(|b| b.cuts().len()).sum();
        let kinds = Kind::ALL.iter().map(|kind| (*kind, page.blocks.iter().filter(|b| b.dropped_as() == Some(*kind)).count()));
        Self { kept: page.blocks.len() - removed, removed, cut, kinds: kinds.filter(|(_, n)| *n > 0).collect() }
    }
}

/// How many blocks stayed and went, by kind, in one line: `kept 12, removed 30 (navigation 20, ad 8, caption 2)`.
pub fn summary(page: &Page) -> String {
    let Sums { kept, removed, cut, kinds } = Sums::of(page);
    let mut out = format!("kept {kept}, removed {removed}");
    let counts: Vec<String> = kinds.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
    if !counts.is_empty() {
        let _ = write!(out, " ({})", counts.join(", "));
    }
    if cut > 0 {
        let _ = write!(out, ", cut {cut} {}", if cut == 1 { "part" } else { "parts" });
    }
    out
}
