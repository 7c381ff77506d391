//! The weights as one file: written by the trainer, read as it lies in the binary.
//!
//! Little-endian: the mark `NCM2`; the name (length, bytes); a hash of the features' names; the word weights (unit, bytes);
//! the forest (base, number of trees, and for each tree its questions and leaves); features, names and forest of HTML likewise;
//! the sum of all.

use std::borrow::Cow;

use super::columns::Name;
use super::trees::{DEPTH, Forest, LEAVES, Split, Tree};
use super::words::Words;
use crate::error::Error;
use crate::measure::mix;
use crate::sum;

const MARK: &[u8; 4] = b"NCM2";

/// What the model has learned.
#[derive(Debug, Clone)]
pub struct Weights<'b> {
    /// Name of this training.
    pub name: String,
    /// Hash of the names of the features that the trees refer to.
    pub features: u64,
    /// What one step of a word's weight is worth.
    pub unit: f32,
    /// A weight for each slot of [`Words`], a signed byte each.
    pub words: Cow<'b, [u8]>,
    /// Judges a block by itself and by what stands around it.
    pub forest: Forest,
    /// What judges the blocks of a page that was read as HTML.
    pub html: HtmlWeights<'b>,
}

/// What the model has learned of pages with markup.
#[derive(Debug, Clone, Default)]
pub struct HtmlWeights<'b> {
    /// Hash of the names of the features.
    pub features: u64,
    /// What one step of a name's weight is worth.
    pub unit: f32,
    /// A weight for each slot of [`super::classes`], a signed byte each.
    pub names: Cow<'b, [u8]>,
    /// Judges a block.
    pub forest: Forest,
}

impl HtmlWeights<'_> {
    /// The weights of the names in the markup.
    pub fn names(&self) -> Words<'_> {
        Words { weights: &self.names, unit: self.unit }
    }
}

impl<'b> Weights<'b> {
    /// The word weights.
    pub fn words(&self) -> Words<'_> {
        Words { weights: &self.words, unit: self.unit }
    }

    /// Writes them as [`Weights::from_bytes`] reads them.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MARK.to_vec();
        out.extend((self.name.len() as u32).to_le_bytes());
        out.extend(self.name.as_bytes());
        write(&mut out, self.features, self.unit, &self.words, &self.forest);
        write(&mut out, self.html.features, self.html.unit, &self.html.names, &self.html.forest);
        sum::add(&mut out);
        out
    }

    /// Reads what [`Weights::to_bytes`] wrote, and holds it against its sum. The words stay where they are, as a start that copies them
    /// is a start that waits.
    ///
    /// # Errors
    /// [`Error::Damaged`] if the bytes are something else.
    pub fn from_bytes(bytes: &'b [u8]) -> Result<Self, Error> {
        sum::check(bytes).map_err(damaged)?;
        Self::unsummed(bytes)
    }

    /// Reads what [`Weights::to_bytes`] wrote without a look at the sum: the weights in the binary, most of which no run reads.
    pub(super) fn unsummed(bytes: &'b [u8]) -> Result<Self, Error> {
        let rest = bytes.strip_prefix(MARK).ok_or(damaged("are none of this version"))?;
        Self::parse(Reader(rest)).ok_or(damaged(sum::CUT_OFF))
    }

    /// Weights that have learned nothing, for where there are no others.
    pub(super) const fn none() -> Self {
        const NONE: Forest = Forest { base: 0, trees: Vec::new() };
        let html = HtmlWeights { features: 0, unit: 0.0, names: Cow::Borrowed(&[]), forest: NONE };
        Self { name: String::new(), features: 0, unit: 0.0, words: Cow::Borrowed(&[]), forest: NONE, html }
    }

    fn parse(mut rest: Reader<'b>) -> Option<Self> {
        let len = rest.u32()? as usize;
        let name = String::from_utf8(rest.take(len)?.to_vec()).ok()?;
        let (features, unit, words, forest) = rest.part()?;
        let (html_features, html_unit, names, html_forest) = rest.part()?;
        let html = HtmlWeights { features: html_features, unit: html_unit, names, forest: html_forest };
        (rest.0.len() == sum::BYTES).then_some(Self { name, features, unit, words, forest, html })
    }
}

fn damaged(why: &'static str) -> Error {
    Error::Damaged { what: "the model's weights", why }
}

fn write(out: &mut Vec<u8>, features: u64, unit: f32, words: &[u8], forest: &Forest) {
    out.extend(features.to_le_bytes());
    out.extend(unit.to_le_bytes());
    out.extend((words.len() as u32).to_le_bytes());
    out.extend(words);
    out.extend(forest.base.to_le_bytes());
    out.extend((forest.trees.len() as u32).to_le_bytes());
    for tree in &forest.trees {
        out.extend(tree.splits.iter().flat_map(|s| s.column.to_le_bytes()));
        out.extend(tree.splits.iter().map(|s| s.above));
        out.extend(tree.leaves.iter().flat_map(|leaf| leaf.to_le_bytes()));
    }
}

/// Hash of features' names, by which weights know that they belong to other features.
pub fn hash_of(names: &[Name]) -> u64 {
    names.iter().fold(0, |hash, name| name.what.bytes().fold(mix(hash, name.at as u64), |hash, b| mix(hash, u64::from(b))))
}

struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn take(&mut self, len: usize) -> Option<&'b [u8]> {
        let (head, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(head)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn part(&mut self) -> Option<(u64, f32, Cow<'b, [u8]>, Forest)> {
        let features = u64::from_le_bytes(self.array()?);
        let unit = f32::from_le_bytes(self.array()?);
        let len = self.u32()? as usize;
        let words = self.take(len)?;
        Some((features, unit, Cow::Borrowed(words), self.forest()?))
    }

    fn forest(&mut self) -> Option<Forest> {
        let base = i32::from_le_bytes(self.array()?);
        let count = self.u32()? as usize;
        let trees = (0..count).map(|_| self.tree()).collect::<Option<_>>()?;
        Some(Forest { base, trees })
    }

    fn tree(&mut self) -> Option<Tree> {
        let mut splits = [Split { column: 0, above: 0 }; DEPTH];
        for split in &mut splits {
            split.column = u16::from_le_bytes(self.array()?);
        }
        for split in &mut splits {
            [split.above] = self.array()?;
        }
        let mut leaves = [0; LEAVES];
        let (pairs, _) = self.take(2 * LEAVES)?.as_chunks();
        leaves.iter_mut().zip(pairs).for_each(|(leaf, pair)| *leaf = i16::from_le_bytes(*pair));
        Some(Tree { splits, leaves })
    }
}
