//! `--removed`: what went, as JSON Lines, so that nothing is lost for good.

use newsclean::page::Page;
use newsclean::write;
use serde::Serialize;

/// A line of the file: where it was, why it went, and the text.
#[derive(Serialize)]
struct Line<'p> {
    file: &'p str,
    /// The line of the record in a file of records.
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<u64>,
    /// The line of the page.
    line: u32,
    kind: Option<&'static str>,
    rule: &'p str,
    text: &'p str,
    /// For what was said twice: the copy that stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    copy: Option<Copy<'p>>,
}

/// The copy that stays.
#[derive(Serialize)]
struct Copy<'p> {
    line: u32,
    text: &'p str,
}

/// What went from `page`, which stands in `file` (in its record `record`), one JSON object a line.
pub(super) fn lines(file: &str, record: Option<u64>, page: &Page) -> String {
    let mut out = String::new();
    for gone in write::removed(page) {
        let [line, _] = gone.what.lines;
        let copy = gone.copy.map(|block| Copy { line: block.lines.start, text: &block.text });
        let line = Line { file, record, line, kind: gone.what.kind, rule: &gone.what.rule, text: gone.what.text, copy };
        // Strings and numbers can always be written.
        out += &serde_json::to_string(&line).unwrap_or_default();
        out.push('\n');
    }
    out
}
