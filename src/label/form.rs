//! The form of a page that has text: an article, or something told otherwise.

use std::collections::BTreeMap;

use super::{Label, Seen};
use crate::markup::{Flags, Markup};
use crate::page::{Block, Kind, Page};
use crate::rules::Tells;

/// Entries of a live blog, with and without a headline that calls it one.
const LIVE_ENTRIES: usize = 6;
const LIVE_ENTRIES_SAID: usize = 3;
/// Captions of a gallery, and how many times their words are those of the text.
const CAPTIONS: usize = 6;
const CAPTION_TIMES: u32 = 2;
/// Pictures, or lines such as "3/24", of a page whose headline calls it a gallery; words beside one picture.
const PICTURES: usize = 6;
const PICTURE_WORDS: usize = 60;
/// Lines of the kind that stands beside posts.
const POST_LINES: usize = 6;
/// Words of a page of links that stay, and its links.
const LISTED_WORDS: u32 = 60;
const LINKS: usize = 15;
/// Teasers of a page of teasers, and the words of the longest.
const TEASERS: usize = 5;
const TEASER_WORDS: u32 = 80;

/// The form of the page.
pub(super) fn form(page: &Page, seen: &Seen) -> Label {
    let said = page.markup.as_ref().and_then(|m| m.data.kind.as_deref()).unwrap_or_default();
    if said == "LiveBlogPosting" || is_live(page, seen) {
        Label::LiveBlog
    } else if matches!(said, "ImageGallery" | "MediaGallery") || is_gallery(page, seen) {
        Label::Gallery
    } else if matches!(said, "DiscussionForumPosting" | "QAPage") || seen.count(Tells::Forum) >= POST_LINES {
        Label::Forum
    } else if is_listing(page, seen, said) {
        Label::Listing
    } else if seen.words == 0 {
        Label::Empty
    } else {
        Label::Article
    }
}

/// Whether the text comes in entries that have their times.
fn is_live(page: &Page, seen: &Seen) -> bool {
    let prose = |b: &Block| !b.is_dropped() && b.shape.is_prose();
    let entry = |i: usize, b: &Block| {
        let below = page.blocks.iter().skip(i + 1).take(4);
        is_stamp(b) && below.take_while(|b| !is_stamp(b)).any(prose) || prose(b) && begins_with_clock(&b.text)
    };
    let times: Vec<u16> = page.blocks.iter().enumerate().filter(|(i, b)| entry(*i, b)).filter_map(|(_, b)| time_of(&b.text)).collect();
    let said = seen.headline.contains(&Tells::LiveBlog);
    let least = if said { LIVE_ENTRIES_SAID } else { LIVE_ENTRIES };
    let often = times.len() >= least && times.len() * 4 >= page.blocks.iter().filter(|b| prose(b)).count();
    often && (said || is_one_way(&times))
}

/// Whether times run up or down all the way but for midnight: those of programmes and timetables begin again and again.
fn is_one_way(times: &[u16]) -> bool {
    let breaks = |down: bool| times.windows(2).filter(|w| matches!(w, [a, b] if if down { a < b } else { a > b })).count();
    breaks(true).min(breaks(false)) <= times.len() / 12 + 1
}

/// Minutes since midnight of the first time of day in a text.
fn time_of(text: &str) -> Option<u16> {
    text.split_whitespace().find_map(clock)
}

/// Whether a line is a time of day, with a few words at most.
fn is_stamp(block: &Block) -> bool {
    block.shape.words() <= 8 && block.shape.numbers() >= 1 && time_of(&block.text).is_some()
}

fn begins_with_clock(text: &str) -> bool {
    text.split_whitespace().next().is_some_and(|word| clock(word).is_some())
}

/// `14:32`, `14.32`, `9:05am`, `14h32`, with marks around: minutes since midnight.
fn clock(word: &str) -> Option<u16> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let (hour, rest) = word.split_once([':', '.', 'h', 'H'])?;
    let minute: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let after = rest.get(minute.len()..).unwrap_or_default().to_ascii_lowercase();
    let number = |text: &str, most: u16| text.parse::<u16>().ok().filter(|n| text.len() <= 2 && *n <= most);
    let known = minute.len() == 2 && matches!(after.as_str(), "" | "am" | "pm" | "h" | "a.m" | "p.m");
    let (hour, minute) = (number(hour, 23)?, number(&minute, 59)?);
    let noon = if after.starts_with('p') && hour < 12 { 12 } else { 0 };
    known.then_some((hour + noon) * 60 + minute)
}

