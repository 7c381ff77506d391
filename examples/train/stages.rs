//! The stages of learning: words, then trees on features of which the words' score is one.

use std::borrow::Cow;

use anyhow::{Context, Result};
use newsclean::measure::tokenize;
use newsclean::model::trees::Forest;
use newsclean::model::weights::{HtmlWeights, hash_of};
use newsclean::model::{BARS, Bars, Columns, HTML_BARS, Name, Weights, classes, features, html_features, judge, settle, words};

use crate::boost::{Growth, Table, grow};
use crate::data::{Article, Doc, Sort};
use crate::lexicon::{self, Example};
use crate::own::OWN;
use crate::report::Figures;
use crate::{Clock, FOLDS};

/// How the forest is grown: rates and shares as usual for boosted trees, their number where the dev figures no longer rose.
const GROWTH: Growth = Growth { trees: 400, rate: 0.08, rows: 0.3, columns: 0.35, damping: 4.0, bins: 64 };

/// The same for pages with markup.
const HTML_GROWTH: Growth = Growth { trees: 400, rate: 0.06, rows: 0.5, columns: 0.3, damping: 4.0, bins: 64 };

/// The variants that words are learned from: two dumps, two extractors, our own.
const WORDY: [&str; 5] = ["htmltext", "bs4", "trafilatura", "resiliparse", OWN];

/// Labelled pages with their features.
#[derive(Default)]
pub struct Split {
    pub articles: Vec<Article>,
    pub docs: Vec<Doc>,
    pub columns: Vec<Columns>,
}

impl Split {
    /// Takes in the pages of another split.
    pub fn join(&mut self, other: Split) {
        let shift = self.articles.len();
        self.articles.extend(other.articles);
        self.docs.extend(other.docs.into_iter().map(|doc| Doc { article: doc.article + shift, ..doc }));
    }

    fn measure(&mut self) {
        self.columns = crate::parallel(self.docs.iter().collect(), |doc| features(&doc.page));
    }

    fn names(&self) -> Vec<Name> {
        self.columns.first().map(|c| c.names().to_vec()).unwrap_or_default()
    }

    fn fold(&self, doc: usize) -> usize {
        self.articles[self.docs[doc].article].fold
    }
}

/// Learns the weights from `learn` and prints what they reach on `dev` and on pages of our own that were `held` back; with `cross`, also what forests reach that have not seen
/// the site, over all pages of `learn`.
pub fn learn(
    (mut learn, html): (Split, Split),
    (mut dev, html_dev, mut held): (Split, Split, Split),
    kept: Option<Weights<'_>>,
    cross: bool,
    clock: &Clock,
) -> Weights<'static> {
    ceiling(&dev);
    let linear = learn_words(&learn);
    clock.say("words learned");
    if let Some(kept) = kept {
        let html = learn_html(html, html_dev, &linear, clock);
        let Weights { features, unit, words, forest, .. } = kept;
        let words = Cow::Owned(words.into_owned());
        return named(Weights { name: String::new(), features, unit, words, forest, html }, learn.articles.len());
    }
    linear.score_words(&mut learn, false);
    learn.measure();
    for split in [&mut dev, &mut held] {
        linear.score_words(split, true);
        split.measure();
    }
    let names = learn.names();
    clock.say(&format!("{} features measured", names.len()));
    if cross {
        let scores = cross_validate(&learn, clock);
        table_of_bars("unseen", &learn, &scores);
    }
    let rows = table(&learn, |_| true);
    let forest = grow(&rows, &GROWTH, 1);
    clock.say(&format!("{} trees learned from {} blocks", forest.trees.len(), rows.labels.len()));
    for (name, split) in [("dev", &dev), ("held", &held)] {
        let scores = crate::parallel(split.columns.iter().collect(), |c| forest.scores(c, |_| true));
        table_of_bars(name, split, &scores);
    }
    asked(&forest, &names);
    let html = if html.docs.is_empty() { HtmlWeights::default() } else { learn_html(html, html_dev, &linear, clock) };
    let (unit, words) = linear.bytes;
    named(Weights { name: String::new(), features: hash_of(&names), unit, words: Cow::Owned(words), forest, html }, learn.articles.len())
}

