//! The tree of a page: an arena that html5ever's tree builder fills, standards-true, with links between nodes instead of recursion.
//!
//! Text and attribute values lie in one string each; a node holds ranges. Comments, the doctype and attributes that nobody reads are
//! not kept.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::interface::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, QualName, ns};

use super::names::Names;
use super::tag::Tag;

/// Index of a node; 0 is the document.
pub(super) type Id = u32;

/// The document node, which also stands for "none" in links, as it is nobody's child or sibling.
pub(super) const DOCUMENT: Id = 0;

/// An element, a piece of text, or the document. A page may have millions, so that a text, which has no children, keeps its range in
/// place of theirs, and an element, of whose line nobody asks, its attributes in place of that.
#[derive(Debug)]
pub(super) struct Node {
    /// Index of its name, or [`TEXT`].
    name: u32,
    /// What element it is; `None` for text and all else.
    pub(super) tag: Option<Tag>,
    /// How many attributes it has.
    attributes: u8,
    depth: u16,
    pub(super) parent: Id,
    /// The first child of an element; where a text begins.
    first: Id,
    pub(super) next: Id,
    /// The last child of an element; where a text ends.
    last: Id,
    previous: Id,
    /// Line of the source on which a text begins; index of the first attribute of an element.
    line: u32,
}

/// The name of what has none: text.
const TEXT: u32 = u32::MAX;

/// The tree, while it grows.
#[derive(Debug)]
pub(super) struct Growing {
    nodes: RefCell<Vec<Node>>,
    attributes: RefCell<Vec<(LocalName, u32, u32)>>,
    values: RefCell<String>,
    text: RefCell<String>,
    /// Scripts, and the lines on which they begin.
    scripts: RefCell<Vec<(Id, u32)>>,
    /// The first is what is said of a node that has none.
    names: RefCell<Names>,
    /// Lines of the source where the last text and the last tag were met: the tree builder puts the text of a table where it belongs
    /// only when it meets the tag behind it.
    pub(super) text_line: Cell<u32>,
    pub(super) tag_line: Cell<u32>,
    /// Depth of the element that was put into the tree last.
    pub(super) depth: Cell<u32>,
}

impl Node {
    fn is_text(&self) -> bool {
        self.name == TEXT
    }
}

/// The tree of a page.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    names: Vec<QualName>,
    attributes: Vec<(LocalName, u32, u32)>,
    values: String,
    text: String,
    scripts: Vec<(Id, u32)>,
}

impl Tree {
    /// The node at `id`.
    pub(super) fn get(&self, id: Id) -> Option<&Node> {
        self.nodes.get(id as usize)
    }

    /// The line of the source on which a text or a script begins; 1 for other elements.
    pub(super) fn line_of(&self, id: Id) -> u32 {
        match self.get(id).filter(|node| node.is_text()) {
            Some(text) => text.line,
            None => {
                self.scripts.binary_search_by_key(&id, |(id, _)| *id).ok().and_then(|at| self.scripts.get(at)).map_or(1, |(_, line)| *line)
            }
        }
    }

    /// The text of a text node; empty for an element.
    pub(super) fn text_of(&self, node: &Node) -> &str {
        if node.is_text() { self.text.get(node.first as usize..node.last as usize).unwrap_or_default() } else { "" }
    }

    /// The name of an element, in lower case; empty for a text.
    pub(super) fn name_of(&self, node: &Node) -> &str {
        self.names.get(node.name as usize).map_or("", |name| &name.local)
    }

    /// The attributes of an element that are kept, with their values.
    pub(super) fn attributes_of(&self, node: &Node) -> impl Iterator<Item = (&str, &str)> {
        let own =
            if node.is_text() { None } else { self.attributes.get(node.line as usize..).and_then(|a| a.get(..node.attributes.into())) };
        own.unwrap_or_default().iter().map(|(name, from, to)| (&**name, self.values.get(*from as usize..*to as usize).unwrap_or_default()))
    }

    /// The value of the attribute `name` of an element.
    pub(super) fn attribute(&self, node: &Node, name: &str) -> Option<&str> {
        self.attributes_of(node).find_map(|(n, value)| (n == name).then_some(value))
    }

    /// The node that follows `id` in document order, its children left out if `inside` is false; `None` behind the last node below `top`.
    pub(super) fn next(&self, id: Id, inside: bool, top: Id) -> Option<Id> {
        let mut node = self.get(id)?;
        if inside && !node.is_text() && node.first != DOCUMENT {
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

/// An offset into a string or a list. A page of more than four gigabytes has nothing beyond that.
pub(super) fn offset(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Growing {
    /// A tree with nothing but the document.
    pub(super) fn new() -> Self {
        let blank = QualName::new(None, ns!(), LocalName::from(""));
        let document = Node { name: 0, ..Node::new() };
        Self {
            nodes: RefCell::new(vec![document]),
            attributes: RefCell::default(),
            values: RefCell::default(),
            text: RefCell::default(),
            scripts: RefCell::default(),
            names: RefCell::new(Names::new(blank)),
            text_line: Cell::new(1),
            tag_line: Cell::new(1),
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
        self.push(Node { first: from, last: offset(all.len()), line: self.text_line.get(), ..Node::new() })
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
        let depth = nodes.get(parent as usize).map_or(0, |p| p.depth).saturating_add(1);
        if let Some(node) = nodes.get_mut(child as usize) {
            (node.parent, node.previous, node.next, node.depth) = (parent, previous, next, depth);
            if node.tag.is_some() {
                self.depth.set(depth.into());
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
    /// An empty text that is not in the tree.
    fn new() -> Self {
        let none = DOCUMENT;
        Self { name: TEXT, tag: None, attributes: 0, depth: 0, parent: none, first: none, next: none, last: none, previous: none, line: 0 }
    }
}

impl TreeSink for Growing {
    type Handle = Id;
    type Output = Tree;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Tree {
        Tree {
            nodes: self.nodes.into_inner(),
            names: self.names.into_inner().all,
            attributes: self.attributes.into_inner(),
            values: self.values.into_inner(),
            text: self.text.into_inner(),
            scripts: self.scripts.into_inner(),
        }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        DOCUMENT
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Ref<'a, QualName> {
        let index = self.nodes.borrow().get(*target as usize).filter(|node| !node.is_text()).map_or(0, |node| node.name);
        Ref::map(self.names.borrow(), |names| names.all.get(index as usize).unwrap_or(&names.blank))
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
        let name = self.names.borrow_mut().index(name, tag);
        let attributes = u8::try_from(offset(own.len()) - from).unwrap_or(u8::MAX);
        let id = self.push(Node { name, tag: Some(tag), attributes, line: from, ..Node::new() });
        if tag == Tag::Script {
            self.scripts.borrow_mut().push((id, self.tag_line.get()));
        }
        id
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
        self.push(Node { name: 0, tag: Some(Tag::Other), ..Node::new() })
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
