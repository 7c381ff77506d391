//! Where the headline stands: one finder after another, the most certain first. On a dump only the certain ones; the rest is
//! [`likely`](super::likely)'s.

use std::cell::LazyCell;
use std::ops::Range;

use super::super::extent::is_text;
use super::super::verse::is_verse;
use super::look::{MOST_WORDS, is_headline_like, is_passed_over, is_taken_up, is_title};
use super::title::{GLUE, beside, marks, parts};
use super::words::words_in;
use crate::measure::{sum_of, tokenize};
use crate::page::{Block, Density, Level, Page, Role};
use crate::rules::Hit;

/// How many blocks at the top may hold the headline of a dump.
const REACH: usize = 400;

/// A headline and where it was found.
pub(super) struct Found {
    /// The block that holds it.
    pub(super) block: usize,
    /// Its place in that block's text.
    pub(super) range: Range<usize>,
    /// The site's name beside it.
    pub(super) site: Option<String>,
}

pub(super) fn find(page: &Page) -> Option<Found> {
    let certain = named_by_the_page(page).or_else(|| glued_and_repeated(page));
    let is_dump = page.facts.density == Density::Dump;
    if is_dump && page.markup.is_none() {
        // The rest is told better by the text, when it is known.
        return certain;
    }
    let certain = certain.or_else(|| marked(page));
    // The first line of a song looks like its headline, and its refrain like one said again.
    certain.or_else(|| if is_verse(page) { None } else { repeated(page).or_else(|| if is_dump { None } else { first_line(page) }) })
}

/// The line that an HTML page's own data call the headline.
fn named_by_the_page(page: &Page) -> Option<Found> {
    let sum = sum_of(page.markup.as_ref()?.data.headline.as_deref()?);
    let block = page.blocks.iter().position(|b| b.is_open() && b.shape.sum == sum && b.shape.words() > 0)?;
    let range = 0..page.blocks.get(block)?.text.len();
    Some(Found { block, range, site: None })
}

/// A line at the top of which one part is a line of its own below: `Site - Headline` over `Headline`; further down, right below.
fn glued_and_repeated(page: &Page) -> Option<Found> {
    let open = || {
        let lines = page.blocks.iter().enumerate().take(REACH);
        lines.filter(|(_, b)| b.is_open() && b.shape.words() >= 2 && !b.hits().iter().any(Hit::is_certain))
    };
    let short = |(_, b): &(usize, &Block)| b.shape.words() <= MOST_WORDS;
    let top = open().take(3).filter(short).find_map(|(i, b)| glued_at(page, i, b, REACH));
    top.or_else(|| open().take_while(|(_, b)| !is_text(b)).skip(3).filter(short).find_map(|(i, b)| glued_at(page, i, b, RIGHT_BELOW)))
}

/// How far below the page's title, which stands below a menu, its headline stands.
const RIGHT_BELOW: usize = 3;

/// Most marks in a glued line; a menu in one line has more, and its sections may be headings below.
const MOST_MARKS: usize = 3;

/// Fewest words of a headline that is told by a glued line: the steps of a trail are shorter.
const GLUED_WORDS: usize = 3;

fn glued_at(page: &Page, block: usize, title: &Block, reach: usize) -> Option<Found> {
    let below = |sum: u64| page.blocks.iter().skip(block + 1).take(reach).any(|b| b.is_open() && b.shape.sum == sum);
    let marks = marks(&title.text).count();
    if marks > MOST_MARKS || marks == 0 && !title.text.contains(':') {
        return None;
    }
    for part in parts(&title.text, true) {
        let text = title.text.get(part.clone())?;
        let words = tokenize(text).len();
        // What is the shorter part may be the site's name, which too is said again.
        if words >= GLUED_WORDS && part.len() < title.text.len() && part.len() * 2 > title.text.len() && below(sum_of(text)) {
            let site = beside(&title.text, &part);
            return Some(Found { block, range: part, site });
        }
    }
    None
}

/// A first-level heading of a Markdown-like page; the one that says most, if there are several.
fn marked(page: &Page) -> Option<Found> {
    let top = page
        .blocks
        .iter()
        .filter_map(|b| match b.role {
            Role::Heading(level) => Some(level),
            _ => None,
        })
        .min()?;
    let first_text = page.blocks.iter().position(is_text).unwrap_or(page.blocks.len());
    let (block, heading) = page
        .blocks
        .iter()
        .enumerate()
        .take(first_text + 1)
        .filter(|(_, b)| b.role == Role::Heading(top) && is_title(b))
        .max_by_key(|(i, b)| (b.shape.words().min(5), std::cmp::Reverse(*i)))?;
    (top <= Level::H2).then(|| whole_or_cut(heading, block, page))
}

