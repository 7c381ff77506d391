//! How fast whole pages are cleaned, by size: `cargo bench` shows MB/s.
//!
//! The pages are the fixtures, one after another until the size is reached, so that every language, layout and kind of noise has its share.

#[path = "../tests/common/mod.rs"]
mod common;

use std::fs;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use newsclean::{Settings, clean};

fn main() {
    divan::main();
}

/// The fixture pages that are UTF-8, in order of their names.
fn pages() -> Vec<String> {
    common::pages("page.txt").iter().filter_map(|p| fs::read_to_string(p).ok()).collect()
}

/// A page of `size` bytes, give or take a line.
fn page(size: usize) -> String {
    let pages = pages();
    let lines = pages.iter().flat_map(|p| p.lines()).cycle();
    let mut out = String::with_capacity(size + 1024);
    for line in lines {
        out.push_str(line);
        out.push('\n');
        if out.len() >= size {
            return out;
        }
    }
    out
}

/// One page of fixtures run together: the size of a paragraph, an article, a page with comments, a huge thread.
#[divan::bench(args = [1_000, 10_000, 100_000, 1_000_000])]
fn one_page(bencher: Bencher<'_, '_>, size: usize) {
    let page = page(size);
    let settings = Settings::default();
    bencher.counter(BytesCount::of_str(&page)).bench(|| clean(black_box(page.as_bytes()), &settings).map(|c| c.text()));
}

/// Every fixture page on its own, as a stream of records would bring them.
#[divan::bench]
fn all_fixtures(bencher: Bencher<'_, '_>) {
    let pages = pages();
    let settings = Settings::default();
    let bytes: usize = pages.iter().map(String::len).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| pages.iter().map(|page| clean(black_box(page.as_bytes()), &settings).map_or(0, |c| c.text().len())).sum::<usize>());
}
