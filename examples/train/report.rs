//! What the decisions reach: F1 by variant against the annotated articles, and words lost from clean articles.

use std::collections::BTreeMap;

use crate::data::{Article, Doc, Sort};
use crate::metric::f1;

/// The figures of one way to decide.
#[derive(Debug, Default, Clone)]
pub struct Figures {
    /// F1 of each variant.
    pub variants: BTreeMap<(Sort, String), f64>,
    /// Share of the words of clean articles that stay.
    pub kept: f64,
    /// Share of clean articles that lose more than one word in twenty.
    pub hurt: f64,
}

impl Figures {
    /// Measures the decisions `keep(doc, block)`.
    pub fn of(articles: &[Article], docs: &[Doc], keep: impl Fn(usize, usize) -> bool + Sync) -> Self {
        let scores = crate::parallel((0..docs.len()).collect(), |d| {
            let doc = &docs[d];
            let stays = |i: &usize| doc.page.facts.headline != Some(*i) && keep(d, *i);
            let kept: Vec<u64> = (0..doc.metric.len()).filter(stays).flat_map(|i| doc.metric[i].iter().copied()).collect();
            let all: usize = doc.metric.iter().map(Vec::len).sum();
            (articles[doc.article].shingles.score(&kept), kept.len(), all)
        });
        let mut out = Self::default();
        let mut by_variant: BTreeMap<(Sort, String), Vec<_>> = BTreeMap::new();
        let (mut kept, mut all, mut hurt, mut golds) = (0, 0, 0u32, 0u32);
        for (doc, (score, words, whole)) in docs.iter().zip(scores) {
            if doc.sort == Sort::Long {
                // Measured by its words alone: no annotated article is it.
                continue;
            }
            if doc.sort == Sort::Gold && articles[doc.article].agreement.is_some() {
                // Nobody has read these; some of what goes should go.
                continue;
            }
            if doc.sort == Sort::Gold {
                golds += 1;
                kept += words;
                all += whole;
                hurt += u32::from(words * 20 < whole * 19);
            } else {
                by_variant.entry((doc.sort, doc.variant.clone())).or_default().push(score);
            }
        }
        out.variants = by_variant.iter().map(|(k, pages)| (k.clone(), f1(pages))).collect();
        out.kept = kept as f64 / (all as f64).max(1.0);
        out.hurt = f64::from(hurt) / f64::from(golds).max(1.0);
        out
    }

    /// Mean F1 of the variants of one sort.
    pub fn mean(&self, sort: Sort) -> f64 {
        let of: Vec<f64> = self.variants.iter().filter(|((s, _), _)| *s == sort).map(|(_, f)| *f).collect();
        of.iter().sum::<f64>() / of.len().max(1) as f64
    }

    /// One line of the table.
    pub fn line(&self, name: &str) -> String {
        let cells: Vec<String> =
            self.variants.iter().map(|((_, v), f)| format!("{} {f:.4}", v.chars().take(5).collect::<String>())).collect();
        format!(
            "{name:24} dumps {:.4} extracts {:.4} kept {:.5} hurt {:.4} | {}",
            self.mean(Sort::Dump),
            self.mean(Sort::Extract),
            self.kept,
            self.hurt,
            cells.join(" ")
        )
    }
}
