//! How the patterns of a site begin: by that, the measures of a line tell of nearly every one that it has none of them.
//!
//! The words of a line are read when its page is. To read them again for slots, line by line, took a fifth of a run's time.

use std::collections::BTreeMap;

use super::pattern::{Opening, Slot, may_begin_with, opening};
use crate::measure::Shape;

/// What the patterns with slots of a site begin with, and the most words of a line that has one of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Openings(BTreeMap<Opening, u32>);

impl Openings {
    /// Those of written patterns, each with its hash.
    pub(super) fn of<'p>(patterns: impl Iterator<Item = (u64, &'p str)>) -> Self {
        let mut openings = BTreeMap::new();
        for (key, pattern) in patterns {
            let (opening, words) = opening(pattern, key);
            let most = openings.entry(opening).or_insert(words);
            *most = words.max(*most);
        }
        Self(openings)
    }

    /// Whether a line of this `shape` may have one of the patterns.
    pub(super) fn admit(&self, shape: &Shape) -> bool {
        let fits = |opening: Opening| self.0.get(&opening).is_some_and(|most| shape.words() <= *most);
        let slot = |slot: &Slot| fits(Opening::Slot(*slot)) && may_begin_with(*slot, shape);
        !self.0.is_empty() && (fits(Opening::Word(shape.opening)) || Slot::ALL.iter().any(slot) || fits(Opening::Any))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{measure, tokenize_into};
    use crate::template::{Keys, parse};

    #[test]
    fn what_has_a_pattern_is_admitted() {
        let lines = [
            "12 comments",
            "Updated 3 hours ago",
            "3 hours ago by the desk",
            "Monday 6 May 2024 edition",
            "By Jane van der Doe",
            "Jane Doe is a reporter who covers the coast.",
            "Ferries wait for the tide, and those who wait with them know each other by now.",
        ];
        let patterns = [
            "{n} comments",
            "Updated {date}",
            "{date} by the desk",
            "{date} edition",
            "By {name}",
            "{name} is a reporter who covers the coast.",
        ];
        let hashes = patterns.map(|pattern| parse(pattern).unwrap());
        let shapes = lines.map(|line| {
            let mut tokens = Vec::new();
            let marks = tokenize_into(line, &mut tokens);
            measure(line, &tokens, marks)
        });
        for (pattern, hash) in patterns.into_iter().zip(hashes) {
            let openings = Openings::of([(hash, pattern)].into_iter());
            for (line, shape) in lines.into_iter().zip(&shapes) {
                let has = Keys::of(line).all().any(|(_, key)| key == hash);
                assert!(!has || openings.admit(shape), "{pattern}: {line}");
            }
        }
        // Each begins like one line or two of these: a number may begin a date, and so may a weekday.
        let admitted = |openings: &Openings| shapes.iter().map(|shape| openings.admit(shape)).collect::<Vec<_>>();
        let all = Openings::of(hashes.into_iter().zip(patterns));
        assert_eq!(admitted(&all), [true, true, true, true, true, true, false]);
        let names = Openings::of(hashes.into_iter().zip(patterns).skip(4));
        assert_eq!(admitted(&names), [false, false, false, false, true, true, false]);
        // A pattern that is read back as another may begin with anything.
        assert_eq!(admitted(&Openings::of([(1, "By {name}")].into_iter())), [true; 7]);
        assert_eq!(admitted(&Openings::default()), [false; 7]);
    }
}
