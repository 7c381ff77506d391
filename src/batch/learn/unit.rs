//! One page to learn from: a file, or a record of one.

use std::borrow::Cow;
use std::io::Read;

use newsclean::measure::hash_bytes as hash;
use newsclean::skim;
use newsclean::template::{self, HEAD_BYTES, PageLines, key};

use super::sample::Note;
use crate::batch::batches::{Batch, Batches};
use crate::batch::open::open;
use crate::batch::page::{guarded, read_source};
use crate::batch::record::Record;
use crate::batch::sites::all_names;
use crate::batch::walk::{Origin, Source};
use crate::batch::{Fault, Input, Job, Task};

/// Pages on their way to a worker.
pub(super) struct Load {
    source: Source,
    /// The records of `source` that come next, or why none do; nothing if `source` is a page.
    records: Option<Result<Batch, Fault>>,
}

/// One page to learn from.
pub(super) struct Unit<'u> {
    /// The file that it is, or that its record stands in.
    source: &'u Source,
    /// Its record, and the field that holds it there.
    record: Option<(&'u str, &'u str)>,
}

/// The pages of `sources`, each load with its weight and with what its source came with.
pub(super) fn loads<'j, T: Copy + Send + 'j>(
    job: &'j Job,
    sources: impl Iterator<Item = (T, Source)> + Send + 'j,
) -> Box<dyn Iterator<Item = (usize, (T, Load))> + Send + 'j> {
    match job.task {
        Task::Pages => Box::new(sources.map(|(with, source)| (1, (with, Load { source, records: None })))),
        Task::Records(_) => Box::new(sources.flat_map(|(with, source)| {
            let batches = Batches::open(&source.input);
            batches.map(move |(weight, batch)| (weight, (with, Load { source: source.clone(), records: Some(batch) })))
        })),
    }
}

impl Load {
    /// Calls `each` with every page, or with why there is none.
    pub(super) fn units(self, job: &Job, mut each: impl FnMut(&Source, Result<Unit<'_>, Fault>)) {
        let source = &self.source;
        match (self.records, &job.task) {
            (Some(Ok(batch)), Task::Records(recipe)) => {
                batch.records().for_each(|(_, line)| each(source, Ok(Unit { source, record: Some((&line, &recipe.field)) })));
            }
            (Some(Err(why)), _) => each(source, Err(why)),
            _ => each(source, Ok(Unit { source, record: None })),
        }
    }
}

impl Unit<'_> {
    /// A number that tells it from others, in any order and on any machine: of a file its place, of a record all it holds.
    pub(super) fn print(&self) -> u64 {
        self.record.map_or_else(|| print(self.source), |(line, _)| hash(line.as_bytes()))
    }

    /// What is noted of it.
    ///
    /// # Errors
    ///
    /// It cannot be opened.
    pub(super) fn note(&self, job: &Job) -> Result<Note, Fault> {
        let names = guarded(|| {
            Ok(match self.record {
                None => {
                    let mut head = Vec::new();
                    // What cannot be read is named when it is cleaned.
                    let _ = open(&self.source.input)?.take(HEAD_BYTES as u64).read_to_end(&mut head);
                    self.names(job, None, &head)
                }
                Some((line, field)) => {
                    let (told, page) = record(line, field);
                    self.names(job, told, page.as_bytes())
                }
            })
        })?;
        let keys = names.iter().map(|name| key(name)).collect();
        Ok(Note { print: self.print(), file: number(self.source), keys })
    }

    /// Its lines, cleaned without templates, and what it calls the site of that key; nothing if it cannot be read.
    pub(super) fn lines(&self, job: &Job, site: u64) -> Option<(Option<String>, PageLines)> {
        let result = guarded(|| {
            let of = |told: Option<String>, bytes: &[u8]| {
                let name = self.names(job, told, bytes).into_iter().find(|name| key(name) == site);
                Ok((name, PageLines::of(&skim(bytes, &job.settings)?)))
            };
            match self.record {
                None => of(None, &read_source(self.source)?.0),
                Some((line, field)) => {
                    let (told, page) = record(line, field);
                    of(told, page.as_bytes())
                }
            }
        });
        result.ok()
    }

    /// The names that its site may have, if its record has `told` one and it holds `bytes`.
    fn names(&self, job: &Job, told: Option<String>, bytes: &[u8]) -> Vec<String> {
        let file = self.record.is_none().then_some(self.source);
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
