//! Which block holds a text: as it stands there, folded (case, accents, marks and spaces do not count), or by most of its words.

use std::collections::HashMap;

use crate::measure::tokenize;
use crate::page::Page;

/// Share of a text's words, in percent, that a block must have for it to be meant.
const ENOUGH: usize = 60;
/// Most blocks that are offered where none is meant.
const OFFERED: usize = 3;

/// Where a text was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// In these blocks.
    In(Vec<usize>, How),
    /// Nowhere; these come nearest, the nearest first.
    Nearest(Vec<usize>),
}

/// How a block holds a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Sign for sign, white space aside.
    Exact,
    /// Word for word.
    Folded,
    /// It has so many of so many of its words.
    Words(usize, usize),
}

pub(super) fn find(page: &Page, text: &str) -> Found {
    let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = spaced(text);
    let words = |text: &str| tokenize(text).iter().map(|token| token.exact).collect::<Vec<u64>>();
    let sought = words(&text);
    let blocks: Vec<Vec<u64>> = page.blocks.iter().map(|block| words(&block.text)).collect();
    let among = |test: &dyn Fn(usize) -> bool| Some((0..blocks.len()).filter(|at| test(*at)).collect::<Vec<_>>()).filter(|b| !b.is_empty());
    let block_text = |at: usize| page.blocks.get(at).map_or_else(String::new, |block| spaced(&block.text));
    let block_words = |at: usize| blocks.get(at).map_or(&[][..], Vec::as_slice);
    // A block that is the text is meant before one that holds it.
    let exact = || among(&|at| block_text(at) == text).or_else(|| among(&|at| block_text(at).contains(&text)));
    let holds = |at: usize| block_words(at).windows(sought.len().max(1)).any(|run| run == sought);
    let folded = || among(&|at| block_words(at) == sought).or_else(|| among(&holds)).filter(|_| !sought.is_empty());
    if let Some(found) = exact() {
        return Found::In(found, How::Exact);
    }
    if let Some(found) = folded() {
        return Found::In(found, How::Folded);
    }
    by_words(&sought, &blocks)
}

fn by_words(sought: &[u64], blocks: &[Vec<u64>]) -> Found {
    let mut shared: Vec<(usize, usize)> = blocks.iter().enumerate().map(|(at, words)| (at, common(sought, words))).collect();
    shared.retain(|(_, count)| *count > 0);
    // Of two with as many, that which has less else.
    shared.sort_by_key(|(at, count)| (std::cmp::Reverse(*count), blocks.get(*at).map_or(0, Vec::len)));
    match shared.first() {
        Some((at, count)) if count * 100 >= sought.len() * ENOUGH => Found::In(vec![*at], How::Words(*count, sought.len())),
        _ => Found::Nearest(shared.iter().take(OFFERED).map(|(at, _)| *at).collect()),
    }
}

/// How many words two texts have in common, each as often as both have it.
fn common(sought: &[u64], words: &[u64]) -> usize {
    let mut left: HashMap<u64, usize> = HashMap::new();
    words.iter().for_each(|word| *left.entry(*word).or_default() += 1);
    let taken = sought.iter().filter(|word| {
        let Some(count) = left.get_mut(word).filter(|count| **count > 0) else { return false };
        *count -= 1;
        true
    });
    taken.count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Settings, read};

    #[test]
    fn exact_then_folded_then_by_words() {
        let page = read::read_text("Café Übersee\nThe ferry runs again\nThe ferry\nPhoto: A. Ferry\n", &Settings::default());
        for (text, found) in [
            ("The  ferry", Found::In(vec![2], How::Exact)),
            ("ferry runs", Found::In(vec![1], How::Exact)),
            ("cafe uebersee", Found::Nearest(vec![0])),
            ("CAFE ubersee!", Found::In(vec![0], How::Folded)),
            ("photo a ferry", Found::In(vec![3], How::Folded)),
            ("The old ferry runs", Found::In(vec![1], How::Words(3, 4))),
            ("a ferry to nowhere at all", Found::Nearest(vec![3, 2, 1])),
            ("bridge", Found::Nearest(vec![])),
        ] {
            assert_eq!(find(&page, text), found, "{text}");
        }
    }
}
