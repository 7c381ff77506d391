//! The compiled rules: a table of bytes, matched as it lies.
//!
//! Phrases of all rules are paths in one trie over token hashes. A node's identity is the hash of the path to it, so
//! the trie is one open-addressing hash table from path hash to payload: a step is one lookup, and nothing is built at start-up.
//!
//! Layout, all numbers little-endian 32 bit: magic, rule count, table size, payload length, ids length, the roots with phrases that
//! begin with any word (a bit each); for each root a filter of first words, then for each one of the first two; rules of 16 bytes; the
//! filter of paths; table entries of 8 (tag, value); payload (count, entries, …); ids as UTF-8; the sum of all.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::{At, Opens, Rest, Rule, Say, Tells, Where};
use crate::error::Error;
use crate::measure::{mix, opening_of};
use crate::page::{Kind, RuleName};
use crate::sum;

/// First bytes of a table; the digit is the version of the layout.
pub(super) const MAGIC: u32 = u32::from_le_bytes(*b"NCR6");
const FOREIGN: &str = "is no table of this version";
/// Bytes of the header, of a rule, of a table entry.
pub(super) const HEADER: usize = 24;
pub(super) const RULE: usize = 16;
/// Bytes of one first-word filter: two bits for each value of sixteen bits of a word's hash. Most words begin no phrase, and a filter
/// stays in the processor's nearest cache where the table does not.
pub(super) const FILTER: usize = 1 << 14;
/// The bits of a first word: phrases begin with it; one of them is it alone, or goes on with any word.
pub(super) const BEGINS: u8 = 1;
pub(super) const ALONE: u8 = 2;
pub(super) const ROOTS: usize = 5;
/// Bytes of one filter of the first two words: where many a word of a text begins a phrase, few go on as one. Bodies of text are asked at
/// every word, and their two filters fit the nearest cache together.
pub(super) const PAIRS: usize = 1 << 14;
const ENTRY: usize = 8;
/// Bits of the filter of paths for each slot of the table: one of eight strange paths passes (Bloom 1970, with one hash). A text
/// leaves the trie after a word or two, and to find out so in the table read, nearly each time, a part of it that no cache held.
const PATH_BITS: usize = 6;
const PAIRS_AT: usize = HEADER + ROOTS * FILTER;
const RULES_AT: usize = PAIRS_AT + ROOTS * PAIRS;

/// Flags of a table value beside the 20 bits of the payload index and the nine that tell of the words that go on.
pub(super) const OCCUPIED: u32 = 1 << 31;
pub(super) const HAS_CHILDREN: u32 = 1 << 30;
pub(super) const HAS_WILD: u32 = 1 << 29;
const CHILDREN: u32 = 9;
pub(super) const PAYLOAD: u32 = (1 << (29 - CHILDREN)) - 1;
/// All of those nine.
const ANY_CHILD: u32 = (HAS_WILD - 1) & !PAYLOAD;

/// The token hash of `{w}`, which stands for any one token.
pub(super) const WILD: u64 = 0x7769_6c64_0000_0001;

/// The tries that share the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Root {
    /// Phrases of `whole` and `start` rules, from the first token.
    Head,
    /// Phrases of `end` rules, from the last token backwards.
    Tail,
    /// Phrases of `anywhere` rules, and of rules with `tail`.
    Body,
    /// Phrases of the lexicon; entries are class numbers.
    Class,
    /// Every `with` and `unless` phrase: looked for only where a rule asks.
    Condition,
}

impl Root {
    pub(super) const fn state(self) -> u64 {
        mix(0x726f_6f74, self as u64 + 1)
    }
}

/// What a phrase is to its rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Part {
    Any = 0,
    With = 1,
    Unless = 2,
    Tail = 3,
}

/// A place in a trie: the hash of the words that lead there, how many they are, and the value of its entry in the table.
struct Node {
    state: u64,
    depth: usize,
    flags: u32,
}

/// A compiled set of rules.
#[derive(Debug, Clone)]
pub struct RuleSet {
    bytes: Cow<'static, [u8]>,
    rules: usize,
    slots: usize,
    table_at: usize,
    payload_at: usize,
    ids_at: usize,
    /// The roots with phrases that begin with `{w}`, a bit each.
    wild: u32,
    /// Most words of a block that any rule matches.
    max_words: u32,
}

