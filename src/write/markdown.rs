//! CommonMark: headings, items, quotes and code with their marks; from HTML also emphasis, links, nested lists and tables (as GitHub's
//! Markdown has them).
//!
//! The words are those of the text. Signs that Markdown would read as marks are escaped with a backslash, and only those: at the
//! start of a block what would make it a heading, quote, item, rule or fence; inside what would make emphasis, code, links,
//! tags or entities. A bullet that Markdown does not know becomes `-`.

use super::inline::{Inline, address, cell};
use super::{Joint, Part, parts};
use crate::markup::{Flags, Place};
use crate::page::{Kind, Level, Page, Role, Verdict};

/// The article as Markdown, with one newline at its end; empty if nothing stays.
pub fn markdown(page: &Page, headline: bool) -> String {
    let mut out = String::new();
    let mut fenced = false;
    let parts: Vec<Part<'_>> = parts(page, headline).collect();
    let mut table = Table::default();
    let mut lists = Lists::default();
    for (i, part) in parts.iter().enumerate() {
        if fenced && part.joint != Joint::Tight {
            out.push_str("\n```");
            fenced = false;
        }
        let place = page.markup.as_ref().and_then(|m| m.blocks.get(part.at));
        if table.takes(&parts, i, place, page, &mut out) {
            continue;
        }
        out.push_str(match (part.joint, part.block.role) {
            (Joint::Top, _) => "",
            (Joint::Apart, _) => "\n\n",
            (Joint::Tight, Role::Item | Role::Code) => "\n",
            // Two spaces keep a row or a line of verse on its own line.
            (Joint::Tight, _) => "  \n",
        });
        if part.block.role == Role::Code && !fenced {
            out.push_str("```\n");
            fenced = true;
        }
        out.extend(std::iter::repeat_n("    ", lists.indent(part, place)));
        if !picture(&mut out, part, page) {
            push(&mut out, part, page);
        }
    }
    if fenced {
        out.push_str("\n```");
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// How deep the items of a list stand: the first one not at all, whatever lists of layout are around it.
#[derive(Default)]
struct Lists {
    /// The level of the first item of the run, and how deep the item above stands.
    run: Option<(u16, u16)>,
}

impl Lists {
    fn indent(&mut self, part: &Part<'_>, place: Option<&Place>) -> usize {
        let Some(level) = place.filter(|_| part.block.role == Role::Item).map(|p| p.level) else {
            self.run = None;
            return 0;
        };
        let (first, above) = self.run.filter(|(first, _)| *first <= level && part.joint == Joint::Tight).unwrap_or((level, 0));
        let depth = (level - first).min(above + 1);
        self.run = Some((first, depth));
        usize::from(depth)
    }
}

/// The rows of a table of an HTML page.
#[derive(Default)]
struct Table {
    /// Columns of the table whose rows are being written.
    columns: Option<usize>,
}

impl Table {
    /// Writes the part if it is a row of a table of data.
    fn takes(&mut self, parts: &[Part<'_>], i: usize, place: Option<&Place>, page: &Page, out: &mut String) -> bool {
        let Some(part) = parts.get(i).filter(|p| is_row(p, place)) else {
            self.columns = None;
            return false;
        };
        let goes_on = self.columns.filter(|_| part.block.gap == crate::page::Gap::Line);
        let columns = goes_on.unwrap_or_else(|| {
            let rest = parts.iter().skip(i).enumerate();
            let place = |part: &Part<'_>| page.markup.as_ref().and_then(|m| m.blocks.get(part.at));
            let rows = rest.take_while(|(n, p)| is_row(p, place(p)) && (*n == 0 || p.block.gap == crate::page::Gap::Line));
            rows.map(|(_, p)| p.text.split(BAR).count()).max().unwrap_or(1)
        });
        out.push_str(match (goes_on, part.joint) {
            (None, Joint::Top) => "",
            (None, _) => "\n\n",
            (Some(_), _) => "\n",
        });
        let mut cells = part.text.split(BAR);
        for _ in 0..columns {
            out.push_str("| ");
            cell(out, cells.next().unwrap_or_default().trim());
            out.push(' ');
        }
        out.push('|');
        if goes_on.is_none() {
            out.push('\n');
            out.extend(std::iter::repeat_n("| --- ", columns));
            out.push('|');
        }
        self.columns = Some(columns);
        true
    }
}

/// The bar between two cells in the text of a row. The one behind an empty cell stands close to the one before.
const BAR: &str = " |";

fn is_row(part: &Part<'_>, place: Option<&Place>) -> bool {
    place.is_some_and(|p| p.flags.has(Flags::DATA_TABLE) && !p.flags.has(Flags::CAPTION)) && part.text.contains(BAR) && !part.is_headline
}

/// Writes the caption of a figure that stays, as it does if the user keeps captions, as its picture.
fn picture(out: &mut String, part: &Part<'_>, page: &Page) -> bool {
    let Some(markup) = page.markup.as_deref() else { return false };
    let kept = matches!(part.block.verdict(), Verdict::Keep(why) if why.kind == Some(Kind::Caption));
    if !kept && !markup.blocks.get(part.at).is_some_and(|p| p.flags.has(Flags::CAPTION)) {
        return false;
    }
    let Some(source) = markup.picture_of(part.at) else { return false };
    out.push_str("![");
    // Marks inside would be no part of the description.
    for c in part.text.chars() {
        if matches!(c, '[' | ']' | '\\' | '*' | '_' | '`' | '<' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push_str("](");
    address(out, source);
    out.push(')');
    true
}

fn push(out: &mut String, part: &Part<'_>, page: &Page) {
    let text: &str = &part.text;
    // Marks are places in the whole text.
    let markup = page.markup.as_deref().filter(|_| part.block.cuts().is_empty());
    let inline = Inline::new(text, markup, part.at);
    match part.block.role {
        _ if part.is_headline => heading(out, Level::H1, &inline),
        Role::Heading(level) => heading(out, level.max(Level::H2), &inline),
        Role::Quote => {
            out.push_str("> ");
            paragraph(out, text, &inline);
        }
        Role::Item => item(out, text, &inline),
        Role::Code => out.push_str(text),
        Role::Paragraph | Role::Row => paragraph(out, text, &inline),
    }
}

fn heading(out: &mut String, level: Level, text: &Inline<'_>) {
    out.extend(std::iter::repeat_n('#', usize::from(level.number())));
    out.push(' ');
    text.write(out, 0, None);
}

/// An item with a mark that Markdown knows.
fn item(out: &mut String, text: &str, inline: &Inline<'_>) {
    let Some((mark, _)) = text.split_once(' ') else { return inline.write(out, 0, None) };
    let known = mark.chars().any(char::is_alphanumeric) || matches!(mark, "-" | "*" | "+");
    out.push_str(if known { mark } else { "-" });
    out.push(' ');
    inline.write(out, mark.len() + 1, None);
}

/// A paragraph; its first sign is escaped where it would make it something else.
fn paragraph(out: &mut String, text: &str, inline: &Inline<'_>) {
    inline.write(out, 0, start_mark(text));
}

/// Where a sign at the beginning of a paragraph stands that Markdown would take for a mark.
fn start_mark(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let after = text.get(digits..).unwrap_or_default();
    let ends = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    if (1..=9).contains(&digits) && after.strip_prefix(['.', ')']).is_some_and(ends) {
        return Some(digits);
    }
    let hashes = text.trim_start_matches('#');
    let starts = match text.chars().next() {
        Some('#') => text.len() - hashes.len() <= 6 && ends(hashes),
        Some('>') => true,
        Some('-' | '+') => text.get(1..).is_some_and(ends) || is_rule(text, '-'),
        Some('=') => is_rule(text, '='),
        Some('~') => text.starts_with("~~~"),
        // `*`, `_` and backquotes are escaped wherever they stand.
        _ => false,
    };
    starts.then_some(0)
}

fn is_rule(text: &str, sign: char) -> bool {
    text.chars().all(|c| c == sign || c == ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_marks_are_escaped() {
        for (text, marked) in [
            ("# not a heading", "\\# not a heading"),
            ("#hashtag stays", "#hashtag stays"),
            ("> said he", "\\> said he"),
            ("1. August was warm.", "1\\. August was warm."),
            ("2024 was warm.", "2024 was warm."),
            ("- 3 degrees", "\\- 3 degrees"),
            ("-3 degrees", "-3 degrees"),
            ("--- ---", "\\--- ---"),
            ("5 * 3 is 15, *really*", "5 * 3 is 15, \\*really\\*"),
            ("snake_case and _this_", "snake_case and \\_this\\_"),
            ("[sic] stays", "[sic] stays"),
            ("[a](b)", "\\[a](b)"),
            ("a < b, <b>", "a < b, \\<b>"),
            ("AT&T &amp; R&D", "AT&T \\&amp; R&D"),
        ] {
            let mut out = String::new();
            paragraph(&mut out, text, &Inline::new(text, None, 0));
            assert_eq!(out, marked);
        }
    }
}
