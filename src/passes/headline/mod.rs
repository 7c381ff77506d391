//! The headline: found from the page itself, freed of the site's name, printed once; its repeats go.

mod find;
pub(super) mod likely;
mod look;
mod sight;
mod title;
mod words;

use std::ops::Range;

use self::find::{Found, find};
pub use self::sight::{Sign, Signs, WEIGHTS};
use self::title::GLUE;
pub(crate) use self::title::title_parts;
use super::extent::Extent;
use crate::measure::{Token, sum_of, tokenize};
use crate::page::{Block, Cut, Kind, Page, Reason, Step};

pub(super) const NAME: Step = Step::Headline;

pub(super) fn run(page: &mut Page) {
    if let Some(found) = find(page) {
        settle_on(page, &found);
    }
}

/// Keeps the headline that was found, cuts the site's name off it, drops its repeats.
fn settle_on(page: &mut Page, found: &Found) {
    let Some(text) = page.blocks.get(found.block).and_then(|b| b.text.get(found.range.clone())).map(str::to_owned) else { return };
    let sum = sum_of(&text);
    let site = found.site.clone();
    // The first plain copy is the headline; without one, the glued line with the site's name cut off.
    let plain = page.blocks.iter().position(|b| b.is_open() && b.shape.sum == sum);
    let headline = plain.unwrap_or(found.block);
    if plain.is_none() {
        cut_around(page, found.block, found.range.clone());
    }
    page.facts.headline = Some(headline);
    page.facts.site.clone_from(&site);
    if let Some(block) = page.blocks.get_mut(headline) {
        block.keep(Reason::text(NAME, "headline"));
    }
    drop_repeats(page, headline, &text, sum, site.as_deref());
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
fn remainder<'b>(block: &'b Block, headline: &[Token]) -> Option<&'b str> {
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
    let same = |tokens: &[Token]| tokens.iter().zip(headline).all(|(a, b)| a.exact == b.exact);
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
