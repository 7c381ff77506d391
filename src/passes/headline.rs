//! The headline: found from the page itself, freed of the site's name, printed once; its repeats go.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::ops::Range;

use super::extent::{Extent, is_text};
use super::signals::{Line, Words, line_in};
use super::stamp::{Stamp, stamp_of};
use super::title::{GLUE, beside, parts};
use super::verse::is_verse;
use crate::measure::{End, Hashed, mix, tokenize};
use crate::page::{Block, Cut, Density, Kind, Page, Reason, Role, Step};
use crate::rules::{Hit, is_byline_tail};

pub(super) const NAME: Step = Step::Headline;

/// How many blocks at the top may hold the headline of a dump.
const REACH: usize = 400;
/// Words of the longest headline.
const MOST_WORDS: u32 = 40;

/// A headline and where it was found.
struct Found {
    /// The block that holds it.
    block: usize,
    /// Its place in that block's text.
    range: Range<usize>,
    /// The site's name beside it.
    site: Option<String>,
}

pub(super) fn run(page: &mut Page) {
    let Some(found) = find(page) else { return };
    let Some(text) = page.blocks.get(found.block).and_then(|b| b.text.get(found.range.clone())).map(str::to_owned) else { return };
    let sum = sum_of(&text);
    let site = found.site.clone();
    // The first plain copy is the headline; without one, the glued line with the site's name cut off.
    let plain = page.blocks.iter().position(|b| b.is_open() && b.shape.sum == sum);
    let headline = plain.unwrap_or(found.block);
    if plain.is_none() {
        cut_around(page, found.block, found.range);
    }
    page.facts.headline = Some(headline);
    page.facts.site.clone_from(&site);
    if let Some(block) = page.blocks.get_mut(headline) {
        block.keep(Reason::text(NAME, "headline"));
    }
    drop_repeats(page, headline, &text, sum, site.as_deref());
}

fn find(page: &Page) -> Option<Found> {
    named_by_the_page(page)
        .or_else(|| glued_and_repeated(page))
        .or_else(|| marked(page))
        // The first line of a song looks like its headline, and its refrain like one said again.
        .or_else(|| if is_verse(page) { None } else { repeated(page).or_else(|| first_line(page)) })
}

/// The line that an HTML page's own data call the headline.
fn named_by_the_page(page: &Page) -> Option<Found> {
    let sum = sum_of(page.markup.as_ref()?.data.headline.as_deref()?);
    let block = page.blocks.iter().position(|b| b.is_open() && b.shape.sum == sum && b.shape.words() > 0)?;
    let range = 0..page.blocks.get(block)?.text.len();
    Some(Found { block, range, site: None })
}

/// A line at the top of which one part is a line of its own below: `Site - Headline` over `Headline`.
fn glued_and_repeated(page: &Page) -> Option<Found> {
    let open = page.blocks.iter().enumerate().filter(|(_, b)| b.is_open() && b.shape.words() >= 2 && !b.hits.iter().any(Hit::is_certain));
    open.take(3).filter(|(_, b)| b.shape.words() <= MOST_WORDS).find_map(|(i, b)| glued_at(page, i, b))
}

fn glued_at(page: &Page, block: usize, title: &Block) -> Option<Found> {
    let below = |sum: u64| page.blocks.iter().take(REACH).skip(block + 1).any(|b| b.is_open() && b.shape.sum == sum);
    for part in parts(&title.text, true) {
        let text = title.text.get(part.clone())?;
        let words = tokenize(text).len();
        if words >= 2 && part.len() < title.text.len() && below(sum_of(text)) {
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
    (top <= 2).then(|| whole_or_cut(heading, block, page))
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

/// The first line of an article, if it reads like a headline and text follows.
fn first_line(page: &Page) -> Option<Found> {
    let first_text = page.blocks.iter().position(is_text)?;
    let top = || page.blocks.iter().enumerate().take(first_text.min(KICKERS)).filter(|(_, b)| is_headline_like(b));
    let mut lines = top().filter(|(_, b)| b.hits.is_empty() && !is_passed_over(b));
    if page.facts.density == Density::Article {
        let below = LazyCell::new(|| Below::of(page.blocks.iter().skip(first_text).take(12).filter(|b| is_text(b)).take(3)));
        let heads = |(_, b): &(usize, &Block)| b.shape.words() >= 3 && below.takes_up(&b.text);
        // "Podcast wins award": a headline may hold words of furniture too.
        let hinted = || top().find(|(i, b)| *i == 0 && b.shape.words() >= HINTED_WORDS && !is_passed_over(b)).filter(heads);
        return lines.take(3).find(heads).or_else(hinted).map(|(i, b)| whole_or_cut(b, i, page));
    }
    let title_line = lines.next().and_then(|(block, title)| {
        let found = whole_or_cut(title, block, page);
        let cut = found.range.len() < title.text.len();
        let long = title.text.get(found.range.clone()).is_some_and(|t| tokenize(t).len() >= 4);
        (cut && block < 3 && long).then_some(found)
    });
    title_line.or_else(|| above_text(page))
}

/// Fewest words of a headline that an uncertain rule matches.
const HINTED_WORDS: u32 = 6;

/// Blocks at the top among which an article's headline stands: site, section and kicker may stand above it.
const KICKERS: usize = 12;

/// The words of the first paragraphs, which take up those of the headline: below nine of ten headlines, and seldom below a section
/// heading, a name or a label.
struct Below {
    stems: HashSet<u64, Hashed>,
    signs: HashSet<u64, Hashed>,
}

impl Below {
    fn of<'b>(text: impl Iterator<Item = &'b Block>) -> Self {
        let mut below = Self { stems: HashSet::with_hasher(Hashed), signs: HashSet::with_hasher(Hashed) };
        for block in text {
            below.stems.extend(stems(&block.text));
            below.signs.extend(signs(&block.text));
        }
        below
    }

    /// Whether they take up words of the line.
    fn takes_up(&self, line: &str) -> bool {
        let shared = |own: &mut dyn Iterator<Item = u64>, below: &HashSet<u64, Hashed>| {
            own.filter(|word| below.contains(word)).collect::<HashSet<u64, Hashed>>().len()
        };
        shared(&mut stems(line), &self.stems) >= SHARED_WORDS || shared(&mut signs(line), &self.signs) >= SHARED_WORDS * 2
    }
}

/// Hashes of the first five letters of each longer word of `text`: its stem, near enough.
fn stems(text: &str) -> impl Iterator<Item = u64> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() >= 4);
    words.map(|w| w.chars().take(5).flat_map(char::to_lowercase).fold(0, |hash, c| mix(hash, u64::from(u32::from(c)))))
}

