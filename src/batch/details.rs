//! `--details`: what is known of the page of a record.

use std::collections::BTreeMap;

use newsclean::measure::shape_of;
use newsclean::page::Page;
use newsclean::{Cleaned, write};
use serde::Serialize;

#[derive(Serialize)]
struct Details<'p> {
    headline: Option<String>,
    authors: &'p [String],
    date: Option<&'p str>,
    site: Option<&'p str>,
    language: Option<std::borrow::Cow<'p, str>>,
    page: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    warning: Option<&'static str>,
    /// How many lines and parts of lines went, by kind.
    removed: BTreeMap<&'static str, u64>,
    /// The share of the page's words that stayed; none if it has no words.
    kept: Option<f64>,
}

/// What is known of the page, as a JSON object.
pub(super) fn details(cleaned: &Cleaned) -> String {
    let article = cleaned.json();
    let mut removed = BTreeMap::new();
    for kind in article.removed.iter().filter_map(|gone| gone.kind) {
        *removed.entry(kind).or_default() += 1;
    }
    let details = Details {
        headline: article.headline,
        authors: article.authors,
        date: article.date,
        site: article.site,
        language: article.language,
        page: article.page,
        warning: article.warning,
        removed,
        kept: kept(&cleaned.page),
    };
    // Nothing in it cannot be written.
    serde_json::to_string(&details).unwrap_or_default()
}

/// The share of words that stay, to three places.
fn kept(page: &Page) -> Option<f64> {
    let all: u32 = page.blocks.iter().map(|block| block.shape.words).sum();
    let gone: u32 = write::removed(page).map(|gone| shape_of(gone.what.text).words).sum();
    let share = f64::from(all.saturating_sub(gone)) / f64::from(all);
    (all > 0).then(|| (share * 1000.0).round() / 1000.0)
}
