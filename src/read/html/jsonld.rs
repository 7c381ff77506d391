//! JSON-LD: the story that a page describes, found in whatever shape it comes.

use serde_json::Value;

use super::parse;
use super::tag::Tag;
use super::value::{add_author, tidy};

/// Objects of one script that are looked at.
const MOST_OBJECTS: usize = 4_000;

/// What JSON-LD says of a story.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Story {
    pub(super) kind: Option<String>,
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) date: Option<String>,
    pub(super) body: Option<String>,
    pub(super) free: Option<bool>,
}

/// The story that a script describes, and the name of the site.
pub(super) fn read(script: &str) -> (Option<Story>, Option<String>) {
    let values = values(script);
    let objects = objects(&values);
    let story = objects.iter().filter(|o| rank(o) > 0).max_by_key(|o| (o.get("headline").is_some(), rank(o)));
    let site = story.and_then(|s| s.get("publisher")).and_then(|p| name_of(p, &objects));
    let site = site.or_else(|| objects.iter().find(|o| has_type(o, |t| t == "WebSite")).and_then(|o| text(o, "name")));
    let kind = page_kind(&objects);
    let mut story = story.map(|s| story_of(s, &objects));
    if let Some(kind) = kind.filter(|k| *k == LIVE || story.is_none()) {
        story.get_or_insert_default().kind = Some(kind.to_owned());
    }
    (story, site)
}

/// The type of pages that are written while things happen. Some call the same page an article too.
const LIVE: &str = "LiveBlogPosting";

/// What the page is, where that is more than an article, or something else.
fn page_kind(objects: &[&Value]) -> Option<&'static str> {
    let kinds = [LIVE, "QAPage", "ImageGallery", "MediaGallery", "CollectionPage", "SearchResultsPage"];
    kinds.into_iter().find(|kind| objects.iter().any(|o| has_type(o, |t| t == *kind)))
}

fn story_of(story: &Value, objects: &[&Value]) -> Story {
    let mut authors = Vec::new();
    if let Some(named) = story.get("author").or_else(|| story.get("creator")) {
        for author in named.as_array().map_or(std::slice::from_ref(named), Vec::as_slice) {
            add_author(&mut authors, &name_of(author, objects).unwrap_or_default());
        }
    }
    Story {
        kind: types(story).next().map(str::to_owned),
        headline: text(story, "headline").or_else(|| text(story, "name")),
        authors,
        date: text(story, "datePublished").or_else(|| text(story, "dateCreated")),
        body: story.get("articleBody").and_then(Value::as_str).map(paragraphs).filter(|b| !b.trim().is_empty()),
        free: story.get("isAccessibleForFree").and_then(|free| match free {
            Value::Bool(free) => Some(*free),
            Value::String(word) => word.to_ascii_lowercase().parse().ok(),
            _ => None,
        }),
    }
}

/// How much an object is the story of the page: 0 if it is none.
fn rank(object: &Value) -> u8 {
    types(object)
        .map(|t| match t {
            "NewsArticle" | "ReportageNewsArticle" | "AnalysisNewsArticle" | "OpinionNewsArticle" | "BackgroundNewsArticle" => 5,
            "ReviewNewsArticle" | "AskPublicNewsArticle" | "LiveBlogPosting" | "BlogPosting" => 4,
            "Article" | "Report" | "TechArticle" | "ScholarlyArticle" | "SatiricalArticle" | "AdvertiserContentArticle" => 3,
            "SocialMediaPosting" | "DiscussionForumPosting" | "Review" | "CreativeWork" => 1,
            _ => 0,
        })
        .max()
        .unwrap_or(0)
}

fn types(object: &Value) -> impl Iterator<Item = &str> {
    let kind = object.get("@type");
    let many = kind.into_iter().flat_map(|k| k.as_array().map_or(std::slice::from_ref(k), Vec::as_slice));
    many.filter_map(Value::as_str).map(|t| t.rsplit(['/', ':']).next().unwrap_or(t))
}

fn has_type(object: &Value, is: impl Fn(&str) -> bool) -> bool {
    types(object).any(is)
}

/// The name of a person or an organisation: a text, an object, or a reference to one.
fn name_of(value: &Value, objects: &[&Value]) -> Option<String> {
    match value {
        Value::String(name) => tidy(&plain(name)),
        Value::Array(all) => all.iter().find_map(|v| v.as_str().and_then(|n| tidy(&plain(n))).or_else(|| text(v, "name"))),
        _ => text(value, "name").or_else(|| {
            let id = value.get("@id")?;
            objects.iter().filter(|o| o.get("@id") == Some(id)).find_map(|o| text(o, "name"))
        }),
    }
}