/// The payload of a node: entries of the phrases that end there.
pub(super) struct Entries<'a>(&'a [u8]);

impl Entries<'_> {
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.chunks_exact(4).filter_map(|c| c.try_into().ok().map(u32::from_le_bytes))
    }
}

impl RuleSet {
    /// Reads a compiled table, and holds it against its checksum.
    ///
    /// # Errors
    /// [`Error::Damaged`] if it is not, byte for byte, what [`compile`](super::compile) made.
    pub fn from_bytes(bytes: Cow<'static, [u8]>) -> Result<Self, Error> {
        sum::check(&bytes).map_err(damaged)?;
        Self::unsummed(bytes)
    }

    /// Reads a compiled table without a look at the most of it: the one in the binary, three megabytes that no run reads whole.
    pub(super) fn unsummed(bytes: Cow<'static, [u8]>) -> Result<Self, Error> {
        let word = |i: usize| read(&bytes, i * 4).ok_or(damaged(sum::CUT_OFF));
        if word(0)? != MAGIC {
            return Err(damaged(FOREIGN));
        }
        let [rules, slots, payload, ids] = [word(1)?, word(2)?, word(3)?, word(4)?].map(u64::from);
        let table_at = RULES_AT as u64 + rules * RULE as u64 + path_bytes(slots);
        let payload_at = table_at + slots * ENTRY as u64;
        let ids_at = payload_at + payload * 4;
        if bytes.len() as u64 != ids_at + ids + sum::BYTES as u64 {
            return Err(damaged(sum::CUT_OFF));
        }
        // None is more than the length of the bytes.
        let [rules, slots, table_at, payload_at, ids_at] =
            [rules, slots, table_at, payload_at, ids_at].map(|n| usize::try_from(n).unwrap_or(0));
        let wild = word(5)?;
        let mut set = Self { bytes, rules, slots, table_at, payload_at, ids_at, wild, max_words: 0 };
        set.max_words = (0..rules).filter_map(|i| set.rule(i)).map(|r| r.max_words.into()).max().unwrap_or(0);
        Ok(set)
    }

    /// A table without rules, for where there is no other.
    pub(super) const fn none() -> Self {
        Self { bytes: Cow::Borrowed(&[]), rules: 0, slots: 0, table_at: 0, payload_at: 0, ids_at: 0, wild: 0, max_words: 0 }
    }

    /// The table as bytes, as [`RuleSet::from_bytes`] reads it.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Most words of a block that any rule matches.
    pub fn max_words(&self) -> u32 {
        self.max_words
    }

    /// How many rules it holds.
    pub fn len(&self) -> usize {
        self.rules
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.rules == 0
    }

    /// Rule number `index`.
    pub fn rule(&self, index: usize) -> Option<Rule> {
        let at = RULES_AT + index * RULE;
        let [kind, place, say, rest, at_, opens, _, tells, min0, min1, max0, max1, ..] = *self.bytes.get(at..at + RULE)? else {
            return None;
        };
        if index >= self.rules {
            return None;
        }
        Some(Rule {
            kind: *Kind::ALL.get(usize::from(kind))?,
            place: *[Where::Whole, Where::Start, Where::End, Where::Anywhere].get(usize::from(place))?,
            say: *[Say::Certain, Say::Hint].get(usize::from(say))?,
            rest: *[Rest::Any, Rest::Names, Rest::Date, Rest::Byline, Rest::Credit, Rest::Headline, Rest::Number, Rest::Short]
                .get(usize::from(rest))?,
            at: *[At::Any, At::Head, At::Tail, At::Edge].get(usize::from(at_))?,
            opens: [Opens::List, Opens::Thread, Opens::Quotes, Opens::Form].get(usize::from(opens)).copied(),
            tells: usize::from(tells).checked_sub(1).and_then(|i| Tells::ALL.get(i)).copied(),
            min_words: u16::from_le_bytes([min0, min1]),
            max_words: u16::from_le_bytes([max0, max1]),
        })
    }

