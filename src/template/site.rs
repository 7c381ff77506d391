//! A site and its templates.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::pattern::Keys;

/// What many pages of a site share.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Site {
    /// How many stories it was learned from.
    pub stories: u32,
    /// The templates by the hash of their patterns.
    pub templates: BTreeMap<u64, Arc<Template>>,
}

/// A line that stands on many pages of a site.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// The line, with slots in braces.
    pub line: String,
    /// In how many stories it was seen.
    pub on: u32,
    /// Where it stands.
    pub spot: Spot,
    /// Of the words up to the next template that the model judged, the share that stayed, as log-odds: below and above.
    pub after: f32,
    /// See above.
    pub before: f32,
    /// On which side of it nothing of an article stands, if that is known.
    pub edge: Option<Edge>,
}

/// Where a template stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// Above the article.
    Head,
    /// Below it.
    Tail,
    /// Here and there, also inside.
    Any,
}

/// The side of a template on which nothing of an article stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// Articles begin below it.
    Above,
    /// Articles end above it.
    Below,
}

impl Site {
    /// The template that the line `text` is, if any.
    pub fn find(&self, text: &str) -> Option<&Arc<Template>> {
        Keys::of(text).all().find_map(|(_, key)| self.templates.get(&key))
    }
}
