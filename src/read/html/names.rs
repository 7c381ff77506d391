//! The names of the elements of a page, each kept once.

use std::collections::HashMap;

use html5ever::{QualName, ns};

use super::tag::Tag;

/// Each name once; the first is nobody's.
#[derive(Debug)]
pub(super) struct Names {
    /// What is said of a node that has none.
    pub(super) blank: QualName,
    pub(super) all: Vec<QualName>,
    /// The index of the name of each known element of HTML; 0, which is nobody's, until there is one.
    known: Vec<u32>,
    others: HashMap<QualName, u32>,
}

impl Names {
    pub(super) fn new(blank: QualName) -> Self {
        Self { all: vec![blank.clone()], blank, known: vec![0; Tag::ALL.len()], others: HashMap::new() }
    }

    /// The index of the name of an element, whose tag is `tag`.
    pub(super) fn index(&mut self, name: QualName, tag: Tag) -> u32 {
        let new = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let is_known = name.ns == ns!(html) && tag != Tag::Other;
        let index = match self.known.get_mut(tag as usize).filter(|_| is_known) {
            Some(slot) if *slot == 0 => {
                *slot = new;
                new
            }
            Some(slot) => *slot,
            None => *self.others.entry(name.clone()).or_insert(new),
        };
        if index == new {
            self.all.push(name);
        }
        index
    }
}
