//! Author, date and agency lines by shape: above the first paragraph, and the sign-off below the last.

use std::cell::OnceCell;

use super::extent::Extent;
use super::signals::{Line, Words, line_in, line_of};
use super::stamp::{self, Stamp, stamp_of};
use crate::page::{Block, Kind, Page, Reason, Step};

pub(super) const NAME: Step = Step::Byline;

/// Most words of a byline between the first paragraphs.
const MOST_WORDS: u32 = stamp::MOST_WORDS;

/// How far below the last paragraph a sign-off may stand, in lines still open.
const SIGN_OFF_REACH: usize = 2;

pub(super) fn run(page: &mut Page) {
    let extent = Extent::of(page);
    let mut names = Vec::new();
    let mut open_below = 0;
    let last_open = page.blocks.iter().rposition(Block::is_open);
    let dates = OnceCell::new();
    for i in 0..page.blocks.len() {
        let held = extent.holds(i);
        let may_be = |b: &Block| b.shape.words() <= MOST_WORDS && (b.shape.numbers() > 0 || is_name_shaped(b));
        let below = || page.blocks.get(i).is_some_and(may_be) && below_standfirst(page, &extent, &dates, i);
        if page.facts.headline == Some(i) || held && !below() {
            continue;
        }
        let after_headline = page.facts.headline.is_some_and(|h| h < i);
        let Some(block) = page.blocks.get_mut(i).filter(|b| b.is_open()) else { continue };
        open_below += usize::from(extent.is_tail(i));
        let signs_off = extent.is_tail(i) && (open_below <= SIGN_OFF_REACH || last_open == Some(i));
        let agency = extent.is_head(i) && after_headline;
        if !extent.is_tail(i) && is_name_shaped(block) {
            names.push(i);
        }
        // Contact boxes are many lines; a sign-off is one, right below the text.
        let below_text = i.checked_sub(1).is_some_and(|above| extent.last() == Some(above)) && last_open == Some(i);
        let heads = extent.first().is_some_and(|first| i < first && first - i <= HEAD_REACH);
        // Most lines of furniture have no figure and cannot be a date: a look at their words is spared.
        if block.shape.numbers() == 0 && !signs_off && !agency && !heads {
            continue;
        }
        // Elsewhere a line of facts needs a full date, which is two numbers or more.
        let anywhere = !signs_off && !heads && !below_text;
        let words = Words::of(block);
        // "* Ms Jane Doe is a lawyer": the note to a star at the author's name.
        let starred = signs_off && block.text.starts_with('*') && block.hits().iter().any(|h| h.rule.kind == Kind::Bio);
        let shape = match line_in(&words) {
            _ if starred => "author-note",
            Line::Date => "date-line",
            Line::SignOff if signs_off => "sign-off",
            Line::SignOff if agency => "agency-line",
            _ if anywhere && block.shape.numbers() < 2 => continue,
            _ => match stamp_of(&words).filter(|stamp| stands(*stamp, block, &Spot { signs_off, heads, after_headline, below_text })) {
                Some(stamp) => stamp.name(),
                None => continue,
            },
        };
        block.drop(Reason::noise(Kind::Byline, NAME, shape));
    }
    // A name alone is a byline where a byline stands: above the text, beside another one.
    let is_byline =
        |page: &Page, i: Option<usize>| i.and_then(|i| page.blocks.get(i)).is_some_and(|b| b.dropped_as() == Some(Kind::Byline));
    for i in names {
        // The first line of a page may as well be its headline: "On Recent Controversial Events", over the date.
        let leads = i == 0 && page.facts.headline.is_none() && page.blocks.get(i).is_some_and(|b| b.shape.words() > NAME_WORDS);
        let beside = !leads && (is_byline(page, i.checked_sub(1)) || is_byline(page, Some(i + 1)));
        if let Some(block) = page.blocks.get_mut(i).filter(|b| beside && line_of(b) == Line::Name) {
            block.drop(Reason::noise(Kind::Byline, NAME, "name-line"));
        }
    }
}

/// How far above the first paragraph lines without a date are looked at, in blocks.
const HEAD_REACH: usize = 12;

/// Most words of a name that begins a page.
const NAME_WORDS: u32 = 3;

/// Where on the page a line stands.
struct Spot {
    signs_off: bool,
    heads: bool,
    after_headline: bool,
    /// The last line, with the last paragraph right above.
    below_text: bool,
}

/// Whether a line of facts is furniture where it stands: below the text as a sign-off, or above it.
fn stands(stamp: Stamp, block: &Block, at: &Spot) -> bool {
    match stamp {
        Stamp::Dated => true,
        Stamp::Labelled => at.signs_off || at.heads && (at.after_headline || block.shape.caseless() > 0),
        Stamp::Desk => at.signs_off || at.heads,
        Stamp::Address => at.below_text || at.heads && at.after_headline,
        Stamp::Place | Stamp::Timed => at.heads,
        Stamp::Code => at.signs_off,
    }
}

/// Whether block `i` stands just below the first paragraph, where bylines follow a standfirst; on a page with more date lines inside the
/// text they are the headings of a timeline. `dates` are the blocks of the text that are date lines, once they are known.
fn below_standfirst(page: &Page, extent: &Extent, dates: &OnceCell<Vec<usize>>, i: usize) -> bool {
    let (Some(first), Some(last)) = (extent.first(), extent.last()) else { return false };
    if i > first + STANDFIRST_REACH {
        return false;
    }
    let is_date = |i: &usize| page.blocks.get(*i).is_some_and(|b| b.is_open() && b.shape.numbers() > 0 && line_of(b) == Line::Date);
    let dates = dates.get_or_init(|| (first..last).filter(is_date).collect());
    dates.iter().filter(|i| page.blocks.get(**i).is_some_and(Block::is_open)).count() <= 2
}

/// How far below the first paragraph a byline may stand, in blocks.
const STANDFIRST_REACH: usize = 4;

/// Whether the line may be a name, by its shape alone.
fn is_name_shaped(block: &Block) -> bool {
    let shape = &block.shape;
    (2..=5).contains(&shape.words()) && shape.numbers() == 0 && shape.title() + shape.upper() >= 2
}
