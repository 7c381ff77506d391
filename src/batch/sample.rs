//! Which pages of which site are learned from: counters of a fixed size, and the smallest hashes of each site.

use std::collections::{BTreeMap, HashMap};

use newsclean::measure::mix;
use newsclean::template::{LEAST_STORIES, key};

/// Counters of a row; a name is counted in two rows, so that of a million names one in five thousand is taken for a site that is none
/// (count-min sketch, Cormode and Muthukrishnan 2005).
const COUNTERS: usize = 1 << 24;
/// Most pages of a site that are learned from. More say the same again.
const MOST_PAGES: usize = 32;

/// How often names of sites were met, never less than that.
#[derive(Debug)]
pub(super) struct Counters([Vec<u8>; 2]);

impl Counters {
    /// None met.
    pub(super) fn new() -> Self {
        Self([vec![0; COUNTERS], vec![0; COUNTERS]])
    }

    /// Counts the names of a page.
    pub(super) fn add(&mut self, names: &[String]) {
        for key in names.iter().map(|name| key(name)) {
            for (row, slots) in (0..).zip(&mut self.0) {
                if let Some(slot) = slots.get_mut(slot(key, row)) {
                    *slot = slot.saturating_add(1);
                }
            }
        }
    }

    /// The first of `names` that enough pages have.
    pub(super) fn first<'n>(&self, names: &'n [String]) -> Option<&'n str> {
        let recurs = |name: &&String| {
            let key = key(name);
            (0..).zip(&self.0).all(|(row, slots)| slots.get(slot(key, row)).is_some_and(|n| usize::from(*n) >= LEAST_STORIES))
        };
        names.iter().find(recurs).map(String::as_str)
    }
}

fn slot(key: u64, row: u64) -> usize {
    (mix(key, row + 1) >> 40) as usize & (COUNTERS - 1)
}

/// Of each site the pages with the smallest hashes.
#[derive(Debug, Default)]
pub(super) struct Sample(HashMap<u64, (String, Vec<u64>)>);

/// Some sites whose samples are learned from at once.
#[derive(Debug, Default)]
pub(super) struct Round {
    /// The site of each page.
    pub(super) of: HashMap<u64, u64>,
    /// The name of each site.
    pub(super) names: BTreeMap<u64, String>,
}

impl Sample {
    /// Adds a page, if it is one of those.
    pub(super) fn add(&mut self, site: &str, print: u64) {
        let (name, prints) = self.0.entry(key(site)).or_insert_with(|| (site.to_owned(), Vec::new()));
        // Of several spellings, one that does not depend on the order.
        if site < name.as_str() {
            site.clone_into(name);
        }
        if let Err(at) = prints.binary_search(&print).map(drop)
            && at < MOST_PAGES
        {
            prints.insert(at, print);
            prints.truncate(MOST_PAGES);
        }
    }

    /// The sites with `least` pages or more, in rounds of about `size` pages.
    pub(super) fn rounds(self, size: usize, least: usize) -> Vec<Round> {
        let mut sites: Vec<(u64, (String, Vec<u64>))> = self.0.into_iter().filter(|(_, (_, prints))| prints.len() >= least).collect();
        sites.sort_unstable_by_key(|(key, _)| *key);
        let mut rounds = vec![Round::default()];
        for (key, (name, prints)) in sites {
            if rounds.last().is_some_and(|round| round.of.len() + prints.len() > size) {
                rounds.push(Round::default());
            }
            if let Some(round) = rounds.last_mut() {
                round.of.extend(prints.into_iter().map(|print| (print, key)));
                round.names.insert(key, name);
            }
        }
        rounds.retain(|round| !round.of.is_empty());
        rounds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_that_of_the_set() {
        let pages: Vec<(String, u64)> = (0..2000u64).map(|n| (format!("site {}", n % 50), mix(n, 7))).collect();
        let drawn = |pages: &mut dyn Iterator<Item = &(String, u64)>| {
            let mut sample = Sample::default();
            pages.for_each(|(name, print)| sample.add(name, *print));
            let rounds = sample.rounds(100, 3);
            rounds.into_iter().map(|r| (r.of.into_iter().collect::<BTreeMap<_, _>>(), r.names)).collect::<Vec<_>>()
        };
        let rounds = drawn(&mut pages.iter());
        assert_eq!(rounds, drawn(&mut pages.iter().rev()));
        assert_eq!(rounds.len(), 17);
        assert!(rounds.iter().all(|(of, names)| of.len() == names.len() * MOST_PAGES));
    }
}
