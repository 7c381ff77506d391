//! Patterns of own rules: regular expressions, which the built-in rules do without, so that a run without own ones compiles none.
//!
//! Of the tables that Unicode has for patterns only those of `\w`, `\d` and `\s` are in the program: those for cases and for `\p{…}` hold
//! five thousand pointers, which every start would have to put right, used or not. So `(?i)` is done here, by small letters on both sides.
//! (Where another crate of a program asks for these tables, as the tests' do, both work everywhere.)

use regex::{Regex, RegexBuilder};

use super::Where;

/// Most bytes of a compiled pattern: a hundred times what one for a line of furniture takes.
const LARGEST: usize = 1 << 20;

/// What a pattern begins with for which case does not count.
const ANY_CASE: &str = "(?i)";

/// A pattern, compiled.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    regex: Regex,
    /// Whether it is one for small letters.
    is_small: bool,
}

impl Pattern {
    /// `pattern` to be found at `place`; else what is wrong with it. It is matched in linear time, whatever it is.
    pub(super) fn new(pattern: &str, place: Where) -> Result<Self, String> {
        let any_case = pattern.strip_prefix(ANY_CASE);
        let pattern = any_case.map_or_else(|| pattern.to_owned(), small);
        // First as it is written: what is around it might mend an odd bracket.
        if compile(&pattern)?.is_match("") {
            return Err("'pattern' matches an empty text too, and so every line".into());
        }
        let regex = compile(&match place {
            Where::Whole => format!("^(?:{pattern})$"),
            Where::Start => format!("^(?:{pattern})"),
            Where::End => format!("(?:{pattern})$"),
            Where::Anywhere => pattern,
        })?;
        Ok(Self { regex, is_small: any_case.is_some() })
    }

    /// Whether it matches `text`.
    pub(super) fn is_match(&self, text: &str) -> bool {
        if self.is_small { self.regex.is_match(&text.to_lowercase()) } else { self.regex.is_match(text) }
    }
}

fn compile(pattern: &str) -> Result<Regex, String> {
    RegexBuilder::new(pattern).size_limit(LARGEST).build().map_err(|why| plain(&why))
}

/// The pattern in small letters, but for what follows a backslash: `\W` is another class than `\w`.
fn small(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut is_escaped = false;
    for c in pattern.chars() {
        if is_escaped {
            out.push(c)
        } else {
            out.extend(c.to_lowercase())
        }
        is_escaped = !is_escaped && c == '\\';
    }
    out
}

/// The last line of what the parser says; above it stands the pattern with a mark under it.
fn plain(why: &regex::Error) -> String {
    if matches!(why, regex::Error::CompiledTooBig(_)) {
        return "'pattern' is too large once compiled: make its repeats shorter".to_owned();
    }
    let why = why.to_string();
    let last = why.lines().last().unwrap_or_default();
    let last = last.strip_prefix("error: ").unwrap_or(last);
    if last.contains("case insensitivity") {
        return format!("'pattern': {ANY_CASE} has to stand at its beginning");
    }
    format!("'pattern': {last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_counts_unless_it_says_otherwise() {
        let matches = |pattern: &str, text: &str| Pattern::new(pattern, Where::Anywhere).unwrap().is_match(text);
        assert!(matches("Tide", "Tide table") && !matches("tide", "Tide table"));
        assert!(matches("(?i)TIDE", "tide table") && matches("(?i)tide", "TIDE TABLE"));
        assert!(matches("(?i)Подпис", "ПОДПИСАТЬСЯ") && matches(r"(?i)größe \W", "GRÖSSE GRÖßE –"));
        assert!(matches("(?i)[A-F]{4}", "cafe") && !matches("[A-F]{4}", "cafe"));
        assert!(matches(r"^\w+$", "größe") && !matches(r"^\w+$", "größe?") && matches(r"\d", "٣"));
    }

    #[test]
    fn what_cannot_be_is_told() {
        let said = |pattern: &str| Pattern::new(pattern, Where::Whole).map(drop).unwrap_err();
        assert_eq!(said("("), "'pattern': unclosed group");
        assert_eq!(said("a)|(b"), "'pattern': unopened group");
        assert_eq!(said("a*"), "'pattern' matches an empty text too, and so every line");
        assert_eq!(said(r"(\w{100}){100}"), "'pattern' is too large once compiled: make its repeats shorter");
    }
}
