//! Certain rules: a line goes by its wording alone.

use super::extent::Extent;
use crate::measure::Token;
use crate::page::{Block, Density, Kind, Page, Reason, Step};
use crate::rules::{Hit, Where};

pub(crate) const NAME: Step = Step::Wording;

/// Words of a paragraph in which one phrase anywhere does not say what the whole is.
const WALL_WORDS: u32 = 60;

/// Whether a rule may be wrong about a long paragraph: one that looks at a part of the block only, and for wording that writers use too. On
/// a page of prose such a paragraph stays (an author thanks the subscribers, a how-to says which app to download).
fn is_loose(hit: &Hit, words: u32) -> bool {
    let wall = words > WALL_WORDS && matches!(hit.rule.place, Where::Anywhere | Where::End);
    wall || hit.rule.place != Where::Whole
        && matches!(hit.rule.kind, Kind::Promo | Kind::Related | Kind::Bio | Kind::Comments | Kind::Navigation | Kind::Widget)
}

/// Why a rule that matched a block does not decide it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// It is not certain: its neighbours and the model decide.
    Hint,
    /// It acts on another part of the page.
    Elsewhere,
    /// The block is a long paragraph of a page of prose, about which such a rule may be wrong.
    Prose,
    /// Somebody in the article says these words.
    Speech,
    /// The article quotes these words inside a sentence.
    Mention,
}

/// Fewest words of a quotation; one of two is a name: `„Heute Journal“ abonnieren`.
const QUOTED_WORDS: usize = 3;

/// Whether the text is a quotation and who said it: `“All rights reserved for whom?” asked the novelist in court.`
fn is_speech(text: &str) -> bool {
    let opens = |c: &char| matches!(c, '"' | '“' | '„' | '«' | '‘');
    let Some(quote) = text.chars().next().filter(opens).and_then(|c| text.strip_prefix(c)) else { return false };
    let Some((said, rest)) = quote.split_once(['"', '”', '“', '»', '’']) else { return false };
    let rest = rest.trim_start_matches([',', ' ', '\u{a0}', '–', '—']);
    let tells = rest.starts_with(char::is_lowercase) && rest.ends_with(['.', '!', '?', '…']);
    said.split_whitespace().count() >= QUOTED_WORDS && tells && rest.split_whitespace().count() >= 2
}

/// Quotation marks, an opening one with the closing one.
const QUOTES: [(char, char); 6] = [('“', '”'), ('„', '“'), ('«', '»'), ('「', '」'), ('『', '』'), ('"', '"')];
/// Fewest words around a quotation that is part of a sentence.
const AROUND: usize = 2;

/// Whether the words that the rule names stand in quotation marks, with others around: `Below each of them stood «Photo: Archive».`
fn is_mention(hit: &Hit, block: &Block) -> bool {
    let tokens = block.tokens();
    let named = tokens.get(usize::from(hit.from)).zip(usize::from(hit.to).checked_sub(1).and_then(|last| tokens.get(last)));
    let Some((first, last)) = named else { return false };
    let (Some(before), Some(after)) = (block.text.get(..first.start as usize), block.text.get(last.end as usize..)) else { return false };
    QUOTES.iter().any(|(open, close)| {
        let Some((around, quoted)) = before.rsplit_once(*open) else { return false };
        let Some((rest, _)) = after.split_once(*close) else { return false };
        let is_one = !quoted.contains(*close) && !rest.contains(*open) && (open != close || around.matches(*open).count() % 2 == 0);
        let is_around = |t: &&Token| t.end as usize <= around.len() || t.start as usize >= last.end as usize + rest.len();
        is_one && tokens.iter().filter(is_around).count() >= AROUND
    })
}

/// How the words that the rule names are somebody's in the article, not the page's to its reader, if they are.
pub(super) fn said(hit: &Hit, block: &Block) -> Option<Silence> {
    if hit.rule.place == Where::Whole {
        None
    } else if is_speech(&block.text) {
        Some(Silence::Speech)
    } else {
        is_mention(hit, block).then_some(Silence::Mention)
    }
}

fn silence(hit: &Hit, block: &Block, fits: bool, article: bool) -> Option<Silence> {
    if !hit.is_certain() {
        Some(Silence::Hint)
    } else if !fits {
        Some(Silence::Elsewhere)
    } else if let Some(said) = said(hit, block) {
        Some(said)
    } else if article && block.shape.is_long_prose() && is_loose(hit, block.shape.words()) {
        Some(Silence::Prose)
    } else {
        None
    }
}

/// For each block why its rules do not decide it, in the order of its hits; none for one that would.
pub(crate) fn silences(page: &Page) -> Vec<Vec<Option<Silence>>> {
    let extent = Extent::of(page);
    let article = page.facts.density == Density::Article;
    let of =
        |(i, block): (usize, &Block)| block.hits().iter().map(|hit| silence(hit, block, extent.fits(hit.rule.at, i), article)).collect();
    page.blocks.iter().enumerate().map(of).collect()
}

pub(super) fn run(page: &mut Page) {
    let extent = Extent::of(page);
    let article = page.facts.density == Density::Article;
    for (i, block) in page.blocks.iter_mut().enumerate() {
        if let Some(hit) = block.hits().iter().find(|hit| silence(hit, block, extent.fits(hit.rule.at, i), article).is_none()) {
            let why = Reason::noise(hit.rule.kind, NAME, hit.id.clone());
            block.drop(why);
        }
    }
}
