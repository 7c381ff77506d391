//! The words of a text as the benchmark's Python counts them, and which runs of them a text holds.

use std::collections::HashSet;

use unicode_normalization::char::is_combining_mark;

use super::SHINGLE;

/// The words of `text`: runs of what Python's `\w` matches, so that figures agree with those of others.
pub fn words(text: &str) -> Vec<&str> {
    text.split(|c| !is_word(c)).filter(|word| !word.is_empty()).collect()
}

/// Python's `\w`: letters, figures and `_`. Unlike Rust's `is_alphanumeric` it leaves out vowel signs and letters in circles.
fn is_word(c: char) -> bool {
    match c {
        '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}' => false,
        c if c.is_ascii() => c.is_ascii_alphanumeric() || c == '_',
        c => c.is_alphanumeric() && !is_combining_mark(c),
    }
}

/// The runs of up to four words that a text holds.
pub(super) struct Runs<'w, 't>([HashSet<&'w [&'t str]>; SHINGLE]);

impl<'w, 't> Runs<'w, 't> {
    /// Those of `words`.
    pub(super) fn of(words: &'w [&'t str]) -> Self {
        Self([1, 2, 3, 4].map(|size| words.windows(size).collect()))
    }

    /// Whether `run` is one of them.
    pub(super) fn has(&self, run: &[&str]) -> bool {
        run.len().checked_sub(1).and_then(|at| self.0.get(at)).is_some_and(|runs| runs.contains(run))
    }

    /// How many of `words` stand in no run of theirs that is one of these.
    pub(super) fn missing(&self, words: &[&str]) -> u64 {
        (words.len() - covered(words, |run| self.has(run))) as u64
    }
}

/// How many of `words` stand in a run that `is_there`. Fewer than four words are one run.
pub(super) fn covered<'t>(words: &[&'t str], mut is_there: impl FnMut(&[&'t str]) -> bool) -> usize {
    let size = words.len().clamp(1, SHINGLE);
    let (mut count, mut upto) = (0, 0);
    for (at, run) in words.windows(size).enumerate() {
        if is_there(run) {
            count += at + size - upto.max(at);
            upto = at + size;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_python() {
        assert_eq!(words("The ferry's 2nd_run: 14,5 € (été)"), ["The", "ferry", "s", "2nd_run", "14", "5", "été"]);
        // Vowel signs end words there.
        assert_eq!(words("हिन्दी ④"), ["ह", "न", "द", "④"]);
    }

    #[test]
    fn words_in_common_runs() {
        let text = words("the boat will run again from June");
        let runs = Runs::of(&text);
        for (other, missing) in [("the boat will run again", 0), ("a boat will run again", 1), ("June", 0), ("from July", 2), ("", 0)] {
            assert_eq!(runs.missing(&words(other)), missing, "{other}");
        }
    }
}
