//! From the pages of a site to its templates: which lines many of its stories share, and what stands beyond them.
//!
//! A line is counted by stories and not by pages, so that a story published twice gives no template. What was made of the line without
//! templates, on all its pages together, says whether it is furniture: a subheading or a background paragraph that comes again
//! and again stands among paragraphs that stay, and stays itself.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use smallvec::SmallVec;

use super::gaps;
use super::lines::{Line, PageLines};
use super::pattern::{Level, written};
use super::site::{Site, Spot, Template};
use crate::measure::Hashed;

/// Fewest stories of a site from which is learned, and that share a line of furniture.
pub const LEAST_STORIES: usize = 3;
/// Fewest different fillings of the slots of a pattern.
const LEAST_FILLINGS: usize = 3;
/// Words of a line that is no subheading: what stands so in half of a site's stories was not written for one.
const LONG_WORDS: u32 = 8;
/// Times that the lines are looked at.
const ROUNDS: usize = 2;
/// Most templates of a site: those on the most stories.
const MOST_TEMPLATES: usize = 1500;

/// What is known of a pattern over the stories of a site.
#[derive(Debug)]
struct Seen<'p> {
    level: Level,
    line: &'p Line,
    /// Its latest story, as the pages come story by story.
    story: usize,
    /// Lines of different words that have it, as far as they matter.
    fillings: SmallVec<[u64; LEAST_FILLINGS]>,
    counts: Counts,
}

/// In how many stories a pattern stands, and how.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    on: u32,
    /// It stayed.
    stays: u32,
    /// There is an article on the page, and none of it above the line; or none below.
    head: u32,
    tail: u32,
    /// There is an article on the page.
    told: u32,
}

/// The templates of a site that has these `pages`; none if they tell fewer stories than can be compared.
pub fn learn(mut pages: Vec<PageLines>) -> Option<Site> {
    pages.sort_by_key(|page| page.print);
    let mut templates = BTreeMap::new();
    let mut count = 0;
    // A notice below the articles looks like their last paragraph until it is known; then what stands above it is below them too.
    for _ in 0..ROUNDS {
        for page in &mut pages {
            page.place(|keys| keys.all().any(|(_, key)| templates.contains_key(&key)));
        }
        let stories = stories(&pages);
        count = stories.last().map_or(0, |(story, _)| story + 1);
        if count < LEAST_STORIES {
            return None;
        }
        templates = recurring(&stories, count);
        gaps::measure(&stories, &mut templates);
    }
    let templates = templates.into_iter().map(|(key, template)| (key, Arc::new(template))).collect();
    Some(Site::new(u32::try_from(count).unwrap_or(u32::MAX), templates))
}

/// The lines of furniture that enough of the stories have.
fn recurring(stories: &[(usize, &PageLines)], count: usize) -> BTreeMap<u64, Template> {
    let seen = count_lines(stories);
    let fits = |seen: &Seen<'_>| {
        seen.counts.on as usize >= LEAST_STORIES
            && (seen.level == Level::Exact || seen.fillings.len() >= LEAST_FILLINGS)
            && is_furniture(seen, count)
    };
    let mut found: Vec<(u64, &Seen<'_>)> = seen.iter().filter(|(_, s)| fits(s)).map(|(key, seen)| (*key, seen)).collect();
    found.sort_by_key(|(key, seen)| (std::cmp::Reverse(seen.counts.on), *key));
    found.truncate(MOST_TEMPLATES);
    found.into_iter().map(|(key, seen)| (key, template(seen))).collect()
}

/// The pages, each with the number of its story, story by story.
fn stories(pages: &[PageLines]) -> Vec<(usize, &PageLines)> {
    let mut firsts: Vec<&PageLines> = Vec::new();
    let mut out: Vec<(usize, &PageLines)> = Vec::with_capacity(pages.len());
    for page in pages {
        let story = firsts.iter().position(|first| first.tells_the_same(page)).unwrap_or_else(|| {
            firsts.push(page);
            firsts.len() - 1
        });
        out.push((story, page));
    }
    out.sort_by_key(|(story, page)| (*story, page.print));
    out
}

fn count_lines<'p>(stories: &[(usize, &'p PageLines)]) -> BTreeMap<u64, Seen<'p>> {
    let mut seen: BTreeMap<u64, Seen<'p>> = BTreeMap::new();
    for (story, page) in stories {
        for (key, (level, first, last)) in ends(page) {
            let entry = seen.entry(key).or_insert_with(|| Seen {
                level,
                line: first,
                story: usize::MAX,
                fillings: SmallVec::new(),
                counts: Counts::default(),
            });
            if first.text < entry.line.text {
                entry.line = first;
            }
            if let Some(filling) =
                first.keys.at(Level::Exact).filter(|f| entry.fillings.len() < LEAST_FILLINGS && !entry.fillings.contains(f))
            {
                entry.fillings.push(filling);
            }
            if entry.story != *story {
                entry.story = *story;
                entry.counts.add(first, last);
            }
        }
    }
    seen
}

/// The first and the last line of each pattern of a page.
fn ends(page: &PageLines) -> HashMap<u64, (Level, &Line, &Line), Hashed> {
    let mut ends = HashMap::with_capacity_and_hasher(page.lines.len() * 2, Hashed);
    for line in &page.lines {
        for (level, key) in line.keys.all() {
            ends.entry(key).or_insert((level, line, line)).2 = line;
        }
    }
    ends
}

impl Counts {
    fn add(&mut self, first: &Line, last: &Line) {
        let told = first.above + first.below > 0 || first.is_prose && first.stays;
        self.on += 1;
        self.stays += u32::from(first.stays);
        self.told += u32::from(told);
        self.head += u32::from(told && first.above == 0);
        self.tail += u32::from(told && last.below == 0);
    }

    /// Whether most articles stand wholly on one side of it.
    fn is_outside(self) -> bool {
        (self.head.max(self.tail)) * 4 >= self.told * 3
    }
}

/// Whether a line that comes again is no part of the stories.
fn is_furniture(seen: &Seen<'_>, stories: usize) -> bool {
    let Counts { on, stays, .. } = seen.counts;
    let goes = stays * 2 <= on;
    let everywhere = on as usize * 2 >= stories;
    match seen.level {
        Level::Exact => goes || seen.counts.is_outside() || everywhere && seen.line.words >= LONG_WORDS,
        // A sentence in which only figures change is how results and the weather are told.
        Level::Counts => goes || !seen.line.is_prose && seen.counts.is_outside(),
        Level::Names => goes,
    }
}

fn template(seen: &Seen<'_>) -> Template {
    let Counts { on, head, tail, told, .. } = seen.counts;
    let spot = match (head * 2 > told, tail * 2 > told) {
        (true, false) => Spot::Head,
        (false, true) => Spot::Tail,
        _ => Spot::Any,
    };
    Template { line: written(&seen.line.text, seen.level), on: Some(on), spot, after: None, before: None }
}
