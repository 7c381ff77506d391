//! What a block is in the structure of the text, and how it follows the one before it.

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
    /// A heading with its level.
    Heading(Level),
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

/// The level of a heading. It is a list and no number, so that a role takes a byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs, reason = "their names are those of HTML")]
pub enum Level {
    H1 = 1,
    H2,
    H3,
    H4,
    H5,
    H6,
}

impl Level {
    /// Every level, the highest first.
    pub const ALL: [Self; 6] = [Self::H1, Self::H2, Self::H3, Self::H4, Self::H5, Self::H6];

    /// The level of this number, if it is from 1 to 6.
    pub fn of(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number).checked_sub(1)?).copied()
    }

    /// Its number, from 1 to 6.
    pub fn number(self) -> u8 {
        self as u8
    }
}
