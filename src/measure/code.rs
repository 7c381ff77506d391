//! Program text: scripts, styles, data and tags of a page that were scraped as if somebody had written them for its readers.
//!
//! Articles about programming hold such text too. So there are two sorts: what only a page is built with, by the names in it
//! (`googletag.cmd.push`, `"@context":"https://schema.org"`), and other program text, which says nothing by itself.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// Names that only the plumbing of a page uses.
const NAMES: &str = include_str!("plumbing.txt");

/// Bytes of a line that are looked at: what it is shows at its beginning.
const LOOK: usize = 4096;

/// Sort of a line of program text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// What a page is built with, by this shape.
    Plumbing(&'static str),
    /// Other program text.
    Code,
}

/// What sort of program text a line is; `None` for what people write.
pub fn program_in(text: &str) -> Option<Program> {
    if !may_be(text.as_bytes()) {
        return None;
    }
    let text = head(text);
    tags(text).or_else(|| shortcode(text)).or_else(|| data(text)).or_else(|| script(text))
}

/// Bytes from which on program text is no word in a sentence (`Call` / `start();` / `first.`).
const LONG: usize = 30;

/// Whether a line is program text that belongs to no sentence, whatever stands above and below it.
pub fn is_program(text: &str) -> bool {
    match program_in(text) {
        None => false,
        Some(Program::Plumbing(_)) => true,
        Some(Program::Code) => text.len() >= LONG,
    }
}

/// One quick look, which spares nearly every line of prose the slow ones.
fn may_be(text: &[u8]) -> bool {
    text.first() == Some(&b'/')
        || matches!(text.last(), Some(b';' | b'>' | b'}' | b']' | b')' | b'{' | b'/'))
        || memchr::memchr2(b'{', b'<', text).is_some()
}

/// The first [`LOOK`] bytes, or a few less where a character would be cut.
fn head(text: &str) -> &str {
    (0..4).find_map(|less| text.get(..LOOK - less)).unwrap_or(text)
}

/// A line of nothing but tags, HTML comments and entities: `<iframe src="…"></iframe>`, `<!-- /wp:paragraph -->`, `&nbsp;`.
fn tags(text: &str) -> Option<Program> {
    let (mut rest, mut is_page, mut tags) = (text, text.starts_with('&'), 0);
    while !rest.is_empty() {
        let (built, after) = if let Some(comment) = rest.strip_prefix("<!--") {
            (true, comment.split_once("-->")?.1)
        } else if let Some(tag) = rest.strip_prefix('<') {
            let (tag, after) = tag.split_once('>')?;
            (is_built(tag)?, after)
        } else {
            (false, entity(rest)?)
        };
        is_page |= built;
        tags += 1;
        rest = after.trim_start();
    }
    (tags > 0).then_some(if is_page { Program::Plumbing("tags") } else { Program::Code })
}

/// Tags that no writer puts into an article about something else.
const BUILT: [&str; 14] =
    ["iframe", "script", "/script", "noscript", "/noscript", "style", "/style", "ins", "svg", "img", "object", "embed", "link", "meta"];

/// Whether what stands between `<` and `>` is a tag that fetches or runs something; `None` if it is no tag (`<https://…>`, `<3`).
fn is_built(tag: &str) -> Option<bool> {
    let name = tag.split([' ', '\t']).next().unwrap_or_default();
    let bare = name.trim_matches('/');
    let is_name = bare.starts_with(|c: char| c.is_ascii_alphabetic()) && bare.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    is_name.then(|| BUILT.contains(&name) || bare.starts_with("amp-") || tag.contains("://") || tag.contains("data-"))
}

/// What stands behind the entity that `text` begins with: `&nbsp;`, `&#8203;`.
fn entity(text: &str) -> Option<&str> {
    let (name, after) = text.strip_prefix('&')?.split_once(';')?;
    let name = name.strip_prefix('#').unwrap_or(name);
    ((2..=8).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric())).then_some(after)
}

/// Shortcodes that stand for pictures and players, whatever they enclose.
const SHOWN: [&str; 8] = ["audio", "caption", "embed", "gallery", "playlist", "video", "wp_caption", "youtube"];

/// What a content management system should have replaced: `[caption id="attachment_7" width="300"]…[/caption]`, `[/vc_row]`. What a
/// shortcode of another name encloses is the author's: `[box color="blue"]Engine and gears[/box]`.
fn shortcode(text: &str) -> Option<Program> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let is_name = |name: &str| name.len() >= 2 && name.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'-' | b'0'..=b'9'));
    if let Some(name) = inner.strip_prefix('/') {
        return is_name(name).then_some(Program::Plumbing("shortcode"));
    }
    let name = inner.split([' ', ']']).next().unwrap_or_default();
    let attributes = ["=\"", "='", "=”", "=″", "=&#"].iter().any(|quote| inner.contains(quote));
    let encloses = inner.split_once(']').map_or("", |(_, rest)| rest.rsplit_once('[').map_or("", |(text, _)| text));
    let is_bare = encloses.is_empty() || encloses.starts_with("http");
    let is_whole = attributes || inner.ends_with(name) && inner.contains("[/");
    (is_name(name) && is_whole && (is_bare || SHOWN.contains(&name))).then_some(Program::Plumbing("shortcode"))
}

