//! How fast whole pages are cleaned, by size: `cargo bench --bench pages` shows MB/s.
//!
//! The pages are the fixtures, one after another until the size is reached, so that every language, layout and kind of noise has its share.

#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../tests/common/grow.rs"]
mod grow;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use newsclean::{Settings, clean};

/// A paragraph, an article, a page with comments, a huge thread.
const SIZES: [usize; 4] = [1_000, 10_000, 100_000, 1_000_000];

fn main() {
    divan::main();
}

fn bench(bencher: Bencher<'_, '_>, page: &str) {
    let settings = Settings::default();
    bencher.counter(BytesCount::of_str(page)).bench(|| clean(black_box(page.as_bytes()), &settings).map(|c| c.text()));
}

#[divan::bench(args = SIZES)]
fn text(bencher: Bencher<'_, '_>, size: usize) {
    bench(bencher, &grow::text(size));
}

#[divan::bench(args = SIZES)]
fn html(bencher: Bencher<'_, '_>, size: usize) {
    bench(bencher, &grow::html(size));
}

/// Every fixture page on its own, as a stream of records would bring them.
#[divan::bench(args = ["page.txt", "page.html"])]
fn all_fixtures(bencher: Bencher<'_, '_>, name: &str) {
    let pages = grow::fixtures(name);
    let settings = Settings::default();
    let bytes: usize = pages.iter().map(String::len).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| pages.iter().map(|page| clean(black_box(page.as_bytes()), &settings).map_or(0, |c| c.text().len())).sum::<usize>());
}
