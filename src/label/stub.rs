//! Pages in the place of an article: errors, walls against robots, for consent, for payment, and pages that a script would fill.

use super::Seen;
use crate::page::{Block, Kind, Page, Role, Stub};
use crate::rules::Tells;

impl Stub {
    /// The name of the ground on which its lines go.
    pub(super) const fn rule(self) -> &'static str {
        match self {
            Self::Error => "error-page",
            Self::Blocked => "robot-wall",
            Self::Script => "needs-script",
            Self::Consent => "consent-wall",
            Self::Paywall => "paywall",
        }
    }

    /// Whether a part of the article is there.
    pub(super) const fn has_text(self) -> bool {
        matches!(self, Self::Paywall)
    }

    const fn told_by(self) -> Tells {
        match self {
            Self::Error => Tells::Error,
            Self::Blocked => Tells::Blocked,
            Self::Script => Tells::Script,
            Self::Consent => Tells::Consent,
            Self::Paywall => Tells::Paywall,
        }
    }
}

/// Words of other text on an error page or a wall whose headline says what it is: excuses, advice, teasers.
const BESIDE_HEADLINE: u32 = 120;
/// The same where only a line says so: less than the shortest news item.
const BESIDE_LINE: u32 = 25;
/// Words of a page, its menus counted, on which every line counts.
const SHORT_PAGE: u32 = 250;
/// Words of the longest beginning of an article before a wall: sites show two or three paragraphs.
const BEGINNING: u32 = 160;
/// The same where the page's own data say that the article has to be paid for.
const BEGINNING_SAID: u32 = 300;
/// Words up to which an article that has to be paid for is only begun, whatever the lines say.
const BARELY_BEGUN: u32 = 60;

/// What the page is in the place of an article, if it is that.
pub(super) fn stub(page: &Page, seen: &Seen) -> Option<Stub> {
    [Stub::Blocked, Stub::Error, Stub::Script, Stub::Consent].into_iter().find(|s| is_wall(page, seen, *s)).or_else(|| {
        let scripted = page.markup.as_ref().is_some_and(|m| m.scripted);
        if scripted && all_words(page) == 0 { Some(Stub::Script) } else { is_begun(page, seen).then_some(Stub::Paywall) }
    })
}

fn is_wall(page: &Page, seen: &Seen, stub: Stub) -> bool {
    let what = stub.told_by();
    let rest = seen.words.saturating_sub(words_of(page, seen, what));
    match stub {
        Stub::Consent => rest <= BESIDE_LINE && seen.count(what) >= 2 && is_mostly_legal(page, seen),
        Stub::Script => rest <= BESIDE_LINE && stands_out(page, seen, what),
        _ => {
            let headed = seen.headline.contains(&what) && rest <= BESIDE_HEADLINE;
            headed || rest <= BESIDE_LINE && stands_out(page, seen, what)
        }
    }
}

/// Whether a line that says `what` is what the page is about: on a page of many words it is one that stays or a heading, as boxes
/// that failed to load say such things too.
fn stands_out(page: &Page, seen: &Seen, what: Tells) -> bool {
    let short = all_words(page) <= SHORT_PAGE;
    let plain = |i: usize| page.blocks.get(i).is_some_and(|b| short || !b.is_dropped() || matches!(b.role, Role::Heading(_)));
    seen.lines.iter().any(|(i, w)| *w == what && plain(*i))
}

/// Words of the blocks that stay and say `what`.
fn words_of(page: &Page, seen: &Seen, what: Tells) -> u32 {
    let block = |i: usize| page.blocks.get(i).filter(|b| !b.is_dropped() && page.facts.headline != Some(i));
    let mut at: Vec<usize> = seen.lines.iter().filter(|(_, w)| *w == what).map(|(i, _)| *i).collect();
    at.dedup();
    at.into_iter().filter_map(block).map(|b| b.shape.words()).sum()
}

/// Whether most words of the page are about consent: an article that failed to load may have a banner too, among its menus.
fn is_mostly_legal(page: &Page, seen: &Seen) -> bool {
    let says = |i: usize| seen.lines.contains(&(i, Tells::Consent));
    let legal = page.blocks.iter().enumerate().filter(|(i, b)| says(*i) || b.dropped_as() == Some(Kind::Legal));
    legal.map(|(_, b)| b.shape.words()).sum::<u32>() * 2 >= all_words(page)
}

fn all_words(page: &Page) -> u32 {
    page.blocks.iter().map(|b| b.shape.words()).sum()
}

/// Whether the article breaks off at a wall.
fn is_begun(page: &Page, seen: &Seen) -> bool {
    let said = page.markup.as_ref().is_some_and(|m| m.data.free == Some(false));
    let last = page.blocks.iter().rposition(|b| !b.is_dropped() && b.shape.is_prose());
    // Below the last paragraph, or in it: a wall that the text goes on behind is a box of the page.
    let wall = seen.lines.iter().any(|(i, w)| *w == Tells::Paywall && last.is_none_or(|last| *i >= last));
    let words = seen.words.saturating_sub(words_of(page, seen, Tells::Paywall));
    match (wall, said) {
        (true, true) => words <= BEGINNING_SAID,
        (true, false) => words <= BEGINNING,
        (false, true) => words <= BARELY_BEGUN || words <= BEGINNING && last.and_then(|i| page.blocks.get(i)).is_some_and(breaks_off),
        (false, false) => false,
    }
}

/// Whether a paragraph ends in the middle.
fn breaks_off(block: &Block) -> bool {
    matches!(block.shape.end, crate::measure::End::Ellipsis | crate::measure::End::Open)
}
