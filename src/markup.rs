//! What the markup of an HTML page says of its blocks: evidence beside the text, for the passes and the model, and the page's own
//! data. A page that was read as text has none.

use std::ops::Range;

/// The markup of a page. `blocks` runs parallel to the blocks of the page.
#[derive(Debug, Clone, Default)]
pub struct Markup {
    /// One entry for each block of the page.
    pub blocks: Vec<Place>,
    /// The elements around and inside the blocks, in document order; a parent stands before its children.
    pub elements: Vec<Element>,
    /// Hashes of class and id words, roles and the like, of all elements; [`Element::words`] is a range of these.
    pub words: Vec<u64>,
    /// Emphasis, links and code in the texts of the blocks, those of a block together; [`Place::marks`] is a range of these.
    pub marks: Vec<Mark>,
    /// The addresses of all links and of pictures in figures; [`Mark::address`] is a range of these.
    pub addresses: String,
    /// The pictures of figures: index of the innermost `figure` element, and a range of [`Markup::addresses`]; in document order.
    pub pictures: Vec<(u32, (u32, u32))>,
    /// What the page says of itself.
    pub data: Metadata,
    /// Blocks that were left out because the page hides them.
    pub hidden: u32,
    /// Whether it has scripts.
    pub scripted: bool,
}

/// Where a block stands in the markup.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Place {
    /// Index of the innermost block-level element around it.
    pub element: u32,
    /// Elements that begin inside it, inline ones such as links: a range of [`Markup::elements`].
    pub inline: (u32, u32),
    /// Its marks: a range of [`Markup::marks`].
    pub marks: (u32, u32),
    /// What it stands in, its own element included.
    pub flags: Flags,
    /// Characters that are not white space.
    pub chars: u32,
    /// Of these, how many are text of links.
    pub link_chars: u32,
    /// Of these, how many are bold or italic.
    pub bold_chars: u32,
    /// Links in it, also empty ones around images.
    pub links: u16,
    /// Pictures in it.
    pub images: u16,
    /// How many lists it stands in; table rows: the number of cells.
    pub level: u16,
}

impl Place {
    /// The share of its characters that is text of links, 0 to 1.
    pub fn link_share(&self) -> f32 {
        share(self.link_chars, self.chars)
    }

    /// The share of its characters that is bold or italic, 0 to 1.
    pub fn bold_share(&self) -> f32 {
        share(self.bold_chars, self.chars)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share needs no more than three digits")]
fn share(part: u32, whole: u32) -> f32 {
    part as f32 / whole.max(1) as f32
}

/// An element of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element {
    /// What it is.
    pub tag: Tag,
    /// Index of its parent; its own for the topmost.
    pub parent: u32,
    /// Its place among the element children of its parent, from 0.
    pub nth: u32,
    /// How many elements it stands in.
    pub depth: u16,
    /// What it is and stands in.
    pub flags: Flags,
    /// Its words: a range of [`Markup::words`].
    pub words: (u32, u32),
    /// The blocks whose text is in it: a range of the page's blocks.
    pub blocks: (u32, u32),
}

impl Markup {
    /// The element at `index`.
    pub fn element(&self, index: u32) -> Option<&Element> {
        self.elements.get(index as usize)
    }

    /// The element at `index` and those around it, innermost first.
    pub fn ancestors(&self, index: u32) -> impl Iterator<Item = (u32, &Element)> {
        let mut next = Some(index);
        std::iter::from_fn(move || {
            let at = next?;
            let element = self.element(at)?;
            next = (element.parent != at).then_some(element.parent);
            Some((at, element))
        })
    }

    /// The class and id words of an element.
    pub fn words_of(&self, element: &Element) -> &[u64] {
        self.words.get(range(element.words)).unwrap_or_default()
    }

    /// The marks of the block at `index`.
    pub fn marks_of(&self, index: usize) -> &[Mark] {
        self.blocks.get(index).and_then(|place| self.marks.get(range(place.marks))).unwrap_or_default()
    }

