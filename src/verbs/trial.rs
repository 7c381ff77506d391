//! Own rules tried on pages before anything is changed: which lines would go or stay, compared with a run without them.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use newsclean::page::Block;
use newsclean::rules::{OwnRules, RuleFile};
use newsclean::{Error, Settings, clean};

use super::print::count;
use crate::batch::{Job, try_on};
use crate::say;

/// What a line that no rule matches is put down to, if it goes or stays for what the rules did to its neighbours.
const BESIDE: &str = "(beside)";

/// What the rules do to one page.
struct Touched {
    page: String,
    lines: Vec<Line>,
}

/// A line of a page that a rule matches, or that changes because of one.
struct Line {
    number: u32,
    change: Change,
    rule: String,
    is_prose: bool,
    text: String,
}

/// What becomes of a line by a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Goes,
    Stays,
    /// What it would become without the rule.
    None,
}

/// What a rule did on all pages.
#[derive(Debug, Default)]
struct Account {
    goes: usize,
    stays: usize,
    same: usize,
    pages: usize,
    prose: usize,
    first_prose: Option<String>,
}

/// Prints what the rules of `file` do to the pages, line by line and then rule by rule; whether all pages could be read.
pub(super) fn trial(file: &RuleFile, mut pages: Job, out: &mut impl Write) -> anyhow::Result<bool> {
    pages.settings.rules = Some(Arc::new(OwnRules::new(std::slice::from_ref(file))?));
    let mut accounts: BTreeMap<String, Account> = BTreeMap::new();
    let (mut tried, mut failed) = (0, false);
    let take = |touched: Touched| {
        tried += 1;
        touched.note(&mut accounts);
        Ok(touched.lines.iter().try_for_each(|line| {
            let mark = line.change.mark();
            writeln!(out, "{}:{}: {mark} {}  {}", touched.page, line.number, line.rule, line.text)
        })?)
    };
    try_on(&pages, touched, take, |name, why| {
        failed = true;
        say(format_args!("{name}: {why:#}"));
    })?;
    for id in file.rules.iter().map(|rule| rule.id.as_str()).chain([BESIDE]) {
        match accounts.get(id) {
            Some(account) => account.print(id, tried, out)?,
            None if id == BESIDE => {}
            None => writeln!(out, "{id}: matches nothing on {}", count(tried, "page"))?,
        }
    }
    Ok(!failed)
}

/// What the rules in `settings` do to a page.
fn touched(name: &str, bytes: &[u8], settings: &Settings) -> Result<Touched, Error> {
    let with = clean(bytes, settings)?.page;
    let without = clean(bytes, &Settings { rules: None, ..settings.clone() })?.page;
    // The blocks are the same, but for an article that comes from the page's data: it stands behind them.
    let lines = with.blocks.iter().zip(&without.blocks).flat_map(|(block, before)| lines_of(block, before));
    Ok(Touched { page: name.to_owned(), lines: lines.collect() })
}

fn lines_of(block: &Block, before: &Block) -> Vec<Line> {
    let change = match (before.is_dropped(), block.is_dropped()) {
        (false, true) => Change::Goes,
        (true, false) => Change::Stays,
        _ => Change::None,
    };
    let line = |rule: &str, change: Change| Line {
        number: block.lines.start,
        change,
        rule: rule.to_owned(),
        is_prose: block.shape.is_prose(),
        text: block.text.to_string(),
    };
    if block.own().is_empty() {
        return if change == Change::None { Vec::new() } else { vec![line(BESIDE, change)] };
    }
    // Of several rules one acts.
    let acting = block.own().iter().position(|ruling| Some(&*ruling.hit.id) == acting(block)).unwrap_or(0);
    let lines = block.own().iter().enumerate();
    lines.map(|(i, ruling)| line(&ruling.hit.id, if i == acting { change } else { Change::None })).collect()
}

/// The own rule by which the block goes or stays.
fn acting(block: &Block) -> Option<&str> {
    block.verdict().reason()?.rule()
}

impl Change {
    fn mark(self) -> char {
        match self {
            Self::Goes => '-',
            Self::Stays => '+',
            Self::None => '=',
        }
    }
}

impl Touched {
    /// Adds the page to the accounts of the rules.
    fn note(&self, accounts: &mut BTreeMap<String, Account>) {
        let mut here: Vec<&str> = Vec::new();
        for line in &self.lines {
            let account = accounts.entry(line.rule.clone()).or_default();
            match line.change {
                Change::Goes => account.goes += 1,
                Change::Stays => account.stays += 1,
                Change::None => account.same += 1,
            }
            if line.is_prose && line.change == Change::Goes {
                account.prose += 1;
                account.first_prose.get_or_insert_with(|| format!("{}:{}", self.page, line.number));
            }
            if !here.contains(&line.rule.as_str()) {
                here.push(&line.rule);
                account.pages += 1;
            }
        }
    }
}

impl Account {
    /// Says what the rule did, and warns where it took paragraphs.
    fn print(&self, id: &str, tried: usize, out: &mut impl Write) -> std::io::Result<()> {
        let Self { goes, stays, same, pages, prose, first_prose } = self;
        if let Some(first) = first_prose {
            say(format_args!("warning: {id} takes out {} of prose (the first at {first})", count(*prose, "paragraph")));
        }
        let parts = [(goes, "would go"), (stays, "would stay"), (same, "as before")];
        let parts: Vec<String> = parts.iter().filter(|(n, _)| **n > 0).map(|(n, what)| format!("{} {what}", count(**n, "line"))).collect();
        writeln!(out, "{id}: {}, on {pages} of {}", parts.join(", "), count(tried, "page"))
    }
}
