//! What the model sees of a block's place in the markup: its own element, the containers around it, its like on the page.

use std::collections::HashMap;

use super::columns::{Columns, count, score, share, signed};
use super::sums::{Sums, away};
use crate::markup::{Flags, Markup, Place};
use crate::measure::{Hashed, mix};
use crate::page::{Block, Page};

/// What a block may stand in, a column each.
const STANDS_IN: [(&str, Flags); 20] = [
    ("in article", Flags::ARTICLE),
    ("in main", Flags::MAIN),
    ("in nav", Flags::NAV),
    ("in aside", Flags::ASIDE),
    ("in header", Flags::HEADER),
    ("in footer", Flags::FOOTER),
    ("in figure", Flags::FIGURE),
    ("in caption", Flags::CAPTION),
    ("in form", Flags::FORM),
    ("in table", Flags::TABLE),
    ("in data table", Flags::DATA_TABLE),
    ("in list", Flags::LIST),
    ("in ordered list", Flags::ORDERED),
    ("in heading", Flags::HEADING),
    ("in quote", Flags::QUOTE),
    ("in button", Flags::BUTTON),
    ("in dialog", Flags::DIALOG),
    ("in body", Flags::BODY),
    ("in comment", Flags::COMMENT),
    ("in author", Flags::AUTHOR),
];

/// Appends what the markup says of every block; `classes` are the scores of the names around each.
pub(super) fn places(out: &mut Columns, page: &Page, markup: &Markup, classes: &[f32]) {
    let sums = Measures::of(page, markup, classes);
    own(out, markup);
    names(out, &sums, classes);
    containers(out, markup, &sums);
    centres(out, markup, &sums);
    alike(out, markup, &sums, classes);
}

fn own(out: &mut Columns, markup: &Markup) {
    let places = || markup.blocks.iter();
    let element = |p: &Place| markup.element(p.element);
    out.push("tag", 0, places().map(|p| element(p).map_or(255, |e| e.tag as u8)));
    out.push("depth", 0, places().map(|p| element(p).map_or(0, |e| count(u32::from(e.depth)))));
    out.push("link share", 0, places().map(|p| (p.link_share() * 200.0) as u8));
    out.push("bold share", 0, places().map(|p| (p.bold_share() * 200.0) as u8));
    out.push("links", 0, places().map(|p| count(u32::from(p.links))));
    out.push("images", 0, places().map(|p| count(u32::from(p.images))));
    out.push("list level", 0, places().map(|p| count(u32::from(p.level))));
    out.push("nth child", 0, places().map(|p| element(p).map_or(0, |e| count(e.nth))));
    for (what, flag) in STANDS_IN {
        out.push(what, 0, places().map(|p| u8::from(p.flags.has(flag))));
    }
    for by in [-1isize, 1] {
        let beside = |i: usize| i.checked_add_signed(by).and_then(|i| markup.blocks.get(i));
        out.push(
            "link share of neighbour",
            by as i16,
            (0..markup.blocks.len()).map(|i| beside(i).map_or(255, |p| (p.link_share() * 200.0) as u8)),
        );
        let tag = |i: usize| beside(i).and_then(element).map_or(255, |e| e.tag as u8);
        out.push("tag of neighbour", by as i16, (0..markup.blocks.len()).map(tag));
    }
}

/// Running sums over the blocks, by which any container is a subtraction.
struct Measures {
    words: Sums,
    prose: Sums,
    links: Sums,
    weight: Sums,
    /// Scores of names and of words, in hundredths times weight.
    names: Sums,
    lexical: Sums,
}

/// Most words that a block weighs in a mean.
const WEIGHT: u32 = 40;

impl Measures {
    fn of(page: &Page, markup: &Markup, classes: &[f32]) -> Self {
        let words = |b: &Block| b.shape.words.min(2_000) as i32;
        let link = |i: usize| markup.blocks.get(i).map_or(0.0, Place::link_share);
        let weight = |b: &Block| b.shape.words.min(WEIGHT) as i32 + 1;
        let sums = |value: &dyn Fn(usize, &Block) -> i32| Sums::of(page.blocks.iter().enumerate().map(|(i, block)| value(i, block)));
        Self {
            words: sums(&|_, b| words(b)),
            prose: sums(&|i, b| if b.shape.is_prose() && !b.is_dropped() && link(i) < 0.5 { words(b) } else { 0 }),
            links: sums(&|i, b| (words(b) as f32 * link(i)) as i32),
            weight: sums(&|_, b| weight(b)),
            names: sums(&|i, b| (classes.get(i).copied().unwrap_or_default() * 100.0) as i32 * weight(b)),
            lexical: sums(&|_, b| (b.lexical * 100.0) as i32 * weight(b)),
        }
    }

