//! The metric: word 4-grams of the cleaned text against the article, precision and recall averaged over pages.

use std::collections::HashMap;

use newsclean::measure::mix;

/// How often each word 4-gram of a text occurs.
#[derive(Debug, Clone, Default)]
pub struct Shingles {
    counts: HashMap<u64, u32>,
    total: usize,
}

/// Hashes of the words of `text`: runs of letters, digits and underscores.
pub fn words(text: &str) -> impl Iterator<Item = u64> {
    let runs = text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty());
    runs.map(|w| w.bytes().fold(1, |h, b| mix(h, u64::from(b))))
}

fn grams(words: &[u64]) -> impl Iterator<Item = u64> {
    let n = if words.is_empty() { 0 } else { (words.len().max(4) - 3).max(1) };
    (0..n).map(move |i| words[i..words.len().min(i + 4)].iter().fold(0, |h, w| mix(h, *w)))
}

impl Shingles {
    pub fn of(text: &str) -> Self {
        let words: Vec<u64> = words(text).collect();
        let mut out = Self::default();
        for gram in grams(&words) {
            *out.counts.entry(gram).or_default() += 1;
            out.total += 1;
        }
        out
    }

    /// Precision and recall of the text of `kept`, each `None` where there is nothing to share.
    pub fn score(&self, kept: &[u64]) -> (Option<f64>, Option<f64>) {
        let mut seen: HashMap<u64, u32> = HashMap::new();
        let (mut hit, mut total) = (0, 0);
        for gram in grams(kept) {
            total += 1;
            let used = seen.entry(gram).or_default();
            *used += 1;
            hit += usize::from(self.counts.get(&gram).is_some_and(|n| *used <= *n));
        }
        let share = |whole: usize| (whole > 0).then(|| hit as f64 / whole as f64);
        (share(total), share(self.total))
    }
}

/// F1 of the means of precision and recall.
pub fn f1(pages: &[(Option<f64>, Option<f64>)]) -> f64 {
    let mean = |values: Vec<f64>| if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 };
    let p = mean(pages.iter().filter_map(|(p, _)| *p).collect());
    let r = mean(pages.iter().filter_map(|(_, r)| *r).collect());
    if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
}
