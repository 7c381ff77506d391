//! Patterns of own rules: regular expressions, which the built-in rules do without, so that a run without own ones compiles none.

use regex::{Regex, RegexBuilder};

use super::Where;

/// Most bytes of a compiled pattern: a hundred times what one for a line of furniture takes.
const LARGEST: usize = 1 << 20;

/// `pattern` compiled to be found at `place`; else what is wrong with it. It is matched in linear time, whatever it is.
pub(super) fn regex_of(pattern: &str, place: Where) -> Result<Regex, String> {
    let compile = |pattern: &str| RegexBuilder::new(pattern).size_limit(LARGEST).build().map_err(|why| plain(&why));
    // First as it is written: what is around it might mend an odd bracket.
    if compile(pattern)?.is_match("") {
        return Err("'pattern' matches an empty text too, and so every line".into());
    }
    match place {
        Where::Whole => compile(&format!("^(?:{pattern})$")),
        Where::Start => compile(&format!("^(?:{pattern})")),
        Where::End => compile(&format!("(?:{pattern})$")),
        Where::Anywhere => compile(pattern),
    }
}

/// The last line of what the parser says; above it stands the pattern with a mark under it.
fn plain(why: &regex::Error) -> String {
    match why {
        regex::Error::CompiledTooBig(_) => "'pattern' is too large once compiled: make its repeats shorter".to_owned(),
        why => {
            let why = why.to_string();
            let last = why.lines().last().unwrap_or_default();
            format!("'pattern': {}", last.strip_prefix("error: ").unwrap_or(last))
        }
    }
}
