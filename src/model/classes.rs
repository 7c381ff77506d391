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

/// Elements whose sums are kept at once: those around a block and its neighbours, on a page of any size.
const MOST_KNOWN: usize = 2048;

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

/// Calls `see` with the slot of each name around block `at`.
pub fn slots(markup: &Markup, at: usize, see: impl FnMut(usize)) {
    tell(markup, at, &mut Slots(see));
}

/// The score of each block by `weights`, from -6 to 6.
pub fn scores(markup: &Markup, weights: Words<'_>) -> Vec<f32> {
    let room = markup.elements.len().min(MOST_KNOWN);
    let mut scores = Scores { weights, all: Sum::default(), known: vec![(u32::MAX, [None; 3]); room] };
    let score = |at| {
        tell(markup, at, &mut scores);
        let Sum { sum, count } = std::mem::take(&mut scores.all);
        weights.score_of(sum, count as usize)
    };
    (0..markup.blocks.len()).map(score).collect()
}

/// Where an element stands as seen from a block, by which its words are told apart.
#[derive(Clone, Copy)]
enum Zone {
    Near,
    Middle,
    Far,
}

impl Zone {
    const fn at(distance: usize) -> Self {
        match distance {
            0..=1 => Self::Near,
            2..=4 => Self::Middle,
            _ => Self::Far,
        }
    }
}

/// Hears what the markup says of a block.
trait Listener {
    /// Hears a name of some sort.
    fn name(&mut self, sort: u64, hash: u64);

    /// Hears the words of an element around the block.
    fn words(&mut self, markup: &Markup, (_, element): (u32, &Element), zone: Zone) {
        words(markup, element, zone, |sort, hash| self.name(sort, hash));
    }
}

/// Tells all that there is around block `at`.
fn tell(markup: &Markup, at: usize, listener: &mut impl Listener) {
    let Some(place) = markup.blocks.get(at) else { return };
    let mut child: Option<&Element> = None;
    for (distance, (index, element)) in markup.ancestors(place.element).take(MOST_ELEMENTS).enumerate() {
        let tag = element.tag as u64;
        listener.words(markup, (index, element), Zone::at(distance));
        if distance < 6 {
            listener.name(TAG, mix(tag, distance as u64));
        }
        if let Some(child) = child.filter(|_| distance <= 4) {
            listener.name(IN_PARENT, mix(tag, child.tag as u64) ^ distance as u64);
        }
        child = Some(element);
    }
    for element in (place.inline.0..place.inline.1).take(MOST_INLINE as usize).filter_map(|i| markup.element(i)) {
        listener.name(INSIDE, element.tag as u64);
        markup.words_of(element).iter().for_each(|word| listener.name(INSIDE, *word));
    }
}

/// Calls `name` with the sort and the hash of each word of an element in `zone`.
fn words(markup: &Markup, element: &Element, zone: Zone, mut name: impl FnMut(u64, u64)) {
    let (sort, is_near) = match zone {
        Zone::Near => (NEAR, true),
        Zone::Middle => (MIDDLE, false),
        Zone::Far => (FAR, false),
    };
    for word in markup.words_of(element) {
        name(sort, *word);
        name(ANYWHERE, *word);
        if is_near {
            name(WITH_TAG, mix(*word, element.tag as u64));
        }
    }
}

/// Gives slots on.
struct Slots<F>(F);

impl<F: FnMut(usize)> Listener for Slots<F> {
    fn name(&mut self, sort: u64, hash: u64) {
        (self.0)(slot(mix(hash, sort), BITS));
    }
}

/// A sum of weights, and of how many.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    sum: i32,
    count: u32,
}

impl Sum {
    fn add(&mut self, weights: Words<'_>, sort: u64, hash: u64) {
        self.sum += weights.weight(slot(mix(hash, sort), BITS));
        self.count += 1;
    }
}

/// Sums up the weights of what it hears. What an element's words come to is the same for all blocks from which it is in one zone, and
/// a page's blocks have most of the elements around them in common.
struct Scores<'w> {
    weights: Words<'w>,
    all: Sum,
    /// Sums of elements, by zone: each in the place of its number, until another one has the same place.
    known: Vec<(u32, [Option<Sum>; 3])>,
}

impl Listener for Scores<'_> {
    fn name(&mut self, sort: u64, hash: u64) {
        self.all.add(self.weights, sort, hash);
    }

    fn words(&mut self, markup: &Markup, (index, element): (u32, &Element), zone: Zone) {
        let Some(place) = self.known.get_mut(index as usize % MOST_KNOWN) else { return };
        if place.0 != index {
            *place = (index, [None; 3]);
        }
        let Some(known) = place.1.get_mut(zone as usize) else { return };
        let own = known.get_or_insert_with(|| {
            let mut own = Sum::default();
            words(markup, element, zone, |sort, hash| own.add(self.weights, sort, hash));
            own
        });
        self.all.sum += own.sum;
        self.all.count += own.count;
    }
}
