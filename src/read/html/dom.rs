//! The tree of a page: an arena that html5ever's tree builder fills, standards-true, with links between nodes instead of recursion.
//!
//! Text and attribute values lie in one string each; a node holds ranges. Comments, the doctype and attributes that nobody reads are
//! not kept.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};
use std::ops::Range;

use html5ever::interface::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, QualName, ns};

use super::tag::Tag;

/// Index of a node; 0 is the document.
pub(super) type Id = u32;

/// The document node, which also stands for "none" in links, as it is nobody's child or sibling.
pub(super) const DOCUMENT: Id = 0;

/// An element, a piece of text, or the document.
#[derive(Debug)]
pub(super) struct Node {
    name: QualName,
    /// What element it is; `None` for text and all else.
    pub(super) tag: Option<Tag>,
    pub(super) parent: Id,
    pub(super) first: Id,
    pub(super) next: Id,
    last: Id,
    previous: Id,
    depth: u32,
    /// Line of the source on which a text begins.
    pub(super) line: u32,
    /// A text's range in the texts, an element's attributes.
    span: (u32, u32),
}

/// The tree, while it grows.
#[derive(Debug)]
pub(super) struct Growing {
    nodes: RefCell<Vec<Node>>,
    attributes: RefCell<Vec<(LocalName, u32, u32)>>,
    values: RefCell<String>,
    text: RefCell<String>,
    /// What is said of a node that is not there.
    blank: RefCell<QualName>,
    /// Line of the source that the tokenizer has reached.
    pub(super) line: Cell<u32>,
    /// Depth of the element that was put into the tree last.
    pub(super) depth: Cell<u32>,
}

impl Node {
    /// The name of the element, in lower case.
    pub(super) fn name(&self) -> &str {
        &self.name.local
    }
}

/// The tree of a page.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    attributes: Vec<(LocalName, u32, u32)>,
    values: String,
    text: String,
}

impl Tree {
    /// The node at `id`.
    pub(super) fn get(&self, id: Id) -> Option<&Node> {
        self.nodes.get(id as usize)
    }

    /// The text of a text node; empty for an element.
    pub(super) fn text_of(&self, node: &Node) -> &str {
        if node.tag.is_some() { "" } else { self.text.get(range(node.span)).unwrap_or_default() }
    }

    /// The attributes of an element that are kept, with their values.
    pub(super) fn attributes_of(&self, node: &Node) -> impl Iterator<Item = (&str, &str)> {
        let own = if node.tag.is_some() { self.attributes.get(range(node.span)) } else { None };
        own.unwrap_or_default().iter().map(|(name, from, to)| (&**name, self.values.get(*from as usize..*to as usize).unwrap_or_default()))
    }

    /// The value of the attribute `name` of an element.
    pub(super) fn attribute(&self, node: &Node, name: &str) -> Option<&str> {
        self.attributes_of(node).find_map(|(n, value)| (n == name).then_some(value))
    }

    /// The node that follows `id` in document order, its children left out if `inside` is false; `None` behind the last node below `top`.
    pub(super) fn next(&self, id: Id, inside: bool, top: Id) -> Option<Id> {
        let mut node = self.get(id)?;
        if inside && node.first != DOCUMENT {
            return Some(node.first);
        }
        let mut at = id;
        while at != top {
            if node.next != DOCUMENT {
                return Some(node.next);
            }
            at = node.parent;
            node = self.get(at)?;
        }
        None
    }

    /// The nodes below `top`, in document order.
    pub(super) fn below(&self, top: Id) -> impl Iterator<Item = (Id, &Node)> {
        let mut at = top;
        std::iter::from_fn(move || {
            at = self.next(at, true, top)?;
            Some((at, self.get(at)?))
        })
    }

    /// The text below `top`, white space as in the source.
    pub(super) fn text_below(&self, top: Id) -> String {
        self.below(top).map(|(_, node)| self.text_of(node)).collect()
    }
}

fn range(span: (u32, u32)) -> Range<usize> {
    span.0 as usize..span.1 as usize
}

