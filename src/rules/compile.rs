//! Rules to table: the maintainer's step, and what is done with own rules at run time.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::alternatives::Phrases;
use super::source::{RuleFile, RuleSource, phrase_path};
use super::table::{
    ALONE, BEGINS, FILTER, HAS_CHILDREN, HAS_WILD, HEADER, MAGIC, OCCUPIED, PAIRS, PAYLOAD, Part, ROOTS, Root, RuleSet, WILD, child_bit,
    filter_bits, pair_bit, path_bit, path_bytes, slot_of, tag_of,
};
use super::{Action, Where, WordClass};
use crate::error::Error;
use crate::measure::{mix, opening_of};
use crate::page::Kind;
use crate::sum;

#[derive(Default)]
struct Node {
    flags: u32,
    entries: BTreeSet<u32>,
}

#[derive(Default)]
struct Trie {
    nodes: BTreeMap<u64, Node>,
    /// Words that begin a phrase of a root, and how.
    firsts: BTreeMap<(u8, u64), u8>,
    /// The paths of two words that begin a longer phrase or are one.
    pairs: BTreeSet<(u8, u64)>,
    /// The roots with a phrase that begins with any word, a bit each.
    wild: u32,
}

impl Trie {
    fn add(&mut self, root: Root, path: impl Iterator<Item = u64>, entry: u32) {
        let mut state = root.state();
        let mut last = None;
        let path: Vec<u64> = path.collect();
        let (word, how) = match path.as_slice() {
            [WILD, second, ..] => {
                self.wild |= 1 << root as u32;
                (mix(WILD, *second), BEGINS)
            }
            [first] | [first, WILD, ..] => (*first, BEGINS | ALONE),
            [first, ..] => (*first, BEGINS),
            [] => return,
        };
        *self.firsts.entry((root as u8, word)).or_default() |= how;
        if let [first, second, ..] = path.as_slice() {
            self.pairs.insert((root as u8, mix(mix(state, *first), *second)));
        }
        for word in path {
            if let Some(node) = last.and_then(|s| self.nodes.get_mut(&s)) {
                node.flags |= HAS_CHILDREN | if word == WILD { HAS_WILD } else { child_bit(word) };
            }
            state = mix(state, word);
            self.nodes.entry(state).or_default();
            last = Some(state);
        }
        if let Some(node) = last.and_then(|s| self.nodes.get_mut(&s)) {
            node.entries.insert(entry);
        }
    }
}

/// Compiles the built-in rule files and the lexicon (TOML, see `lexicon.toml`).
///
/// # Errors
/// [`Error::Rules`] if two rules share an id, one is of a form for own rules only, or the lexicon names an unknown class.
pub fn compile(files: &[RuleFile], lexicon: Option<&str>) -> Result<RuleSet, Error> {
    let rules: Vec<&RuleSource> = files.iter().flat_map(|file| &file.rules).collect();
    let mut seen = BTreeSet::new();
    for rule in &rules {
        if !seen.insert(rule.id.as_str()) {
            return Err(Error::Rules(format!("two rules are called '{}'", rule.id)));
        }
        // Sites change their wording, patterns have to be compiled in every run, and what must stay is the model's business.
        if rule.action == Action::Keep || rule.pattern.is_some() || !rule.sites.is_empty() {
            return Err(Error::Rules(format!("rule '{}': 'action', 'pattern' and 'sites' are for own rules", rule.id)));
        }
    }
    table(&rules, lexicon)
}

/// The table of `rules`, whose numbers are their places in the list.
pub(super) fn table(rules: &[&RuleSource], lexicon: Option<&str>) -> Result<RuleSet, Error> {
    let mut trie = Trie::default();
    let mut bytes = Vec::new();
    let mut ids = String::new();
    for (index, rule) in (0u32..).zip(rules) {
        bytes.extend_from_slice(&[
            // A rule that keeps names no noise.
            rule.kind.unwrap_or(Kind::Boilerplate) as u8,
            rule.place as u8,
            rule.say as u8,
            rule.rest as u8,
            rule.at as u8,
            rule.opens.map_or(u8::MAX, |o| o as u8),
            u8::from(!rule.with.is_empty()) | u8::from(!rule.unless.is_empty()) << 1,
            rule.tells.map_or(0, |t| t as u8 + 1),
        ]);
        bytes.extend_from_slice(&rule.min_words.unwrap_or(0).to_le_bytes());
        bytes.extend_from_slice(&rule.max_words.unwrap_or(WHOLE_WORDS).to_le_bytes());
        let id_at = u32::try_from(ids.len()).unwrap_or(0) | u32::try_from(rule.id.len()).unwrap_or(0) << 24;
        bytes.extend_from_slice(&id_at.to_le_bytes());
        ids.push_str(&rule.id);
        add_rule(&mut trie, rule, index);
    }
    if let Some(lexicon) = lexicon {
        add_lexicon(&mut trie, lexicon)?;
    }
    RuleSet::from_bytes(Cow::Owned(lay_out(&trie, &bytes, &ids)?))
}

