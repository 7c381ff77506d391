//! Bars of quotes, weather and scores: told by their shape, in any language and order of fields, with the heading above.

mod cell;
mod figures;

use std::ops::Range;

use self::cell::{Cell, LINE_CHARS, cell, form_of, heads_a_bar, holds_several};
use self::figures::begins_with_time;
use super::extent::{Extent, is_text};
use crate::measure::End;
use crate::page::{Block, Kind, Page, Reason, Role, Step};
use crate::rules::Opens;

pub(super) const NAME: Step = Step::Ticker;

pub(super) fn run(page: &mut Page) {
    let extent = Extent::of(page);
    let figures: Vec<bool> = page.blocks.iter().map(|b| b.is_open() && b.shape.numbers() > 0 && b.shape.chars() <= LINE_CHARS).collect();
    let near = |i: usize| figures.get(i).copied().unwrap_or(false) || figures.get(i + 1).copied().unwrap_or(false);
    let cells: Vec<Cell> =
        page.blocks.iter().enumerate().map(|(i, b)| if near(i) || b.shape.words() == 0 { cell(b) } else { Cell::Other }).collect();
    if cells.iter().all(|c| matches!(c, Cell::Known | Cell::Name | Cell::Other)) {
        return;
    }
    // Prices below a paragraph are the article's, even if its longer part stands further down.
    let first_text = page.blocks.iter().position(is_text);
    let mut i = 0;
    while i < cells.len() {
        let end = run_end(&cells, i);
        let (run, blocks) = (cells.get(i..end).unwrap_or_default(), page.blocks.get(i..end).unwrap_or_default());
        let bar = || {
            is_bar(run, !extent.holds(i), heading_above(page, &extent, i, false).map(|at| Heading::of(page, at..i)))
                || !extent.holds(i) && are_strips(run, blocks)
                || first_text.is_none_or(|first| i < first) && extent.is_head(i) && is_strip(run, blocks)
        };
        if end > i && bar() {
            let start = heading_above(page, &extent, i, true).unwrap_or(i);
            for (n, block) in page.blocks.iter_mut().enumerate().take(end).skip(start) {
                block.drop(Reason::noise(Kind::Ticker, NAME, if n < i { "heading" } else { "quotes" }));
            }
        }
        i = end.max(i + 1);
    }
}

