//! Captions by shape: a credit behind a slash at the end, and the marks that text browsers print for images.

use crate::measure::{End, TokenKind, end_of, tokenize};
use crate::page::{Block, Kind, Layout, Page, Reason, Step};
use crate::rules::{BUILTIN, WordClass, classes_of};

pub(super) const NAME: Step = Step::Caption;

/// Longest caption, in words.
const MOST_WORDS: u32 = 60;

pub(super) fn run(page: &mut Page) {
    let wrapped = page.facts.layout == Layout::Wrapped;
    for block in page.blocks.iter_mut().filter(|b| b.is_open()) {
        if ends_with_credit(block) {
            block.drop(Reason::noise(Kind::Caption, NAME, "credit-behind-slash"));
        } else if wrapped && is_image_mark(&block.text) {
            block.drop(Reason::noise(Kind::Caption, NAME, "image-mark"));
        }
    }
}

/// `The bell tower on Monday. / JANE DOE`: names in capitals, or an agency, behind the last slash or bar.
fn ends_with_credit(block: &Block) -> bool {
    let shape = &block.shape;
    if shape.words() < 5 || shape.words() > MOST_WORDS || shape.end == End::Sentence {
        return false;
    }
    if in_brackets(&block.text) {
        return true;
    }
    // Few lines hold the marks: one quick look spares three slow ones.
    memchr::memchr2(b'/', b'|', block.text.as_bytes()).is_some() && is_behind_mark(block)
}

/// Whether names in capitals or an agency stand behind the last slash or bar.
fn is_behind_mark(block: &Block) -> bool {
    let behind_stop = || block.text.rsplit_once(". ").filter(|(_, credit)| credit.contains('/'));
    let Some((before, credit)) = block.text.rsplit_once(" / ").or_else(|| block.text.rsplit_once(". | ")).or_else(behind_stop) else {
        return false;
    };
    let tokens = tokenize(credit);
    let classes = classes_of(&BUILTIN, &tokens);
    let agency = classes.iter().any(|c| c.has(WordClass::Agency) || c.has(WordClass::Credit));
    let capitals = tokens.iter().all(|t| t.kind == TokenKind::Upper) && tokens.len() >= 2;
    let name_like = tokens.iter().zip(&classes).all(|(t, c)| {
        t.kind.is_name_like() || c.has(WordClass::Agency) || c.has(WordClass::Credit) || c.has(WordClass::And) || c.has(WordClass::Particle)
    });
    let ended = matches!(end_of(before), End::Sentence) || block.text.contains(&format!(". {credit}"));
    (1..=6).contains(&tokens.len()) && name_like && (capitals || agency || ended) && tokenize(before).len() >= 4
}

/// `… at work. (Archive photo)`: a bracket of nothing but credit words at the end.
fn in_brackets(text: &str) -> bool {
    let Some((_, inner)) = text.strip_suffix(')').and_then(|t| t.rsplit_once('(')) else { return false };
    let tokens = tokenize(inner);
    let classes = classes_of(&BUILTIN, &tokens);
    (1..=4).contains(&tokens.len()) && classes.iter().all(|c| c.has(WordClass::Agency) || c.has(WordClass::Credit))
}

/// `[logo]`, `[market-square]`, `[20 per page ] [Search]`: what `w3m` prints for images and form fields.
fn is_image_mark(text: &str) -> bool {
    text.starts_with('[') && text.ends_with(']') && text.split_whitespace().count() <= 8 && !text.contains(['.', '…', '?'])
}
