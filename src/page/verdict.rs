//! What is decided, and why.

use std::ops::Range;

use super::{Kind, RuleName, Step};

/// What was decided about a block.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict<'b> {
    /// Nothing yet; the writer keeps an open block.
    Open,
    /// It stays, for this reason.
    Keep(&'b Reason),
    /// It goes, for this reason.
    Drop(&'b Reason),
}

impl<'b> Verdict<'b> {
    /// Why, if anything was decided.
    pub fn reason(self) -> Option<&'b Reason> {
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
    /// The step that decided.
    pub pass: Step,
    rule: RuleName,
    /// A number, and what it is: no reason has two.
    number: u32,
    is: Number,
    /// What it is a reason for.
    pub(super) state: State,
}

/// What was decided of a block. It stands in the reason, where it costs a page of millions of blocks no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Open,
    Keep,
    Drop,
}

/// What the number of a reason is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Number {
    None,
    Twin,
    /// The bits of a chance.
    Score,
}

impl Reason {
    /// That of a block of which nothing is decided.
    pub(super) const fn none() -> Self {
        Self::of(Step::Model, State::Open)
    }

    const fn of(pass: Step, state: State) -> Self {
        Self { kind: None, pass, rule: RuleName::NONE, number: 0, is: Number::None, state }
    }

    /// The same as a reason to do this.
    pub(super) fn to(self, state: State) -> Self {
        Self { state, ..self }
    }

    /// A drop of `kind` by `pass` for the rule or shape named `rule`.
    pub fn noise(kind: Kind, pass: Step, rule: impl Into<RuleName>) -> Self {
        Self { kind: Some(kind), rule: rule.into(), ..Self::of(pass, State::Drop) }
    }

    /// A keep by `pass`, for the ground named `rule`.
    pub fn text(pass: Step, rule: impl Into<RuleName>) -> Self {
        Self { rule: rule.into(), ..Self::of(pass, State::Keep) }
    }

    /// A drop of `kind` by the model in `pass`, which gave the block the chance `score` of being article text.
    pub fn judged(kind: Kind, pass: Step, score: f32) -> Self {
        Self { kind: Some(kind), number: score.to_bits(), is: Number::Score, ..Self::of(pass, State::Drop) }
    }

    /// What in the pass decided: the id of a rule, or the name of a shape.
    pub fn rule(&self) -> Option<&str> {
        Some(&*self.rule).filter(|rule| !rule.is_empty())
    }

    /// The index of the block that says the same and stays.
    pub fn twin(&self) -> Option<usize> {
        (self.is == Number::Twin).then_some(self.number as usize)
    }

    /// How likely the block is to be article text, from 0 to 1, where the model decided.
    pub fn score(&self) -> Option<f32> {
        (self.is == Number::Score).then(|| f32::from_bits(self.number))
    }

    /// What decided, by the name that users see everywhere: `pass:rule`, or the pass alone.
    pub fn name(&self) -> String {
        self.rule().map_or_else(|| self.pass.name().to_owned(), |rule| format!("{}:{rule}", self.pass))
    }

    /// The same reason, pointing to the block at index `twin` that says the same and stays.
    #[must_use]
    pub fn with_twin(self, twin: usize) -> Self {
        Self { number: twin.try_into().unwrap_or(u32::MAX), is: Number::Twin, ..self }
    }

    /// The same reason on a page where the block that says the same stands where `place` says, if it is there.
    #[must_use]
    pub(crate) fn moved(self, place: impl FnOnce(usize) -> Option<usize>) -> Self {
        match self.twin() {
            None => self,
            Some(twin) => match place(twin) {
                Some(twin) => self.with_twin(twin),
                None => Self { number: 0, is: Number::None, ..self },
            },
        }
    }
}
