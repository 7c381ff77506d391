//! The errors of the library: only those that happen.

/// Why a page could not be cleaned or a rule file not be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The input is not text of any encoding.
    #[error("looks like binary data, not text (NUL or control bytes near byte {at}); if it is compressed, unpack it first")]
    Binary {
        /// Offset of the first byte that text does not hold.
        at: usize,
    },
    /// A rule file does not follow the format.
    #[error("{0}")]
    Rules(String),
    /// A profile of site templates does not follow the format.
    #[error("{0}")]
    Profile(String),
}
