//! What the names in a page's markup say of a block: a linear score over the class and id words, roles and tags of the elements
//! around it. Sites name things alike (`article-body`, `related`, `share`), so that alone it ranks blocks better than their words do.

use super::words::{Words, slot};
use crate::markup::{Element, Markup};
use crate::measure::mix;

/// Bits of the hash: 2^17 slots. The prototype lost .001 of block AUC at 2^16 and .002 at 2^14.
pub const BITS: u32 = 17;

/// Elements around a block that are looked at, from the innermost.
const MOST_ELEMENTS: usize = 24;
/// Elements inside a block that are looked at.
const MOST_INLINE: u32 = 6;

/// How far an element is from the block, as far as it matters: near, middle, far, inside.
const NEAR: u64 = 0x6e;
const MIDDLE: u64 = 0x6d;
const FAR: u64 = 0x66;
const INSIDE: u64 = 0x69;
/// A word wherever it stands, a word with its tag, a tag at its distance, a tag in its parent.
const ANYWHERE: u64 = 0x61;
const WITH_TAG: u64 = 0x74;
const TAG: u64 = 0x67;
const IN_PARENT: u64 = 0x70;

/// Calls `see` with the slot of each name around block `at`; returns how many there were.
pub fn slots(markup: &Markup, at: usize, mut see: impl FnMut(usize)) -> usize {
    let Some(place) = markup.blocks.get(at) else { return 0 };
    let mut count = 0;
    let mut name = |sort: u64, hash: u64| {
        see(slot(mix(hash, sort), BITS));
        count += 1;
    };
    let mut child: Option<&Element> = None;
    for (distance, (_, element)) in markup.ancestors(place.element).take(MOST_ELEMENTS).enumerate() {
        let tag = element.tag as u64;
        let sort = match distance {
            0..=1 => NEAR,
            2..=4 => MIDDLE,
            _ => FAR,
        };
        for word in markup.words_of(element) {
            name(sort, *word);
            name(ANYWHERE, *word);
            if distance <= 1 {
                name(WITH_TAG, mix(*word, tag));
            }
        }
        if distance < 6 {
            name(TAG, mix(tag, distance as u64));
        }
        if let Some(child) = child.filter(|_| distance <= 4) {
            name(IN_PARENT, mix(tag, child.tag as u64) ^ distance as u64);
        }
        child = Some(element);
    }
    for element in (place.inline.0..place.inline.1).take(MOST_INLINE as usize).filter_map(|i| markup.element(i)) {
        name(INSIDE, element.tag as u64);
        markup.words_of(element).iter().for_each(|word| name(INSIDE, *word));
    }
    count
}

/// The score of each block by `weights`, from -6 to 6.
pub fn scores(markup: &Markup, weights: Words<'_>) -> Vec<f32> {
    (0..markup.blocks.len()).map(|at| weights.sum(|see| slots(markup, at, see))).collect()
}
