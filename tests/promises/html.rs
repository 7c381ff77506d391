//! What holds for any bytes read as HTML: the same result again, and markup that fits the blocks.
//!
//! The property tests and the fuzz targets hold pages against it.

use newsclean::page::{Block, Role};
use newsclean::{Cleaned, Settings, Source, clean};

/// Cleans a page as HTML and checks what must hold for any.
pub(crate) fn holds(page: &[u8]) -> Result<(), String> {
    let settings = Settings { source: Source::Html, ..Settings::default() };
    let Ok(cleaned) = clean(page, &settings) else { return Ok(()) };
    let again = clean(page, &settings).map(|c| (c.text(), c.markdown()));
    let written = (cleaned.text(), cleaned.markdown());
    check(again.as_ref().ok() == Some(&written), || format!("another result for the same page: {written:?} and {again:?}"))?;
    let lines = String::from_utf8_lossy(page).split(['\n', '\r']).count();
    blocks_fit(&cleaned, lines)?;
    let json = serde_json::to_string(&cleaned.json()).map_err(|why| format!("no JSON: {why}"))?;
    serde_json::from_str::<serde_json::Value>(&json).map(drop).map_err(|why| format!("bad JSON: {why}\n{json}"))
}

/// Every block has its place in the markup, its lines in the page, and marks on its text; every element its blocks.
fn blocks_fit(cleaned: &Cleaned, lines: usize) -> Result<(), String> {
    let page = &cleaned.page;
    let markup = page.markup.as_ref().ok_or("a page of HTML without markup")?;
    check(markup.blocks.len() == page.blocks.len(), || format!("{} places, {} blocks", markup.blocks.len(), page.blocks.len()))?;
    for (i, (place, block)) in markup.blocks.iter().zip(&page.blocks).enumerate() {
        let (first, end) = place.inline;
        let is_placed = markup.element(place.element).is_some() && first <= end.max(first) && end as usize <= markup.elements.len();
        let is_counted = place.link_chars <= place.chars && place.bold_chars <= place.chars;
        check(is_placed && is_counted, || format!("{place:?} of {block:?}"))?;
        let is_numbered = block.lines.start >= 1 && block.lines.start < block.lines.end && block.lines.end as usize <= lines + 1;
        check(is_numbered, || format!("lines {:?} of {lines}", block.lines))?;
        check(is_trim(block), || format!("space around {:?}", block.text))?;
        for mark in markup.marks_of(i) {
            let part = block.text.get(mark.range.0 as usize..mark.range.1 as usize);
            check(part.is_some_and(|t| t == t.trim() && !t.is_empty()), || format!("a mark on {part:?} of {block:?}"))?;
        }
    }
    for (at, element) in markup.elements.iter().enumerate() {
        let (first, end) = element.blocks;
        check(element.parent as usize <= at && first <= end && end as usize <= page.blocks.len(), || format!("element {at}: {element:?}"))?;
    }
    Ok(())
}

fn is_trim(block: &Block) -> bool {
    block.role == Role::Code || block.text == block.text.trim()
}

fn check(holds: bool, fault: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(fault()) }
}
