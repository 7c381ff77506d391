//! The inside of a Markdown block: emphasis, links and code where the markup of the page had them, and backslashes where a sign of the
//! text would make them.

use std::ops::Range;

use crate::markup::{Mark, MarkKind, Markup};

/// The text of a block with its marks.
pub(super) struct Inline<'p> {
    text: &'p str,
    markup: Option<&'p Markup>,
    marks: &'p [Mark],
    /// Where marks begin and end, in order.
    starts: Vec<u32>,
    ends: Vec<u32>,
    /// Whether brackets have to be escaped, as they could make a link.
    brackets: bool,
}

/// A mark that is open while the text is written.
struct Open<'p> {
    end: usize,
    kind: MarkKind,
    address: &'p str,
}

impl<'p> Inline<'p> {
    /// The text of the block at `index`, with the marks that `markup` has for it.
    pub(super) fn new(text: &'p str, markup: Option<&'p Markup>, index: usize) -> Self {
        let marks = markup.map(|m| m.marks_of(index)).unwrap_or_default();
        let starts: Vec<u32> = marks.iter().map(|m| m.range.0).collect();
        let mut ends: Vec<u32> = marks.iter().map(|m| m.range.1).collect();
        ends.sort_unstable();
        Self { text, markup, marks, starts, ends, brackets: text.contains("](") || text.contains("][") }
    }

    /// Writes the text from byte `from` on, with a backslash before the sign at `escaped`.
    pub(super) fn write(&self, out: &mut String, from: usize, escaped: Option<usize>) {
        let mut open: Vec<Open<'_>> = Vec::new();
        let mut at = from;
        for mark in self.marks {
            let (start, end) = (mark.range.0 as usize, mark.range.1 as usize);
            self.close(out, &mut open, &mut at, start, escaped);
            let end = open.last().map_or(end, |o| o.end.min(end));
            if start < at || end <= start || !self.fits(mark, start..end, &open) {
                continue;
            }
            self.plain(out, at..start, escaped, &open);
            at = start;
            let address = self.markup.map(|m| m.address_of(mark)).unwrap_or_default();
            match mark.kind {
                MarkKind::Code => {
                    code(out, self.text.get(start..end).unwrap_or_default());
                    at = end;
                    continue;
                }
                MarkKind::Emphasis => out.push('*'),
                MarkKind::Strong => out.push_str("**"),
                MarkKind::Link => {
                    // An exclamation mark before a link would make it a picture.
                    if out.ends_with('!') && !out.ends_with("\\!") {
                        out.insert(out.len() - 1, '\\');
                    }
                    out.push('[');
                }
            }
            open.push(Open { end, kind: mark.kind, address });
        }
        self.close(out, &mut open, &mut at, usize::MAX, escaped);
        self.plain(out, at..self.text.len(), escaped, &open);
    }

    /// Ends the marks that end before `next`.
    fn close(&self, out: &mut String, open: &mut Vec<Open<'_>>, at: &mut usize, next: usize, escaped: Option<usize>) {
        while let Some(last) = open.last().filter(|o| o.end <= next) {
            let end = last.end;
            self.plain(out, *at..end, escaped, open);
            *at = (*at).max(end);
            let Some(last) = open.pop() else { return };
            match last.kind {
                MarkKind::Link => {
                    out.push_str("](");
                    address(out, last.address);
                    out.push(')');
                }
                MarkKind::Strong => out.push_str("**"),
                MarkKind::Emphasis | MarkKind::Code => out.push('*'),
            }
        }
    }

