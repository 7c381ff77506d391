//! What only prints: the kinds, the completions, the manual page.

use std::io::{self, Write};
use std::process::ExitCode;

use newsclean::Kind;

/// `newsclean kinds`: the kinds of noise, one a line.
pub(crate) fn kinds() -> anyhow::Result<ExitCode> {
    let mut out = io::stdout().lock();
    for kind in Kind::ALL {
        writeln!(out, "{:<15} {}", kind.name(), kind.about())?;
    }
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

/// `1 page`, `2 pages`.
pub(super) fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}
