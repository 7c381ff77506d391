//! Labelled pages: read, judged by the passes that come before the model's, aligned with their articles.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result};
use newsclean::measure::{mix, tokenize};
use newsclean::page::Page;
use newsclean::{Settings, passes, read};
use serde::Deserialize;

use crate::label;
use crate::metric::Shingles;

/// An annotated article.
#[derive(Debug, Deserialize)]
pub struct Article {
    pub key: String,
    #[serde(default)]
    pub domain: Option<String>,
    #[serde(default)]
    pub lang: Option<String>,
    #[serde(default)]
    pub title: Option<String>,
    pub gold: String,
    #[serde(default)]
    pub agreement: Option<f32>,
    #[serde(skip)]
    pub shingles: Shingles,
    #[serde(skip)]
    pub words: usize,
    #[serde(skip)]
    pub fold: usize,
}

#[derive(Debug, Deserialize)]
struct Variant {
    key: String,
    variant: String,
    text: String,
}

/// What sort of text a page was given as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    Dump,
    Extract,
    Gold,
}

/// One labelled page.
pub struct Doc {
    pub article: usize,
    pub variant: String,
    pub sort: Sort,
    pub page: Page,
    /// Share of each block's words that are in the article.
    pub share: Vec<f32>,
    /// Hashes of each block's words as the metric sees them.
    pub metric: Vec<Vec<u64>>,
}

impl Doc {
    /// Whether the model decides block `i`.
    pub fn is_asked(&self, i: usize) -> bool {
        self.page.facts.headline != Some(i) && self.page.blocks[i].is_open()
    }
}

pub const DUMPS: [&str; 5] = ["htmltext", "inscriptis", "bs4", "w3m", "html2text"];
const FOLDS: usize = crate::FOLDS;

fn rows<T: for<'d> Deserialize<'d>>(path: &Path) -> Result<Vec<T>> {
    let file = std::fs::File::open(path).with_context(|| path.display().to_string())?;
    let lines = BufReader::new(flate2::read::GzDecoder::new(file)).lines();
    lines.map(|line| Ok(serde_json::from_str(&line?)?)).collect()
}

/// Reads one split: its articles, and each of its pages in every variant that `wants` takes, the article itself among them.
pub fn read(folder: &Path, split: &str, wants: impl Fn(&str, usize) -> bool + Sync) -> Result<(Vec<Article>, Vec<Doc>)> {
    let mut articles: Vec<Article> = rows(&folder.join(format!("articles-{split}.jsonl.gz")))?;
    for article in &mut articles {
        article.shingles = Shingles::of(&article.gold);
        article.words = tokenize(&article.gold).len();
        let site = article.domain.as_deref().unwrap_or(&article.key);
        article.fold = (site.bytes().fold(7, |h, b| mix(h, u64::from(b))) >> 20) as usize % FOLDS;
    }
    let index: HashMap<&str, usize> = articles.iter().enumerate().map(|(i, a)| (a.key.as_str(), i)).collect();
    let texts: Vec<Variant> = rows(&folder.join(format!("text-{split}.jsonl.gz")))?;
    let mut tasks: Vec<(usize, String, Sort, String)> = Vec::new();
    for text in texts {
        let Some(&at) = index.get(text.key.as_str()) else { continue };
        let sort = if DUMPS.contains(&text.variant.as_str()) { Sort::Dump } else { Sort::Extract };
        if wants(&text.variant, at) {
            tasks.push((at, text.variant, sort, text.text));
        }
    }
    for (at, article) in articles.iter().enumerate() {
        tasks.push((at, "gold".to_owned(), Sort::Gold, article.gold.clone()));
    }
    let docs = crate::parallel(tasks, |(at, variant, sort, text)| doc(&articles[at], at, variant, sort, &text));
    Ok((articles, docs))
}

fn doc(article: &Article, at: usize, variant: String, sort: Sort, text: &str) -> Doc {
    let mut page = read::read_text(text, &Settings::default());
    passes::before_model(&mut page);
    let texts: Vec<String> = page.blocks.iter().map(|b| b.uncut().into_owned()).collect();
    let share = if sort == Sort::Gold { vec![1.0; texts.len()] } else { label::shares(&texts, &article.gold) };
    let metric = texts.iter().map(|t| crate::metric::words(t).collect()).collect();
    Doc { article: at, variant, sort, page, share, metric }
}
