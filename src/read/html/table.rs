//! Tables: of data, whose rows are blocks, or of layout, whose cells hold the page.

use super::dom::{Id, Tree};
use super::tag::Tag;

/// Bytes of the longest cell of data, and of a middling one.
const LONGEST_CELL: usize = 400;
const MEAN_CELL: usize = 100;

/// Whether the table at `top` is one of data: rows of several short cells, with nothing of a page's structure inside.
///
/// Looks no further than to the first table inside, so that nested tables are looked at once each.
pub(super) fn is_data(tree: &Tree, top: Id) -> bool {
    if tree.get(top).and_then(|n| tree.attribute(n, "role")).is_some_and(|role| matches!(role, "presentation" | "none")) {
        return false;
    }
    let (mut rows, mut cells, mut all, mut cell) = (0usize, 0usize, 0usize, 0usize);
    for (_, node) in tree.below(top) {
        match node.tag {
            None => {
                let len = tree.text_of(node).trim().len();
                cell += len;
                all += len;
                if cell > LONGEST_CELL {
                    return false;
                }
            }
            Some(Tag::Tr) => rows += 1,
            Some(Tag::Td | Tag::Th) => {
                cells += 1;
                cell = 0;
            }
            Some(
                Tag::Table
                | Tag::H1
                | Tag::H2
                | Tag::H3
                | Tag::Article
                | Tag::Section
                | Tag::Nav
                | Tag::Form
                | Tag::Blockquote
                | Tag::Ul
                | Tag::Ol
                | Tag::Pre
                | Tag::Iframe
                | Tag::Figure
                | Tag::Input
                | Tag::Textarea,
            ) => return false,
            Some(_) => {}
        }
    }
    rows >= 2 && cells * 2 >= rows * 3 && all <= cells * MEAN_CELL
}