    fn rows(&self) -> usize {
        self.words.rows()
    }
}

/// The mean score over `from..to` without block `i`; 0 where there is nothing else.
fn mean(sums: &Measures, of: &Sums, i: usize, from: i64, to: i64) -> u8 {
    let at = i as i64;
    let own = |s: &Sums| if (from..to).contains(&at) { s.between(at, at + 1) } else { 0 };
    let weight = sums.weight.between(from, to) - own(&sums.weight);
    if weight <= 0 { 128 } else { score((of.between(from, to) - own(of)) as f32 / weight as f32 / 100.0) }
}

/// The scores of the names around a block and its neighbours.
fn names(out: &mut Columns, sums: &Measures, classes: &[f32]) {
    let n = sums.rows();
    out.push("names", 0, classes.iter().map(|s| score(*s)));
    for by in [-3isize, -2, -1, 1, 2, 3] {
        let of = |i: usize| i.checked_add_signed(by).and_then(|i| classes.get(i)).map_or(128, |s| score(*s));
        out.push("names of neighbour", by as i16, (0..n).map(of));
    }
    for window in [3i64, 8, 20] {
        out.push("names near", -(window as i16), (0..n).map(|i| mean(sums, &sums.names, i, i as i64 - window, i as i64)));
        out.push("names near", window as i16, (0..n).map(|i| mean(sums, &sums.names, i, i as i64 + 1, i as i64 + 1 + window)));
    }
    let whole = mean(sums, &sums.names, usize::MAX >> 1, 0, n as i64);
    out.push_all("page: names", whole);
}

/// The blocks of the element `up` steps around each block.
fn spans(markup: &Markup, up: usize) -> Vec<(i64, i64)> {
    let span = |place: &Place| {
        let around = markup.ancestors(place.element).nth(up).map(|(_, e)| e.blocks);
        around.map_or((0, 0), |(from, to)| (i64::from(from), i64::from(to)))
    };
    markup.blocks.iter().map(span).collect()
}

/// Elements around a block whose contents are measured.
const CONTAINERS: usize = 8;

/// What the elements around a block hold.
fn containers(out: &mut Columns, markup: &Markup, sums: &Measures) {
    let all = sums.prose.between(0, i64::MAX);
    for up in 0..CONTAINERS {
        let spans = spans(markup, up);
        let at = up as i16;
        let of = |sums: &Sums, (from, to): (i64, i64)| sums.between(from, to);
        out.push("share of the page's prose", at, spans.iter().map(|s| share(of(&sums.prose, *s), all)));
        out.push("prose of container", at, spans.iter().map(|s| share(of(&sums.prose, *s), of(&sums.words, *s))));
        out.push("links of container", at, spans.iter().map(|s| share(of(&sums.links, *s), of(&sums.words, *s))));
        out.push("blocks of container", at, spans.iter().map(|(from, to)| count((to - from).clamp(0, 200) as u32)));
        if (1..=5).contains(&up) {
            out.push("names of container", at, spans.iter().enumerate().map(|(i, s)| mean(sums, &sums.names, i, s.0, s.1)));
            out.push("words of container", at, spans.iter().enumerate().map(|(i, s)| mean(sums, &sums.lexical, i, s.0, s.1)));
        }
    }
}

/// The elements that may hold the article: the deepest with half and with four fifths of the page's prose, and the one that most
/// paragraphs speak for, a parent fully, those around it less (Arc90's Readability).
fn centres(out: &mut Columns, markup: &Markup, sums: &Measures) {
    let all = sums.prose.between(0, i64::MAX);
    let prose = |blocks: (u32, u32)| sums.prose.between(i64::from(blocks.0), i64::from(blocks.1));
    let deepest = |percent: i32| {
        let holds = markup.elements.iter().filter(|e| all > 0 && prose(e.blocks) * 10 >= all / 10 * percent);
        holds.max_by_key(|e| (e.depth, std::cmp::Reverse(e.blocks.1 - e.blocks.0))).map(|e| e.blocks)
    };
    let voted = voted(markup, sums);
    for (at, centre) in [(50, deepest(50)), (80, deepest(80)), (0, voted)] {
        let (from, to) = centre.map_or((0, 0), |(a, b)| (i64::from(a), i64::from(b)));
        let away = |i: usize| away(i as i64, from, to);
        let n = sums.rows();
        out.push("from centre", at, (0..n).map(|i| signed(away(i).clamp(-200, 200) as i32)));
        out.push("into centre", at, (0..n).map(|i| signed((i as i64 - from).clamp(-60, 60) as i32)));
        out.push("left of centre", at, (0..n).map(|i| signed((to - i as i64).clamp(-60, 60) as i32)));
        out.push("share of centre", at, std::iter::repeat_n(share(sums.prose.between(from, to), all), n));
    }
}

