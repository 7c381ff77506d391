//! What is decided, and why.

use std::borrow::Cow;
use std::ops::Range;

use super::Kind;

/// What was decided about a block.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Nothing yet; the writer keeps an open block.
    Open,
    /// It stays, for this reason.
    Keep(Reason),
    /// It goes, for this reason.
    Drop(Reason),
}

impl Verdict {
    /// Why, if anything was decided.
    pub fn reason(&self) -> Option<&Reason> {
        match self {
            Self::Open => None,
            Self::Keep(why) | Self::Drop(why) => Some(why),
        }
    }
}

/// A part of a block that goes although the block stays, such as a label glued to a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct Cut {
    /// Byte range in [`super::Block::text`], on character boundaries.
    pub range: Range<usize>,
    /// Why it goes.
    pub why: Reason,
}

/// Why a block was kept or dropped.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The kind of noise; `None` for a block that is kept as text.
    pub kind: Option<Kind>,
    /// The pass that decided.
    pub pass: &'static str,
    /// What in the pass decided: the id of a rule, or the name of a shape.
    pub rule: Option<Cow<'static, str>>,
    /// The index of the block that says the same and stays.
    pub twin: Option<usize>,
    /// How likely the block is to be article text, from 0 to 1, where the model decided.
    pub score: Option<f32>,
}

impl Reason {
    /// A drop of `kind` by `pass` for the rule or shape named `rule`.
    pub fn noise(kind: Kind, pass: &'static str, rule: impl Into<Cow<'static, str>>) -> Self {
        Self { kind: Some(kind), pass, rule: Some(rule.into()), twin: None, score: None }
    }

    /// A keep by `pass`, for the ground named `rule`.
    pub fn text(pass: &'static str, rule: impl Into<Cow<'static, str>>) -> Self {
        Self { kind: None, pass, rule: Some(rule.into()), twin: None, score: None }
    }

    /// A drop of `kind` by the model in `pass`, which gave the block the chance `score` of being article text.
    pub fn judged(kind: Kind, pass: &'static str, score: f32) -> Self {
        Self { kind: Some(kind), pass, rule: None, twin: None, score: Some(score) }
    }

    /// What decided, by the name that users see everywhere: `pass:rule`, or the pass alone.
    pub fn name(&self) -> String {
        self.rule.as_ref().map_or_else(|| self.pass.to_owned(), |rule| format!("{}:{rule}", self.pass))
    }

    /// The same reason, pointing to the block at index `twin` that says the same and stays.
    #[must_use]
    pub fn with_twin(mut self, twin: usize) -> Self {
        self.twin = Some(twin);
        self
    }
}
