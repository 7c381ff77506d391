//! Tokens: the words of a text as the rules see them.
//!
//! A token is a run of letters (folded), a number with its inner separators, one character of a script without
//! spaces, or `©`. Everything else separates. Tokens carry a hash, not a string, so that reading a page allocates nothing per word.

use super::fold::Class;
use super::signs::Sign;

/// One token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Hash of the folded word; every number has [`NUMBER`].
    pub word: u64,
    /// Hash of the folded characters, numbers by their digits: equal texts, equal sums.
    pub exact: u64,
    /// Byte offset where it starts in the text.
    pub start: u32,
    /// Byte offset where it ends.
    pub end: u32,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is, and how a word is cased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// All in lower case.
    Lower,
    /// A capital first.
    Title,
    /// All in capitals, two letters or more.
    Upper,
    /// A word in a script without case.
    Caseless,
    /// One character of a script written without spaces.
    Solo,
    /// Digits.
    Number,
    /// `©`.
    Copyright,
}

impl TokenKind {
    /// Whether a name may be written so: with a capital, or in a script that has none.
    pub fn is_name_like(self) -> bool {
        matches!(self, Self::Title | Self::Upper | Self::Caseless | Self::Solo)
    }
}

/// The word hash of every number.
pub const NUMBER: u64 = 0x6e75_6d62_6572_0001;

/// The word hash of `©`.
pub const COPYRIGHT: u64 = 0x636f_7079_0000_0001;

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
/// Odd multiplier of the wyhash family; any odd constant with spread bits serves.
const STEP: u64 = 0xa076_1d64_78bd_642f;

/// One step of the hash over characters or token hashes.
#[inline]
pub const fn mix(state: u64, value: u64) -> u64 {
    (state ^ value).wrapping_mul(STEP).rotate_left(29)
}

/// A word as it is read. The hash runs over the folded characters, eight ASCII letters a step.
struct Word {
    start: usize,
    hash: u64,
    /// Folded ASCII letters not yet in the hash, and how many.
    pending: u64,
    count: u32,
    letters: u32,
    uppers: u32,
    lowers: u32,
    first_upper: bool,
}

impl Word {
    const fn at(start: usize) -> Self {
        Self { start, hash: SEED, pending: 0, count: 0, letters: 0, uppers: 0, lowers: 0, first_upper: false }
    }

    /// Adds a run of ASCII letters.
    #[inline]
    fn push_run(&mut self, run: &[u8]) {
        let mut uppers = 0;
        for b in run {
            uppers += u32::from(b & 0x20 == 0);
            self.push_folded(b | 0x20);
        }
        self.first_upper |= self.letters == 0 && run.first().is_some_and(u8::is_ascii_uppercase);
        let len = offset(run.len());
        self.letters += len;
        self.uppers += uppers;
        self.lowers += len - uppers;
    }

    #[inline]
    fn push_folded(&mut self, letter: u8) {
        self.pending = self.pending << 8 | u64::from(letter);
        self.count += 1;
        if self.count == 8 {
            self.flush();
        }
    }

    #[inline]
    fn flush(&mut self) {
        self.hash = mix(self.hash, self.pending);
        (self.pending, self.count) = (0, 0);
    }

    fn push(&mut self, c: char, sign: Sign) {
        sign.fold(c, |f| match u8::try_from(f) {
            Ok(letter) if letter.is_ascii() => self.push_folded(letter),
            _ => {
                self.flush();
                self.hash = mix(self.hash, u64::from(u32::from(f)));
            }
        });
        self.first_upper |= sign.is_upper && self.letters == 0;
        self.letters += 1;
        self.uppers += u32::from(sign.is_upper);
        self.lowers += u32::from(!sign.is_upper && sign.is_lower);
    }

    fn kind(&self) -> TokenKind {
        if self.uppers == 0 {
            if self.lowers == 0 { TokenKind::Caseless } else { TokenKind::Lower }
        } else if self.lowers == 0 && self.letters > 1 {
            TokenKind::Upper
        } else if self.first_upper {
            TokenKind::Title
        } else {
            TokenKind::Lower
        }
    }

    fn finish(mut self, end: usize) -> Token {
        self.flush();
        Token { word: self.hash, exact: self.hash, start: offset(self.start), end: offset(end), kind: self.kind() }
    }
}

/// A run of ASCII letters, read and hashed eight bytes at a time with the operations of one register on each byte.
struct Run {
    len: usize,
    uppers: u32,
    hash: u64,
}

