//! What a page is as a whole.

/// What a page is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Label {
    /// An article.
    #[default]
    Article,
    /// Many short entries, each with its time.
    LiveBlog,
    /// A set of pictures with captions.
    Gallery,
    /// Posts of several people.
    Forum,
    /// A list of articles: a front page, a section, a search.
    Listing,
    /// Something in the place of an article: an error, a wall.
    Stub(Stub),
    /// Nothing that reads like text, and nothing that says why.
    Empty,
}

impl Label {
    /// The name that JSON has.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::LiveBlog => "liveblog",
            Self::Gallery => "gallery",
            Self::Forum => "forum",
            Self::Listing => "listing",
            Self::Stub(_) => "stub",
            Self::Empty => "empty",
        }
    }

    /// What the user should know of such a page.
    pub const fn warning(self) -> Option<&'static str> {
        match self {
            Self::Stub(stub) => Some(stub.warning()),
            _ => None,
        }
    }
}

/// What stands in the place of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stub {
    /// An error: not found, gone, out of order.
    Error,
    /// A wall against robots, or against a country.
    Blocked,
    /// A page that shows nothing until its script has run.
    Script,
    /// A wall that asks for consent.
    Consent,
    /// The beginning of an article that has to be paid for.
    Paywall,
}

impl Stub {
    /// What the user should know.
    pub const fn warning(self) -> &'static str {
        match self {
            Self::Error => "not an article but an error page",
            Self::Blocked => "not an article but a page that keeps robots or visitors out",
            Self::Script => "no article in the page: a script would load it",
            Self::Consent => "not an article but a page that asks for consent",
            Self::Paywall => "only the beginning of the article: the rest is behind a paywall",
        }
    }
}
