//! Gradient boosting of symmetric trees on columns of bytes.

use newsclean::model::trees::{DEPTH, Forest, LEAVES, STEP, Split, Tree};

/// How a forest is grown.
#[derive(Debug, Clone, Copy)]
pub struct Growth {
    pub trees: usize,
    /// Share of a leaf's best value that is added.
    pub rate: f32,
    /// Share of the rows that a tree's questions are chosen on.
    pub rows: f32,
    /// Share of the columns that a tree may ask.
    pub columns: f32,
    /// L2 weight on leaves, in rows of weight one.
    pub damping: f64,
    /// Most thresholds of a column.
    pub bins: usize,
}

/// Rows to learn from: columns of bytes, a label and a weight each.
pub struct Table {
    pub columns: Vec<Vec<u8>>,
    pub labels: Vec<f32>,
    pub weights: Vec<f32>,
}

/// Generator of Marsaglia 2003, "Xorshift RNGs": the same numbers on every machine.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number from 0 to 1.
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }
}

/// A column with its values grouped to few bins of like size.
struct Binned {
    bins: Vec<u8>,
    /// The largest value of each bin but the last.
    thresholds: Vec<u8>,
}

fn bin(column: &[u8], most: usize) -> Binned {
    let mut counts = [0usize; 256];
    column.iter().for_each(|v| counts[usize::from(*v)] += 1);
    let per_bin = (column.len() / most).max(1);
    let (mut thresholds, mut map, mut filled) = (Vec::new(), [0u8; 256], 0);
    let last = counts.iter().rposition(|c| *c > 0).unwrap_or(0);
    for value in 0..=last {
        map[value] = thresholds.len() as u8;
        filled += counts[value];
        if value < last && counts[value] > 0 && filled >= per_bin && thresholds.len() + 1 < most {
            thresholds.push(value as u8);
            filled = 0;
        }
    }
    Binned { bins: column.iter().map(|v| map[usize::from(*v)]).collect(), thresholds }
}

/// Learns a forest from `table`; the same for any number of threads.
pub fn grow(table: &Table, growth: &Growth, seed: u64) -> Forest {
    let columns: Vec<Binned> = crate::parallel(table.columns.iter().collect(), |c| bin(c, growth.bins));
    let n = table.labels.len();
    let mean = |f: &dyn Fn(usize) -> f64| (0..n).map(f).sum::<f64>();
    let yes = mean(&|i| f64::from(table.labels[i] * table.weights[i]));
    let all = mean(&|i| f64::from(table.weights[i]));
    let base = ((yes + 1.0) / (all - yes + 1.0)).ln();
    let mut forest = Forest { base: (base / f64::from(STEP)) as i32, trees: Vec::new() };
    let mut scores = vec![base as f32; n];
    let mut random = Random::new(seed);
    for _ in 0..growth.trees {
        let slopes = slopes(table, &scores);
        let sample: Vec<u32> = (0..n as u32).filter(|_| random.unit() < growth.rows).collect();
        let asked: Vec<usize> = (0..columns.len()).filter(|_| random.unit() < growth.columns).collect();
        let splits = questions(&columns, &asked, &sample, &slopes, growth);
        let tree = leaves(&columns, &splits, &slopes, growth, &mut scores);
        forest.trees.push(tree);
    }
    forest
}

/// First and second derivative of the log loss for each row.
fn slopes(table: &Table, scores: &[f32]) -> Vec<[f32; 2]> {
    let rows = scores.iter().zip(&table.labels).zip(&table.weights);
    rows.map(|((s, y), w)| {
        let p = 1.0 / (1.0 + (-s).exp());
        [w * (p - y), w * (p * (1.0 - p)).max(1e-6)]
    })
    .collect()
}

/// Chooses the questions of a tree one by one, each for all leaves at once.
fn questions(columns: &[Binned], asked: &[usize], sample: &[u32], slopes: &[[f32; 2]], growth: &Growth) -> Vec<(usize, usize)> {
    let mut leaf = vec![0u8; sample.len()];
    let sampled: Vec<[f32; 2]> = sample.iter().map(|i| slopes[*i as usize]).collect();
    let mut splits = Vec::new();
    for level in 0..DEPTH {
        let best = crate::parallel(asked.to_vec(), |c| best_threshold(&columns[c], sample, &sampled, &leaf, 1 << level, growth.damping));
        let best = best.iter().zip(asked).max_by(|a, b| a.0.0.total_cmp(&b.0.0));
        let Some((&(_, threshold), &column)) = best else { break };
        splits.push((column, threshold));
        let bins = &columns[column].bins;
        for (leaf, i) in leaf.iter_mut().zip(sample) {
            *leaf |= u8::from(usize::from(bins[*i as usize]) > threshold) << level;
        }
    }
    splits
}

fn best_threshold(column: &Binned, sample: &[u32], slopes: &[[f32; 2]], leaf: &[u8], leaves: usize, damping: f64) -> (f64, usize) {
    let bins = column.thresholds.len() + 1;
    let mut sums = vec![[0f64; 2]; leaves * bins];
    for ((i, [g, h]), leaf) in sample.iter().zip(slopes).zip(leaf) {
        let slot = &mut sums[usize::from(*leaf) * bins + usize::from(column.bins[*i as usize])];
        slot[0] += f64::from(*g);
        slot[1] += f64::from(*h);
    }
    let mut gains = vec![0f64; bins];
    let value = |g: f64, h: f64| g * g / (h + damping);
    for leaf in sums.chunks(bins) {
        let (g, h) = leaf.iter().fold((0.0, 0.0), |(g, h), s| (g + s[0], h + s[1]));
        let (mut left_g, mut left_h) = (0.0, 0.0);
        for (gain, [dg, dh]) in gains.iter_mut().zip(leaf) {
            left_g += dg;
            left_h += dh;
            *gain += value(left_g, left_h) + value(g - left_g, h - left_h);
        }
    }
    let best = (0..column.thresholds.len()).max_by(|a, b| gains[*a].total_cmp(&gains[*b]));
    best.map_or((f64::MIN, 0), |at| (gains[at], at))
}

/// The leaves' values from all rows, added to the scores.
fn leaves(columns: &[Binned], splits: &[(usize, usize)], slopes: &[[f32; 2]], growth: &Growth, scores: &mut [f32]) -> Tree {
    let mut leaf = vec![0u8; scores.len()];
    for (level, (column, threshold)) in splits.iter().enumerate() {
        for (leaf, bin) in leaf.iter_mut().zip(&columns[*column].bins) {
            *leaf |= u8::from(usize::from(*bin) > *threshold) << level;
        }
    }
    let mut sums = [[0f64; 2]; LEAVES];
    for (leaf, [g, h]) in leaf.iter().zip(slopes) {
        sums[usize::from(*leaf)][0] += f64::from(*g);
        sums[usize::from(*leaf)][1] += f64::from(*h);
    }
    let step = |[g, h]: [f64; 2]| (-f64::from(growth.rate) * g / (h + growth.damping) / f64::from(STEP)).clamp(-30_000.0, 30_000.0) as i16;
    let values = sums.map(step);
    for (score, leaf) in scores.iter_mut().zip(&leaf) {
        *score += f32::from(values[usize::from(*leaf)]) * STEP;
    }
    let none = Split { column: 0, above: 255 };
    let mut tree = Tree { splits: [none; DEPTH], leaves: values };
    for (split, (column, threshold)) in tree.splits.iter_mut().zip(splits) {
        *split = Split { column: *column as u16, above: columns[*column].thresholds[*threshold] };
    }
    tree
}
