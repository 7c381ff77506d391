//! The verbs beside cleaning.

mod print;
mod rules;
mod score;
mod trial;
mod why;

pub(crate) use print::{completions, kinds, man};
pub(crate) use rules::{check as rule_check, list as rule_list};
pub(crate) use score::{Measure, score};
pub(crate) use why::{Question, why};
