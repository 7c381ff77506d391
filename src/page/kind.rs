//! The vocabulary of noise.

use std::fmt;
use std::str::FromStr;

macro_rules! kinds {
    ($($variant:ident $name:literal $about:literal;)*) => {
        /// The kinds of noise: the words that `--keep`, `--explain`, JSON and the README use.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Kind { $(#[doc = $about] $variant,)* }

        impl Kind {
            /// Every kind, in the order in which they are listed.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant,)*];

            /// The names that users write, in the same order.
            pub const NAMES: &'static [&'static str] = &[$($name,)*];

            /// The name that users write.
            pub const fn name(self) -> &'static str {
                match self { $(Kind::$variant => $name,)* }
            }

            /// One line on what it covers.
            pub const fn about(self) -> &'static str {
                match self { $(Kind::$variant => $about,)* }
            }
        }
    };
}

kinds! {
    Ticker "ticker" "Market bars and quotes, currencies, crypto, index tables, weather and score strips, with their headings";
    SiteTitle "site-title" "The site's name, alone or glued to the headline";
    HeadlineRepeat "headline-repeat" "The headline again (the first full one stays)";
    Navigation "navigation" "Menus, breadcrumbs, section lists, skip links, search, login, paging, tag and topic lists";
    Widget "widget" "Share, print, save, listen, text size, reading time, counters";
    Caption "caption" "Photo and video captions and credits";
    Byline "byline" "Author, agency, date and time lines, sign-offs";
    Ad "ad" "Ad labels, sponsored boxes, affiliate notices";
    Promo "promo" "Newsletter, subscription, paywall, app, follow-us, donation, event boxes";
    Related "related" "Related and most-read lists, inserts that point to other stories, teasers";
    Comments "comments" "Comment boilerplate and whole comment threads";
    Legal "legal" "Copyright, cookie and consent text, privacy, terms, disclaimers";
    Bio "bio" "About-the-author and about-this-site boxes";
    Duplicate "duplicate" "A paragraph, a truncated teaser of one, or a whole body said again";
    Code "code" "Scripts, styles, data and tags of the page that were scraped as text";
    Template "template" "Lines that many pages of the same site share";
    Boilerplate "boilerplate" "Judged noise by the learned model, no kind above fits";
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(name: &str) -> Result<Self, UnknownKind> {
        Kind::ALL.iter().copied().find(|k| k.name() == name).ok_or_else(|| UnknownKind(name.to_owned()))
    }
}

/// A name that is no kind of noise.
#[derive(Debug, Clone, thiserror::Error)]
#[error("unknown kind '{0}'; `newsclean kinds` lists them")]
pub struct UnknownKind(String);

/// A set of kinds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kinds(u32);

impl Kinds {
    /// The set with `kind` added.
    #[must_use]
    pub const fn with(self, kind: Kind) -> Self {
        Self(self.0 | 1 << kind as u8)
    }

    /// The kinds of both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether `kind` is in the set.
    pub const fn has(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u8) != 0
    }

    /// Whether the set is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Kind> for Kinds {
    fn from_iter<I: IntoIterator<Item = Kind>>(kinds: I) -> Self {
        kinds.into_iter().fold(Self::default(), Self::with)
    }
}
