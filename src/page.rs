//! The page and its blocks: the types that every stage shares. No policy lives here.
//!
//! A [`Page`] is an ordered list of [`Block`]s. `read` makes it with every block [`Verdict::Open`]; the passes
//! decide each block once, by [`Block::keep`] or [`Block::drop`]; `write` shows it. A decided block stays decided,
//! so each block has exactly one [`Reason`].

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use smallvec::SmallVec;

use crate::label::Label;
use crate::markup::Markup;
use crate::measure::Shape;
use crate::rules::Hit;
use crate::template::Template;

/// A scraped page as a list of blocks, with what is known of the whole.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
    /// What is known of the page as a whole.
    pub facts: Facts,
    /// Hashes of the long words of all blocks, block after block.
    pub content: Vec<u32>,
    /// What the markup of an HTML page says; none for a text.
    pub markup: Option<Box<Markup>>,
}

impl Page {
    /// Hashes of the long words of one of its blocks.
    pub fn content_of(&self, block: &Block) -> &[u32] {
        self.content.get(block.content.start as usize..block.content.end as usize).unwrap_or_default()
    }
}

/// What is known of a page as a whole; filled by `read` and the passes, shown in JSON.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Index of the block that is the article's headline.
    pub headline: Option<usize>,
    /// The site's name, as it was glued to the headline or stood in a copyright line.
    pub site: Option<String>,
    /// Authors, as byline lines name them.
    pub authors: Vec<String>,
    /// The first date line of the page, as written.
    pub date: Option<String>,
    /// How the text of the page was laid out.
    pub layout: Layout,
    /// How the governor judged the page.
    pub density: Density,
    /// What the page is as a whole.
    pub label: Label,
}

/// How a scraped text lays out its paragraphs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Layout {
    /// One paragraph a line, with or without blank lines between.
    #[default]
    Lines,
    /// Paragraphs broken at a fixed column (`w3m -dump`, mail).
    Wrapped,
    /// Sentences split over lines where the page had inline tags (BeautifulSoup's `get_text("\n")`).
    Fragments,
    /// Markdown-like marks (`html2text`).
    Markdown,
    /// None: the markup of HTML says where each begins and ends.
    Html,
}

/// How much of the page is prose: decides how bold the passes may be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Density {
    /// Nearly all prose: a clean article or an extractor's output. Only certain rules act.
    #[default]
    Article,
    /// Prose among furniture: a whole page as text.
    Dump,
}

/// One piece of the page: what a reader calls a paragraph, a heading, a list item or a piece of furniture.
#[derive(Debug, Clone)]
pub struct Block {
    /// The text as it will be written: unwrapped, joined, white space collapsed, otherwise as scraped.
    pub text: String,
    /// The lines of the input it came from, counted from 1, end exclusive.
    pub lines: Range<u32>,
    /// What it is in the text's structure.
    pub role: Role,
    /// How it follows the block before it.
    pub gap: Gap,
    /// Measures of the text, taken once.
    pub shape: Shape,
    /// The block's stretch of [`Page::content`].
    pub content: Range<u32>,
    /// How much the words speak for article text, from -6 to 6: evidence for the model.
    pub lexical: f32,
    /// Rules that matched the text: evidence, which the passes read.
    pub hits: SmallVec<[Hit; 1]>,
    /// Parts that go although the block stays.
    pub cuts: Vec<Cut>,
    /// The template of the page's site that it is, where the site is known.
    pub template: Option<Arc<Template>>,
    /// How much the site's other pages speak for article text here, in log-odds: evidence for the model.
    pub lean: f32,
    verdict: Verdict,
}

/// How a block follows the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// On the very next line.
    Line,
    /// After a blank line, or at the top of the page.
    Blank,
}

/// What a block is in the structure of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A heading with its level, 1 to 6.
    Heading(u8),
    /// A paragraph or a line whose role is not known.
    Paragraph,
    /// A list item; its mark is part of the text.
    Item,
    /// A block quote.
    Quote,
    /// A row of a table.
    Row,
    /// Preformatted text.
    Code,
}

/// What was decided about a block.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Nothing yet; the writer keeps an open block.
    Open,
    /// It stays, for this reason.
    Keep(Reason),
    /// It goes, for this reason.
    Drop(Reason),
}

/// A part of a block that goes although the block stays, such as a label glued to a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct Cut {
    /// Byte range in [`Block::text`], on character boundaries.
    pub range: Range<usize>,
    /// Why it goes.
    pub why: Reason,
}

