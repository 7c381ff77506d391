//! Whether a text is HTML. A text that quotes tags is not.

use crate::markup::Tag;

/// Bytes at the top in which tags are counted.
const SAMPLE: usize = 1 << 16;
/// Bytes in which a page that begins with something else (headers of a reply, a stray line) must begin.
const LEAD: usize = 1 << 12;
/// Fewest tags of a piece of a page that does not end with one, and fewest in a thousand bytes.
const FEWEST: usize = 4;
const DENSITY: usize = 3;

/// Whether `text` is a page or a piece of one as HTML.
pub(in crate::read) fn is_html(text: &str) -> bool {
    let text = text.get(..text.floor_char_boundary(SAMPLE)).unwrap_or(text);
    let body = behind_prologue(text);
    if begins_page(body) {
        return true;
    }
    if body.starts_with('<') && is_tag(body) {
        let (tags, ends) = count(body);
        let closes = body.trim_end().ends_with('>');
        // A page without its first tags begins with those of its head, of which a script may fill the whole sample.
        return ends >= 1 && closes || tags >= FEWEST && tags * 1000 >= body.len() * DENSITY || begins_head(body) && ends > FEWEST;
    }
    let lead = text.get(..text.floor_char_boundary(LEAD)).unwrap_or(text);
    let begins = lead.match_indices('<').find(|(at, _)| is_at_line_start(text, *at) && text.get(*at..).is_some_and(begins_page));
    begins.and_then(|(at, _)| text.get(..at)).is_some_and(|before| !before.lines().any(is_sentence)) && count(text).1 > FEWEST
}

/// Words of a line that no header of a reply has with a full stop behind them.
const SENTENCE: usize = 10;

/// Whether a line is an author's, who shows a page further down ("Let's create the HTML test file:").
fn is_sentence(line: &str) -> bool {
    line.trim_end().ends_with(['.', '!', '?', ':', '…', '。']) && line.split_whitespace().count() >= SENTENCE
}

/// The text behind white space, comments and an XML declaration.
fn behind_prologue(text: &str) -> &str {
    let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    while let Some((open, close)) = [("<!--", "-->"), ("<?", "?>")].iter().find(|(open, _)| rest.starts_with(open)) {
        let Some((_, after)) = rest.strip_prefix(open).and_then(|r| r.split_once(close)) else { return rest };
        rest = after.trim_start();
    }
    rest
}

/// Whether the text begins with what only a page begins with.
fn begins_page(text: &str) -> bool {
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| begins_with(text, tag))
}

/// Whether the text begins with an element of a page's head.
fn begins_head(text: &str) -> bool {
    ["<script", "<style", "<link", "<meta", "<title", "<base"].iter().any(|tag| begins_with(text, tag))
}

/// Whether the text begins with `tag`, in any case, and its name ends there.
fn begins_with(text: &str, tag: &str) -> bool {
    text.get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag))
        && text.get(tag.len()..).is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/'))
}

fn is_at_line_start(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.is_empty() || before.ends_with(['\n', '\r']))
}

/// Whether the text begins with the tag of a known element, up to its `>`.
fn is_tag(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('<') else { return false };
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let len = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let Some((name, after)) = rest.split_at_checked(len) else { return false };
    len > 0
        && len <= 10
        && Tag::named(&name.to_ascii_lowercase()) != Tag::Other
        && after.starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/')
        && after.contains('>')
}

/// How many tags of known elements the text has, and how many of these are end tags.
fn count(text: &str) -> (usize, usize) {
    let mut counts = (0, 0);
    for (at, _) in text.match_indices('<') {
        // Only as far as a tag's name goes, so that a text of many `<` is read once.
        let tag = text.get(at..text.floor_char_boundary(at + 16)).unwrap_or_default();
        let name = tag.trim_start_matches(['<', '/']);
        let len = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let known = name.get(..len).is_some_and(|n| !n.is_empty() && Tag::named(&n.to_ascii_lowercase()) != Tag::Other);
        if known {
            counts.0 += 1;
            counts.1 += usize::from(tag.starts_with("</"));
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_texts() {
        let prose = "The council voted on Monday to rebuild the bridge, officials said. ".repeat(40);
        for (text, html) in [
            ("<!DOCTYPE html><title>x</title>".to_owned(), true),
            ("\u{feff} \n<!-- saved -->\n<?xml version='1.0'?>\n<HTML lang=en>".to_owned(), true),
            ("HTTP/1.1 200 OK\nServer: x\n\n<html><body><p>a</p><p>b</p><p>c</p><p>d</p></body></html>".to_owned(), true),
            (format!("<p>{prose}</p>\n<p>{prose}</p>"), true),
            ("<div class=a><p>Short.</p></div>".to_owned(), true),
            (format!("<script>{}</script>{}", "let x = 1;\n".repeat(9000), "<p>a</p>".repeat(9)), false),
            (format!("<script>{}</script>{}<p>", "let x = 1;\n".repeat(900), "<p>a</p>".repeat(9)), true),
            (format!("<script> loads a file.\n{prose}"), false),
            ("<p> is the tag of a paragraph, and a page has many of them.".to_owned(), false),
            (format!("{prose}\nWrite <html> first, then <body>, and close both with </body></html>.\n{prose}"), false),
            (format!("Let us write the page that the browser will load:\n<!DOCTYPE html>\n{}", "<p>a</p>".repeat(9)), false),
            ("<p>Not every line that begins with a tag is a page.".to_owned(), false),
            ("<3 you all".to_owned(), false),
            ("<rss><channel><item>".to_owned(), false),
            (String::new(), false),
        ] {
            assert_eq!(is_html(&text), html, "{}", text.chars().take(60).collect::<String>());
        }
    }
}
