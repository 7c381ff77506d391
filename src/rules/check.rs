//! Rule files held against their own hits and misses: what `newsclean rules check` does, and our own test over the built-in files.

use std::collections::BTreeSet;
use std::fmt;

use super::{BUILTIN, OwnRules, RuleFile, Scratch};
use crate::error::Error;
use crate::measure::{measure, tokenize_into};

/// A rule that does not do what its file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The rule's id.
    pub rule: String,
    /// The line of its file where the rule begins.
    pub line: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// This hit does not match.
    Hit(String),
    /// This miss matches.
    Miss(String),
    /// A built-in rule has the same id.
    Taken,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, fault, .. } = self;
        match fault {
            Fault::Hit(text) => write!(f, "rule '{rule}': its hit does not match: {text}"),
            Fault::Miss(text) => write!(f, "rule '{rule}': its miss matches: {text}"),
            Fault::Taken => write!(f, "rule '{rule}': a built-in rule has this id; choose another"),
        }
    }
}

/// Checks that every hit of the rules in `file` matches and no miss does.
///
/// # Errors
/// [`Error::Rules`] if the file does not compile.
pub fn check(file: &RuleFile) -> Result<Vec<Failure>, Error> {
    let rules = OwnRules::of(std::slice::from_ref(file))?;
    let mut scratch = Scratch::default();
    let mut failures = Vec::new();
    for rule in &file.rules {
        let mut note = |fault: Fault| failures.push(Failure { rule: rule.id.clone(), line: rule.line, fault });
        rule.hit.iter().filter(|t| !matches(&rules, &rule.id, t, &mut scratch)).for_each(|t| note(Fault::Hit(t.clone())));
        rule.miss.iter().filter(|t| matches(&rules, &rule.id, t, &mut scratch)).for_each(|t| note(Fault::Miss(t.clone())));
    }
    Ok(failures)
}

/// The rules of `file` whose ids are those of built-in rules.
pub fn taken(file: &RuleFile) -> Vec<Failure> {
    let ids: BTreeSet<_> = (0..BUILTIN.len()).map(|i| BUILTIN.id(i)).collect();
    let taken = file.rules.iter().filter(|r| ids.contains(r.id.as_str()));
    taken.map(|r| Failure { rule: r.id.clone(), line: r.line, fault: Fault::Taken }).collect()
}

/// Whether the rule `id` of `rules` matches a block with the text `text`.
fn matches(rules: &OwnRules, id: &str, text: &str, scratch: &mut Scratch) -> bool {
    scratch.tokens.clear();
    let marks = tokenize_into(text, &mut scratch.tokens);
    let shape = measure(text, &scratch.tokens, marks);
    rules.anywhere().rulings(text, &shape, scratch).iter().any(|ruling| *ruling.hit.id == *id)
}
