//! Labels by ordered alignment: which words of the page are the article's.
//!
//! The longest common subsequence of word 4-grams (Hunt and Szymanski 1977: a longest increasing chain over the matching pairs)
//! says which words are covered. Single words match by chance, four in a row do not.

use std::collections::HashMap;

use newsclean::measure::{mix, tokenize};

const GRAM: usize = 4;
/// Places of one 4-gram in the article that are tried.
const MOST_PLACES: usize = 24;

/// For each block of a page the share of its words that stand in the article `gold`, in order. A short block that is a whole
/// paragraph of the article, where it fits between its neighbours, counts in full.
pub fn shares(blocks: &[String], gold: &str) -> Vec<f32> {
    let paragraphs: Vec<Vec<u64>> = gold.split('\n').map(words).filter(|w| !w.is_empty()).collect();
    let gold: Vec<u64> = paragraphs.concat();
    let tokens: Vec<Vec<u64>> = blocks.iter().map(|b| words(b)).collect();
    let page: Vec<u64> = tokens.concat();
    let at = align(&page, &gold);
    let mut out = Vec::with_capacity(blocks.len());
    let mut start = 0;
    let mut ranges = Vec::with_capacity(blocks.len());
    for block in &tokens {
        let end = start + block.len();
        let covered = at[start..end].iter().filter(|p| p.is_some()).count();
        out.push(if block.is_empty() { 0.0 } else { covered as f32 / block.len() as f32 });
        ranges.push((start, end));
        start = end;
    }
    whole_paragraphs(&tokens, &paragraphs, &at, &ranges, &mut out);
    out
}

fn words(text: &str) -> Vec<u64> {
    tokenize(text).iter().map(|t| t.exact).collect()
}

/// For each word of the page its place in the article, if it is covered.
fn align(page: &[u64], gold: &[u64]) -> Vec<Option<usize>> {
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (i, gram) in gold.windows(GRAM).enumerate() {
        places.entry(hash(gram)).or_default().push(i);
    }
    // Patience: the last article place of the best chain of each length, and each pair's predecessor.
    let mut tails: Vec<(usize, usize)> = Vec::new();
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (i, gram) in page.windows(GRAM).enumerate() {
        let Some(found) = places.get(&hash(gram)) else { continue };
        for &g in found.iter().rev().take(MOST_PLACES) {
            let k = tails.partition_point(|(place, _)| *place < g);
            let before = if k == 0 { usize::MAX } else { tails[k - 1].1 };
            pairs.push((i, g, before));
            let tail = (g, pairs.len() - 1);
            if k == tails.len() {
                tails.push(tail);
            } else if tails[k].0 > g {
                tails[k] = tail;
            }
        }
    }
    let mut out = vec![None; page.len()];
    let mut next = tails.last().map_or(usize::MAX, |(_, pair)| *pair);
    while let Some(&(i, g, before)) = pairs.get(next) {
        for k in 0..GRAM {
            out[i + k].get_or_insert(g + k);
        }
        next = before;
    }
    out
}

fn hash(gram: &[u64]) -> u64 {
    gram.iter().fold(0, |h, w| mix(h, *w))
}

/// Blocks that are a paragraph of the article in its place, too short for the alignment: subheadings, verse.
fn whole_paragraphs(tokens: &[Vec<u64>], paragraphs: &[Vec<u64>], at: &[Option<usize>], ranges: &[(usize, usize)], out: &mut [f32]) {
    let mut starts: HashMap<&[u64], Vec<usize>> = HashMap::new();
    let mut start = 0;
    for paragraph in paragraphs {
        starts.entry(paragraph).or_default().push(start);
        start += paragraph.len();
    }
    // Nearest covered article place below each block.
    let mut below = vec![usize::MAX; tokens.len()];
    let mut next = usize::MAX;
    for i in (0..tokens.len()).rev() {
        below[i] = next;
        next = at[ranges[i].0..ranges[i].1].iter().flatten().next().copied().unwrap_or(next);
    }
    let mut above = 0;
    for (i, block) in tokens.iter().enumerate() {
        if out[i] < 0.5
            && !block.is_empty()
            && let Some(found) = starts.get(block.as_slice())
            && let Some(place) = found.iter().find(|p| **p >= above && **p <= below[i])
        {
            out[i] = 1.0;
            above = place + block.len();
        }
        above = at[ranges[i].0..ranges[i].1].iter().flatten().next_back().map_or(above, |p| above.max(p + 1));
    }
}
