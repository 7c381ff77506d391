//! Turns a raw scraped news page into the clean article, and says why each line went.
//!
//! ```
//! use newsclean::{Settings, clean};
//!
//! let page = "Share\nThe council voted on Monday to rebuild the old bridge, officials said.\n\
//!             The work will take two years and cost nine million, according to the plan.\nNo comments:\nPost a Comment\n";
//! let cleaned = clean(page.as_bytes(), &Settings::default())?;
//! assert_eq!(cleaned.text(), "The council voted on Monday to rebuild the old bridge, officials said.\n\n\
//!             The work will take two years and cost nine million, according to the plan.\n");
//! # Ok::<(), newsclean::Error>(())
//! ```
//!
//! The way of a page: [`read`] makes blocks of the bytes, the [`passes`] decide each block, `label` says what
//! the page is as a whole, [`mod@write`] renders what stays.

pub mod error;
mod label;
pub mod markup;
pub mod measure;
pub mod model;
pub mod notation;
pub mod page;
pub mod passes;
pub mod read;
pub mod rules;
pub mod score;
pub mod settings;
pub mod story;
mod sum;
pub mod template;
pub mod write;

pub use error::Error;
pub use page::{Kind, Kinds, Label, Page, Stub};
pub use settings::{Settings, Source, Templates};

use passes::{Depth, Watcher};

/// A page with every block decided.
#[derive(Debug, Clone)]
pub struct Cleaned {
    /// The page: its blocks, why each stayed or went, and what is known of the whole.
    pub page: Page,
    headline: bool,
}

/// Cleans the bytes of a scraped page.
///
/// # Errors
/// [`Error::Binary`] if the bytes are no text, [`Error::Damaged`] if the program itself is damaged.
pub fn clean(bytes: &[u8], settings: &Settings) -> Result<Cleaned, Error> {
    clean_page(read::read_bytes(bytes, settings)?, settings)
}

/// Cleans a page that is already decoded.
///
/// # Errors
/// [`Error::Damaged`] if the program itself is damaged.
pub fn clean_text(text: &str, settings: &Settings) -> Result<Cleaned, Error> {
    clean_page(read::read_text(text, settings), settings)
}

/// Cleans a page that [`read`] has made, of which nothing is decided yet. Who reads it first may let go of its bytes before.
///
/// # Errors
/// [`Error::Damaged`] if the program itself is damaged.
pub fn clean_page(page: Page, settings: &Settings) -> Result<Cleaned, Error> {
    judge(page, settings, Depth::Stable, &mut None)
}

/// Decides every block of the page; `watch` looks on.
fn judge(mut page: Page, settings: &Settings, depth: Depth, watch: &mut Watcher<'_>) -> Result<Cleaned, Error> {
    intact()?;
    passes::run(&mut page, settings, depth, watch);
    label::label(&mut page, settings.keep);
    Ok(Cleaned { page, headline: settings.headline })
}

/// Reads the bytes of a page and judges them in one round, to learn from. The rounds after it see to it that the written text is left as it
/// is when it is cleaned again: a tenth of the work, which has no say in what the pages of a site share.
///
/// # Errors
/// Those of [`clean`].
pub fn skim(bytes: &[u8], settings: &Settings) -> Result<Page, Error> {
    Ok(judge(read::read_bytes(bytes, settings)?, settings, Depth::Once, &mut None)?.page)
}

/// Whether the rules and weights that the program carries could be read. It costs nothing, as it looks at their heads alone: a damaged
/// page of the program is the system's to find, and no reason to read four megabytes at every start.
///
/// # Errors
/// [`Error::Damaged`] names what could not be read.
pub fn intact() -> Result<(), Error> {
    rules::intact()?;
    model::intact()
}

/// Whether the rules and weights that the program carries are, byte for byte, what they were when it was made: some milliseconds.
///
/// # Errors
/// [`Error::Damaged`] names what has changed.
pub fn verify() -> Result<(), Error> {
    rules::verify()?;
    model::verify()
}

impl Cleaned {
    /// The article as plain text; empty if the page has none.
    pub fn text(&self) -> String {
        write::text(&self.page, self.headline)
    }

    /// The article as Markdown.
    pub fn markdown(&self) -> String {
        write::markdown(&self.page, self.headline)
    }

    /// The article with its facts and what was removed, as one JSON object.
    pub fn json(&self) -> write::Article<'_> {
        write::article(&self.page, self.headline)
    }

    /// What goes, as a unified diff from `original`, the text that was cleaned, to what stays; empty if nothing goes. Its header calls
    /// the page `name`.
    pub fn diff(&self, original: &str, name: &str, palette: &write::Palette) -> String {
        write::diff(&self.page, original, name, self.headline, palette)
    }

    /// Whether nothing of the page stayed.
    pub fn is_empty(&self) -> bool {
        self.page.blocks.iter().all(page::Block::is_dropped)
    }
}
