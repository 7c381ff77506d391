//! What holds for every input: no panic, the text comes from the page in order and unaltered, and cleaning twice is cleaning once.
//!
//! Pages are arbitrary bytes, arbitrary lines of the kind that news pages are made of, and fixtures with lines dropped, doubled, moved
//! and cut and bytes flipped. The cases are the same in every run; `SEED=2 CASES=50 cargo test --release --test properties` tries
//! others, fifty times as many.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a failed test may panic")]

mod common;
#[path = "promises/html.rs"]
mod html;
#[path = "promises/text.rs"]
mod text;

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use newsclean::Source;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use text::Other;

/// Cases of each property; together more than 20,000.
const BYTES: u32 = 6_000;
const LINES: u32 = 6_000;
const FIXTURES: u32 = 8_000;
const TWICE: u32 = 8_000;
const SCATTERED: u32 = 8_000;

fn number(name: &str, default: u32) -> u32 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

/// Runs `test` on `cases` pages; the smallest page found that fails is put into a file, to be looked at.
fn property(name: &str, cases: u32, pages: impl Strategy<Value = Vec<u8>>, test: impl Fn(&[u8]) -> Result<(), String>) {
    let config = Config { cases: cases * number("CASES", 1), failure_persistence: None, max_shrink_iters: 3_000, ..Config::default() };
    let mut seed = [0; 32];
    seed[..4].copy_from_slice(&number("SEED", 1).to_le_bytes());
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    match runner.run(&pages, |page| test(&page).map_err(TestCaseError::fail)) {
        Ok(()) => {}
        Err(TestError::Abort(why)) => panic!("{why}"),
        Err(TestError::Fail(why, page)) => {
            let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.txt"));
            fs::write(&path, page).unwrap();
            panic!("{why}\nThe page is in {}", path.display());
        }
    }
}

#[test]
fn any_bytes_are_safe() {
    let bytes = prop::collection::vec(any::<u8>(), 0..600);
    let sparse = prop::collection::vec(prop_oneof![20 => 0x20..0x7fu8, 3 => Just(b'\n'), 1 => any::<u8>()], 0..1500);
    property("any-bytes", BYTES, prop_oneof![bytes, sparse], holds);
}

#[test]
fn any_lines_are_safe() {
    property("any-lines", LINES, prop::collection::vec(line(), 0..60).prop_map(|lines| lines.join("\n").into_bytes()), holds);
}

#[test]
fn text_comes_from_the_page_in_order_and_unaltered() {
    property("in-order", FIXTURES, mutant(), holds);
}

#[test]
fn cleaning_twice_is_cleaning_once() {
    property("twice", TWICE, mutant(), |page| text::is_stable(page, Source::Auto));
}

#[test]
fn cleaning_twice_is_cleaning_once_wherever_the_blank_lines_are() {
    property("scattered", SCATTERED, scattered(), |page| text::is_stable(page, Source::Auto));
}

/// Some lines of an article that is clean, others among them, twice or once, and blank lines anywhere.
fn scattered() -> impl Strategy<Value = Vec<u8>> {
    let index = any::<prop::sample::Index>;
    let others = prop::collection::vec((index(), index(), any::<bool>()), 1..5);
    let gaps = prop::collection::vec(prop_oneof![3 => Just("\n"), 1 => Just("\n\n"), 1 => Just("\n    ")], 24);
    (index(), index(), 2..14usize, others, gaps).prop_map(|(article, first, count, others, gaps)| {
        let lines = article.get(&ARTICLES);
        let mut lines: Vec<&str> = lines.iter().skip(first.index(lines.len())).take(count).map(String::as_str).collect();
        for (line, at, twice) in &others {
            let line = line.get(&LINES_OF_FIXTURES);
            lines.extend(twice.then_some(line.as_str()));
            lines.insert(at.index(lines.len()), line);
        }
        lines.iter().zip(&gaps).flat_map(|(line, gap)| [*line, *gap]).collect::<String>().into_bytes()
    })
}

/// The lines of each fixture's article.
static ARTICLES: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let lines = |page: PathBuf| fs::read_to_string(page.with_file_name("expected.txt")).unwrap_or_default();
    let articles =
        common::pages("page.txt").into_iter().map(|page| lines(page).lines().filter(|l| !l.is_empty()).map(str::to_owned).collect());
    articles.filter(|lines: &Vec<String>| !lines.is_empty()).collect()
});

/// What holds for any page of text, and for one of HTML, which a changed page may look like.
fn holds(page: &[u8]) -> Result<(), String> {
    match text::holds(page, Source::Auto)? {
        Some(Other::Html) => html::holds(page),
        Some(Other::Binary) | None => Ok(()),
    }
}

