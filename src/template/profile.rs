//! A profile: the templates of several sites, as a file that people read and edit.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use super::names::{Names, key};
use super::pattern::{Keys, parse};
use super::site::{Share, Site, Spot, Template};
use crate::error::Error;
use crate::notation::{Misread, Notation};
use crate::page::Page;

/// The version of the format.
const VERSION: i64 = 1;
/// Lines of a site's frame that a page must share with it if it does not name it: so many, and one of so many.
const LEAST_SHARED: usize = 3;
const SHARED_OF: usize = 3;

/// The key that tells a profile from other files, and what to say where it is missing.
const MARK: &str = "newsclean-templates";
const NO_PROFILE: &str = " (is it a profile? newsclean learn makes one)";

/// What a profile begins with.
const HEAD: &str = "\
# Lines that many pages of a site share. `newsclean --templates FILE` takes them out; edit them as you like.
#
# line:   the line as it is written, or with slots: {n} any number, {date}, {name}. Case and punctuation do not count.
# on:     in how many stories of the site it was seen. A line without `on` always goes; with it, the model must not be sure of the contrary.
# at:     head (above the article) or tail (below it); left out if it stands anywhere.
# after, before: of the text between this line and the next of these, below or above, how many percent were article.
";

/// The templates of several sites.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    sites: BTreeMap<String, Arc<Site>>,
    by_name: HashMap<u64, Arc<Site>>,
    /// The sites that have a line on most of their pages, for pages that do not say whose they are.
    by_line: HashMap<u64, Vec<Arc<Site>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProfile {
    #[serde(rename = "newsclean-templates")]
    version: Option<Spanned<i64>>,
    #[serde(default, rename = "site")]
    sites: Vec<Spanned<RawSite>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSite {
    name: String,
    #[serde(default)]
    stories: u32,
    #[serde(default)]
    lines: Vec<Spanned<RawTemplate>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTemplate {
    line: String,
    on: Option<u32>,
    #[serde(default)]
    at: RawSpot,
    after: Option<i64>,
    before: Option<i64>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
enum RawSpot {
    Head,
    Tail,
    #[default]
    Any,
}

impl FromIterator<(String, Site)> for Profile {
    fn from_iter<I: IntoIterator<Item = (String, Site)>>(sites: I) -> Self {
        let sites: BTreeMap<String, Arc<Site>> = sites.into_iter().map(|(name, site)| (name, Arc::new(site))).collect();
        let by_name = sites.iter().map(|(name, site)| (key(name), Arc::clone(site))).collect();
        let mut by_line: HashMap<u64, Vec<Arc<Site>>> = HashMap::new();
        for site in sites.values() {
            for key in site.frame() {
                by_line.entry(key).or_default().push(Arc::clone(site));
            }
        }
        Self { sites, by_name, by_line }
    }
}

impl Profile {
    /// Reads the profile that the file called `file` holds.
    ///
    /// # Errors
    /// [`Error::Misread`] names the file, the line and what is wrong.
    pub fn parse(file: &str, content: &str) -> Result<Self, Error> {
        let notation = Notation::new(file, content);
        let wrong = |at: usize, what: &str| Error::from(notation.wrong(at, what));
        // Whoever gives a page or a rule file should hear more than what a parser stumbled over.
        let hint = if content.contains(MARK) { "" } else { NO_PROFILE };
        let raw: RawProfile = notation.read().map_err(|why| Misread { what: format!("{}{hint}", why.what), ..why })?;
        match raw.version {
            Some(version) if *version.get_ref() == VERSION => {}
            Some(version) => {
                let what = format!("it is of version {}, and this newsclean reads version {VERSION}", version.get_ref());
                return Err(wrong(version.span().start, &what));
            }
            None => return Err(wrong(0, "is no profile: it does not begin with newsclean-templates = 1 (newsclean learn makes one)")),
        }
        let mut sites = BTreeMap::new();
        for raw in raw.sites {
            let at = raw.span().start;
            let raw = raw.into_inner();
            let site = site(raw.stories, raw.lines).map_err(|(span, what)| wrong(span.start, &what))?;
            if sites.insert(raw.name.clone(), site).is_some() {
                return Err(wrong(at, &format!("there are two sites called '{}'", raw.name)));
            }
        }
        Ok(sites.into_iter().collect())
    }

    /// The profile as a file. Read back, it is the same.
    pub fn write(&self) -> String {
        let mut out = format!("newsclean-templates = {VERSION}\n\n{HEAD}");
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        for (name, site) in &self.sites {
            // Writing to a string does not fail.
            let _ = write!(out, "\n[[site]]\nname = {}\nstories = {}\nlines = [\n", quoted(name), site.stories);
            let mut templates: Vec<&Arc<Template>> = site.templates.values().collect();
            templates.sort_by_key(|t| (std::cmp::Reverse(t.on.unwrap_or(u32::MAX)), &t.line));
            for template in templates {
                out.push_str(&entry(template, &quoted(&template.line)));
            }
            out.push_str("]\n");
        }
        out
    }

    /// How many sites it has.
    pub fn len(&self) -> usize {
        self.sites.len()
    }

    /// How many lines its sites have.
    pub fn lines(&self) -> usize {
        self.sites.values().map(|site| site.templates.len()).sum()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.sites.is_empty()
    }

    /// The site called `name`.
    pub fn named(&self, name: &str) -> Option<&Arc<Site>> {
        self.by_name.get(&key(name))
    }

    /// The site that `page` is of: the one that it names, or else the one with which it shares the most lines.
    pub fn site_of(&self, page: &Page) -> Option<&Arc<Site>> {
        Names::of(page).0.iter().find_map(|name| self.named(name)).or_else(|| self.most_like(page))
    }

    fn most_like(&self, page: &Page) -> Option<&Arc<Site>> {
        let mut keys: Vec<u64> = page.blocks.iter().filter_map(|b| Keys::exact(&b.text, &b.shape)).collect();
        keys.sort_unstable();
        keys.dedup();
        let mut shared: Vec<(&Arc<Site>, usize)> = Vec::new();
        for site in keys.iter().filter_map(|key| self.by_line.get(key)).flatten() {
            match shared.iter_mut().find(|(other, _)| Arc::ptr_eq(other, site)) {
                Some((_, count)) => *count += 1,
                None => shared.push((site, 1)),
            }
        }
        shared.retain(|(site, count)| *count >= LEAST_SHARED && count * SHARED_OF >= site.frame().count());
        let most = shared.iter().map(|(_, count)| *count).max()?;
        let mut best = shared.iter().filter(|(_, count)| *count == most);
        let (site, _) = best.next()?;
        // Two sites with the same furniture are two names for one, or the furniture of a publisher: neither is known.
        if best.next().is_some() { None } else { Some(site) }
    }
}

/// The line of a template in a profile, whose text is `quoted`.
fn entry(template: &Template, quoted: &str) -> String {
    let mut out = format!("  {{ line = {quoted}");
    let spot = match template.spot {
        Spot::Head => Some("head"),
        Spot::Tail => Some("tail"),
        Spot::Any => None,
    };
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = write!(out, ", {name} = {value}");
        }
    };
    add("on", template.on.map(|on| on.to_string()));
    add("at", spot.map(|spot| format!("\"{spot}\"")));
    add("after", template.after.map(|share| share.percent().to_string()));
    add("before", template.before.map(|share| share.percent().to_string()));
    out.push_str(" },\n");
    out
}

/// A site from its lines; else where and what is wrong.
fn site(stories: u32, lines: Vec<Spanned<RawTemplate>>) -> Result<Site, (Range<usize>, String)> {
    let mut templates = BTreeMap::new();
    for raw in lines {
        let span = raw.span();
        let RawTemplate { line, on, at, after, before } = raw.into_inner();
        let key = parse(&line).map_err(|what| (span.clone(), format!("the line '{line}': {what}")))?;
        let share = |name: &str, percent: Option<i64>| {
            let wrong = || (span.clone(), format!("'{name}' is a percentage from 1 to 99"));
            percent.map(|p| Share::new(p).ok_or_else(wrong)).transpose()
        };
        let spot = match at {
            RawSpot::Head => Spot::Head,
            RawSpot::Tail => Spot::Tail,
            RawSpot::Any => Spot::Any,
        };
        let template = Template { line, on, spot, after: share("after", after)?, before: share("before", before)? };
        templates.insert(key, Arc::new(template));
    }
    Ok(Site::new(stories, templates))
}
