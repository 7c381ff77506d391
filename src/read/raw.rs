//! Lines as they were scraped, where their white space may say something: program text, columns, verse that is set in.
//!
//! A page of which nothing goes is written with them, so that an article that was cleaned keeps the code that it shows
//! (`fixtures/en-html-code`). The passes see the text without, as of any other line.

use super::line::{Line, Text, is_invisible, split};
use crate::measure::{Program, program_in};
use crate::page::Block;

/// Most lines of a page that is looked at: on a huge one it would cost memory.
const MOST_LINES: usize = 1 << 12;

/// Notes of the blocks, each of one of the `lines` of `text`, what they were as scraped.
pub(super) fn keep(text: &str, lines: &[Line<'_>], blocks: &mut [Block]) {
    if lines.len() > MOST_LINES || !lines.iter().any(is_changed) {
        return;
    }
    let mut raw = (1..).zip(split(text));
    let (mut at, mut goes_on) = (0, false);
    for run in lines.chunk_by(|_, next| !next.gap) {
        let of_run = blocks.get_mut(at..).unwrap_or_default();
        at += run.len();
        // A line alone is one of a program by its looks, or below another run.
        goes_on = run.iter().any(is_changed) && (goes_on || run.len() > 1 || run.iter().any(is_program));
        for (line, block) in run.iter().zip(of_run).filter(|(line, _)| goes_on && is_changed(line)) {
            let found = raw.find(|(number, _)| *number == line.number).map(|(_, raw)| raw.trim_end());
            block.set_raw(found.filter(|raw| is_set(raw, &line.text)));
        }
    }
}

fn is_program(line: &Line<'_>) -> bool {
    program_in(&line.text) == Some(Program::Code)
}

/// Whether the text of a line is not what was scraped.
fn is_changed(line: &Line<'_>) -> bool {
    matches!(line.text, Text::Owned(_))
}

/// Whether a line differs from its text by spaces and tabs alone. Those of other scripts are not what programs are set with: Japanese
/// begins a paragraph with one.
fn is_set(raw: &str, text: &str) -> bool {
    raw != text && !raw.chars().any(|c| is_invisible(c) || c.is_whitespace() && !matches!(c, ' ' | '\t'))
}