/// A line of the kind that news pages are made of, or nonsense in its shape.
fn line() -> impl Strategy<Value = String> {
    let known = any::<prop::sample::Index>().prop_map(|i| i.get(&LINES_OF_FIXTURES).clone());
    let words = "[A-Za-zéüßжя日本ا]{1,9}";
    let prose = prop::collection::vec(words, 1..30).prop_map(|w| format!("{}.", w.join(" ")));
    let marks = "[-*#>|•0-9.,:+%$€©\\[\\]() a-z\u{200b}\u{a0}\u{ad}\u{2028}\r\t]{0,40}";
    prop_oneof![6 => known, 3 => prose, 2 => marks, 2 => Just(String::new())]
}

/// A fixture page with changes.
#[derive(Clone)]
struct Mutant {
    fixture: prop::sample::Index,
    changes: Vec<Change>,
}

#[derive(Debug, Clone)]
enum Change {
    Drop(prop::sample::Index),
    Double(prop::sample::Index),
    Swap(prop::sample::Index, prop::sample::Index),
    /// A line of any fixture goes in.
    Insert(prop::sample::Index, prop::sample::Index),
    /// A line is cut at a byte.
    Cut(prop::sample::Index, prop::sample::Index),
    Flip(prop::sample::Index, u8),
    /// The page ends here.
    End(prop::sample::Index),
    /// The page begins here.
    Begin(prop::sample::Index),
    /// No blank lines.
    Dense,
    /// A blank line after every line.
    Loose,
}

fn mutant() -> impl Strategy<Value = Vec<u8>> {
    let index = any::<prop::sample::Index>;
    let change = prop_oneof![
        4 => index().prop_map(Change::Drop),
        4 => index().prop_map(Change::Double),
        4 => (index(), index()).prop_map(|(a, b)| Change::Swap(a, b)),
        4 => (index(), index()).prop_map(|(a, b)| Change::Insert(a, b)),
        2 => (index(), index()).prop_map(|(a, b)| Change::Cut(a, b)),
        2 => (index(), any::<u8>()).prop_map(|(a, b)| Change::Flip(a, b)),
        1 => index().prop_map(Change::End),
        1 => index().prop_map(Change::Begin),
        1 => Just(Change::Dense),
        1 => Just(Change::Loose),
    ];
    (index(), prop::collection::vec(change, 0..12)).prop_map(|(fixture, changes)| Mutant { fixture, changes }.page())
}

impl Mutant {
    fn page(&self) -> Vec<u8> {
        let page = self.fixture.get(&PAGES);
        let mut lines: Vec<Vec<u8>> = page.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
        for change in &self.changes {
            if !lines.is_empty() {
                change.apply(&mut lines);
            }
        }
        lines.join(&b'\n')
    }
}

impl Change {
    fn apply(&self, lines: &mut Vec<Vec<u8>>) {
        let n = lines.len();
        match self {
            Self::Drop(at) => drop(lines.remove(at.index(n))),
            Self::Double(at) => lines.insert(at.index(n), lines[at.index(n)].clone()),
            Self::Swap(a, b) => lines.swap(a.index(n), b.index(n)),
            Self::Insert(at, line) => lines.insert(at.index(n), line.get(&LINES_OF_FIXTURES).clone().into_bytes()),
            Self::Cut(at, to) => {
                let line = &mut lines[at.index(n)];
                line.truncate(to.index(line.len() + 1));
            }
            Self::Flip(at, bits) => {
                let line = &mut lines[at.index(n)];
                let byte = at.index(line.len().max(1));
                if let Some(byte) = line.get_mut(byte) {
                    *byte ^= bits;
                }
            }
            Self::End(at) => lines.truncate(at.index(n) + 1),
            Self::Begin(at) => drop(lines.drain(..at.index(n))),
            Self::Dense => lines.retain(|line| !line.iter().all(u8::is_ascii_whitespace)),
            Self::Loose => *lines = lines.iter().flat_map(|line| [line.clone(), Vec::new()]).collect(),
        }
    }
}

/// Every fixture page.
static PAGES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| common::pages("page.txt").iter().map(|p| fs::read(p).unwrap()).collect());

/// Every line of them.
static LINES_OF_FIXTURES: LazyLock<Vec<String>> =
    LazyLock::new(|| PAGES.iter().flat_map(|page| String::from_utf8_lossy(page).lines().map(str::to_owned).collect::<Vec<_>>()).collect());