/// Bytes and members of data that is too much for an example.
const HUGE: (usize, usize) = (1500, 30);

/// Data for a script, with the tags before it: `</noscript><script type="application/json">{"meta":{"blog":…`.
fn data(text: &str) -> Option<Program> {
    let mut rest = text.trim_start_matches(['(', ' ', ';']);
    while let Some(tag) = rest.strip_prefix('<') {
        rest = tag.split_once('>')?.1.trim_start();
    }
    if !rest.starts_with(['{', '[']) {
        return None;
    }
    let members = text.matches("\":").count() + text.matches("\\\":").count();
    if members < 2 {
        return None;
    }
    let built = is_named(text) || text.len() >= HUGE.0 && members >= HUGE.1;
    Some(if built { Program::Plumbing("data") } else { Program::Code })
}

/// Statements of a script, rules of a style sheet.
fn script(text: &str) -> Option<Program> {
    let begins = |with: &[&str]| with.iter().any(|start| text.starts_with(start));
    if !text.bytes().any(|b| b.is_ascii_alphanumeric()) {
        // `});`, `//]]>`, but not the `[...]` of a quotation.
        let marks = text.bytes().any(|b| matches!(b, b'{' | b'}' | b';' | b']' | b')')) && !text.contains(['.', '…']) && text.is_ascii();
        return marks.then_some(if begins(&["//]]>", "]]>", "/* ]]>"]) { Program::Plumbing("script") } else { Program::Code });
    }
    if begins(&["<script", "</script", "//<![CDATA[", "/* <![CDATA[", "<![CDATA["]) {
        return Some(Program::Plumbing("script"));
    }
    let is_like = is_like_code(text);
    let packed = begins(&["(function(", "!function(", ";(function(", "(()=>", "var _0x"]) && is_packed(text);
    if is_like && (packed || is_named(text)) {
        return Some(Program::Plumbing(if is_style(text) { "style" } else { "script" }));
    }
    // `else {`, `break;`, `// Is there consent?`
    let ends = text.ends_with([';', '{', '}']);
    let is_short = ends && text.split(' ').count() <= 2;
    let is_code = is_like && (ends || text.ends_with('>') || text.ends_with("*/")) || is_short || begins(&["//", "/*"]);
    is_code.then_some(Program::Code)
}

