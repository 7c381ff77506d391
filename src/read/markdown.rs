//! Markdown-like dumps (`html2text` and its kin): marks read as what they mean.
//!
//! Only what such tools write: `#` headings, `*`/`-`/`1.` items, `>` quotes, pipe tables, links, images, emphasis, back-slash
//! escapes. Not a Markdown parser: a scraped page is not a Markdown document, and an unmatched mark stays as it is.

use super::line::{Line, item_mark};
use crate::page::{Block, Gap, Level, Role};

/// Whether the lines carry Markdown marks: two heading marks, one with a second sign, indented stars, or links in a third of the lines (a
/// list of references in an article may hold a few).
pub(super) fn is_markdown(lines: &[Line<'_>], column: Option<usize>) -> bool {
    let count = |test: fn(&Line<'_>) -> bool| lines.iter().filter(|l| test(l)).count();
    let headings = count(|l| heading(&l.text).is_some());
    let headings = if headings > 0 && column.is_none() { headings - comments(lines) } else { headings };
    let links = count(|l| memchr::memchr(b']', l.text.as_bytes()).is_some() && l.text.contains("]("));
    let items = count(|l| l.text.starts_with("* ") && l.indent >= 1);
    let strong = count(|l| memchr::memchr(b'*', l.text.as_bytes()).is_some() && l.text.matches("**").count() >= 2);
    headings >= 2 || (headings >= 1 && links + items + strong >= 1) || links * 10 >= lines.len() * 3 && links >= 3 || items >= 5
}

/// How many of the lines that look like headings are comments in the scripts of a page that sets its paragraphs apart.
fn comments(lines: &[Line<'_>]) -> usize {
    let apart = lines.iter().filter(|l| l.gap).count();
    let is_comment = |pair: &&[Line<'_>]| matches!(pair, [a, b] if !b.gap && is_comment(&a.text, &b.text));
    if apart * 4 > lines.len() { lines.windows(2).filter(is_comment).count() } else { 0 }
}

/// Whether what looks like a heading is a comment in a shell's script, by the line right below: `# initialize git`, `git init`.
pub(crate) fn is_comment(text: &str, below: &str) -> bool {
    below.starts_with(|c: char| c.is_lowercase() || matches!(c, '#' | '$' | '>')) && heading(text).is_some()
}

/// The level and text of an ATX heading.
fn heading(text: &str) -> Option<(Level, &str)> {
    let rest = text.trim_start_matches('#');
    let level = u8::try_from(text.len() - rest.len()).ok().and_then(Level::of)?;
    Some((level, rest.strip_prefix(' ')?.trim_end_matches('#').trim_end()))
}

/// The blocks of Markdown-like lines, wrapped at `column` if they are.
pub(super) fn blocks(lines: &[Line<'_>], column: Option<usize>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut wrapped = Wrapped { column, above: None };
    for line in lines {
        if is_rule(&line.text) || is_table_rule(&line.text) {
            wrapped.end();
            continue;
        }
        let (role, text) = role(line);
        let text = plain(text);
        if text.is_empty() {
            continue;
        }
        if let Some(block) = out.last_mut()
            && wrapped.goes_on(line, role, block.role)
        {
            block.text.push(' ');
            block.text.push_str(&text);
            block.lines.end = line.number + 1;
        } else {
            let gap = if line.gap { Gap::Blank } else { Gap::Line };
            out.push(Block::new(text, line.number..line.number + 1, role, gap));
        }
        wrapped.seen(line);
    }
    out
}

/// Such tools wrap at 78 columns unless told not to.
struct Wrapped {
    column: Option<usize>,
    above: Option<(usize, bool)>,
}

impl Wrapped {
    fn end(&mut self) {
        self.above = None;
    }

    fn seen(&mut self, line: &Line<'_>) {
        self.above = Some((line.width(), heading(&line.text).is_some()));
    }

    fn goes_on(&self, line: &Line<'_>, role: Role, above: Role) -> bool {
        let (Some(column), Some((width, heading))) = (self.column, self.above) else { return false };
        let same = role == Role::Paragraph || (role == Role::Quote && above == Role::Quote);
        !line.gap && !heading && same && width * 2 > column
    }
}

fn role<'l>(line: &'l Line<'_>) -> (Role, &'l str) {
    let text: &str = &line.text;
    if let Some((level, text)) = heading(text) {
        (Role::Heading(level), text)
    } else if let Some(quote) = text.strip_prefix("> ").or_else(|| text.strip_prefix('>')) {
        // A box with a heading of its own: `> ### The bottom line`.
        let quote = quote.trim_start_matches(['>', ' ']);
        (Role::Quote, heading(quote).map_or(quote, |(_, text)| text))
    } else if item_mark(text).is_some() {
        (Role::Item, text)
    } else if super::wrap::is_row(text) {
        (Role::Row, text)
    } else {
        (Role::Paragraph, text)
    }
}

/// `* * *`, `---`: a rule between sections.
fn is_rule(text: &str) -> bool {
    text.len() >= 3 && text.chars().all(|c| matches!(c, '*' | '-' | '_' | ' ')) && text.chars().filter(|c| *c != ' ').count() >= 3
}

/// `---|---`: the line under a table's head.
fn is_table_rule(text: &str) -> bool {
    text.contains('|') && text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The text without inline marks: links and images to their words, emphasis off, escapes undone.
fn plain(text: &str) -> String {
    if !text.bytes().any(|b| matches!(b, b'[' | b'*' | b'_' | b'\\' | b'`')) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((words, after)) = link(rest) {
            out.push_str(&plain(words));
            rest = after;
        } else if let Some(after) = emphasis(rest, &out, &mut open) {
            rest = after;
        } else {
            let after = rest.get(c.len_utf8()..).unwrap_or_default();
            let escaped = after.chars().next().filter(|n| c == '\\' && n.is_ascii_punctuation());
            out.extend(escaped.or((c != '`').then_some(c)));
            rest = escaped.map_or(after, |n| after.get(n.len_utf8()..).unwrap_or_default());
        }
    }
    // Where a mark or an image stood between two spaces, two are left.
    let trimmed = out.trim();
    if trimmed.contains("  ") {
        return trimmed.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    }
    if trimmed.len() == out.len() { out } else { trimmed.to_owned() }
}

/// What follows an emphasis mark at the start of `rest`: one that closes an open one, or opens one that closes further on. A lone
/// star (`5 * 3`, a list mark) and an underline inside a word are none.
fn emphasis<'r>(rest: &'r str, before: &str, open: &mut Vec<&'r str>) -> Option<&'r str> {
    let mark = ["**", "*", "_"].into_iter().find_map(|m| rest.starts_with(m).then(|| rest.get(..m.len())).flatten())?;
    let after = rest.get(mark.len()..)?;
    let inside_word = mark == "_" && before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric);
    if open.last() == Some(&mark) && !before.ends_with(' ') && !inside_word {
        open.pop();
        return Some(after);
    }
    let word_before = before.chars().next_back().is_some_and(|c| c.is_alphanumeric() && (c as u32) < 0x2E80);
    let opens = !after.starts_with(char::is_whitespace) && !after.is_empty() && !word_before;
    let closes = after.match_indices(mark).any(|(at, _)| at > 0 && after.get(..at).is_some_and(|t| !t.ends_with(' ')));
    (opens && closes).then(|| {
        open.push(mark);
        after
    })
}

/// A link or image at the start of `text`: its words (none for an image) and what follows.
fn link(text: &str) -> Option<(&str, &str)> {
    let image = text.starts_with("![");
    let inner = text.strip_prefix("![").or_else(|| text.strip_prefix('['))?;
    let (mut depth, mut close) = (1usize, None);
    for (at, c) in inner.char_indices().take(2000) {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            close = Some(at);
            break;
        }
    }
    let words = inner.get(..close?)?;
    let target = inner.get(close? + 1..)?.strip_prefix('(')?;
    let end = target.find(')')?;
    Some((if image { "" } else { words }, target.get(end + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_marks() {
        for (marked, words) in [
            ("**Bold** and _slanted_ text", "Bold and slanted text"),
            ("See [the plan](https://example.org/a_b) now.", "See the plan now."),
            ("[![logo](x.png)](/) Home", "Home"),
            ("5 * 3 is 15", "5 * 3 is 15"),
            ("snake_case stays", "snake_case stays"),
            ("1\\. First \\- here", "1. First - here"),
            ("* an *item* here", "* an item here"),
            ("Read ![](x.png) on, or `f( )` , or `` ` ``", "Read on, or f( ) , or"),
        ] {
            assert_eq!(plain(marked), words);
        }
    }
}
