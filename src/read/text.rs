//! Lines to blocks: unwrap, join, and name the role of each block.

use super::line::{Line, lines};
use super::{fragments, markdown, raw, role_of, wrap};
use crate::measure::is_program;
use crate::page::{Block, Facts, Gap, Layout, Page};

/// The blocks of a text, in the layout that its lines show.
pub(super) fn blocks(text: &str) -> Page {
    let lines = lines(text);
    let column = wrap::column(&lines);
    let (layout, blocks) = if markdown::is_markdown(&lines, column) {
        (Layout::Markdown, markdown::blocks(&lines, column))
    } else if let Some(column) = column {
        (Layout::Wrapped, unwrap(&lines, column))
    } else if fragments::are_fragments(&lines) {
        (Layout::Fragments, join(&lines))
    } else {
        (Layout::Lines, one_each(text, lines))
    };
    Page { blocks, facts: Facts { layout, ..Facts::default() }, content: Vec::new(), markup: None }
}

/// Lines that are let go of at once when their blocks are made.
const STRETCH: usize = 1 << 16;

/// The blocks of `lines` of `text` that are a paragraph each. Those of a huge page are made from the last one on, so that what the lines take
/// is free again for the blocks.
fn one_each(text: &str, mut lines: Vec<Line<'_>>) -> Vec<Block> {
    if lines.len() <= STRETCH {
        let mut blocks: Vec<Block> = lines.iter().map(start).collect();
        raw::keep(text, &lines, &mut blocks);
        return blocks;
    }
    let mut blocks = Vec::with_capacity(lines.len());
    while !lines.is_empty() {
        let tail = lines.split_off(lines.len().saturating_sub(STRETCH));
        lines.shrink_to_fit();
        blocks.extend(tail.iter().rev().map(start));
    }
    blocks.reverse();
    blocks
}

/// A block that begins with this line.
fn start(line: &Line<'_>) -> Block {
    let gap = if line.gap { Gap::Blank } else { Gap::Line };
    Block::new(&*line.text, line.number..line.number + 1, role_of(&line.text), gap)
}

fn append(block: &mut Block, line: &Line<'_>, space: bool) {
    if space {
        block.text.push(' ');
    }
    block.text.push_str(&line.text);
    block.lines.end = line.number + 1;
}

/// Joins the lines of each paragraph of a page wrapped at `column`.
fn unwrap(lines: &[Line<'_>], column: usize) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut above: Option<&Line<'_>> = None;
    for line in lines {
        match (above, out.last_mut()) {
            (Some(above), Some(block)) if wrap::goes_on(above, line, column) && !is_torn(above, line) => {
                let space = fragments::takes_space(&block.text, &line.text) || !block.text.ends_with(|c: char| c as u32 >= 0x2E80);
                append(block, line, space);
            }
            _ => out.push(start(line)),
        }
        above = Some(line);
    }
    out
}

/// Whether one of two lines is program text, which belongs to no paragraph.
fn is_torn(above: &Line<'_>, line: &Line<'_>) -> bool {
    is_program(&above.text) || is_program(&line.text)
}

/// Joins the pieces of sentences that were split at inline tags.
fn join(lines: &[Line<'_>]) -> Vec<Block> {
    let binders = fragments::binders();
    let mut out: Vec<Block> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        match out.last_mut() {
            Some(block)
                if fragments::goes_on(&block.text, line, lines.get(i + 1), &binders)
                    && !lines.get(i - 1).is_some_and(|above| is_torn(above, line)) =>
            {
                let space = fragments::takes_space(&block.text, &line.text);
                append(block, line, space);
            }
            _ => out.push(start(line)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_a_huge_page_keep_their_order() {
        let text: String = (1..=2 * STRETCH + 3).map(|n| format!("Line {n}\n")).collect();
        let page = blocks(&text);
        assert_eq!((page.facts.layout, page.blocks.len()), (Layout::Lines, 2 * STRETCH + 3));
        for (n, block) in (1..).zip(&page.blocks) {
            assert_eq!((block.text.as_str(), block.lines.clone()), (format!("Line {n}").as_str(), n..n + 1));
        }
    }
}
