//! What a page calls its site: its address, or else a name.

use crate::measure::{mix, tokenize};
use crate::page::Page;
use crate::passes::title_parts;
use crate::read;
use crate::settings::Settings;

/// Characters of a title line, and words of a site's name.
const LONGEST_TITLE: usize = 400;
const NAME_WORDS: usize = 6;
/// Bytes of a page in which it says whose it is: heads of HTML pages have grown long.
pub const HEAD_BYTES: usize = 1 << 17;
/// Subdomains under which a site shows its pages again.
const SAME_SITE: [&str; 5] = ["www.", "m.", "amp.", "mobile.", "edition."];

/// The names that a page may have for its site, the most certain first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(pub Vec<String>);

/// What a page of these bytes calls its site; the first [`HEAD_BYTES`] are enough.
pub fn names(bytes: &[u8], settings: &Settings) -> Names {
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    read::decode(head).map(|text| Names::of(&read::head(&text, settings))).unwrap_or_default()
}

/// The host of an address, without what stands before a site's own name; none if it is no address.
pub fn host(url: &str) -> Option<String> {
    let url = url.trim();
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.trim_start_matches('/').split(['/', ':', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.trim_end_matches('.').to_lowercase();
    let host = SAME_SITE.iter().find_map(|sub| host.strip_prefix(sub).filter(|h| h.contains('.'))).unwrap_or(&host);
    let fits = host.contains('.') && !host.contains("..") && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    fits.then(|| host.to_owned())
}

/// One number for all ways to write a name.
pub fn key(name: &str) -> u64 {
    tokenize(name).iter().fold(3, |hash, token| mix(hash, token.exact))
}

/// The [`key`] of a site that somebody names by its name, its host or an address on it.
pub fn site_key(site: &str) -> u64 {
    host(site).map_or_else(|| key(site), |host| key(&host))
}

impl Names {
    /// The keys of the names, and of the hosts above a host: `sport.harrow.example` is of `harrow.example` too.
    pub fn keys(&self) -> impl Iterator<Item = u64> {
        self.0.iter().flat_map(|name| {
            let above = host(name).unwrap_or_default();
            let above = above.match_indices('.').filter_map(|(dot, _)| above.get(dot + 1..)).filter(|h| h.contains('.')).map(key);
            std::iter::once(site_key(name)).chain(above.collect::<Vec<_>>())
        })
    }

    /// What the page calls its site.
    pub fn of(page: &Page) -> Self {
        let mut names = Vec::new();
        if let Some(data) = page.markup.as_deref().map(|m| &m.data) {
            names.extend(data.url.as_deref().and_then(host));
            names.extend(data.site.clone());
        } else if let Some(first) = page.blocks.first() {
            names.extend(ends_of(&first.text));
        }
        names.retain(|name| !tokenize(name).is_empty());
        Self(names)
    }
}

/// The last and the first part of a title that is glued together: one of them may be the site's name.
fn ends_of(title: &str) -> Vec<String> {
    if title.len() > LONGEST_TITLE {
        return Vec::new();
    }
    let parts = title_parts(title);
    let ends = [parts.iter().max_by_key(|p| (p.end, p.start)), parts.iter().min_by_key(|p| (p.start, p.end))];
    let texts = ends.into_iter().flatten().filter_map(|part| title.get(part.clone()));
    let names = texts.map(|t| t.trim().trim_start_matches(['#', '*', ' ']).to_owned());
    names.filter(|n| n.len() < title.trim().len() && (1..=NAME_WORDS).contains(&tokenize(n).len())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        for (url, expected) in [
            ("https://www.Example.org/a?b", Some("example.org")),
            ("http://m.example.org:8080", Some("example.org")),
            ("//user@news.example.org/x", Some("news.example.org")),
            ("example.org", Some("example.org")),
            ("www.org", Some("www.org")),
            ("/local/path", None),
            ("Example", None),
            ("", None),
        ] {
            assert_eq!(host(url).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn names_of_pages() {
        let settings = Settings::default();
        let of = |page: &str| names(page.as_bytes(), &settings).0;
        assert_eq!(of("Bridge wins backing - The Harrow Courier\n\nThe bridge …"), ["The Harrow Courier", "Bridge wins backing"]);
        assert_eq!(of("Bridge wins backing\n\nThe bridge …"), [""; 0]);
        let html =
            "<html><head><link rel=canonical href='https://www.harrow.example/a'><meta property=og:site_name content='Harrow'></head>";
        assert_eq!(of(html), ["harrow.example", "Harrow"]);
    }
}