    /// The address of the first picture of the figure around the block at `index`.
    pub fn picture_of(&self, index: usize) -> Option<&str> {
        let place = self.blocks.get(index).filter(|p| p.flags.has(Flags::FIGURE))?;
        let (figure, _) = self.ancestors(place.element).find(|(_, e)| e.tag == Tag::Figure)?;
        let at = self.pictures.partition_point(|(f, _)| *f < figure);
        let (_, address) = self.pictures.get(at).filter(|(f, _)| *f == figure)?;
        self.addresses.get(range(*address)).filter(|a| !a.is_empty())
    }

    /// The address of a link; empty for other marks.
    pub fn address_of(&self, mark: &Mark) -> &str {
        self.addresses.get(range(mark.address)).unwrap_or_default()
    }
}

fn range(span: (u32, u32)) -> Range<usize> {
    span.0 as usize..span.1 as usize
}

/// A part of a block's text that is set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// How.
    pub kind: MarkKind,
    /// Byte range in the text of the block.
    pub range: (u32, u32),
    /// The address of a link: a range of [`Markup::addresses`].
    pub address: (u32, u32),
}

/// How a part of a text is set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// `em`, `i`.
    Emphasis,
    /// `strong`, `b`.
    Strong,
    /// `a` with an address.
    Link,
    /// `code`, `kbd`, `samp`, `tt`.
    Code,
}

/// What a page says of itself: JSON-LD, OpenGraph, `meta`, `title`, `time`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The article's headline, without the site's name.
    pub headline: Option<String>,
    /// Its authors.
    pub authors: Vec<String>,
    /// When it was published, as written, ISO 8601 where the page has it so.
    pub date: Option<String>,
    /// The site's name.
    pub site: Option<String>,
    /// The language that the page declares, in lower case.
    pub language: Option<String>,
    /// The summary for search engines.
    pub description: Option<String>,
    /// The address that the page calls its own.
    pub url: Option<String>,
    /// The article's text, where JSON-LD has it.
    pub body: Option<String>,
    /// The line of the page where that stands.
    pub body_line: u32,
    /// The type that JSON-LD or OpenGraph name, such as `NewsArticle`, `article`, `LiveBlogPosting`.
    pub kind: Option<String>,
    /// Whether the article can be read without paying, if the page says so.
    pub free: Option<bool>,
}

macro_rules! flags {
    ($($name:ident $bit:literal $about:literal;)*) => {
        impl Flags {
            $(#[doc = $about] pub const $name: Flags = Flags(1 << $bit);)*
        }
    };
}

/// What an element is and stands in: a set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Flags(u32);

flags! {
    ARTICLE 0 "`article`, or that role.";
    MAIN 1 "`main`, or that role.";
    NAV 2 "`nav`, `menu`, or the role of one.";
    ASIDE 3 "`aside`, or the role `complementary`.";
    HEADER 4 "`header`, or the role `banner`.";
    FOOTER 5 "`footer`, or the role `contentinfo`.";
    FIGURE 6 "`figure`.";
    CAPTION 7 "`figcaption`, or the caption of a table.";
    FORM 8 "`form`, `fieldset`, or the role `form` or `search`.";
    TABLE 9 "`table`.";
    LIST 10 "`ul`, `ol`, `dl`.";
    ITEM 11 "`li`, `dt`, `dd`.";
    HEADING 12 "`h1` to `h6`, or the role `heading`.";
    ADDRESS 13 "`address`.";
    TIME 14 "`time`.";
    QUOTE 15 "`blockquote`.";
    BUTTON 16 "`button`, or that role.";
    LINK 17 "`a`.";
    BOLD 18 "`b`, `strong`, `em`, `i`.";
    PRE 19 "`pre` and its like.";
    HIDDEN 20 "Not shown: `hidden`, `display: none`, a closed dialog.";
    ARIA_HIDDEN 21 "Shown, but not read out.";
    DIALOG 22 "`dialog`, or the role of one, or of an alert.";
    SECTION 23 "`section`.";
    BODY 24 "Microdata's `articleBody`.";
    HEADLINE 25 "Microdata's `headline`.";
    AUTHOR 26 "Microdata's `author`, or a link with `rel=author`.";
    DATA_TABLE 27 "A table of rows and columns, not of layout.";
    CELL_HEAD 28 "`th`.";
    ORDERED 29 "`ol`.";
    COMMENT 30 "Microdata's `comment` or a schema.org `Comment`.";
}

impl Flags {
    /// The empty set.
    pub const NONE: Flags = Flags(0);

    /// Whether all of `other` are in it.
    pub const fn has(self, other: Flags) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any of `other` is in it.
    pub const fn any(self, other: Flags) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together.
    #[must_use]
    pub const fn with(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }

    /// Those of `self` that are not in `other`.
    #[must_use]
    pub const fn without(self, other: Flags) -> Flags {
        Flags(self.0 & !other.0)
    }

    /// The bits, for a model.
    pub const fn bits(self) -> u32 {
        self.0
    }
}

macro_rules! tags {
    ($($variant:ident $name:literal)*) => {
        /// The elements that matter here, by their names.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Tag {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
            /// Any other element, also of an author's own making.
            Other,
        }

        impl Tag {
            /// Every tag.
            pub const ALL: &'static [Tag] = &[$(Tag::$variant,)* Tag::Other];

            /// The tag of the HTML element called `name`, which is in lower case.
            pub fn named(name: &str) -> Tag {
                match name { $($name => Tag::$variant,)* _ => Tag::Other }
            }

            /// Its name; empty for others.
            pub const fn name(self) -> &'static str {
                match self { $(Tag::$variant => $name,)* Tag::Other => "" }
            }
        }
    };
}

