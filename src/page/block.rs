//! One piece of the page.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use ecow::EcoString;
use thin_vec::ThinVec;

use super::notes::{Answer, Notes, Question};
use super::{Cut, Kind, Reason, Step, Verdict};
use crate::measure::{Shape, Token, program_in, tokenize};
use crate::rules::{Hit, Ruling};
use crate::template::Template;

/// One piece of the page: what a reader calls a paragraph, a heading, a list item or a piece of furniture. A page may have millions, so
/// that what few blocks have lies elsewhere.
#[derive(Debug, Clone)]
pub struct Block {
    /// The text as it will be written: unwrapped, joined, white space collapsed, otherwise as scraped.
    pub text: EcoString,
    /// The lines of the input it came from, counted from 1, end exclusive.
    pub lines: Range<u32>,
    /// What it is in the text's structure.
    pub role: Role,
    /// How it follows the block before it.
    pub gap: Gap,
    /// Measures of the text, taken once.
    pub shape: Shape,
    /// The block's stretch of [`super::Page::content`].
    pub content: Range<u32>,
    /// How much the words speak for article text, from -6 to 6: evidence for the model.
    pub lexical: f32,
    /// Rules that matched the text: evidence, which the passes read.
    pub hits: ThinVec<Hit>,
    /// The words of the text, where they are kept.
    tokens: ThinVec<Token>,
    notes: Notes,
    rare: Option<Box<Rare>>,
    state: State,
    /// Why, where it is decided; of no meaning where it is open.
    why: Reason,
}

/// What few blocks have.
#[derive(Debug, Clone, Default)]
struct Rare {
    cuts: Vec<Cut>,
    template: Option<Arc<Template>>,
    lean: f32,
    own: Vec<Ruling>,
    /// Why it stays whatever the passes say.
    spared: Option<Reason>,
    raw: Option<EcoString>,
}

/// Whether it is decided, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Keep,
    Drop,
}

/// How a block follows the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// On the very next line.
    Line,
    /// After a blank line, or at the top of the page.
    Blank,
}

/// What a block is in the structure of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A heading with its level, 1 to 6.
    Heading(u8),
    /// A paragraph or a line whose role is not known.
    Paragraph,
    /// A list item; its mark is part of the text.
    Item,
    /// A block quote.
    Quote,
    /// A row of a table.
    Row,
    /// Preformatted text.
    Code,
}

impl Block {
    /// An open block with the text of input lines `lines`, not yet measured.
    pub fn new(text: impl Into<EcoString>, lines: Range<u32>, role: Role, gap: Gap) -> Self {
        Self {
            text: text.into(),
            lines,
            role,
            gap,
            shape: Shape::default(),
            content: 0..0,
            lexical: 0.0,
            hits: ThinVec::new(),
            tokens: ThinVec::new(),
            notes: Notes::default(),
            rare: None,
            state: State::Open,
            why: Reason::of(Step::Model),
        }
    }

