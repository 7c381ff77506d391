//! The errors of the library: only those that happen.

use crate::notation::Misread;

/// Why a page could not be cleaned or a file not be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The input is not text of any encoding.
    #[error("looks like binary data, not text (NUL or control bytes near byte {at}); if it is compressed, unpack it first")]
    Binary {
        /// Offset of the first byte that text does not hold.
        at: usize,
    },
    /// A file that somebody wrote, of rules or of site templates, does not follow its format.
    #[error(transparent)]
    Misread(#[from] Misread),
    /// Rules do not fit together.
    #[error("{0}")]
    Rules(String),
    /// A table that the program carries, or one that a program wrote, is not what was written.
    #[error("{what}: {why}")]
    Damaged {
        /// Which table.
        what: &'static str,
        /// What is wrong with it.
        why: &'static str,
    },
}
