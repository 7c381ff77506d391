//! What the model sees of a block's place in the markup: its own element, the containers around it, its like on the page.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

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

/// What the markup says of every block, ready to be measured stretch by stretch.
pub(super) struct Places<'m> {
    markup: &'m Markup,
    /// The scores of the names around each block.
    classes: Cow<'m, [f32]>,
    sums: Measures,
    centres: [(i16, (i64, i64)); 3],
    alike: [Alike; 2],
}

impl<'m> Places<'m> {
    /// Looks at the markup of `page`; `classes` are the scores of the names around each block.
    pub(super) fn of(page: &Page, markup: &'m Markup, classes: Cow<'m, [f32]>) -> Self {
        let sums = Measures::of(page, markup, &classes);
        let centres = centres(markup, &sums);
        let alike = [(2, true), (0, false)].map(|(at, named)| Alike::of(at, named, markup, &sums));
        Self { markup, classes, sums, centres, alike }
    }

    /// Appends what it says of the blocks `rows`.
    pub(super) fn push(&self, out: &mut Columns, rows: Range<usize>) {
        own(out, self.markup, rows.clone());
        self.names(out, rows.clone());
        self.containers(out, rows.clone());
        self.centred(out, rows.clone());
        self.alike.iter().for_each(|alike| alike.push(out, &self.sums, rows.clone()));
    }
}

fn own(out: &mut Columns, markup: &Markup, rows: Range<usize>) {
    let places = || markup.blocks.get(rows.clone()).unwrap_or_default().iter();
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
        let links = |i: usize| beside(i).map_or(255, |p| (p.link_share() * 200.0) as u8);
        out.push("link share of neighbour", by as i16, rows.clone().map(links));
        let tag = |i: usize| beside(i).and_then(element).map_or(255, |e| e.tag as u8);
        out.push("tag of neighbour", by as i16, rows.clone().map(tag));
    }
}

/// Running sums over the blocks, by which any container is a subtraction.
struct Measures {
    words: Sums<u32>,
    prose: Sums<u32>,
    links: Sums<u32>,
    weight: Sums<u32>,
    /// Scores of names and of words, in hundredths times weight.
    names: Sums<i64>,
    lexical: Sums<i64>,
}

/// Most words that a block weighs in a mean.
const WEIGHT: u32 = 40;

impl Measures {
    fn of(page: &Page, markup: &Markup, classes: &[f32]) -> Self {
        let words = |b: &Block| b.shape.words().min(2_000) as i32;
        let link = |i: usize| markup.blocks.get(i).map_or(0.0, Place::link_share);
        let weight = |b: &Block| b.shape.words().min(WEIGHT) as i32 + 1;
        let blocks = || page.blocks.iter().enumerate();
        let counts = |value: &dyn Fn(usize, &Block) -> i32| Sums::of_counts(blocks().map(|(i, block)| value(i, block)));
        let sums = |value: &dyn Fn(usize, &Block) -> i32| Sums::of(blocks().map(|(i, block)| value(i, block)));
        Self {
            words: counts(&|_, b| words(b)),
            prose: counts(&|i, b| if b.shape.is_prose() && !b.is_dropped() && link(i) < 0.5 { words(b) } else { 0 }),
            links: counts(&|i, b| (words(b) as f32 * link(i)) as i32),
            weight: counts(&|_, b| weight(b)),
            names: sums(&|i, b| (classes.get(i).copied().unwrap_or_default() * 100.0) as i32 * weight(b)),
            lexical: sums(&|_, b| (b.lexical * 100.0) as i32 * weight(b)),
        }
    }

    fn rows(&self) -> usize {
        self.words.rows()
    }
}

/// The mean score over `from..to` without block `i`; 0 where there is nothing else.
fn mean(sums: &Measures, of: &Sums<i64>, i: usize, from: i64, to: i64) -> u8 {
    let holds_it = (from..to).contains(&(i as i64));
    let (own, own_weight) = if holds_it { (of.own(i), sums.weight.own(i)) } else { (0, 0) };
    let weight = sums.weight.between(from, to) - own_weight;
    if weight <= 0 { 128 } else { score((of.between(from, to) - own) as f32 / weight as f32 / 100.0) }
}

impl Places<'_> {
    /// The scores of the names around a block and its neighbours.
    fn names(&self, out: &mut Columns, rows: Range<usize>) {
        let Self { sums, classes, .. } = self;
        out.push("names", 0, classes.get(rows.clone()).unwrap_or_default().iter().map(|s| score(*s)));
        for by in [-3isize, -2, -1, 1, 2, 3] {
            let of = |i: usize| i.checked_add_signed(by).and_then(|i| classes.get(i)).map_or(128, |s| score(*s));
            out.push("names of neighbour", by as i16, rows.clone().map(of));
        }
        for window in [3i64, 8, 20] {
            out.push("names near", -(window as i16), rows.clone().map(|i| mean(sums, &sums.names, i, i as i64 - window, i as i64)));
            out.push("names near", window as i16, rows.clone().map(|i| mean(sums, &sums.names, i, i as i64 + 1, i as i64 + 1 + window)));
        }
        let whole = mean(sums, &sums.names, usize::MAX >> 1, 0, sums.rows() as i64);
        out.push_all("page: names", whole);
    }

    /// What the elements around a block hold.
    fn containers(&self, out: &mut Columns, rows: Range<usize>) {
        let sums = &self.sums;
        let all = sums.prose.between(0, i64::MAX);
        let places = self.markup.blocks.get(rows.clone()).unwrap_or_default();
        for (up, spans) in (0..).zip(spans(self.markup, places)) {
            let of = |sums: &Sums<u32>, (from, to): (i64, i64)| sums.between(from, to);
            out.push("share of the page's prose", up, spans.iter().map(|s| share(of(&sums.prose, *s), all)));
            out.push("prose of container", up, spans.iter().map(|s| share(of(&sums.prose, *s), of(&sums.words, *s))));
            out.push("links of container", up, spans.iter().map(|s| share(of(&sums.links, *s), of(&sums.words, *s))));
            out.push("blocks of container", up, spans.iter().map(|(from, to)| count((to - from).clamp(0, 200) as u32)));
            if (1..=5).contains(&up) {
                let around = || rows.clone().zip(&spans);
                out.push("names of container", up, around().map(|(i, s)| mean(sums, &sums.names, i, s.0, s.1)));
                out.push("words of container", up, around().map(|(i, s)| mean(sums, &sums.lexical, i, s.0, s.1)));
            }
        }
    }

    /// How far a block is from the elements that may hold the article.
    fn centred(&self, out: &mut Columns, rows: Range<usize>) {
        let prose = &self.sums.prose;
        let all = prose.between(0, i64::MAX);
        for (at, (from, to)) in self.centres {
            let away = |i: usize| away(i as i64, from, to);
            out.push("from centre", at, rows.clone().map(|i| signed(away(i).clamp(-200, 200) as i32)));
            out.push("into centre", at, rows.clone().map(|i| signed((i as i64 - from).clamp(-60, 60) as i32)));
            out.push("left of centre", at, rows.clone().map(|i| signed((to - i as i64).clamp(-60, 60) as i32)));
            out.push("share of centre", at, rows.clone().map(|_| share(prose.between(from, to), all)));
        }
    }
}