/// Whether the story is told in captions.
fn is_gallery(page: &Page, seen: &Seen) -> bool {
    let captions = || page.blocks.iter().filter(|b| b.dropped_as() == Some(Kind::Caption));
    let words: u32 = captions().map(|b| b.shape.words()).sum();
    let pictures = page.markup.as_ref().map_or(0, |m| pictures(m));
    let said = seen.headline.contains(&Tells::Gallery);
    let counted = counters(page) >= PICTURES;
    let told = captions().count() >= CAPTIONS && words > seen.words * CAPTION_TIMES;
    told || said
        && (counted || pictures >= PICTURES && (seen.words as usize) < pictures * PICTURE_WORDS || captions().count() * 2 >= CAPTIONS)
}

/// How many figures the page has.
fn pictures(markup: &Markup) -> usize {
    let outer = |flags: Flags, parent: u32| flags.has(Flags::FIGURE) && !markup.element(parent).is_some_and(|p| p.flags.has(Flags::FIGURE));
    markup.elements.iter().filter(|e| outer(e.flags, e.parent)).count()
}

/// The most lines that count up to one number: `3/24`, `3 of 24`.
fn counters(page: &Page) -> usize {
    let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
    for block in page.blocks.iter().filter(|b| b.shape.words() <= 4 && b.shape.numbers() == 2) {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let parts: Vec<&str> = block.text.split(|c: char| !c.is_ascii_digit()).filter(|part| digits(part)).collect();
        if let [at, all] = parts.as_slice()
            && at.len() <= all.len()
        {
            *totals.entry(*all).or_default() += 1;
        }
    }
    totals.into_values().max().unwrap_or(0)
}

/// Whether the page lists articles: links and hardly any text, or teasers side by side.
fn is_listing(page: &Page, seen: &Seen, said: &str) -> bool {
    let markup = page.markup.as_deref();
    let links = match markup {
        Some(markup) => markup.blocks.iter().filter(|p| p.links > 0 && p.link_share() >= 0.5).count(),
        None => page.blocks.iter().filter(|b| matches!(b.dropped_as(), Some(Kind::Related | Kind::Navigation | Kind::Boilerplate))).count(),
    };
    let collected = matches!(said, "CollectionPage" | "SearchResultsPage" | "ItemList");
    let words = markup.map_or(seen.words, |markup| unlinked_words(page, markup));
    words <= LISTED_WORDS && links >= LINKS
        || collected && links >= LINKS && words <= LISTED_WORDS * 4
        || markup.is_some_and(|m| has_teasers(page, m))
}

/// Words that stay and are no links: a list of links may stay, and is a list all the same.
fn unlinked_words(page: &Page, markup: &Markup) -> u32 {
    let stays = page.blocks.iter().zip(&markup.blocks).filter(|(b, p)| !b.is_dropped() && p.link_share() < 0.5);
    stays.map(|(b, _)| b.shape.words()).sum()
}

/// Whether what stays stands in several `article` elements side by side, none longer than a teaser.
fn has_teasers(page: &Page, markup: &Markup) -> bool {
    let mut words: BTreeMap<u32, u32> = BTreeMap::new();
    let mut all = 0;
    for (block, place) in page.blocks.iter().zip(&markup.blocks).filter(|(b, _)| !b.is_dropped()) {
        all += block.shape.words();
        // The outermost: comments and inserts inside an article are articles too.
        let outer = markup.ancestors(place.element).filter(|(_, e)| e.flags.has(Flags::ARTICLE)).last();
        if let Some((at, _)) = outer {
            *words.entry(at).or_default() += block.shape.words();
        }
    }
    let inside: u32 = words.values().sum();
    words.len() >= TEASERS && inside * 4 >= all * 3 && words.into_values().max().unwrap_or(0) <= TEASER_WORDS
}
