//! A block while its text is gathered: white space collapsed, counts taken, marks kept in step with the text.

use std::ops::Range;

use ecow::EcoString;

use crate::markup::{Flags, Mark, MarkKind, Place};
use crate::page::{Block, Gap, Role};
use crate::read::line::{is_invisible, is_tidy};

/// A block that is gathered, while the tree of the page still needs the room that its measures will take.
#[derive(Debug)]
pub(super) struct Piece {
    text: EcoString,
    lines: Range<u32>,
    role: Role,
    gap: Gap,
}

impl Piece {
    /// The block, not yet measured.
    pub(super) fn block(self) -> Block {
        Block::new(self.text, self.lines, self.role, self.gap)
    }
}

/// The block being gathered.
#[derive(Debug, Default)]
pub(super) struct Draft {
    text: String,
    /// White space behind the text, not yet written: it is only if more text follows.
    space: Option<char>,
    /// What goes before the next text: the mark of a list item, or the bar between two cells.
    prefix: Prefix,
    lines: Option<(u32, u32)>,
    /// Counts and flags so far.
    pub(super) place: Place,
    /// Marks that are not closed yet, and whether they go on from the block above.
    open: Vec<Mark>,
    /// How many of the page's marks belong to blocks that are done.
    first_mark: u32,
}

/// What goes before the next text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Prefix {
    #[default]
    None,
    /// The mark of an item, with its number in an ordered list.
    Item(Option<u32>),
    /// The bars between two cells: one, and one more for each empty cell between them.
    Bars(usize),
}

/// Highest number of an item that is written as a number: `line::item_mark` takes larger ones for years.
const HIGHEST_NUMBER: u32 = 99;

impl Draft {
    /// Whether there is no text yet.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether its text begins with the mark of a list item that was put there.
    pub(super) fn set_prefix(&mut self, prefix: Prefix) {
        self.prefix = prefix;
    }

    /// A cell of a row begins.
    pub(super) fn cell(&mut self) {
        let bars = match self.prefix {
            Prefix::Bars(count) if !self.text.is_empty() => count,
            _ => 0,
        };
        self.prefix = Prefix::Bars(bars + 1);
    }

    /// A space, if text follows.
    pub(super) fn space(&mut self) {
        if !self.text.is_empty() {
            self.space = Some(' ');
        }
    }

    /// Adds text, white space collapsed, that stands in `flags` and begins on `line`.
    pub(super) fn push(&mut self, text: &str, flags: Flags, line: u32) {
        let inner = text.trim();
        if !inner.is_empty() && is_tidy(inner.as_bytes()) {
            let (start, end) = (text.trim_start(), text.trim_end());
            self.blank(text.strip_suffix(start).unwrap_or_default());
            self.words(inner, flags, line);
            self.blank(text.strip_prefix(end).unwrap_or_default());
            return;
        }
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            if !word.is_empty() {
                self.word(word, flags, line);
            }
            rest = after.trim_start();
            let blank = after.strip_suffix(rest).unwrap_or_default();
            self.blank(blank);
        }
    }

    /// Adds one line of preformatted text as it is.
    pub(super) fn push_raw(&mut self, text: &str, flags: Flags, line: u32) {
        if self.text.is_empty() {
            self.text.extend(text.chars().take_while(|c| c.is_whitespace() && !is_invisible(*c)));
        } else if let Some(space) = self.space.take() {
            self.text.push(space);
        }
        let text = if self.text.trim().is_empty() { text.trim_start() } else { text };
        if !text.is_empty() {
            self.word(text, flags, line);
        }
    }

    /// White space between words. A single one stays what it is, as a no-break space before a French colon is spelling; ends of
    /// lines and tabs are spaces.
    fn blank(&mut self, blank: &str) {
        if blank.is_empty() || self.text.is_empty() {
            return;
        }
        let mut chars = blank.chars();
        let first = chars.next().filter(|c| !matches!(c, '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}'));
        let alone = self.space.is_none() && chars.next().is_none();
        self.space = Some(first.filter(|_| alone).unwrap_or(' '));
    }

    fn word(&mut self, word: &str, flags: Flags, line: u32) {
        let odd = !word.bytes().all(|b| matches!(b, 0x20..=0x7E | 0x80..=0xC1 | 0xC3..=0xEE | 0xF0..)) && word.chars().any(is_invisible);
        if odd {
            let seen: String = word.chars().filter(|c| !is_invisible(*c)).collect();
            if !seen.is_empty() {
                self.words(&seen, flags, line);
            }
        } else {
            self.words(word, flags, line);
        }
    }

    /// Adds words with single spaces between.
    fn words(&mut self, words: &str, flags: Flags, line: u32) {
        self.begin(words.split(' ').next().unwrap_or(words));
        if let Some(space) = self.space.take() {
            self.text.push(space);
        }
        self.text.push_str(words);
        let chars = if words.is_ascii() { words.len() } else { words.chars().count() };
        let chars = u32::try_from(chars - memchr::memchr_iter(b' ', words.as_bytes()).count()).unwrap_or(u32::MAX);
        self.place.chars += chars;
        if flags.has(Flags::LINK) {
            self.place.link_chars += chars;
        }
        if flags.has(Flags::BOLD) {
            self.place.bold_chars += chars;
        }
        let (first, _) = self.lines.unwrap_or((line, line));
        self.lines = Some((first, line.max(first)));
    }

    /// Writes what goes before the text that begins with `word`.
    fn begin(&mut self, word: &str) {
        match std::mem::take(&mut self.prefix) {
            Prefix::Item(number) if self.text.is_empty() && !is_bullet(word) => match number {
                Some(n) if n <= HIGHEST_NUMBER => self.text.push_str(&format!("{n}. ")),
                _ => self.text.push_str("- "),
            },
            Prefix::Bars(count) if !self.text.is_empty() => {
                self.text.extend(std::iter::repeat_n(" |", count));
                self.text.push(' ');
                self.space = None;
            }
            _ => return,
        }
        // What opened before the mark was written begins behind it.
        let at = self.end();
        for mark in &mut self.open {
            mark.range.0 = mark.range.0.max(at);
        }
    }

    fn end(&self) -> u32 {
        u32::try_from(self.text.len()).unwrap_or(u32::MAX)
    }
}

