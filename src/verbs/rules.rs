//! `newsclean rules`: the built-in rules shown, own rules tried out.

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use newsclean::{Settings, rules};

use crate::cli::read_rules;
use crate::{batch, say};

/// `newsclean rules`: the built-in rules, one a line.
pub(crate) fn list() -> anyhow::Result<ExitCode> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (name, content) in rules::builtin_files().iter().copied().chain([rules::page_file()]) {
        let file = rules::parse_rules(name, content)?;
        for rule in &file.rules {
            let (say, place) = (format!("{:?}", rule.say).to_lowercase(), format!("{:?}", rule.place).to_lowercase());
            writeln!(out, "{:<34} {:<11} {say:<7} {place:<8} {}", rule.id, rule.kind.map_or("", newsclean::Kind::name), rule.about)?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// `newsclean rules check`: a rule file held against its own hits and misses, and against pages.
pub(crate) fn check(path: &Path, pages: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let file = read_rules(path)?;
    let mut failures = rules::check(&file)?;
    failures.extend(rules::taken(&file));
    for failure in &failures {
        say(format_args!("{}: {failure}", path.display()));
    }
    let examples: usize = file.rules.iter().map(|r| r.hit.len() + r.miss.len()).sum();
    let mut out = io::BufWriter::new(io::stdout().lock());
    if failures.is_empty() {
        let count = file.rules.len();
        let noun = if count == 1 { "rule" } else { "rules" };
        writeln!(out, "{}: {count} {noun}, {examples} hits and misses hold", path.display())?;
    }
    let mut bad = !failures.is_empty();
    let settings = Settings { rules: Some(Arc::new(rules::OwnRules::new(std::slice::from_ref(&file))?)), ..Settings::default() };
    for page in pages {
        match touched(&file, &settings, page) {
            Ok(lines) => out.write_all(lines.as_bytes())?,
            Err(why) => {
                bad = true;
                say(format_args!("{}: {why:#}", page.display()));
            }
        }
    }
    out.flush()?;
    Ok(if bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The lines of a page that rules of `file` match: `page:line: - rule  text`, `-` if the line goes and `+` if it stays.
fn touched(file: &rules::RuleFile, settings: &Settings, page: &Path) -> anyhow::Result<String> {
    let bytes = batch::read(page)?;
    let cleaned = newsclean::clean(&bytes, settings)?;
    let mut out = String::new();
    for block in &cleaned.page.blocks {
        let mark = if block.is_dropped() { '-' } else { '+' };
        for hit in block.hits.iter().filter(|hit| file.rules.iter().any(|r| r.id == hit.id)) {
            let _ = fmt::Write::write_fmt(
                &mut out,
                format_args!("{}:{}: {mark} {}  {}\n", page.display(), block.lines.start, hit.id, block.text),
            );
        }
    }
    if out.is_empty() {
        out = format!("{}: no line matches\n", page.display());
    }
    Ok(out)
}
