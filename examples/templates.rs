//! What site templates are worth: labelled pages grouped by site, cleaned with and without what the pages of their site share.
//!
//! `cargo run --release --example templates -- FOLDER` reads `articles-dev.jsonl.gz` (`key, domain, gold`) and `text-dev.jsonl.gz`
//! (`key, variant, text`) in FOLDER, takes the sites with three pages or more, and prints for each way in which pages were saved
//! as text: F1 without and with templates on small sites (3-4 pages) and on others (5 and more), the most that dropping shared lines can
//! reach (if all that stay and are no part of the article went, and no others), and the share of the articles' words that are lost.
//! `--split train` looks at other pages, `--sites` at each site.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, missing_docs, unreachable_pub)]

#[path = "train/metric.rs"]
mod metric;
#[path = "train/rows.rs"]
mod rows;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use clap::Parser;
use metric::Shingles;
use newsclean::template::{self, PageLines};
use newsclean::{Cleaned, Error, Settings, Source, Templates, clean_text, skim};
use rows::{DUMPS, rows};
use serde::Deserialize;

#[derive(Debug, Parser)]
#[command(about = "Measures what site templates are worth")]
struct Args {
    /// Folder with the labelled pages.
    folder: PathBuf,
    /// Which pages.
    #[arg(long, default_value = "dev")]
    split: String,
    /// The HTML pages (`html-dev.jsonl.gz` with `key, html`) instead of the texts.
    #[arg(long)]
    html: bool,
    /// A line for each site too.
    #[arg(long)]
    sites: bool,
}

#[derive(Debug, Deserialize)]
struct Article {
    key: String,
    #[serde(default)]
    domain: String,
    gold: String,
}

#[derive(Debug, Deserialize)]
struct Variant {
    key: String,
    #[serde(default = "html")]
    variant: String,
    #[serde(alias = "html")]
    text: String,
}

fn html() -> String {
    "html".to_owned()
}

/// Precision and recall of a page without and with templates and at best, and how many words of its article were lost without and with.
#[derive(Debug, Clone, Copy)]
struct Row {
    scores: [(Option<f64>, Option<f64>); 3],
    lost: [f64; 2],
    words: f64,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let articles: Vec<Article> = rows(&args.folder.join(format!("articles-{}.jsonl.gz", args.split)))?;
    let kind = if args.html { "html" } else { "text" };
    let texts: Vec<Variant> = rows(&args.folder.join(format!("{kind}-{}.jsonl.gz", args.split)))?;
    let texts: HashMap<(&str, &str), &str> = texts.iter().map(|t| ((t.key.as_str(), t.variant.as_str()), t.text.as_str())).collect();
    let mut sites: BTreeMap<&str, Vec<&Article>> = BTreeMap::new();
    for article in articles.iter().filter(|a| !a.domain.is_empty()) {
        sites.entry(&article.domain).or_default().push(article);
    }
    sites.retain(|_, articles| articles.len() >= template::LEAST_STORIES);
    println!(
        "{:12}{:>7}{:>7}{:>10}{:>9}{:>9}{:>9}{:>9}{:>9}",
        "input", "sites", "pages", "without", "with", "gain", "at best", "lost", "lost"
    );
    let mut all: BTreeMap<&str, Vec<[f64; 5]>> = BTreeMap::new();
    for variant in if args.html { &["html"][..] } else { &DUMPS } {
        let mut groups: BTreeMap<&str, (usize, Vec<Row>)> = BTreeMap::new();
        for (site, articles) in &sites {
            let pages: Vec<(&str, &str)> =
                articles.iter().filter_map(|a| Some((*texts.get(&(a.key.as_str(), *variant))?, a.gold.as_str()))).collect();
            let measured = measure(&pages, if args.html { Source::Html } else { Source::Text })?;
            if args.sites {
                show(&format!("  {site}"), 1, &measured);
            }
            let group = groups.entry(if articles.len() < 5 { "3-4 pages" } else { "5 and more" }).or_default();
            group.0 += 1;
            group.1.extend(measured);
        }
        for (name, (sites, measured)) in &groups {
            all.entry(name).or_default().push(show(&format!("{variant} {name}"), *sites, measured));
        }
    }
    for (name, figures) in all {
        let mean = |at: usize| figures.iter().map(|f| f[at]).sum::<f64>() / figures.len() as f64;
        let [without, with, best, before, after] = [0, 1, 2, 3, 4].map(mean);
        let gain = with - without;
        println!("mean of {name}: F1 {without:.4} -> {with:.4} ({gain:+.4}; at best {best:.4}), lost {before:.5} -> {after:.5}");
    }
    Ok(())
}

