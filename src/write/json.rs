//! JSON: the article, its facts, and what was removed with its reason.

use std::borrow::Cow;

use crate::page::{Block, Cut, Page, Reason, Verdict};

use super::language::language;

/// An article as the JSON output has it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Article<'p> {
    /// The headline, without the site's name; of an HTML page as its own data have it.
    pub headline: Option<String>,
    /// The article as plain text, with the headline unless it was not asked for.
    pub text: String,
    /// Authors, as the page's data or else its byline lines name them.
    pub authors: &'p [String],
    /// The date of publication from the page's data, else the first date line, as written.
    pub date: Option<&'p str>,
    /// The site's name.
    pub site: Option<&'p str>,
    /// ISO 639-1 code of the text's language, where one can be told.
    pub language: Option<Cow<'p, str>>,
    /// What the page is: `article`, `liveblog`, `gallery`, `forum`, `listing`, `stub` or `empty`.
    pub page: &'static str,
    /// What the user should know of it: why it is a stub.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<&'static str>,
    /// What went, in page order.
    pub removed: Vec<Removed<'p>>,
}

/// A removed block or part of one.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Removed<'p> {
    /// The kind of noise.
    pub kind: Option<&'static str>,
    /// What named it, as `--explain` shows it: `pass:rule`.
    pub rule: String,
    /// First and last line of the input, counted from 1.
    pub lines: [u32; 2],
    /// What went.
    pub text: &'p str,
}

/// The page as its JSON output.
pub fn article(page: &Page, headline: bool) -> Article<'_> {
    let mut text = super::text(page, headline);
    // A value needs no line end.
    text.truncate(text.trim_end_matches('\n').len());
    let data = page.markup.as_deref().map(|m| &m.data);
    let facts = &page.facts;
    let declared = || {
        data.and_then(|d| d.language.as_deref()).and_then(|l| l.split('-').next()).map(|l| if matches!(l, "nb" | "nn") { "no" } else { l })
    };
    Article {
        headline: headline_of(page),
        authors: data.map(|d| &d.authors).filter(|a| !a.is_empty()).unwrap_or(&facts.authors),
        date: data.and_then(|d| d.date.as_deref()).or(facts.date.as_deref()),
        site: site_of(page),
        language: language(&text).or_else(declared).map(Cow::Borrowed),
        page: facts.label.name(),
        warning: facts.label.warning(),
        removed: removed(page).map(|gone| gone.what).collect(),
        text,
    }
}

/// The headline, as the page's data or else its text have it.
pub(super) fn headline_of(page: &Page) -> Option<String> {
    let told = page.markup.as_deref().and_then(|m| m.data.headline.clone());
    told.or_else(|| page.facts.headline.and_then(|i| page.blocks.get(i)).map(|b| b.uncut().into_owned()))
}

/// The site's name, as the page's data or else its text have it.
pub(super) fn site_of(page: &Page) -> Option<&str> {
    page.markup.as_deref().and_then(|m| m.data.site.as_deref()).or(page.facts.site.as_deref())
}

/// What went, with the block that says the same and stays.
#[derive(Debug, Clone)]
pub struct Gone<'p> {
    /// What went, and why.
    pub what: Removed<'p>,
    /// The copy that stays, where it went as a repeat.
    pub copy: Option<&'p Block>,
}

/// What went from the page, in page order: whole blocks, and parts of those that stay.
pub fn removed(page: &Page) -> impl Iterator<Item = Gone<'_>> {
    page.blocks.iter().flat_map(|block| gone(page, block))
}

/// The block, if it went whole; else the parts that went.
fn gone<'p>(page: &'p Page, block: &'p Block) -> Vec<Gone<'p>> {
    match block.verdict() {
        Verdict::Drop(why) => vec![part(page, block, why, &block.text)],
        _ => {
            let text = |cut: &Cut| block.text.get(cut.range.clone()).unwrap_or_default();
            block.cuts().iter().map(|cut| part(page, block, &cut.why, text(cut))).collect()
        }
    }
}

fn part<'p>(page: &'p Page, block: &Block, why: &Reason, text: &'p str) -> Gone<'p> {
    let what = Removed { kind: why.kind.map(|k| k.name()), rule: why.name(), lines: block.first_and_last(), text };
    Gone { what, copy: page.twin(why).filter(|twin| !twin.is_dropped()) }
}
