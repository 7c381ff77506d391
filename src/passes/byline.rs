//! Author, date and agency lines by shape: above the first paragraph, and the sign-off below the last.

use super::extent::Extent;
use super::signals::{Line, line_of};
use crate::page::{Kind, Page, Reason};

pub(super) const NAME: &str = "byline";

/// How far below the last paragraph a sign-off may stand, in lines still open.
const SIGN_OFF_REACH: usize = 2;

pub(super) fn run(page: &mut Page) {
    let extent = Extent::of(page);
    let headline = page.facts.headline;
    let mut named = false;
    for i in 0..page.blocks.len() {
        if headline == Some(i) || !extent.is_head(i) && !extent.is_tail(i) {
            continue;
        }
        let reach = extent.last().map_or(0, |last| open_between(page, last, i));
        let Some(block) = page.blocks.get_mut(i) else { continue };
        if !block.is_open() {
            named = block.dropped_as() == Some(Kind::Byline);
            continue;
        }
        let line = line_of(block);
        let shape = match line {
            Line::Date => "date-line",
            Line::SignOff if extent.is_tail(i) && reach <= SIGN_OFF_REACH => "sign-off",
            Line::SignOff if extent.is_head(i) && headline.is_some_and(|h| h < i) => "agency-line",
            // A name alone is a byline where a byline stands: beside another one, above the text.
            Line::Name if extent.is_head(i) && named => "name-line",
            _ => {
                named = false;
                continue;
            }
        };
        block.drop(Reason::noise(Kind::Byline, NAME, shape));
        named = true;
    }
}

/// Open blocks after `last` and up to `i`.
fn open_between(page: &Page, last: usize, i: usize) -> usize {
    page.blocks.get(last + 1..=i).map_or(0, |b| b.iter().filter(|b| b.is_open()).count())
}
