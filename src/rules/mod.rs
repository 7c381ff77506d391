//! Rules: wordings that give a line away, as data.
//!
//! Each concept has a `.toml` beside this file; `source` reads and checks such files, [`compile`] turns them into a
//! table of bytes that is matched as it lies (`compiled.bin`, in the binary, so that a run parses nothing),
//! `table` looks up, `matcher` finds the rules that match one block. Made anew by `cargo run --example compile-rules`;
//! a test fails when the table is older than its sources.

mod check;
mod compile;
mod lexicon;
mod matcher;
mod rest;
mod source;
mod table;

use std::borrow::Cow;
use std::sync::LazyLock;

pub use check::{Failure, Fault, check, taken};
pub use compile::compile;
pub use lexicon::{Classes, WordClass, classes_of};
pub use matcher::{Matcher, Scratch};
pub use rest::is_byline_tail;
pub use source::{RuleFile, RuleSource, builtin_files, page_file, parse_rules};
pub use table::RuleSet;

use crate::page::Kind;

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
    pub min_words: u32,
    /// Most words of a block that it matches.
    pub max_words: u32,
}

/// A rule that matched a block.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The rule.
    pub rule: Rule,
    /// The rule's id.
    pub id: Cow<'static, str>,
    /// First token of the phrase in the block.
    pub from: u32,
    /// One past its last token.
    pub to: u32,
}

impl Hit {
    /// Whether the rule is certain.
    pub fn is_certain(&self) -> bool {
        self.rule.say == Say::Certain
    }
}

/// The rules in the binary.
pub static BUILTIN: LazyLock<RuleSet> = LazyLock::new(|| {
    // A table that our own test has checked cannot be unreadable; an empty one keeps the promise not to panic.
    RuleSet::from_bytes(Cow::Borrowed(include_bytes!("compiled.bin"))).unwrap_or_default()
});

/// The rules about whole pages; word classes they take from [`BUILTIN`].
pub static PAGES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::from_bytes(Cow::Borrowed(include_bytes!("page.bin"))).unwrap_or_default());