    /// The words of the text: those that are kept, or read anew.
    pub fn tokens(&self) -> Cow<'_, [Token]> {
        if self.tokens.is_empty() { Cow::Owned(tokenize(&self.text)) } else { Cow::Borrowed(&self.tokens) }
    }

    /// Keeps the words of its whole text.
    pub(crate) fn keep_tokens(&mut self, tokens: &[Token]) {
        self.tokens = tokens.into();
    }

    /// Takes the measures of `other`, whose text is the same, from it.
    pub(crate) fn take_measures(&mut self, other: &mut Self) {
        self.shape = std::mem::take(&mut other.shape);
        self.hits = std::mem::take(&mut other.hits);
        self.tokens = std::mem::take(&mut other.tokens);
        self.notes = std::mem::take(&mut other.notes);
    }

    /// The answer to a question about the measured text alone: as it was found before, else as `look` finds it.
    pub(crate) fn answer<A: Answer>(&self, question: Question, look: impl FnOnce() -> A) -> A {
        self.notes.answer(question, look)
    }

    /// Whether the text is program text of any sort. Nearly none is, which is found out once.
    pub(crate) fn is_program(&self) -> bool {
        self.answer(Question::Program, || program_in(&self.text).is_some())
    }

    fn rare(&mut self) -> &mut Rare {
        self.rare.get_or_insert_default()
    }

    /// Parts that go although the block stays.
    pub fn cuts(&self) -> &[Cut] {
        self.rare.as_ref().map_or(&[], |rare| &rare.cuts)
    }

    /// Lets parts go.
    pub fn cut(&mut self, parts: impl IntoIterator<Item = Cut>) {
        self.rare().cuts.extend(parts);
    }

    fn uncut_all(&mut self) {
        if let Some(rare) = &mut self.rare {
            rare.cuts.clear();
        }
    }

    /// The template of the page's site that it is, where the site is known.
    pub fn template(&self) -> Option<&Arc<Template>> {
        self.rare.as_ref()?.template.as_ref()
    }

    /// Says which template it is, if any.
    pub fn set_template(&mut self, template: Option<Arc<Template>>) {
        if template.is_some() || self.template().is_some() {
            self.rare().template = template;
        }
    }

    /// How much the site's other pages speak for article text here, in log-odds: evidence for the model.
    pub fn lean(&self) -> f32 {
        self.rare.as_ref().map_or(0.0, |rare| rare.lean)
    }

    /// Says how much they do.
    pub fn set_lean(&mut self, lean: f32) {
        if lean != 0.0 || self.lean() != 0.0 {
            self.rare().lean = lean;
        }
    }

    /// What the user's own rules say of it, the one that counts most first.
    pub fn own(&self) -> &[Ruling] {
        self.rare.as_ref().map_or(&[], |rare| &rare.own)
    }

    /// Notes what the user's own rules say.
    pub fn set_own(&mut self, own: Vec<Ruling>) {
        if !own.is_empty() || !self.own().is_empty() {
            self.rare().own = own;
        }
    }

    /// Its line as scraped, where its white space may say something.
    pub(crate) fn raw(&self) -> Option<&str> {
        self.rare.as_ref()?.raw.as_deref()
    }

    /// Notes what its line was as scraped, if that may say something.
    pub(crate) fn set_raw(&mut self, raw: Option<&str>) {
        if raw.is_some() {
            self.rare().raw = raw.map(EcoString::from);
        }
    }

    /// The first and the last line of the input that it came from, counted from 1.
    pub fn first_and_last(&self) -> [u32; 2] {
        [self.lines.start, self.lines.end.saturating_sub(1)]
    }

    /// The text without the parts that go.
    pub fn uncut(&self) -> Cow<'_, str> {
        if self.cuts().is_empty() {
            return Cow::Borrowed(&self.text);
        }
        let mut out = String::with_capacity(self.text.len());
        for (at, c) in self.text.char_indices() {
            if !self.cuts().iter().any(|cut| cut.range.contains(&at)) {
                out.push(c);
            }
        }
        Cow::Owned(out.trim().to_owned())
    }

    /// What was decided.
    pub fn verdict(&self) -> Verdict<'_> {
        match self.state {
            State::Open => Verdict::Open,
            State::Keep => Verdict::Keep(&self.why),
            State::Drop => Verdict::Drop(&self.why),
        }
    }

    /// What becomes of it, in a word: `keep`, `drop`, or `cut` where it stays without some of its parts.
    pub fn outcome(&self) -> &'static str {
        match self.is_dropped() {
            true => "drop",
            false if self.cuts().is_empty() => "keep",
            false => "cut",
        }
    }

    /// Whether nothing is decided yet.
    pub fn is_open(&self) -> bool {
        self.state == State::Open
    }

    /// Whether it was decided that the block goes.
    pub fn is_dropped(&self) -> bool {
        self.state == State::Drop
    }

    /// The kind of noise it went as, if it went.
    pub fn dropped_as(&self) -> Option<Kind> {
        self.why.kind.filter(|_| self.is_dropped())
    }

    /// Decides that the block stays. Does nothing on a decided block.
    pub fn keep(&mut self, why: Reason) {
        if self.is_open() {
            (self.state, self.why) = (State::Keep, why);
        }
    }

    /// Decides that the block goes. Does nothing on a decided block; one that is spared stays.
    pub fn drop(&mut self, why: Reason) {
        if self.is_open() {
            self.drop_after_all(why);
        }
    }

    fn spared(&self) -> Option<&Reason> {
        self.rare.as_ref()?.spared.as_ref()
    }

    /// Drops a block that an earlier round kept, unless it is spared.
    pub(crate) fn drop_after_all(&mut self, why: Reason) {
        (self.state, self.why) = match self.spared() {
            Some(spared) => (State::Keep, spared.clone()),
            None => (State::Drop, why),
        };
    }

    /// Sees to it that no pass drops the block. It stays open, so that it is to its neighbours, and as a headline, what it was.
    pub(crate) fn spare(&mut self, why: Reason) {
        self.rare().spared = Some(why);
    }

    /// Says of a spared block that nothing else has decided why it stays, and that it does as a whole.
    pub(crate) fn settle_spared(&mut self) {
        if let Some(spared) = self.spared().cloned() {
            self.uncut_all();
            self.keep(spared);
        }
    }

    /// Takes the decision back: the governor's, who starts anew, and the headline's.
    pub(crate) fn reopen(&mut self) {
        self.state = State::Open;
        self.uncut_all();
    }

    /// Drops a block of a kind that the user asked to keep back in: the drop becomes a keep with the same reason.
    pub fn reinstate(&mut self) {
        if self.is_dropped() {
            self.state = State::Keep;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_small() {
        assert_eq!(size_of::<Block>(), 144);
    }
}
