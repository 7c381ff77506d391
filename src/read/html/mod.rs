//! HTML to blocks: decode by the page's own word, parse, break into blocks, keep what the markup says of each.

mod blocks;
mod charset;
mod dom;
mod draft;
mod element;
mod ends;
mod headings;
mod headline;
mod jsonld;
mod metadata;
mod names;
mod parse;
mod sniff;
mod table;
mod tag;
mod value;

pub(super) use charset::declared;
pub(super) use sniff::is_html;

use crate::markup::{Flags, Markup};
use crate::page::{Facts, Layout, Page};
use draft::Piece;

/// The blocks of a page, with its markup.
pub(super) fn page(text: &str) -> Page {
    let tree = parse::parse(text);
    let data = metadata::metadata(&tree);
    let scripted = tree.below(dom::DOCUMENT).any(|(_, node)| node.tag == Some(tag::Tag::Script));
    let (pieces, markup) = blocks::blocks(&tree);
    // The tree of a huge page is as large as its blocks.
    drop(tree);
    let (pieces, markup) = shown(pieces, markup);
    let markup = Markup { data, scripted, ..markup };
    let blocks = pieces.into_iter().map(Piece::block).collect();
    Page { blocks, facts: Facts { layout: Layout::Html, ..Facts::default() }, content: Vec::new(), markup: Some(Box::new(markup)) }
}

/// Without the blocks that the page hides, unless it hides nearly all that it has: then a script shows them.
fn shown(mut blocks: Vec<Piece>, mut markup: Markup) -> (Vec<Piece>, Markup) {
    let is_hidden: Vec<bool> = markup.blocks.iter().map(|place| place.flags.has(Flags::HIDDEN)).collect();
    let chars = |hidden: bool| -> u64 {
        markup.blocks.iter().filter(|p| p.flags.has(Flags::HIDDEN) == hidden && p.link_share() < 0.5).map(|p| u64::from(p.chars)).sum()
    };
    if chars(false) * MOSTLY_HIDDEN < chars(true) {
        return (blocks, markup);
    }
    // How many blocks before each stay: the new index of what stood there.
    let mut before = Vec::with_capacity(is_hidden.len() + 1);
    let mut count = 0u32;
    for hidden in &is_hidden {
        before.push(count);
        count += u32::from(!hidden);
    }
    before.push(count);
    let moved = |at: u32| before.get(at as usize).copied().unwrap_or(count);
    for element in &mut markup.elements {
        element.blocks = (moved(element.blocks.0), moved(element.blocks.1));
    }
    let mut hidden = is_hidden.iter();
    markup.blocks.retain(|_| !hidden.next().is_some_and(|h| *h));
    markup.hidden = u32::try_from(blocks.len() - markup.blocks.len()).unwrap_or(u32::MAX);
    let mut hidden = is_hidden.iter();
    blocks.retain(|_| !hidden.next().is_some_and(|h| *h));
    (blocks, markup)
}

/// How many times as much text must be hidden as shown for it to count.
const MOSTLY_HIDDEN: u64 = 4;
