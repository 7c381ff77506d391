//! The sites of the pages of a run: whose templates a page is cleaned with.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use newsclean::rules::OwnRules;
use newsclean::template::{self, Names, Profile, Site};
use newsclean::{Settings, Templates};

use super::learn::Counters;
use super::walk::Source;

/// Which templates a run uses.
#[derive(Debug, Clone)]
pub(crate) enum Use {
    /// Those of its own pages, if it is over folders.
    Auto,
    /// None.
    Off,
    /// Those of a profile.
    Profile(Arc<Profile>),
}

/// The templates of a run.
#[derive(Debug)]
pub(super) enum Sites {
    /// There are none.
    None,
    /// Of whatever site in the profile a page is.
    Profile(Arc<Profile>),
    /// Of the sites of the inputs.
    Learned(Learned),
}

/// The sites of the inputs of a run.
#[derive(Debug)]
pub(super) struct Learned {
    pub(super) counters: Counters,
    /// The name and the templates of each, by the key of the name.
    pub(super) sites: HashMap<u64, (String, Arc<Site>)>,
}

impl Sites {
    /// The settings for a page that begins with `head`, of the site `told` if a record says so, or in `file`.
    pub(super) fn settings<'s>(
        &self,
        settings: &'s Settings,
        told: Option<String>,
        file: Option<&Source>,
        head: &[u8],
    ) -> Cow<'s, Settings> {
        let site = own_sites(settings, told.as_deref(), file);
        let templates = match self {
            Self::None if site.is_empty() => return Cow::Borrowed(settings),
            Self::None => Templates::Off,
            Self::Profile(profile) => match told.and_then(|name| profile.named(&name)) {
                Some(site) => Templates::Of(Arc::clone(site)),
                None => Templates::Among(Arc::clone(profile)),
            },
            Self::Learned(learned) => match learned.site(&all_names(told, template::names(head, settings), file)) {
                Some(site) => Templates::Of(site),
                None => Templates::Off,
            },
        };
        Cow::Owned(Settings { templates, site, ..settings.clone() })
    }
}

/// What somebody else than the page calls its site, if own rules ask for it: its record, and the folder of its file.
pub(super) fn own_sites(settings: &Settings, told: Option<&str>, file: Option<&Source>) -> Vec<String> {
    if !settings.rules.as_deref().is_some_and(OwnRules::ask_for_sites) {
        return Vec::new();
    }
    let folder = file.and_then(|source| Some(source.path().parent()?.file_name()?.to_string_lossy().into_owned()));
    told.map(str::to_owned).into_iter().chain(folder).collect()
}

/// All names for the site of a page: what its record says, what it says itself, and for a file the folder.
pub(super) fn all_names(told: Option<String>, names: Names, file: Option<&Source>) -> Vec<String> {
    told.into_iter().chain(names.0).chain(file.map(Source::folder)).collect()
}

impl Learned {
    fn site(&self, names: &[String]) -> Option<Arc<Site>> {
        let keys: Vec<u64> = names.iter().map(|name| template::key(name)).collect();
        self.sites.get(&self.counters.first(&keys)?).map(|(_, site)| Arc::clone(site))
    }

    /// The sites as a profile.
    pub(super) fn into_profile(self) -> Profile {
        self.sites.into_values().map(|(name, site)| (name, Arc::unwrap_or_clone(site))).collect()
    }
}
