//! Rule files to table: the maintainer's step, and what `--rules FILE` does at run time.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::source::{Phrases, RuleFile, RuleSource};
use super::table::{
    FILTER, HAS_CHILDREN, HAS_WILD, HEADER, MAGIC, OCCUPIED, PAYLOAD, Part, ROOTS, Root, RuleSet, WILD, filter_bit, slot_of, tag_of,
};
use super::{Where, WordClass};
use crate::error::Error;
use crate::measure::{NUMBER, mix, tokenize};

#[derive(Default)]
struct Node {
    flags: u32,
    entries: BTreeSet<u32>,
}

#[derive(Default)]
struct Trie {
    nodes: BTreeMap<u64, Node>,
    /// Words that begin a phrase of a root.
    firsts: BTreeSet<(u8, u64)>,
}

impl Trie {
    fn add(&mut self, root: Root, path: impl Iterator<Item = u64>, entry: u32) {
        let mut state = root.state();
        let mut last = None;
        let path: Vec<u64> = path.collect();
        match path.as_slice() {
            [WILD, second, ..] => self.firsts.insert((root as u8, mix(WILD, *second))),
            [first, ..] => self.firsts.insert((root as u8, *first)),
            [] => return,
        };
        for word in path {
            if let Some(node) = last.and_then(|s| self.nodes.get_mut(&s)) {
                node.flags |= HAS_CHILDREN | if word == WILD { HAS_WILD } else { 0 };
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

/// Compiles rule files and, for the built-in rules, the lexicon (TOML, see `lexicon.toml`).
///
/// # Errors
/// [`Error::Rules`] if two rules share an id, a phrase holds no word, or the lexicon names an unknown class.
pub fn compile(files: &[RuleFile], lexicon: Option<&str>) -> Result<RuleSet, Error> {
    let mut trie = Trie::default();
    let mut rules = Vec::new();
    let mut ids = String::new();
    let mut seen = BTreeSet::new();
    let all = files.iter().flat_map(|f| f.rules.iter().map(move |r| (f, r)));
    for (index, (file, rule)) in (0u32..).zip(all) {
        if !seen.insert(rule.id.as_str()) {
            return Err(Error::Rules(format!("two rules are called '{}'", rule.id)));
        }
        let bytes = [
            file.kind as u8,
            rule.place as u8,
            rule.say as u8,
            rule.rest as u8,
            rule.at as u8,
            rule.opens.map_or(u8::MAX, |o| o as u8),
            u8::from(!rule.with.is_empty()) | u8::from(!rule.unless.is_empty()) << 1,
            rule.tells.map_or(0, |t| t as u8 + 1),
        ];
        rules.extend_from_slice(&bytes);
        rules.extend_from_slice(&rule.min_words.unwrap_or(0).to_le_bytes());
        rules.extend_from_slice(&rule.max_words.unwrap_or(WHOLE_WORDS).to_le_bytes());
        let id_at = u32::try_from(ids.len()).unwrap_or(0) | u32::try_from(rule.id.len()).unwrap_or(0) << 24;
        rules.extend_from_slice(&id_at.to_le_bytes());
        ids.push_str(&rule.id);
        add_rule(&mut trie, rule, index)?;
    }
    if let Some(lexicon) = lexicon {
        add_lexicon(&mut trie, lexicon)?;
    }
    let bytes = lay_out(&trie, &rules, &ids);
    RuleSet::from_bytes(Cow::Owned(bytes)).ok_or_else(|| Error::Rules("too many rules".into()))
}

/// Most words of a block made of whole phrases, where a rule names no limit.
const WHOLE_WORDS: u16 = 40;

fn add_rule(trie: &mut Trie, rule: &RuleSource, index: u32) -> Result<(), Error> {
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
        for path in paths(phrases).map_err(|p| Error::Rules(format!("rule '{}': the phrase '{p}' holds no word", rule.id)))? {
            let entry = index << 2 | part as u32;
            if root == Root::Tail { trie.add(root, path.into_iter().rev(), entry) } else { trie.add(root, path.into_iter(), entry) }
        }
    }
    Ok(())
}

fn paths(phrases: &Phrases) -> Result<Vec<Vec<u64>>, String> {
    let mut out = Vec::new();
    for phrase in phrases.values().flatten() {
        let path = phrase_path(phrase);
        if path.is_empty() {
            return Err(phrase.clone());
        }
        out.push(path);
    }
    Ok(out)
}

/// The token hashes of a phrase, `{n}` for a number and `{w}` for any token.
fn phrase_path(phrase: &str) -> Vec<u64> {
    let mut out = Vec::new();
    for (i, piece) in phrase.split('{').enumerate() {
        let (slot, text) = match piece.split_once('}') {
            Some(("n", text)) if i > 0 => (Some(NUMBER), text),
            Some(("w", text)) if i > 0 => (Some(WILD), text),
            _ => (None, piece),
        };
        out.extend(slot);
        out.extend(tokenize(text).iter().map(|t| t.word));
    }
    out
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
            trie.add(Root::Class, phrase_path(phrase).into_iter(), *class as u32);
        }
    }
    Ok(())
}

fn lay_out(trie: &Trie, rules: &[u8], ids: &str) -> Vec<u8> {
    let slots = (trie.nodes.len() * 4 / 3).next_power_of_two().max(1);
    let mut table = vec![(0u32, 0u32); slots];
    let mut payload: Vec<u32> = vec![0];
    for (state, node) in &trie.nodes {
        let mut value = OCCUPIED | node.flags;
        if !node.entries.is_empty() {
            value |= u32::try_from(payload.len()).unwrap_or(0) & PAYLOAD;
            payload.push(u32::try_from(node.entries.len()).unwrap_or(0));
            payload.extend(&node.entries);
        }
        let free = (0..slots).map(|i| (slot_of(*state) + i) & (slots - 1)).find(|&s| table.get(s).is_some_and(|e| e.1 == 0));
        if let Some(entry) = free.and_then(|s| table.get_mut(s)) {
            *entry = (tag_of(*state), value);
        }
    }
    let mut out = Vec::new();
    let counts = [MAGIC, size(rules.len() / super::table::RULE), size(slots), size(payload.len()), size(ids.len())];
    let words = counts.map(u32::to_le_bytes);
    out.extend(words.into_iter().flatten());
    out.extend(filters(trie));
    out.extend_from_slice(rules);
    out.extend(table.iter().flat_map(|(tag, value)| [tag.to_le_bytes(), value.to_le_bytes()]).flatten());
    out.extend(payload.iter().flat_map(|w| w.to_le_bytes()));
    out.extend_from_slice(ids.as_bytes());
    out
}

/// The first-word filters of all roots.
fn filters(trie: &Trie) -> Vec<u8> {
    let mut out = vec![0; ROOTS * FILTER];
    for (root, word) in &trie.firsts {
        let (byte, bit) = filter_bit(usize::from(*root), *word);
        if let Some(slot) = out.get_mut(byte - HEADER) {
            *slot |= bit;
        }
    }
    out
}

fn size(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