impl Run {
    /// The run at byte `at`.
    #[inline]
    fn at(bytes: &[u8], at: usize) -> Self {
        const CASE: u64 = 0x2020_2020_2020_2020;
        let mut run = Self { len: 0, uppers: 0, hash: SEED };
        loop {
            let chunk = eight(bytes, at + run.len);
            let folded = chunk | CASE;
            let count = letters(chunk, folded);
            // Bytes of the run alone, the first on top, as `push_folded` packs them.
            let taken = 64 - 8 * count;
            let uppers = (!chunk & CASE).checked_shl(taken).unwrap_or(0);
            // Nearly all letters are small ones, and to count bits takes many steps where the machine has none for it.
            run.uppers += if uppers == 0 { 0 } else { uppers.count_ones() };
            run.hash = mix(run.hash, folded.swap_bytes().checked_shr(taken).unwrap_or(0));
            run.len += count as usize;
            if count < 8 {
                return run;
            }
        }
    }

    /// The run as a word that begins at `at` with the letter `first`.
    #[inline]
    fn token(&self, at: usize, first: u8) -> Token {
        let len = offset(self.len);
        let kind = match self.uppers {
            0 => TokenKind::Lower,
            n if n == len && len > 1 => TokenKind::Upper,
            _ if first.is_ascii_uppercase() => TokenKind::Title,
            _ => TokenKind::Lower,
        };
        Token { word: self.hash, exact: self.hash, start: offset(at), end: offset(at + self.len), kind }
    }
}

/// The eight bytes at `at`, the first lowest; zeros beyond the end.
#[inline]
fn eight(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    if let Some(whole) = rest.first_chunk::<8>() {
        return u64::from_le_bytes(*whole);
    }
    rest.iter().rev().fold(0, |word, b| word << 8 | u64::from(*b))
}

/// How many of the eight bytes are ASCII letters before the first that is none; `folded` are the same in small letters.
#[inline]
fn letters(chunk: u64, folded: u64) -> u32 {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let low = folded & !HIGH;
    let from_a = low + 0x1f1f_1f1f_1f1f_1f1f;
    let past_z = low + 0x0505_0505_0505_0505;
    let is_letter = from_a & !past_z & !chunk & HIGH;
    (is_letter ^ HIGH).trailing_zeros() / 8
}

/// What is counted on the way: characters, commas, sentence ends inside the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    /// Characters.
    pub chars: u32,
    /// Commas of any script.
    pub commas: u32,
    /// Terminal marks before a space, and full stops of scripts without spaces.
    pub inner_ends: u32,
}

/// Offsets are 32 bits: a block of more than 4 GiB saturates, and its tail is then one token.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Appends the tokens of `text` to `out`; returns the marks between them.
pub fn tokenize_into(text: &str, out: &mut Vec<Token>) -> Marks {
    let bytes = text.as_bytes();
    let mut marks = Marks::default();
    let mut word: Option<Word> = None;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        // Runs of ASCII letters are most of most text: they are read eight at a time.
        if byte.is_ascii_alphabetic() {
            let run = Run::at(bytes, at);
            let next = bytes.get(at + run.len).copied();
            let mut len = run.len;
            if word.is_none() && next.is_none_or(|b| b.is_ascii()) {
                out.push(run.token(at, byte));
                // Behind most words stands a space.
                len += usize::from(next == Some(b' '));
            } else {
                word.get_or_insert(Word::at(at)).push_run(bytes.get(at..at + run.len).unwrap_or_default());
            }
            marks.chars += offset(len);
            at += len;
            continue;
        }
        if byte == b' ' && word.is_none() {
            marks.chars += 1;
            at += 1;
            continue;
        }
        if byte.is_ascii() && !byte.is_ascii_digit() {
            out.extend(word.take().map(|w| w.finish(at)));
            marks.count(char::from(byte), bytes.get(at + 1) == Some(&b' '), at + 1 == bytes.len());
            marks.chars += 1;
            at += 1;
            continue;
        }
        let Some(c) = text.get(at..).and_then(|t| t.chars().next()) else { break };
        let sign = Sign::of(c);
        match sign.class {
            Class::Letter => word.get_or_insert(Word::at(at)).push(c, sign),
            Class::Ignored => {}
            class => {
                out.extend(word.take().map(|w| w.finish(at)));
                match class {
                    Class::Digit => {
                        let number = number(text, at);
                        let end = number.end as usize;
                        marks.chars += text.get(at..end).map_or(0, |n| offset(n.chars().count()));
                        at = end;
                        out.push(number);
                        continue;
                    }
                    Class::Solo => out.push(single(at, c, u64::from(u32::from(c)) | 1 << 40, TokenKind::Solo)),
                    Class::Copyright => out.push(single(at, c, COPYRIGHT, TokenKind::Copyright)),
                    _ => marks.count(c, bytes.get(at + c.len_utf8()) == Some(&b' '), at + c.len_utf8() == bytes.len()),
                }
            }
        }
        marks.chars += 1;
        at += c.len_utf8();
    }
    out.extend(word.map(|w| w.finish(text.len())));
    marks
}

