//! Hashes of bytes, and tables of what is a hash already.

use std::hash::{BuildHasher, Hasher};

use super::mix;

/// The hash of some bytes, eight a step: the same on every machine.
pub fn hash_bytes(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let hash = words.iter().fold(bytes.len() as u64 + 1, |hash, word| mix(hash, u64::from_be_bytes(*word)));
    if rest.is_empty() { hash } else { mix(hash, rest.iter().fold(0, |word, b| word << 8 | u64::from(*b))) }
}

/// Hashes a hash by one multiplication (Knuth's multiplicative hashing): the hashes of [`super::mix`] come from scraped text, but
/// they are spread well, and a page that holds colliding ones by design costs its own time only.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hashed;

impl BuildHasher for Hashed {
    type Hasher = HashedHasher;

    fn build_hasher(&self) -> HashedHasher {
        HashedHasher(0)
    }
}

/// The state of [`Hashed`].
#[derive(Debug)]
pub(crate) struct HashedHasher(u64);

/// 2^64 divided by the golden ratio.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

impl Hasher for HashedHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = self.0 << 8 ^ u64::from(*b);
        }
    }

    fn write_u32(&mut self, n: u32) {
        self.0 = u64::from(n).wrapping_mul(SPREAD);
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = n.wrapping_mul(SPREAD);
    }
}
