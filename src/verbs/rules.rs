//! `newsclean rules`: the built-in rules shown, own rules tried out.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use newsclean::rules;

use super::print::count;
use super::trial::trial;
use crate::batch::Job;
use crate::cli::read_rules;
use crate::say;

/// `newsclean rules`: the built-in rules, one a line.
pub(crate) fn list() -> anyhow::Result<ExitCode> {
    // Whoever asks for them wants them as they were made.
    newsclean::verify().context("newsclean is damaged: install it again")?;
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
pub(crate) fn check(path: &Path, pages: Job) -> anyhow::Result<ExitCode> {
    let file = read_rules(path)?;
    let mut failures = rules::check(&file)?;
    failures.extend(rules::taken(&file));
    for failure in &failures {
        say(format_args!("{}:{}: {failure}", path.display(), failure.line));
    }
    let examples: usize = file.rules.iter().map(|r| r.hit.len() + r.miss.len()).sum();
    let mut out = io::BufWriter::new(io::stdout().lock());
    if failures.is_empty() {
        writeln!(out, "{}: {}, {examples} hits and misses hold", path.display(), count(file.rules.len(), "rule"))?;
    }
    let mut bad = !failures.is_empty();
    if !pages.inputs.is_empty() {
        bad |= !trial(&file, pages, &mut out)?;
    }
    out.flush()?;
    Ok(if bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