/// Whether a line between lines of a program is a part of it: it sets something, calls something, or ends as statements do.
pub fn is_statement(text: &str) -> bool {
    let is_call = || text.as_bytes().windows(2).any(|pair| matches!(pair, [b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_', b'(']));
    text.ends_with([';', '{', '}']) || text.contains(" = ") || is_call()
}

/// Whether programs are made of this byte.
const fn is_mark(byte: u8) -> bool {
    let brackets = matches!(byte, b'{' | b'}' | b'(' | b')' | b'[' | b']' | b'<' | b'>');
    brackets || matches!(byte, b';' | b'=' | b'_' | b'$' | b'|' | b'\\' | b'"' | b'\'' | b':' | b'#' | b'%' | b'&' | b'@')
}

/// Whether a line is made of names and marks rather than of words: at most half of its pieces are words or numbers, and one byte in
/// twelve, three at least, is a mark that programs are made of.
fn is_like_code(text: &str) -> bool {
    let marks = text.bytes().filter(|b| is_mark(*b)).count();
    if marks < 3 || marks * 12 < text.len() || !text.bytes().any(|b| matches!(b, b'{' | b';' | b'=' | b'(')) {
        return false;
    }
    // "UPC (in North America; 12-digit number);" has marks enough, but around words.
    let loose = marks * 6 < text.len() && !text.contains('{');
    let (before, behind): (&[char], &[char]) =
        if loose { (&['(', '['], &[',', '.', ':', ';', ')', ']', '%']) } else { (&[], &[',', '.', ':']) };
    let is_word = |piece: &str| {
        let bare = piece.trim_start_matches(before).trim_end_matches(behind);
        bare.chars().all(char::is_alphabetic) || loose && bare.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    };
    let (pieces, words) = text.split(' ').fold((0, 0), |(all, words), piece| (all + 1, words + usize::from(is_word(piece))));
    words * 2 <= pieces
}

/// Whether a program was written without its spaces, as nobody shows it to a reader.
fn is_packed(text: &str) -> bool {
    text.len() >= 60 && text.bytes().filter(|b| *b == b' ').count() * 8 < text.len()
}

/// Whether the line is a rule of a style sheet: `.embed { position: relative; }`.
fn is_style(text: &str) -> bool {
    text.starts_with(['.', '#', '@', '*']) && text.contains('{') && text.contains(':')
}

/// Whether a name of the plumbing is in the line.
fn is_named(text: &str) -> bool {
    names_in(text).next().is_some()
}

/// The names of the plumbing.
fn names() -> impl Iterator<Item = &'static str> {
    NAMES.lines().filter(|name| !name.is_empty() && !name.starts_with('#'))
}

/// The names of the plumbing in the line, by their numbers.
pub fn names_in(text: &str) -> impl Iterator<Item = usize> {
    static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(names()).ok());
    let text = head(text);
    // Not at the end of a longer name: `s_code` is an old counter's, `status_code` anybody's.
    let is_part = |at: usize| text.as_bytes().get(at).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    let found = FINDER.as_ref().map(|finder| finder.find_overlapping_iter(text));
    let whole = move |at: usize| !is_part(at) || !at.checked_sub(1).is_some_and(is_part);
    found.into_iter().flatten().filter(move |name| whole(name.start())).map(|name| name.pattern().as_usize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_is_built_with() {
        for (text, shape) in [
            ("window.dataLayer = window.dataLayer || []; function gtag(){dataLayer.push(arguments);} gtag('js', new Date());", "script"),
            ("googletag.cmd.push(function() { googletag.display('div-gpt-ad-1234567-0'); });", "script"),
            ("fbq('track', 'PageView');", "script"),
            ("var _comscore = _comscore || [];", "script"),
            (
                "(function(d, s, id) { var js, fjs = d.getElementsByTagName(s)[0]; js.id = 'facebook-jssdk'; }(document, 'script'));",
                "script",
            ),
            ("!function(e,t,n){e.exports=t,n.d=function(a){return a.b||(a.b=!0)}}(window,document,jQuery);", "script"),
            ("self.__next_f.push([1,\"a:[\\\"$\\\",\\\"div\\\",null,{}]\"])", "script"),
            ("/* <![CDATA[ */", "script"),
            ("//]]>", "script"),
            (".embed-container { position: relative; padding-bottom: 56.25%; height: 0; }", "style"),
            ("#taboola-below-article { width: 100% }", "style"),
            (".story p { margin: 0 !important; }", "style"),
            ("{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\"A long headline in many words\"}", "data"),
            ("</noscript><script id=\"x\" type=\"application/json\">{\"meta\":{\"blog\":{\"id\":\"11\",\"name\":\"harbour\"", "data"),
            ("<iframe width=\"560\" height=\"315\" src=\"https://video.example/embed/abc\" allowfullscreen></iframe>", "tags"),
            ("<a href='https://ads.example/ck.php?n=1' target='_blank'><img src='https://ads.example/avw.php' /></a>", "tags"),
            ("<!-- /wp:paragraph -->", "tags"),
            ("&nbsp;", "tags"),
            ("[caption id=\"attachment_7\" align=\"alignnone\" width=\"300\"]The bridge[/caption]", "shortcode"),
            ("[embed]https://video.example/watch?v=1[/embed]", "shortcode"),
            ("[/vc_column]", "shortcode"),
            ("[box_colored class=\"tablebox\" title=\"7\"][/box_colored]", "shortcode"),
        ] {
            assert_eq!(program_in(text), Some(Program::Plumbing(shape)), "{text}");
        }
    }

    #[test]
    fn other_program_text_says_nothing_by_itself() {
        for text in [
            "});",
            "}",
            "else {",
            "break;",
            "// Is there consent?",
            "let total = items.reduce((a, b) => a + b, 0);",
            "<p>",
            "h1 { color: red; }",
            "{\"name\": \"Ann\", \"age\": 7}",
        ] {
            assert_eq!(program_in(text), Some(Program::Code), "{text}");
        }
    }

    #[test]
    fn what_people_write() {
        for text in [
            "The mayor said (in an e-mail) that the bridge would open in May; nobody believed him.",
            "Call window.dataLayer.push() with an object, and the tag manager sees it.",
            "[...]",
            "[…] and so on (sic)",
            "[Editor's note: the name was changed.]",
            "[sic]",
            "[box_colored class=\"tablebox\" title=\"7\"]Engine and gears[/box_colored]",
            "Profits < losses, he wrote on the board; the room laughed.",
            "I <3 this town",
            "<https://harbour.example/story>",
            "He worked at AT&T;",
            "UPC (in North America; 12-digit number);",
            "vs control: 113.88 [17.36], and self-compassion (intervention: 29.81 [8.13]);",
            "Who was there: Ann Lee (7); Tom Roe (12); and Sue Poe (9).",
            "¿Qué pasa? :)",
            "Score: 3-1 (2-0)",
            "She said: {nothing}.",
        ] {
            assert_eq!(program_in(text), None, "{text}");
        }
    }

    #[test]
    fn statements_between_lines_of_a_program() {
        for text in
            ["pending = 1;", "const isIn = (answer) => isGood(answer) && answer.data", "show(data.applies) // twice", "language: x }"]
        {
            assert!(is_statement(text), "{text}");
        }
        for text in ["The bridge (1932)", "Photo: Ann Lee / Harbour Press", "Read on: what the mayor said", "x=y"] {
            assert!(!is_statement(text), "{text}");
        }
    }

    #[test]
    fn every_name_is_said_once() {
        let mut names: Vec<&str> = names().collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
        assert!(names.iter().all(|name| name.is_ascii() && name.trim() == *name));
    }
}
