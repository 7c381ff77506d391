//! CommonMark: headings, items and quotes with their marks.
//!
//! The words are those of the text. Signs that Markdown would read as marks are escaped with a backslash, and only those: at the
//! start of a block what would make it a heading, quote, item, rule or fence; inside what would make emphasis, code, links,
//! tags or entities. A bullet that Markdown does not know becomes `-`.

use super::{Joint, Part, parts};
use crate::page::{Page, Role};

/// The article as Markdown, with one newline at its end; empty if nothing stays.
pub fn markdown(page: &Page, headline: bool) -> String {
    let mut out = String::new();
    let mut fenced = false;
    for part in parts(page, headline) {
        if fenced && part.joint != Joint::Tight {
            out.push_str("\n```");
            fenced = false;
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
        push(&mut out, &part);
    }
    if fenced {
        out.push_str("\n```");
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

fn push(out: &mut String, part: &Part<'_>) {
    let text: &str = &part.text;
    match part.block.role {
        _ if part.is_headline => heading(out, 1, text),
        Role::Heading(level) => heading(out, level.clamp(2, 6), text),
        Role::Quote => {
            out.push_str("> ");
            paragraph(out, text);
        }
        Role::Item => item(out, text),
        Role::Code => out.push_str(text),
        Role::Paragraph | Role::Row => paragraph(out, text),
    }
}

fn heading(out: &mut String, level: u8, text: &str) {
    out.extend(std::iter::repeat_n('#', usize::from(level)));
    out.push(' ');
    inline(out, text);
}

/// An item with a mark that Markdown knows.
fn item(out: &mut String, text: &str) {
    match text.split_once(' ') {
        Some((mark, rest)) if !mark.chars().any(char::is_alphanumeric) => {
            out.push_str(if matches!(mark, "-" | "*" | "+") { mark } else { "-" });
            out.push(' ');
            inline(out, rest);
        }
        Some((mark, rest)) => {
            out.push_str(mark);
            out.push(' ');
            inline(out, rest);
        }
        None => inline(out, text),
    }
}

/// A paragraph; its first sign is escaped where it would make it something else.
fn paragraph(out: &mut String, text: &str) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let after = text.get(digits..).unwrap_or_default();
    let ends = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    if (1..=9).contains(&digits) && after.strip_prefix(['.', ')']).is_some_and(ends) {
        out.push_str(text.get(..digits).unwrap_or_default());
        out.push('\\');
        return inline(out, after);
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
    if starts {
        out.push('\\');
    }
    inline(out, text);
}

fn is_rule(text: &str, sign: char) -> bool {
    text.chars().all(|c| c == sign || c == ' ')
}

/// The text with the signs escaped that would be marks inside a paragraph.
fn inline(out: &mut String, text: &str) {
    let links = text.contains("](") || text.contains("][");
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let after = text.get(at + c.len_utf8()..).unwrap_or_default();
        let next = after.chars().next().unwrap_or(' ');
        let is_mark = match c {
            // Between spaces they are signs: 5 * 3.
            '*' => before != ' ' || next != ' ',
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()) && (before != ' ' || next != ' '),
            '`' => true,
            '\\' => next.is_ascii_punctuation(),
            '[' => links,
            '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
            '&' => is_entity(after),
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
}

/// Whether `after`, which follows `&`, makes it an entity: `amp;`, `#39;`.
fn is_entity(after: &str) -> bool {
    let name = after.split(';').next().unwrap_or_default();
    let bare = name.strip_prefix('#').unwrap_or(name);
    name.len() < after.len() && (1..=32).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_alphanumeric())
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
            paragraph(&mut out, text);
            assert_eq!(out, marked);
        }
    }
}
