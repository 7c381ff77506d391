//! The verbs beside cleaning.

mod print;
mod rules;
mod trial;

pub(crate) use print::{completions, kinds, man};
pub(crate) use rules::{check as rule_check, list as rule_list};
