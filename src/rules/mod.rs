//! Rules: wordings that give a line away, as data.
//!
//! Each concept has a `.toml` beside this file; `source` reads and checks such files, [`compile`] turns them into a
//! table of bytes that is matched as it lies (`compiled.bin`, in the binary, so that a run parses nothing),
//! `table` looks up, `matcher` finds the rules that match one block. Made anew by `cargo run --example compile-rules`;
//! a test fails when the table is older than its sources.

mod alternatives;
mod check;
mod compile;
mod lexicon;
mod matcher;
mod own;
#[cfg(test)]
mod own_tests;
mod pattern;
mod rest;
mod source;
mod table;

use std::borrow::Cow;
use std::sync::LazyLock;

pub use check::{Failure, Fault, check, taken};
pub use compile::compile;
pub use lexicon::{Classes, WordClass, classes_of, may_have_class};
pub use matcher::{Matcher, Scratch};
pub use own::{InForce, OwnRules, Ruling};
pub use rest::is_byline_tail;
pub use source::{RuleFile, RuleSource, builtin_files, page_file, parse_rules};
pub use table::RuleSet;

use crate::error::Error;
use crate::page::{Kind, RuleName};

/// Where in the block a rule's phrase must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Where {
    /// The block is the phrase, or nothing but such phrases in a row.
    Whole,
    /// The block begins with it.
    Start,
    /// The block ends with it.
    End,
    /// It stands anywhere in the block.
    Anywhere,
}

/// What a rule does with the lines that it matches.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// They go.
    #[default]
    Drop,
    /// They stay, whatever else says that they go.
    Keep,
}

/// How sure a rule is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Say {
    /// The block goes.
    #[default]
    Certain,
    /// Evidence only: the neighbours decide.
    Hint,
}

/// What the rest of the block must be beside a phrase at its start or end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Rest {
    /// Anything.
    #[default]
    Any,
    /// People or agencies.
    Names,
    /// Date and time words.
    Date,
    /// Names, roles, dates.
    Byline,
    /// Names, agencies, `©`: no sentence.
    Credit,
    /// A headline: two to 25 words, no full stop.
    Headline,
    /// Numbers and units.
    Number,
    /// One to six words, no full stop.
    Short,
}

/// Where on the page a rule acts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum At {
    /// Everywhere.
    #[default]
    Any,
    /// Before the article's first paragraph.
    Head,
    /// After its last paragraph.
    Tail,
    /// Outside its paragraphs, before or after.
    Edge,
}

/// What a line announces that stands above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Opens {
    /// A list of headlines.
    List,
    /// A comment thread.
    Thread,
    /// A bar of quotes, weather or scores.
    Quotes,
    /// A form to fill in.
    Form,
}

/// What a line says of the whole page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Tells {
    /// That it is not there, or broken.
    Error,
    /// That no robot may see it.
    Blocked,
    /// That a script would show it.
    Script,
    /// That cookies have to be accepted first.
    Consent,
    /// That the rest is for those who pay.
    Paywall,
    /// That it is written while things happen.
    LiveBlog,
    /// That it is a set of pictures.
    Gallery,
    /// That it is a thread of posts.
    Forum,
}

impl Tells {
    /// Every value.
    pub const ALL: [Tells; 8] =
        [Tells::Error, Tells::Blocked, Tells::Script, Tells::Consent, Tells::Paywall, Tells::LiveBlog, Tells::Gallery, Tells::Forum];
}

/// A rule as the passes see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The kind of noise.
    pub kind: Kind,
    /// Where the phrase stands.
    pub place: Where,
    /// How sure it is.
    pub say: Say,
    /// What the rest of the block must be.
    pub rest: Rest,
    /// Where on the page it acts.
    pub at: At,
    /// What the line announces.
    pub opens: Option<Opens>,
    /// What the line says of the page.
    pub tells: Option<Tells>,
    /// Fewest words of a block that it matches.
    pub min_words: u16,
    /// Most words of a block that it matches.
    pub max_words: u16,
}

/// A rule that matched a block.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The rule.
    pub rule: Rule,
    /// The rule's id.
    pub id: RuleName,
    /// First token of the phrase in the block.
    pub from: u16,
    /// One past its last token.
    pub to: u16,
}

impl Hit {
    /// Whether the rule is certain.
    pub fn is_certain(&self) -> bool {
        self.rule.say == Say::Certain
    }
}

static TABLE: &[u8] = include_bytes!("compiled.bin");
static PAGE_TABLE: &[u8] = include_bytes!("page.bin");

/// The rules in the binary; none if they are damaged, as [`crate::intact`] tells.
pub static BUILTIN: LazyLock<RuleSet> = LazyLock::new(|| loaded(TABLE));

/// The rules about whole pages; word classes they take from [`BUILTIN`].
pub static PAGES: LazyLock<RuleSet> = LazyLock::new(|| loaded(PAGE_TABLE));

fn loaded(table: &'static [u8]) -> RuleSet {
    RuleSet::unsummed(Cow::Borrowed(table)).unwrap_or(RuleSet::none())
}

/// Whether the tables in the binary could be read: their heads, as a start that reads three megabytes is a start that waits.
pub(crate) fn intact() -> Result<(), Error> {
    if BUILTIN.is_empty() || PAGES.is_empty() {
        [TABLE, PAGE_TABLE].into_iter().try_for_each(|table| RuleSet::unsummed(Cow::Borrowed(table)).map(drop))?;
        return Err(Error::Damaged { what: "the table of rules", why: "holds none" });
    }
    Ok(())
}

/// Whether the tables in the binary are, byte for byte, what was compiled.
pub(crate) fn verify() -> Result<(), Error> {
    [TABLE, PAGE_TABLE].into_iter().try_for_each(|table| RuleSet::from_bytes(Cow::Borrowed(table)).map(drop))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sum;

    #[test]
    fn damaged_tables_are_refused() {
        for table in [TABLE, PAGE_TABLE] {
            for bytes in sum::damaged_copies(table) {
                let why = RuleSet::from_bytes(Cow::Owned(bytes.clone())).map(drop).unwrap_err().to_string();
                assert!(why.starts_with("the table of rules: "), "{why}");
                // Whoever does not look at the sum finds the wrong rules, but ends.
                if let Ok(rules) = RuleSet::unsummed(Cow::Owned(bytes)) {
                    let line = "Photo: Jane Doe / Share on Facebook | Read more: Page not found, said the port on 3 May 2024";
                    drop((Matcher::new(&rules, &rules).hits(line, &mut Scratch::default()), rules.max_words()));
                }
            }
        }
    }

    #[test]
    fn what_the_binary_carries_is_whole() {
        crate::intact().unwrap();
        crate::verify().unwrap();
    }
}
