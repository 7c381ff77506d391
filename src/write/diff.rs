//! `--diff`: what goes, as a unified diff that `git apply` and `patch` take and diff viewers show.
//!
//! Which lines go is known, so nothing is compared. The old side of a text is the page as it is, line by line. On the new side the
//! lines that stay are as they were, wrapped and spaced like on the page; a line that loses a part stands there anew. Where lines go, one of
//! the runs of blank lines around them stays. The old side of HTML, whose markup nobody wants to compare, is the page's text, a block
//! a line.

use std::borrow::Cow;
use std::fmt::Write;

use super::explain::Palette;
use crate::page::{Block, Kind, Kinds, Page};
use crate::read::{is_blank, split};

/// Unchanged lines around a change.
const CONTEXT: usize = 3;

/// What becomes of a line of the page.
#[derive(Debug, Clone)]
enum Fate<'p> {
    Blank,
    Stays,
    Goes(Kinds),
    /// It loses a part.
    Becomes(Cow<'p, str>, Kinds),
}

/// A line of the old side: its text with its end, and what stands for it on the new side if that is another.
struct Row<'p> {
    old: Cow<'p, str>,
    new: Option<String>,
    is_same: bool,
    kinds: Kinds,
}

/// The diff from `original`, of which `page` was made, to what stays; empty if nothing goes.
pub fn diff(page: &Page, original: &str, name: &str, headline: bool, palette: &Palette) -> String {
    let rows = if page.markup.is_some() { rows_of_blocks(page, headline) } else { rows_of_lines(page, original, headline) };
    let changed: Vec<usize> = rows.iter().enumerate().filter(|(_, row)| !row.is_same).map(|(at, _)| at).collect();
    let mut out = String::new();
    if changed.is_empty() {
        return out;
    }
    header(&mut out, name, palette);
    // How many lines the new side has more, up to here.
    let mut gained = 0;
    for run in changed.chunk_by(|a, b| b - a <= CONTEXT * 2) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let from = first.saturating_sub(CONTEXT);
        hunk(&mut out, rows.get(from..(last + 1 + CONTEXT).min(rows.len())).unwrap_or_default(), from, &mut gained, palette);
    }
    out
}

/// What becomes of `block`.
fn fate<'p>(page: &Page, at: usize, block: &'p Block, headline: bool) -> Fate<'p> {
    let none = Kinds::default();
    let text = block.uncut();
    if block.is_dropped() {
        return Fate::Goes(block.dropped_as().into_iter().collect());
    }
    if !headline && page.facts.headline == Some(at) {
        return Fate::Goes(none);
    }
    let kinds = block.cuts().iter().filter_map(|cut| cut.why.kind).collect();
    match text.is_empty() {
        true => Fate::Goes(kinds),
        false if block.cuts().is_empty() => Fate::Stays,
        false => Fate::Becomes(text, kinds),
    }
}

fn rows_of_blocks(page: &Page, headline: bool) -> Vec<Row<'_>> {
    let row = |(at, block): (usize, &'_ Block)| {
        let old = Cow::Owned(format!("{}\n", block.text));
        match fate(page, at, block, headline) {
            Fate::Goes(kinds) => Row { old, new: None, is_same: false, kinds },
            Fate::Becomes(text, kinds) => Row { old, new: Some(format!("{text}\n")), is_same: false, kinds },
            Fate::Stays | Fate::Blank => Row { old, new: None, is_same: true, kinds: Kinds::default() },
        }
    };
    page.blocks.iter().enumerate().map(row).collect()
}

/// The lines of a text. Pages know more line ends than diffs, which have LF alone: what they take for one line may be several.
fn rows_of_lines<'p>(page: &'p Page, original: &'p str, headline: bool) -> Vec<Row<'p>> {
    let starts: Vec<usize> = split(original).map(|line| line.as_ptr() as usize - original.as_ptr() as usize).collect();
    let ends = starts.iter().skip(1).copied().chain([original.len()]);
    let lines: Vec<(&str, &str)> = starts
        .iter()
        .zip(ends)
        .zip(split(original))
        .filter_map(|((start, end), line)| Some((line, original.get(start + line.len()..end)?)))
        .collect();
    let fates = fates(page, &lines, headline);
    let mut rows = Vec::new();
    let mut rest: &[(&str, &str)] = &lines;
    let mut fates: &[Fate<'_>] = &fates;
    while !rest.is_empty() {
        let count = rest.iter().position(|(_, end)| end.ends_with('\n')).map_or(rest.len(), |at| at + 1);
        let (Some((now, after)), Some((of_now, later))) = (rest.split_at_checked(count), fates.split_at_checked(count)) else { break };
        rows.push(row(now, of_now));
        (rest, fates) = (after, later);
    }
    rows
}

/// One line of a diff, which the page has as `lines`.
fn row<'p>(lines: &[(&'p str, &'p str)], fates: &[Fate<'_>]) -> Row<'p> {
    let whole = |(line, end): &(&str, &str)| [*line, *end].concat();
    let end = lines.last().map_or("", |(_, end)| *end);
    let old: String = lines.iter().map(whole).collect();
    let mut new = String::new();
    let mut row = Row { old: Cow::Owned(old), new: None, is_same: true, kinds: Kinds::default() };
    for (line, fate) in lines.iter().zip(fates) {
        match fate {
            Fate::Blank | Fate::Stays => new.push_str(&whole(line)),
            Fate::Becomes(text, _) => new.extend([text, line.1]),
            Fate::Goes(_) => {}
        }
        if let Fate::Goes(kinds) | Fate::Becomes(_, kinds) = fate {
            row.is_same = false;
            row.kinds = row.kinds.and(*kinds);
        }
    }
    if !row.is_same && !new.is_empty() {
        let text = new.trim_end_matches(is_line_end);
        row.new = Some([text, end].concat());
    }
    row
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What becomes of each line of a text. One that is in no block (a rule between sections) says nothing and goes.
fn fates<'p>(page: &'p Page, lines: &[(&str, &str)], headline: bool) -> Vec<Fate<'p>> {
    let start = |(line, _): &(&str, &str)| if is_blank(line) { Fate::Blank } else { Fate::Goes(Kinds::default()) };
    let mut fates: Vec<Fate<'p>> = lines.iter().map(start).collect();
    for (at, block) in page.blocks.iter().enumerate() {
        let fate = fate(page, at, block, headline);
        let lines = fates.iter_mut().skip(block.lines.start.saturating_sub(1) as usize).take(block.lines.len());
        for (n, slot) in lines.enumerate() {
            *slot = match &fate {
                // What several lines held stands on the first.
                Fate::Becomes(_, kinds) if n > 0 => Fate::Goes(*kinds),
                fate => fate.clone(),
            };
        }
    }
    close_up(&mut fates);
    fates
}

