//! One scan of the page: what the features of a block and of its neighbours are made of.

use std::collections::HashMap;

use super::columns::count;
use crate::measure::{End, Hashed, Shape};
use crate::page::{Block, Kind, Page};
use crate::rules::Opens;

/// What a block went as, by how it tells of its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Gone {
    /// It is still open, or kept.
    Not,
    /// Noise that stands inside articles too.
    Inside,
    Navigation,
    Promo,
    Related,
    Comments,
    Legal,
}

impl Gone {
    pub(super) const PARTS: [(Gone, &'static str, &'static str); 5] = [
        (Gone::Navigation, "since navigation", "until navigation"),
        (Gone::Promo, "since promo", "until promo"),
        (Gone::Related, "since related", "until related"),
        (Gone::Comments, "since comments", "until comments"),
        (Gone::Legal, "since legal", "until legal"),
    ];

    fn of(block: &Block) -> Self {
        match block.dropped_as() {
            None => Self::Not,
            Some(Kind::Navigation) => Self::Navigation,
            Some(Kind::Promo) => Self::Promo,
            Some(Kind::Related) => Self::Related,
            Some(Kind::Comments) => Self::Comments,
            Some(Kind::Legal | Kind::Bio) => Self::Legal,
            Some(_) => Self::Inside,
        }
    }
}

/// What is seen of one block. A huge page has a million of them, so that none is wider than it must be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    words: u16,
    lexical: i16,
    is_prose: bool,
    capitalised: u8,
    pub(super) is_long: bool,
    pub(super) ends: bool,
    /// Looks like the headline of a story.
    pub(super) is_headline: bool,
    pub(super) gone: Gone,
    /// What it announces: 0 nothing, 1 a list, 2 a thread, 3 a form or quotes.
    pub(super) opens: u8,
    /// Blocks with the same words, numbers aside, as [`count`] has it; this one counts.
    pub(super) same: u8,
    /// Blocks with the same first word, as [`count`] has it.
    pub(super) same_opening: u8,
    /// Share of its long words that other paragraphs use too.
    pub(super) topic: u8,
    /// Share of its long words that the headline uses.
    pub(super) of_headline: u8,
}

impl Row {
    /// Words.
    pub(super) fn words(&self) -> i32 {
        self.words.into()
    }

    /// Words, 40 at most: what a block weighs in a mean.
    pub(super) fn weight(&self) -> i32 {
        self.words().min(WEIGHT)
    }

    /// Lexical score in hundredths.
    pub(super) fn lexical(&self) -> i32 {
        self.lexical.into()
    }

    /// Words if it is prose that has not gone, else 0.
    pub(super) fn prose(&self) -> i32 {
        if self.is_prose { self.words() } else { 0 }
    }

    /// In percent of its words.
    pub(super) fn capitalised(&self) -> i32 {
        self.capitalised.into()
    }
}

/// Marks in the first bytes of a text, counted up to 255.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Marks {
    pub(super) figures: u8,
    pub(super) digits: u8,
    pub(super) quotes: u8,
    pub(super) calls: u8,
    pub(super) addresses: u8,
    pub(super) colons: u8,
}

/// Sums over the page.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Whole {
    pub(super) words: i32,
    pub(super) prose_words: i32,
    pub(super) prose_blocks: i32,
    pub(super) gone_words: i32,
    pub(super) gone_blocks: i32,
    pub(super) blanks: i32,
    pub(super) comments: u32,
    pub(super) lexical: f32,
    pub(super) prose_lexical: f32,
}

/// The page as the features see it.
#[derive(Debug)]
pub(super) struct Look {
    pub(super) rows: Vec<Row>,
    pub(super) page: Whole,
}

/// Most words that a block weighs in a mean.
const WEIGHT: i32 = 40;

impl Look {
    pub(super) fn at(page: &Page) -> Self {
        let mut rows: Vec<Row> = page.blocks.iter().map(row).collect();
        // One table at a time: on a page of many lines each is as large as the rows.
        count_alike(&mut rows, page, |shape| shape.folded, |row| &mut row.same);
        count_alike(&mut rows, page, |shape| shape.opening, |row| &mut row.same_opening);
        let topics = Topics::of(page);
        for (i, row) in rows.iter_mut().enumerate() {
            (row.topic, row.of_headline) = topics.shares(page, i);
        }
        let page = whole(page, &rows);
        Self { rows, page }
    }
}

/// Counts for each row the blocks with the same `key`.
fn count_alike(rows: &mut [Row], page: &Page, key: fn(&Shape) -> u32, slot: fn(&mut Row) -> &mut u8) {
    let mut counts: HashMap<u32, u32, Hashed> = table(page.blocks.len());
    for block in &page.blocks {
        *counts.entry(key(&block.shape)).or_default() += 1;
    }
    for (row, block) in rows.iter_mut().zip(&page.blocks) {
        *slot(row) = count(counts.get(&key(&block.shape)).copied().unwrap_or_default());
    }
}

/// Entries for which a table has room at once. A usual page needs no more; a huge one says most of its words again and again, and a
/// table with room for each would be larger than the page.
const ROOM: usize = 1 << 13;

