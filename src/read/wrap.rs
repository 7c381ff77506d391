//! Hard-wrapped text (`w3m -dump`, mail): is a page wrapped, at which column, and which lines go on.

use super::line::{Line, item_mark, width as width_of};

/// Narrowest and widest column at which tools and people wrap.
const COLUMNS: std::ops::RangeInclusive<usize> = 40..=130;
/// Fewest long lines that tell.
const FEWEST: usize = 4;

/// The column at which the lines are wrapped, if they are.
///
/// They are if hardly any line is longer than the column, and the long lines had no room for the first word of the next
/// line (share of 80 %: tables and captions are wrapped narrower). Measured by the prototype: finds 191 of 200 `w3m`
/// pages, and at most one of 200 of the other dumps.
pub(super) fn column(lines: &[Line<'_>]) -> Option<usize> {
    let widths: Vec<usize> = lines.iter().map(Line::width).collect();
    // Only lines that go on may tell: a footer of one long line says nothing.
    let goes_on = lines.iter().skip(1).map(|next| !next.gap);
    let mut inner: Vec<usize> = widths.iter().zip(goes_on).filter_map(|(width, goes_on)| goes_on.then_some(*width)).collect();
    let at = (inner.len().checked_sub(1)? * if inner.len() > 100 { 99 } else { 100 }) / 100;
    let longest = *inner.select_nth_unstable(at).1;
    if !COLUMNS.contains(&longest) {
        return None;
    }
    let longer = widths.iter().filter(|width| **width > longest).count();
    let (mut long, mut full) = (0, 0);
    for (width, next) in widths.iter().zip(lines.iter().skip(1)) {
        if !next.gap && width * 4 >= longest * 3 {
            long += 1;
            full += usize::from(is_full(*width, next, longest));
        }
    }
    (longer * 100 <= (lines.len() * 3).max(200) && long >= FEWEST && full * 10 >= long * 8).then_some(longest)
}

/// Whether a line of `width` columns had no room for the first word of `next`.
fn is_full(width: usize, next: &Line<'_>, column: usize) -> bool {
    let first = next.text.split(' ').next().map_or(0, width_of);
    // Scripts without spaces break anywhere, so that only a line near the column is full.
    let first = if next.text.chars().next().is_some_and(|c| c as u32 >= 0x2E80) { first.min(2) } else { first };
    width + 1 + first + 1 > column
}

/// A menu or table row: several bars between words.
pub(super) fn is_row(text: &str) -> bool {
    memchr::memchr(b'|', text.as_bytes()).is_some() && text.matches(" | ").count() >= 2
}

/// Whether `next` goes on the paragraph of `line`, in a page wrapped at `column`.
pub(super) fn goes_on(line: &Line<'_>, next: &Line<'_>, column: usize) -> bool {
    !next.gap
        && item_mark(&next.text).is_none()
        && !is_row(&line.text)
        && !is_row(&next.text)
        && line.width() * 2 > column
        && (is_full(line.width(), next, column) || next.text.chars().next().is_some_and(char::is_lowercase))
}
