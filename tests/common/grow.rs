//! Pages of any size and shape, made of the fixtures, for whatever has to see what size does: benchmarks, and tests of time and memory.

#![allow(dead_code, reason = "nobody needs all of them")]

use std::fs;

use crate::common;

/// All fixture pages called `name` that are UTF-8, in order of their names.
pub(crate) fn fixtures(name: &str) -> Vec<String> {
    common::pages(name).iter().filter_map(|page| fs::read_to_string(page).ok()).collect()
}

/// `units` one after another, again and again up to `size` bytes and the end of a unit, each with the number of its round in place of `#`.
pub(crate) fn cycle(units: &[String], size: usize) -> String {
    let mut out = String::with_capacity(size + (1 << 16));
    for round in 0.. {
        let round = round.to_string();
        for unit in units {
            if out.len() >= size {
                return out;
            }
            out.push_str(&unit.replace('#', &round));
        }
    }
    out
}

/// The lines of the fixtures of text: every language, layout and kind of noise has its share.
pub(crate) fn text(size: usize) -> String {
    cycle(&lines(|_| true, ""), size)
}

/// Paragraphs of the fixtures, each with a number, so that none is said twice.
pub(crate) fn prose(size: usize) -> String {
    cycle(&lines(is_paragraph, " (#)"), size)
}

/// Paragraphs of the fixtures again and again.
pub(crate) fn repeated(size: usize) -> String {
    cycle(&lines(is_paragraph, "\n"), size)
}

/// One paragraph again and again.
pub(crate) fn same(size: usize) -> String {
    let paragraphs = lines(is_paragraph, "\n");
    cycle(paragraphs.get(..1).unwrap_or_default(), size)
}

/// A thread of comments, no two of which are the same.
pub(crate) fn comments(size: usize) -> String {
    let thread = fixtures("page.txt").into_iter().find(|page| page.contains("Post a Comment")).unwrap_or_default();
    let thread: Vec<String> = thread.replace('#', "").lines().map(|line| format!("{line} #\n")).collect();
    cycle(&thread, size)
}

/// Lines of one to three words, no two of which are the same.
pub(crate) fn short_lines(size: usize) -> String {
    cycle(&lines(|line| (1..=3).contains(&words(line)), " #"), size)
}

/// The bodies of the fixtures of HTML in one page.
pub(crate) fn html(size: usize) -> String {
    let body = |page: &String| {
        let lower = page.to_ascii_lowercase();
        let from = lower.find("<body").and_then(|at| Some(at + lower.get(at..)?.find('>')? + 1)).unwrap_or(0);
        let to = lower.rfind("</body").unwrap_or(page.len());
        page.get(from..to).unwrap_or_default().replace('#', "")
    };
    let bodies: Vec<String> = fixtures("page.html").iter().map(body).collect();
    format!("<html><body>\n{}</body></html>\n", cycle(&bodies, size))
}

/// The lines of the fixtures that are meant, each with `end` behind it.
fn lines(is_meant: fn(&str) -> bool, end: &str) -> Vec<String> {
    let pages = fixtures("page.txt");
    let lines = pages.iter().flat_map(|page| page.lines()).filter(|line| is_meant(line));
    lines.map(|line| format!("{}{end}\n", line.replace('#', ""))).collect()
}

fn is_paragraph(line: &str) -> bool {
    words(line) >= 25
}

fn words(line: &str) -> usize {
    line.split_whitespace().count()
}
