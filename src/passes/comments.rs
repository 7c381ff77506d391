//! Comment threads: from their heading, or the first comment, to the end; and the forms around them.

use super::extent::Extent;
use super::signals::{Line, line_of, reason};
use crate::measure::{End, TokenKind};
use crate::page::{Block, Kind, Page, Step};
use crate::rules::{BUILTIN, Classes, Hit, Opens, Where, WordClass, classes_of};

pub(super) const NAME: Step = Step::Comments;

/// How many lines below a heading the first sign of a thread must stand.
const REACH: usize = 12;
/// Signs (reply, like, "NAME says:") that make a thread without a heading.
const SIGNS: usize = 3;

pub(super) fn run(page: &mut Page) {
    if !page.blocks.iter().any(|b| b.hits().iter().any(|h| h.rule.kind == Kind::Comments)) {
        return;
    }
    let extent = Extent::of(page);
    drop_polls(page, &extent);
    let signs: Vec<bool> = page.blocks.iter().map(is_sign).collect();
    let Some((start, rule)) = thread_start(page, &extent, &signs) else { return };
    for block in page.blocks.iter_mut().skip(start) {
        let why = reason(block, NAME, Kind::Comments, rule.clone());
        block.drop(why);
    }
}

/// How the ids of the rules begin that know the head of a poll.
const POLL: &str = "comments-poll";
/// Most words of a poll's question, and of one of its answers.
const ASKED_WORDS: u32 = 25;
const ANSWER_WORDS: u32 = 6;
/// Most lines of answers, the button and the count of votes among them.
const ANSWERS: usize = 12;

/// Drops polls below the article: the head, the question, the answers and what follows them in the box.
fn drop_polls(page: &mut Page, extent: &Extent) {
    let mut i = 0;
    while i < page.blocks.len() {
        let end = if extent.is_tail(i) { poll_end(&page.blocks, i) } else { None };
        if let Some((end, rule)) = &end {
            for block in page.blocks.iter_mut().take(*end).skip(i) {
                let why = reason(block, NAME, Kind::Comments, rule.clone());
                block.drop(why);
            }
        }
        i = end.map_or(i + 1, |(end, _)| end);
    }
}

/// One past the last line of the poll whose head stands at `at`, if one does: a question is asked, and at least two answers stand below.
fn poll_end(blocks: &[Block], at: usize) -> Option<(usize, Rule)> {
    let head = blocks.get(at).filter(|b| b.is_open())?;
    let hit = head.hits().iter().find(|h| h.id.starts_with(POLL))?;
    let asks = |b: &Block| b.shape.words() <= ASKED_WORDS && b.text.trim_end().ends_with(['?', '？', '؟', ';', '՞', '፧']);
    let from = if hit.rule.place == Where::Whole { at + 2 } else { at + 1 };
    let asked = from == at + 1 || blocks.get(at + 1).is_some_and(asks);
    // "Yes 41% No 52%" are two answers in one line.
    let shares = |b: &Block| b.text.matches(['%', '٪']).count();
    let answer = |b: &Block| b.is_dropped() || shares(b) > 0 || b.shape.words() <= ANSWER_WORDS && b.shape.end != End::Sentence;
    let lines = blocks.get(from..).unwrap_or_default().iter().take(ANSWERS).take_while(|b| answer(b));
    let (count, answers) = lines.fold((0, 0), |(count, answers), b| (count + 1, answers + shares(b).max(1)));
    (asked && answers >= 2).then(|| (from + count, hit.id.clone()))
}

type Rule = crate::page::RuleName;

/// Where the thread begins that goes on to the end of the page.
fn thread_start(page: &Page, extent: &Extent, signs: &[bool]) -> Option<(usize, Rule)> {
    let last = page.blocks.len();
    let prose = sums(page.blocks.iter().map(|b| if b.shape.is_prose() { u64::from(b.shape.words()) } else { 0 }));
    let signed = sums(signs.iter().map(|s| u64::from(*s)));
    let upto = |sums: &[u64], i: usize| sums.get(i).copied().unwrap_or(0);
    let all = upto(&prose, last);
    for (i, block) in page.blocks.iter().enumerate() {
        let Some(hit) = opener(block) else { continue };
        let near = upto(&signed, (i + 1 + REACH).min(last)) - upto(&signed, i + 1);
        let total = upto(&signed, last) - upto(&signed, i + 1);
        let after = all - upto(&prose, i + 1);
        // An opener above the article ("12 comments" beside the byline) opens nothing.
        let article_above = upto(&prose, i) > 0 && (all - after) * 5 > all || total >= 6 && all > after;
        let below = extent.is_tail(i);
        let thread = near >= 1 && (total >= 2 || below);
        let quiet_end = below && hit.is_certain() && after == 0;
        if article_above && (thread || quiet_end) {
            return Some((reach_back(page, extent, i), hit.id.clone()));
        }
    }
    let found = unheaded(page).or_else(|| unheaded_end(page, extent));
    found.filter(|_| all > 0).map(|i| (reach_back(page, extent, i), "unheaded-thread".into()))
}