tags! {
    A "a" Abbr "abbr" Address "address" Area "area" Article "article" Aside "aside" Audio "audio" B "b" Base "base" Big "big"
    Blockquote "blockquote" Body "body" Br "br" Button "button" Canvas "canvas" Caption "caption" Center "center" Cite "cite"
    Code "code" Col "col" Colgroup "colgroup" Data "data" Datalist "datalist" Dd "dd" Del "del" Details "details" Dialog "dialog"
    Dir "dir" Div "div" Dl "dl" Dt "dt" Em "em" Embed "embed" Fieldset "fieldset" Figcaption "figcaption" Figure "figure"
    Font "font" Footer "footer" Form "form" Frame "frame" Frameset "frameset" H1 "h1" H2 "h2" H3 "h3" H4 "h4" H5 "h5" H6 "h6"
    Head "head" Header "header" Hgroup "hgroup" Hr "hr" Html "html" I "i" Iframe "iframe" Img "img" Input "input" Ins "ins"
    Kbd "kbd" Label "label" Legend "legend" Li "li" Link "link" Listing "listing" Main "main" Map "map" Mark "mark" Menu "menu"
    Meta "meta" Meter "meter" Nav "nav" Noembed "noembed" Noframes "noframes" Noscript "noscript" Object "object" Ol "ol"
    Optgroup "optgroup" Option "option" Output "output" P "p" Param "param" Picture "picture" Plaintext "plaintext" Pre "pre"
    Progress "progress" Q "q" Rp "rp" Rt "rt" Ruby "ruby" S "s" Samp "samp" Script "script" Search "search" Section "section"
    Select "select" Slot "slot" Small "small" Source "source" Span "span" Strong "strong" Style "style" Sub "sub" Summary "summary"
    Sup "sup" Table "table" Tbody "tbody" Td "td" Template "template" Textarea "textarea" Tfoot "tfoot" Th "th" Thead "thead"
    Time "time" Title "title" Tr "tr" Track "track" Tt "tt" U "u" Ul "ul" Var "var" Video "video" Wbr "wbr" Xmp "xmp"
    Svg "svg" Math "math" Applet "applet"
}

impl Tag {
    /// The level of a heading.
    pub const fn heading(self) -> Option<u8> {
        Some(match self {
            Tag::H1 => 1,
            Tag::H2 => 2,
            Tag::H3 => 3,
            Tag::H4 => 4,
            Tag::H5 => 5,
            Tag::H6 => 6,
            _ => return None,
        })
    }
}
