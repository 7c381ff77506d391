//! What holds for every page of text: the article comes from the page in order and unaltered, and cleaning twice is cleaning once.
//!
//! The property tests and the fuzz targets hold pages against it.

use newsclean::page::{Block, Layout};
use newsclean::read::decode;
use newsclean::{Settings, Source, clean};

/// What a page is, if it is no text: [`super::html`] has other promises, and none are made for binary data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Other {
    /// It was read as HTML.
    Html,
    /// It is no text of any encoding.
    Binary,
}

/// Cleans a page and checks what must hold for any; says so if it is none of text.
pub(crate) fn holds(page: &[u8], source: Source) -> Result<Option<Other>, String> {
    let body = Settings { headline: false, source, ..Settings::default() };
    let Ok(cleaned) = clean(page, &body) else { return Ok(Some(Other::Binary)) };
    if cleaned.page.facts.layout == Layout::Html {
        return Ok(Some(Other::Html));
    }
    let input = bare(&decode(page).map_err(|_| "cleaned what cannot be decoded")?);
    // The headline comes first in the full text, so the order is that of the body.
    let text = cleaned.text();
    check(is_subsequence(&bare(&text), &input), || format!("the body is not in the page in this order: {text}"))?;
    let marked = cleaned.page.facts.layout == Layout::Markdown;
    for block in cleaned.page.blocks.iter().filter(|b| !b.is_dropped()) {
        // Markdown's marks go, and so do wrap hyphens; else the text stands in the page as it is.
        check(marked || input.contains(&bare(&block.text)), || format!("a kept block is not in the page: {}", block.text))?;
        check(has_sound_cuts(block), || format!("a cut is not on characters: {block:?}"))?;
    }
    let again = clean(page, &body).map(|c| c.text()).unwrap_or_default();
    check(again == text, || format!("another result for the same page:\n{text}\n--\n{again}"))?;
    // None of these may panic, whatever the page.
    let _ = (cleaned.markdown(), serde_json::to_string(&cleaned.json()), newsclean::write::summary(&cleaned.page));
    Ok(None)
}

/// Cleans a page twice.
pub(crate) fn is_stable(page: &[u8], source: Source) -> Result<(), String> {
    let settings = Settings { source, ..Settings::default() };
    let Ok(once) = clean(page, &settings).map(|c| c.text()) else { return Ok(()) };
    let twice = clean(once.as_bytes(), &settings).map_or_else(|e| e.to_string(), |c| c.text());
    let same = once.lines().zip(twice.lines()).take_while(|(a, b)| a == b).count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(end)").to_owned();
    check(twice == once, || format!("cleaned again, line {} changes:\n- {}\n+ {}", same + 1, line(&once), line(&twice)))
}

fn check(holds: bool, fault: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(fault()) }
}

fn has_sound_cuts(block: &Block) -> bool {
    block.cuts().iter().all(|cut| block.text.get(cut.range.clone()).is_some_and(|part| !part.is_empty()))
}

/// The text without white space and characters that are not seen.
fn bare(text: &str) -> String {
    let unseen = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}');
    text.chars().filter(|c| !unseen(*c)).collect()
}

fn is_subsequence(part: &str, whole: &str) -> bool {
    let mut whole = whole.chars();
    part.chars().all(|c| whole.any(|w| w == c))
}
