//! What the first judgement of the blocks around a block tells about it.

use super::columns::{Columns, score, share};
use crate::page::Page;

/// Log-odds of a block that a pass has dropped.
const GONE: f32 = -5.0;

/// Appends the features made of the first judgement `scores`, log-odds of each block of `page`.
pub fn add_scores(out: &mut Columns, page: &Page, scores: &[f32]) {
    let odds: Vec<f32> = page.blocks.iter().zip(scores).map(|(b, s)| if b.is_dropped() { GONE } else { s.clamp(-5.9, 5.9) }).collect();
    let n = odds.len();
    out.push("judged", 0, odds.iter().map(|s| score(*s)));
    for by in [-3isize, -2, -1, 1, 2, 3] {
        let neighbour = |i: usize| i.checked_add_signed(by).and_then(|i| odds.get(i));
        out.push("neighbour judged", by as i16, (0..n).map(|i| neighbour(i).map_or(0, |s| score(*s))));
    }
    // Words that are likely article text: the page's own measure of where the article stands.
    let chance = |s: f32| 1.0 / (1.0 + (-s).exp());
    let words: Vec<f32> = page.blocks.iter().map(|b| b.shape.words.min(200) as f32 + 1.0).collect();
    let mut text = vec![0.0f32];
    let mut all = vec![0.0f32];
    for (s, w) in odds.iter().zip(&words) {
        text.push(text.last().copied().unwrap_or_default() + chance(*s) * w);
        all.push(all.last().copied().unwrap_or_default() + w);
    }
    let at = |sums: &[f32], i: i64| sums.get((i.max(0) as usize).min(n)).copied().unwrap_or_default();
    let part = |sums: &[f32], from: i64, to: i64| at(sums, to) - at(sums, from);
    for window in [3i64, 8, 20] {
        for (by, from, to) in [(-window, -window, 0), (window, 1, window + 1)] {
            let here = |i: usize| (i as i64 + from, i as i64 + to);
            let mean = |i: usize| {
                let (a, b) = here(i);
                share((part(&text, a, b) * 100.0) as i32, (part(&all, a, b) * 100.0) as i32)
            };
            out.push("judged near", by as i16, (0..n).map(mean));
        }
    }
    let whole = at(&text, n as i64);
    out.push("judged above", 0, (0..n).map(|i| share((at(&text, i as i64) * 100.0) as i32, (whole * 100.0) as i32)));
    out.push_all("page: judged", share((whole * 10.0) as i32, (at(&all, n as i64) * 10.0) as i32));
    stretch(out, &odds, &words);
}

/// Where the likely article stands: the stretch with the largest sum of words weighed by their odds.
fn stretch(out: &mut Columns, odds: &[f32], words: &[f32]) {
    let (mut best, mut range) = (0.0, (0, 0));
    let (mut sum, mut start) = (0.0f32, 0);
    for (i, (s, w)) in odds.iter().zip(words).enumerate() {
        if sum <= 0.0 {
            (sum, start) = (0.0, i);
        }
        sum += s * w.sqrt();
        if sum > best {
            (best, range) = (sum, (start, i + 1));
        }
    }
    let (a, b) = (range.0 as i32, range.1 as i32);
    let away = |i: i32| if i < a { i - a } else { (i - b + 1).max(0) };
    out.push("from judged stretch", 0, (0..odds.len()).map(|i| super::columns::signed(away(i as i32))));
}
