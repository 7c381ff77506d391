//! From text to tree: html5gum's tokenizer feeds html5ever's tree builder, both by the letter of the HTML standard.
//!
//! Between the two stands [`Feed`], which keeps any page linear in time and memory: it takes over only attributes that somebody
//! reads, leaves the text of scripts out, and bounds the depth and the size of the tree, where the standard bounds neither.

use std::convert::Infallible;

use html5ever::interface::tree_builder::TreeSink;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, EndTag, StartTag, Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, QualName, ns};
use html5gum::{Emitter, Error, State, Tokenizer};

use super::dom::{Growing, Id, Tree};
use super::ends::one_line_end;
use super::tag::Tag as Element;

/// Elements that may stand in one another: as many as browsers allow (Blink's 512). Text deeper down moves up.
const DEEPEST: u32 = 512;
/// A depth that only a page reaches that was made to be slow.
const HOSTILE_DEPTH: u32 = 2 * DEEPEST;
/// Nodes of a page of `n` bytes: one for each two bytes is more than any but repeated formatting can make.
const fn most_nodes(n: usize) -> usize {
    n / 2 + 10_000
}

/// The tree of a page.
pub(super) fn parse(page: &str) -> Tree {
    let page = one_line_end(page);
    let options = TreeBuilderOpts { drop_doctype: true, ..TreeBuilderOpts::default() };
    let builder = TreeBuilder::new(Growing::new(), options);
    let mut tokenizer = Tokenizer::new_with_emitter(&*page, Feed::new(page.as_bytes(), &builder));
    // The tokenizer yields nothing: all goes into the tree.
    let _: Option<Result<Infallible, _>> = tokenizer.next();
    drop(tokenizer);
    builder.sink.finish()
}

/// Makes tokens of what the tokenizer finds and gives them to the tree builder.
struct Feed<'p> {
    page: &'p [u8],
    builder: &'p TreeBuilder<Id, Growing>,
    /// Byte of the page that the tokenizer has reached.
    position: usize,
    /// Byte up to which the lines are counted, and the line there.
    counted: (usize, u32),
    text: Vec<u8>,
    text_start: usize,
    /// Name, attributes and state of the tag being read.
    name: Vec<u8>,
    kind: TagKind,
    self_closing: bool,
    attributes: Vec<Attribute>,
    /// The attribute being read, if it is one that is kept.
    attribute: Option<LocalName>,
    attribute_name: Vec<u8>,
    value: Vec<u8>,
    last_start: Vec<u8>,
    doctype: Doctype,
    /// Inside a script or the like, whose text nobody reads.
    mute: bool,
    /// Start tags left out for their depth, whose end tags are to be left out too.
    skipped: u32,
    /// Whether the last thing given was a break between paragraphs.
    broken: bool,
    /// Whether the page was found to be made to be slow: only its text goes on.
    hostile: bool,
}

impl<'p> Feed<'p> {
    fn new(page: &'p [u8], builder: &'p TreeBuilder<Id, Growing>) -> Self {
        Self {
            page,
            builder,
            position: 0,
            counted: (0, 1),
            text: Vec::new(),
            text_start: 0,
            name: Vec::new(),
            kind: StartTag,
            self_closing: false,
            attributes: Vec::new(),
            attribute: None,
            attribute_name: Vec::new(),
            value: Vec::new(),
            last_start: Vec::new(),
            doctype: Doctype::default(),
            mute: false,
            skipped: 0,
            broken: false,
            hostile: false,
        }
    }

    fn give(&mut self, token: Token) -> TokenSinkResult<Id> {
        self.broken = false;
        self.builder.process_token(token, 1)
    }

