//! A site and its templates.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::openings::Openings;
use super::pattern::Keys;
use crate::page::Block;

/// What many pages of a site share.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// How many stories it was learned from.
    pub stories: u32,
    /// The templates by the hash of their patterns.
    pub templates: BTreeMap<u64, Arc<Template>>,
    /// How those with slots begin.
    openings: Openings,
}

/// A line that stands on many pages of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The line, with slots in braces.
    pub line: String,
    /// In how many stories it was seen; none if somebody has added it, and means it.
    pub on: Option<u32>,
    /// Where it stands.
    pub spot: Spot,
    /// What stands below it, up to the next template.
    pub after: Option<Share>,
    /// What stands above it, from the template before.
    pub before: Option<Share>,
}

/// Where a template stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Spot {
    /// Above the article.
    Head,
    /// Below it.
    Tail,
    /// Here and there, also inside.
    #[default]
    Any,
}

/// Of the words beside a template that no rule names, how many of a hundred were article on the site's pages: from 1 to 99.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share(u8);

impl Share {
    /// A share in percent, if it is one.
    pub fn new(percent: i64) -> Option<Self> {
        u8::try_from(percent).ok().filter(|p| (1..=99).contains(p)).map(Self)
    }

    /// In percent.
    pub fn percent(self) -> u8 {
        self.0
    }

    /// As log-odds: above 0, rather article.
    pub fn odds(self) -> f32 {
        let share = f32::from(self.0) / 100.0;
        (share / (1.0 - share)).ln()
    }
}

impl Site {
    /// A site with these templates, by the hash of their patterns.
    pub fn new(stories: u32, templates: BTreeMap<u64, Arc<Template>>) -> Self {
        let slotted = templates.iter().filter(|(_, t)| t.line.contains('{'));
        let openings = Openings::of(slotted.map(|(key, template)| (*key, template.line.as_str())));
        Self { stories, templates, openings }
    }

    /// The lines without slots that stand on most of its pages, or that somebody has added.
    pub(super) fn frame(&self) -> impl Iterator<Item = u64> {
        let is_frame = |t: &Template| t.on.is_none_or(|on| on * 2 >= self.stories) && !t.line.contains('{');
        self.templates.iter().filter(move |(_, template)| is_frame(template)).map(|(key, _)| *key)
    }

    /// The template that the line of `block` is, if any.
    pub fn find(&self, block: &Block) -> Option<&Arc<Template>> {
        let exact = Keys::exact(&block.text, &block.shape).and_then(|key| self.templates.get(&key));
        let slotted = || Keys::of_block(block).all().find_map(|(_, key)| self.templates.get(&key));
        exact.or_else(|| if self.openings.admit(&block.shape) { slotted() } else { None })
    }
}
