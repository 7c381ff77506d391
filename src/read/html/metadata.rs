//! What a page says of itself: `meta`, OpenGraph, JSON-LD, microdata, `time`, `title`, gathered in one walk over the tree.
//!
//! Where several sources answer, the order in which they are asked is that of how often they are right: JSON-LD is written for
//! search engines that check it, `meta` for whoever comes, and what stands in the text may belong to another story.

use super::dom::{DOCUMENT, Id, Node, Tree};
use super::headings;
use super::headline::{self, Heading, Titles};
use super::jsonld::{self, Story};
use super::tag::Tag;
use super::value::{MOST_AUTHORS, add_author, tidy};
use crate::markup::Metadata;

/// Most headings of each level that are looked at.
const MOST_HEADINGS: usize = 12;

/// What the walk finds.
#[derive(Debug, Default)]
struct Found<'t> {
    /// `meta` elements: name or property, content.
    metas: Vec<(&'t str, &'t str)>,
    title: Option<String>,
    headings: Vec<Heading>,
    story: Option<Story>,
    /// The line where the script of the story begins.
    story_line: u32,
    site: Option<String>,
    language: Option<&'t str>,
    canonical: Option<&'t str>,
    /// Of `time` elements, the first in the page and the first that is called the date of publication.
    time: Option<&'t str>,
    published: Option<&'t str>,
    authors: Vec<String>,
}

/// The data of a page.
pub(super) fn metadata(tree: &Tree) -> Metadata {
    let found = Found::of(tree);
    let story = found.story.clone().unwrap_or_default();
    let site = found.meta(&["og:site_name"]).or(found.site.clone()).or_else(|| found.meta(&["application-name"]));
    let og = found.meta(&["og:title", "twitter:title"]);
    let titles = Titles { story: story.headline.as_deref(), og: og.as_deref(), title: found.title.as_deref(), site: site.as_deref() };
    let (headline, cut) = headline::choose(&found.headings, titles);
    let named = if story.authors.is_empty() { found.named_authors() } else { story.authors };
    Metadata {
        headline,
        authors: if named.is_empty() { found.authors.clone() } else { named },
        date: story.date.filter(|d| is_date(d)).or_else(|| found.date()),
        site: site.or(cut),
        language: found.language.or(found.metas.iter().find(|(n, _)| *n == "content-language").map(|(_, v)| *v)).and_then(language),
        description: found.meta(&["og:description", "description", "twitter:description"]),
        url: found.canonical.map(str::to_owned).or_else(|| found.meta(&["og:url"])),
        body: story.body,
        body_line: found.story_line,
        kind: story.kind.or_else(|| found.meta(&["og:type"])),
        free: story.free,
    }
}

impl<'t> Found<'t> {
    fn of(tree: &'t Tree) -> Self {
        let mut found = Self::default();
        for (id, node) in tree.below(DOCUMENT) {
            match node.tag {
                Some(Tag::Html) => found.language = tree.attribute(node, "lang").or_else(|| tree.attribute(node, "xml:lang")),
                Some(Tag::Meta) => found.meta_element(tree, node),
                Some(Tag::Title) if found.title.is_none() => found.title = tidy(&tree.text_below(id)),
                Some(Tag::Link) if tree.attribute(node, "rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) => {
                    found.canonical = found.canonical.or(tree.attribute(node, "href").map(str::trim).filter(|h| !h.is_empty()));
                }
                Some(Tag::Script) => found.script(tree, id, node),
                Some(Tag::H1 | Tag::H2 | Tag::H3) if found.has_room(node) => found.headings.extend(headings::heading(tree, id)),
                Some(Tag::Time) => found.time = found.time.or(tree.attribute(node, "datetime").filter(|d| is_date(d))),
                _ => {}
            }
            if node.tag.is_some() {
                found.microdata(tree, id, node);
            }
        }
        found
    }

    /// Whether one more heading of this level is looked at.
    fn has_room(&self, heading: &Node) -> bool {
        let level = heading.tag.and_then(Tag::heading).unwrap_or(1);
        self.headings.iter().filter(|h| h.level == level).count() < MOST_HEADINGS
    }

