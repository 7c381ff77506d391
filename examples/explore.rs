#![allow(clippy::all, clippy::pedantic, missing_docs, unreachable_pub, clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]
// scratch: dumps recurring lines with gold share
#[path = "train/label.rs"]
mod label;
use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader};
use newsclean::{Settings, Source, clean_text};
use newsclean::template::*;
use serde_json::Value;
fn rows(p: &str) -> Vec<Value> {
    BufReader::new(flate2::read::GzDecoder::new(std::fs::File::open(p).unwrap())).lines().map(|l| serde_json::from_str(&l.unwrap()).unwrap()).collect()
}
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let (dir, split) = (&a[1], &a[2]);
    let arts = rows(&format!("{dir}/articles-{split}.jsonl.gz"));
    let mut by: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut gold: HashMap<String, String> = HashMap::new();
    for x in &arts {
        let k = x["key"].as_str().unwrap().to_string();
        by.entry(x["domain"].as_str().unwrap_or("").to_string()).or_default().push(k.clone());
        gold.insert(k, x["gold"].as_str().unwrap().to_string());
    }
    let texts: HashMap<(String, String), String> = rows(&format!("{dir}/text-{split}.jsonl.gz")).into_iter().map(|x| ((x["key"].as_str().unwrap().to_string(), x["variant"].as_str().unwrap().to_string()), x["text"].as_str().unwrap().to_string())).collect();
    for variant in ["htmltext", "inscriptis", "bs4", "w3m", "html2text"] {
        for (dom, keys) in &by {
            if keys.len() < 3 { continue; }
            let mut pages = vec![]; let mut golds: HashMap<u64, (f64, f64)> = HashMap::new();
            for k in keys {
                let Some(t) = texts.get(&(k.clone(), variant.to_string())) else { continue };
                let c = clean_text(t, &Settings { source: Source::Text, ..Settings::default() });
                let bt: Vec<String> = c.page.blocks.iter().map(|b| b.text.clone()).collect();
                let sh = label::shares(&bt, &gold[k]);
                for (b, s) in c.page.blocks.iter().zip(sh) {
                    for (_, key) in Keys::of(&b.text).all() {
                        let e = golds.entry(key).or_default(); e.0 += s as f64; e.1 += 1.0;
                    }
                }
                pages.push(PageLines::of(&c.page));
            }
            let (n, seen) = seen(&pages);
            for s in seen.iter().filter(|s| s.on >= 3) {
                let g = golds.get(&s.key).copied().unwrap_or_default();
                println!("{variant}\t{dom}\t{}\t{n}\t{:?}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{:.2}\t{}", keys.len(), s.level, s.on, s.stays, s.texts, s.words, s.prose, s.above0, s.below0, g.0 / g.1.max(1.0), s.text);
            }
        }
    }
}