/// The letters of scripts without spaces: four of Chinese or Thai are two words.
fn signs(text: &str) -> impl Iterator<Item = u64> {
    text.chars().filter(|c| *c as u32 >= 0x0E00 && c.is_alphabetic()).map(|c| u64::from(u32::from(c)))
}

/// Words that a headline shares with the first paragraphs (dev pages: 90 % of the titles share two or more).
const SHARED_WORDS: usize = 2;

/// On a dump: the topmost line of some words above the text that the text takes up, else the topmost without a hit; with nothing but
/// bylines, captions and the like between.
fn above_text(page: &Page) -> Option<Found> {
    let first = Extent::of(page).first()?;
    let below = Below::of(page.blocks.iter().skip(first).take(12).filter(|b| is_text(b) && !may_head(b)).take(3));
    let (mut best, mut taken_up, mut menu) = (None, None, 0);
    // A headline that asks may look like the first paragraph.
    let end = first + usize::from(page.blocks.get(first).is_some_and(may_head));
    for (i, block) in page.blocks.iter().enumerate().take(end).rev().take(ABOVE_TEXT) {
        // "Home Debate Headline" above the headline is the trail to it.
        let trail = || taken_up.and_then(|at: usize| page.blocks.get(at)).is_some_and(|found| block.text.ends_with(&*found.text));
        if may_head(block) && below.takes_up(&block.text) && !trail() {
            taken_up = Some(i);
            menu = 0;
        }
        if is_headline_like(block) && block.shape.words() >= 4 && block.hits.is_empty() {
            best = Some(i);
            menu = 0;
        } else if block.shape.words() <= 3 && block.hits.is_empty() && !is_passed_over(block)
            || block.hits.iter().any(|h| h.rule.kind == Kind::Navigation)
        {
            menu += 1;
        }
        if menu >= 5 {
            break;
        }
    }
    let block = taken_up.or(best)?;
    Some(whole_or_cut(page.blocks.get(block)?, block, page))
}

/// Whether a line above the text of a dump may be its headline if the text takes it up: it may ask or call, too.
fn may_head(block: &Block) -> bool {
    let asks = block.shape.end == End::Sentence && !block.text.trim_end_matches(crate::measure::is_closer).ends_with(['.', '。', '।', '۔']);
    let may = block.is_open() && block.role == Role::Paragraph && (4..=25).contains(&block.shape.words());
    may && !block.hits.iter().any(Hit::is_certain) && (is_headline_like(block) || asks)
}

/// How far above the text of a dump the headline may stand, in blocks.
const ABOVE_TEXT: usize = 25;

/// Whether a line without a second sign may be a headline: no sentence, no list item, not the end of a quote.
fn is_headline_like(block: &Block) -> bool {
    let ends = matches!(block.shape.end, End::Sentence | End::Open | End::Colon | End::Ellipsis);
    let strip = block.text.contains('°') || block.text.contains('%') && block.shape.numbers() >= 2;
    is_title(block) && !ends && !strip && block.shape.words() <= 25 && block.role != Role::Item && !ends_quote(&block.text)
}

/// A quote that began further up: the tail of a paragraph.
fn ends_quote(text: &str) -> bool {
    text.ends_with(['”', '"', '»']) && !text.contains(['“', '„', '«']) && text.matches('"').count() < 2
}