    /// Whether rule number `index` has `with` (bit 0) and `unless` (bit 1) phrases.
    pub(super) fn conditions(&self, index: usize) -> u8 {
        self.bytes.get(RULES_AT + index * RULE + 6).copied().unwrap_or(0)
    }

    /// The id of rule number `index`.
    pub fn id(&self, index: usize) -> RuleName {
        let at = RULES_AT + index * RULE + 12;
        let (Some(start), Some(len)) = (read(&self.bytes, at).map(|w| w as usize & 0xFF_FFFF), self.bytes.get(at + 3)) else {
            return RuleName::NONE;
        };
        let range = self.ids_at + start..(self.ids_at + start + usize::from(*len)).min(self.bytes.len());
        match &self.bytes {
            Cow::Borrowed(b) => b.get(range).and_then(|s| std::str::from_utf8(s).ok()).unwrap_or_default().into(),
            Cow::Owned(b) => b.get(range).map(|s| String::from_utf8_lossy(s).into_owned()).unwrap_or_default().into(),
        }
    }

    /// Walks the trie of `root` along `words` and calls `found(tokens walked, entries)` at each phrase end.
    #[inline]
    pub(super) fn walk(&self, root: Root, words: impl Iterator<Item = u64> + Clone, found: impl FnMut(usize, Entries<'_>)) {
        // Most words of a text begin nothing: to find that out is a loop of its own.
        if let Some(start) = self.start(root, words.clone()) {
            self.walk_from(start, words, found);
        }
    }

    #[inline(never)]
    fn walk_from(&self, start: Node, words: impl Iterator<Item = u64> + Clone, mut found: impl FnMut(usize, Entries<'_>)) {
        if start.depth > 0 {
            self.report(start.flags, start.depth, &mut found);
        }
        let mut open: SmallVec<[Node; 4]> = SmallVec::new();
        open.push(start);
        while let Some(Node { mut state, mut depth, mut flags }) = open.pop() {
            let mut rest = words.clone().skip(depth);
            while flags & HAS_CHILDREN != 0 {
                let Some(word) = rest.next() else { break };
                depth += 1;
                if flags & HAS_WILD != 0 {
                    let wild = mix(state, WILD);
                    if let Some(value) = self.lookup(wild) {
                        self.report(value, depth, &mut found);
                        open.push(Node { state: wild, depth, flags: value });
                    }
                }
                state = mix(state, word);
                let Some(value) = (flags & child_bit(word) != 0).then(|| self.lookup(state)).flatten() else { break };
                self.report(value, depth, &mut found);
                flags = value;
            }
        }
    }

    /// Where the phrases of `root` begin that may begin as `words` do, by the first two: where most texts have a word that begins one, few
    /// have two. If no phrase is the first word alone, it is the node of both, which spares a look at that of the first.
    #[inline(always)]
    fn start(&self, root: Root, mut words: impl Iterator<Item = u64>) -> Option<Node> {
        let (state, first) = (root.state(), words.next()?);
        let begins = self.first_word(root, opening_of(first));
        let any_word = if self.wild & 1 << root as u32 != 0 { HAS_WILD } else { 0 };
        if begins == 0 && any_word == 0 {
            return None;
        }
        let top = Node { state, depth: 0, flags: HAS_CHILDREN | ANY_CHILD | any_word };
        if begins & ALONE != 0 {
            return Some(top);
        }
        let second = words.next()?;
        if any_word != 0 && self.may_open(root, opening_of(mix(WILD, second))) {
            return Some(top);
        }
        let state = mix(mix(state, first), second);
        let flags = (begins & BEGINS != 0 && self.may_be_pair(root, state)).then(|| self.lookup(state))??;
        Some(Node { state, depth: 2, flags })
    }

    /// Whether a phrase of `root` may begin with the word of this [`opening_of`]; for one that begins with `{w}` the second word counts, mixed
    /// with [`WILD`].
    #[inline]
    pub(super) fn may_open(&self, root: Root, opening: u32) -> bool {
        self.first_word(root, opening) != 0
    }

    #[inline]
    fn first_word(&self, root: Root, opening: u32) -> u8 {
        let (byte, shift) = filter_bits(root as usize, opening);
        self.bytes.get(byte).map_or(0, |bits| bits >> shift & (BEGINS | ALONE))
    }

    #[inline]
    fn may_be_pair(&self, root: Root, path: u64) -> bool {
        let (byte, bit) = pair_bit(root as usize, path);
        self.bytes.get(byte).is_some_and(|bits| bits & bit != 0)
    }

    #[inline]
    fn may_be_path(&self, state: u64) -> bool {
        let (byte, bit) = path_bit(state, self.slots);
        self.bytes.get(RULES_AT + self.rules * RULE + byte).is_some_and(|bits| bits & bit != 0)
    }

    fn report(&self, value: u32, depth: usize, found: &mut impl FnMut(usize, Entries<'_>)) {
        let at = self.payload_at + (value & PAYLOAD) as usize * 4;
        if value & PAYLOAD == 0 {
            return;
        }
        if let Some(count) = read(&self.bytes, at)
            && let Some(entries) = self.bytes.get(at + 4..at + 4 + count as usize * 4)
        {
            found(depth, Entries(entries));
        }
    }

    fn lookup(&self, state: u64) -> Option<u32> {
        if !self.may_be_path(state) {
            return None;
        }
        let mut slot = slot_of(state, self.slots);
        let tag = tag_of(state);
        for _ in 0..self.slots {
            let at = self.table_at + slot * ENTRY;
            let value = read(&self.bytes, at + 4)?;
            if value & OCCUPIED == 0 {
                return None;
            }
            if read(&self.bytes, at)? == tag {
                return Some(value);
            }
            slot = if slot + 1 == self.slots { 0 } else { slot + 1 };
        }
        None
    }
}

/// Where the first-word filter of `root` holds a word, by its opening: the byte of the table, and by how much its bits are shifted there.
pub(super) const fn filter_bits(root: usize, opening: u32) -> (usize, usize) {
    let index = opening as usize & (FILTER * 4 - 1);
    (HEADER + root * FILTER + index / 4, index % 4 * 2)
}

/// Where the filter of the first two words of `root` holds a path hash: the byte of the table, and the bit in it.
#[allow(clippy::cast_possible_truncation, reason = "the bits above are cut on purpose")]
pub(super) const fn pair_bit(root: usize, path: u64) -> (usize, u8) {
    let index = (path >> 32) as usize & (PAIRS * 8 - 1);
    (PAIRS_AT + root * PAIRS + index / 8, 1 << (index % 8))
}

/// The bit of a table value that says of its node that a phrase may go on with `word`: nearly all nodes have a child or two, so that most
/// words are told to be none without a look at the filter of paths, which is in a cache further away.
#[allow(clippy::cast_possible_truncation, reason = "less than the number of bits")]
pub(super) const fn child_bit(word: u64) -> u32 {
    1 << (29 - CHILDREN + (((word >> 48) * CHILDREN as u64) >> 16) as u32)
}

/// Bytes of the filter of paths beside a table of `slots`.
pub(super) const fn path_bytes(slots: u64) -> u64 {
    (slots * PATH_BITS as u64).div_ceil(8)
}

/// Where the filter of paths holds a path hash: the byte of the filter and the bit in it. The hash's lower half tells, as the upper
/// one tells the slot.
#[allow(clippy::cast_possible_truncation, reason = "less than the bits of the filter")]
pub(super) const fn path_bit(state: u64, slots: usize) -> (usize, u8) {
    let index = ((tag_of(state) as u64 * (slots * PATH_BITS) as u64) >> 32) as usize;
    (index / 8, 1 << (index % 8))
}

/// The slot of a table of `slots` where the probe for a path hash begins: the hash's upper half as a share of the table, so that the
/// table may have any size.
#[allow(clippy::cast_possible_truncation, reason = "less than the number of slots")]
pub(super) const fn slot_of(state: u64, slots: usize) -> usize {
    (((state >> 32) * slots as u64) >> 32) as usize
}

/// What is stored of a path hash to tell it from others.
#[allow(clippy::cast_possible_truncation, reason = "the lower half is taken on purpose")]
pub(super) const fn tag_of(state: u64) -> u32 {
    state as u32
}

fn damaged(why: &'static str) -> Error {
    Error::Damaged { what: "the table of rules", why }
}

#[inline]
fn read(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}
