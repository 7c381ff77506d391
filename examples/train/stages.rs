//! The stages of learning, each on what the one before says of sites it has not seen.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use newsclean::model::{Bars, Columns, Weights, add_scores, settle, features, trees::Forest, weights::hash_of};

use crate::FOLDS;
use crate::boost::{Growth, Table, grow};
use crate::data::{self, Article, DUMPS, Doc, Sort};
use crate::lexicon::{self, Example};
use crate::report::Figures;

const FIRST: Growth = Growth { trees: 200, rate: 0.12, rows: 0.4, columns: 0.4, damping: 4.0, bins: 64 };
const SECOND: Growth = Growth { trees: 120, rate: 0.1, rows: 0.4, columns: 0.4, damping: 8.0, bins: 64 };

/// Labelled pages with their features.
struct Split {
    articles: Vec<Article>,
    docs: Vec<Doc>,
    columns: Vec<Columns>,
}

/// Learns everything from the pages in `folder` and writes the weights to `out`.
pub fn run(folder: &Path, out: &Path) -> Result<()> {
    let clock = Instant::now();
    let say = |what: &str| println!("[{:5.0} s] {what}", clock.elapsed().as_secs_f32());
    let some = |variant: &str, at: usize| DUMPS.contains(&variant) || (at + variant.len()) % 2 == 0;
    let mut learn = load(folder, "train", some)?;
    let silver = load(folder, "silver", some)?;
    join(&mut learn, silver);
    let mut dev = load(folder, "dev", |_, _| true)?;
    say(&format!("{} pages to learn from, {} to look at", learn.docs.len(), dev.docs.len()));
    ceiling(&dev);

    let (unit, words) = learn_words(&mut learn, &mut dev);
    say("words learned");
    for split in [&mut learn, &mut dev] {
        split.columns = crate::parallel(split.docs.iter().collect(), |doc| features(&doc.page));
    }
    say(&format!("{} features measured", dev.columns[0].names().len()));
    let first_growth = tuned(FIRST);
    let first = stage(&mut learn, &mut dev, &first_growth, "first", &say);
    if std::env::var("Q").is_ok() {
        return Ok(());
    }
    for (split, scores) in [(&mut learn, &first.learn), (&mut dev, &first.dev)] {
        let docs = &split.docs;
        for (d, columns) in split.columns.iter_mut().enumerate() {
            add_scores(columns, &docs[d].page, &scores[d]);
        }
    }
    let second = stage(&mut learn, &mut dev, &SECOND, "second", &say);
    let name = format!("{} pages", learn.articles.len());
    let weights =
        Weights { name, features: hash_of(dev.columns[0].names()), unit, words, first: first.forest, second: second.forest };
    std::fs::write(out, weights.to_bytes())?;
    say(&format!("{} bytes written to {}", weights.to_bytes().len(), out.display()));
    Ok(())
}

fn tuned(growth: Growth) -> Growth {
    let get = |name: &str, or: f32| std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(or);
    Growth {
        trees: get("TREES", growth.trees as f32) as usize,
        rate: get("RATE", growth.rate),
        rows: get("ROWS", growth.rows),
        columns: get("COLS", growth.columns),
        damping: f64::from(get("DAMP", growth.damping as f32)),
        ..growth
    }
}

fn load(folder: &Path, split: &str, wants: impl Fn(&str, usize) -> bool + Sync) -> Result<Split> {
    let (articles, docs) = data::read(folder, split, wants)?;
    Ok(Split { articles, docs, columns: Vec::new() })
}

fn join(into: &mut Split, from: Split) {
    let shift = into.articles.len();
    into.articles.extend(from.articles);
    into.docs.extend(from.docs.into_iter().map(|doc| Doc { article: doc.article + shift, ..doc }));
}

/// What the best decisions could reach: with all blocks free, and with those that the rules left.
fn ceiling(dev: &Split) {
    let label = |d: usize, i: usize| dev.docs[d].share[i] >= 0.5;
    println!("{}", Figures::of(&dev.articles, &dev.docs, |_, _| true).line("all that is there"));
    println!("{}", Figures::of(&dev.articles, &dev.docs, |d, i| !dev.docs[d].page.blocks[i].is_dropped()).line("what the rules leave"));
    println!("{}", Figures::of(&dev.articles, &dev.docs, label).line("oracle"));
    let left = |d: usize, i: usize| label(d, i) && !dev.docs[d].page.blocks[i].is_dropped();
    println!("{}", Figures::of(&dev.articles, &dev.docs, left).line("oracle behind the rules"));
}

