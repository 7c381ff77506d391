//! What moved a score: how much each feature of a block did, beside the page's other blocks.
//!
//! These are Shapley values (Lundberg and Lee 2017, "A Unified Approach to Interpreting Model Predictions") with the blocks of the page
//! as the background: what a feature adds on average, if the features are exchanged one by one for those of another block. As a tree
//! asks six questions, they can be had exactly. Together they are the difference between the block's score and the page's mean.

use super::columns::Columns;
use super::trees::{DEPTH, Forest, LEAVES, STEP, Tree};

/// Log-odds that each column of `columns` adds to the score of `row` by `forest`.
pub fn shares(forest: &Forest, columns: &Columns, row: usize) -> Vec<f32> {
    let mut out = vec![0.0; columns.names().len()];
    for tree in forest.asked(columns, row) {
        let background = Background::of(tree, columns, row);
        background.add_to(tree, &mut out);
    }
    out
}

/// A feature that a tree asks about, and the bits of a leaf's number that it decides.
#[derive(Debug, Clone, Copy, Default)]
struct Player {
    column: usize,
    bits: usize,
}

/// What a tree answers, for the row and for all.
struct Background {
    /// How many rows come to each leaf.
    rows: [u32; LEAVES],
    /// The row's own.
    leaf: usize,
    players: Vec<Player>,
}

impl Background {
    fn of(tree: &Tree, columns: &Columns, row: usize) -> Self {
        let mut rows = [0; LEAVES];
        for other in 0..columns.rows() {
            if let Some(slot) = rows.get_mut(tree.leaf(columns, other)) {
                *slot += 1;
            }
        }
        let mut players: Vec<Player> = Vec::with_capacity(DEPTH);
        for (bit, split) in tree.splits.iter().enumerate() {
            let column = usize::from(split.column);
            match players.iter_mut().find(|player| player.column == column) {
                Some(player) => player.bits |= 1 << bit,
                None => players.push(Player { column, bits: 1 << bit }),
            }
        }
        Self { rows, leaf: tree.leaf(columns, row), players }
    }

    /// The mean of the leaves, if the row answers the questions in `bits` and the other rows the rest.
    fn mean(&self, tree: &Tree, bits: usize) -> f32 {
        let (mut sum, mut count) = (0i64, 0i64);
        for (leaf, rows) in self.rows.iter().enumerate().filter(|(_, rows)| **rows > 0) {
            let value = tree.leaves.get(self.leaf & bits | leaf & !bits).copied().unwrap_or_default();
            sum += i64::from(value) * i64::from(*rows);
            count += i64::from(*rows);
        }
        sum as f32 / count.max(1) as f32 * STEP
    }

    fn add_to(&self, tree: &Tree, out: &mut [f32]) {
        let count = self.players.len();
        // The value of each set of players, a bit each.
        let bits = |set: usize| self.players.iter().enumerate().filter(|(k, _)| set >> k & 1 == 1).fold(0, |bits, (_, p)| bits | p.bits);
        let values: Vec<f32> = (0..1 << count).map(|set| self.mean(tree, bits(set))).collect();
        for (k, player) in self.players.iter().enumerate() {
            let without = (0..1usize << count).filter(|set| set >> k & 1 == 0);
            let gain = |set: usize| values.get(set | 1 << k).zip(values.get(set)).map_or(0.0, |(with, without)| with - without);
            let sum: f32 = without.map(|set| weight(set.count_ones() as usize, count) * gain(set)).sum();
            if let Some(slot) = out.get_mut(player.column) {
                *slot += sum;
            }
        }
    }
}

/// In what share of the orders of `count` players a given set of `size` comes right before a given player.
fn weight(size: usize, count: usize) -> f32 {
    let factorial = |n: usize| (1..=n).product::<usize>() as f32;
    factorial(size) * factorial(count - size - 1) / factorial(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{BUILTIN, sight};
    use crate::{Settings, read};

    #[test]
    fn shares_add_up_to_the_difference_from_the_mean() {
        let text = "Share\nHome | News | Sport\nThe council voted on Monday to rebuild the old bridge, officials said.\nPhoto: A. Ferry\n\
                    The work will take two years and cost nine million, according to the plan.\nMost read\nOtters return\n";
        let page = read::read_text(text, &Settings::default());
        let (columns, forest) = sight(&page, &BUILTIN);
        for row in 0..columns.rows() {
            let score = |row| forest.asked(&columns, row).len();
            let trees = forest.asked(&columns, row);
            let sum = |row: usize| trees.iter().map(|tree| f32::from(tree.leaves[tree.leaf(&columns, row)]) * STEP).sum::<f32>();
            let mean = (0..columns.rows()).map(sum).sum::<f32>() / columns.rows() as f32;
            let all: f32 = shares(forest, &columns, row).iter().sum();
            assert!((all - (sum(row) - mean)).abs() < 1e-3, "row {row} of {} trees: {all} is not {} - {mean}", score(row), sum(row));
        }
    }
}
