//! Labelled pages: read, judged by the passes that come before the model's, aligned with their articles.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Result;
use newsclean::measure::{mix, tokenize};
use newsclean::page::{Page, Step};
use newsclean::{Settings, Source, passes, read};
use serde::Deserialize;

use crate::boost::Random;
use crate::label;
use crate::metric::Shingles;
use crate::mix::{self, Furniture};
use crate::own::{self, OWN};
use crate::rows::{DUMPS, rows};
use crate::stages::Split;

/// An annotated article.
#[derive(Debug, Default, Deserialize)]
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
    Html,
    Mixed,
    Long,
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

const FOLDS: usize = crate::FOLDS;

/// Reads the splits that are there, with every dump, every other extractor's output, pages of our own (`all`: every output, and none of
/// these), the articles themselves, and articles mixed with furniture.
pub fn read(folder: &Path, splits: &[&str], all: bool) -> Result<Split> {
    let mut out = Split::default();
    for split in splits.iter().filter(|split| folder.join(format!("articles-{split}.jsonl.gz")).exists()) {
        let wants = |variant: &str, at: usize| all || DUMPS.contains(&variant) || (at + variant.len()).is_multiple_of(2);
        let (articles, docs) = read_split(folder, split, wants)?;
        out.join(Split { articles, docs, columns: Vec::new() });
    }
    if !all {
        out.join(read_own(false)?);
    }
    anyhow::ensure!(!out.docs.is_empty(), "no articles-*.jsonl.gz with text-*.jsonl.gz in {}", folder.display());
    let mixed = mixed(&out.articles, &out.docs);
    out.docs.extend(mixed);
    Ok(out)
}

#[derive(Debug, Deserialize)]
struct Markup {
    key: String,
    html: String,
}

/// Reads the HTML pages of the splits that are there.
pub fn read_html(folder: &Path, splits: &[&str]) -> Result<Split> {
    let mut out = Split::default();
    for split in splits.iter().filter(|split| folder.join(format!("html-{split}.jsonl.gz")).exists()) {
        let articles = articles(folder, split)?;
        let index: HashMap<&str, usize> = articles.iter().enumerate().map(|(i, a)| (a.key.as_str(), i)).collect();
        let pages: Vec<Markup> = rows(&folder.join(format!("html-{split}.jsonl.gz")))?;
        let tasks: Vec<(usize, String)> = pages.into_iter().filter_map(|p| Some((*index.get(p.key.as_str())?, p.html))).collect();
        let docs = crate::parallel(tasks, |(at, html)| doc(at, "html".to_owned(), Sort::Html, &html, &articles[at].gold));
        out.join(Split { articles, docs, columns: Vec::new() });
    }
    Ok(out)
}

fn articles(folder: &Path, split: &str) -> Result<Vec<Article>> {
    let articles: Vec<Article> = rows(&folder.join(format!("articles-{split}.jsonl.gz")))?;
    Ok(articles.into_iter().map(measured).collect())
}

fn measured(mut article: Article) -> Article {
    article.shingles = Shingles::of(&article.gold);
    article.words = tokenize(&article.gold).len();
    let site = article.domain.as_deref().unwrap_or(&article.key);
    article.fold = (site.bytes().fold(7, |h, b| mix(h, u64::from(b))) >> 20) as usize % FOLDS;
    article
}

/// Reads the pages of our own: those that are `held` back from learning, or the others with their articles.
pub fn read_own(held: bool) -> Result<Split> {
    let (articles, texts) = own::read(held)?;
    let articles: Vec<Article> = articles.into_iter().map(measured).collect();
    let mut tasks: Vec<(usize, String, Sort, String)> =
        texts.into_iter().enumerate().map(|(at, text)| (at, OWN.to_owned(), Sort::Dump, text)).collect();
    if !held {
        tasks.extend(golds(&articles));
    }
    let docs = crate::parallel(tasks, |(at, variant, sort, text)| doc(at, variant, sort, &text, &articles[at].gold));
    Ok(Split { articles, docs, columns: Vec::new() })
}

