//! What passes found out about a text alone, kept for the passes and rounds that ask again.

use std::sync::atomic::{AtomicU32, Ordering};

/// A question that the text of a block answers, whatever stands around it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Question {
    /// What a short line looks like.
    Line,
    /// What a line of facts is.
    Stamp,
    /// What it is in a bar of quotes.
    Cell,
    /// Whether pieces of furniture make it up.
    Pieces,
    /// Whether it is program text.
    Program,
}

/// Bits of the note of an answer.
const BITS: u32 = 6;
/// The largest that they hold.
const MOST: u8 = (1 << BITS) - 1;
/// The note where nobody has asked.
const UNASKED: u8 = 0;

/// An answer that six bits can note.
pub(crate) trait Answer: Copy {
    /// Its number, below 63; one above has no room and is not noted.
    fn number(self) -> u8;

    /// The answer with this number.
    fn numbered(number: u8) -> Option<Self>;
}

/// Makes an enum without fields an [`Answer`]; one that is not among those listed does not compile.
macro_rules! answers {
    ($type:ident: $($variant:ident)*) => {
        impl $crate::page::Answer for $type {
            fn number(self) -> u8 {
                match self {
                    $(Self::$variant => self as u8,)*
                }
            }

            fn numbered(number: u8) -> Option<Self> {
                [$(Self::$variant,)*].into_iter().find(|answer| *answer as u8 == number)
            }
        }
    };
}

pub(crate) use answers;

impl Answer for bool {
    fn number(self) -> u8 {
        self.into()
    }

    fn numbered(number: u8) -> Option<Self> {
        Some(number != 0)
    }
}

impl<A: Answer> Answer for Option<A> {
    fn number(self) -> u8 {
        self.map_or(0, |answer| answer.number() + 1)
    }

    fn numbered(number: u8) -> Option<Self> {
        Some(number.checked_sub(1).and_then(A::numbered))
    }
}

/// The answers to all questions so far, six bits each. They are atomic so that threads may share a page; what two of them find is the
/// same, and a note that one overwrites with an older state is asked for again.
#[derive(Debug, Default)]
pub(super) struct Notes(AtomicU32);

impl Clone for Notes {
    fn clone(&self) -> Self {
        Self(self.0.load(Ordering::Relaxed).into())
    }
}

impl Notes {
    /// The answer that is noted, else the one that `look` finds, which is noted then.
    pub(super) fn answer<A: Answer>(&self, question: Question, look: impl FnOnce() -> A) -> A {
        let at = question as u32 * BITS;
        let note = (self.0.load(Ordering::Relaxed) >> at) as u8 & MOST;
        let noted = if note == UNASKED { None } else { A::numbered(note - 1) };
        noted.unwrap_or_else(|| {
            let answer = look();
            let note = answer.number() + 1;
            if note <= MOST {
                // To look may have asked other questions.
                self.0.store(self.0.load(Ordering::Relaxed) | u32::from(note) << at, Ordering::Relaxed);
            }
            answer
        })
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn an_answer_is_looked_for_once() {
        let (notes, looks) = (Notes::default(), Cell::new(0));
        let ask = |question, finds: Option<bool>| {
            notes.answer(question, || {
                looks.set(looks.get() + 1);
                finds
            })
        };
        for answer in [None, Some(false), Some(true)] {
            let notes = Notes::default();
            assert_eq!((notes.answer(Question::Line, || answer), notes.answer(Question::Line, || Some(true))), (answer, answer));
        }
        assert_eq!(
            (ask(Question::Line, Some(true)), ask(Question::Line, None), ask(Question::Program, None)),
            (Some(true), Some(true), None)
        );
        assert_eq!(looks.get(), 2);
    }
}
