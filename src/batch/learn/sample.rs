//! Which pages of which site are learned from: those with the smallest hashes, of a note on each page.

use std::collections::BTreeMap;

use newsclean::measure::mix;
use newsclean::template::LEAST_STORIES;
use smallvec::SmallVec;

/// Counters of a row; a name is counted in two rows, so that of a million names one in five thousand is taken for a site that is none
/// (count-min sketch, Cormode and Muthukrishnan 2005).
const COUNTERS: usize = 1 << 24;
/// Most pages of a site that are learned from. More say the same again.
const MOST_PAGES: usize = 32;

/// How often names of sites were met, never less than that.
#[derive(Debug)]
pub(in crate::batch) struct Counters([Vec<u8>; 2]);

impl Counters {
    /// None met.
    fn new() -> Self {
        Self([vec![0; COUNTERS], vec![0; COUNTERS]])
    }

    /// Counts the names of a page, by their keys.
    fn add(&mut self, keys: &[u64]) {
        for key in keys {
            for (row, slots) in (0..).zip(&mut self.0) {
                if let Some(slot) = slots.get_mut(slot(*key, row)) {
                    *slot = slot.saturating_add(1);
                }
            }
        }
    }

    /// The first of the names with these keys that enough pages have: that of the site.
    pub(in crate::batch) fn first(&self, keys: &[u64]) -> Option<u64> {
        let recurs = |key: &&u64| {
            (0..).zip(&self.0).all(|(row, slots)| slots.get(slot(**key, row)).is_some_and(|n| usize::from(*n) >= LEAST_STORIES))
        };
        keys.iter().find(recurs).copied()
    }
}

fn slot(key: u64, row: u64) -> usize {
    (mix(key, row + 1) >> 40) as usize & (COUNTERS - 1)
}

/// What is noted of a page before its site is known.
#[derive(Debug, Clone)]
pub(super) struct Note {
    /// A number that tells it from others.
    pub(super) print: u64,
    /// A number for the file that it stands in, which few others have.
    pub(super) file: u32,
    /// The keys of what its site may be called, the most certain first.
    pub(super) keys: SmallVec<[u64; 4]>,
}

/// What is noted of all pages, in 40 bytes each: a page has three names at most.
#[derive(Debug)]
pub(super) struct Survey {
    counters: Counters,
    pages: Vec<(u64, u32, u32)>,
    keys: Vec<u64>,
}

/// Some sites whose samples are read one after another.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Round {
    /// The site of each page.
    pub(super) of: BTreeMap<u64, u64>,
    /// The files that they stand in, sorted.
    pub(super) files: Vec<u32>,
    /// How many pages each site has in them: more than prints if some are the same.
    pub(super) pages: BTreeMap<u64, usize>,
}

impl Survey {
    /// Of no page.
    pub(super) fn new() -> Self {
        Self { counters: Counters::new(), pages: Vec::new(), keys: Vec::new() }
    }

    /// Notes a page.
    pub(super) fn add(&mut self, Note { print, file, keys }: &Note) {
        self.counters.add(keys);
        self.pages.push((*print, *file, u32::try_from(keys.len()).unwrap_or(0)));
        self.keys.extend(keys);
    }

    /// The site, the hash and the file of each page that has a site.
    fn placed(&self) -> impl Iterator<Item = (u64, u64, u32)> {
        let mut rest = self.keys.as_slice();
        self.pages.iter().filter_map(move |(print, file, count)| {
            let (own, after) = rest.split_at_checked(*count as usize)?;
            rest = after;
            Some((self.counters.first(own)?, *print, *file))
        })
    }

    /// Of each site that has `least` pages or more those with the smallest hashes, in rounds of about `size` pages.
    pub(super) fn draw(self, size: usize, least: usize) -> (Counters, Vec<Round>) {
        let mut sites: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        for (site, print, _) in self.placed() {
            let prints = sites.entry(site).or_default();
            if let Err(at) = prints.binary_search(&print).map(drop)
                && at < MOST_PAGES
            {
                prints.insert(at, print);
                prints.truncate(MOST_PAGES);
            }
        }
        sites.retain(|_, prints| prints.len() >= least);
        let mut rounds: Vec<Round> = Vec::new();
        let mut at = BTreeMap::new();
        for (site, prints) in &sites {
            if rounds.last().is_none_or(|round| round.of.len() + prints.len() > size) {
                rounds.push(Round::default());
            }
            if let Some(round) = rounds.last_mut() {
                round.of.extend(prints.iter().map(|print| (*print, *site)));
            }
            at.insert(*site, rounds.len() - 1);
        }
        for (site, print, file) in self.placed() {
            if let Some(round) = at.get(&site).and_then(|at| rounds.get_mut(*at)).filter(|round| round.of.contains_key(&print)) {
                round.files.push(file);
                *round.pages.entry(site).or_default() += 1;
            }
        }
        for round in &mut rounds {
            round.files.sort_unstable();
            round.files.dedup();
        }
        (self.counters, rounds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_that_of_the_set() {
        // Of each page the name of its site and one that no other has; ten pages a file.
        let note = |n: u64| Note { print: mix(n, 7), file: (n / 10) as u32, keys: [mix(n, 9), n % 50].into_iter().collect() };
        let drawn = |pages: &mut dyn Iterator<Item = u64>| {
            let mut survey = Survey::new();
            pages.for_each(|n| survey.add(&note(n)));
            survey.draw(100, 3).1
        };
        let rounds = drawn(&mut (0..2000));
        assert_eq!(rounds, drawn(&mut (0..2000).rev()));
        assert_eq!(rounds.len(), 17);
        for round in &rounds {
            let mut sites: Vec<u64> = round.of.values().copied().collect();
            sites.sort_unstable();
            sites.dedup();
            assert_eq!(round.of.len(), sites.len() * MOST_PAGES);
            assert_eq!(round.pages, sites.into_iter().map(|site| (site, MOST_PAGES)).collect());
            let drawn = (0..2000).map(note).filter(|note| round.of.contains_key(&note.print));
            let files: std::collections::BTreeSet<u32> = drawn.map(|note| note.file).collect();
            assert_eq!(round.files, files.into_iter().collect::<Vec<_>>());
        }
    }
}