/// The dumps of a split's pages that have a title, each with it.
pub fn titled(folder: &Path, split: &str) -> Result<Vec<(String, String)>> {
    let articles: Vec<Article> = rows(&folder.join(format!("articles-{split}.jsonl.gz")))?;
    let titles: HashMap<&str, &str> = articles.iter().filter_map(|a| Some((a.key.as_str(), a.title.as_deref()?))).collect();
    let texts: Vec<Variant> = rows(&folder.join(format!("text-{split}.jsonl.gz")))?;
    let dumps = texts.into_iter().filter(|text| DUMPS.contains(&text.variant.as_str()));
    Ok(dumps.filter_map(|text| Some(((*titles.get(text.key.as_str())?).to_owned(), text.text))).collect())
}

/// The pages of our own, each with its headline.
pub fn titled_own() -> Result<Vec<(String, String)>> {
    let (articles, texts) = own::read(false)?;
    Ok(articles.into_iter().zip(texts).filter_map(|(article, text)| Some((article.title?, text))).collect())
}

/// The articles themselves, as pages.
fn golds(articles: &[Article]) -> impl Iterator<Item = (usize, String, Sort, String)> {
    articles.iter().enumerate().map(|(at, article)| (at, "gold".to_owned(), Sort::Gold, article.gold.clone()))
}

fn read_split(folder: &Path, split: &str, wants: impl Fn(&str, usize) -> bool + Sync) -> Result<(Vec<Article>, Vec<Doc>)> {
    let articles = articles(folder, split)?;
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
    tasks.extend(golds(&articles));
    let docs = crate::parallel(tasks, |(at, variant, sort, text)| doc(at, variant, sort, &text, &articles[at].gold));
    Ok((articles, docs))
}

/// An article made of several: annotated ones are seldom long, and long ones must not be judged by their length.
fn long(articles: &[Article], at: usize, random: &mut Random) -> String {
    let mut parts = vec![articles[at].gold.as_str()];
    let more = 1 + random.next() % 4;
    for _ in 0..200 {
        let other = &articles[(random.next() % articles.len() as u64) as usize];
        if other.fold == articles[at].fold && other.lang == articles[at].lang && parts.len() <= more as usize {
            parts.push(&other.gold);
        }
    }
    parts.join("\n\n")
}

/// Each article with the furniture of another site's page around it, once alone and once with others behind it.
fn mixed(articles: &[Article], docs: &[Doc]) -> Vec<Doc> {
    let furniture: Vec<(usize, Furniture)> = docs.iter().filter(|d| mix::gives(d)).map(|d| (d.article, Furniture::of(d))).collect();
    let tasks: Vec<usize> = (0..articles.len() * MIXES).collect();
    crate::parallel(tasks, |task| {
        let (at, mut random) = (task / MIXES, Random::new(task as u64 + 77));
        let article = &articles[at];
        // Furniture of the same fold: what a fold has not seen, it has not seen around other articles either.
        let mut giver = || &furniture[(random.next() % furniture.len() as u64) as usize];
        let mut given = giver();
        while articles[given.0].fold != article.fold || given.0 == at {
            given = giver();
        }
        let title = article.title.as_deref().unwrap_or_default();
        if task % MIXES == 0 {
            let text = given.1.around(title, &article.gold, &mut random);
            return doc(at, "mixed".to_owned(), Sort::Mixed, &text, &article.gold);
        }
        let long = long(articles, at, &mut random);
        let text = if random.next().is_multiple_of(3) { long.clone() } else { given.1.around(title, &long, &mut random) };
        doc(at, "long".to_owned(), Sort::Long, &text, &long)
    })
}

/// Times that each article is mixed: alone, and with others.
const MIXES: usize = 2;

fn doc(at: usize, variant: String, sort: Sort, text: &str, gold: &str) -> Doc {
    let mut page =
        read::read_text(text, &Settings { source: if sort == Sort::Html { Source::Html } else { Source::Text }, ..Settings::default() });
    passes::before(&mut page, Step::Model);
    let texts: Vec<String> = page.blocks.iter().map(|b| b.uncut().into_owned()).collect();
    let share = if sort == Sort::Gold { vec![1.0; texts.len()] } else { label::shares(&texts, gold) };
    let metric = texts.iter().map(|t| crate::metric::words(t).collect()).collect();
    Doc { article: at, variant, sort, page, share, metric }
}
