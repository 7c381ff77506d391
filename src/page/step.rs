//! The steps that decide.

use std::fmt;

macro_rules! steps {
    ($($variant:ident $name:literal)*) => {
        /// The steps that decide blocks: the passes, and those before and after them. What each does, the passes say.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Step { $(#[doc = concat!("`", $name, "`")] $variant,)* }

        impl Step {
            /// The name that users see.
            pub const fn name(self) -> &'static str {
                match self { $(Step::$variant => $name,)* }
            }
        }
    };
}

steps! {
    Own "own" Code "code" Ticker "ticker" Headline "headline" Duplicate "duplicate" Comments "comments" Related "related" Wording "wording"
    Composite "composite" Caption "caption" Byline "byline" Template "template" Model "model" Context "context" Title "title" Facts "facts"
    Governor "governor" Body "body" Label "label"
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
