//! Measuring against annotated articles ("gold"): how much of the article is there, and how much else.
//!
//! The measure is that of the public ScrapingHub article-extraction benchmark: runs of four words ("shingles") of the result against
//! those of the gold article; precision and recall are averaged over pages, F1 is of the averages. Beside it words are counted, which
//! say more to a reader: those lost of the article, by the kind of noise that they were taken for, and those left over, by the kind
//! that the evidence names.

mod baseline;
mod kinds;
mod words;

pub use baseline::Baseline;
pub use kinds::{HEADLINE, Measured, OFF_PAGE, UNNAMED, measure};
pub use words::words;

use std::collections::HashMap;

use words::Runs;

/// Words of a shingle.
const SHINGLE: usize = 4;

/// How a result agrees with the gold article, in shingles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Overlap {
    /// In both.
    pub both: u64,
    /// In the result alone.
    pub left: u64,
    /// In the gold article alone.
    pub lost: u64,
}

impl Overlap {
    /// That of the words `gold` with the words `text`.
    pub fn of(gold: &[&str], text: &[&str]) -> Self {
        let mut counts: HashMap<&[&str], (u64, u64)> = HashMap::new();
        shingles(gold).for_each(|shingle| counts.entry(shingle).or_default().0 += 1);
        shingles(text).for_each(|shingle| counts.entry(shingle).or_default().1 += 1);
        let mut overlap = Self::default();
        for (in_gold, in_text) in counts.into_values() {
            let both = in_gold.min(in_text);
            overlap.both += both;
            overlap.left += in_text - both;
            overlap.lost += in_gold - both;
        }
        overlap
    }

    /// The share of the result that is article; none without a result.
    pub fn precision(&self) -> Option<f64> {
        share(self.both, self.both + self.left)
    }

    /// The share of the article that is there; none without an article.
    pub fn recall(&self) -> Option<f64> {
        share(self.both, self.both + self.lost)
    }

    /// The share of both that is common, by which pages are ranked: all of it, where there is nothing and should be nothing.
    pub fn common(&self) -> f64 {
        share(self.both, self.both + self.left + self.lost).unwrap_or(1.0)
    }
}

/// The shingles of `words`; those of a text that is shorter are one.
fn shingles<'w, 't>(words: &'w [&'t str]) -> impl Iterator<Item = &'w [&'t str]> {
    let size = words.len().clamp(1, SHINGLE);
    words.windows(size)
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Averages over pages.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Means {
    precision: (f64, u64),
    recall: (f64, u64),
}

impl Means {
    /// Takes in a page. One without a result has no part in the precision, one without an article none in the recall.
    pub fn add(&mut self, overlap: &Overlap) {
        for (mean, value) in [(&mut self.precision, overlap.precision()), (&mut self.recall, overlap.recall())] {
            if let Some(value) = value {
                *mean = (mean.0 + value, mean.1 + 1);
            }
        }
    }

    /// The mean precision; 0 without pages.
    pub fn precision(&self) -> f64 {
        self.precision.0 / self.precision.1.max(1) as f64
    }

    /// The mean recall; 0 without pages.
    pub fn recall(&self) -> f64 {
        self.recall.0 / self.recall.1.max(1) as f64
    }

    /// The harmonic mean of both.
    pub fn f1(&self) -> f64 {
        harmonic(self.precision(), self.recall())
    }
}

/// The harmonic mean of two shares.
pub fn harmonic(precision: f64, recall: f64) -> f64 {
    let sum = precision + recall;
    if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 }
}

/// Words of the article that are lost, and words left over, of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Words of the gold article.
    pub gold: u64,
    /// Words of the result.
    pub text: u64,
    /// Words of the gold article that stand in no run of words of the result.
    pub lost: u64,
    /// Words of the result that stand in no run of words of the gold article.
    pub left: u64,
}

impl Tally {
    /// That of the gold article `gold` and of a result with the lines `lines`.
    pub fn of<'l>(gold: &str, lines: impl Iterator<Item = &'l str> + Clone) -> Self {
        let gold = words(gold);
        let lines: Vec<Vec<&str>> = lines.map(words).collect();
        let text = lines.concat();
        let (of_gold, of_text) = (Runs::of(&gold), Runs::of(&text));
        let left = lines.iter().map(|line| of_gold.missing(line)).sum();
        Self { gold: gold.len() as u64, text: text.len() as u64, lost: of_text.missing(&gold), left }
    }

    /// The sums of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let Self { gold, text, lost, left } = other;
        Self { gold: self.gold + gold, text: self.text + text, lost: self.lost + lost, left: self.left + left }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Figures that `page_score` and `summary` of the benchmark give for the same texts.
    #[test]
    fn figures_are_those_of_the_benchmark() {
        let gold = "The night ferry will run again from June. Tickets cost twelve crowns.";
        let pages = [
            (gold, gold, (9, 0, 0)),
            (gold, "Share The night ferry will run again from June. Menu", (5, 2, 4)),
            (gold, "", (0, 0, 9)),
            ("Two words", "Two words", (1, 0, 0)),
            ("", "Share", (0, 1, 0)),
            ("", "", (0, 0, 0)),
        ];
        let mut means = Means::default();
        for (gold, text, (both, left, lost)) in pages {
            let overlap = Overlap::of(&words(gold), &words(text));
            assert_eq!(overlap, Overlap { both, left, lost }, "{text}");
            means.add(&overlap);
        }
        let close = |a: f64, b: f64| (a - b).abs() < 1e-12;
        assert!(close(means.precision(), (1.0 + 5.0 / 7.0 + 1.0 + 0.0) / 4.0), "{}", means.precision());
        assert!(close(means.recall(), (1.0 + 5.0 / 9.0 + 0.0 + 1.0) / 4.0), "{}", means.recall());
        assert!(close(means.f1(), 0.658_132_530_120_482), "{}", means.f1());
    }
}
