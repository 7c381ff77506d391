//! draft
use std::collections::HashMap;
use super::lines::PageLines;
use super::pattern::{Level, written};

#[derive(Debug, Clone)]
pub struct Seen {
    pub key: u64,
    pub level: Level,
    pub text: String,
    pub words: u32,
    pub prose: bool,
    pub on: u32,
    pub stays: u32,
    pub texts: u32,
    pub above0: u32,
    pub below0: u32,
}

pub fn stories(pages: &[PageLines]) -> Vec<usize> {
    let mut of: Vec<usize> = (0..pages.len()).collect();
    for i in 0..pages.len() {
        for j in 0..i {
            if of[j] == j && pages[i].tells_the_same(&pages[j]) { of[i] = j; break; }
        }
    }
    of
}

pub fn seen(pages: &[PageLines]) -> (usize, Vec<Seen>) {
    let of = stories(pages);
    let n = of.iter().enumerate().filter(|(i, j)| i == *j).count();
    let mut map: HashMap<u64, (Seen, Vec<usize>, Vec<u64>)> = HashMap::new();
    for (i, page) in pages.iter().enumerate() {
        for line in &page.lines {
            for (level, key) in line.keys.all() {
                let e = map.entry(key).or_insert_with(|| (Seen { key, level, text: written(&line.text, level), words: line.words, prose: line.is_prose, on: 0, stays: 0, texts: 0, above0: 0, below0: 0 }, vec![], vec![]));
                let t = line.keys.at(Level::Exact).unwrap_or(0);
                if !e.2.contains(&t) { e.2.push(t); }
                if e.1.contains(&of[i]) { continue; }
                e.1.push(of[i]);
                e.0.on += 1;
                e.0.stays += u32::from(line.stays);
                e.0.above0 += u32::from(line.above == 0);
                e.0.below0 += u32::from(line.below == 0);
            }
        }
    }
    let mut out: Vec<Seen> = map.into_values().map(|(mut s, _, t)| { s.texts = t.len() as u32; s }).collect();
    out.sort_by(|a, b| a.key.cmp(&b.key));
    (n, out)
}
