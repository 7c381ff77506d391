//! The headline of a page, from what it calls its title in several places.
//!
//! The first-level heading that agrees with the page's titles is the headline as readers see it; titles for search engines and
//! social networks are often other words. Without such a heading, the title itself, the site's name cut off.

use std::collections::HashSet;

use crate::measure::tokenize;

/// A first-level heading.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    pub(super) text: String,
    /// Whether a part at its beginning is set apart by an element: a kicker, mostly.
    pub(super) has_kicker: bool,
}

/// Marks that glue a site's name to a headline.
const GLUE: [&str; 14] = [" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ‹ ", " › ", " ~ ", "｜"];
/// Share of words, of all that either has, from which a heading and a title say the same (dev pages: between .2 and .4 all is one).
const AGREES: f32 = 0.3;
/// Words of the longest name of a site behind a headline.
const SITE_WORDS: usize = 5;
/// Words of the shortest heading that is a headline whatever the titles say.
const LONE_WORDS: usize = 4;

/// The headline, and the name of the site that was cut off the title.
pub(super) fn choose(
    headings: &[Heading],
    story: Option<&str>,
    og: Option<&str>,
    title: Option<&str>,
    site: Option<&str>,
) -> (Option<String>, Option<String>) {
    let (title, cut) = title.map(|t| without_site(t, site)).unzip();
    let cut = cut.flatten().map(str::to_owned);
    let bare = og.map(|t| without_site(t, site).0);
    let social: Vec<&str> = story.into_iter().chain(bare).collect();
    // A heading may agree with the site's name in the title; where the page has better titles, these are asked.
    let titles: Vec<&str> = if social.is_empty() { title.into_iter().collect() } else { social.clone() };
    let agreement = |h: &Heading| titles.iter().map(|t| share(&h.text, t)).fold(0.0, f32::max);
    let not_site = |h: &&Heading| site.is_none_or(|s| words(s) != words(&h.text)) && !words(&h.text).is_empty();
    let best = headings.iter().filter(not_site).rev().max_by(|a, b| agreement(a).total_cmp(&agreement(b)));
    if let Some(heading) = best.filter(|h| agreement(h) >= AGREES) {
        return (Some(without_kicker(heading, story, bare, og, title).to_owned()), cut);
    }
    let mut long = headings.iter().filter(not_site).filter(|h| words(&h.text).len() >= LONE_WORDS);
    let lone = long.next().filter(|_| headings.len() == 1).map(|h| h.text.as_str());
    let first = || headings.iter().find(not_site).map(|h| h.text.as_str());
    (lone.or(story).or(bare).or(title).or_else(first).map(str::to_owned), cut)
}

/// The heading without a kicker in front or a note in brackets behind, where a title of the page has it so.
fn without_kicker<'t>(
    heading: &'t Heading,
    story: Option<&'t str>,
    og: Option<&'t str>,
    whole: Option<&str>,
    title: Option<&str>,
) -> &'t str {
    let all = words(&heading.text);
    let is_tail = |t: &&str| {
        let own = words(t);
        own.len() * 2 >= all.len() && own.len() >= 3 && own.len() < all.len() && all.ends_with(&own)
    };
    if let Some(story) = story.filter(is_tail) {
        return story;
    }
    if whole.is_some_and(|t| words(t) == all) {
        return &heading.text;
    }
    let confirmed = story.is_some_and(|s| words(s) == all) && !heading.has_kicker;
    if let Some(og) = og.filter(is_tail).filter(|_| !confirmed) {
        return og;
    }
    if let Some((head, note)) = heading.text.rsplit_once(['[', '('])
        && note.ends_with([']', ')'])
        && title.is_some_and(|t| words(t) == words(head))
    {
        return head.trim_end();
    }
    &heading.text
}

/// A title without the name of the site, and that name.
fn without_site<'t>(title: &'t str, site: Option<&str>) -> (&'t str, Option<&'t str>) {
    let title = title.trim();
    let glue = || GLUE.iter().flat_map(|g| title.match_indices(g));
    let split = |(at, glue): (usize, &str)| Some((title.get(..at)?.trim(), title.get(at + glue.len()..)?.trim()));
    let (Some((head, tail)), Some((first, rest))) =
        (glue().max_by_key(|(at, _)| *at).and_then(split), glue().min_by_key(|(at, _)| *at).and_then(split))
    else {
        return (title, None);
    };
    let is_site = |part: &str| site.is_some_and(|s| words(s) == words(part));
    if is_site(first) {
        (rest, Some(first))
    } else if is_site(tail) || words(tail).len() <= SITE_WORDS && head.len() > tail.len() {
        (head, Some(tail))
    } else if words(first).len() < SITE_WORDS && rest.len() * 2 > first.len() * 3 {
        (rest, Some(first))
    } else {
        (title, None)
    }
}

/// The words of a text, folded.
fn words(text: &str) -> Vec<u64> {
    tokenize(text).iter().map(|token| token.exact).collect()
}

/// The share of words that two texts have in common.
#[expect(clippy::cast_precision_loss, reason = "titles are short")]
fn share(a: &str, b: &str) -> f32 {
    let (a, b): (HashSet<u64>, HashSet<u64>) = (words(a).into_iter().collect(), words(b).into_iter().collect());
    let both = a.intersection(&b).count();
    both as f32 / (a.len() + b.len() - both).max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(headings: &[&str], story: &str, og: &str, title: &str, site: &str) -> String {
        let headings: Vec<Heading> = headings.iter().map(|h| Heading { text: (*h).to_owned(), has_kicker: false }).collect();
        let some = |t: &'static str| Some(t).filter(|t| !t.is_empty());
        let leak = |t: &str| some(t.to_owned().leak());
        choose(&headings, leak(story), leak(og), leak(title), leak(site)).0.unwrap_or_default()
    }

    #[test]
    fn headings_and_titles() {
        let bridge = "Council votes to rebuild the old bridge";
        for (headings, story, og, title, site) in [
            (&["The Ledger", bridge][..], "", "", "Council votes to rebuild the old bridge | The Ledger", ""),
            (&["The Ledger"], "", "Council votes to rebuild the old bridge - The Ledger", "", "The Ledger"),
            (&[], "", "", "The Ledger » Council votes to rebuild the old bridge", "The Ledger"),
            (&["Politics | Council votes to rebuild the old bridge"], "", bridge, "", ""),
            (&["Opinion Council votes to rebuild the old bridge"], bridge, "", "", ""),
            (&["Council votes to rebuild the old bridge [Watch]"], "", "", "Council votes to rebuild the old bridge - Ledger", ""),
            (&[bridge], "", "Nine million for a crossing", "Nine million for a crossing | Ledger", ""),
            (&[], bridge, "", "", ""),
        ] {
            assert_eq!(chosen(headings, story, og, title, site), bridge, "{headings:?} {title}");
        }
        assert_eq!(chosen(&["Ledger"], "", "", "", ""), "Ledger");
        assert_eq!(chosen(&[], "", "", "", ""), "");
    }
}