fn voted(markup: &Markup, sums: &Measures) -> Option<(u32, u32)> {
    let mut votes = vec![0i32; markup.elements.len()];
    for (i, place) in markup.blocks.iter().enumerate() {
        let prose = sums.prose.between(i as i64, i as i64 + 1).min(200);
        if prose == 0 {
            continue;
        }
        for ((at, _), quarters) in markup.ancestors(place.element).zip([1, 4, 2, 1]) {
            if let Some(slot) = votes.get_mut(at as usize) {
                *slot += prose * quarters;
            }
        }
    }
    let best = votes.iter().enumerate().max_by_key(|(i, v)| (**v, std::cmp::Reverse(*i)))?.0;
    markup.elements.get(best).map(|e| e.blocks)
}

/// What is known of the blocks with the same signature: tags and first names of the three elements around, and depth.
#[derive(Default, Clone, Copy)]
struct Like {
    blocks: i32,
    words: i32,
    prose: i32,
    links: i32,
    weight: i32,
    names: i32,
    lexical: i32,
}

fn alike(out: &mut Columns, markup: &Markup, sums: &Measures, classes: &[f32]) {
    for (at, named) in [(2, true), (0, false)] {
        let signatures: Vec<u64> = markup.blocks.iter().map(|place| signature(markup, place, named)).collect();
        let mut groups: HashMap<u64, Like, Hashed> = HashMap::with_hasher(Hashed);
        let own = |s: &Sums, i: usize| s.between(i as i64, i as i64 + 1);
        for (i, signature) in signatures.iter().enumerate() {
            let like = groups.entry(*signature).or_default();
            like.blocks += 1;
            like.words += own(&sums.words, i);
            like.prose += own(&sums.prose, i);
            like.links += own(&sums.links, i);
            like.weight += own(&sums.weight, i);
            like.names += own(&sums.names, i);
            like.lexical += own(&sums.lexical, i);
        }
        let all = sums.prose.between(0, i64::MAX);
        let group = |i: usize| signatures.get(i).and_then(|s| groups.get(s)).copied().unwrap_or_default();
        let n = classes.len();
        let others = |i: usize, total: i32, sums: &Sums, weight: i32, weights: &Sums| {
            let rest = weight - own(weights, i);
            if rest <= 0 { 128 } else { score((total - own(sums, i)) as f32 / rest as f32 / 100.0) }
        };
        out.push("its like", at, (0..n).map(|i| count(group(i).blocks.clamp(0, 200) as u32)));
        out.push("share of prose in its like", at, (0..n).map(|i| share(group(i).prose, all)));
        out.push("prose of its like", at, (0..n).map(|i| share(group(i).prose, group(i).words)));
        out.push("links of its like", at, (0..n).map(|i| share(group(i).links, group(i).words)));
        out.push("names of its like", at, (0..n).map(|i| others(i, group(i).names, &sums.names, group(i).weight, &sums.weight)));
        out.push("words of its like", at, (0..n).map(|i| others(i, group(i).lexical, &sums.lexical, group(i).weight, &sums.weight)));
    }
}

fn signature(markup: &Markup, place: &Place, named: bool) -> u64 {
    let around = markup.ancestors(place.element).take(if named { 3 } else { 6 });
    let start = markup.element(place.element).map_or(0, |e| u64::from(e.depth));
    around.fold(start, |hash, (_, element)| {
        let hash = mix(hash, element.tag as u64);
        let names = if named { markup.words_of(element).get(..2).unwrap_or(markup.words_of(element)) } else { &[] };
        names.iter().fold(hash, |hash, word| mix(hash, *word))
    })
}
