//! Running sums over the blocks of a page, so that what stands in any stretch of it is one subtraction.

/// Running sums of one measure.
pub(super) struct Sums<T>(Vec<T>);

impl Sums<i64> {
    /// Those of a measure, given block by block.
    pub(super) fn of(values: impl ExactSizeIterator<Item = i32>) -> Self {
        Self::running(values, |sum, value| sum + i64::from(value))
    }
}

impl Sums<u32> {
    /// Those of a measure of which a page has no more than bytes.
    pub(super) fn of_counts(values: impl ExactSizeIterator<Item = i32>) -> Self {
        Self::running(values, |sum, value| sum.saturating_add_signed(value))
    }
}

impl<T: Copy + Default + Into<i64>> Sums<T> {
    fn running(values: impl ExactSizeIterator<Item = i32>, add: impl Fn(T, i32) -> T) -> Self {
        let mut sum = T::default();
        let mut sums = Vec::with_capacity(values.len() + 1);
        sums.push(sum);
        sums.extend(values.map(|value| {
            sum = add(sum, value);
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
        let at = |i: i64| -> i64 { self.0.get((i.max(0) as usize).min(self.rows())).copied().unwrap_or_default().into() };
        narrow(at(to) - at(from))
    }

    /// The measure of block `i` alone.
    pub(super) fn own(&self, i: usize) -> i32 {
        self.between(i as i64, i as i64 + 1)
    }
}

/// Running sums for windows that go along with the block, filled up at both ends so that a window over the page's edge ends there. They
/// may overflow, as the difference of two of them does not.
pub(super) struct Windows(Vec<i32>);

impl Windows {
    /// Blocks of the longest window.
    pub(super) const REACH: usize = 20;

    /// Those of a measure, given block by block: a value of 2^26 at most.
    pub(super) fn of(values: impl ExactSizeIterator<Item = i32>) -> Self {
        let rows = values.len();
        let mut sum = 0i32;
        let mut sums = Vec::with_capacity(rows + 1 + 2 * Self::REACH);
        sums.resize(Self::REACH + 1, 0);
        sums.extend(values.map(|value| {
            sum = sum.wrapping_add(value);
            sum
        }));
        sums.resize(rows + 1 + 2 * Self::REACH, sum);
        Self(sums)
    }

    /// For each block from `first` on the sum over the `window` blocks below it, or above it for a negative window.
    #[inline(always)]
    pub(super) fn over(&self, window: i16, first: usize) -> Over<'_> {
        let reach = usize::from(window.unsigned_abs()).min(Self::REACH);
        let (from, to) = if window > 0 { (1, 1 + reach) } else { (0, reach) };
        let start = first + if window > 0 { Self::REACH } else { Self::REACH - reach };
        let at = |k: usize| self.0.get(start + k..).unwrap_or_default();
        Over { to: at(to), from: at(from) }
    }
}

/// The sums over a window that goes down the page: the differences of two running sums.
#[derive(Clone, Copy)]
pub(super) struct Over<'w> {
    to: &'w [i32],
    from: &'w [i32],
}

impl Over<'_> {
    /// Writes for each block what `byte` makes of its sum and of that of `whole`.
    #[inline(always)]
    pub(super) fn fill(self, whole: Over<'_>, out: &mut [u8], byte: impl Fn(i32, i32) -> u8) {
        let sums = self.to.iter().zip(self.from).zip(whole.to.iter().zip(whole.from));
        for (slot, ((to, from), (whole_to, whole_from))) in out.iter_mut().zip(sums) {
            *slot = byte(to.wrapping_sub(*from), whole_to.wrapping_sub(*whole_from));
        }
    }
}

/// A sum of a page so large that it does not fit is as good as the largest that does, with room to take a block away.
pub(super) fn narrow(sum: i64) -> i32 {
    sum.clamp(i64::from(i32::MIN / 2), i64::from(i32::MAX / 2)) as i32
}

/// How far block `i` is from the blocks `from..to`: below 0 above them, 0 among them.
pub(super) fn away(i: i64, from: i64, to: i64) -> i64 {
    if i < from { i - from } else { (i - to + 1).max(0) }
}