/// An offset into one of the strings. A page of more than four gigabytes has no text beyond that.
fn offset(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Growing {
    /// A tree with nothing but the document.
    pub(super) fn new() -> Self {
        let blank = QualName::new(None, ns!(), LocalName::from(""));
        let document = Node::new(blank.clone(), None, 1, (0, 0));
        Self {
            nodes: RefCell::new(vec![document]),
            attributes: RefCell::default(),
            values: RefCell::default(),
            text: RefCell::default(),
            blank: RefCell::new(blank),
            line: Cell::new(1),
            depth: Cell::new(0),
        }
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.borrow().len()
    }

    fn push(&self, node: Node) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(node);
        offset(nodes.len() - 1)
    }

    /// A node for all that is no element: text, or something that is not kept.
    fn push_text(&self, text: &str) -> Id {
        let mut all = self.text.borrow_mut();
        let from = offset(all.len());
        all.push_str(text);
        self.push(Node::new(self.blank.borrow().clone(), None, self.line.get(), (from, offset(all.len()))))
    }

    fn id_of(&self, child: NodeOrText<Id>) -> Id {
        match child {
            NodeOrText::AppendNode(id) => id,
            // Neighbouring texts stay apart: blocks join them anyway, and each keeps its line.
            NodeOrText::AppendText(text) => self.push_text(&text),
        }
    }

    /// Puts `child`, which has no parent, under `parent` before `next`, or last if `next` is none.
    fn link(&self, parent: Id, child: Id, next: Id) {
        let mut nodes = self.nodes.borrow_mut();
        let nodes = nodes.as_mut_slice();
        let previous = match nodes.get(next as usize) {
            Some(next_node) if next != DOCUMENT => next_node.previous,
            _ => nodes.get(parent as usize).map_or(DOCUMENT, |p| p.last),
        };
        let depth = nodes.get(parent as usize).map_or(0, |p| p.depth) + 1;
        if let Some(node) = nodes.get_mut(child as usize) {
            (node.parent, node.previous, node.next, node.depth) = (parent, previous, next, depth);
            if node.tag.is_some() {
                self.depth.set(depth);
            }
        }
        set(nodes, previous, parent, |n| &mut n.next, |p| &mut p.first, child);
        set(nodes, next, parent, |n| &mut n.previous, |p| &mut p.last, child);
    }

    fn unlink(&self, child: Id) {
        let mut nodes = self.nodes.borrow_mut();
        let nodes = nodes.as_mut_slice();
        let Some(node) = nodes.get_mut(child as usize) else { return };
        let (parent, previous, next) = (node.parent, node.previous, node.next);
        (node.parent, node.previous, node.next) = (DOCUMENT, DOCUMENT, DOCUMENT);
        // A node that was never put in has no neighbours; the document must not lose its children for it.
        let is_in = nodes.get(parent as usize).is_some_and(|p| p.first == child || previous != DOCUMENT);
        if is_in {
            set(nodes, previous, parent, |n| &mut n.next, |p| &mut p.first, next);
            set(nodes, next, parent, |n| &mut n.previous, |p| &mut p.last, previous);
        }
    }
}

/// Sets a link of the neighbour `at`, or of the parent where there is no neighbour.
fn set(nodes: &mut [Node], at: Id, parent: Id, own: fn(&mut Node) -> &mut Id, of_parent: fn(&mut Node) -> &mut Id, to: Id) {
    let (id, link) = if at == DOCUMENT { (parent, of_parent) } else { (at, own) };
    if let Some(node) = nodes.get_mut(id as usize) {
        *link(node) = to;
    }
}

impl Node {
    fn new(name: QualName, tag: Option<Tag>, line: u32, span: (u32, u32)) -> Self {
        let none = DOCUMENT;
        Self { name, tag, parent: none, first: none, next: none, last: none, previous: none, depth: 0, line, span }
    }
}

impl TreeSink for Growing {
    type Handle = Id;
    type Output = Tree;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Tree {
        Tree {
            nodes: self.nodes.into_inner(),
            attributes: self.attributes.into_inner(),
            values: self.values.into_inner(),
            text: self.text.into_inner(),
        }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        DOCUMENT
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Ref<'a, QualName> {
        let nodes = self.nodes.borrow();
        Ref::filter_map(nodes, |nodes| nodes.get(*target as usize).map(|n| &n.name)).unwrap_or_else(|_| self.blank.borrow())
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Id {
        let mut own = self.attributes.borrow_mut();
        let mut values = self.values.borrow_mut();
        let from = offset(own.len());
        for attribute in attributes {
            let start = offset(values.len());
            values.push_str(&attribute.value);
            own.push((attribute.name.local, start, offset(values.len())));
        }
        let tag = Tag::of(&name);
        self.push(Node::new(name, Some(tag), self.line.get(), (from, offset(own.len()))))
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.push_text("")
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.push_text("")
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        self.link(*parent, self.id_of(child), DOCUMENT);
    }

    fn append_based_on_parent_node(&self, element: &Id, previous: &Id, child: NodeOrText<Id>) {
        let has_parent = self.nodes.borrow().get(*element as usize).is_some_and(|n| n.parent != DOCUMENT);
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// The contents of a template hang on a node that is in no tree: they are not shown.
    fn get_template_contents(&self, _: &Id) -> Id {
        self.push_text("")
    }

    fn same_node(&self, x: &Id, y: &Id) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        let child = self.id_of(child);
        self.unlink(child);
        let parent = self.nodes.borrow().get(*sibling as usize).map_or(DOCUMENT, |n| n.parent);
        self.link(parent, child, *sibling);
    }

    fn add_attrs_if_missing(&self, _: &Id, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Id) {
        self.unlink(*target);
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        let first = |of: Id| self.nodes.borrow().get(of as usize).map_or(DOCUMENT, |n| n.first);
        let mut child = first(*node);
        while child != DOCUMENT {
            self.unlink(child);
            self.link(*new_parent, child, DOCUMENT);
            child = first(*node);
        }
    }
}
