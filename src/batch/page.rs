//! One page: read whole, cleaned, and rendered.

use std::borrow::Cow;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, anyhow};
use newsclean::{Cleaned, Settings, clean, clean_page, read, write};

use super::open::{Bytes, open, unreadable};
use super::parallel::{Room, apart};
use super::removed;
use super::report::Entry;
use super::sites::Sites;
use super::walk::{Origin, Source};
use super::{Fault, Form, Input, Job, Output, Volume};

/// Bytes that tell whether a file is text, before the rest of it is read: as many as the decoder looks at.
const SAMPLE: u64 = 1 << 14;
/// Bytes up to which a page is read whole beside others.
const SMALL: u64 = 1 << 18;
/// No page that is found is larger; a file that is, or that unpacks to more, is something else.
const LARGEST: u64 = 8 << 20;
/// Pages that weigh no more are cleaned as they come; each worker has one.
const LIGHT: usize = 8 << 20;
/// What heavier pages may weigh together; one that weighs more goes alone.
const ROOMY: usize = 128 << 20;
/// No page that is found weighs more: what does is a list or a log.
const HEAVIEST: usize = 192 << 20;

/// The room for pages that are not light.
static ROOM: Room = Room::new(ROOMY);

/// What became of a page.
#[derive(Debug)]
pub(super) struct Made {
    /// The article as it is written.
    pub(super) rendered: String,
    /// What went, as JSON lines, if that is asked for.
    pub(super) removed: String,
    /// The page for the report, if that is asked for.
    pub(super) entry: Option<Entry>,
    /// Whether nothing stayed.
    pub(super) is_empty: bool,
    /// What the user should know.
    pub(super) warning: Option<&'static str>,
    /// What was done, for those who want to hear it.
    pub(super) summary: Option<String>,
}

/// Reads and cleans the page of `source` and renders it as the job asks.
pub(super) fn make(job: &Job, sites: &Sites, source: &Source) -> Result<Made, Fault> {
    let (bytes, place) = read_source(source)?;
    let work = || make_of(job, sites, source, bytes);
    if place.is_some() { apart(work).map_err(|why| Fault::Input(why.into()))? } else { work() }
}

fn make_of(job: &Job, sites: &Sites, source: &Source, mut bytes: Vec<u8>) -> Result<Made, Fault> {
    let input = &source.input;
    let settings = sites.settings(&job.settings, None, Some(source), &bytes);
    let is_blank = bytes.trim_ascii_start().is_empty();
    let page = read::read_bytes(&bytes, &settings)?;
    // Its blocks have their own text: what is judged need not be held twice. Only a diff shows the page as it was.
    if !matches!(job.form, Form::Diff(_)) {
        bytes = Vec::new();
    }
    let cleaned = clean_page(page, &settings)?;
    let is_written = !matches!(job.output, Output::Nowhere);
    Ok(Made {
        rendered: if is_written { show(job, input, &cleaned, &bytes).map_err(Fault::Input)? } else { String::new() },
        removed: if job.removed.is_some() { removed::lines(&input.to_string(), None, &cleaned.page) } else { String::new() },
        entry: job.report.is_some().then(|| Entry::new(&input.to_string(), None, Some(source), &cleaned.page)),
        is_empty: cleaned.is_empty(),
        warning: warning(is_blank, &cleaned),
        summary: (job.volume == Volume::Verbose).then(|| write::summary(&cleaned.page)),
    })
}

/// Cleans the bytes of a page.
pub(super) fn cleaned(bytes: &[u8], settings: &Settings) -> Result<Cleaned, Fault> {
    Ok(clean(bytes, settings)?)
}

/// Does `work`; a fault in the program, which should not be, ends this page and no other.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        Err(Fault::Input(anyhow!("newsclean broke on it ({}): please report this, with the page", said.unwrap_or("no reason given"))))
    })
}

/// Reads an input whole.
pub(crate) fn read_input(input: &Input) -> anyhow::Result<Vec<u8>> {
    open(input).and_then(|bytes| read_page(bytes, u64::MAX)).map(|(bytes, _)| bytes).map_err(Fault::into_why)
}

