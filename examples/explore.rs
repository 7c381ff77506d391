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
        let mut tot: BTreeMap<String, f64> = BTreeMap::new();
        for (dom, keys) in &by {
            if keys.len() < 3 || dom.is_empty() { continue; }
            let grp = if keys.len() < 5 { "3" } else { "5" };
            let mut pages = vec![]; let mut cs = vec![];
            for k in keys {
                let Some(t) = texts.get(&(k.clone(), variant.to_string())) else { continue };
                let c = clean_text(t, &Settings { source: Source::Text, ..Settings::default() });
                let bt: Vec<String> = c.page.blocks.iter().map(|b| b.text.clone()).collect();
                let sh = label::shares(&bt, &gold[k]);
                pages.push(PageLines::of(&c.page));
                cs.push((k.clone(), c, sh));
            }
            let (_, sn) = seen(&pages);
            let on: HashMap<u64, u32> = sn.iter().map(|s| (s.key, s.on)).collect();
            for (k, c, sh) in &cs {
                let b = &c.page.blocks;
                let rec: Vec<u32> = b.iter().map(|b| Keys::of(&b.text).all().map(|(_, k)| on.get(&k).copied().unwrap_or(0)).max().unwrap_or(0)).collect();
                let ex: Vec<u32> = b.iter().map(|b| Keys::of(&b.text).at(Level::Exact).and_then(|k| on.get(&k).copied()).unwrap_or(0)).collect();
                let good = |i: usize| sh[i] >= 0.5 && b[i].shape.words >= 8;
                let first = (0..b.len()).find(|i| good(*i)); let last = (0..b.len()).rfind(|i| good(*i));
                for i in 0..b.len() {
                    let w = b[i].shape.words as f64;
                    if c.page.facts.headline == Some(i) { continue; }
                    *tot.entry(format!("{grp} all gold words")).or_default() += if sh[i] >= 0.5 { w } else { 0.0 };
                    if !b[i].is_dropped() && sh[i] < 0.5 {
                        let r = if ex[i] >= 3 { "exact3" } else if rec[i] >= 3 { "slot3" } else if ex[i] == 2 { "two" } else { "one" };
                        let p = match (first, last) {
                            (Some(f), _) if i < f => if (i..f).any(|j| ex[j] >= 3) { "head-edge" } else { "head" },
                            (_, Some(l)) if i > l => if (l + 1..=i).any(|j| ex[j] >= 3) { "tail-edge" } else { "tail" },
                            (None, _) => "nogold",
                            _ => "inside",
                        };
                        *tot.entry(format!("{grp} FP {p} {r} {}", if b[i].shape.is_prose() { "prose" } else { "short" })).or_default() += w;
                        if a.len() > 3 && variant == "htmltext" { println!("FP {dom} {k} {p} {r} {w} {}", b[i].text.chars().take(120).collect::<String>()); }
                    } else if b[i].is_dropped() && sh[i] >= 0.5 {
                        let inside = (0..i).any(|j| !b[j].is_dropped() && b[j].shape.is_prose()) && (i..b.len()).any(|j| !b[j].is_dropped() && b[j].shape.is_prose());
                        let r = if ex[i] >= 3 { "exact3" } else { "one" };
                        *tot.entry(format!("{grp} FN {} {r} {} {}", if inside { "inside" } else { "out" }, if b[i].shape.is_prose() { "prose" } else { "short" }, if matches!(b[i].verdict(), newsclean::page::Verdict::Drop(w) if w.pass == "model") {"model"} else {"rule"})).or_default() += w;
                        if a.len() > 3 && variant == "htmltext" { println!("FN {dom} {k} {r} {w} {}", b[i].text.chars().take(120).collect::<String>()); }
                    }
                }
            }
        }
        println!("== {variant}");
        for (k, v) in tot { println!("{k:40} {v:8.0}"); }
    }
}