/// One past the last line of the bar that may begin at `start`; `start` if none does.
fn run_end(cells: &[Cell], start: usize) -> usize {
    let mut end = start;
    while let Some(cell) = cells.get(end) {
        // A score strip is a bar of its own: a result beside quotes is a line of the article.
        let above = end.checked_sub(1).filter(|n| *n >= start).and_then(|n| cells.get(n));
        let apart = |kind: Cell| above.is_some_and(|a| (*a == kind) != (*cell == kind));
        if apart(Cell::Score) || apart(Cell::Plain) {
            break;
        }
        let next = cells.get(end + 1).copied().unwrap_or(Cell::Other);
        let goes_on = match cell {
            // A name belongs to the bar if figures follow it.
            Cell::Name => matches!(next, Cell::Value | Cell::Change | Cell::Degree | Cell::Board),
            Cell::Other => false,
            _ => true,
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    end
}

/// What heads a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heading {
    /// A line that a rule names as such a heading.
    Named,
    /// One that is in capitals, and no more.
    Capitals,
}

impl Heading {
    /// That in these lines.
    fn of(page: &Page, lines: Range<usize>) -> Self {
        if page.blocks.get(lines).unwrap_or_default().iter().any(is_named) { Self::Named } else { Self::Capitals }
    }
}

/// Whether a run of lines is a bar: enough quotes, or names with values and changes.
fn is_bar(run: &[Cell], edge: bool, heading: Option<Heading>) -> bool {
    let (named, headed) = (heading == Some(Heading::Named), heading.is_some());
    let count = |of: &[Cell]| run.iter().filter(|c| of.contains(c)).count();
    let quotes = count(&[Cell::Quote]);
    let rows = count(&[Cell::Row]);
    let changes = count(&[Cell::Change]);
    let values = count(&[Cell::Value]);
    let known = count(&[Cell::Known]);
    let strong = quotes >= 2 || (quotes >= 1 && (edge || headed || rows >= 1));
    let scores = (edge || headed) && count(&[Cell::Score]) >= 3;
    let columns = changes >= 2 && (values + known) >= 2 || (changes >= 1 && values >= 1 && (known >= 1 || headed));
    let loose = edge && rows >= 3 && rows * 2 >= run.len() || headed && rows + count(&[Cell::Priced]) >= 1 || named && values >= 1;
    let degrees = count(&[Cell::Degree]);
    let weather = degrees >= 3 || (edge || headed) && degrees >= 2;
    let boards = count(&[Cell::Board]);
    let board = boards >= 3 || (edge || headed) && boards >= 2;
    strong || weather || board || columns || loose || scores || (edge && known >= 3 && values >= 3)
}

/// Whether most lines are whole strips of rows, each a bar by itself above and below the article.
fn are_strips(run: &[Cell], blocks: &[Block]) -> bool {
    let strip = |(cell, block): &(&Cell, &Block)| matches!(cell, Cell::Row | Cell::Board) && holds_several(block);
    run.iter().zip(blocks).filter(strip).count() * 2 > run.len()
}

/// Whether lines above the article are a strip by their form alone: three or more names with figures or prices, all alike. Times with what
/// happens then are a timetable, which may be all that an article has: `05.30 KM Camar`, `08.00 KM Dugong`.
fn is_strip(run: &[Cell], blocks: &[Block]) -> bool {
    let rows = run.len() >= 3 && run.iter().all(|c| matches!(c, Cell::Plain | Cell::Priced | Cell::Row));
    let form = blocks.first().map(|b| form_of(&b.text));
    let counted = |b: &Block| b.role == Role::Item || b.text.starts_with(['-', '•', '*']);
    rows && blocks.iter().all(|b| !counted(b) && !begins_with_time(&b.text) && Some(form_of(&b.text)) == form)
}

/// The line above the bar that is its heading: one that a rule names, or above the article a short line of capitals; if `loose`, also
/// one that is made of the words of bars, which alone is no evidence for a bar.
fn heading_above(page: &Page, extent: &Extent, at: usize, loose: bool) -> Option<usize> {
    let mut start = None;
    let mut above = at;
    while let Some(i) = above.checked_sub(1).filter(|i| at - i <= 2) {
        let block = page.blocks.get(i).filter(|b| b.is_open() && page.facts.headline != Some(i))?;
        let named = is_named(block);
        let capitals = !extent.holds(i)
            && block.shape.words() <= 4
            && block.shape.words() > 0
            && block.shape.lower() == 0
            && block.shape.upper() > 0
            && block.shape.end == End::Bare;
        if !(named || capitals || loose && heads_a_bar(block)) {
            break;
        }
        start = Some(i);
        above = i;
    }
    start
}

/// Whether a rule names a line as the heading of a bar.
fn is_named(block: &Block) -> bool {
    block.hits().iter().any(|h| h.rule.opens == Some(Opens::Quotes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_alone_is_no_strip() {
        assert!(!is_bar(&[Cell::Score], true, None));
        assert!(!is_bar(&[Cell::Score; 3], false, None));
        assert!(is_bar(&[Cell::Score; 3], true, None));
    }

    #[test]
    fn a_figure_below_capitals_is_no_bar() {
        // The last column of a table of results, and the first team below: "PTS", "Musket Bay", "16".
        let run = [Cell::Name, Cell::Value, Cell::Value];
        assert!(!is_bar(&run, true, Some(Heading::Capitals)));
        assert!(is_bar(&run, true, Some(Heading::Named)));
    }
}
