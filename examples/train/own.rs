//! Pages of our own, labelled line by line: sorts of articles and languages that annotated pages hardly have. Recipes, programmes,
//! results, interviews of short answers, verse and lists of names between furniture, in some seventy languages.
//!
//! `examples/train/pages/*.jsonl` hold one page a line: `id`, `lang`, `kind` (the sort of article), `held` on the one in five that is not
//! learned from but looked at, and `lines`, each with its [`Label`].

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::data::Article;

/// The variant of these pages, which were written as text.
pub const OWN: &str = "own";

/// What a line of a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
enum Label {
    /// Furniture above the article.
    A,
    /// The headline.
    H,
    /// The article's text.
    B,
    /// Furniture in its midst.
    M,
    /// Furniture below it.
    Z,
}

#[derive(Debug, Deserialize)]
struct Page {
    id: String,
    lang: String,
    #[serde(default)]
    held: bool,
    lines: Vec<(Label, String)>,
}

/// Times that a page is learned from, with blank lines between its lines and without: four is what 43 pages needed to be heard among
/// 2,100; text lost from pages of such sorts that were not learned from fell by half, and the dev pages' F1 stayed.
const COPIES: usize = 4;

/// The articles of the pages that are `held`, or of the others, each with the text of its page.
pub fn read(held: bool) -> Result<(Vec<Article>, Vec<String>)> {
    let mut out = (Vec::new(), Vec::new());
    for page in pages()?.iter().filter(|page| page.held == held) {
        for copy in 0..if held { 2 } else { COPIES } {
            out.0.push(page.article(copy));
            out.1.push(page.text(["\n", "\n\n"][copy % 2]));
        }
    }
    Ok(out)
}

fn pages() -> Result<Vec<Page>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/train/pages");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.sort_unstable();
    let mut pages = Vec::new();
    for file in files {
        for line in BufReader::new(std::fs::File::open(&file)?).lines() {
            pages.push(serde_json::from_str(&line?).with_context(|| file.display().to_string())?);
        }
    }
    Ok(pages)
}

impl Page {
    fn lines(&self, label: Label) -> impl Iterator<Item = &str> {
        self.lines.iter().filter(move |(l, _)| *l == label).map(|(_, text)| text.as_str())
    }

    fn article(&self, copy: usize) -> Article {
        Article {
            key: format!("own/{}-{copy}", self.id),
            domain: Some(self.id.clone()),
            lang: Some(self.lang.clone()),
            title: self.lines(Label::H).next().map(str::to_owned),
            gold: self.lines(Label::B).collect::<Vec<_>>().join("\n\n"),
            ..Article::default()
        }
    }

    fn text(&self, between: &str) -> String {
        self.lines.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(between)
    }
}