/// The blocks of the elements around each place, a list for each step up.
fn spans(markup: &Markup, places: &[Place]) -> [Vec<(i64, i64)>; CONTAINERS] {
    let mut out = [(); CONTAINERS].map(|()| Vec::with_capacity(places.len()));
    for place in places {
        let around = markup.ancestors(place.element).map(|(_, e)| (i64::from(e.blocks.0), i64::from(e.blocks.1)));
        for (spans, span) in out.iter_mut().zip(around.chain(std::iter::repeat((0, 0)))) {
            spans.push(span);
        }
    }
    out
}

/// Elements around a block whose contents are measured.
const CONTAINERS: usize = 8;

/// The elements that may hold the article: the deepest with half and with four fifths of the page's prose, and the one that most
/// paragraphs speak for, a parent fully, those around it less (Arc90's Readability).
fn centres(markup: &Markup, sums: &Measures) -> [(i16, (i64, i64)); 3] {
    let all = sums.prose.between(0, i64::MAX);
    let prose = |blocks: (u32, u32)| sums.prose.between(i64::from(blocks.0), i64::from(blocks.1));
    let deepest = |percent: i32| {
        let holds = markup.elements.iter().filter(|e| all > 0 && prose(e.blocks) * 10 >= all / 10 * percent);
        holds.max_by_key(|e| (e.depth, std::cmp::Reverse(e.blocks.1 - e.blocks.0))).map(|e| e.blocks)
    };
    [(50, deepest(50)), (80, deepest(80)), (0, voted(markup, sums))]
        .map(|(at, centre)| (at, centre.map_or((0, 0), |(a, b)| (i64::from(a), i64::from(b)))))
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

/// The groups of blocks with the same signature, and the group of each block.
struct Alike {
    /// Elements that the signature sees.
    at: i16,
    groups: Vec<Like>,
    of: Vec<u32>,
}

impl Alike {
    fn of(at: i16, named: bool, markup: &Markup, sums: &Measures) -> Self {
        let mut known: HashMap<u64, u32, Hashed> = HashMap::with_hasher(Hashed);
        let mut groups: Vec<Like> = Vec::new();
        let mut group = |(i, place): (usize, &Place)| {
            let group = *known.entry(signature(markup, place, named)).or_insert_with(|| {
                groups.push(Like::default());
                groups.len() as u32 - 1
            });
            if let Some(like) = groups.get_mut(group as usize) {
                like.add(sums, i);
            }
            group
        };
        let of = markup.blocks.iter().enumerate().map(&mut group).collect();
        Self { at, groups, of }
    }

    fn push(&self, out: &mut Columns, sums: &Measures, rows: Range<usize>) {
        let all = sums.prose.between(0, i64::MAX);
        let own = self.of.get(rows.clone()).unwrap_or_default();
        let group = |group: &u32| self.groups.get(*group as usize).copied().unwrap_or_default();
        let groups = || own.iter().map(group);
        let others = |i: usize, total: i32, of: &Sums<i64>, weight: i32| {
            let rest = weight - sums.weight.own(i);
            if rest <= 0 { 128 } else { score((total - of.own(i)) as f32 / rest as f32 / 100.0) }
        };
        let at = self.at;
        out.push("its like", at, groups().map(|like| count(like.blocks.clamp(0, 200) as u32)));
        out.push("share of prose in its like", at, groups().map(|like| share(like.prose, all)));
        out.push("prose of its like", at, groups().map(|like| share(like.prose, like.words)));
        out.push("links of its like", at, groups().map(|like| share(like.links, like.words)));
        let with = || rows.clone().zip(groups());
        out.push("names of its like", at, with().map(|(i, like)| others(i, like.names, &sums.names, like.weight)));
        out.push("words of its like", at, with().map(|(i, like)| others(i, like.lexical, &sums.lexical, like.weight)));
    }
}

impl Like {
    /// Adds block `i`.
    fn add(&mut self, sums: &Measures, i: usize) {
        self.blocks += 1;
        self.words += sums.words.own(i);
        self.prose += sums.prose.own(i);
        self.links += sums.links.own(i);
        self.weight += sums.weight.own(i);
        self.names += sums.names.own(i);
        self.lexical += sums.lexical.own(i);
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
