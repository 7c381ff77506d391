//! One page: read whole, cleaned, and rendered.

use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, anyhow};
use newsclean::{Cleaned, clean, read, write};

use super::open::{Bytes, open, unreadable};
use super::removed;
use super::templates::Sites;
use super::walk::{Origin, Source};
use super::{Fault, Form, Input, Job, Volume};

/// Bytes that tell whether a file is text, before the rest of it is read: as many as the decoder looks at.
const SAMPLE: u64 = 1 << 14;
/// Pages above this are cleaned one at a time, so that memory does not grow with the number of cores.
const HEAVY: u64 = 1 << 18;
/// No page that is found is larger; a file that is, or that unpacks to more, is something else. A page of short lines takes forty
/// times its size in memory, so this is what keeps any folder within bounds.
const LARGEST: u64 = 8 << 20;

/// What became of a page.
#[derive(Debug)]
pub(super) struct Made {
    /// The article as it is written.
    pub(super) rendered: String,
    /// What went, as JSON lines, if that is asked for.
    pub(super) removed: String,
    /// Whether nothing stayed.
    pub(super) is_empty: bool,
    /// What the user should know.
    pub(super) warning: Option<&'static str>,
    /// What was done, for those who want to hear it.
    pub(super) summary: Option<String>,
}

/// Reads and cleans the page of `source` and renders it as the job asks.
pub(super) fn make(job: &Job, sites: &Sites, source: &Source) -> Result<Made, Fault> {
    let input = &source.input;
    let (bytes, _alone) = read_source(source)?;
    let settings = sites.settings(&job.settings, None, Some(source), &bytes);
    let cleaned = clean(&bytes, &settings).map_err(|e| Fault::Binary(e.into()))?;
    Ok(Made {
        rendered: show(job.form, &cleaned).map_err(Fault::Input)?,
        removed: if job.removed.is_some() { removed::lines(&input.to_string(), None, &cleaned.page) } else { String::new() },
        is_empty: cleaned.is_empty(),
        warning: warning(&bytes, &cleaned),
        summary: (job.volume == Volume::Verbose).then(|| write::summary(&cleaned.page)),
    })
}

/// Does `work`; a fault in the program, which should not be, ends this page and no other.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        Err(Fault::Input(anyhow!("newsclean broke on it ({}): please report this, with the page", said.unwrap_or("no reason given"))))
    })
}

/// Reads the file at `path` whole.
pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let read = open(&Input::File(path.to_owned())).and_then(|bytes| read_page(bytes, u64::MAX));
    read.map(|(bytes, _)| bytes).map_err(Fault::into_why)
}

/// Reads the page of `source`; one that is found may not be too large.
pub(super) fn read_source(source: &Source) -> Result<(Vec<u8>, Option<MutexGuard<'static, ()>>), Fault> {
    read_page(open(&source.input)?, if source.origin == Origin::Named { u64::MAX } else { LARGEST })
}

/// Reads a page of no more than `largest` bytes; a heavy one comes with the right to be in memory.
fn read_page(mut source: Bytes, largest: u64) -> Result<(Vec<u8>, Option<MutexGuard<'static, ()>>), Fault> {
    static HEAVIES: Mutex<()> = Mutex::new(());
    let mut bytes = Vec::new();
    let mut upto = |limit: u64, bytes: &mut Vec<u8>| {
        let rest = limit.saturating_sub(bytes.len() as u64);
        source.by_ref().take(rest).read_to_end(bytes).map_err(unreadable)?;
        Ok(bytes.len() as u64 == limit)
    };
    if !upto(SAMPLE, &mut bytes)? {
        return Ok((bytes, None));
    }
    read::decode(&bytes).map_err(|e| Fault::Binary(e.into()))?;
    if !upto(HEAVY, &mut bytes)? {
        return Ok((bytes, None));
    }
    let alone = HEAVIES.lock().unwrap_or_else(PoisonError::into_inner);
    if upto(largest, &mut bytes)? {
        return Err(Fault::Input(anyhow!("is larger than {} MB, too large for a page (name it to have it cleaned)", largest >> 20)));
    }
    Ok((bytes, Some(alone)))
}

/// What the user should know about a page that was cleaned.
fn warning(bytes: &[u8], cleaned: &Cleaned) -> Option<&'static str> {
    if bytes.trim_ascii_start().is_empty() {
        Some("the page is empty")
    } else if cleaned.is_empty() {
        Some("no article text found (--explain shows why each line went)")
    } else {
        None
    }
}

fn show(form: Form, cleaned: &Cleaned) -> anyhow::Result<String> {
    Ok(match form {
        Form::Text => cleaned.text(),
        Form::Markdown => cleaned.markdown(),
        Form::Json => serde_json::to_string(&cleaned.json()).context("cannot write JSON")? + "\n",
        Form::Explain(palette) => write::explain(&cleaned.page, &palette),
    })
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