    /// Gives the text read so far to the tree.
    fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        if !self.mute {
            let blank = self.text.iter().take_while(|b| b.is_ascii_whitespace()).count();
            let line = self.line_at(self.text_start + if blank < self.text.len() { blank } else { 0 });
            self.builder.sink.text_line.set(line);
            self.give_text();
        }
        self.text.clear();
    }

    fn give_text(&mut self) {
        let text = StrTendril::from_slice(&String::from_utf8_lossy(&self.text));
        let _ = self.give(Token::CharacterTokens(text));
    }

    /// The line of the byte at `to`, which is not above the last that was asked for.
    fn line_at(&mut self, to: usize) -> u32 {
        let (from, line) = self.counted;
        if let Some(part) = self.page.get(from..to) {
            let lines = u32::try_from(memchr::memchr_iter(b'\n', part).count()).unwrap_or(u32::MAX);
            self.counted = (to, line.saturating_add(lines));
        }
        self.counted.1
    }

    /// Ends the attribute being read.
    fn end_attribute(&mut self) {
        self.pick_attribute();
        if let Some(name) = self.attribute.take()
            && !self.attributes.iter().any(|a| a.name.local == name)
        {
            let value = StrTendril::from_slice(&String::from_utf8_lossy(&self.value));
            self.attributes.push(Attribute { name: QualName::new(None, ns!(), name), value });
        }
        self.value.clear();
    }

    /// Tells by its name, which is complete now, whether the attribute being read is kept.
    fn pick_attribute(&mut self) {
        if !self.attribute_name.is_empty() {
            let name = std::str::from_utf8(&self.attribute_name).ok();
            self.attribute = name.filter(|n| self.kind == StartTag && is_read(n)).map(LocalName::from);
            self.attribute_name.clear();
        }
    }

    /// Whether a tag is left out to keep the tree in bounds.
    fn is_too_much(&mut self) -> bool {
        let sink = &self.builder.sink;
        self.hostile |= sink.depth.get() > HOSTILE_DEPTH || sink.len() > most_nodes(self.page.len());
        // What ends a text in which no tag counts has to come through: the tree builder takes no other tag before it.
        let ends_text = self.kind == EndTag && holds_text(&self.name);
        if self.hostile {
            return !ends_text && !matches!(self.name.as_slice(), b"script" | b"style");
        }
        if self.kind == EndTag {
            let depth = &sink.depth;
            if self.skipped == 0 || ends_text {
                depth.set(depth.get().saturating_sub(1));
                return false;
            }
            self.skipped -= 1;
            return true;
        }
        let deep = sink.depth.get() >= DEEPEST && !is_without_end(&self.name);
        self.skipped += u32::from(deep);
        if deep && std::str::from_utf8(&self.name).is_ok_and(|name| Element::named(name).is_block()) {
            self.break_paragraph();
        }
        deep
    }

    /// Two line breaks, in place of an element that would begin a paragraph; none where it has nothing but such breaks above.
    fn break_paragraph(&mut self) {
        if self.broken {
            return;
        }
        for _ in 0..2 {
            let name = LocalName::from("br");
            let tag = Tag { kind: StartTag, name, self_closing: false, attrs: Vec::new(), had_duplicate_attributes: false };
            let _ = self.give(Token::TagToken(tag));
        }
        self.broken = true;
    }

    fn end_tag(&mut self) -> Option<State> {
        self.end_attribute();
        let attributes = std::mem::take(&mut self.attributes);
        self.flush();
        self.mute = false;
        if self.kind == StartTag {
            self.last_start.clone_from(&self.name);
        }
        if self.is_too_much() {
            return None;
        }
        // A script of data that describe the page is read, others are not.
        let is_data = attributes.iter().any(|a| &*a.name.local == "type" && a.value.contains("ld+json"));
        let name = LocalName::from(String::from_utf8_lossy(&self.name));
        let tag = Tag { kind: self.kind, name, self_closing: self.self_closing, attrs: attributes, had_duplicate_attributes: false };
        let line = self.line_at(self.position);
        self.builder.sink.tag_line.set(line);
        match self.give(Token::TagToken(tag)) {
            TokenSinkResult::Plaintext => Some(State::PlainText),
            TokenSinkResult::RawData(RawKind::Rcdata) => Some(State::RcData),
            TokenSinkResult::RawData(RawKind::Rawtext) => {
                self.mute = self.name != b"xmp";
                Some(State::RawText)
            }
            TokenSinkResult::RawData(_) => {
                self.mute = !is_data;
                Some(State::ScriptData)
            }
            TokenSinkResult::Continue | TokenSinkResult::Script(_) | TokenSinkResult::EncodingIndicator(_) => None,
        }
    }
}

/// Elements that hold nothing, or only text, so that they cannot make a tree deeper.
#[rustfmt::skip]
fn is_without_end(name: &[u8]) -> bool {
    matches!(
        name,
        b"area" | b"base" | b"br" | b"col" | b"embed" | b"hr" | b"img" | b"input" | b"link" | b"meta" | b"param" | b"source" | b"track"
            | b"wbr"
    ) || holds_text(name)
}