fn text(object: &Value, key: &str) -> Option<String> {
    let value = object.get(key)?;
    let first = value.as_array().and_then(|all| all.first()).unwrap_or(value);
    tidy(&plain(first.as_str()?))
}

/// Every object in the values, nearest to the top first.
fn objects(values: &[Value]) -> Vec<&Value> {
    let mut out: Vec<&Value> = Vec::new();
    let mut queue: std::collections::VecDeque<&Value> = values.iter().collect();
    while let Some(value) = queue.pop_front() {
        match value {
            Value::Array(all) => queue.extend(all),
            Value::Object(fields) if out.len() < MOST_OBJECTS => {
                out.push(value);
                queue.extend(fields.values().filter(|v| v.is_object() || v.is_array()));
            }
            _ => {}
        }
    }
    // The story of the page comes before those it points to; of equals the first must win, and `max_by_key` takes the last.
    out.reverse();
    out
}

/// The JSON values of a script; what is broken is mended where that is plain, and left out else.
fn values(script: &str) -> Vec<Value> {
    let script = script.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let read = |text: &str| -> (Vec<Value>, bool) {
        let mut out = Vec::new();
        for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
            match value {
                Ok(value) => out.push(value),
                // What stands behind a whole value (`;`, `-->`) does no harm.
                Err(_) => return (out, false),
            }
        }
        (out, true)
    };
    let (found, _) = read(script);
    if found.is_empty() { read(&mended(script)).0 } else { found }
}

/// JSON with the faults mended that pages have most: line ends and tabs inside strings, commas before a closing bracket, backslashes
/// that escape nothing.
fn mended(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut in_string = false;
    let mut chars = script.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => in_string = !in_string,
            '\\' if in_string => {
                let next = chars.peek().copied();
                if next.is_some_and(|n| matches!(n, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) {
                    out.push(c);
                    out.extend(chars.next());
                }
                continue;
            }
            c if c.is_control() => {
                out.push(' ');
                continue;
            }
            '}' | ']' if !in_string => {
                let bare = out.trim_end().len();
                if out.get(..bare).is_some_and(|o| o.ends_with(',')) {
                    out.truncate(bare - 1);
                }
            }
            _ => {}
        }
        out.push(c);
    }
    out
}

/// A text in which entities and tags may stand, as plain text.
pub(super) fn plain(text: &str) -> String {
    if !text.contains(['&', '<']) || !text.contains([';', '>']) {
        return text.to_owned();
    }
    let tree = parse::parse(text);
    tree.text_below(super::dom::DOCUMENT)
}

/// The same of a text of several paragraphs: a line for each element that stands on its own.
fn paragraphs(text: &str) -> String {
    if !text.contains('<') {
        return plain(text);
    }
    let tree = parse::parse(text);
    let line = |node: &super::dom::Node| node.tag.is_some_and(|tag| tag == Tag::Br || tag.is_block());
    tree.below(super::dom::DOCUMENT).map(|(_, node)| if line(node) { "\n" } else { tree.text_of(node) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn graphs_references_and_entities() {
        let (story, site) = read(
            r##"{"@graph": [{"@type": "WebSite", "name": "Daily"}, {"@type": ["Article", "NewsArticle"], "headline": "Fish &amp; chips",
             "author": [{"@id": "#p1"}, "By Ann Lee"], "datePublished": "2024-05-01", "isAccessibleForFree": "False",
             "publisher": {"@type": "Organization", "name": "The Daily"}}, {"@id": "#p1", "@type": "Person", "name": "Bo Ek"}]}"##,
        );
        let story = story.unwrap();
        assert_eq!(story.headline.as_deref(), Some("Fish & chips"));
        assert_eq!(story.authors, ["Bo Ek", "Ann Lee"]);
        assert_eq!((story.date.as_deref(), story.free), (Some("2024-05-01"), Some(false)));
        assert_eq!(site.as_deref(), Some("The Daily"));
    }

    #[test]
    fn broken_json() {
        for script in [
            "{\"@type\": \"NewsArticle\", \"headline\": \"Two\nlines\", }",
            "<!-- [{\"@type\": \"NewsArticle\", \"headline\": \"Two lines\"}]; -->",
            "{\"@type\": \"NewsArticle\", \"headline\": \"Two\\ lines\",}",
            "{\"@type\":\"WebPage\"}{\"@type\": \"BlogPosting\", \"headline\": \"Two lines\"}",
        ] {
            assert_eq!(read(script).0.and_then(|s| s.headline).as_deref(), Some("Two lines"), "{script}");
        }
        assert_eq!(read(&"[".repeat(100_000)), (None, None));
        assert_eq!(read("{\"a\": \"\\"), (None, None));
        assert_eq!(read(""), (None, None));
    }
}