/// The first line of the thread that begins at `start`: below the article the lines right above may be its too, a notice, a form, a date.
fn reach_back(page: &Page, extent: &Extent, start: usize) -> usize {
    // "0 / 400": how many letters of a comment are written.
    let counter = |b: &Block| b.shape.words() == 2 && b.shape.numbers() == 2 && b.text.contains('/');
    let own = |b: &Block| is_stamp(b) || counter(b) || b.hits().iter().any(|h| h.rule.kind == Kind::Comments);
    (0..start).rev().take_while(|&i| extent.is_tail(i) && page.blocks.get(i).is_some_and(own)).last().unwrap_or(start)
}

/// Most lines between the date of a comment and its first button.
const COMMENT: usize = 4;

/// A single comment below the article, without a heading that is known: a name, a date, a few words and a button.
fn unheaded_end(page: &Page, extent: &Extent) -> Option<usize> {
    let at = |i: usize| page.blocks.get(i).filter(|_| extent.is_tail(i));
    let button = page.blocks.iter().enumerate().position(|(i, b)| extent.is_tail(i) && is_button(b))?;
    let dated = |i: &usize| at(*i).is_some_and(|b| is_stamp(b) || line_of(b) == Line::Date);
    // At least one line of text stands between them: a date and "Share" alone are a byline's. Above it stands who wrote it ("Marko P.").
    let date = (button.saturating_sub(COMMENT)..button.saturating_sub(1)).find(dated)?;
    let initial = |b: &Block| b.text.split_whitespace().last().is_some_and(|w| w.chars().count() == 2);
    let named = |b: &Block| b.shape.words() <= 4 && (b.shape.end != End::Sentence || initial(b)) && !is_stamp(at(date).unwrap_or(b));
    Some(date.checked_sub(1).filter(|&i| at(i).is_some_and(named)).unwrap_or(date))
}

/// The sums of the first 0, 1, 2, … values.
fn sums(values: impl Iterator<Item = u64>) -> Vec<u64> {
    let running = values.scan(0, |sum, value| {
        *sum += value;
        Some(*sum)
    });
    std::iter::once(0).chain(running).collect()
}

/// A thread without a heading: signs close together, from the name or date line above the first comment.
fn unheaded(page: &Page) -> Option<usize> {
    let at: Vec<usize> = page.blocks.iter().enumerate().filter_map(|(i, b)| is_button(b).then_some(i)).collect();
    if at.len() < SIGNS {
        return None;
    }
    let first = at.windows(SIGNS).find(|w| matches!(w, [a, .., b] if b - a <= REACH * 2))?.first().copied()?;
    let above = page.blocks.iter().take(first).filter(|b| b.shape.is_prose()).count();
    // The name and date line of the first comment stands at most a few lines above its first sign.
    let start = (first.saturating_sub(4)..first).find(|&i| page.blocks.get(i).is_some_and(is_stamp)).unwrap_or(first);
    (above >= 3).then_some(start)
}

fn opener(block: &Block) -> Option<&Hit> {
    block
        .hits()
        .iter()
        .find(|h| block.is_open() && h.rule.kind == Kind::Comments && matches!(h.rule.opens, Some(Opens::Thread | Opens::Form)))
}

/// Whether the block is what stands at each comment: reply, like, report.
fn is_button(block: &Block) -> bool {
    block.hits().iter().any(|h| h.id.starts_with("thread-"))
}

/// Whether the block is a sign of a thread: a reply or like button, "NAME says:", a name with "2 hours ago".
fn is_sign(block: &Block) -> bool {
    is_button(block)
        || block.hits().iter().any(|h| h.rule.kind == Kind::Comments && h.is_certain() && h.rule.opens.is_none())
        || is_stamp(block)
}

/// "john_doe 12 minutes ago": a name and how long ago, or a name and a date behind a mark.
fn is_stamp(block: &Block) -> bool {
    if block.shape.words() > 9 || block.shape.numbers() == 0 {
        return false;
    }
    let tokens = block.tokens();
    let classes = classes_of(&BUILTIN, &tokens);
    let dated = |c: &Classes| c.any(Classes::CALENDAR) || c.has(WordClass::Ago) || c.has(WordClass::TimeUnit);
    let pairs = || tokens.iter().zip(&classes);
    // The date at the end, word by word; what is left before it is the name.
    let date = pairs().rev().take_while(|(t, c)| t.kind == TokenKind::Number || c.any(Classes::DATE)).count();
    let name = tokens.len() - date;
    (1..=4).contains(&name) && pairs().skip(name).any(|(_, c)| dated(c)) && pairs().skip(name).any(|(t, _)| t.kind == TokenKind::Number)
}
