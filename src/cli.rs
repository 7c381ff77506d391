//! The command line: what was typed ([`Typed`]) becomes what is meant ([`Command`]). The only file that knows clap.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use newsclean::template::Profile;
use newsclean::write::Palette;
use newsclean::{Kind, Settings, Source, model, rules};

use crate::batch::{Form, Globs, Input, Job, Output, Recipe, Task, Use, Volume};

const EXAMPLES: &str = "\
Examples:
  newsclean page.txt > article.txt          clean one page
  curl -s URL | newsclean                   clean what a pipe brings, HTML or text
  newsclean pages/ -o articles/             clean a folder of pages, on all cores
  newsclean --jsonl < pages.jsonl           clean the `text` of each JSON record
  newsclean --explain page.txt              see why each line stayed or went
  newsclean --keep caption,byline page.txt  leave captions and bylines in";

const NOTES: &str = "\
Exit status: 0 done; 1 an input could not be read or a result not be written (the others are done); 2 wrong usage.

Records (--jsonl): as many lines come out as went in, in order, with all other fields as they were. A record that cannot \
be cleaned comes back with the reason in a field `newsclean`; a line that is no JSON object comes back inside one.

Folders: the output mirrors the tree. A result that is newer than its page is not made again, so that a run that was broken \
off goes on; --force makes all again. Hidden and binary files are passed over. Globs without a slash are held against names, \
others against paths below the folder.

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

#[derive(Debug, Args)]
struct Filter {
    /// Pages and folders of pages to clean; none, or `-`, reads standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Write to a file, or into a folder (a folder or several PATHs, an existing folder, or a name ending in `/`)
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,

    /// What to write
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value = "text")]
    format: Format,

    /// What the input is
    #[arg(long, value_name = "FORM", value_enum, default_value = "auto")]
    from: From,

    /// Clean JSON records, one a line in and out
    #[arg(long, conflicts_with = "explain")]
    jsonl: bool,

    /// The field that --jsonl cleans; the result goes to the field `text`
    #[arg(long, value_name = "NAME", default_value = "text", requires = "jsonl")]
    field: String,

    /// Add to each record what is known of its page, as a field `newsclean`
    #[arg(long, requires = "jsonl")]
    details: bool,

    /// Write the body only
    #[arg(long)]
    no_headline: bool,

    /// Leave these kinds of noise in, separated by commas; `newsclean kinds` lists them
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind_parser(), hide_possible_values = true)]
    keep: Vec<Kind>,

    /// Use your own rules too; `newsclean rules check FILE` tries them
    #[arg(long, value_name = "FILE")]
    rules: Vec<PathBuf>,

    /// Show every line of the page: kept (+) or removed (-), the kind of noise, and the rule
    #[arg(long, conflicts_with = "format")]
    explain: bool,

    /// Only these files of folders (a glob; may be given again)
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,

    /// Not these files and folders in folders (a glob; may be given again)
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,

    /// Site templates: `auto` (in folders, learned from their own pages), `off`, or a profile that `newsclean learn` made
    #[arg(long, value_name = "auto|off|FILE", default_value = "auto", hide_default_value = true)]
    templates: PathBuf,

    /// Clean all files of a folder again, also those whose result is newer
    #[arg(long)]
    force: bool,

    /// Write what was removed, as JSON lines, into this folder
    #[arg(long, value_name = "DIR")]
    removed: Option<PathBuf>,

    /// How many pages to clean at once [default: one for each core]
    #[arg(short = 'j', long, value_name = "N", value_parser = threads_parser())]
    threads: Option<usize>,

    /// No warnings, progress or summary; failures are still named
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,

    /// Say on standard error what was done to each input
    #[arg(short, long)]
    verbose: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Paragraphs with a blank line between
    Text,
    /// CommonMark
    Markdown,
    /// One object a line: headline, text, authors, date, site, language, and what was removed
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum From {
    /// Tell by looking
    Auto,
    /// A page as text
    Text,
    /// A page as HTML
    Html,
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
    /// Print completions for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page (`newsclean man | man -l -`)
    Man,
}

