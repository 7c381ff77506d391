//! What the words of a block say: a linear score over hashed words and pairs of words (Joulin et al. 2017, "Bag of Tricks for
//! Efficient Text Classification", with one output and no hidden layer).
//!
//! Words are folded and numbers are one word, as the rules see them; scripts without spaces go by characters, so that their pairs
//! are what words are elsewhere. The first and the last word are paired with a mark for the block's edge.

use crate::measure::{Token, TokenKind, mix};

/// Bits of the hash: 2^19 slots. Area under the curve on blocks that the rules leave open, dev pages: .890 at 2^17, .893 at 2^18, .895
/// here, .896 at 2^20.
pub const BITS: u32 = 19;

/// Tokens of a block that are looked at: a paragraph's first lines say what it is.
const MOST_TOKENS: usize = 40;

/// Stands before the first and behind the last word.
const EDGE: u64 = 0x6564_6765_0000_0001;

/// Largest score, either way: beyond it another word changes nothing.
const CLIP: f32 = 6.0;

/// Calls `see` with the slot of each word and pair of words of a block; returns how many there were.
pub fn slots(tokens: &[Token], mut see: impl FnMut(usize)) -> usize {
    let tokens = tokens.get(..MOST_TOKENS).unwrap_or(tokens);
    let mut before = EDGE;
    for token in tokens {
        let cased = mix(token.word, u64::from(token.kind == TokenKind::Upper));
        see(slot(cased, BITS));
        see(slot(mix(before, token.word), BITS));
        before = token.word;
    }
    see(slot(mix(before, EDGE), BITS));
    tokens.len() * 2 + 1
}

/// The slot of a hash in a table of 2^`bits`.
#[inline]
pub(super) fn slot(hash: u64, bits: u32) -> usize {
    // The upper bits of a product are the well-mixed ones.
    (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits)) as usize
}

/// Score of a block from the sum of its `count` weights: a sum of independent votes grows as the root of their number.
pub fn score(sum: f32, count: usize) -> f32 {
    (sum / (count.max(1) as f32).sqrt()).clamp(-CLIP, CLIP)
}

/// The weights, one byte a slot.
#[derive(Debug, Clone, Copy)]
pub struct Words<'w> {
    /// Weight of each slot in units of `unit`, a signed byte each.
    pub weights: &'w [u8],
    /// What one step of a weight is worth.
    pub unit: f32,
}

impl Words<'_> {
    /// How much the words of a block speak for article text, from -6 to 6; 0 without weights.
    pub fn score(&self, tokens: &[Token]) -> f32 {
        let mut sum = 0;
        let count = slots(tokens, |slot| sum += self.weight(slot));
        self.score_of(sum, count)
    }

    /// The weight of a slot, in units.
    pub(super) fn weight(&self, slot: usize) -> i32 {
        self.weights.get(slot).map_or(0, |b| i32::from(i8::from_le_bytes([*b])))
    }

    /// The score of `count` weights whose sum is `sum`.
    pub(super) fn score_of(&self, sum: i32, count: usize) -> f32 {
        score(sum as f32 * self.unit, count)
    }
}
