//! The headline of a page, from what it calls its title in several places.
//!
//! The first-level heading that agrees with the page's titles is the headline as readers see it; titles for search engines and
//! social networks are often other words. Without such a heading, the title itself, the site's name cut off.

use std::collections::HashSet;

use crate::measure::tokenize;

/// A heading that may be the headline.
#[derive(Debug, Clone, Default)]
pub(super) struct Heading {
    pub(super) text: String,
    /// 1 to 3: a page whose first level is the site's name has its headline on the second or third.
    pub(super) level: u8,
    /// Whether a part at its beginning is set apart: by an element (a kicker, mostly), or as it stands in the path to the page.
    pub(super) has_kicker: bool,
    /// Whether it stands in navigation or breadcrumbs: words for search engines.
    pub(super) in_path: bool,
}

/// What a page calls itself outside its text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Titles<'t> {
    /// The headline in JSON-LD.
    pub(super) story: Option<&'t str>,
    /// `og:title` or `twitter:title`.
    pub(super) og: Option<&'t str>,
    /// `title`.
    pub(super) title: Option<&'t str>,
    /// The site's name.
    pub(super) site: Option<&'t str>,
}

/// Marks that glue a site's name to a headline.
const GLUE: [&str; 14] = [" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ‹ ", " › ", " ~ ", "｜"];
/// Share of words, of all that either has, from which a heading and a title say the same (dev pages: between .2 and .4 all is one).
const AGREES: f32 = 0.3;
/// Words of the longest name of a site behind a headline.
const SITE_WORDS: usize = 5;
/// Words of the shortest heading that is a headline although no title agrees.
const LONE_WORDS: usize = 4;
/// Characters of a headline that JSON-LD may have cut: search engines ask for 110 at most.
const CUT_CHARS: usize = 90;

/// The headline, and the name of the site that was cut off the title.
pub(super) fn choose(headings: &[Heading], titles: Titles<'_>) -> (Option<String>, Option<String>) {
    let Titles { story, og, title, site } = titles;
    let (title, cut) = title.map(|t| without_site(t, site)).unzip();
    let cut = cut.flatten().map(str::to_owned);
    let bare = og.map(|t| without_site(t, site).0);
    let story = story.map(|s| if let Some(whole) = bare.or(title).filter(|t| is_cut(s, t)) { whole } else { s });
    let social: Vec<&str> = story.into_iter().chain(bare).collect();
    // A heading may agree with the site's name in the title; where the page has better titles, these are asked.
    let asked: Vec<&str> = if social.is_empty() { title.into_iter().collect() } else { social };
    let agreement = |h: &Heading| asked.iter().map(|t| share(&h.text, t)).fold(0.0, f32::max);
    let name = site.map(words);
    let whole = titles.title.map(words).unwrap_or_default();
    let not_site = |h: &&Heading| name.as_ref() != Some(&words(&h.text)) && !words(&h.text).is_empty() && !is_blog(h, headings, &whole);
    let level = |level: u8, in_path: bool| headings.iter().filter(not_site).filter(move |h| h.level == level && h.in_path == in_path);
    let agreeing = |in_path: bool| {
        let best = level(1, in_path).rev().max_by(|a, b| agreement(a).total_cmp(&agreement(b)));
        best.filter(|h| agreement(h) >= AGREES)
    };
    let lone = || level(1, false).next().filter(|h| words(&h.text).len() >= LONE_WORDS && level(1, false).count() == 1);
    let says = |h: &Heading, t: &str| words(t) == words(&h.text) || is_tail(t, &h.text) || is_tail(&h.text, t);
    let second = || level(2, false).chain(level(3, false)).find(|h| asked.iter().any(|t| says(h, t)));
    if let Some(heading) = agreeing(false).or_else(lone).or_else(second).or_else(|| agreeing(true)) {
        return (Some(without_kicker(heading, story, bare, og, title).to_owned()), cut);
    }
    let first = || level(1, false).next().map(|h| h.text.as_str());
    (story.or(bare).or(title).or_else(first).map(str::to_owned), cut)
}

/// Whether a first-level heading is the name of the site: the title is made of it and of a longer heading further down.
fn is_blog(heading: &Heading, headings: &[Heading], title: &[u64]) -> bool {
    let name = words(&heading.text);
    let rest = title.strip_prefix(name.as_slice()).or_else(|| title.strip_suffix(name.as_slice()));
    let below = |rest: &[u64]| headings.iter().any(|h| h.level > 1 && words(&h.text) == rest);
    heading.level == 1 && rest.is_some_and(|rest| !rest.is_empty() && rest.len() >= name.len() && below(rest))
}

/// Whether `part` is the beginning of `whole`, cut for its length.
fn is_cut(part: &str, whole: &str) -> bool {
    let (part_words, all) = (words(part), words(whole));
    part.chars().count() >= CUT_CHARS && part_words.len() < all.len() && all.starts_with(&part_words)
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
    let is_tail = |t: &&str| is_tail(t, &heading.text);
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

/// Whether `part` is the end of `whole`, and a good part of it: kickers are sometimes longer than what they introduce.
fn is_tail(part: &str, whole: &str) -> bool {
    let (own, all) = (words(part), words(whole));
    own.len() * 3 >= all.len() && own.len() >= 3 && own.len() < all.len() && all.ends_with(&own)
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

    fn titles<'t>(story: &'t str, og: &'t str, title: &'t str, site: &'t str) -> Titles<'t> {
        let some = |t: &'t str| Some(t).filter(|t| !t.is_empty());
        Titles { story: some(story), og: some(og), title: some(title), site: some(site) }
    }

    fn chosen(headings: &[&str], story: &str, og: &str, title: &str, site: &str) -> String {
        let heading = |h: &&str| Heading { text: (*h).to_owned(), level: 1, ..Heading::default() };
        let headings: Vec<Heading> = headings.iter().map(heading).collect();
        choose(&headings, titles(story, og, title, site)).0.unwrap_or_default()
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

    #[test]
    fn headings_of_the_path_and_of_the_second_level() {
        let bridge = "Council votes to rebuild the old bridge";
        let path = Heading { text: format!("Traffic: {bridge}"), level: 1, has_kicker: true, in_path: true };
        let second = Heading { text: bridge.to_owned(), level: 2, ..Heading::default() };
        let site = Heading { text: "The Ledger of Lune".to_owned(), level: 1, ..Heading::default() };
        let said = path.text.clone();
        for (headings, titles) in [
            (vec![path.clone()], titles(&said, bridge, &said, "")),
            (vec![path, Heading { text: format!("Lune {bridge}"), ..second.clone() }], titles(&said, bridge, "", "")),
            (vec![site, second], titles("", "", &format!("{bridge} - The Ledger of Lune"), "")),
        ] {
            assert_eq!(choose(&headings, titles).0.as_deref(), Some(bridge), "{headings:?}");
        }
    }

    #[test]
    fn a_headline_cut_for_its_length_gives_way_to_the_whole_one() {
        let whole = "Council votes to rebuild the old bridge over the Lune after a decade of delays, three inquiries and one flood";
        let cut = whole.split_inclusive(' ').take(18).collect::<String>();
        assert_eq!(choose(&[], titles(&cut, whole, "", "")).0.as_deref(), Some(whole));
    }
}