#[derive(Debug, Args)]
struct Learn {
    /// Pages of one site or several, and folders of them
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,

    /// Where the profile goes [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// What the pages are
    #[arg(long, value_name = "FORM", value_enum, default_value = "auto")]
    from: From,

    /// The files hold JSON records, one page a line
    #[arg(long)]
    jsonl: bool,

    /// The field of a record that holds the page
    #[arg(long, value_name = "NAME", default_value = "text", requires = "jsonl")]
    field: String,

    /// Only these files of folders (a glob; may be given again)
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,

    /// Not these files and folders in folders (a glob; may be given again)
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,

    /// How many pages to read at once [default: one for each core]
    #[arg(short = 'j', long, value_name = "N", value_parser = threads_parser())]
    threads: Option<usize>,
}

#[derive(Debug, Subcommand)]
enum RulesVerb {
    /// List the built-in rules: id, kind, how sure, where, what is meant
    List,
    /// Check a rule file: each hit must match, each miss must not
    Check {
        /// The rule file
        file: PathBuf,
        /// Show which lines of these pages each rule matches
        #[arg(value_name = "PAGE")]
        pages: Vec<PathBuf>,
    },
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
        /// Pages to try it on.
        pages: Vec<PathBuf>,
    },
    /// Learn site templates, for a file or standard output.
    Learn(Box<Job>, Option<PathBuf>),
    /// Print completions.
    Completions(clap_complete::Shell),
    /// Print the manual page.
    Man,
}

impl Typed {
    /// What the typed words mean. Ends the program if they contradict each other.
    pub(crate) fn into_command(self) -> anyhow::Result<Command> {
        Ok(match self.verb {
            None => Command::Clean(Box::new(self.filter.into_job()?)),
            Some(Verb::Kinds) => Command::Kinds,
            Some(Verb::Rules { verb: None | Some(RulesVerb::List) }) => Command::RuleList,
            Some(Verb::Rules { verb: Some(RulesVerb::Check { file, pages }) }) => Command::RuleCheck { file, pages },
            Some(Verb::Learn(learn)) => learn.into_command(),
            Some(Verb::Completions { shell }) => Command::Completions(shell),
            Some(Verb::Man) => Command::Man,
        })
    }
}

impl Filter {
    fn into_job(self) -> anyhow::Result<Job> {
        let form = self.form();
        if self.jsonl && form == Form::Json {
            wrong_usage("--jsonl writes records already: -f text and -f markdown say what stands in their `text`");
        }
        let settings = Settings {
            keep: self.keep.iter().copied().collect(),
            headline: !self.no_headline,
            rules: own_rules(&self.rules)?,
            source: self.from.source(),
            ..Settings::default()
        };
        let templates = templates(&self.templates)?;
        let volume = match (self.quiet, self.verbose) {
            (true, _) => Volume::Quiet,
            (_, true) => Volume::Verbose,
            _ => Volume::Normal,
        };
        let inputs: Vec<Input> = if self.paths.is_empty() { vec![Input::Stdin] } else { self.paths.into_iter().map(Input::from).collect() };
        let task = if self.jsonl { Task::Records(Recipe { field: self.field, details: self.details }) } else { Task::Pages };
        let output = self.output.map_or(Output::Stdout, |path| output(path, &inputs, &task));
        let globs = globs(&self.include, &self.exclude);
        let threads = threads(self.threads);
        Ok(Job { inputs, output, task, form, settings, templates, volume, globs, removed: self.removed, redo: self.force, threads })
    }

    fn form(&self) -> Form {
        match self.format {
            _ if self.explain => Form::Explain(self.palette()),
            Format::Text => Form::Text,
            Format::Markdown => Form::Markdown,
            Format::Json => Form::Json,
        }
    }