/// A table for some of `most` keys.
fn table<K, V>(most: usize) -> HashMap<K, V, Hashed> {
    HashMap::with_capacity_and_hasher(most.min(ROOM), Hashed)
}

fn row(block: &Block) -> Row {
    let shape = &block.shape;
    let gone = Gone::of(block);
    let words = shape.words().min(10_000) as u16;
    Row {
        words,
        lexical: (block.lexical * 100.0) as i16,
        is_prose: shape.is_prose() && gone == Gone::Not,
        is_long: shape.is_long_prose() && gone == Gone::Not,
        ends: shape.end == End::Sentence,
        is_headline: shape.is_headline_like() && shape.end != End::Sentence,
        capitalised: (shape.title() * 100 / shape.words().max(1)).min(255) as u8,
        gone,
        opens: opens(block),
        same: 1,
        same_opening: 1,
        topic: 0,
        of_headline: 0,
    }
}

fn opens(block: &Block) -> u8 {
    let what = block.hits().iter().find_map(|h| h.rule.opens);
    match what {
        None => 0,
        Some(Opens::List) => 1,
        Some(Opens::Thread) => 2,
        Some(Opens::Form | Opens::Quotes) => 3,
    }
}

/// Bytes of a block whose marks are counted.
const MARKED_BYTES: usize = 240;

/// Which count a byte belongs to, as a one in the byte of a word: all counts in one addition.
static MARK: [u64; 256] = {
    let mut table = [0; 256];
    let groups: [&[u8]; 6] = [b"%$+=", b"0123456789", b"\"", b"?!", b"@#_&", b":"];
    let mut g = 0;
    while g < groups.len() {
        let mut k = 0;
        #[allow(clippy::indexing_slicing, reason = "const context; g and k are in range")]
        while k < groups[g].len() {
            table[groups[g][k] as usize] = 1 << (8 * g);
            k += 1;
        }
        g += 1;
    }
    table
};

pub(super) fn marks_of(text: &str) -> Marks {
    let bytes = text.as_bytes();
    let head = bytes.get(..MARKED_BYTES).unwrap_or(bytes);
    let sum = head.iter().fold(0u64, |sum, b| sum + MARK.get(usize::from(*b)).copied().unwrap_or_default());
    let [figures, digits, quotes, calls, addresses, colons, ..] = sum.to_le_bytes();
    Marks { figures, digits, quotes, calls, addresses, colons }
}

fn whole(page: &Page, rows: &[Row]) -> Whole {
    let mut out = Whole::default();
    let (mut lexical, mut weight, mut prose_lexical, mut prose_weight) = (0i64, 0i64, 0i64, 0i64);
    for (block, row) in page.blocks.iter().zip(rows) {
        out.words += row.words();
        out.blanks += i32::from(block.gap == crate::page::Gap::Blank);
        out.comments += u32::from(row.gone == Gone::Comments);
        if row.gone != Gone::Not {
            out.gone_words += row.words();
            out.gone_blocks += 1;
            continue;
        }
        lexical += i64::from(row.lexical() * row.weight());
        weight += i64::from(row.weight());
        if row.prose() > 0 {
            out.prose_words += row.prose();
            out.prose_blocks += 1;
            prose_lexical += i64::from(row.lexical() * row.weight());
            prose_weight += i64::from(row.weight());
        }
    }
    out.lexical = lexical as f32 / weight.max(1) as f32 / 100.0;
    out.prose_lexical = prose_lexical as f32 / prose_weight.max(1) as f32 / 100.0;
    out
}

/// In how many paragraphs each long word of the page stands, and which stand in the headline.
struct Topics {
    uses: HashMap<u32, Use, Hashed>,
}

#[derive(Default, Clone, Copy)]
struct Use {
    blocks: u32,
    last: u32,
    in_headline: bool,
}

impl Topics {
    fn of(page: &Page) -> Self {
        let mut uses: HashMap<u32, Use, Hashed> = table(page.content.len());
        for (i, block) in page.blocks.iter().enumerate() {
            let headline = page.facts.headline == Some(i);
            if (!block.shape.is_prose() || block.is_dropped()) && !headline {
                continue;
            }
            for word in page.content_of(block) {
                let used = uses.entry(*word).or_default();
                used.in_headline |= headline;
                if used.last != i as u32 + 1 && !headline {
                    (used.blocks, used.last) = (used.blocks + 1, i as u32 + 1);
                }
            }
        }
        Self { uses }
    }

    /// The shares of the long words of block `i` that other paragraphs and that the headline use.
    fn shares(&self, page: &Page, i: usize) -> (u8, u8) {
        let Some(block) = page.blocks.get(i) else { return (255, 255) };
        let own = u32::from(block.shape.is_prose() && !block.is_dropped());
        let words = page.content_of(block);
        let (mut topic, mut headline) = (0, 0);
        for word in words {
            if let Some(used) = self.uses.get(word) {
                topic += i32::from(used.blocks > own);
                headline += i32::from(used.in_headline);
            }
        }
        (super::columns::share(topic, words.len() as i32), super::columns::share(headline, words.len() as i32))
    }
}