/// Prints the figures of some pages: F1 without and with templates, and the share of the articles' words lost.
fn show(name: &str, sites: usize, rows: &[Row]) -> [f64; 5] {
    let f1 = |at: usize| metric::f1(&rows.iter().map(|r| r.scores[at]).collect::<Vec<_>>());
    let lost = |at: usize| rows.iter().map(|r| r.lost[at]).sum::<f64>() / rows.iter().map(|r| r.words).sum::<f64>().max(1.0);
    let [without, with, best, before, after] = [f1(0), f1(1), f1(2), lost(0), lost(1)];
    println!("{name:24}{sites:3}{:5}{without:11.4}{with:9.4}{:+9.4}{best:9.4}{before:9.4}{after:9.4}", rows.len(), with - without);
    [without, with, best, before, after]
}

/// The pages of a site, cleaned without and with the site's templates, against their articles.
fn measure(pages: &[(&str, &str)], source: Source) -> anyhow::Result<Vec<Row>> {
    let settings = Settings { headline: false, source, ..Settings::default() };
    let clean = |settings: &Settings| pages.iter().map(|(text, _)| clean_text(text, settings)).collect::<Result<Vec<_>, _>>();
    let plain = clean(&settings)?;
    let skimmed = pages.iter().map(|(text, _)| Ok(PageLines::of(&skim(text.as_bytes(), &settings)?)));
    let site = template::learn(skimmed.collect::<Result<_, Error>>()?);
    let shared = shared(&plain);
    let with = Settings { templates: site.map_or(Templates::Off, |site| Templates::Of(Arc::new(site))), ..settings };
    let rows = pages.iter().zip(plain).zip(clean(&with)?).map(|(((_, gold), plain), cleaned)| {
        let shingles = Shingles::of(gold);
        let words: Vec<u64> = metric::words(gold).collect();
        let best = without_shared(&plain, &shared, &words);
        let outputs = [plain.text(), cleaned.text(), best].map(|text| metric::words(&text).collect::<Vec<u64>>());
        Row {
            scores: [0, 1, 2].map(|at| shingles.score(&outputs[at])),
            lost: [0, 1].map(|at| lost(&words, &outputs[at])),
            words: words.len() as f64,
        }
    });
    Ok(rows.collect())
}

/// The lines that enough pages of a site have for a template, by their words with numbers aside.
fn shared(pages: &[Cleaned]) -> HashSet<u32> {
    let mut on: HashMap<u32, usize> = HashMap::new();
    for page in pages {
        let lines: HashSet<u32> = page.page.blocks.iter().map(|b| b.shape.folded).collect();
        lines.into_iter().for_each(|line| *on.entry(line).or_default() += 1);
    }
    on.into_iter().filter(|(_, pages)| *pages >= template::LEAST_STORIES).map(|(line, _)| line).collect()
}

/// The text of a page without the `shared` lines that are no part of its article, as only the article itself can tell.
fn without_shared(cleaned: &Cleaned, shared: &HashSet<u32>, gold: &[u64]) -> String {
    let page = &cleaned.page;
    let blocks = page.blocks.iter().enumerate().filter(|(at, b)| !b.is_dropped() && page.facts.headline != Some(*at));
    let texts = blocks.map(|(_, b)| (b, b.uncut())).filter(|(b, text)| {
        let words: Vec<u64> = metric::words(text).collect();
        !shared.contains(&b.shape.folded) || words.is_empty() || gold.windows(words.len()).any(|part| part == words)
    });
    texts.map(|(_, text)| text.into_owned() + "\n\n").collect()
}

/// How many words of the article are not in the output, each as often as it stands there.
fn lost(gold: &[u64], output: &[u64]) -> f64 {
    let mut counts: HashMap<u64, i64> = HashMap::new();
    gold.iter().for_each(|w| *counts.entry(*w).or_default() += 1);
    output.iter().for_each(|w| *counts.entry(*w).or_default() -= 1);
    counts.values().filter(|n| **n > 0).sum::<i64>() as f64
}
