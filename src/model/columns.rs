//! The features of a page as columns of bytes: one row a block, one column a feature.
//!
//! Every feature is brought to a byte by a fixed scale, so that a tree's question is one comparison of bytes, many blocks at a
//! time, and training sees exactly what use sees.

/// Rows that are asked together. Every column is filled up with zeros to a multiple of it.
pub const LANES: usize = 64;

/// A table of bytes, filled column by column.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    rows: usize,
    /// Bytes of a column: the rows, filled up.
    stride: usize,
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
        let stride = rows.next_multiple_of(LANES);
        Self { rows, stride, names: Vec::with_capacity(256), bytes: Vec::with_capacity(stride * 256) }
    }

    /// Appends a column.
    pub fn push(&mut self, what: &'static str, at: i16, values: impl Iterator<Item = u8>) {
        self.names.push(Name { what, at });
        self.bytes.extend(values.take(self.rows));
        self.bytes.resize(self.names.len() * self.stride, 0);
    }

    /// Appends a column that `fill` writes, where a loop over slices does it for many rows at once.
    #[inline(always)]
    pub(super) fn push_filled(&mut self, what: &'static str, at: i16, fill: impl FnOnce(&mut [u8])) {
        let start = self.bytes.len();
        self.names.push(Name { what, at });
        self.bytes.resize(self.names.len() * self.stride, 0);
        fill(self.bytes.get_mut(start..start + self.rows).unwrap_or_default());
    }

    /// Appends a column with the same value for every block.
    pub fn push_all(&mut self, what: &'static str, value: u8) {
        self.names.push(Name { what, at: 0 });
        self.bytes.resize(self.names.len() * self.stride, value);
    }

    /// The given rows alone.
    pub fn only(&self, rows: &[usize]) -> Self {
        let stride = rows.len().next_multiple_of(LANES);
        let mut bytes = vec![0; stride * self.names.len()];
        for (at, to) in bytes.chunks_exact_mut(stride.max(1)).enumerate() {
            let column = self.column(at);
            for (slot, row) in to.iter_mut().zip(rows) {
                *slot = column.get(*row).copied().unwrap_or_default();
            }
        }
        Self { rows: rows.len(), stride, names: self.names.clone(), bytes }
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
        self.bytes.get(at * self.stride..at * self.stride + self.rows).unwrap_or_default()
    }

    /// The same column in chunks, the last filled up with zeros.
    pub fn chunks(&self, at: usize) -> &[[u8; LANES]] {
        self.bytes.get(at * self.stride..(at + 1) * self.stride).unwrap_or_default().as_chunks().0
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

/// The same for a count below 256, without a branch.
#[inline(always)]
pub(super) fn small_count(n: i32) -> u8 {
    let above = if n < 128 { 64 + (n >> 3 & 7) } else { 72 + (n >> 4 & 7) };
    (if n < 64 { n } else { above }) as u8
}

/// A signed count as a byte around 128, by the same scale at half the resolution.
pub(super) fn signed(n: i32) -> u8 {
    let size = count(n.unsigned_abs()) >> 1;
    if n < 0 { 128 - size.min(127) } else { 128 + size.min(127) }
}

/// A share as a byte: 0 to 200, and 255 where there is nothing to share.
#[inline(always)]
pub(super) fn share(part: i32, whole: i32) -> u8 {
    // By way of 32 bits, which registers turn many of.
    if whole <= 0 { 255 } else { (part as f32 / whole as f32 * 200.0).clamp(0.0, 200.0) as i32 as u8 }
}

/// A score of -6 to 6 as a byte around 128.
#[inline(always)]
pub(super) fn score(x: f32) -> u8 {
    (x * 20.0 + 128.0).clamp(0.0, 255.0) as i32 as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_count_is_a_count() {
        for n in 0..=255u8 {
            assert_eq!(small_count(n.into()), count(n.into()));
        }
    }
}
