//! The command line: what was typed ([`Typed`]) becomes what is meant ([`Command`]). The only file that knows clap.

mod asked;
mod check;
mod config;
mod filter;
mod found;
mod learn;
mod score;
mod values;
mod why;

use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use newsclean::{model, rules};

pub(crate) use values::read_rules;

use crate::batch::{Gold, Job};
use crate::verbs::{Measure, Question};
use check::Check;
use filter::Filter;
use learn::Learn;
use score::Score;
use why::Why;

const EXAMPLES: &str = "\
Examples:
  newsclean page.txt > article.txt          clean one page
  curl -s URL | newsclean                   clean what a pipe brings, HTML or text
  newsclean pages/ -o articles/             clean a folder of pages, on all cores
  newsclean --jsonl < pages.jsonl           clean the `text` of each JSON record
  newsclean --explain page.txt              see why each line stayed or went
  newsclean pages/ --report report.html     see it of a whole folder, in the browser
  newsclean why \"some words\" page.txt       see the whole story of one line
  newsclean --keep caption,byline page.txt  leave captions and bylines in";

const NOTES: &str = "\
Exit status: 0 done; 1 an input could not be read or a result not be written (the others are done); 2 wrong usage.

Records (--jsonl): as many lines come out as went in, in order, with all other fields as they were. A record that cannot \
be cleaned comes back with the reason in a field `newsclean`; a line that is no JSON object comes back inside one.

Folders: the output mirrors the tree. A result that is newer than its page is not made again, so that a run that was broken \
off goes on; --force makes all again. Hidden and binary files are passed over. Globs without a slash are held against names, \
others against paths below the folder.

Reports (--report): one file that needs no network. Pages that are named still come to standard output, and records too; of \
folders, without -o, only the report is written. All pages are cleaned, also those whose result is newer.

A file that is called like a command is given as ./kinds.";

/// Turns a raw scraped news page into the clean article.
///
/// Reads a page, as text or HTML, from PATH or standard input, takes out menus, tickers, ads, captions, comments and what else is
/// not the story, and writes the article. Kept text is not rewritten.
#[derive(Debug, Parser)]
#[command(name = "newsclean", version, long_version = long_version(), max_term_width = 110)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{NOTES}"))]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Typed {
    #[command(flatten)]
    filter: Filter,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// List the kinds of noise
    Kinds,
    /// List the rules, or check your own
    Rules {
        #[command(subcommand)]
        verb: Option<RulesVerb>,
    },
    /// Learn what the pages of a site share, as a profile to read, edit and give to --templates
    Learn(Learn),
    /// Measure on your own pages: precision, recall, words lost and left over, against articles that you made
    Score(Score),
    /// Tell the whole story of a line: why it stays or went, by which rules, and what the model saw
    Why(Why),
    /// Print completions for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page (`newsclean man | man -l -`)
    Man,
}

#[derive(Debug, Subcommand)]
enum RulesVerb {
    /// List the built-in rules: id, kind, how sure, where, what is meant
    List,
    /// Check a rule file: each hit must match, each miss must not
    Check(Check),
}

/// What is meant.
#[derive(Debug)]
pub(crate) enum Command {
    /// Clean pages or records.
    Clean(Box<Job>),
    /// List the kinds of noise.
    Kinds,
    /// List the built-in rules.
    RuleList,
    /// Check a rule file, and try it on pages.
    RuleCheck {
        /// The rule file.
        file: PathBuf,
        /// The pages to try it on.
        pages: Box<Job>,
    },
    /// Learn site templates, for a file or standard output.
    Learn(Box<Job>, Option<PathBuf>),
    /// Measure on pages with their gold articles.
    Score(Box<Job>, Gold, Measure),
    /// Tell the story of a text on a page.
    Why(Box<Question>),
    /// Print completions.
    Completions(clap_complete::Shell),
    /// Print the manual page.
    Man,
}

impl Typed {
    /// What the typed words mean. Ends the program if they are none, or contradict each other.
    pub(crate) fn meant() -> anyhow::Result<Command> {
        let mut matches = grammar().get_matches();
        // Taken before the values are, as a copy of them all would cost more than to read them.
        let is_typed = |id: &&clap::Id| matches.value_source(id.as_str()) == Some(ValueSource::CommandLine);
        let typed: Vec<clap::Id> = matches.ids().filter(is_typed).cloned().collect();
        let Self { filter, verb } = Self::from_arg_matches_mut(&mut matches).unwrap_or_else(|why| why.exit());
        Ok(match verb {
            None => Command::Clean(Box::new(filter.into_job(|option| typed.iter().any(|id| id == option))?)),
            Some(Verb::Kinds) => Command::Kinds,
            Some(Verb::Rules { verb: None | Some(RulesVerb::List) }) => Command::RuleList,
            Some(Verb::Rules { verb: Some(RulesVerb::Check(check)) }) => check.into_command(),
            Some(Verb::Learn(learn)) => learn.into_command(),
            Some(Verb::Score(score)) => score.into_command()?,
            Some(Verb::Why(why)) => why.into_command()?,
            Some(Verb::Completions { shell }) => Command::Completions(shell),
            Some(Verb::Man) => Command::Man,
        })
    }
}

/// The grammar of the command line, for completions and the manual page.
pub(crate) fn grammar() -> clap::Command {
    Typed::command()
}

fn wrong_usage(message: &str) -> ! {
    Typed::command().error(ErrorKind::ArgumentConflict, message).exit()
}

/// Wrong usage of the command called `verb`.
fn wrong_usage_of(verb: &str, message: &str) -> ! {
    let mut all = Typed::command();
    all.build();
    match all.find_subcommand_mut(verb) {
        Some(verb) => verb.error(ErrorKind::ArgumentConflict, message).exit(),
        None => wrong_usage(message),
    }
}

/// Leaked once a run, as clap wants it for good.
fn long_version() -> &'static str {
    format!("{}\n{} rules\nmodel: {}", env!("CARGO_PKG_VERSION"), rules::BUILTIN.len(), model::BUILTIN.name).leak()
}
