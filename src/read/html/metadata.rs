//! What a page says of itself.

use super::dom::Tree;
use crate::markup::Metadata;

/// The data of a page.
pub(super) fn metadata(_: &Tree) -> Metadata {
    Metadata::default()
}
