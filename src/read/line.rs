//! The lines of a text, and what one line looks like.

use std::ops::Deref;

use unicode_width::UnicodeWidthStr;

/// The text of a line, borrowed where nothing had to change. No wider than a `&str`, as a page may have millions of lines: what few lines
/// have lies elsewhere.
pub(super) enum Text<'a> {
    Borrowed(&'a str),
    #[expect(clippy::box_collection, reason = "a `Box<str>` would be wider")]
    Owned(Box<String>),
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Owned(text) => text,
        }
    }
}

/// A line with something on it.
pub(super) struct Line<'a> {
    /// Its number in the input, from 1.
    pub(super) number: u32,
    /// Its text: outer space off, inner space collapsed, invisible characters out.
    pub(super) text: Text<'a>,
    /// How many columns it is indented.
    pub(super) indent: u16,
    /// Whether a blank line or the top of the page is above it.
    pub(super) gap: bool,
}

impl Line<'_> {
    /// Columns that its text takes on a terminal.
    pub(super) fn width(&self) -> usize {
        self.indent as usize + width(&self.text)
    }
}

/// Bytes beyond which a text is wider than any column at which people wrap, whatever its script (130 columns of four bytes).
const WIDE_BYTES: usize = 600;

/// Columns that `text` takes on a terminal; for a text far wider than any terminal, its bytes.
pub(super) fn width(text: &str) -> usize {
    if text.len() > WIDE_BYTES || text.is_ascii() {
        return text.len();
    }
    narrow(text).unwrap_or_else(|| text.width())
}

/// Columns of a text in plain Latin and Cyrillic letters with typographic quotes and dashes, each of which takes one; `None` with any
/// other sign. It spares a table look-up for each character of most of the world's news.
fn narrow(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    // Without a short cut, so that it is done for many bytes at once.
    let wide = bytes.iter().fold(false, |wide, b| wide | !matches!(b, 0x20..=0x7E | 0x80..=0xBF | 0xC3..=0xCB | 0xD0 | 0xD1 | 0xE2));
    let quote = |at: usize| matches!(bytes.get(at..), Some([0xE2, 0x80, 0x90..=0xA7, ..]));
    (!wide && memchr::memchr_iter(0xE2, bytes).all(quote)).then(|| text.chars().count())
}

/// The lines of `text` that have something on them.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut out = Vec::new();
    let mut gap = true;
    for (number, raw) in (1..).zip(split(text)) {
        let (text, indent) = tidy(raw);
        if text.is_empty() {
            gap = true;
        } else {
            out.push(Line { number, text, indent: indent.try_into().unwrap_or(u16::MAX), gap });
            gap = false;
        }
    }
    out
}

/// Splits at every kind of line end: LF, CR LF, CR, form feed, vertical tab, NEL, line and paragraph separator.
pub(crate) fn split(text: &str) -> impl Iterator<Item = &str> {
    let plain = !has_rare_ends(text.as_bytes());
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let now = rest?;
        let end = if plain { memchr::memchr2(b'\n', b'\r', now.as_bytes()) } else { find_end(now) };
        let Some(at) = end else {
            rest = None;
            return (!now.is_empty()).then_some(now);
        };
        let (line, tail) = now.split_at_checked(at)?;
        let mut ends = tail.chars();
        let end = ends.next();
        let after = ends.as_str();
        rest = Some(if end == Some('\r') { after.strip_prefix('\n').unwrap_or(after) } else { after });
        Some(line)
    })
}

/// Whether the text may hold line ends that are neither LF nor CR.
fn has_rare_ends(bytes: &[u8]) -> bool {
    let has = |end: &[u8]| memchr::memmem::find(bytes, end).is_some();
    memchr::memchr2(0x0B, 0x0C, bytes).is_some() || has(b"\xC2\x85") || has(b"\xE2\x80\xA8") || has(b"\xE2\x80\xA9")
}

fn find_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut from = 0;
    loop {
        let at = from + bytes.get(from..)?.iter().position(|b| matches!(b, b'\n' | b'\r' | 0x0B | 0x0C | 0xC2 | 0xE2))?;
        match bytes.get(at..) {
            Some([b'\n' | b'\r' | 0x0B | 0x0C, ..] | [0xC2, 0x85, ..] | [0xE2, 0x80, 0xA8 | 0xA9, ..]) => return Some(at),
            _ => from = at + 1,
        }
    }
}

/// Columns of a tab.
const TAB: u32 = 4;