    /// Whether a mark can be written where it stands: none of its kind around it, an address that leads somewhere, and ends at which
    /// CommonMark sees it ("flanking": signs inside next to letters outside hide it).
    fn fits(&self, mark: &Mark, range: Range<usize>, open: &[Open<'_>]) -> bool {
        if open.iter().any(|o| o.kind == mark.kind) {
            return false;
        }
        match mark.kind {
            MarkKind::Code => return true,
            MarkKind::Link => {
                let address = self.markup.map(|m| m.address_of(mark)).unwrap_or_default();
                return !address.is_empty()
                    && !address.starts_with(['#'])
                    && !address.get(..11).is_some_and(|a| a.eq_ignore_ascii_case("javascript:"));
            }
            MarkKind::Emphasis | MarkKind::Strong => {}
        }
        let inside = self.text.get(range.clone()).unwrap_or_default();
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let before = letter(self.text.get(..range.start).and_then(|t| t.chars().next_back()));
        let after = letter(self.text.get(range.end..).and_then(|t| t.chars().next()));
        let twice = |sorted: &[u32], at: u32| sorted.partition_point(|x| *x <= at) - sorted.partition_point(|x| *x < at) > 1;
        let sharp_start = !letter(inside.chars().next()) || twice(&self.starts, mark.range.0);
        let sharp_end = !letter(inside.chars().next_back()) || twice(&self.ends, mark.range.1);
        !(before && sharp_start || after && sharp_end)
    }

    /// A part of the text without marks, its signs escaped.
    fn plain(&self, out: &mut String, range: Range<usize>, escaped: Option<usize>, open: &[Open<'_>]) {
        let Some(part) = self.text.get(range.clone()) else { return };
        let in_link = open.iter().any(|o| o.kind == MarkKind::Link);
        let mut before = self.text.get(..range.start).and_then(|t| t.chars().next_back()).unwrap_or(' ');
        for (at, c) in part.char_indices().map(|(at, c)| (at + range.start, c)) {
            let after = self.text.get(at + c.len_utf8()..).unwrap_or_default();
            if escaped == Some(at) && !c.is_alphanumeric() || is_mark(c, before, after, self.brackets, in_link) {
                out.push('\\');
            }
            out.push(c);
            before = c;
        }
    }
}

/// Whether a sign in a paragraph would be a mark.
fn is_mark(c: char, before: char, after: &str, brackets: bool, in_link: bool) -> bool {
    let next = after.chars().next().unwrap_or(' ');
    match c {
        // Between spaces they are signs: 5 * 3.
        '*' => before != ' ' || next != ' ',
        '_' => !(before.is_alphanumeric() && next.is_alphanumeric()) && (before != ' ' || next != ' '),
        '`' => true,
        '\\' => next.is_ascii_punctuation(),
        '[' => brackets || in_link,
        ']' => in_link,
        '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
        '&' => is_entity(after),
        _ => false,
    }
}

/// Whether `after`, which follows `&`, makes it an entity: `amp;`, `#39;`.
fn is_entity(after: &str) -> bool {
    let name = after.split(';').next().unwrap_or_default();
    let bare = name.strip_prefix('#').unwrap_or(name);
    name.len() < after.len() && (1..=32).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// The text of a cell of a table.
pub(super) fn cell(out: &mut String, text: &str) {
    let mut plain = String::new();
    Inline::new(text, None, 0).write(&mut plain, 0, None);
    out.push_str(&plain.replace('|', "\\|"));
}

/// A piece of code between more backquotes than it has in a row.
fn code(out: &mut String, text: &str) {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    out.extend([&fence, pad, text, pad, &fence]);
}

/// An address with the signs encoded that would end it.
pub(super) fn address(out: &mut String, address: &str) {
    for c in address.chars() {
        match c {
            ' ' => out.push_str("%20"),
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            c if c.is_whitespace() || c.is_control() => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Kind, Settings, Source, clean_text};

    fn markdown(html: &str) -> String {
        let keep = Kind::ALL.iter().copied().collect();
        clean_text(html, &Settings { source: Source::Html, keep, ..Settings::default() }).unwrap().markdown()
    }

    #[test]
    fn marks_of_the_page() {
        let text = "The port authority said on Monday that the ferry will run again";
        for (html, expected) in [
            ("<b>from</b> <i>June</i> <a href='/a b(c)'>on</a>.", "**from** *June* [on](/a%20b%28c%29)."),
            ("<b><i>from</i> June</b>.", "***from* June**."),
            ("fr<b>om</b>, <b>\"June\"</b>s <b>a*b</b>.", "fr**om**, \"June\"s **a\\*b**."),
            ("<a href=x>a [b] <i>c</i></a>!<a href=y>d</a>.", "[a \\[b\\] *c*](x)\\![d](y)."),
            ("<code>a*b`</code> <a href=#>up</a>.", "`` a*b` `` up."),
            ("<b>from <b>June</b></b> <a>on</a>.", "**from June** on."),
        ] {
            assert_eq!(markdown(&format!("<p>{text} {html}</p>")), format!("{text} {expected}\n"), "{html}");
        }
    }

    #[test]
    fn captions_that_are_kept_are_pictures() {
        let text = "The port authority said on Monday that the ferry will run again";
        let html = format!(
            "<article><p>{text}.</p><figure><img src='/a b.jpg'><figcaption>Photo: Jane [left] Doe</figcaption></figure></article>"
        );
        assert_eq!(markdown(&html), format!("{text}.\n\n![Photo: Jane \\[left\\] Doe](/a%20b.jpg)\n"));
    }

    #[test]
    fn lists_and_tables() {
        let text = "The port authority said on Monday that the ferry will run again, and gave these figures to the press.";
        let html = format!(
            "<p>{text}</p><ol><li>The boat was bought in <b>Norway</b> for two million.<ul><li>It carries forty cars in the summer.</ul>\
             <li>The crew of nine comes from the island.</ol><table><tr><th>Quay<th>Cars<th>Boats<tr><td>North|West<td><td>4</table><p>{text} Twice.</p>"
        );
        let expected = format!(
            "{text}\n\n1. The boat was bought in **Norway** for two million.\n    - It carries forty cars in the summer.\n2. The crew of nine comes \
             from the island.\n\n| Quay | Cars | Boats |\n| --- | --- | --- |\n| North\\|West |  | 4 |\n\n{text} Twice.\n"
        );
        assert_eq!(markdown(&html), expected);
    }
}