/// The weights with their name: what they were learned from, how large they are, and a hash of them.
fn named(mut weights: Weights<'static>, articles: usize) -> Weights<'static> {
    weights.name.clear();
    let sum = weights.to_bytes().iter().fold(0, |h, b| newsclean::measure::mix(h, u64::from(*b)));
    let (text, html) = (weights.forest.trees.len(), weights.html.forest.trees.len());
    weights.name = format!("{articles} articles, {text} trees for text, {html} for HTML, {:08x}", sum >> 32);
    weights
}

/// Prints what the weights in `bytes` reach on the dev pages, on the same pages as HTML, and on our own that were held back.
pub fn look(splits: [Split; 3], bytes: &[u8]) -> Result<()> {
    let weights = Weights::from_bytes(bytes).context("these are no weights")?;
    for (name, mut split) in ["dev", "dev", "held"].into_iter().zip(splits) {
        ceiling(&split);
        crate::parallel(split.docs.iter_mut().collect(), |doc| {
            for block in &mut doc.page.blocks {
                block.lexical = weights.words().score(&tokenize(&block.text));
            }
        });
        let scores = crate::parallel(split.docs.iter().collect(), |doc| judge(&doc.page, &weights));
        table_of_bars(name, &split, &scores);
    }
    Ok(())
}

/// What the best decisions could reach: with all blocks free, and with those that the rules left.
fn ceiling(dev: &Split) {
    let label = |d: usize, i: usize| dev.docs[d].share[i] >= 0.5;
    let left = |d: usize, i: usize| !dev.docs[d].page.blocks[i].is_dropped();
    for (name, keep) in [
        ("all that is there", &(|_, _| true) as &(dyn Fn(usize, usize) -> bool + Sync)),
        ("what the rules leave", &left),
        ("oracle", &label),
        ("oracle behind the rules", &|d, i| label(d, i) && left(d, i)),
    ] {
        println!("{}", Figures::of(&dev.articles, &dev.docs, keep).line(name));
    }
}

/// Linear weights over hashed names: one set for each fold left out, and the last from all.
struct Linear {
    bytes: (f32, Vec<u8>),
    floats: Vec<Vec<f32>>,
}

impl Linear {
    fn learn(examples: &[(usize, Vec<Example>)], bits: u32) -> Self {
        let models = crate::parallel((0..=FOLDS).collect(), |fold| {
            let seen: Vec<&Example> = examples.iter().filter(|(f, _)| *f != fold).flat_map(|(_, e)| e).collect();
            lexicon::to_bytes(&lexicon::learn(&seen, bits, fold as u64 + 1))
        });
        let floats = models.iter().map(|(unit, w)| w.iter().map(|w| f32::from(i8::from_le_bytes([*w])) * unit).collect()).collect();
        Self { bytes: models.into_iter().next_back().unwrap_or_default(), floats }
    }

    /// Sets every block's lexical score, in pages to learn from by weights that have not seen the site.
    fn score_words(&self, split: &mut Split, is_dev: bool) {
        let articles = &split.articles;
        crate::parallel(split.docs.iter_mut().collect(), |doc| {
            let fold = if is_dev { FOLDS } else { articles[doc.article].fold };
            for block in &mut doc.page.blocks {
                block.lexical = lexicon::read(&self.floats[fold], &lexicon::slots_of(&block.text));
            }
        });
    }

    /// The scores of the names around every block, likewise.
    fn score_names(&self, split: &Split, is_dev: bool) -> Vec<Vec<f32>> {
        crate::parallel((0..split.docs.len()).collect(), |d| {
            let fold = if is_dev { FOLDS } else { split.fold(d) };
            let blocks = 0..split.docs[d].page.blocks.len();
            blocks.map(|i| lexicon::read(&self.floats[fold], &names_of(&split.docs[d], i))).collect()
        })
    }
}

fn names_of(doc: &Doc, block: usize) -> Vec<u32> {
    let mut out = Vec::new();
    if let Some(markup) = doc.page.markup.as_deref() {
        classes::slots(markup, block, |slot| out.push(slot as u32));
    }
    out
}

fn learn_words(learn: &Split) -> Linear {
    let docs: Vec<&Doc> = learn.docs.iter().filter(|d| WORDY.contains(&d.variant.as_str())).collect();
    let examples: Vec<(usize, Vec<Example>)> = crate::parallel(docs, |doc| {
        // What the rules have dropped needs no word for it: without it the curve's area rose from .884 to .890.
        let blocks = doc.page.blocks.iter().zip(&doc.share).filter(|(b, _)| b.is_open());
        let of = blocks.map(|(b, share)| Example {
            slots: lexicon::slots_of(&b.text),
            label: label(*share),
            weight: linear_weight(b.shape.words()),
        });
        (learn.articles[doc.article].fold, of.collect())
    });
    Linear::learn(&examples, words::BITS)
}

fn learn_names(learn: &Split) -> Linear {
    let examples: Vec<(usize, Vec<Example>)> = crate::parallel(learn.docs.iter().collect(), |doc| {
        let blocks = doc.page.blocks.iter().zip(&doc.share).enumerate();
        let of =
            blocks.map(|(i, (b, share))| Example { slots: names_of(doc, i), label: label(*share), weight: linear_weight(b.shape.words()) });
        (learn.articles[doc.article].fold, of.collect())
    });
    Linear::learn(&examples, classes::BITS)
}

fn label(share: f32) -> f32 {
    f32::from(u8::from(share >= 0.5))
}

/// What a block weighs for linear weights: the root of its words, capped.
fn linear_weight(words: u32) -> f32 {
    ((words.min(40) as f32 + 0.5) / 20.0).sqrt()
}

/// Learns what judges pages with markup, and prints what it reaches on `dev`.
fn learn_html(mut learn: Split, mut dev: Split, words: &Linear, clock: &Clock) -> HtmlWeights<'static> {
    ceiling(&dev);
    words.score_words(&mut learn, false);
    words.score_words(&mut dev, true);
    let linear = learn_names(&learn);
    for (split, is_dev) in [(&mut learn, false), (&mut dev, true)] {
        let scores = linear.score_names(split, is_dev);
        let columns = crate::parallel((0..split.docs.len()).collect(), |d: usize| {
            let page = &split.docs[d].page;
            page.markup.as_deref().map(|markup| html_features(page, markup, &scores[d])).unwrap_or_default()
        });
        split.columns = columns;
    }
    let names = learn.names();
    clock.say(&format!("names learned, {} features measured", names.len()));
    let rows = table(&learn, |_| true);
    let forest = grow(&rows, &HTML_GROWTH, 5);
    clock.say(&format!("{} trees learned from {} blocks", forest.trees.len(), rows.labels.len()));
    let scores = crate::parallel(dev.columns.iter().collect(), |c| forest.scores(c, |_| true));
    table_of_bars("dev", &dev, &scores);
    asked(&forest, &names);
    HtmlWeights { features: hash_of(&names), unit: linear.bytes.0, names: Cow::Owned(linear.bytes.1), forest }
}