/// A line that stands twice at the top, with text below.
fn repeated(page: &Page) -> Option<Found> {
    // A headline in capitals may hold two sentences, and looks long enough for a paragraph.
    let first_text = page.blocks.iter().position(|b| is_text(b) && b.shape.is_running())?.min(REACH);
    let head = page.blocks.get(..first_text)?;
    let again = |i: usize, b: &Block| head.iter().skip(i + 1).any(|c| c.shape.sum == b.shape.sum || begins_with(&c.text, &b.text));
    // A bar of quotes above it, which has gone, does not count.
    let top = |most: usize| page.blocks.iter().enumerate().filter(|(_, b)| b.is_open()).take(most);
    let plain = top(TOP).filter(|(i, _)| *i < head.len()).find(|(i, b)| is_title(b) && b.shape.words() >= 4 && again(*i, b));
    // A headline may end like a sentence; then only a credit or site name behind a copy of it tells it from a paragraph.
    let tailed = |i: usize, b: &Block| page.blocks.iter().skip(i + 1).take(TOP / 2).any(|c| has_tail(&c.text, &b.text));
    let found = plain.or_else(|| top(TOP / 2).find(|(i, b)| (TAILED_WORDS..=MOST_WORDS).contains(&b.shape.words()) && tailed(*i, b)));
    found.map(|(block, title)| whole_or_cut(title, block, page))
}

/// Fewest words of a headline that is told by its copy with a tail: `Business` over `Business > Retail` is a section's name.
const TAILED_WORDS: u32 = 3;

/// Open lines at the top among which a headline stands that is said again.
const TOP: usize = 12;

/// Whether `text` is the headline with a credit or site name glued on.
fn has_tail(text: &str, headline: &str) -> bool {
    text.strip_prefix(headline).is_some_and(|rest| rest.len() < 80 && GLUE.iter().any(|g| rest.starts_with(g)))
}

/// The first line of an article, if it reads like a headline and the text below takes its words up.
fn first_line(page: &Page) -> Option<Found> {
    let first_text = page.blocks.iter().position(is_text)?;
    let top = || page.blocks.iter().enumerate().take(first_text.min(KICKERS)).filter(|(_, b)| is_headline_like(b));
    let lines = top().filter(|(_, b)| b.hits().is_empty() && !is_passed_over(b));
    let below = LazyCell::new(|| words_in(page.blocks.iter().skip(first_text).take(12).filter(|b| is_text(b)).take(3)));
    let heads = |(_, b): &(usize, &Block)| b.shape.words() >= 3 && is_taken_up(b, &below);
    // "Podcast wins award": a headline may hold words of furniture too.
    let hinted = || top().find(|(i, b)| *i == 0 && b.shape.words() >= HINTED_WORDS && !is_passed_over(b)).filter(heads);
    lines.take(3).find(heads).or_else(hinted).map(|(i, b)| whole_or_cut(b, i, page))
}

/// A line at the very top with the name of the site, which is cut off it.
pub(super) fn page_title(page: &Page) -> Option<Found> {
    let lines = page.blocks.iter().enumerate().take(3).filter(|(_, b)| is_headline_like(b) && b.hits().is_empty());
    let mut found = lines.map(|(i, title)| (whole_or_cut(title, i, page), title));
    let is_cut = |(found, title): &(Found, &Block)| {
        let long = title.text.get(found.range.clone()).is_some_and(|t| tokenize(t).len() > GLUED_WORDS);
        found.range.len() < title.text.len() && long
    };
    found.find(is_cut).map(|(found, _)| found)
}

/// Fewest words of a headline that an uncertain rule matches.
const HINTED_WORDS: u32 = 6;

/// Blocks at the top among which an article's headline stands: site, section and kicker may stand above it.
const KICKERS: usize = 12;

/// The title line whole, or without the site's name if it ends or begins with one.
pub(super) fn whole_or_cut(title: &Block, block: usize, page: &Page) -> Found {
    let parts = parts(&title.text, false);
    let longest = parts.iter().max_by_key(|p| p.len()).cloned().unwrap_or(0..title.text.len());
    let site = beside(&title.text, &longest);
    let is_site = site.as_deref().is_some_and(|s| looks_like_site(s, &title.text, page) || is_page_title(page, block, s, longest.len()));
    if parts.len() >= 2 && is_site {
        Found { block, range: longest, site }
    } else {
        Found { block, range: 0..title.text.len(), site: None }
    }
}

/// Whether the line is a dump's first, where tools put the page's title: there a short part beside a longer one is the site.
fn is_page_title(page: &Page, block: usize, site: &str, headline: usize) -> bool {
    page.facts.density == Density::Dump && block == 0 && tokenize(site).len() <= 5 && headline > site.len() * 3 / 2
}

/// Whether the shorter part of a title is a site's name: behind a bar, or said again on the page in a line of its own or a copyright line.
fn looks_like_site(site: &str, title: &str, page: &Page) -> bool {
    let words = tokenize(site).len();
    let barred = title.contains(" | ") || title.contains("｜") || title.contains(" » ") || title.contains(" :: ");
    let domain = site.contains('.') && !site.contains(' ');
    let sum = sum_of(site);
    let again = || page.blocks.iter().skip(1).any(|b| b.shape.sum == sum || (b.text.contains('©') && b.text.contains(site)));
    words <= 6 && (barred || domain || again())
}

fn begins_with(text: &str, headline: &str) -> bool {
    text.len() > headline.len() && text.starts_with(headline)
}
