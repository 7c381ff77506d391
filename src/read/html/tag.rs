//! Which elements begin a line of their own, which are not read, and what an element says by its name.

use html5ever::{QualName, ns};

use crate::markup::Flags;
pub(super) use crate::markup::Tag;

impl Tag {
    /// The tag of an element by its qualified name: `title` of a picture is no title of a page.
    pub(super) fn of(name: &QualName) -> Self {
        if name.ns == ns!(html) {
            return Self::named(&name.local);
        }
        match &*name.local {
            "svg" => Self::Svg,
            "math" => Self::Math,
            _ => Self::Other,
        }
    }

    /// Whether nothing inside is text of the page: scripts, pictures and players, form fields.
    #[rustfmt::skip]
    pub(super) const fn is_left_out(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Script | Style | Noscript | Template | Svg | Math | Iframe | Object | Embed | Applet | Audio | Video | Canvas | Select
                | Textarea | Input | Datalist | Head | Title | Noembed | Noframes | Meter | Progress | Map | Link | Meta
        )
    }

    /// Whether it stands on lines of its own, as browsers' own style sheets have it; and buttons.
    #[rustfmt::skip]
    pub(super) const fn is_block(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Address | Article | Aside | Blockquote | Body | Button | Caption | Center | Col | Colgroup | Dd | Details | Dialog | Dir
                | Div | Dl | Dt | Fieldset | Figcaption | Figure | Footer | Form | Frameset | H1 | H2 | H3 | H4 | H5 | H6 | Header
                | Hgroup | Hr | Html | Legend | Li | Listing | Main | Menu | Nav | Ol | Optgroup | Option | P | Plaintext | Pre
                | Search | Section | Summary | Table | Tbody | Td | Tfoot | Th | Thead | Tr | Ul | Xmp
        )
    }

    /// What its name alone says.
    pub(super) const fn flags(self) -> Flags {
        use Tag::*;
        match self {
            Article => Flags::ARTICLE,
            Main => Flags::MAIN,
            Nav | Menu => Flags::NAV,
            Aside => Flags::ASIDE,
            Header => Flags::HEADER,
            Footer => Flags::FOOTER,
            Figure => Flags::FIGURE,
            Figcaption | Caption => Flags::CAPTION,
            Form | Fieldset | Search => Flags::FORM,
            Table => Flags::TABLE,
            Th => Flags::CELL_HEAD,
            Ul | Dl | Dir => Flags::LIST,
            Ol => Flags::LIST.with(Flags::ORDERED),
            Li | Dt | Dd => Flags::ITEM,
            H1 | H2 | H3 | H4 | H5 | H6 => Flags::HEADING,
            Address => Flags::ADDRESS,
            Time => Flags::TIME,
            Blockquote => Flags::QUOTE,
            Button => Flags::BUTTON,
            A => Flags::LINK,
            B | Strong | Em | I => Flags::BOLD,
            Pre | Listing | Xmp | Plaintext => Flags::PRE,
            Dialog => Flags::DIALOG,
            Section => Flags::SECTION,
            _ => Flags::NONE,
        }
    }
}

/// What an ARIA role says.
pub(super) fn role_flags(role: &str) -> Flags {
    match role {
        "article" => Flags::ARTICLE,
        "main" => Flags::MAIN,
        "navigation" | "menu" | "menubar" | "tablist" | "toolbar" => Flags::NAV,
        "complementary" => Flags::ASIDE,
        "banner" => Flags::HEADER,
        "contentinfo" => Flags::FOOTER,
        "form" | "search" => Flags::FORM,
        "heading" => Flags::HEADING,
        "button" => Flags::BUTTON,
        "dialog" | "alertdialog" | "alert" | "status" => Flags::DIALOG,
        _ => Flags::NONE,
    }
}

/// What microdata's or RDFa's name for an element says.
pub(super) fn itemprop_flags(name: &str) -> Flags {
    match name {
        "articleBody" | "articlebody" => Flags::BODY,
        "headline" => Flags::HEADLINE,
        "author" | "creator" => Flags::AUTHOR,
        "comment" => Flags::COMMENT,
        _ => Flags::NONE,
    }
}
