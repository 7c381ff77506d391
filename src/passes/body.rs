//! On a page of furniture: what stands outside the run of prose goes, and so do walls of short lines inside it.

use std::ops::Range;

use super::extent::Extent;
use super::signals::reason;
use crate::measure::End;
use crate::page::{Block, Density, Kind, Page, Role};

pub(super) const NAME: &str = "body";

/// Short lines in a row, between paragraphs, that are a menu or a list of teasers and not subheadings.
const WALL: usize = 6;

pub(super) fn run(page: &mut Page) {
    if page.facts.density != Density::Dump {
        return;
    }
    let extent = Extent::of(page);
    let (Some(first), Some(last)) = (extent.first(), extent.last()) else { return };
    let headline = page.facts.headline;
    for (i, block) in page.blocks.iter_mut().enumerate() {
        let outside = i < first || i > last;
        let below_headline = i < first && headline.is_some_and(|h| h < i) && block.hits.is_empty() && says_something(block);
        if !outside || headline == Some(i) || (block.shape.is_prose() && i < first) || below_headline {
            continue;
        }
        if i > last || block.shape.is_short_line() || !block.shape.is_prose() {
            let kind = if i > last && block.shape.words >= 4 { Kind::Related } else { Kind::Navigation };
            let why = reason(block, NAME, kind, if i < first { "above-the-text" } else { "below-the-text" });
            block.drop(why);
        }
    }
    for run in walls(&page.blocks, first, last) {
        for block in page.blocks.iter_mut().take(run.end).skip(run.start) {
            let why = reason(block, NAME, Kind::Navigation, "wall-of-short-lines");
            block.drop(why);
        }
    }
}

/// Whether a line between headline and text is a standfirst, a short sentence or a list item rather than furniture.
fn says_something(block: &Block) -> bool {
    block.shape.end == End::Sentence && block.shape.words >= 5 || block.role == Role::Item && block.shape.words >= 4
}

/// Runs in which at least [`WALL`] short lines, no list items, are still open; furniture that went already does not part them.
fn walls(blocks: &[Block], first: usize, last: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut start, mut open) = (first, 0);
    for i in first..=last + 1 {
        let block = blocks.get(i).filter(|_| i <= last);
        let short = block.is_some_and(|b| b.shape.is_short_line() && b.shape.words <= 8 && b.role == Role::Paragraph);
        if block.is_some_and(Block::is_dropped) {
            continue;
        }
        if short {
            open += 1;
            continue;
        }
        if open >= WALL {
            out.push(start..i);
        }
        (start, open) = (i + 1, 0);
    }
    out
}
