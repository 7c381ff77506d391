//! What a run may be told: the settings of a cleaning, and every threshold with its unit and source.

use std::sync::Arc;

use crate::page::{Kinds, Page};
use crate::rules::{InForce, OwnRules};
use crate::template::{Names, Profile, Site};

/// What a page is written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Source {
    /// Told by looking, page by page.
    #[default]
    Auto,
    /// Plain text.
    Text,
    /// HTML.
    Html,
}

/// Which site templates are used.
#[derive(Debug, Clone, Default)]
pub enum Templates {
    /// None.
    #[default]
    Off,
    /// Those of the site that the page is of.
    Of(Arc<Site>),
    /// Those of the site that the page names or shows to be of.
    Among(Arc<Profile>),
}

/// How pages are cleaned.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Kinds of noise that stay in.
    pub keep: Kinds,
    /// Whether the headline is printed.
    pub headline: bool,
    /// The user's own rules, which come before the built-in ones.
    pub rules: Option<Arc<OwnRules>>,
    /// What somebody else than the page calls its site, for own rules of some sites: its record, or its folder.
    pub site: Vec<String>,
    /// The templates of the sites that the pages are of.
    pub templates: Templates,
    /// What the pages are written in.
    pub source: Source,
}

impl Default for Settings {
    fn default() -> Self {
        Self { keep: Kinds::default(), headline: true, rules: None, site: Vec::new(), templates: Templates::Off, source: Source::Auto }
    }
}

impl Settings {
    /// The user's own rules that are in force on `page`.
    pub(crate) fn own_rules_on(&self, page: &Page) -> Option<InForce<'_>> {
        let rules = self.rules.as_deref().filter(|rules| !rules.is_empty())?;
        let mut names = Names(self.site.clone());
        if rules.ask_for_sites() {
            names.0.extend(Names::of(page).0);
        }
        Some(rules.on(&names))
    }
}
