//! Pages in some thirty languages from which nothing was learned (those `held` of `examples/train/pages`, see its `own.rs`): how much of their
//! articles stays, how much of the furniture goes, and on how many the headline is found. Floors, to be raised with what is reached.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a failed test may panic, and tells what was reached")]

use newsclean::{Settings, clean_text};
use serde::Deserialize;

/// Least shares: of the articles' characters that stay, of lines of furniture that go (above and below the article, and in its midst), of
/// headlines found.
const TEXT: f64 = 0.93;
const AROUND: f64 = 0.95;
const AMIDST: f64 = 0.64;
const HEADLINES: f64 = 0.79;

#[derive(Deserialize)]
struct Page {
    /// Not learned from.
    #[serde(default)]
    held: bool,
    lines: Vec<(char, String)>,
}

/// A share that is counted page by page.
#[derive(Default)]
struct Share {
    have: usize,
    all: usize,
}

impl Share {
    fn count(&mut self, weight: usize, is: bool) {
        self.all += weight;
        self.have += if is { weight } else { 0 };
    }

    fn of(&self) -> f64 {
        self.have as f64 / self.all as f64
    }
}

fn held_pages() -> Vec<Page> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/train/pages");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap());
    let pages: Vec<Page> =
        files.flat_map(|file| file.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<_>>()).collect();
    pages.into_iter().filter(|page: &Page| page.held).collect()
}

#[test]
fn articles_of_other_languages_stay_and_their_furniture_goes() {
    let [mut text, mut around, mut amidst, mut headlines] = [(); 4].map(|()| Share::default());
    for (page, between) in held_pages().iter().flat_map(|page| [(page, "\n"), (page, "\n\n")]) {
        let scraped = page.lines.iter().map(|(_, line)| line.as_str()).collect::<Vec<_>>().join(between);
        let cleaned = clean_text(&scraped, &Settings::default()).unwrap();
        let written = cleaned.text();
        for (label, line) in &page.lines {
            match label {
                'B' => text.count(line.chars().count(), written.contains(line.as_str())),
                'H' => headlines.count(1, cleaned.json().headline.as_deref() == Some(line)),
                'M' => amidst.count(1, !written.lines().any(|l| l == line)),
                _ => around.count(1, !written.lines().any(|l| l == line)),
            }
        }
    }
    let reached = [&text, &around, &amidst, &headlines].map(Share::of);
    println!("text {:.3}, furniture around {:.3}, amidst {:.3}, headlines {:.3}", reached[0], reached[1], reached[2], reached[3]);
    for (share, floor) in reached.iter().zip([TEXT, AROUND, AMIDST, HEADLINES]) {
        assert!(*share >= floor, "reached {reached:.3?}");
    }
}
