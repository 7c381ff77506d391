//! The leaves that a tree's answers lead to, looked up for many blocks at once.

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{__m256i, __m512i};

use super::columns::LANES;

/// Leaves of one tree.
pub const LEAVES: usize = 64;

/// A way to look leaves up.
pub(super) trait Lookup {
    /// Adds to each of `sums` the leaf of that number.
    fn add(&self, leaves: &[i16; LEAVES], numbers: &[u8; LANES], sums: &mut [i32; LANES]);
}

/// One leaf after another, on any machine.
pub(super) struct OneByOne;

impl Lookup for OneByOne {
    #[inline(always)]
    fn add(&self, leaves: &[i16; LEAVES], numbers: &[u8; LANES], sums: &mut [i32; LANES]) {
        for (sum, number) in sums.iter_mut().zip(numbers) {
            // A leaf's number has six bits; the remainder says so to the compiler.
            *sum += i32::from(leaves.get(usize::from(*number) % LEAVES).copied().unwrap_or_default());
        }
    }
}

/// By AVX-512: a tree has as many leaves as two of its registers have places, and one instruction looks 32 up.
///
/// One by one they were two thirds of what the trees cost.
#[cfg(target_arch = "x86_64")]
pub(super) struct ByPermutation(pub(super) pulp::x86::V4);

#[cfg(target_arch = "x86_64")]
impl Lookup for ByPermutation {
    #[inline(always)]
    fn add(&self, leaves: &[i16; LEAVES], numbers: &[u8; LANES], sums: &mut [i32; LANES]) {
        let (f, bw) = (self.0.avx512f, self.0.avx512bw);
        let [low, high]: [__m512i; 2] = pulp::cast(*leaves);
        let numbers: [__m256i; LANES / 32] = pulp::cast(*numbers);
        let (sums, _) = sums.as_chunks_mut::<32>();
        for (numbers, sums) in numbers.into_iter().zip(sums) {
            let found = bw._mm512_permutex2var_epi16(low, bw._mm512_cvtepu8_epi16(numbers), high);
            let [first, second]: [__m512i; 2] = pulp::cast(*sums);
            let first = f._mm512_add_epi32(first, f._mm512_cvtepi16_epi32(f._mm512_castsi512_si256(found)));
            let second = f._mm512_add_epi32(second, f._mm512_cvtepi16_epi32(f._mm512_extracti64x4_epi64::<1>(found)));
            *sums = pulp::cast([first, second]);
        }
    }
}

/// By AVX2: the low and the high bytes of sixteen leaves each fill a register's half, within which one instruction looks 32 up.
///
/// To look up in four such halves and take the right one of four costs half of what it costs one by one.
#[cfg(target_arch = "x86_64")]
pub(super) struct ByShuffles(pub(super) pulp::x86::V3);

#[cfg(target_arch = "x86_64")]
impl ByShuffles {
    /// The even bytes of `leaves`, sixteen in both halves of a register; the odd ones, where the leaves were shifted.
    #[inline(always)]
    fn bytes(&self, leaves: [__m256i; 4]) -> [__m256i; 4] {
        let (a, b) = (self.0.avx, self.0.avx2);
        let [one, two, three, four] = leaves.map(|leaves| b._mm256_and_si256(leaves, a._mm256_set1_epi16(0xff)));
        // A pack works within the halves: 0-7 16-23, 8-15 24-31.
        let firsts = b._mm256_permute4x64_epi64::<0b11_01_10_00>(b._mm256_packus_epi16(one, two));
        let lasts = b._mm256_permute4x64_epi64::<0b11_01_10_00>(b._mm256_packus_epi16(three, four));
        [
            b._mm256_permute2x128_si256::<0x00>(firsts, firsts),
            b._mm256_permute2x128_si256::<0x11>(firsts, firsts),
            b._mm256_permute2x128_si256::<0x00>(lasts, lasts),
            b._mm256_permute2x128_si256::<0x11>(lasts, lasts),
        ]
    }

    /// The bytes of those numbers.
    #[inline(always)]
    fn look_up(&self, bytes: [__m256i; 4], numbers: __m256i) -> __m256i {
        let b = self.0.avx2;
        // The choice looks at the uppermost bit of a byte, and a byte has no shift of its own: what comes in from beside is below it.
        let (fifth, sixth) = (b._mm256_slli_epi16::<3>(numbers), b._mm256_slli_epi16::<2>(numbers));
        let [one, two, three, four] = bytes.map(|bytes| b._mm256_shuffle_epi8(bytes, numbers));
        b._mm256_blendv_epi8(b._mm256_blendv_epi8(one, two, fifth), b._mm256_blendv_epi8(three, four, fifth), sixth)
    }
}

#[cfg(target_arch = "x86_64")]
impl Lookup for ByShuffles {
    #[inline(always)]
    fn add(&self, leaves: &[i16; LEAVES], numbers: &[u8; LANES], sums: &mut [i32; LANES]) {
        let (a, b) = (self.0.avx, self.0.avx2);
        let leaves: [__m256i; 4] = pulp::cast(*leaves);
        let (low, high) = (self.bytes(leaves), self.bytes(leaves.map(|leaves| b._mm256_srli_epi16::<8>(leaves))));
        let numbers: [__m256i; LANES / 32] = pulp::cast(*numbers);
        let (sums, _) = sums.as_chunks_mut::<32>();
        for (numbers, sums) in numbers.into_iter().zip(sums) {
            let (low, high) = (self.look_up(low, numbers), self.look_up(high, numbers));
            // Leaves 0-7 16-23, 8-15 24-31 of the 32.
            let (firsts, lasts) = (b._mm256_unpacklo_epi8(low, high), b._mm256_unpackhi_epi8(low, high));
            let found = [
                a._mm256_castsi256_si128(firsts),
                a._mm256_castsi256_si128(lasts),
                b._mm256_extracti128_si256::<1>(firsts),
                b._mm256_extracti128_si256::<1>(lasts),
            ];
            let mut rows: [__m256i; 4] = pulp::cast(*sums);
            for (row, found) in rows.iter_mut().zip(found) {
                *row = b._mm256_add_epi32(*row, b._mm256_cvtepi16_epi32(found));
            }
            *sums = pulp::cast(rows);
        }
    }
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use super::*;

    /// Every way that this machine knows finds the same leaves.
    #[test]
    fn all_ways_look_up_the_same() {
        let mut state = 1u64;
        let mut next = || {
            state = crate::measure::mix(state, 7);
            state
        };
        for _ in 0..100 {
            let leaves: [i16; LEAVES] = std::array::from_fn(|_| next() as i16);
            let numbers: [u8; LANES] = std::array::from_fn(|_| (next() % LEAVES as u64) as u8);
            let start: [i32; LANES] = std::array::from_fn(|_| next() as i16 as i32);
            let expected: Vec<i32> = start.iter().zip(numbers).map(|(sum, n)| sum + i32::from(leaves[usize::from(n)])).collect();
            let by = |lookup: &dyn Lookup| {
                let mut sums = start;
                lookup.add(&leaves, &numbers, &mut sums);
                sums.to_vec()
            };
            assert_eq!(by(&OneByOne), expected);
            if let Some(simd) = pulp::x86::V3::try_new() {
                assert_eq!(by(&ByShuffles(simd)), expected);
            }
            if let Some(simd) = pulp::x86::V4::try_new() {
                assert_eq!(by(&ByPermutation(simd)), expected);
            }
        }
    }
}
