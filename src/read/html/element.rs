//! What an element says beside its text: flags, words of its class and id, whether it is hidden.

use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};

use super::dom::{Node, Tree};
use super::tag::{Tag, itemprop_flags, role_flags};
use crate::markup::Flags;
use crate::measure::{Hashed, hash_bytes, mix};

/// What the attributes of an element say.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// What it is.
    pub(super) flags: Flags,
    /// The level that `aria-level` gives to a heading.
    pub(super) level: Option<u8>,
    /// Whether its style puts it on a line of its own.
    pub(super) is_block: bool,
}

/// Bytes of a word of a class: longer ones are hashes that a tool made.
const WORD: RangeInclusive<usize> = 2..=16;

/// What kind of word a hash in [`crate::markup::Markup::words`] is of.
#[derive(Debug, Clone, Copy)]
#[repr(u64)]
enum From {
    /// A part of a class or id.
    Part = 1,
    /// A class or id whole.
    Whole,
    Role,
    Itemprop,
    /// A part of a `data-` attribute or a label.
    Data,
    /// The name of an element of the author's own making.
    Name,
}

/// Class attributes whose words are kept: more than any but a huge page has.
const MOST_CLASSES: usize = 4096;

/// The values of the class attributes of a page, each with its words, which most elements have in common with others.
#[derive(Debug, Default)]
pub(super) struct Classes<'t>(HashMap<u64, (&'t str, Range<usize>), Hashed>);

impl<'t> Classes<'t> {
    /// Adds the words of `value` to `words`, where those of all values before are.
    fn add(&mut self, value: &'t str, words: &mut Vec<u64>) {
        let hash = hash_bytes(value.as_bytes());
        match self.0.get(&hash).filter(|(known, _)| *known == value) {
            Some((_, range)) => words.extend_from_within(range.clone()),
            None => {
                let from = words.len();
                add_names(value, words);
                if self.0.len() < MOST_CLASSES {
                    self.0.insert(hash, (value, from..words.len()));
                }
            }
        }
    }
}

/// Adds the words of the names in a class or id.
fn add_names(value: &str, words: &mut Vec<u64>) {
    for name in value.split_ascii_whitespace() {
        parts(name, From::Part, words);
        words.push(hash(name.as_bytes(), From::Whole));
    }
}

/// Reads the attributes of an element; its words are added to `words`.
pub(super) fn read<'t>(tree: &'t Tree, node: &'t Node, tag: Tag, classes: &mut Classes<'t>, words: &mut Vec<u64>) -> Said {
    let mut said = Said { flags: tag.flags(), ..Said::default() };
    let mut open = tag != Tag::Dialog;
    if tag == Tag::Other {
        parts(tree.name_of(node), From::Name, words);
    }
    for (name, value) in tree.attributes_of(node) {
        match name {
            "class" => classes.add(value, words),
            "id" => add_names(value, words),
            "role" => {
                said.flags = said.flags.with(role_flags(value.trim()));
                words.push(hash(value.trim().as_bytes(), From::Role));
            }
            "itemprop" => {
                said.flags = value.split_ascii_whitespace().fold(said.flags, |f, v| f.with(itemprop_flags(v)));
                words.push(hash(value.trim().as_bytes(), From::Itemprop));
            }
            "itemtype" if value.ends_with("/Comment") || value.ends_with("/UserComments") => {
                said.flags = said.flags.with(Flags::COMMENT);
            }
            "rel" if value.split_ascii_whitespace().any(|v| v.eq_ignore_ascii_case("author")) => {
                said.flags = said.flags.with(Flags::AUTHOR);
            }
            "hidden" if !value.eq_ignore_ascii_case("until-found") => said.flags = said.flags.with(Flags::HIDDEN),
            "open" => open = true,
            "aria-hidden" if value == "true" => said.flags = said.flags.with(Flags::ARIA_HIDDEN),
            "aria-level" => said.level = value.trim().parse().ok().filter(|l| (1..=6).contains(l)),
            "style" => style(value, &mut said),
            "aria-label" | "data-testid" | "data-component" | "data-module" | "data-type" | "data-qa" | "data-block" => {
                parts(value.get(..value.floor_char_boundary(64)).unwrap_or(value), From::Data, words);
            }
            _ => {}
        }
    }
    if !open {
        said.flags = said.flags.with(Flags::HIDDEN);
    }
    // Pages hide themselves until a script has run.
    if matches!(tag, Tag::Html | Tag::Body) {
        said.flags = said.flags.without(Flags::HIDDEN);
    }
    said
}

/// What of an inline style decides where the text stands and whether it is seen.
fn style(value: &str, said: &mut Said) {
    for declaration in value.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let value = value.split('!').next().unwrap_or(value).trim();
        let is = |word: &str| value.eq_ignore_ascii_case(word);
        if name.trim().eq_ignore_ascii_case("display") {
            if is("none") {
                said.flags = said.flags.with(Flags::HIDDEN);
            }
            said.is_block |= is("block") || is("flex") || is("grid") || is("table");
        } else if name.trim().eq_ignore_ascii_case("visibility") && is("hidden") {
            said.flags = said.flags.with(Flags::HIDDEN);
        }
    }
}

/// Adds the hashes of the words in a name: cut at signs and at a capital behind a small letter, in lower case, digits as 0.
fn parts(name: &str, from: From, words: &mut Vec<u64>) {
    let mut word = [0u8; *WORD.end()];
    let mut len = 0;
    let mut last_small = false;
    for byte in name.bytes().chain([b' ']) {
        let cut = !byte.is_ascii_alphanumeric() && byte < 0x80 || last_small && byte.is_ascii_uppercase();
        if cut {
            if let Some(word) = word.get(..len).filter(|w| WORD.contains(&w.len())) {
                words.push(hash(word, from));
            }
            len = 0;
        }
        last_small = byte.is_ascii_lowercase();
        if byte.is_ascii_alphanumeric() || byte >= 0x80 {
            if let Some(slot) = word.get_mut(len) {
                *slot = if byte.is_ascii_digit() { b'0' } else { byte.to_ascii_lowercase() };
            }
            len += 1;
        }
    }
}

/// Hash of a word in lower case, digits as 0.
fn hash(word: &[u8], from: From) -> u64 {
    let folded = |b: &u8| u64::from(if b.is_ascii_digit() { b'0' } else { b.to_ascii_lowercase() });
    word.iter().fold(from as u64, |state, byte| mix(state, folded(byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str) -> Vec<u64> {
        let mut out = Vec::new();
        parts(name, From::Part, &mut out);
        out
    }

    #[test]
    fn names_are_cut_into_words() {
        let part = |w: &str| hash(w.as_bytes(), From::Part);
        assert_eq!(words("post-content_mainBody2"), [part("post"), part("content"), part("main"), part("body0")]);
        assert!(words("x").is_empty());
        assert_eq!(words("averyveryverylongword-ok"), [part("ok")]);
        assert_eq!(words("Überschrift"), [part("Überschrift")]);
    }

    #[test]
    fn styles_hide() {
        for (value, hidden, block) in [
            ("color: red; display : none !important", true, false),
            ("visibility:hidden", true, false),
            ("display:block", false, true),
            ("--display:none", false, false),
        ] {
            let mut said = Said::default();
            style(value, &mut said);
            assert_eq!((said.flags.has(Flags::HIDDEN), said.is_block), (hidden, block), "{value}");
        }
    }
}