/// The line without outer space and invisible characters, its runs of space as one; its indent.
fn tidy(raw: &str) -> (Text<'_>, u32) {
    let bytes = raw.as_bytes();
    if is_tidy(bytes) {
        return (Text::Borrowed(raw), 0);
    }
    let mut out = String::with_capacity(raw.len());
    let (mut indent, mut space) = (0, 0);
    // The one space between two words stays what it is: a no-break space before a French colon is spelling.
    let mut single = None;
    for c in raw.chars() {
        if c.is_whitespace() {
            single = (space == 0 && c != '\t').then_some(c);
            space += match c {
                '\t' => TAB,
                '\u{3000}' => 2,
                _ => 1,
            };
        } else if !is_invisible(c) {
            if out.is_empty() {
                indent = space;
            } else if space > 0 {
                out.push(single.unwrap_or(' '));
            }
            space = 0;
            out.push(c);
        }
    }
    (Text::Owned(Box::new(out)), indent)
}

/// Whether a text has nothing to take off, collapse or take out.
pub(super) fn is_tidy(bytes: &[u8]) -> bool {
    has_single_spaces(bytes) && !has_oddities(bytes)
}

/// Whether the line's plain spaces stand alone and inside.
fn has_single_spaces(bytes: &[u8]) -> bool {
    let inner = bytes.get(1..).unwrap_or_default();
    // Without a short cut, so that it is done for many bytes at once: a search costs more to set up than most lines to go through.
    let double = || bytes.iter().zip(inner).fold(false, |double, (a, b)| double | ((*a == b' ') & (*b == b' ')));
    bytes.first() != Some(&b' ') && bytes.last() != Some(&b' ') && !double()
}

/// Whether the line may hold characters that [`tidy`] has to look at: controls, odd spaces, invisible ones.
fn has_oddities(bytes: &[u8]) -> bool {
    // Without a short cut, so that it is done for many bytes at once.
    let plain = bytes.iter().fold(true, |plain, b| plain & matches!(b, 0x20..=0x7E));
    !plain && bytes.iter().enumerate().any(|(at, b)| !matches!(b, 0x20..=0x7E) && is_odd(bytes.get(at..).unwrap_or_default()))
}

/// Whether the first character may be a control, a space other than the plain one, or a byte order mark.
fn is_odd(bytes: &[u8]) -> bool {
    match bytes {
        [0xC2, 0x80..=0xA0, ..] | [0xE1, 0x9A, ..] | [0xE2, 0x80, 0x80..=0x8A | 0xA8 | 0xA9 | 0xAF, ..] | [0xE2, 0x81, 0x9F, ..] => true,
        [0xE3, 0x80, 0x80, ..] | [0xEF, 0xBB, 0xBF, ..] => true,
        [first, ..] => matches!(first, 0..0x20 | 0x7F),
        [] => false,
    }
}

/// Characters that are no text: controls and the byte order mark. Soft hyphens, zero-width spaces and joiners are the writer's
/// and stay, as kept text is not rewritten; matching looks through them.
pub(super) fn is_invisible(c: char) -> bool {
    c == '\u{feff}' || (c.is_control() && c != '\t')
}

/// Whether a line has nothing on it that is seen.
pub(crate) fn is_blank(line: &str) -> bool {
    line.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// Whether the text begins with a list mark, and the length of that mark in bytes with its space.
pub(super) fn item_mark(text: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    let (_, first) = chars.next()?;
    let (at, second) = chars.next()?;
    if matches!(first, '-' | '*' | '+' | '•' | '▪' | '●' | '◦' | '□' | '■' | '►' | '‣' | '–' | '○' | '✓' | '✔' | '➤' | '▶') && second == ' '
    {
        return Some(at + 1);
    }
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let rest = text.get(digits..)?;
    let dotted = rest.starts_with(". ") || rest.starts_with(") ");
    // A year or a large number with a dot begins a sentence in many languages ("2024. aastal", "15. August").
    ((1..=2).contains(&digits) && dotted).then_some(digits + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u32, String)> {
        lines(text).into_iter().map(|l| (l.number, l.text.to_string())).collect()
    }

    #[test]
    fn every_odd_character_is_seen() {
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            if is_invisible(c) || (c != ' ' && c.is_whitespace()) {
                assert!(has_oddities(text.as_bytes()), "{:x}", c as u32);
            }
            if let Some(columns) = narrow(&text) {
                assert_eq!(columns, text.width(), "{:x}", c as u32);
            }
        }
    }

    #[test]
    fn line_ends_of_every_kind_count() {
        let expected = vec![(1, "a".to_owned()), (2, "b".to_owned()), (4, "c".to_owned()), (5, "d".to_owned())];
        assert_eq!(read("a\nb\n\nc\nd\n"), expected);
        assert_eq!(read("a\r\nb\r\n\r\nc\r\nd"), expected);
        assert_eq!(read("a\rb\r\rc\u{2028}d\u{85}"), expected);
    }

    #[test]
    fn odd_spaces_and_invisible_characters() {
        assert_eq!(read("\u{feff}  un\u{ad}ab\u{200b}lässig\u{a0}\u{2003}gut\0 "), [(1, "un\u{ad}ab\u{200b}lässig gut".to_owned())]);
        assert_eq!(read("می\u{200c}شود"), [(1, "می\u{200c}شود".to_owned())]);
    }
}
