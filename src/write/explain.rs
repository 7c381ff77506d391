//! `--explain`: the page with nothing hidden.

use crate::page::{Page, Verdict};

/// Every line of the page with its verdict, kind and rule.
pub fn explain(page: &Page) -> String {
    let mut out = String::new();
    for block in &page.blocks {
        let (mark, why) = match block.verdict() {
            Verdict::Open => ('+', String::new()),
            Verdict::Keep(why) => ('+', why.rule.clone().unwrap_or_default().into_owned()),
            Verdict::Drop(why) => ('-', format!("{} {}:{}", why.kind.map_or("", |k| k.name()), why.pass, why.rule.as_deref().unwrap_or(""))),
        };
        out.push_str(&format!("{:>5} {mark} {:<40} {}\n", block.lines.start, why, block.text));
    }
    out
}
