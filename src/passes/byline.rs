//! Author, date and agency lines by shape: above the first paragraph, and the sign-off below the last.

use super::extent::Extent;
use super::signals::{Line, line_of};
use crate::page::{Kind, Page, Reason};

pub(super) const NAME: &str = "byline";

/// How far below the last paragraph a sign-off may stand, in lines still open.
const SIGN_OFF_REACH: usize = 2;

pub(super) fn run(page: &mut Page) {
    let extent = Extent::of(page);
    let mut names = Vec::new();
    for i in 0..page.blocks.len() {
        if page.facts.headline == Some(i) || extent.holds(i) && !below_standfirst(page, &extent, i) {
            continue;
        }
        let reach = extent.last().map_or(0, |last| open_between(page, last, i));
        let after_headline = page.facts.headline.is_some_and(|h| h < i);
        let Some(block) = page.blocks.get_mut(i).filter(|b| b.is_open()) else { continue };
        let shape = match line_of(block) {
            Line::Date => "date-line",
            Line::SignOff if extent.is_tail(i) && reach <= SIGN_OFF_REACH => "sign-off",
            Line::SignOff if extent.is_head(i) && after_headline => "agency-line",
            Line::Name if !extent.is_tail(i) => {
                names.push(i);
                continue;
            }
            _ => continue,
        };
        block.drop(Reason::noise(Kind::Byline, NAME, shape));
    }
    // A name alone is a byline where a byline stands: above the text, beside another one.
    let is_byline = |page: &Page, i: Option<usize>| i.and_then(|i| page.blocks.get(i)).is_some_and(|b| b.dropped_as() == Some(Kind::Byline));
    for i in names {
        if is_byline(page, i.checked_sub(1)) || is_byline(page, Some(i + 1)) {
            if let Some(block) = page.blocks.get_mut(i) {
                block.drop(Reason::noise(Kind::Byline, NAME, "name-line"));
            }
        }
    }
}

/// Whether block `i` stands just below the first paragraph, where bylines follow a standfirst; on a page with more date lines inside the
/// text they are the headings of a timeline.
fn below_standfirst(page: &Page, extent: &Extent, i: usize) -> bool {
    let (Some(first), Some(last)) = (extent.first(), extent.last()) else { return false };
    if i > first + STANDFIRST_REACH {
        return false;
    }
    let dates = page.blocks.iter().take(last).skip(first).filter(|b| b.is_open() && b.shape.numbers > 0 && line_of(b) == Line::Date).count();
    dates <= 2
}

/// How far below the first paragraph a byline may stand, in blocks.
const STANDFIRST_REACH: usize = 4;

/// Open blocks after `last` and up to `i`.
fn open_between(page: &Page, last: usize, i: usize) -> usize {
    page.blocks.get(last + 1..=i).map_or(0, |b| b.iter().filter(|b| b.is_open()).count())
}