/// Why a block was kept or dropped.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The kind of noise; `None` for a block that is kept as text.
    pub kind: Option<Kind>,
    /// The pass that decided.
    pub pass: &'static str,
    /// What in the pass decided: the id of a rule, or the name of a shape.
    pub rule: Option<Cow<'static, str>>,
    /// The index of the block that says the same and stays.
    pub twin: Option<usize>,
    /// How likely the block is to be article text, from 0 to 1, where the model decided.
    pub score: Option<f32>,
}

impl Reason {
    /// A drop of `kind` by `pass` for the rule or shape named `rule`.
    pub fn noise(kind: Kind, pass: &'static str, rule: impl Into<Cow<'static, str>>) -> Self {
        Self { kind: Some(kind), pass, rule: Some(rule.into()), twin: None, score: None }
    }

    /// A keep by `pass`, for the ground named `rule`.
    pub fn text(pass: &'static str, rule: impl Into<Cow<'static, str>>) -> Self {
        Self { kind: None, pass, rule: Some(rule.into()), twin: None, score: None }
    }

    /// A drop of `kind` by the model in `pass`, which gave the block the chance `score` of being article text.
    pub fn judged(kind: Kind, pass: &'static str, score: f32) -> Self {
        Self { kind: Some(kind), pass, rule: None, twin: None, score: Some(score) }
    }

    /// The same reason, pointing to the block at index `twin` that says the same and stays.
    #[must_use]
    pub fn with_twin(mut self, twin: usize) -> Self {
        self.twin = Some(twin);
        self
    }
}

impl Block {
    /// An open block with the text of input lines `lines`, not yet measured.
    pub fn new(text: String, lines: Range<u32>, role: Role, gap: Gap) -> Self {
        Self {
            text,
            lines,
            role,
            gap,
            shape: Shape::default(),
            content: 0..0,
            lexical: 0.0,
            hits: SmallVec::new(),
            cuts: Vec::new(),
            template: None,
            lean: 0.0,
            verdict: Verdict::Open,
        }
    }

    /// The text without the parts that go.
    pub fn uncut(&self) -> Cow<'_, str> {
        if self.cuts.is_empty() {
            return Cow::Borrowed(&self.text);
        }
        let mut out = String::with_capacity(self.text.len());
        for (at, c) in self.text.char_indices() {
            if !self.cuts.iter().any(|cut| cut.range.contains(&at)) {
                out.push(c);
            }
        }
        Cow::Owned(out.trim().to_owned())
    }

    /// What was decided.
    pub fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// Whether nothing is decided yet.
    pub fn is_open(&self) -> bool {
        matches!(self.verdict, Verdict::Open)
    }

    /// Whether it was decided that the block goes.
    pub fn is_dropped(&self) -> bool {
        matches!(self.verdict, Verdict::Drop(_))
    }

    /// The kind of noise it went as, if it went.
    pub fn dropped_as(&self) -> Option<Kind> {
        match &self.verdict {
            Verdict::Drop(why) => why.kind,
            _ => None,
        }
    }

    /// Decides that the block stays. Does nothing on a decided block.
    pub fn keep(&mut self, why: Reason) {
        if self.is_open() {
            self.verdict = Verdict::Keep(why);
        }
    }

    /// Decides that the block goes. Does nothing on a decided block.
    pub fn drop(&mut self, why: Reason) {
        if self.is_open() {
            self.verdict = Verdict::Drop(why);
        }
    }

    /// Drops a block that an earlier round kept.
    pub(crate) fn drop_after_all(&mut self, why: Reason) {
        self.verdict = Verdict::Drop(why);
    }

    /// Takes the decision back: the governor's alone.
    pub(crate) fn reopen(&mut self) {
        self.verdict = Verdict::Open;
        self.cuts.clear();
    }

    /// Drops a block of a kind that the user asked to keep back in: the drop becomes a keep with the same reason.
    pub fn reinstate(&mut self) {
        if let Verdict::Drop(why) = &self.verdict {
            self.verdict = Verdict::Keep(why.clone());
        }
    }
}

macro_rules! kinds {
    ($($variant:ident $name:literal $about:literal;)*) => {
        /// The kinds of noise: the words that `--keep`, `--explain`, JSON and the README use.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Kind { $(#[doc = $about] $variant,)* }

        impl Kind {
            /// Every kind, in the order in which they are listed.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant,)*];

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
