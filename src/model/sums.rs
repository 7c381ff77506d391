//! Running sums over the blocks of a page, so that what stands in any stretch of it is one subtraction.

/// Running sums of one measure.
pub(super) struct Sums(Vec<i64>);

impl Sums {
    /// Those of a measure, given block by block.
    pub(super) fn of(values: impl ExactSizeIterator<Item = i32>) -> Self {
        let mut sum = 0;
        let mut sums = Vec::with_capacity(values.len() + 1);
        sums.push(0);
        sums.extend(values.map(|value| {
            sum += i64::from(value);
            sum
        }));
        Self(sums)
    }

    /// How many blocks there are.
    pub(super) fn rows(&self) -> usize {
        self.0.len() - 1
    }

    /// The sum over blocks `from..to`, cut at the page's edges.
    pub(super) fn between(&self, from: i64, to: i64) -> i32 {
        let at = |i: i64| self.0.get((i.max(0) as usize).min(self.rows())).copied().unwrap_or_default();
        narrow(at(to) - at(from))
    }

    /// The sum over a stretch that is known to be on the page.
    pub(super) fn over(&self, (from, to): (u32, u32)) -> i32 {
        let at = |i: u32| self.0.get(i as usize).copied().unwrap_or_default();
        narrow(at(to) - at(from))
    }
}

/// A sum of a page so large that it does not fit is as good as the largest that does, with room to take a block away.
fn narrow(sum: i64) -> i32 {
    sum.clamp(i64::from(i32::MIN / 2), i64::from(i32::MAX / 2)) as i32
}

/// How far block `i` is from the blocks `from..to`: below 0 above them, 0 among them.
pub(super) fn away(i: i64, from: i64, to: i64) -> i64 {
    if i < from { i - from } else { (i - to + 1).max(0) }
}
