//! Lists of other stories: a heading that announces them, and the headlines below it.

use super::extent::Extent;
use super::signals::{Line, is_symbols, line_of, reason};
use crate::measure::{End, Shape, Start};
use crate::page::{Block, Density, Kind, Page, Role, Step};
use crate::rules::{Hit, Opens, Where};

pub(super) const NAME: Step = Step::Related;

/// Most lines of one list: beyond it, it is another part of the page.
const MOST: usize = 60;

/// Most words of a last line that is rather a subheading than a headline: headlines of four words are rare.
const SUBHEADING_WORDS: u32 = 4;
/// Most characters of such a line: in Tamil or Finnish four words are a whole headline.
const SUBHEADING_CHARS: u32 = 26;

pub(super) fn run(page: &mut Page) {
    let extent = Extent::of(page);
    let mut i = 0;
    while i < page.blocks.len() {
        i += match page.blocks.get(i).and_then(opener) {
            Some(hit) if extent.fits(hit.rule.at, i) => drop_list(page, &extent, i, &hit),
            _ => 1,
        };
    }
}

fn opener(block: &Block) -> Option<Hit> {
    if !block.is_open() || block.role == Role::Item {
        return None;
    }
    let lists = || block.hits().iter().filter(|h| h.rule.opens == Some(Opens::List));
    let named = lists().find(|h| h.is_certain()).or_else(|| lists().next());
    // "Read more" is a link to go on as well as a heading of other stories: a list below it decides.
    let link = || block.hits().iter().find(|h| h.rule.kind == Kind::Related && h.rule.place == Where::Whole);
    named.or_else(link).cloned()
}

/// Drops the heading at `at` with its list; returns how many blocks that were.
fn drop_list(page: &mut Page, extent: &Extent, at: usize, hit: &Hit) -> usize {
    let end = list_end(&page.blocks, extent, at);
    let lines = page.blocks.get(at + 1..end).unwrap_or_default();
    let headlines = lines.iter().filter(|b| is_headline(b)).count();
    // A heading that a writer could use needs a list of headlines below it; two, as one may be a subheading. A single word
    // ("Features", "Network") heads lists of an article too, and at the top a menu's word stands above other words of the menu.
    let inside = extent.is_head(at) || page.facts.density == Density::Article && extent.holds(at);
    let announces = hit.is_certain() && hit.rule.opens.is_some();
    let menu = extent.is_head(at) && page.blocks.get(at).is_some_and(|b| b.hits().iter().any(|h| h.rule.kind == Kind::Navigation));
    if !announces && (headlines < 2 || menu || inside && hit.to - hit.from < 2) {
        return 1;
    }
    for block in page.blocks.iter_mut().take(end).skip(at) {
        let why = reason(block, NAME, Kind::Related, hit.id.clone());
        block.drop(why);
    }
    end - at
}

/// One past the last line of the list under the heading at `at`.
fn list_end(blocks: &[Block], extent: &Extent, at: usize) -> usize {
    let marked = blocks.get(at + 1).is_some_and(|b| b.role == Role::Item);
    let mut end = at + 1;
    while let Some(block) = blocks.get(end) {
        let same_form = !marked || block.role == Role::Item || !is_headline(block);
        let part = block.is_dropped() || is_headline(block) || is_meta(block);
        let unmarked_then_item = !marked && block.role == Role::Item;
        if end - at > MOST
            || are_amounts(blocks, end)
            || !part
            || !same_form
            || (unmarked_then_item && extent.holds(end))
            || is_other_opener(block)
        {
            break;
        }
        end += 1;
    }
    // "Ingredients (for six)" stands above them.
    let heads = |block: &Block| block.shape.words() <= AMOUNTS_HEADING && block.shape.end != End::Sentence && !block.is_dropped();
    if end > at + 2 && are_amounts(blocks, end) && blocks.get(end - 1).is_some_and(heads) {
        return end - 1;
    }
    if end < blocks.len() && extent.holds(end) { before_subheading(blocks, at, end) } else { end }
}

/// Most words of the heading of a list of amounts.
const AMOUNTS_HEADING: u32 = 6;

/// Whether a list of amounts begins at `at`, which no list of headlines has.
fn are_amounts(blocks: &[Block], at: usize) -> bool {
    blocks.get(at..at + Shape::LISTED).is_some_and(|lines| lines.iter().all(|block| block.shape.is_amount()))
}

/// Between two paragraphs the last short line may be the next section's subheading: it stays if the headlines above are longer.
fn before_subheading(blocks: &[Block], at: usize, end: usize) -> usize {
    let mut end = end;
    while end > at + 2 {
        let (Some(last), Some(above)) = (blocks.get(end - 1), blocks.get(at + 1..end - 1)) else { break };
        let longer = above.iter().filter(|b| is_headline(b) && b.shape.words() > SUBHEADING_WORDS).count();
        let long = last.shape.words() > SUBHEADING_WORDS || last.shape.chars() > SUBHEADING_CHARS;
        if long || longer == 0 || last.is_dropped() || is_meta(last) {
            break;
        }
        end -= 1;
    }
    end
}

/// Whether the block may be the headline of another story.
fn is_headline(block: &Block) -> bool {
    let stop = block.text.trim_end().ends_with(['.', '。', '।', '۔']) && !block.text.trim_end().ends_with("...");
    let formed = block.shape.is_headline_like() || is_double(&block.shape);
    let line = formed && !block.shape.is_prose() || is_thai_line(block);
    line && !stop && !is_quoted(&block.text) && !is_symbols(block)
}

/// A short line in Thai, which has no full stops: those inside are of abbreviations.
fn is_thai_line(block: &Block) -> bool {
    let thai = |c: char| ('\u{0e00}'..='\u{0e7f}').contains(&c);
    (3..=25).contains(&block.shape.words()) && block.shape.end == End::Bare && block.text.chars().any(thai)
}

/// Two sentences without a full stop at the end, as papers of many countries head their stories: `Rents up again. Tenants see no way out`;
/// or one with an abbreviation inside.
fn is_double(shape: &Shape) -> bool {
    (5..=16).contains(&shape.words()) && shape.inner_ends() == 1 && shape.end == End::Bare && shape.start != Start::Lower
}

/// A line in quotes alone is a pull quote or a subheading of the story at hand.
fn is_quoted(text: &str) -> bool {
    text.starts_with(crate::measure::is_opener) && text.ends_with(crate::measure::is_closer)
}

/// A date, a section name, a counter between headlines.
fn is_meta(block: &Block) -> bool {
    block.shape.numbers() == block.shape.words() && block.shape.words() <= 2
        || block.shape.words() <= 3 && block.hits().iter().any(|h| h.rule.opens.is_none())
        || is_symbols(block)
        || line_of(block) == Line::Date
}

fn is_other_opener(block: &Block) -> bool {
    block.hits().iter().any(|h| h.rule.opens.is_some_and(|o| o != Opens::List))
}
