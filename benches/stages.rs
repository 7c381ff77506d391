//! How fast each stage of a cleaning is, alone: `cargo bench --bench stages` shows MB/s of the page that goes through.
//!
//! The page is 100 KB of fixtures, as text or as HTML. A stage begins with what the one before has made of it.

#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../tests/common/grow.rs"]
mod grow;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use newsclean::measure::tokenize_into;
use newsclean::model::{self, columns::Columns};
use newsclean::page::Block;
use newsclean::passes::PASSES;
use newsclean::read::{blocks, decode, read_text};
use newsclean::rules::{self, Matcher, Scratch};
use newsclean::{Page, Settings, clean_text};

const SIZE: usize = 100_000;

fn main() {
    divan::main();
}

/// What is gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Html,
}

const FORMS: [Form; 2] = [Form::Text, Form::Html];

impl Form {
    fn page(self) -> String {
        match self {
            Self::Text => grow::text(SIZE),
            Self::Html => grow::html(SIZE),
        }
    }

    fn read(self) -> Page {
        read_text(&self.page(), &Settings::default())
    }

    /// The page after the passes before `name`.
    fn before(self, name: &str) -> Page {
        let mut page = self.read();
        PASSES.iter().take_while(|pass| pass.name != name).for_each(|pass| pass.run_on(&mut page));
        page
    }
}

/// Bytes to text.
#[divan::bench(args = FORMS)]
fn a_decode(bencher: Bencher<'_, '_>, form: Form) {
    let page = form.page();
    bencher.counter(BytesCount::of_str(&page)).bench(|| decode(black_box(page.as_bytes())).map(|text| text.len()));
}

/// Text to blocks; for HTML that is the parser, the tree and what the markup says of each block.
#[divan::bench(args = FORMS)]
fn b_blocks(bencher: Bencher<'_, '_>, form: Form) {
    let (page, settings) = (form.page(), Settings::default());
    bencher.counter(BytesCount::of_str(&page)).bench(|| blocks(black_box(&page), &settings));
}

/// The tokens of all blocks.
#[divan::bench(args = FORMS)]
fn c_tokens(bencher: Bencher<'_, '_>, form: Form) {
    let (page, read) = (form.page(), form.read());
    let mut tokens = Vec::new();
    bencher.counter(BytesCount::of_str(&page)).bench_local(|| {
        for block in &read.blocks {
            tokens.clear();
            black_box(tokenize_into(black_box(&block.text), &mut tokens));
        }
    });
}

/// The rules that match, with the tokens that they need.
#[divan::bench(args = FORMS)]
fn d_rules(bencher: Bencher<'_, '_>, form: Form) {
    let (page, read) = (form.page(), form.read());
    let matcher = Matcher::new(&rules::BUILTIN, &rules::BUILTIN);
    let mut scratch = Scratch::default();
    bencher
        .counter(BytesCount::of_str(&page))
        .bench_local(|| read.blocks.iter().map(|block| matcher.hits(black_box(&block.text), &mut scratch).len()).sum::<usize>());
}

/// Each pass after those before it; `duplicate` is the one that could grow faster than the page, `model` has its parts below.
#[divan::bench(args = PASSES.iter().map(|pass| pass.name))]
fn e_pass(bencher: Bencher<'_, '_>, name: &str) {
    let page = Form::Text.before(name);
    let pass = PASSES.iter().find(|pass| pass.name == name);
    let size = BytesCount::new(SIZE);
    bencher.counter(size).with_inputs(|| page.clone()).bench_local_refs(|page| {
        if let Some(pass) = pass {
            pass.run_on(page);
        }
    });
}

/// What the model sees of the page.
#[divan::bench(args = FORMS)]
fn f_features(bencher: Bencher<'_, '_>, form: Form) {
    let (source, page) = (form.page(), form.before("model"));
    bencher.counter(BytesCount::of_str(&source)).bench(|| features(black_box(&page)));
}

/// What the model says of it.
#[divan::bench(args = FORMS)]
fn g_model(bencher: Bencher<'_, '_>, form: Form) {
    let (source, page) = (form.page(), form.before("model"));
    let columns = features(&page);
    let open = |i: usize| page.blocks.get(i).is_some_and(Block::is_open);
    let forest = if form == Form::Html { &model::BUILTIN.html.forest } else { &model::BUILTIN.forest };
    bencher.counter(BytesCount::of_str(&source)).bench(|| forest.scores(black_box(&columns), open));
}

fn features(page: &Page) -> Columns {
    match page.markup.as_deref() {
        Some(markup) => {
            let classes = model::classes::scores(markup, model::BUILTIN.html.names());
            model::html_features(page, markup, &classes)
        }
        None => model::features(page),
    }
}

/// The article as text, Markdown and JSON.
#[divan::bench(args = ["text", "markdown", "json"])]
fn h_write(bencher: Bencher<'_, '_>, form: &str) {
    let page = Form::Html.page();
    let cleaned = clean_text(&page, &Settings::default());
    bencher.counter(BytesCount::of_str(&page)).bench(|| match form {
        "text" => black_box(&cleaned).text(),
        "markdown" => black_box(&cleaned).markdown(),
        _ => serde_json::to_string(&black_box(&cleaned).json()).unwrap_or_default(),
    });
}
