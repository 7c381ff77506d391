//! How fast huge pages are cleaned, by shape: `cargo bench --bench growth` shows MB/s, which must not fall with the size.

#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../tests/common/grow.rs"]
mod grow;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use newsclean::{Settings, clean};

const SIZES: [usize; 4] = [1_000_000, 5_000_000, 10_000_000, 50_000_000];

fn main() {
    divan::main();
}

fn bench(bencher: Bencher<'_, '_>, page: &str) {
    let settings = Settings::default();
    bencher.counter(BytesCount::of_str(page)).bench(|| clean(black_box(page.as_bytes()), &settings).map(|c| c.text()));
}

/// Paragraphs, none said twice.
#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn prose(bencher: Bencher<'_, '_>, size: usize) {
    bench(bencher, &grow::prose(size));
}

/// One paragraph again and again.
#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn same_paragraph(bencher: Bencher<'_, '_>, size: usize) {
    bench(bencher, &grow::same(size));
}

/// Many paragraphs again and again.
#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn repeated_paragraphs(bencher: Bencher<'_, '_>, size: usize) {
    bench(bencher, &grow::repeated(size));
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn comments(bencher: Bencher<'_, '_>, size: usize) {
    bench(bencher, &grow::comments(size));
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn short_lines(bencher: Bencher<'_, '_>, size: usize) {
    bench(bencher, &grow::short_lines(size));
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn html(bencher: Bencher<'_, '_>, size: usize) {
    bench(bencher, &grow::html(size));
}
