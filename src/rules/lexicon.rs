//! Word classes: what a word is in any of the languages (`lexicon.toml`).

use smallvec::SmallVec;

use super::table::{Root, RuleSet};
use crate::measure::Token;

macro_rules! classes {
    ($($variant:ident $name:literal;)*) => {
        /// A class of words, listed in `lexicon.toml` under its name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        #[allow(missing_docs, reason = "the lexicon says about each")]
        pub enum WordClass { $($variant,)* }

        impl WordClass {
            /// Every class.
            pub const ALL: &'static [WordClass] = &[$(WordClass::$variant,)*];

            /// The name of its table in the lexicon.
            pub const fn name(self) -> &'static str {
                match self { $(WordClass::$variant => $name,)* }
            }
        }
    };
}

classes! {
    Month "month";
    Weekday "weekday";
    DateFiller "date-filler";
    DateOpener "date-opener";
    TimeUnit "time-unit";
    Ago "ago";
    Timezone "timezone";
    Agency "agency";
    Credit "credit";
    Role "role";
    And "and";
    Particle "particle";
    Platform "platform";
    Index "index";
    Currency "currency";
    Weather "weather";
    QuoteWord "quote-word";
    Label "label";
    Place "place";
}

/// The classes of one token.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Classes(u32);

impl Classes {
    /// Words that make figures a date: months and weekdays.
    pub const CALENDAR: Self = Self::of(&[WordClass::Month, WordClass::Weekday]);
    /// Words of date and time lines.
    pub const DATE: Self = Self::of(&[
        WordClass::Month,
        WordClass::Weekday,
        WordClass::DateFiller,
        WordClass::DateOpener,
        WordClass::TimeUnit,
        WordClass::Ago,
        WordClass::Timezone,
    ]);

    /// A set of the given classes.
    pub const fn of(classes: &[WordClass]) -> Self {
        let mut bits = 0;
        let mut i = 0;
        while i < classes.len() {
            #[allow(clippy::indexing_slicing, reason = "const context; i < len")]
            {
                bits |= 1 << classes[i] as u32;
            }
            i += 1;
        }
        Self(bits)
    }

    /// Whether the token is of any of these classes.
    pub const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    /// Whether the token is in this class.
    pub const fn has(self, class: WordClass) -> bool {
        self.0 & (1 << class as u32) != 0
    }

    /// Whether the token is in no class.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// Whether a phrase of the lexicon in `rules` may begin with the word of this [`opening_of`](crate::measure::opening_of); if not, a text
/// that begins with it has no class there.
pub fn may_have_class(rules: &RuleSet, opening: u32) -> bool {
    rules.may_open(Root::Class, opening)
}

/// The classes of each of `tokens`, by the phrases of the lexicon in `rules`.
pub fn classes_of(rules: &RuleSet, tokens: &[Token]) -> SmallVec<[Classes; 32]> {
    let mut out: SmallVec<[Classes; 32]> = SmallVec::from_elem(Classes::default(), tokens.len());
    for i in 0..tokens.len() {
        let Some(rest) = tokens.get(i..) else { break };
        rules.walk(Root::Class, rest.iter().map(|t| t.word), |len, entries| {
            for class in out.iter_mut().skip(i).take(len) {
                for bit in entries.iter() {
                    class.0 |= 1 << bit;
                }
            }
        });
    }
    out
}
