//! What is known of a character, looked up once: the tables of Unicode are searched step by step, which for each letter of Arabic,
//! Hindi or Greek text took longer than everything else that is done with it.

use std::sync::OnceLock;

use super::fold::{Class, classify, fold};

/// What a digit, or a character that is not ASCII, is to the tokeniser, and how it is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign {
    pub(super) class: Class,
    /// Whether it is a capital or a small letter; neither in a script without case.
    pub(super) is_upper: bool,
    pub(super) is_lower: bool,
    /// The one letter that it is folded to; none if it is folded to none or to several.
    folded: Option<char>,
}

/// Characters that are looked up together: those with the same first bytes in UTF-8.
const BLOCK: usize = 64;
/// The first character of Chinese and Japanese, which are told by their ranges alone.
const IDEOGRAPHS: usize = 0x2E80;
/// The syllables of Korean, all of which are letters without case.
const HANGUL: std::ops::RangeInclusive<char> = '\u{AC00}'..='\u{D7A3}';

/// The signs below the ideographs, block by block as texts have them.
static BLOCKS: [OnceLock<Box<[Sign; BLOCK]>>; IDEOGRAPHS / BLOCK] = [const { OnceLock::new() }; IDEOGRAPHS / BLOCK];

impl Sign {
    /// That of `c`.
    #[inline]
    pub(super) fn of(c: char) -> Self {
        let (block, at) = (c as usize / BLOCK, c as usize % BLOCK);
        match BLOCKS.get(block) {
            Some(signs) => signs.get_or_init(|| block_of(block)).get(at).copied().unwrap_or_else(|| Self::looked_up(c)),
            None if HANGUL.contains(&c) => Self { class: Class::Letter, is_upper: false, is_lower: false, folded: Some(c) },
            None => Self::looked_up(c),
        }
    }

    fn looked_up(c: char) -> Self {
        let class = classify(c);
        if class != Class::Letter {
            return Self { class, is_upper: false, is_lower: false, folded: None };
        }
        let (mut count, mut folded) = (0, None);
        fold(c, |letter| (count, folded) = (count + 1, Some(letter)));
        Self { class, is_upper: c.is_uppercase(), is_lower: c.is_lowercase(), folded: folded.filter(|_| count == 1) }
    }

    /// Calls `each` with the folded letters of `c`, whose sign this is.
    #[inline]
    pub(super) fn fold(self, c: char, mut each: impl FnMut(char)) {
        match self.folded {
            Some(letter) => each(letter),
            None => fold(c, each),
        }
    }
}

#[cold]
fn block_of(block: usize) -> Box<[Sign; BLOCK]> {
    // Below the ideographs every number is a character.
    Box::new(std::array::from_fn(|at| Sign::looked_up(u32::try_from(block * BLOCK + at).ok().and_then(char::from_u32).unwrap_or_default())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_what_the_tables_say() {
        for c in '\0'..=char::MAX {
            let sign = Sign::of(c);
            assert_eq!(sign, Sign::looked_up(c), "{:x}", c as u32);
            let (mut fast, mut slow) = (Vec::new(), Vec::new());
            sign.fold(c, |letter| fast.push(letter));
            fold(c, |letter| slow.push(letter));
            assert_eq!(fast, slow, "{:x}", c as u32);
        }
    }
}