    fn meta_element(&mut self, tree: &'t Tree, node: &'t Node) {
        let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|a| tree.attribute(node, a));
        if let (Some(name), Some(content)) = (name, tree.attribute(node, "content"))
            && !content.trim().is_empty()
        {
            self.metas.push((name.trim(), content.trim()));
        }
    }

    fn script(&mut self, tree: &'t Tree, id: Id, node: &'t Node) {
        let is_data = tree.attribute(node, "type").is_some_and(|kind| kind.contains("ld+json"));
        if is_data && self.story.as_ref().is_none_or(|s| s.headline.is_none()) {
            let (story, site) = jsonld::read(&tree.text_below(id));
            if story.as_ref().is_some_and(|s| s.body.is_some()) {
                self.story_line = tree.line_of(id);
            }
            self.site = self.site.take().or(site);
            self.story =
                self.story.take().or_else(|| story.clone()).map(|old| if old.headline.is_some() { old } else { story.unwrap_or(old) });
        }
    }

    /// Dates and authors that are called so where they stand in the text.
    fn microdata(&mut self, tree: &'t Tree, id: Id, node: &'t Node) {
        let itemprop = tree.attribute(node, "itemprop").unwrap_or_default();
        if itemprop == "datePublished" || node.tag == Some(Tag::Time) && tree.attribute(node, "pubdate").is_some() {
            let date = tree.attribute(node, "datetime").or_else(|| tree.attribute(node, "content"));
            self.published = self.published.or(date.filter(|d| is_date(d)));
        }
        let is_author =
            itemprop == "author" || tree.attribute(node, "rel").is_some_and(|rel| rel.split_ascii_whitespace().any(|r| r == "author"));
        if is_author && node.tag != Some(Tag::Link) && self.authors.len() < MOST_AUTHORS {
            let name = tree.below(id).find(|(_, n)| tree.attribute(n, "itemprop") == Some("name"));
            let text = name.and_then(|(id, n)| tree.attribute(n, "content").map(str::to_owned).or_else(|| tidy(&tree.text_below(id))));
            add_author(&mut self.authors, text.or_else(|| tidy(&tree.text_below(id))).as_deref().unwrap_or_default());
        }
    }

    /// The content of the first of these `meta` names that is there.
    fn meta(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            let found = self.metas.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
            found.and_then(|(_, content)| tidy(&jsonld::plain(content)))
        })
    }

    fn date(&self) -> Option<String> {
        const NAMES: [&str; 17] = [
            "article:published_time",
            "og:article:published_time",
            "article:published",
            "datePublished",
            "parsely-pub-date",
            "dc.date.issued",
            "dcterms.created",
            "dcterms.date",
            "dc.date",
            "citation_publication_date",
            "sailthru.date",
            "publish-date",
            "publication_date",
            "pubdate",
            "publishdate",
            "og:published_time",
            "date",
        ];
        let meta = NAMES.iter().find_map(|name| self.meta(&[name]).filter(|d| is_date(d)));
        meta.or_else(|| self.published.or(self.time).map(|d| d.trim().to_owned()))
    }

    /// The authors that `meta` elements name.
    fn named_authors(&self) -> Vec<String> {
        const NAMES: [&str; 9] = [
            "citation_author",
            "parsely-author",
            "sailthru.author",
            "author",
            "article:author",
            "dc.creator",
            "dcterms.creator",
            "byl",
            "og:author",
        ];
        for name in NAMES {
            let mut authors = Vec::new();
            for (_, content) in self.metas.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name)) {
                add_author(&mut authors, &jsonld::plain(content));
            }
            if !authors.is_empty() {
                return authors;
            }
        }
        Vec::new()
    }
}

/// Whether a text may be a date: four digits at least, and not long.
fn is_date(text: &str) -> bool {
    text.trim().len() <= 64 && text.bytes().filter(u8::is_ascii_digit).count() >= 4
}

/// A language tag in lower case, if it looks like one: `en`, `pt-br`.
fn language(tag: &str) -> Option<String> {
    let tag = tag.split(',').next().unwrap_or(tag).trim().replace('_', "-").to_ascii_lowercase();
    let primary = tag.split('-').next().unwrap_or_default();
    let fits = (2..=3).contains(&primary.len()) && tag.len() <= 16 && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (fits && primary.bytes().all(|b| b.is_ascii_lowercase())).then_some(tag)
}
