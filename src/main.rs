//! newsclean: a raw scraped news page in, the clean article out.

mod batch;
mod cli;
mod verbs;

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use anyhow::Context;

use crate::cli::{Command, Typed};

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        // The reader of a pipe (`| head`) has seen enough: that is no failure.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            say(format_args!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<ExitCode> {
    newsclean::intact().context("newsclean is damaged: install it again")?;
    match Typed::meant()? {
        Command::Clean(job) => batch::run(&job),
        Command::Kinds => verbs::kinds(),
        Command::RuleList => verbs::rule_list(),
        Command::RuleCheck { file, pages } => verbs::rule_check(&file, *pages),
        Command::Learn(job, output) => batch::learn_profile(&job, output.as_deref()),
        Command::Score(job, gold, measure) => verbs::score(&job, &gold, &measure),
        Command::Why(question) => verbs::why(&question),
        Command::Completions(shell) => verbs::completions(shell),
        Command::Man => verbs::man(),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>()).any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}

/// Says one thing to the user, on stderr. That nobody hears it is no reason to stop.
fn say(message: std::fmt::Arguments<'_>) {
    let _ = writeln!(std::io::stderr().lock(), "newsclean: {message}");
}
