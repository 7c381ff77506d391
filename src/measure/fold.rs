//! Folding: one spelling for what readers take for the same letter.
//!
//! Lower case; accents off for Latin, Greek and Cyrillic (capital headlines print `A LIRE AUSSI`, `ΔΙΑΒΑΣΤΕ`); vowel
//! points off for Hebrew and Arabic; full-width ASCII to ASCII. Scripts in which marks are letters (Indic, Thai, kana)
//! are left alone.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// What a character is to the tokeniser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Part of a word.
    Letter,
    /// A digit of any script.
    Digit,
    /// A character of a script written without spaces: a token of its own.
    Solo,
    /// Has no part in a token and does not end one (vowel points, soft hyphens, joiners).
    Ignored,
    /// The copyright sign: a token, because it carries meaning in furniture.
    Copyright,
    /// Punctuation, space, symbols: ends a token.
    Break,
}

/// The class of a character that is not ASCII.
pub(crate) fn classify(c: char) -> Class {
    match c as u32 {
        0xA9 => Class::Copyright,
        0xAD | 0x200B..=0x200F | 0x2060 | 0xFEFF => Class::Ignored,
        0x300..=0x36F | 0x591..=0x5C7 | 0x610..=0x61A | 0x640 | 0x64B..=0x65F | 0x670 => Class::Ignored,
        0x2000..=0x206F | 0x3000..=0x3004 | 0x3007..=0x3020 | 0x30FB | 0xFF00..=0xFF0F => Class::Break,
        o if is_solo(o) => Class::Solo,
        _ if c.is_numeric() => Class::Digit,
        _ if c.is_alphanumeric() || is_combining_mark(c) => Class::Letter,
        _ => Class::Break,
    }
}

/// Thai, Lao, Burmese, Khmer, kana, Han: scripts written without spaces between words.
fn is_solo(o: u32) -> bool {
    matches!(o,
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3005..=0x3006 | 0x3040..=0x30FF
        | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0xFF66..=0xFF9D | 0x2_0000..=0x3_FFFF)
}

/// Calls `each` with the folded characters of a letter that is not ASCII.
pub(crate) fn fold(c: char, mut each: impl FnMut(char)) {
    match c as u32 {
        // Russian, Ukrainian, Bulgarian without their two accented letters: the bulk of Cyrillic text.
        0x430..=0x44F if c != 'й' => each(c),
        0x410..=0x42F if c != 'Й' => each(char::from_u32(c as u32 + 0x20).unwrap_or(c)),
        0x0900..=0x10FF | 0x1100..=0x1DFF | 0x3000..=0xFEFF => each(c),
        0xFF01..=0xFF5E => each(char::from_u32(c as u32 - 0xFEE0).unwrap_or(c).to_ascii_lowercase()),
        _ => {
            for low in c.to_lowercase() {
                decompose_canonical(low, |d| {
                    if classify_mark(d) {
                        return;
                    }
                    match d {
                        'ß' => {
                            each('s');
                            each('s');
                        }
                        'æ' => {
                            each('a');
                            each('e');
                        }
                        'œ' => {
                            each('o');
                            each('e');
                        }
                        _ => each(same_letter(d)),
                    }
                });
            }
        }
    }
}

/// Whether a decomposed character is an accent.
fn classify_mark(d: char) -> bool {
    matches!(d as u32, 0x300..=0x36F | 0x591..=0x5C7 | 0x653..=0x655)
}

/// Letters that are one to a reader but do not decompose.
fn same_letter(d: char) -> char {
    match d {
        'ı' => 'i',
        'ς' => 'σ',
        'ł' => 'l',
        'ø' => 'o',
        'đ' => 'd',
        'ى' | 'ی' => 'ي',
        'ک' => 'ك',
        other => other,
    }
}
