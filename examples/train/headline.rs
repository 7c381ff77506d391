//! Learns which line of a dump is its headline: weights for the signs that `passes` finds of each line.
//!
//! Conditional logistic regression (McFadden 1974): a page is a choice of one among its lines, whose chance is the softmax of
//! their scores. Pages whose title is a line of its own, and which no surer finder settles, are learned from.

use std::path::Path;

use anyhow::Result;
use newsclean::measure::sum_of;
use newsclean::page::{Page, Step};
use newsclean::passes::{HEADLINE_WEIGHTS, Signs, headlines};
use newsclean::{Settings, Source, passes, read};

use crate::data;

/// One page: the signs of its lines, and which of them are the title.
struct Choice {
    lines: Vec<Vec<f64>>,
    right: Vec<bool>,
}

/// Rounds and rate of gradient ascent, and the penalty on the square of standardised weights.
const ROUNDS: usize = 400;
const RATE: f64 = 0.3;
const PENALTY: f64 = 0.002;

/// Learns from the train pages and pages of our own, and prints the weights, which stand in `src/passes/headline/sight.rs`, with the share
/// of titles they find, there and on the dev pages.
pub fn learn(folder: &Path) -> Result<()> {
    let learned = choices(data::titled(folder, "train")?.into_iter().chain(data::titled_own()?).collect());
    let looked_at = choices(data::titled(folder, "dev")?);
    let (means, deviations) = spread(&learned);
    let weights = ascend(&learned, &means, &deviations);
    for ((sign, _), weight) in HEADLINE_WEIGHTS.iter().zip(&weights) {
        println!("    (Sign::{sign:?}, {weight:.2}),");
    }
    let now: Vec<f64> = HEADLINE_WEIGHTS.iter().map(|(_, weight)| f64::from(*weight)).collect();
    for (name, pages) in [("learned from", &learned), ("looked at", &looked_at)] {
        let [new, old] = [&weights, &now].map(|weights| found(pages, weights));
        println!(
            "{name}: {} pages, the title among the lines of {}; found {new:.3}, with the weights that are there {old:.3}",
            pages.len(),
            reachable(pages)
        );
    }
    Ok(())
}

fn choices(pages: Vec<(String, String)>) -> Vec<Choice> {
    crate::parallel(pages, |(title, text)| choice(&title, &text)).into_iter().flatten().collect()
}

/// The choice on a page; none where its title is no line of its own, or is found before.
fn choice(title: &str, text: &str) -> Option<Choice> {
    let mut page: Page = read::read_text(text, &Settings { source: Source::Text, ..Settings::default() });
    let sum = sum_of(title);
    if !page.blocks.iter().any(|block| block.shape.sum == sum) {
        return None;
    }
    passes::before(&mut page, Step::Title);
    let lines: Vec<(usize, Signs)> = headlines(&page);
    let right = lines.iter().map(|(i, _)| page.blocks[*i].shape.sum == sum).collect();
    let lines: Vec<Vec<f64>> = lines.iter().map(|(_, signs)| signs.values().iter().map(|v| f64::from(*v)).collect()).collect();
    (!lines.is_empty()).then_some(Choice { lines, right })
}

/// Mean and standard deviation of each sign over all lines.
fn spread(pages: &[Choice]) -> (Vec<f64>, Vec<f64>) {
    let lines: Vec<&Vec<f64>> = pages.iter().flat_map(|page| &page.lines).collect();
    let count = lines.len().max(1) as f64;
    let signs = 0..HEADLINE_WEIGHTS.len();
    let means: Vec<f64> = signs.clone().map(|k| lines.iter().map(|line| line[k]).sum::<f64>() / count).collect();
    let variance = |k: usize| lines.iter().map(|line| (line[k] - means[k]).powi(2)).sum::<f64>() / count;
    let deviations = signs.map(|k| variance(k).sqrt().max(1e-6)).collect();
    (means, deviations)
}

fn ascend(pages: &[Choice], means: &[f64], deviations: &[f64]) -> Vec<f64> {
    let pages: Vec<Choice> = pages.iter().filter(|page| page.right.contains(&true)).map(|page| page.scaled(means, deviations)).collect();
    let mut weights = vec![0.0; HEADLINE_WEIGHTS.len()];
    for _ in 0..ROUNDS {
        let mut slope = vec![0.0; weights.len()];
        for page in &pages {
            let chances = softmax(&page.scores(&weights));
            let right: f64 = chances.iter().zip(&page.right).filter(|(_, is)| **is).map(|(chance, _)| chance).sum();
            for ((line, chance), is) in page.lines.iter().zip(&chances).zip(&page.right) {
                let pull = if *is { chance / right } else { 0.0 } - chance;
                slope.iter_mut().zip(line).for_each(|(slope, value)| *slope += pull * value);
            }
        }
        weights.iter_mut().zip(&slope).for_each(|(weight, slope)| *weight += RATE * (slope / pages.len() as f64 - PENALTY * *weight));
    }
    weights.iter().zip(deviations).map(|(weight, deviation)| weight / deviation).collect()
}

impl Choice {
    fn scaled(&self, means: &[f64], deviations: &[f64]) -> Self {
        let scale = |line: &Vec<f64>| line.iter().zip(means).zip(deviations).map(|((v, mean), deviation)| (v - mean) / deviation).collect();
        Self { lines: self.lines.iter().map(scale).collect(), right: self.right.clone() }
    }

    fn scores(&self, weights: &[f64]) -> Vec<f64> {
        self.lines.iter().map(|line| line.iter().zip(weights).map(|(value, weight)| value * weight).sum()).collect()
    }
}

fn softmax(scores: &[f64]) -> Vec<f64> {
    let most = scores.iter().copied().fold(f64::MIN, f64::max);
    let parts: Vec<f64> = scores.iter().map(|score| (score - most).exp()).collect();
    let sum: f64 = parts.iter().sum();
    parts.iter().map(|part| part / sum).collect()
}

/// The share of pages on which the line with the highest score is the title.
fn found(pages: &[Choice], weights: &[f64]) -> f64 {
    let is_right = |page: &&Choice| {
        let scores = page.scores(weights);
        let best = (0..scores.len()).reduce(|best, i| if scores[i] > scores[best] { i } else { best });
        best.is_some_and(|best| page.right[best])
    };
    pages.iter().filter(is_right).count() as f64 / pages.len().max(1) as f64
}

fn reachable(pages: &[Choice]) -> usize {
    pages.iter().filter(|page| page.right.contains(&true)).count()
}
