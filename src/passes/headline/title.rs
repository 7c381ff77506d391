//! The parts of a title: the headline, and the site's name that marks glue to it.

use std::ops::Range;

/// Marks that glue a site's name to a headline, with the spaces around them.
pub(super) const GLUE: [&str; 17] =
    ["_", " < ", " > ", " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ‹ ", " › ", " ~ ", "｜"];
/// The parts of a title between glue marks, whole prefixes and suffixes included: a headline may itself hold a dash.
pub(super) fn parts(text: &str, colon: bool) -> Vec<Range<usize>> {
    let mut cuts: Vec<(usize, usize)> = marks(text).filter(|(at, end)| !is_part_of_speech(text, *at, *end)).collect();
    // "Site: Headline" counts only where the headline is said again.
    let colons = text.match_indices(": ").filter(|_| colon).map(|(at, m)| (at, at + m.len()));
    cuts.extend(colons.filter(|(_, end)| !text.get(*end..).is_some_and(|rest| rest.starts_with(['–', '—', '-']))));
    cuts.sort_unstable();
    cuts.truncate(6);
    let whole = std::iter::once(0..text.len());
    let mut out: Vec<Range<usize>> = whole.chain(cuts.iter().flat_map(|(start, end)| [0..*start, *end..text.len()])).collect();
    for (i, (_, end)) in cuts.iter().enumerate() {
        out.extend(cuts.iter().skip(i + 1).map(|(start, _)| *end..*start).filter(|r| r.start < r.end));
    }
    let whole = out.len() == 1;
    out.sort_by_key(|r| std::cmp::Reverse(r.len()));
    if whole { out } else { out.into_iter().skip(1).filter(|r| !text.get(r.clone()).is_none_or(|t| t.trim().is_empty())).collect() }
}

/// The marks of glue in a line: where each begins and ends.
pub(super) fn marks(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let bytes = text.as_bytes();
    // Nearly all spaces stand before a letter or figure.
    let may_begin = |byte: u8, next: u8| byte == b' ' && !next.is_ascii_alphanumeric() || byte == b'_' || byte == FIRST_OF_WIDE;
    let begins = bytes.iter().zip(bytes.iter().skip(1).chain(&[0])).enumerate().filter(move |(_, (byte, next))| may_begin(**byte, **next));
    begins.filter_map(|(at, _)| {
        let rest = text.get(at..)?;
        GLUE.iter().find(|mark| rest.starts_with(**mark)).map(|mark| (at, at + mark.len()))
    })
}

/// The first byte of the wide bar.
const FIRST_OF_WIDE: u8 = 0xEF;

/// Whether the marks at `at..end` are those of quotations and speech: `« L'Écho » augmente`, `Local paper pays: – We thought he was dead`.
fn is_part_of_speech(text: &str, at: usize, end: usize) -> bool {
    let (Some(before), Some(mark), Some(after)) = (text.get(..at), text.get(at..end), text.get(end..)) else { return false };
    match mark.trim() {
        "»" => before.contains('«'),
        "«" => after.contains('»'),
        "–" | "—" | "-" => before.ends_with(':'),
        _ => false,
    }
}

/// The parts of a title that marks glue together; none if there is no mark.
pub(crate) fn title_parts(title: &str) -> Vec<Range<usize>> {
    parts(title, false).into_iter().filter(|part| part.len() < title.len()).collect()
}

/// What stands beside `part` in a title, without the glue.
pub(super) fn beside(title: &str, part: &Range<usize>) -> Option<String> {
    let glue =
        |c: char| c.is_whitespace() || matches!(c, '|' | '-' | '–' | '—' | ':' | '»' | '«' | '·' | '•' | '/' | '‹' | '›' | '~' | '｜');
    let before = title.get(..part.start)?.trim_matches(glue);
    let after = title.get(part.end..)?.trim_matches(glue);
    let site = if after.is_empty() { before } else { after };
    (!site.is_empty()).then(|| site.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_and_speech_are_no_glue() {
        let glued = |title: &str| !title_parts(title).is_empty();
        assert!(glued("Harbour Ledger » Ferry sinks") && glued("Ferry sinks – Harbour Ledger"));
        for title in ["« L'Anse » augmente son prix", "Pourquoi « L'Anse » augmente", "Avis betaler: – Vi trodde arkivet var vårt"] {
            assert!(!glued(title), "{title}");
        }
    }
}
