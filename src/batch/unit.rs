//! One page to learn from: a file, or a record of one.

use std::borrow::Cow;
use std::io::Read;

use newsclean::Cleaned;
use newsclean::measure::mix;
use newsclean::template::{self, HEAD_BYTES};

use super::batches::Batches;
use super::open::open;
use super::page::{cleaned, guarded, read_source};
use super::record::Record;
use super::templates::all_names;
use super::walk::{Origin, Source};
use super::{Input, Job, Task};

/// One page to learn from.
pub(super) enum Unit<'u> {
    /// A file.
    File(&'u Source),
    /// A line of a file of records, and the field that holds the page.
    Line(&'u str, &'u str),
}

/// Calls `each` with every page of `source`.
pub(super) fn units(job: &Job, source: &Source, mut each: impl FnMut(Unit<'_>)) {
    let Task::Records(recipe) = &job.task else { return each(Unit::File(source)) };
    let Ok(bytes) = open(&source.input) else { return };
    for (_, batch) in Batches::new(bytes) {
        let Ok(batch) = batch else { return };
        batch.lines().filter(|(_, line)| !line.trim().is_empty()).for_each(|(_, line)| each(Unit::Line(&line, &recipe.field)));
    }
}

impl Unit<'_> {
    /// A number that tells it from others, in any order and on any machine: of a file its place, of a record all it holds.
    pub(super) fn print(&self) -> u64 {
        match self {
            Self::File(Source { origin: Origin::Named, input: Input::File(path), .. }) => hash(path.as_os_str().as_encoded_bytes()),
            Self::File(source) => hash(source.place.as_os_str().as_encoded_bytes()),
            Self::Line(line, _) => hash(line.as_bytes()),
        }
    }

    /// What it may be called by: the names of its site.
    pub(super) fn names(&self, job: &Job) -> Option<Vec<String>> {
        let result = guarded(|| {
            Ok(match self {
                Self::File(source) => {
                    let mut head = Vec::new();
                    // What cannot be read is named when it is cleaned.
                    let _ = open(&source.input)?.take(HEAD_BYTES as u64).read_to_end(&mut head);
                    all_names(None, template::names(&head, &job.settings), Some(source))
                }
                Self::Line(line, field) => {
                    let record = Record::find(line, field).ok();
                    let told = record.as_ref().and_then(|r| r.site(line));
                    let page = record.and_then(|r| Some(r.page(line, field).ok()?.into_owned())).unwrap_or_default();
                    all_names(told, template::names(page.as_bytes(), &job.settings), None)
                }
            })
        });
        result.ok()
    }

    /// The page, cleaned without templates.
    pub(super) fn clean(&self, job: &Job) -> Option<Cleaned> {
        let result = guarded(|| match self {
            Self::File(source) => cleaned(&read_source(source)?.0, &job.settings),
            Self::Line(line, field) => {
                let page = Record::find(line, field).ok().and_then(|r| r.page(line, field).ok());
                cleaned(page.unwrap_or(Cow::Borrowed("")).as_bytes(), &job.settings)
            }
        });
        result.ok()
    }
}

fn hash(bytes: &[u8]) -> u64 {
    bytes.chunks(8).fold(bytes.len() as u64 + 1, |hash, chunk| mix(hash, chunk.iter().fold(0, |word, b| word << 8 | u64::from(*b))))
}
