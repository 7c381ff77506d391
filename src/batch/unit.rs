//! One page to learn from: a file, or a record of one.

use std::borrow::Cow;
use std::io::Read;

use newsclean::measure::mix;
use newsclean::skim;
use newsclean::template::{self, HEAD_BYTES, PageLines, key};

use super::batches::{Batch, Batches};
use super::open::open;
use super::page::{guarded, read_source};
use super::record::Record;
use super::sample::Note;
use super::sites::all_names;
use super::walk::{Origin, Source};
use super::{Input, Job, Task};

/// One page to learn from.
pub(super) enum Unit<'u> {
    /// A file.
    File(&'u Source),
    /// A line of the file of records with that number, and the field that holds the page.
    Line(u32, &'u str, &'u str),
}

/// Pages on their way to a worker.
pub(super) enum Load {
    /// A file.
    File(Source),
    /// Lines of the file of records with that number.
    Lines(u32, Batch),
}

/// The pages of `sources`, each load with its weight. What cannot be read is left out.
pub(super) fn loads<'j>(
    job: &'j Job,
    sources: impl Iterator<Item = Source> + Send + 'j,
) -> Box<dyn Iterator<Item = (usize, Load)> + Send + 'j> {
    match job.task {
        Task::Pages => Box::new(sources.map(|source| (1, Load::File(source)))),
        Task::Records(_) => Box::new(sources.flat_map(|source| {
            let batches = open(&source.input).ok().into_iter().flat_map(Batches::new);
            batches.map_while(move |(weight, batch)| Some((weight, Load::Lines(number(&source), batch.ok()?))))
        })),
    }
}

impl Load {
    /// Calls `each` with every page.
    pub(super) fn units(&self, job: &Job, mut each: impl FnMut(Unit<'_>)) {
        match (self, &job.task) {
            (Self::Lines(file, batch), Task::Records(recipe)) => {
                let lines = batch.lines().filter(|(_, line)| !line.trim().is_empty());
                lines.for_each(|(_, line)| each(Unit::Line(*file, &line, &recipe.field)));
            }
            (Self::File(source), _) => each(Unit::File(source)),
            (Self::Lines(..), Task::Pages) => {}
        }
    }
}

impl Unit<'_> {
    /// A number that tells it from others, in any order and on any machine: of a file its place, of a record all it holds.
    pub(super) fn print(&self) -> u64 {
        match self {
            Self::File(source) => print(source),
            Self::Line(_, line, _) => hash(line.as_bytes()),
        }
    }

    /// What is noted of it; none if it cannot be opened.
    pub(super) fn note(&self, job: &Job) -> Option<Note> {
        let file = match self {
            Self::File(source) => number(source),
            Self::Line(file, ..) => *file,
        };
        let names = guarded(|| {
            Ok(match self {
                Self::File(source) => {
                    let mut head = Vec::new();
                    // What cannot be read is named when it is cleaned.
                    let _ = open(&source.input)?.take(HEAD_BYTES as u64).read_to_end(&mut head);
                    self.names(job, None, &head)
                }
                Self::Line(_, line, field) => {
                    let (told, page) = record(line, field);
                    self.names(job, told, page.as_bytes())
                }
            })
        });
        let keys = names.ok()?.iter().map(|name| key(name)).collect();
        Some(Note { print: self.print(), file, keys })
    }

    /// Its lines, cleaned without templates, and what it calls the site of that key.
    pub(super) fn lines(&self, job: &Job, site: u64) -> Option<(Option<String>, PageLines)> {
        let result = guarded(|| {
            let of = |told: Option<String>, bytes: &[u8]| {
                let name = self.names(job, told, bytes).into_iter().find(|name| key(name) == site);
                Ok((name, PageLines::of(&skim(bytes, &job.settings)?)))
            };
            match self {
                Self::File(source) => of(None, &read_source(source)?.0),
                Self::Line(_, line, field) => {
                    let (told, page) = record(line, field);
                    of(told, page.as_bytes())
                }
            }
        });
        result.ok()
    }

    /// The names that its site may have, if its record has `told` one and it holds `bytes`.
    fn names(&self, job: &Job, told: Option<String>, bytes: &[u8]) -> Vec<String> {
        let file = if let Self::File(source) = self { Some(*source) } else { None };
        all_names(told, template::names(bytes, &job.settings), file)
    }
}

/// The site that the record `line` names, and its page; an empty one if it has none.
fn record<'l>(line: &'l str, field: &str) -> (Option<String>, Cow<'l, str>) {
    let record = Record::find(line, field).ok();
    let told = record.as_ref().and_then(|r| r.site(line));
    (told, record.and_then(|r| r.page(line, field).ok()).unwrap_or_default())
}

/// A number for a file of records, in any order of the files. Two that have the same are read both.
pub(super) fn number(source: &Source) -> u32 {
    (print(source) >> 32) as u32
}

/// A number that tells a file from others, in any order and on any machine.
fn print(source: &Source) -> u64 {
    match source {
        Source { origin: Origin::Named, input: Input::File(path), .. } => hash(path.as_os_str().as_encoded_bytes()),
        _ => hash(source.place.as_os_str().as_encoded_bytes()),
    }
}

fn hash(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let hash = words.iter().fold(bytes.len() as u64 + 1, |hash, word| mix(hash, u64::from_be_bytes(*word)));
    if rest.is_empty() { hash } else { mix(hash, rest.iter().fold(0, |word, b| word << 8 | u64::from(*b))) }
}
