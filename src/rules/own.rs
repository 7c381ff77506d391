//! The user's own rules: which of them are in force on a page, and what they say of a block.

use std::collections::{BTreeSet, HashMap};

use thin_vec::ThinVec;

use super::compile::table;
use super::pattern::Pattern;
use super::{Action, BUILTIN, Hit, Matcher, RuleFile, RuleSet, RuleSource, Scratch};
use crate::error::Error;
use crate::measure::Shape;
use crate::template::{Names, site_key};

/// Rules that a user has written, ready to be matched.
#[derive(Debug, Clone, Default)]
pub struct OwnRules {
    /// In the order in which they count: file by file, and of each file what stays before what goes.
    sets: Vec<Set>,
}

/// Rules of one file and one action.
#[derive(Debug, Clone)]
struct Set {
    action: Action,
    table: RuleSet,
    /// Which rules act on every site; empty if all do.
    everywhere: Vec<bool>,
    /// Which others act on a site.
    by_site: HashMap<u64, Vec<usize>>,
    patterns: Vec<(usize, Pattern)>,
}

/// What one of the user's own rules says of a block.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruling {
    /// Whether it goes or stays.
    pub action: Action,
    /// Which rule, and where it matched.
    pub hit: Hit,
}

/// The rules that are in force on the pages of one site.
#[derive(Debug, Clone)]
pub struct InForce<'r>(Vec<(&'r Set, Vec<bool>)>);

impl OwnRules {
    /// The rules of `files`, the file that counts most first: of two rules with one id, only that of the first file is in force.
    ///
    /// # Errors
    /// [`Error::Rules`] if a rule is of a form that only the built-in ones have, or there are far too many.
    pub fn new(files: &[RuleFile]) -> Result<Self, Error> {
        let tells = files.iter().flat_map(|file| file.rules.iter().map(move |rule| (file, rule))).find(|(_, rule)| rule.tells.is_some());
        if let Some((file, rule)) = tells {
            let RuleSource { line, id, .. } = rule;
            return Err(Error::Rules(format!("{}:{line}: rule '{id}': 'tells' is for the built-in rules on whole pages", file.name)));
        }
        Self::of(files)
    }

    /// The rules of `files`, of whatever form.
    pub(super) fn of(files: &[RuleFile]) -> Result<Self, Error> {
        let mut seen = BTreeSet::new();
        let mut sets = Vec::new();
        for file in files {
            let fresh: Vec<&RuleSource> = file.rules.iter().filter(|rule| seen.insert(rule.id.as_str())).collect();
            for action in [Action::Keep, Action::Drop] {
                let rules: Vec<&RuleSource> = fresh.iter().copied().filter(|rule| rule.action == action).collect();
                if !rules.is_empty() {
                    sets.push(Set::of(action, &rules)?);
                }
            }
        }
        Ok(Self { sets })
    }

    /// How many rules there are.
    pub fn len(&self) -> usize {
        self.sets.iter().map(|set| set.table.len()).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }

    /// Whether some act only on the pages of some sites.
    pub fn ask_for_sites(&self) -> bool {
        self.sets.iter().any(|set| !set.everywhere.is_empty())
    }

    /// Those in force on a page with these names for its site.
    pub fn on(&self, names: &Names) -> InForce<'_> {
        let keys: Vec<u64> = if self.ask_for_sites() { names.keys().collect() } else { Vec::new() };
        InForce(self.sets.iter().map(|set| (set, set.on(&keys))).collect())
    }

    /// All, as if the page were of every site.
    pub(super) fn anywhere(&self) -> InForce<'_> {
        InForce(self.sets.iter().map(|set| (set, Vec::new())).collect())
    }
}

impl Set {
    fn of(action: Action, rules: &[&RuleSource]) -> Result<Self, Error> {
        let mut by_site: HashMap<u64, Vec<usize>> = HashMap::new();
        let mut patterns = Vec::new();
        for (index, rule) in rules.iter().enumerate() {
            for site in &rule.sites {
                by_site.entry(site_key(site)).or_default().push(index);
            }
            if let Some(pattern) = &rule.pattern {
                let pattern = Pattern::new(pattern, rule.place).map_err(|why| Error::Rules(format!("rule '{}': {why}", rule.id)))?;
                patterns.push((index, pattern));
            }
        }
        let everywhere = if by_site.is_empty() { Vec::new() } else { rules.iter().map(|rule| rule.sites.is_empty()).collect() };
        Ok(Self { action, table: table(rules, None)?, everywhere, by_site, patterns })
    }

    /// Which rules are in force on the sites with these keys; empty if all are.
    fn on(&self, keys: &[u64]) -> Vec<bool> {
        let mut out = self.everywhere.clone();
        for index in keys.iter().filter_map(|key| self.by_site.get(key)).flatten() {
            if let Some(slot) = out.get_mut(*index) {
                *slot = true;
            }
        }
        out
    }

    /// The patterns that match.
    fn matches(&self, text: &str, shape: &Shape, only: &[bool], scratch: &Scratch, hits: &mut ThinVec<Hit>) {
        let matcher = Matcher::new(&self.table, &BUILTIN);
        for (index, pattern) in self.patterns.iter().filter(|(index, _)| only.get(*index) != Some(&false)) {
            if let Some(hit) = matcher.by_pattern(*index, shape, scratch)
                && pattern.is_match(text)
            {
                hits.push(hit);
            }
        }
    }
}

/// Longest text, in bytes, that is held against patterns: what is longer is no line of furniture, but a wall of text.
const LONGEST: usize = 1 << 16;

impl InForce<'_> {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Most words of a block that any of them matches.
    pub fn max_words(&self) -> u32 {
        self.0.iter().map(|(set, _)| set.table.max_words()).max().unwrap_or(0)
    }

    /// What they say of the block `text` with tokens `scratch.tokens` and measures `shape`, in the order in which they count.
    pub fn rulings(&self, text: &str, shape: &Shape, scratch: &mut Scratch) -> Vec<Ruling> {
        let mut out = Vec::new();
        for (set, only) in &self.0 {
            let mut hits = Matcher::new(&set.table, &BUILTIN).only(only).of_tokens(text, shape, scratch);
            if text.len() <= LONGEST {
                set.matches(text, shape, only, scratch, &mut hits);
            }
            out.extend(hits.into_iter().map(|hit| Ruling { action: set.action, hit }));
        }
        out
    }
}