/// Bytes that a page, or a batch of records, takes in memory while it is cleaned, by a rule of thumb: measured were three times
/// its own, and a kilobyte for each line or element. In JSON the lines of a page end with a written `\n`.
pub(super) fn weight(bytes: &[u8]) -> usize {
    let ends = memchr::memchr2_iter(b'\n', b'<', bytes).count() + memchr::memmem::find_iter(bytes, b"\\n").count();
    bytes.len() * 3 + ends * 1000
}

/// A place in the room, which is free again when it goes.
#[derive(Debug)]
pub(super) struct Place(usize);

impl Drop for Place {
    fn drop(&mut self) {
        ROOM.leave(self.0);
    }
}

/// Reads the page of `source`; one that is found may not be too large.
pub(super) fn read_source(source: &Source) -> Result<(Vec<u8>, Option<Place>), Fault> {
    read_page(open(&source.input)?, if source.origin == Origin::Named { u64::MAX } else { LARGEST })
}

/// Reads a page of no more than `largest` bytes; one that is not light comes with its place in the room.
fn read_page(mut source: Bytes, largest: u64) -> Result<(Vec<u8>, Option<Place>), Fault> {
    static TURN: Mutex<()> = Mutex::new(());
    // Small pages, which are most, come in one piece.
    let mut bytes = Vec::with_capacity(SAMPLE as usize);
    let mut upto = |limit: u64, bytes: &mut Vec<u8>| {
        let rest = limit.saturating_sub(bytes.len() as u64);
        source.by_ref().take(rest).read_to_end(bytes).map_err(unreadable)?;
        Ok::<_, Fault>(bytes.len() as u64 == limit)
    };
    if !upto(SAMPLE, &mut bytes)? {
        return Ok((bytes, None));
    }
    read::decode(&bytes)?;
    if !upto(SMALL, &mut bytes)? && weight(&bytes) <= LIGHT {
        return Ok((bytes, None));
    }
    // One at a time reads on and waits for room, so that nobody who comes later goes before.
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    if upto(largest, &mut bytes)? {
        return Err(Fault::Input(anyhow!("is larger than {} MB, too large for a page (name it to have it cleaned)", largest >> 20)));
    }
    let weight = weight(&bytes);
    if weight > HEAVIEST && largest != u64::MAX {
        return Err(Fault::Input(anyhow!("has too many lines for a page (name it to have it cleaned)")));
    }
    ROOM.enter(weight);
    Ok((bytes, Some(Place(weight))))
}

/// What the user should know about a page that was cleaned.
fn warning(is_blank: bool, cleaned: &Cleaned) -> Option<&'static str> {
    if is_blank {
        Some("the page is empty")
    } else if let Some(warning) = cleaned.page.facts.label.warning() {
        Some(warning)
    } else if cleaned.is_empty() {
        Some("no article text found (--explain shows why each line went)")
    } else {
        None
    }
}

fn show(job: &Job, input: &Input, cleaned: &Cleaned, bytes: &[u8]) -> anyhow::Result<String> {
    Ok(match job.form {
        Form::Text => cleaned.text(),
        Form::Markdown => cleaned.markdown(),
        Form::Json => serde_json::to_string(&cleaned.json()).context("cannot write JSON")? + "\n",
        Form::Explain(palette) => write::explain(&cleaned.page, &palette),
        Form::Verdicts => write::verdicts(&cleaned.page, (job.inputs.len() > 1).then(|| input.to_string()).as_deref()),
        Form::Diff(palette) => {
            let name = if *input == Input::Stdin { "stdin".to_owned() } else { input.to_string() };
            cleaned.diff(&original(bytes)?, &name, &palette)
        }
    })
}

/// The text of a page as it stands in the file, its byte order mark too: without it a patch would not fit.
fn original(bytes: &[u8]) -> anyhow::Result<Cow<'_, str>> {
    let text = read::decode(bytes)?;
    let is_marked = bytes.strip_prefix(b"\xef\xbb\xbf") == Some(text.as_bytes());
    Ok(if is_marked { Cow::Owned(["\u{feff}", &text].concat()) } else { text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_in_the_program_is_one_of_the_page() {
        let said = |result: Result<(), Fault>| result.map_err(|fault| fault.into_why().to_string());
        assert_eq!(
            said(guarded(|| panic!("line {}", 7))),
            Err("newsclean broke on it (line 7): please report this, with the page".to_owned())
        );
        assert_eq!(said(guarded(|| Ok(()))), Ok(()));
    }
}
