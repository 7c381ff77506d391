//! Boosted trees, each of which asks the same question of every block on a level (Prokhorenkova et al. 2018, "CatBoost"): the
//! answers are the bits of a leaf's number, and sixteen blocks are asked at once.

use super::columns::Columns;

/// Questions of one tree.
pub const DEPTH: usize = 6;
/// Leaves of one tree.
pub const LEAVES: usize = 1 << DEPTH;

/// One question: whether a feature is above a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// Index of the column.
    pub column: u16,
    /// The answer is yes above it.
    pub above: u8,
}

/// One tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// Its questions; the first gives the lowest bit of the leaf.
    pub splits: [Split; DEPTH],
    /// What each leaf adds, in steps of [`STEP`].
    pub leaves: [i16; LEAVES],
}

/// What one step of a leaf is worth in log-odds.
pub const STEP: f32 = 1.0 / 2048.0;

/// Blocks asked together.
const LANES: usize = 64;

/// A sum of trees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forest {
    /// What the sum begins with, in steps of [`STEP`].
    pub base: i32,
    /// The trees.
    pub trees: Vec<Tree>,
}

impl Forest {
    /// The log-odds of each row of `columns`.
    pub fn scores(&self, columns: &Columns) -> Vec<f32> {
        let rows = columns.rows();
        let mut out = Vec::with_capacity(rows);
        let mut at = 0;
        while at < rows {
            let lanes = (rows - at).min(LANES);
            let mut sums = [self.base; LANES];
            for tree in &self.trees {
                tree.add(columns, at, lanes, &mut sums);
            }
            out.extend(sums.iter().take(lanes).map(|sum| *sum as f32 * STEP));
            at += lanes;
        }
        out
    }
}

impl Tree {
    /// Adds what the tree says of the rows `at..at + lanes`.
    #[inline]
    fn add(&self, columns: &Columns, at: usize, lanes: usize, sums: &mut [i32; LANES]) {
        let mut leaf = [0u8; LANES];
        for (bit, split) in self.splits.iter().enumerate() {
            let column = columns.column(usize::from(split.column)).get(at..at + lanes).unwrap_or_default();
            for (leaf, value) in leaf.iter_mut().zip(column) {
                *leaf |= u8::from(*value > split.above) << bit;
            }
        }
        for (sum, leaf) in sums.iter_mut().zip(leaf).take(lanes) {
            *sum += i32::from(self.leaves.get(usize::from(leaf)).copied().unwrap_or_default());
        }
    }
}
