//! The features of a page as columns of bytes: one row a block, one column a feature.
//!
//! Every feature is brought to a byte by a fixed scale, so that a tree's question is one comparison of bytes, sixteen blocks at a
//! time, and training sees exactly what use sees.

/// A table of bytes, filled column by column.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    rows: usize,
    names: Vec<Name>,
    bytes: Vec<u8>,
}

/// Name of a feature: what it is, and the distance or window in blocks where it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// What is measured.
    pub what: &'static str,
    /// The neighbour (-2, 1) or the window (8 blocks below, -8 above) that it is measured on; 0 for the block itself.
    pub at: i16,
}

impl Columns {
    /// An empty table for `rows` blocks.
    pub fn new(rows: usize) -> Self {
        Self { rows, names: Vec::with_capacity(256), bytes: Vec::with_capacity(rows * 256) }
    }

    /// Appends a column.
    pub fn push(&mut self, what: &'static str, at: i16, values: impl Iterator<Item = u8>) {
        self.names.push(Name { what, at });
        self.bytes.extend(values.take(self.rows));
        self.bytes.resize(self.names.len() * self.rows, 0);
    }

    /// Appends a column with the same value for every block.
    pub fn push_all(&mut self, what: &'static str, value: u8) {
        self.names.push(Name { what, at: 0 });
        self.bytes.resize(self.names.len() * self.rows, value);
    }

    /// The given rows alone, each column in chunks of `N` rows, the last filled up with zeros.
    pub fn only<const N: usize>(&self, rows: &[usize]) -> Vec<Vec<[u8; N]>> {
        let chunk = |column: &[u8], rows: &[usize]| {
            let mut out = [0; N];
            for (slot, row) in out.iter_mut().zip(rows) {
                *slot = column.get(*row).copied().unwrap_or_default();
            }
            out
        };
        (0..self.names.len()).map(|at| rows.chunks(N).map(|rows| chunk(self.column(at), rows)).collect()).collect()
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The names of the columns.
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// The column at index `at`, one byte a row; empty if there is none.
    pub fn column(&self, at: usize) -> &[u8] {
        self.bytes.get(at * self.rows..(at + 1) * self.rows).unwrap_or_default()
    }
}

/// A count as a byte: itself up to 64, then eight steps an octave.
pub(super) fn count(n: u32) -> u8 {
    if n < 64 {
        return n as u8;
    }
    let octave = n.ilog2();
    let eighth = (n >> (octave - 3)) & 7;
    (64 + (octave - 6) * 8 + eighth).min(255) as u8
}

/// A signed count as a byte around 128, by the same scale at half the resolution.
pub(super) fn signed(n: i32) -> u8 {
    let size = count(n.unsigned_abs()) >> 1;
    if n < 0 { 128 - size.min(127) } else { 128 + size.min(127) }
}

/// A share as a byte: 0 to 200, and 255 where there is nothing to share.
pub(super) fn share(part: i32, whole: i32) -> u8 {
    if whole <= 0 { 255 } else { (part as f32 / whole as f32 * 200.0).clamp(0.0, 200.0) as u8 }
}

/// A score of -6 to 6 as a byte around 128.
pub(super) fn score(x: f32) -> u8 {
    (x * 20.0 + 128.0).clamp(0.0, 255.0) as u8
}