/// Learns the word weights and sets every block's lexical score, by weights that have not seen its site.
fn learn_words(learn: &mut Split, dev: &mut Split) -> (f32, Vec<i8>) {
    let variants = ["htmltext", "bs4", "trafilatura", "resiliparse"];
    let docs: Vec<&Doc> = learn.docs.iter().filter(|d| variants.contains(&d.variant.as_str())).collect();
    let examples: Vec<(usize, Vec<Example>)> = crate::parallel(docs, |doc| {
        let blocks = doc.page.blocks.iter().zip(&doc.share);
        let weight = |words: u32| ((words.min(40) as f32 + 0.5) / 20.0).sqrt();
        let of = blocks.map(|(b, share)| Example::new(&b.text, f32::from(u8::from(*share >= 0.5)), weight(b.shape.words)));
        (learn.articles[doc.article].fold, of.collect())
    });
    let models = crate::parallel((0..=FOLDS).collect(), |fold| {
        let seen: Vec<&Example> = examples.iter().filter(|(f, _)| *f != fold).flat_map(|(_, e)| e).collect();
        lexicon::to_bytes(&lexicon::learn(&seen, fold as u64 + 1))
    });
    let floats: Vec<Vec<f32>> = models.iter().map(|(unit, w)| w.iter().map(|w| f32::from(*w) * unit).collect()).collect();
    for (split, is_dev) in [(learn, false), (dev, true)] {
        let articles = &split.articles;
        crate::parallel(split.docs.iter_mut().collect(), |doc| {
            let fold = if is_dev { FOLDS } else { articles[doc.article].fold };
            for block in &mut doc.page.blocks {
                block.lexical = lexicon::read(&floats[fold], &lexicon::slots_of(&block.text));
            }
        });
    }
    models.into_iter().nth(FOLDS).unwrap()
}

/// A learned stage: its forest, and the scores of all blocks, those to learn from by forests that have not seen the site.
struct Stage {
    forest: Forest,
    learn: Vec<Vec<f32>>,
    dev: Vec<Vec<f32>>,
}

fn stage(learn: &mut Split, dev: &mut Split, growth: &Growth, name: &str, say: &dyn Fn(&str)) -> Stage {
    let mut scores = vec![Vec::new(); learn.docs.len()];
    let mut forest = Forest::default();
    let quick = std::env::var("Q").is_ok();
    for fold in 0..=FOLDS {
        if quick && fold > 0 {
            break;
        }
        let table = table(learn, |article| article.fold != fold);
        let grown = grow(&table, growth, fold as u64 + 11);
        let held: Vec<usize> = (0..learn.docs.len()).filter(|d| learn.articles[learn.docs[*d].article].fold == fold).collect();
        for (d, s) in held.iter().zip(crate::parallel(held.clone(), |d| grown.scores(&learn.columns[d]))) {
            scores[*d] = s;
        }
        say(&format!("{name} stage, fold {fold}: {} rows", table.labels.len()));
        forest = grown;
    }
    let dev_scores = crate::parallel(dev.columns.iter().collect(), |c| forest.scores(c));
    gains(&forest, dev.columns[0].names());
    for dump in [-0.9f32, -0.6, -0.4, -0.2] {
        for (article, mostly, expected) in [(dump, 0.8f32, 0.0f32), (-2.0, 0.7, 0.0), (-2.0, 0.8, 0.0), (-2.0, 0.9, 0.0), (-3.0, 0.8, 0.0), (-2.0, 0.8, 1.0 + dump / 2.0)] {
            let bars = Bars { dump, article, mostly, expected };
            for (name, split, scores) in [("dev", &*dev, &dev_scores), ("learn", &*learn, &scores)] {
                let stays = crate::parallel((0..split.docs.len()).collect(), |d| settle(&split.docs[d].page, &scores[d], &bars));
                let keep = |d: usize, i: usize| !split.docs[d].page.blocks[i].is_dropped() && (!split.docs[d].is_asked(i) || stays[d][i]);
                println!("{}", Figures::of(&split.articles, &split.docs, keep).line(&format!("{name} {dump} {article} {mostly} {expected}")));
            }
        }
    }
    Stage { forest, learn: scores, dev: dev_scores }
}

/// How often each feature is asked, the most asked first.
fn gains(forest: &Forest, names: &[newsclean::model::Name]) {
    let mut asked = vec![0usize; names.len()];
    forest.trees.iter().flat_map(|t| t.splits).filter(|s| s.above < 255).for_each(|s| asked[usize::from(s.column)] += 1);
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|c| std::cmp::Reverse(asked[*c]));
    let most: Vec<String> = order.iter().take(60).map(|c| format!("{} {:+}: {}", names[*c].what, names[*c].at, asked[*c])).collect();
    println!("most asked: {}", most.join("; "));
    let never: Vec<String> = order.iter().filter(|c| asked[**c] == 0).map(|c| format!("{} {:+}", names[*c].what, names[*c].at)).collect();
    println!("never asked: {}", never.join("; "));
}

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
            labels.push(f32::from(u8::from(doc.share[i] >= 0.5)));
            weights.push(weight(article, doc, block.shape.words));
        }
    }
    let drop = std::env::var("DROP").unwrap_or_default();
    let columns = crate::parallel((0..split.columns[0].names().len()).collect(), |c| {
        if drop.split(',').any(|p| !p.is_empty() && split.columns[0].names()[c].what.starts_with(p)) {
            return vec![0; rows.len()];
        }
        rows.iter().map(|(d, i)| split.columns[*d as usize].column(c)[*i as usize]).collect()
    });
    Table { columns, labels, weights }
}

fn weight(article: &Article, doc: &Doc, words: u32) -> f32 {
    let size = ((words as f32 + 0.3) * 100.0 / (article.words.max(60) as f32)).sqrt();
    let source = if article.agreement.is_some() { 0.6 } else { 1.0 };
    let sort = match doc.sort {
        Sort::Dump => 1.0,
        Sort::Extract => 1.0,
        Sort::Gold => 1.5,
    };
    size * source * sort
}