    /// Colours for a terminal (or where NO_COLOR, CLICOLOR and CLICOLOR_FORCE say otherwise); none for a file.
    fn palette(&self) -> Palette {
        let plain = self.output.is_some() || anstream::AutoStream::choice(&std::io::stdout()) == anstream::ColorChoice::Never;
        if plain { Palette::plain() } else { Palette::colour() }
    }
}

impl Learn {
    fn into_command(self) -> Command {
        let task = if self.jsonl { Task::Records(Recipe { field: self.field, details: false }) } else { Task::Pages };
        let job = Job {
            inputs: self.paths.into_iter().map(Input::File).collect(),
            output: Output::Nowhere,
            task,
            form: Form::Text,
            settings: Settings { source: self.from.source(), ..Settings::default() },
            templates: Use::Auto,
            volume: Volume::Normal,
            globs: globs(&self.include, &self.exclude),
            removed: None,
            redo: false,
            threads: threads(self.threads),
        };
        Command::Learn(Box::new(job), self.output)
    }
}

impl From {
    fn source(self) -> Source {
        match self {
            Self::Auto => Source::Auto,
            Self::Text => Source::Text,
            Self::Html => Source::Html,
        }
    }
}

fn globs(include: &[String], exclude: &[String]) -> Globs {
    Globs::new(include, exclude).unwrap_or_else(|why| wrong_usage(&format!("{why:#}")))
}

fn threads(told: Option<usize>) -> usize {
    told.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
}

/// What `--templates what` means.
fn templates(what: &Path) -> anyhow::Result<Use> {
    match what.to_str() {
        Some("auto") => return Ok(Use::Auto),
        Some("off") => return Ok(Use::Off),
        _ => {}
    }
    let content = std::fs::read_to_string(what).with_context(|| format!("cannot read the profile {}", what.display()))?;
    Ok(Use::Profile(Arc::new(Profile::parse(&what.display().to_string(), &content)?)))
}

/// What `-o path` means.
fn output(path: PathBuf, inputs: &[Input], task: &Task) -> Output {
    let many = inputs.len() > 1 || inputs.iter().any(|input| matches!(input, Input::File(path) if path.is_dir()));
    // Records of several files may go to one; pages may not.
    let is_one = matches!(task, Task::Records(_)) && path.extension().is_some_and(|e| e == "jsonl" || e == "ndjson");
    if is_folder(&path) || (many && !is_one) { Output::Folder(path) } else { Output::File(path) }
}

fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().as_encoded_bytes().ends_with(b"/")
}

fn own_rules(files: &[PathBuf]) -> anyhow::Result<Option<Arc<rules::RuleSet>>> {
    if files.is_empty() {
        return Ok(None);
    }
    let parsed = files.iter().map(|f| read_rules(f)).collect::<anyhow::Result<Vec<_>>>()?;
    Ok(Some(Arc::new(rules::compile(&parsed, None)?)))
}

/// Reads a rule file that the user wrote.
pub(crate) fn read_rules(path: &Path) -> anyhow::Result<rules::RuleFile> {
    let content = std::fs::read_to_string(path).with_context(|| format!("cannot read the rule file {}", path.display()))?;
    Ok(rules::parse_rules(&path.display().to_string(), &content)?)
}

/// The grammar of the command line, for completions and the manual page.
pub(crate) fn grammar() -> clap::Command {
    Typed::command()
}

fn wrong_usage(message: &str) -> ! {
    Typed::command().error(ErrorKind::ArgumentConflict, message).exit()
}

fn kind_parser() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.iter().map(|k| k.name())).try_map(|name| name.parse::<Kind>())
}

fn threads_parser() -> impl TypedValueParser<Value = usize> {
    clap::value_parser!(u16).range(1..=1024).map(usize::from)
}

/// Leaked once a run, as clap wants it for good.
fn long_version() -> &'static str {
    format!("{}\n{} rules\nmodel: {}", env!("CARGO_PKG_VERSION"), rules::BUILTIN.len(), model::BUILTIN.name).leak()
}

/// Whether somebody would have to type the input.
pub(crate) fn stdin_is_typed() -> bool {
    std::io::stdin().is_terminal()
}