/// Elements that hold nothing but text, in which no other tag counts.
fn holds_text(name: &[u8]) -> bool {
    matches!(name, b"script" | b"style" | b"title" | b"textarea" | b"iframe" | b"noembed" | b"noframes" | b"noscript" | b"xmp")
}

/// Attributes that are evidence, data of the page, or needed by the tree builder (`encoding`, `type`, and those of `font`).
#[rustfmt::skip]
fn is_read(name: &str) -> bool {
    matches!(
        name,
        "class" | "id" | "href" | "style" | "hidden" | "role" | "itemprop" | "itemtype" | "aria-hidden" | "aria-label" | "aria-level"
            | "aria-modal" | "rel" | "src" | "alt" | "name" | "property" | "content" | "charset" | "http-equiv" | "lang" | "xml:lang"
            | "datetime" | "type" | "open" | "start" | "encoding" | "color" | "face" | "size" | "data-testid" | "data-component"
            | "data-module" | "data-type" | "data-qa" | "data-block" | "pubdate" | "title"
    )
}

impl Emitter for Feed<'_> {
    type Token = Infallible;

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start = name.unwrap_or_default().to_vec();
    }

    fn emit_eof(&mut self) {
        self.flush();
        let _ = self.give(Token::EOFToken);
        self.builder.end();
    }

    fn emit_error(&mut self, _: Error) {}

    #[inline]
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn emit_string(&mut self, part: &[u8]) {
        if self.text.is_empty() {
            self.text_start = self.position.saturating_sub(part.len());
        }
        // The text of a script is only looked through for its end.
        if !self.mute {
            self.text.extend_from_slice(part);
        }
    }

    fn init_start_tag(&mut self) {
        self.begin_tag(StartTag);
    }

    fn init_end_tag(&mut self) {
        self.begin_tag(EndTag);
    }

    fn init_comment(&mut self) {}

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_tag()
    }

    fn emit_current_comment(&mut self) {}

    fn emit_current_doctype(&mut self) {
        let doctype = std::mem::take(&mut self.doctype);
        // Below the first element it is nothing, and parts no text.
        if self.builder.sink.len() > 1 {
            return;
        }
        self.flush();
        let _ = self.give(Token::DoctypeToken(doctype));
    }

    fn set_self_closing(&mut self) {
        self.self_closing = true;
    }

    fn set_force_quirks(&mut self) {
        self.doctype.force_quirks = true;
    }

    fn push_tag_name(&mut self, part: &[u8]) {
        self.name.extend_from_slice(part);
    }

    fn push_comment(&mut self, _: &[u8]) {}

    fn push_doctype_name(&mut self, part: &[u8]) {
        push(&mut self.doctype.name, part);
    }

    fn init_doctype(&mut self) {
        self.doctype = Doctype::default();
    }

    fn init_attribute(&mut self) {
        self.end_attribute();
    }

    fn push_attribute_name(&mut self, part: &[u8]) {
        self.attribute_name.extend_from_slice(part);
    }

    fn push_attribute_value(&mut self, part: &[u8]) {
        self.pick_attribute();
        if self.attribute.is_some() {
            self.value.extend_from_slice(part);
        }
    }

    fn set_doctype_public_identifier(&mut self, value: &[u8]) {
        self.doctype.public_id = Some(StrTendril::new());
        push(&mut self.doctype.public_id, value);
    }

    fn set_doctype_system_identifier(&mut self, value: &[u8]) {
        self.doctype.system_id = Some(StrTendril::new());
        push(&mut self.doctype.system_id, value);
    }

    fn push_doctype_public_identifier(&mut self, part: &[u8]) {
        push(&mut self.doctype.public_id, part);
    }

    fn push_doctype_system_identifier(&mut self, part: &[u8]) {
        push(&mut self.doctype.system_id, part);
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.kind == EndTag && !self.last_start.is_empty() && self.last_start == self.name
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }

    #[inline]
    fn move_position(&mut self, by: isize) {
        self.position = self.position.saturating_add_signed(by);
    }
}

impl Feed<'_> {
    fn begin_tag(&mut self, kind: TagKind) {
        self.name.clear();
        self.attributes.clear();
        self.attribute = None;
        self.attribute_name.clear();
        self.value.clear();
        (self.kind, self.self_closing) = (kind, false);
    }
}

fn push(to: &mut Option<StrTendril>, part: &[u8]) {
    to.get_or_insert_default().push_slice(&String::from_utf8_lossy(part));
}
