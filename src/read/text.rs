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
        let mut blocks: Vec<Block> = lines.iter().map(start).collect();
        raw::keep(text, &lines, &mut blocks);
        (Layout::Lines, blocks)
    };
    Page { blocks, facts: Facts { layout, ..Facts::default() }, content: Vec::new(), markup: None }
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
