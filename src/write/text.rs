//! Plain text: a blank line between paragraphs; list items, table rows and lines of verse on neighbouring lines. A page of which nothing
//! goes keeps the lines that are no paragraphs as they stand.

use super::{Joint, Part, parts};
use crate::measure::{Program, program_in};
use crate::page::{Block, Density, Gap, Layout, Page};

/// The article as plain text, with one newline at its end; empty if nothing stays.
pub fn text(page: &Page, headline: bool) -> String {
    let kept = page.blocks.iter().filter(|block| !block.is_dropped()).map(|block| block.text.len() + 2);
    let mut out = String::with_capacity(kept.sum());
    if stands(page) {
        as_it_stands(&mut out, page, headline);
    } else {
        parts(page, headline).for_each(|part| push(&mut out, part.joint, &part.text));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

fn push(out: &mut String, joint: Joint, text: &str) {
    out.push_str(match joint {
        Joint::Top => "",
        Joint::Tight => "\n",
        Joint::Apart => "\n\n",
    });
    out.push_str(text);
}

/// Writes a page with the lines that are no paragraphs where they stood, and with the white space of those where it says something.
fn as_it_stands(out: &mut String, page: &Page, headline: bool) {
    let mut all: Vec<Part<'_>> = parts(page, headline).collect();
    let mut above: Option<&Block> = None;
    for part in &mut all {
        let is_close = || part.block.gap == Gap::Line && above.is_some_and(|above| !is_prose(above) && !is_prose(part.block));
        if part.joint == Joint::Apart && is_close() {
            part.joint = Joint::Tight;
        }
        above = Some(part.block);
    }
    let mut set = false;
    for run in all.chunk_by(|_, next| next.joint == Joint::Tight) {
        // A program may have blank lines, and one level between two of them.
        set = run.iter().any(|part| part.block.raw().is_some() && !is_prose(part.block)) && (set || is_set(run));
        for part in run {
            push(out, part.joint, part.block.raw().filter(|_| set && !is_prose(part.block)).unwrap_or(&part.text));
        }
    }
}

/// Whether the white space of a run of lines says something: in a program, and in columns or at several depths.
fn is_set(run: &[Part<'_>]) -> bool {
    let has_columns = |part: &Part<'_>| part.block.raw().map(str::trim_start).is_some_and(|raw| raw.contains('\t') || raw.contains("  "));
    let depth = |part: &Part<'_>| part.block.raw().map_or(0, |raw| raw.len() - raw.trim_start().len());
    // A space alone in front of a line is a slip, a tab is none.
    let is_deep = |part: &Part<'_>| depth(part) > 1 || part.block.raw().is_some_and(|raw| raw.starts_with('\t'));
    let at_depths = || run.iter().any(is_deep) && run.windows(2).any(|pair| matches!(pair, [a, b] if depth(a) != depth(b)));
    let is_program = || run.iter().any(|part| program_in(&part.text) == Some(Program::Code));
    run.len() > 1 && (run.iter().any(has_columns) || at_depths()) || is_program()
}

/// Whether all that the page has stays as it is, as on one that was cleaned before: with its paragraphs set apart by blank lines.
fn stands(page: &Page) -> bool {
    let is_read = page.facts.layout == Layout::Lines && page.facts.density == Density::Article;
    is_read && page.blocks.iter().all(|b| !b.is_dropped() && b.cuts().is_empty()) && sets_prose_apart(page)
}

fn sets_prose_apart(page: &Page) -> bool {
    let (mut apart, mut close) = (0usize, 0usize);
    for pair in page.blocks.windows(2) {
        let [above, block] = pair else { continue };
        if is_prose(above) || is_prose(block) {
            if block.gap == Gap::Blank { apart += 1 } else { close += 1 }
        }
    }
    apart > close * 2
}

/// What the comments of a program begin with.
const COMMENTS: [char; 5] = ['#', '%', ';', '*', '/'];

/// Whether a block is a paragraph, and no comment in a program.
fn is_prose(block: &Block) -> bool {
    block.shape.is_prose() && !block.text.starts_with(COMMENTS) && !block.text.starts_with("--") && !block.is_program()
}