/// Scores of every page by a forest that has not seen its site.
fn cross_validate(learn: &Split, clock: &Clock) -> Vec<Vec<f32>> {
    let mut scores = vec![Vec::new(); learn.docs.len()];
    for fold in 0..FOLDS {
        let forest = grow(&table(learn, |article| article.fold != fold), &GROWTH, fold as u64 + 2);
        let held: Vec<usize> = (0..learn.docs.len()).filter(|d| learn.fold(*d) == fold).collect();
        for (d, s) in held.iter().zip(crate::parallel(held.clone(), |d| forest.scores(&learn.columns[d], |_| true))) {
            scores[*d] = s;
        }
        clock.say(&format!("fold {fold}"));
    }
    scores
}

/// The figures for a few pairs of bars.
fn table_of_bars(name: &str, split: &Split, scores: &[Vec<f32>]) {
    let is_html = split.docs.iter().any(|doc| doc.sort == Sort::Html);
    let bars = if is_html { HTML_BARS } else { BARS };
    for bars in [
        bars,
        Bars { dump: bars.dump - 0.4, ..bars },
        Bars { dump: bars.dump + 0.4, ..bars },
        Bars { article: bars.article - 0.5, ..bars },
        Bars { article: bars.article + 0.5, ..bars },
        Bars { next: bars.dump, across: bars.dump, apart: bars.dump, sentence: bars.dump, ..bars },
        Bars { between: bars.dump, alone: bars.dump, ..bars },
        Bars { next: bars.next - 1.0, across: bars.across - 1.0, ..bars },
        Bars { between: bars.between - 0.5, alone: bars.alone - 0.5, ..bars },
    ] {
        let stays = crate::parallel((0..split.docs.len()).collect(), |d| settle(&split.docs[d].page, &scores[d], &bars));
        let keep = |d: usize, i: usize| !split.docs[d].page.blocks[i].is_dropped() && (!split.docs[d].is_asked(i) || stays[d][i]);
        println!(
            "{}",
            Figures::of(&split.articles, &split.docs, keep)
                .line(&format!("{name} {:.1} {:.1} {:.1} {:.1}", bars.dump, bars.article, bars.next, bars.alone))
        );
    }
}