/// Whether a block above the headline is furniture that says nothing about it.
fn is_passed_over(block: &Block) -> bool {
    let words = Words::of(block);
    !block.is_open()
        || matches!(line_in(&words), Line::Date | Line::Symbols | Line::SignOff)
        || is_byline(&block.text)
        || matches!(stamp_of(&words), Some(Stamp::Dated | Stamp::Desk))
}

fn is_byline(text: &str) -> bool {
    text.split_once(' ')
        .is_some_and(|(first, rest)| first.chars().count() <= 3 && text.len() < 60 && is_byline_tail(rest) && rest.split(' ').count() <= 4)
}

/// Whether the block may be a headline by its look.
fn is_title(block: &Block) -> bool {
    let shape = &block.shape;
    block.is_open()
        && block.role != Role::Row
        && (2..=MOST_WORDS).contains(&shape.words())
        && shape.chars() >= 8
        && shape.numbers() * 3 <= shape.words()
        && !(shape.is_prose() && shape.is_running())
        && !block.hits.iter().any(Hit::is_certain)
        && !matches!(shape.end, End::Open)
}

/// The title line whole, or without the site's name if it ends or begins with one.
fn whole_or_cut(title: &Block, block: usize, page: &Page) -> Found {
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

fn sum_of(text: &str) -> u64 {
    tokenize(text).iter().fold(0, |sum, t| mix(sum, t.exact))
}

fn begins_with(text: &str, headline: &str) -> bool {
    text.len() > headline.len() && text.starts_with(headline)
}

fn cut_around(page: &mut Page, block: usize, range: Range<usize>) {
    let Some(block) = page.blocks.get_mut(block) else { return };
    let len = block.text.len();
    for cut in [0..range.start, range.end..len] {
        if !cut.is_empty() {
            block.cut([Cut { range: cut, why: Reason::noise(Kind::SiteTitle, NAME, "glued-site-name") }]);
        }
    }
}

/// Drops the headline said again, alone or with a site's name or a credit, and the site's name alone.
fn drop_repeats(page: &mut Page, headline: usize, text: &str, sum: u64, site: Option<&str>) {
    let extent = Extent::of(page);
    let site_sum = site.map(sum_of);
    let words = tokenize(text);
    for (i, block) in page.blocks.iter_mut().enumerate() {
        if i == headline || !block.is_open() || block.shape.is_long_prose() {
            continue;
        }
        if block.shape.sum == sum && (words.len() >= 3 || extent.is_head(i) || i <= headline + 3) {
            block.drop(Reason::noise(Kind::HeadlineRepeat, NAME, "said-again").with_twin(headline));
        } else if Some(block.shape.sum) == site_sum && !extent.holds(i) {
            block.drop(Reason::noise(Kind::SiteTitle, NAME, "site-alone"));
        } else if (extent.is_head(i) || i <= headline + 3)
            && let Some(rest) = remainder(block, &words)
        {
            let glued = site.is_some_and(|s| rest.contains(s))
                || i < 3 && !rest.contains(['.', ',']) && GLUE.iter().any(|g| rest.starts_with(g) || rest.ends_with(g));
            let (kind, rule) = if glued && !rest.starts_with(" / ") {
                (Kind::SiteTitle, "glued-site-name")
            } else {
                (Kind::HeadlineRepeat, "with-a-tail")
            };
            block.drop(Reason::noise(kind, NAME, rule).with_twin(headline));
        }
    }
}

/// Most words of what stands beside the headline in a repeat of it.
const MOST_REST: usize = 12;

/// What a block says beside the headline, if it is the headline with a short tail or head behind a mark.
fn remainder<'b>(block: &'b Block, headline: &[crate::measure::Token]) -> Option<&'b str> {
    let n = headline.len();
    // A quick look before the words are read: most lines are much shorter, or longer.
    let words = block.shape.words() as usize;
    if words > n + MOST_REST || words < n && block.shape.caseless() == 0 {
        return None;
    }
    let tokens = block.tokens();
    if n < 2 || tokens.len() <= n || tokens.len() > n + MOST_REST {
        return None;
    }
    let same = |tokens: &[crate::measure::Token]| tokens.iter().zip(headline).all(|(a, b)| a.exact == b.exact);
    let mark = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric() && !matches!(c, ',' | '\'' | '’' | '.'));
    if same(tokens.get(..n)?) {
        let end = tokens.get(n - 1)?.end as usize;
        let rest = block.text.get(end..)?;
        return mark(rest.trim_start_matches(['"', '”', '’', '\'', '»', '?', '!', '.', '。', ')', ' ']).chars().next()).then_some(rest);
    }
    if same(tokens.get(tokens.len() - n..)?) {
        let start = tokens.get(tokens.len() - n)?.start as usize;
        let rest = block.text.get(..start)?;
        return mark(rest.trim_end_matches(['"', '“', '‘', '\'', '«', '¿', '¡', '(', ' ']).chars().next_back()).then_some(rest);
    }
    None
}