/// Lets the blank lines go that the lines between them leave behind: between two lines that stay the first run of them is enough, and
/// there is none at the page's edges.
fn close_up(fates: &mut [Fate<'_>]) {
    let is_text = |fate: &Fate<'_>| matches!(fate, Fate::Stays | Fate::Becomes(..));
    let len = fates.len();
    let mut at = 0;
    while at < len {
        let end = fates.iter().skip(at).position(is_text).map_or(len, |n| at + n);
        let gap = fates.get_mut(at..end).unwrap_or_default();
        if gap.iter().any(|fate| matches!(fate, Fate::Goes(_))) {
            // At an edge there is nothing to keep apart.
            let mut is_owed = at > 0 && end < len;
            let mut is_open = false;
            for fate in gap {
                let is_blank = matches!(fate, Fate::Blank);
                if is_blank && !(is_owed || is_open) {
                    *fate = Fate::Goes(Kinds::default());
                }
                is_open = is_blank && (is_owed || is_open);
                is_owed &= !is_blank;
            }
        }
        at = end + 1;
    }
}

fn header(out: &mut String, name: &str, palette: &Palette) {
    let head = palette.head;
    let name = name.trim_start_matches("./").trim_start_matches('/');
    let [old, new] = ["a/", "b/"].map(|side| quoted(&[side, name].concat()));
    // A name with a space ends with a tab, as a date might follow it.
    let tab = if name.contains(' ') && !old.starts_with('"') { "\t" } else { "" };
    // Writing to a string does not fail.
    let _ = writeln!(out, "{head}diff --git {old} {new}{head:#}\n{head}--- {old}{tab}{head:#}\n{head}+++ {new}{tab}{head:#}");
}

/// A name as git writes it: in quotes, if it holds signs that would end it.
fn quoted(name: &str) -> String {
    if !name.contains(|c: char| c.is_control() || matches!(c, '"' | '\\')) {
        return name.to_owned();
    }
    let mut out = String::from("\"");
    for c in name.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_ascii_control() => {
                let _ = write!(out, "\\{:03o}", c as u32);
            }
            c => out.push(c),
        }
    }
    out + "\""
}

/// A stretch of lines with changes, the first of which is line `from` (from 0) of the old side.
fn hunk(out: &mut String, rows: &[Row<'_>], from: usize, gained: &mut isize, palette: &Palette) {
    let news = rows.iter().filter(|row| row.is_same || row.new.is_some()).count();
    let kinds: Kinds = rows.iter().fold(Kinds::default(), |all, row| all.and(row.kinds));
    let kinds: Vec<&str> = Kind::ALL.iter().filter(|kind| kinds.has(**kind)).map(|kind| kind.name()).collect();
    let about = if kinds.is_empty() { String::new() } else { format!(" {}", kinds.join(", ")) };
    // An empty side stands behind the line before it.
    let start = |at: isize, len: usize| if len == 0 { at } else { at + 1 };
    let (old, new) = (start(from as isize, rows.len()), start(from as isize + *gained, news));
    let Palette { hunk, kept, dropped, .. } = *palette;
    let _ = writeln!(out, "{hunk}@@ -{old},{} +{new},{news} @@{hunk:#}{about}", rows.len());
    for run in rows.chunk_by(|a, b| a.is_same == b.is_same) {
        for row in run {
            let (sign, style) = if row.is_same { (' ', anstyle::Style::new()) } else { ('-', dropped) };
            line(out, sign, &row.old, style);
        }
        run.iter().filter_map(|row| row.new.as_deref()).for_each(|new| line(out, '+', new, kept));
    }
    *gained += news as isize - rows.len() as isize;
}

fn line(out: &mut String, sign: char, text: &str, style: anstyle::Style) {
    let whole = text.strip_suffix('\n');
    let _ = writeln!(out, "{style}{sign}{}{style:#}", whole.unwrap_or(text));
    if whole.is_none() {
        out.push_str("\\ No newline at end of file\n");
    }
}
