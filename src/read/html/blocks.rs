//! From tree to blocks, as a browser's `innerText` breaks lines: what begins or ends a block-level element, and every `br`.

use super::dom::{DOCUMENT, Id, Node, Tree, offset};
use super::draft::{Draft, Piece, Prefix};
use super::element::{self, Classes};
use super::table;
use super::tag::Tag;
use crate::markup::{Element, Flags, MarkKind, Markup};
use crate::page::{Gap, Level, Role};
use crate::read::role_of;

/// Characters of the longest heading: beyond it, an unclosed heading has swallowed the text below.
const LONGEST_HEADING: usize = 400;

/// The blocks of a tree, hidden ones too, and their markup.
pub(super) fn blocks(tree: &Tree) -> (Vec<Piece>, Markup) {
    let mut walk = Walk::new(tree);
    let mut at = DOCUMENT;
    while let Some(next) = tree.next(at, walk.goes_inside, DOCUMENT) {
        at = next;
        let Some(node) = tree.get(at) else { break };
        walk.leave_until(node.parent);
        walk.goes_inside = true;
        match node.tag {
            None => walk.text(at, node),
            Some(tag) if tag.is_left_out() => walk.goes_inside = false,
            Some(tag) => walk.enter(at, node, tag),
        }
    }
    walk.leave_until(DOCUMENT);
    walk.flush();
    (walk.blocks, walk.markup)
}

/// An element that is open.
#[derive(Debug, Clone, Copy)]
struct Frame {
    node: Id,
    /// Its index among the elements of the markup.
    index: u32,
    /// The innermost block-level element: itself, or one around it.
    block: u32,
    tag: Tag,
    flags: Flags,
    is_block: bool,
    /// The level of the heading it stands in, or 0.
    heading: u8,
    /// How many lists it stands in.
    lists: u16,
    /// The number of the next item, if it is a list.
    number: u32,
    /// Elements in it so far.
    children: u32,
    /// The mark it makes in the text.
    mark: Option<MarkKind>,
}

struct Walk<'t> {
    tree: &'t Tree,
    blocks: Vec<Piece>,
    markup: Markup,
    classes: Classes<'t>,
    stack: Vec<Frame>,
    draft: Draft,
    /// How the next block follows.
    gap: Gap,
    /// Whether a `br` ended the line above and nothing has followed it.
    broken: bool,
    /// Inside a row of a table of data: its cells are one block.
    in_row: bool,
    /// Whether the element before was a link, with nothing between: the two do not run together.
    after_link: bool,
    /// Elements that stood above the block that is gathered.
    above: u32,
    goes_inside: bool,
}

impl<'t> Walk<'t> {
    fn new(tree: &'t Tree) -> Self {
        Self {
            tree,
            blocks: Vec::new(),
            markup: Markup::default(),
            classes: Classes::default(),
            stack: Vec::new(),
            draft: Draft::default(),
            gap: Gap::Blank,
            broken: false,
            in_row: false,
            after_link: false,
            above: 0,
            goes_inside: true,
        }
    }

    fn leave_until(&mut self, parent: Id) {
        while let Some(frame) = self.stack.pop_if(|frame| frame.node != parent) {
            self.leave(&frame);
        }
    }

    fn flags(&self) -> Flags {
        self.stack.last().map_or(Flags::NONE, |f| f.flags)
    }

    fn enter(&mut self, id: Id, node: &'t Node, tag: Tag) {
        match tag {
            Tag::Br => return self.br(),
            Tag::Img => self.picture(node),
            Tag::Wbr => return,
            _ => {}
        }
        let from = self.markup.words.len();
        let said = element::read(self.tree, node, tag, &mut self.classes, &mut self.markup.words);
        let around = self.stack.last_mut().map(|f| {
            f.children += 1;
            *f
        });
        let own = if tag == Tag::Table && table::is_data(self.tree, id) { said.flags.with(Flags::DATA_TABLE) } else { said.flags };
        let flags = own.with(around.map_or(Flags::NONE, |f| f.flags));
        let is_block = tag.is_block() || said.is_block;
        if is_block {
            self.boundary(tag, flags);
        } else if tag == Tag::A && self.after_link {
            self.draft.space();
        }
        let index = offset(self.markup.elements.len());
        let level = said.level.or(tag.heading()).filter(|_| own.has(Flags::HEADING)).or(own.has(Flags::HEADING).then_some(2));
        let frame = Frame {
            node: id,
            index,
            block: if is_block { index } else { around.map_or(index, |f| f.block) },
            tag,
            flags,
            is_block,
            heading: level.or(around.map(|f| if tag == Tag::P && self.is_said() { 0 } else { f.heading })).unwrap_or(0),
            lists: around.map_or(0, |f| f.lists) + u16::from(own.has(Flags::LIST)),
            number: if tag == Tag::Ol { self.start_of(node) } else { 1 },
            children: 0,
            mark: mark_of(tag),
        };
        let begin = offset(self.blocks.len());
        self.markup.elements.push(Element {
            tag,
            parent: around.map_or(index, |f| f.index),
            nth: around.map_or(0, |f| f.children - 1),
            depth: u16::try_from(self.stack.len()).unwrap_or(u16::MAX),
            flags,
            words: (offset(from), offset(self.markup.words.len())),
            blocks: (begin, begin),
        });
        self.stack.push(frame);
        self.opened(node, &frame);
    }

