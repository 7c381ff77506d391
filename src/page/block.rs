//! One piece of the page.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use ecow::EcoString;
use thin_vec::ThinVec;

use super::beside::{Beside, Kept, Rare};
use super::notes::{Answer, Notes, Question};
use super::verdict::State;
use super::{Cut, Gap, Kind, Reason, Role, Verdict};
use crate::measure::{Samples, Shape, Token, program_in, tokenize};
use crate::rules::{Hit, Ruling};
use crate::template::Template;

/// One piece of the page: what a reader calls a paragraph, a heading, a list item or a piece of furniture. A page may have millions, so
/// that what not every block of such a page has lies beside it.
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
    /// How much the words speak for article text, from -6 to 6: evidence for the model.
    pub lexical: f32,
    notes: Notes,
    /// Where its stretch of [`super::Page::content`] begins, and its length.
    content_at: u32,
    content_len: u16,
    beside: Option<Box<Beside>>,
    /// What was decided, and why; where it is open, of no meaning.
    why: Reason,
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
            lexical: 0.0,
            notes: Notes::default(),
            content_at: 0,
            content_len: 0,
            beside: None,
            why: Reason::none(),
        }
    }

    /// The words of the text: those that are kept, or read anew.
    pub fn tokens(&self) -> Cow<'_, [Token]> {
        match self.beside.as_deref() {
            Some(Beside { kept: Some(kept), .. }) => Cow::Borrowed(kept.tokens()),
            _ => Cow::Owned(tokenize(&self.text)),
        }
    }

    /// Says which of the words that are kept of its page are those of its whole text.
    pub(crate) fn keep_tokens(&mut self, of_page: &Arc<Vec<Token>>, range: Range<usize>) {
        if !range.is_empty() {
            self.beside().kept = Some(Kept::new(Arc::clone(of_page), range));
        }
    }

    /// Rules that matched the text: evidence, which the passes read.
    pub fn hits(&self) -> &[Hit] {
        self.beside.as_ref().map_or(&[], |beside| &beside.hits)
    }

    /// Notes which rules matched.
    pub(crate) fn set_hits(&mut self, hits: ThinVec<Hit>) {
        if !hits.is_empty() || !self.hits().is_empty() {
            self.beside().hits = hits;
        }
    }

    /// The samples of a long text.
    pub(crate) fn samples(&self) -> Option<&Samples> {
        self.beside.as_ref()?.samples.as_deref()
    }

    /// Notes the samples of the text, if it is long.
    pub(crate) fn set_samples(&mut self, samples: Option<Samples>) {
        if samples.is_some() || self.samples().is_some() {
            self.beside().samples = samples.map(Box::new);
        }
    }

    /// Its stretch of [`super::Page::content`].
    pub(crate) fn content(&self) -> Range<usize> {
        let start = self.content_at as usize;
        start..start + usize::from(self.content_len)
    }

    /// Says which it is. No more of a text is read than has as many long words as the length can count.
    pub(crate) fn set_content(&mut self, stretch: Range<usize>) {
        self.content_at = stretch.start.try_into().unwrap_or(u32::MAX);
        self.content_len = stretch.len().try_into().unwrap_or(u16::MAX);
    }

    /// Takes the measures of `other`, whose text is the same, from it, and leaves it its own.
    pub(crate) fn take_measures(&mut self, other: &mut Self) {
        std::mem::swap(&mut self.shape, &mut other.shape);
        std::mem::swap(&mut self.notes, &mut other.notes);
        std::mem::swap(&mut self.beside, &mut other.beside);
        // What is rare was decided here, and is no measure.
        if self.rare().is_some() || other.rare().is_some() {
            std::mem::swap(&mut self.beside().rare, &mut other.beside().rare);
        }
    }

    fn beside(&mut self) -> &mut Beside {
        self.beside.get_or_insert_default()
    }

    /// The answer to a question about the measured text alone: as it was found before, else as `look` finds it.
    pub(crate) fn answer<A: Answer>(&self, question: Question, look: impl FnOnce() -> A) -> A {
        self.notes.answer(question, look)
    }

    /// Whether the text is program text of any sort. Nearly none is, which is found out once.
    pub(crate) fn is_program(&self) -> bool {
        self.answer(Question::Program, || program_in(&self.text).is_some())
    }

    fn rare(&self) -> Option<&Rare> {
        self.beside.as_ref()?.rare.as_deref()
    }

    fn rare_mut(&mut self) -> &mut Rare {
        self.beside().rare.get_or_insert_default()
    }

    /// Parts that go although the block stays.
    pub fn cuts(&self) -> &[Cut] {
        self.rare().map_or(&[], |rare| &rare.cuts)
    }

    /// Lets parts go.
    pub fn cut(&mut self, parts: impl IntoIterator<Item = Cut>) {
        self.rare_mut().cuts.extend(parts);
    }

    fn uncut_all(&mut self) {
        if !self.cuts().is_empty() {
            self.rare_mut().cuts.clear();
        }
    }

    /// The template of the page's site that it is, where the site is known.
    pub fn template(&self) -> Option<&Arc<Template>> {
        self.rare()?.template.as_ref()
    }

    /// Says which template it is, if any.
    pub fn set_template(&mut self, template: Option<Arc<Template>>) {
        if template.is_some() || self.template().is_some() {
            self.rare_mut().template = template;
        }
    }

    /// How much the site's other pages speak for article text here, in log-odds: evidence for the model.
    pub fn lean(&self) -> f32 {
        self.rare().map_or(0.0, |rare| rare.lean)
    }

    /// Says how much they do.
    pub fn set_lean(&mut self, lean: f32) {
        if lean != 0.0 || self.lean() != 0.0 {
            self.rare_mut().lean = lean;
        }
    }

    /// What the user's own rules say of it, the one that counts most first.
    pub fn own(&self) -> &[Ruling] {
        self.rare().map_or(&[], |rare| &rare.own)
    }

    /// Notes what the user's own rules say.
    pub fn set_own(&mut self, own: Vec<Ruling>) {
        if !own.is_empty() || !self.own().is_empty() {
            self.rare_mut().own = own;
        }
    }

    /// Its line as scraped, where its white space may say something.
    pub(crate) fn raw(&self) -> Option<&str> {
        self.rare()?.raw.as_deref()
    }

    /// Notes what its line was as scraped, if that may say something.
    pub(crate) fn set_raw(&mut self, raw: Option<&str>) {
        if raw.is_some() {
            self.rare_mut().raw = raw.map(EcoString::from);
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
        match self.why.state {
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
        self.why.state == State::Open
    }

    /// Whether it was decided that the block goes.
    pub fn is_dropped(&self) -> bool {
        self.why.state == State::Drop
    }

    /// The kind of noise it went as, if it went.
    pub fn dropped_as(&self) -> Option<Kind> {
        self.why.kind.filter(|_| self.is_dropped())
    }

    /// Decides that the block stays. Does nothing on a decided block.
    pub fn keep(&mut self, why: Reason) {
        if self.is_open() {
            self.why = why.to(State::Keep);
        }
    }

    /// Decides that the block goes. Does nothing on a decided block; one that is spared stays.
    pub fn drop(&mut self, why: Reason) {
        if self.is_open() {
            self.drop_after_all(why);
        }
    }

    fn spared(&self) -> Option<&Reason> {
        self.rare()?.spared.as_ref()
    }

    /// Drops a block that an earlier round kept, unless it is spared.
    pub(crate) fn drop_after_all(&mut self, why: Reason) {
        self.why = match self.spared() {
            Some(spared) => spared.clone().to(State::Keep),
            None => why.to(State::Drop),
        };
    }

    /// Sees to it that no pass drops the block. It stays open, so that it is to its neighbours, and as a headline, what it was.
    pub(crate) fn spare(&mut self, why: Reason) {
        self.rare_mut().spared = Some(why);
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
        self.why.state = State::Open;
        self.uncut_all();
    }

    /// Drops a block of a kind that the user asked to keep back in: the drop becomes a keep with the same reason.
    pub fn reinstate(&mut self) {
        if self.is_dropped() {
            self.why.state = State::Keep;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_small() {
        assert_eq!(size_of::<Block>(), 112);
    }
}