/// Most words of a block made of whole phrases, where a rule names no limit.
const WHOLE_WORDS: u16 = 40;

fn add_rule(trie: &mut Trie, rule: &RuleSource, index: u32) {
    let root = match rule.place {
        Where::Whole | Where::Start => Root::Head,
        Where::End => Root::Tail,
        Where::Anywhere => Root::Body,
    };
    let none = Phrases::new();
    let tail = if rule.tail { &rule.any } else { &none };
    let parts = [
        (&rule.any, root, Part::Any),
        (&rule.with, Root::Condition, Part::With),
        (&rule.unless, Root::Condition, Part::Unless),
        (tail, Root::Body, Part::Tail),
    ];
    for (phrases, root, part) in parts {
        for path in phrases.values().flatten().map(|phrase| phrase_path(phrase)) {
            let entry = index << 2 | part as u32;
            if root == Root::Tail { trie.add(root, path.into_iter().rev(), entry) } else { trie.add(root, path.into_iter(), entry) }
        }
    }
}

fn add_lexicon(trie: &mut Trie, lexicon: &str) -> Result<(), Error> {
    let tables: BTreeMap<String, BTreeMap<String, toml::Value>> =
        toml::from_str(lexicon).map_err(|e| Error::Rules(format!("lexicon.toml: {e}")))?;
    for (name, languages) in tables {
        let class = WordClass::ALL
            .iter()
            .find(|c| c.name() == name)
            .ok_or_else(|| Error::Rules(format!("lexicon.toml: no class is called '{name}'")))?;
        for phrase in languages.values().filter_map(toml::Value::as_array).flatten().filter_map(toml::Value::as_str) {
            let path = phrase_path(phrase);
            // By its first word is told whether a text may begin with a phrase of the lexicon.
            if path.first() == Some(&WILD) {
                return Err(Error::Rules(format!("lexicon.toml: '{phrase}' begins with any word")));
            }
            trie.add(Root::Class, path.into_iter(), *class as u32);
        }
    }
    Ok(())
}

fn lay_out(trie: &Trie, rules: &[u8], ids: &str) -> Result<Vec<u8>, Error> {
    // A miss reads on to the next free slot, but most are seen by the filter of paths.
    let slots = (trie.nodes.len() * 5 / 4).max(1);
    let mut paths = vec![0u8; path_bytes(slots as u64).try_into().unwrap_or(0)];
    let mut table = vec![(0u32, 0u32); slots];
    let mut payload: Vec<u32> = vec![0];
    // Nearly every phrase ends with the entry of its rule alone, so that all of a rule share one list.
    let mut lists: BTreeMap<&BTreeSet<u32>, usize> = BTreeMap::new();
    for (state, node) in &trie.nodes {
        let mut value = OCCUPIED | node.flags;
        if !node.entries.is_empty() {
            let at = *lists.entry(&node.entries).or_insert_with(|| {
                payload.push(size(node.entries.len()));
                payload.extend(&node.entries);
                payload.len() - 1 - node.entries.len()
            });
            value |= u32::try_from(at).unwrap_or(0) & PAYLOAD;
        }
        let free = (0..slots).map(|i| (slot_of(*state, slots) + i) % slots).find(|&s| table.get(s).is_some_and(|e| e.1 == 0));
        if let Some(entry) = free.and_then(|s| table.get_mut(s)) {
            *entry = (tag_of(*state), value);
        }
        let (byte, bit) = path_bit(*state, slots);
        if let Some(slot) = paths.get_mut(byte) {
            *slot |= bit;
        }
    }
    if size(payload.len()) > PAYLOAD {
        return Err(Error::Rules("they are too many for one table".to_owned()));
    }
    let mut out = Vec::new();
    let counts = [MAGIC, size(rules.len() / super::table::RULE), size(slots), size(payload.len()), size(ids.len()), trie.wild];
    let words = counts.map(u32::to_le_bytes);
    out.extend(words.into_iter().flatten());
    out.extend(filters(trie));
    out.extend_from_slice(rules);
    out.extend(paths);
    out.extend(table.iter().flat_map(|(tag, value)| [tag.to_le_bytes(), value.to_le_bytes()]).flatten());
    out.extend(payload.iter().flat_map(|w| w.to_le_bytes()));
    out.extend_from_slice(ids.as_bytes());
    sum::add(&mut out);
    Ok(out)
}

/// The filters of first words and of the first two, of all roots.
fn filters(trie: &Trie) -> Vec<u8> {
    let mut out = vec![0; ROOTS * (FILTER + PAIRS)];
    for ((root, word), how) in &trie.firsts {
        let (byte, shift) = filter_bits(usize::from(*root), opening_of(*word));
        if let Some(slot) = out.get_mut(byte - HEADER) {
            *slot |= how << shift;
        }
    }
    for (root, path) in &trie.pairs {
        let (byte, bit) = pair_bit(usize::from(*root), *path);
        if let Some(slot) = out.get_mut(byte - HEADER) {
            *slot |= bit;
        }
    }
    out
}

fn size(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