/// How often each feature is asked, the most asked first.
fn asked(forest: &Forest, names: &[Name]) {
    let mut asked = vec![0usize; names.len()];
    forest.trees.iter().flat_map(|t| t.splits).filter(|s| s.above < 255).for_each(|s| asked[usize::from(s.column)] += 1);
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|c| std::cmp::Reverse(asked[*c]));
    let all: Vec<String> = order.iter().map(|c| format!("{} {:+}: {}", names[*c].what, names[*c].at, asked[*c])).collect();
    println!("times asked: {}", all.join("; "));
}

/// The blocks that the model decides, of the articles that `wants` takes.
fn table(split: &Split, wants: impl Fn(&Article) -> bool) -> Table {
    let mut rows: Vec<(u32, u32)> = Vec::new();
    let (mut labels, mut weights) = (Vec::new(), Vec::new());
    for (d, doc) in split.docs.iter().enumerate() {
        let article = &split.articles[doc.article];
        if !wants(article) {
            continue;
        }
        for (i, block) in doc.page.blocks.iter().enumerate().filter(|(i, _)| doc.is_asked(*i)) {
            rows.push((d as u32, i as u32));
            labels.push(label(doc.share[i]));
            weights.push(weight(article, doc, block.shape.words()));
        }
    }
    let columns = crate::parallel((0..split.names().len()).collect(), |c| {
        rows.iter().map(|(d, i)| split.columns[*d as usize].column(c)[*i as usize]).collect()
    });
    Table { columns, labels, weights }
}

/// What a block weighs: the root of its share of the article, as each page counts alike in the figures. Pages without an annotator
/// weigh less, clean articles more.
fn weight(article: &Article, doc: &Doc, words: u32) -> f32 {
    let size = ((words as f32 + 0.3) * 100.0 / (article.words.max(60) as f32)).sqrt();
    let source = if article.agreement.is_some() { 0.6 } else { 1.0 };
    let sort = if doc.sort == Sort::Gold { 2.0 } else { 1.0 };
    size * source * sort
}