    /// A picture: counted, and its address noted if it is the first of a figure.
    fn picture(&mut self, node: &Node) {
        self.draft.place.images = self.draft.place.images.saturating_add(1);
        let Some(figure) = self.stack.iter().rev().find(|f| f.tag == Tag::Figure).map(|f| f.index) else { return };
        if self.markup.pictures.last().is_none_or(|(last, _)| *last < figure) {
            let from = offset(self.markup.addresses.len());
            self.markup.addresses.push_str(self.tree.attribute(node, "src").unwrap_or_default().trim());
            self.markup.pictures.push((figure, (from, offset(self.markup.addresses.len()))));
        }
    }

    /// Whether the heading around has a text already: a paragraph further on is swallowed by one that was never closed.
    fn is_said(&self) -> bool {
        let heading = self.stack.iter().find(|f| f.heading > 0).and_then(|f| self.markup.elements.get(f.index as usize));
        heading.is_some_and(|e| (e.blocks.0 as usize) < self.blocks.len())
    }

    /// What follows when an element has opened: item marks, bars between cells, links.
    fn opened(&mut self, node: &Node, frame: &Frame) {
        match frame.tag {
            Tag::Li => {
                let number = self.number();
                self.draft.set_prefix(Prefix::Item(number));
            }
            Tag::Tr if frame.flags.has(Flags::DATA_TABLE) => self.in_row = true,
            Tag::Td | Tag::Th if self.in_row => {
                self.draft.place.level = self.draft.place.level.saturating_add(1);
                self.draft.cell();
            }
            _ if frame.heading > 0 && frame.is_block => self.draft.set_prefix(Prefix::None),
            _ => {}
        }
        let Some(kind) = frame.mark else { return };
        let mut address = (0, 0);
        if kind == MarkKind::Link {
            self.draft.place.links = self.draft.place.links.saturating_add(1);
            let from = offset(self.markup.addresses.len());
            self.markup.addresses.push_str(self.tree.attribute(node, "href").unwrap_or_default().trim());
            address = (from, offset(self.markup.addresses.len()));
        }
        self.draft.open(kind, address);
    }

    /// The number with which an ordered list begins.
    fn start_of(&self, list: &Node) -> u32 {
        self.tree.attribute(list, "start").and_then(|n| n.trim().parse().ok()).unwrap_or(1)
    }

    /// The number of the item that begins, in an ordered list.
    fn number(&mut self) -> Option<u32> {
        let list = self.stack.iter_mut().rev().find(|f| matches!(f.tag, Tag::Ol | Tag::Ul | Tag::Menu | Tag::Dir))?;
        let number = list.number;
        list.number = number.saturating_add(1);
        (list.tag == Tag::Ol).then_some(number)
    }

    fn leave(&mut self, frame: &Frame) {
        if let Some(kind) = frame.mark {
            self.draft.close(kind, &mut self.markup.marks);
        }
        if frame.is_block {
            if frame.tag == Tag::Tr {
                self.in_row = false;
            }
            if !self.in_row {
                self.flush_in(frame);
            }
            self.boundary(frame.tag, frame.flags);
            if frame.tag == Tag::Li {
                self.draft.set_prefix(Prefix::None);
            }
        }
        self.after_link = frame.tag == Tag::A;
        let end = offset(self.blocks.len() + usize::from(!self.draft.is_empty()));
        if let Some(element) = self.markup.elements.get_mut(frame.index as usize) {
            element.blocks.1 = end;
        }
    }