/// Whether a list item's text begins with a bullet of its own.
fn is_bullet(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| matches!(c, '-' | '*' | '•' | '▪' | '●' | '◦' | '■' | '►' | '‣' | '–' | '·')) && chars.next().is_none()
}

impl Draft {
    /// Begins a mark.
    pub(super) fn open(&mut self, kind: MarkKind, address: (u32, u32)) {
        let at = self.end();
        self.open.push(Mark { kind, range: (at, at), address });
    }

    /// Ends the innermost mark of this kind; it goes into `marks` if it has text.
    pub(super) fn close(&mut self, kind: MarkKind, marks: &mut Vec<Mark>) {
        if let Some(at) = self.open.iter().rposition(|m| m.kind == kind) {
            let mark = self.open.remove(at);
            marks.extend(self.trimmed(mark));
        }
    }

    /// The mark up to the end of the text, without white space at its ends.
    fn trimmed(&self, mark: Mark) -> Option<Mark> {
        let part = self.text.get(mark.range.0 as usize..)?;
        let blank = part.len() - part.trim_start().len();
        let start = mark.range.0 + u32::try_from(blank).ok()?;
        let end = self.end() - u32::try_from(part.len() - part.trim_end().len()).ok()?;
        (start < end).then_some(Mark { range: (start, end), ..mark })
    }

    /// The block, its place and its marks, if there is text; the draft is empty then. Marks that are still open go on in the next.
    pub(super) fn finish(&mut self, marks: &mut Vec<Mark>, role: impl FnOnce(&str) -> Role, gap: Gap) -> Option<(Piece, Place)> {
        self.space = None;
        if self.text.trim().is_empty() {
            self.text.clear();
            self.restart(marks);
            return None;
        }
        self.text.truncate(self.text.trim_end().len());
        let unclosed: Vec<Mark> = self.open.iter().filter_map(|m| self.trimmed(*m)).collect();
        marks.extend(unclosed);
        let text = EcoString::from(&*self.text);
        self.text.clear();
        let (first, last) = self.lines.unwrap_or((1, 1));
        let end = u32::try_from(marks.len()).unwrap_or(u32::MAX);
        if let Some(own) = marks.get_mut(self.first_mark as usize..) {
            own.sort_unstable_by_key(|m| (m.range.0, std::cmp::Reverse(m.range.1)));
        }
        let place = Place { marks: (self.first_mark, end), ..self.place };
        let role = role(&text);
        self.restart(marks);
        Some((Piece { text, lines: first..last + 1, role, gap }, place))
    }

    fn restart(&mut self, marks: &[Mark]) {
        self.lines = None;
        self.place = Place::default();
        self.first_mark = u32::try_from(marks.len()).unwrap_or(u32::MAX);
        for mark in &mut self.open {
            mark.range = (0, 0);
        }
    }
}
