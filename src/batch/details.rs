//! `--details`: what is known of the page of a record.

use std::collections::BTreeMap;

use newsclean::write::Tally;
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
    removed: BTreeMap<&'static str, u32>,
    /// The share of the page's words that stayed; none if it has no words.
    kept: Option<f64>,
}

/// What is known of the page, as a JSON object.
pub(super) fn details(cleaned: &Cleaned) -> String {
    let article = cleaned.json();
    let tally = write::tally(&cleaned.page);
    let details = Details {
        headline: article.headline,
        authors: article.authors,
        date: article.date,
        site: article.site,
        language: article.language,
        page: article.page,
        warning: article.warning,
        removed: tally.removed.iter().map(|(kind, count)| (*kind, count.pieces)).collect(),
        kept: kept(&tally),
    };
    // Nothing in it cannot be written.
    serde_json::to_string(&details).unwrap_or_default()
}

/// The share of words that stay, to three places.
fn kept(tally: &Tally) -> Option<f64> {
    let share = f64::from(tally.kept()) / f64::from(tally.words);
    (tally.words > 0).then(|| (share * 1000.0).round() / 1000.0)
}