impl Marks {
    /// Counts a mark between tokens, a space behind it or not, at the end of the text or not.
    #[inline]
    fn count(&mut self, c: char, before_space: bool, last: bool) {
        match c {
            ',' | '،' | '、' | '，' => self.commas += 1,
            '.' | '!' | '?' | '؟' | '।' | '۔' | '։' | '።' | '፧' | '။' | '។' => self.inner_ends += u32::from(before_space),
            '。' | '！' | '？' => self.inner_ends += u32::from(!last),
            _ => {}
        }
    }
}

fn single(at: usize, c: char, hash: u64, kind: TokenKind) -> Token {
    let hash = mix(SEED, hash);
    Token { word: hash, exact: hash, start: offset(at), end: offset(at + c.len_utf8()), kind }
}

/// The number at byte `at`, with the separators inside it: `1,234.5`, `4:05`, `29.12.2024`.
fn number(text: &str, at: usize) -> Token {
    let digit = |c: char| c.is_ascii_digit() || (!c.is_ascii() && Sign::of(c).class == Class::Digit);
    let mut exact = NUMBER;
    let mut end = at;
    let mut chars = text.get(at..).unwrap_or_default().chars().peekable();
    while let Some(c) = chars.next() {
        let inside = matches!(c, '.' | ',' | ':') && chars.peek().is_some_and(|d| digit(*d));
        if !digit(c) && !inside {
            break;
        }
        exact = mix(exact, u64::from(u32::from(c)));
        end += c.len_utf8();
    }
    Token { word: NUMBER, exact, start: offset(at), end: offset(end), kind: TokenKind::Number }
}

/// Bytes of a token and what follows it in most languages; in scripts without spaces a token has three.
const TOKEN_BYTES: usize = 5;

/// The tokens of `text`, in a new list.
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / TOKEN_BYTES + 1);
    tokenize_into(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<u64> {
        tokenize(text).iter().map(|t| t.word).collect()
    }

    #[test]
    fn spelling_variants_are_one_word() {
        for (a, b) in [
            ("À LIRE AUSSI", "a lire aussi"),
            ("ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ", "Διαβάστε επίσης"),
            ("Straße", "STRASSE"),
            ("ЧИТАЙТЕ ТАКЖЕ:", "читайте также"),
            ("İLGİLİ HABERLER", "ilgili haberler"),
            ("Ｎｅｗｓ", "news"),
            ("un\u{ad}ab\u{200b}lässig", "unablässig"),
        ] {
            assert_eq!(words(a), words(b), "{a} / {b}");
        }
        assert_ne!(words("が"), words("か"));
    }

    #[test]
    fn eight_letters_at_a_time_are_the_same_as_one() {
        for text in ["a", "Ab", "ABCDEFG", "abcdefgh", "abcdefghI", "interNationalisation", "x1", "[\\]^_`{|}@"] {
            for byte in 0..text.len() {
                let run = Run::at(text.as_bytes(), byte);
                let letters = text.bytes().skip(byte).take_while(u8::is_ascii_alphabetic).count();
                let mut word = Word::at(byte);
                word.push_run(text.as_bytes().get(byte..byte + letters).unwrap());
                assert_eq!((run.len, run.uppers), (letters, word.uppers), "{text} from {byte}");
                if letters > 0 {
                    assert_eq!(run.token(byte, text.as_bytes()[byte]), word.finish(byte + letters), "{text} from {byte}");
                }
            }
        }
    }

    #[test]
    fn tokens_know_what_they_are() {
        use TokenKind::{Caseless, Copyright, Lower, Number, Solo, Title, Upper};
        let kinds: Vec<_> = tokenize("RIO -0.72% © Mr l'été 関連 אבג 1,234.5").iter().map(|t| t.kind).collect();
        assert_eq!(kinds, [Upper, Number, Copyright, Title, Lower, Lower, Solo, Solo, Caseless, Number]);
    }
}
