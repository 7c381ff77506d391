//! Headings of the first three levels, with what tells whether one is the headline.

use super::dom::{Id, Node, Tree};
use super::headline::Heading;
use super::tag::Tag;
use super::value::tidy;

/// Elements around a heading in which navigation or breadcrumbs are looked for.
const PATH_REACH: usize = 6;
/// Characters of the longest headline; beyond it an unclosed heading has swallowed the text below.
const LONGEST: usize = 400;

/// The heading at `id`, if it has text.
pub(super) fn heading(tree: &Tree, id: Id) -> Option<Heading> {
    let node = tree.get(id)?;
    let text = tidy(&shown(tree, id)).filter(|t| t.chars().count() <= LONGEST)?;
    let first = tree.below(id).find(|(_, n)| n.tag.is_some() || !tree.text_of(n).trim().is_empty());
    let in_path = upwards(tree, node).take(PATH_REACH).any(|n| n.tag == Some(Tag::Nav) || classes(tree, n).contains("breadcrumb"));
    Some(Heading {
        text,
        level: node.tag.and_then(Tag::heading).unwrap_or(1),
        has_kicker: in_path || first.is_some_and(|(_, n)| n.tag.is_some_and(|t| t != Tag::A)),
        in_path,
    })
}

/// The text below `top` as it is shown: a space where a line breaks, nothing of scripts and the like.
fn shown(tree: &Tree, top: Id) -> String {
    let mut out = String::new();
    let (mut at, mut inside) = (top, true);
    while let Some(next) = tree.next(at, inside, top) {
        at = next;
        let Some(node) = tree.get(at) else { break };
        inside = node.tag.is_none_or(|tag| !tag.is_left_out());
        match node.tag {
            None => out.push_str(tree.text_of(node)),
            Some(tag) if tag == Tag::Br || tag.is_block() => out.push(' '),
            Some(_) => {}
        }
    }
    out
}

/// A node and the elements around it, innermost first.
fn upwards<'t>(tree: &'t Tree, node: &'t Node) -> impl Iterator<Item = &'t Node> {
    std::iter::successors(Some(node), |n| tree.get(n.parent).filter(|p| p.tag.is_some()))
}

/// The class and id of an element, in lower case.
fn classes(tree: &Tree, node: &Node) -> String {
    let of = |name: &str| tree.attribute(node, name).unwrap_or_default();
    format!("{} {}", of("class"), of("id")).to_lowercase()
}