    /// A block-level element begins or ends here.
    fn boundary(&mut self, tag: Tag, flags: Flags) {
        self.after_link = false;
        if self.in_row {
            return self.draft.space();
        }
        self.flush();
        self.broken = false;
        let close = match tag {
            Tag::Ul | Tag::Ol => self.stack.last().is_some_and(|f| f.flags.has(Flags::ITEM)),
            _ => flags.any(Flags::ITEM) || flags.has(Flags::DATA_TABLE) && tag != Tag::Table,
        };
        if !close {
            self.gap = Gap::Blank;
        }
    }

    fn br(&mut self) {
        self.after_link = false;
        if self.in_row {
            return self.draft.space();
        }
        let had_text = !self.draft.is_empty();
        self.flush();
        if !had_text && self.broken {
            self.gap = Gap::Blank;
        }
        self.broken = true;
    }

    fn text(&mut self, id: Id, node: &Node) {
        let tree = self.tree;
        let line = tree.line_of(id);
        let text = tree.text_of(node);
        let flags = self.flags();
        // A hidden part of a line; a hidden block is kept apart instead.
        if flags.has(Flags::HIDDEN) && !self.stack.iter().rev().find(|f| f.is_block).is_some_and(|f| f.flags.has(Flags::HIDDEN)) {
            return;
        }
        self.after_link &= text.is_empty();
        if !flags.has(Flags::PRE) || self.in_row {
            if self.draft.is_empty() && !text.trim_start().is_empty() {
                self.begin();
            }
            return self.draft.push(text, flags, line);
        }
        // A node's line is that of its first word.
        let blank = text.chars().take_while(|c| c.is_whitespace()).filter(|c| *c == '\n').count();
        let top = if text.trim_start().is_empty() { line } else { line.saturating_sub(offset(blank)) };
        let mut lines = text.split('\n');
        let first = lines.next().unwrap_or_default();
        self.raw(first, flags, top);
        for (line, n) in lines.zip(1..) {
            self.br();
            self.raw(line, flags, top + n);
        }
    }

    fn raw(&mut self, text: &str, flags: Flags, line: u32) {
        if self.draft.is_empty() && !text.trim_start().is_empty() {
            self.begin();
        }
        self.draft.push_raw(text, flags, line);
    }

    /// The first text of a block follows.
    fn begin(&mut self) {
        let element = self.stack.last().map_or(0, |f| f.block);
        self.draft.place.element = element;
        self.draft.place.inline.0 = self.above.max(element + 1);
        self.broken = false;
    }

    /// Ends the block, if there is one.
    fn flush(&mut self) {
        let Some(frame) = self.stack.iter().rev().find(|f| f.is_block).or(self.stack.first()).copied() else { return };
        self.flush_in(&frame);
    }

    /// Ends the block, whose innermost block-level element is `frame`.
    fn flush_in(&mut self, frame: &Frame) {
        let elements = offset(self.markup.elements.len());
        let place = &mut self.draft.place;
        place.inline.1 = elements;
        place.flags = if place.link_chars == place.chars { frame.flags.with(Flags::LINK) } else { frame.flags };
        if !frame.flags.has(Flags::DATA_TABLE) {
            place.level = frame.lists;
        }
        if let Some((block, place)) = self.draft.finish(&mut self.markup.marks, |text| role(text, frame), self.gap) {
            self.blocks.push(block);
            self.markup.blocks.push(place);
            self.gap = Gap::Line;
        }
        self.above = elements;
    }
}

fn role(text: &str, frame: &Frame) -> Role {
    match role_of(text) {
        _ if frame.flags.has(Flags::PRE) => Role::Code,
        role => match Level::of(frame.heading) {
            Some(level) if text.len() <= LONGEST_HEADING => Role::Heading(level),
            _ if role == Role::Paragraph && frame.flags.has(Flags::QUOTE) => Role::Quote,
            _ => role,
        },
    }
}

fn mark_of(tag: Tag) -> Option<MarkKind> {
    match tag {
        Tag::A => Some(MarkKind::Link),
        Tag::Em | Tag::I => Some(MarkKind::Emphasis),
        Tag::Strong | Tag::B => Some(MarkKind::Strong),
        Tag::Code | Tag::Kbd | Tag::Samp | Tag::Tt => Some(MarkKind::Code),
        _ => None,
    }
}
