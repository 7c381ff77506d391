//! Boosted trees, each of which asks the same question of every block on a level (Prokhorenkova et al. 2018, "CatBoost"): the
//! answers are the bits of a leaf's number, and many blocks are asked at once.

use pulp::{Arch, NullaryFnOnce};

use super::columns::{Columns, LANES};
pub use super::leaves::LEAVES;
#[cfg(target_arch = "x86_64")]
use super::leaves::{ByPermutation, ByShuffles};
use super::leaves::{Lookup, OneByOne};

/// Questions of one tree.
pub const DEPTH: usize = LEAVES.ilog2() as usize;

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

/// A sum of trees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forest {
    /// What the sum begins with, in steps of [`STEP`].
    pub base: i32,
    /// The trees.
    pub trees: Vec<Tree>,
}

/// Share of the trees after which a block may be certain, and the scores from which it is: no later tree brings it back to
/// where the bars lie.
const FIRST_TREES: usize = 4;
const SURELY_NOT: f32 = -4.0;
const SURELY: f32 = 3.0;

impl Forest {
    /// The log-odds of the rows of `columns` that `asks` names; 0 for the others.
    pub fn scores(&self, columns: &Columns, asks: impl Fn(usize) -> bool) -> Vec<f32> {
        let rows: Vec<usize> = (0..columns.rows()).filter(|row| asks(*row)).collect();
        let mut sums = vec![0; columns.rows()];
        rows.iter().for_each(|row| more(&mut sums, *row, self.base));
        let (first, rest) = self.trees.split_at(self.trees.len() / FIRST_TREES);
        add_to(first, columns, &rows, &mut sums);
        let open = |row: &usize| sums.get(*row).is_some_and(|sum| (SURELY_NOT..SURELY).contains(&(*sum as f32 * STEP)));
        let unsure: Vec<usize> = rows.iter().copied().filter(open).collect();
        add_to(rest, columns, &unsure, &mut sums);
        sums.iter().map(|sum| *sum as f32 * STEP).collect()
    }

    /// The trees that are asked about a row: all of them, or the first, where these are certain.
    pub fn asked(&self, columns: &Columns, row: usize) -> &[Tree] {
        let (first, _) = self.trees.split_at(self.trees.len() / FIRST_TREES);
        let leaves = first.iter().filter_map(|tree| tree.leaves.get(tree.leaf(columns, row)));
        let sum = self.base + leaves.map(|leaf| i32::from(*leaf)).sum::<i32>();
        if (SURELY_NOT..SURELY).contains(&(sum as f32 * STEP)) { &self.trees } else { first }
    }
}

fn more(sums: &mut [i32], row: usize, score: i32) {
    if let Some(slot) = sums.get_mut(row) {
        *slot = slot.saturating_add(score);
    }
}

/// Rows that are put together at once: a second table of a huge page would be as large as the page.
const TOGETHER: usize = 1 << 14;

/// Adds what `trees` say of the given rows to their sums.
fn add_to(trees: &[Tree], columns: &Columns, rows: &[usize], sums: &mut [i32]) {
    // To ask some rows for nothing costs less than to put the others together.
    if rows.len() * 3 >= columns.rows() * 2 {
        let scores = sum(trees, columns);
        rows.iter().for_each(|row| more(sums, *row, scores.get(*row).copied().unwrap_or_default()));
    } else {
        for rows in rows.chunks(TOGETHER) {
            rows.iter().zip(sum(trees, &columns.only(rows))).for_each(|(row, score)| more(sums, *row, score));
        }
    }
}

/// What `trees` say of every row, with the widest registers that the machine has.
fn sum(trees: &[Tree], columns: &Columns) -> Vec<i32> {
    let arch = Arch::new();
    #[cfg(target_arch = "x86_64")]
    match arch {
        Arch::V4(simd) => return simd.vectorize(Sum { trees, columns, lookup: ByPermutation(simd) }),
        Arch::V3(simd) => return simd.vectorize(Sum { trees, columns, lookup: ByShuffles(simd) }),
        _ => {}
    }
    arch.dispatch(Sum { trees, columns, lookup: OneByOne })
}

struct Sum<'a, L> {
    trees: &'a [Tree],
    columns: &'a Columns,
    lookup: L,
}

impl<L: Lookup> NullaryFnOnce for Sum<'_, L> {
    type Output = Vec<i32>;

    #[inline(always)]
    fn call(self) -> Vec<i32> {
        let mut scores = vec![[0; LANES]; self.columns.rows().div_ceil(LANES)];
        for (chunk, scores) in scores.iter_mut().enumerate() {
            for tree in self.trees {
                self.lookup.add(&tree.leaves, &tree.leaf_numbers(self.columns, chunk), scores);
            }
        }
        scores.concat()
    }
}

impl Tree {
    /// The leaf that one row comes to.
    pub fn leaf(&self, columns: &Columns, row: usize) -> usize {
        let yes = |split: &Split| columns.column(usize::from(split.column)).get(row).is_some_and(|value| *value > split.above);
        self.splits.iter().enumerate().fold(0, |leaf, (bit, split)| leaf | usize::from(yes(split)) << bit)
    }

    /// The leaves that one chunk of rows comes to.
    #[inline(always)]
    fn leaf_numbers(&self, columns: &Columns, chunk: usize) -> [u8; LANES] {
        let mut numbers = [0u8; LANES];
        for (bit, split) in self.splits.iter().enumerate() {
            let Some(values) = columns.chunks(usize::from(split.column)).get(chunk) else { continue };
            let mask = 1u8 << bit;
            for (number, value) in numbers.iter_mut().zip(values) {
                *number |= if *value > split.above { mask } else { 0 };
            }
        }
        numbers
    }
}
