//! Where results go: standard output, one file, or a folder that mirrors the inputs.

use std::fs;
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};

use super::draft::{BUFFER, Draft, sweep};
use super::naming::Naming;
use super::walk::{Origin, Source, Walk, real_path};
use super::{Fault, Input, Job, Output};

/// What standard output is called in messages.
const STDOUT: &str = "standard output";

/// Where the results of each input go.
#[derive(Debug)]
pub(super) struct Places<'j> {
    job: &'j Job,
    naming: Naming,
    /// The named inputs by what they really are, which no output may overwrite.
    inputs: Vec<PathBuf>,
}

impl<'j> Places<'j> {
    /// Makes the folders of outputs ready: they are there, apart from the inputs, and free of what killed runs left.
    pub(super) fn new(job: &'j Job, naming: Naming, walk: &Walk<'_>) -> anyhow::Result<Self> {
        let output = if let Output::Folder(path) = &job.output { Some(path.as_path()) } else { None };
        let folders: Vec<&Path> = output.into_iter().chain(job.removed.as_deref()).collect();
        for (at, folder) in folders.iter().enumerate() {
            if folder.exists() && !folder.is_dir() {
                let option =
                    if Some(*folder) == output { "several inputs need a folder (give -o" } else { "--removed needs a folder (give it" };
                bail!("{}: is a file; {option} another name)", folder.display());
            }
            for other in walk.folders().chain(folders.iter().copied().take(at)) {
                keep_apart(folder, other)?;
            }
        }
        for folder in folders {
            fs::create_dir_all(folder).with_context(|| format!("{}: cannot make the folder", folder.display()))?;
            // Only what mirrors a tree is one run's work; into one folder of files, many may write at once.
            if walk.folders().next().is_some() {
                sweep(folder);
            }
        }
        let paths = job.inputs.iter().filter_map(|i| if let Input::File(path) = i { Some(path) } else { None });
        let files = paths.filter(|path| !path.is_dir() && !matches!(job.output, Output::Stdout));
        Ok(Self { job, naming, inputs: files.filter_map(|path| path.canonicalize().ok()).collect() })
    }

    /// The file of `source` alone; none if it shares an output.
    pub(super) fn file(&self, source: &Source) -> Option<PathBuf> {
        match &self.job.output {
            Output::Folder(folder) => Some(folder.join(self.named(self.naming, source))),
            Output::Stdout | Output::File(_) | Output::Nowhere => None,
        }
    }

    /// The file of what is removed from `source`.
    pub(super) fn removed(&self, source: &Source) -> Option<PathBuf> {
        let naming = if matches!(self.naming, Naming::Records) { self.naming } else { Naming::Pages("jsonl") };
        self.job.removed.as_ref().map(|folder| folder.join(self.named(naming, source)))
    }

    fn named(&self, naming: Naming, source: &Source) -> PathBuf {
        let name = source.place.file_name().map(|name| naming.output(name)).unwrap_or_default();
        source.place.with_file_name(name)
    }

    /// Whether an earlier run has done `source`: all its files are there, and newer. What is named is done again.
    pub(super) fn is_done(&self, source: &Source) -> bool {
        let (Origin::Found, false, Input::File(input), Some(file)) = (source.origin, self.job.redo, &source.input, self.file(source))
        else {
            return false;
        };
        let time = |path: &Path| fs::metadata(path).ok().filter(fs::Metadata::is_file)?.modified().ok();
        // Where nothing is made yet, that is all to look for.
        let Some((made, changed)) = time(&file).and_then(|made| Some((made, time(input)?))) else { return false };
        made > changed && self.removed(source).is_none_or(|path| time(&path).is_some_and(|made| made > changed))
    }

    /// Begins the file `path` for a result, in a folder that may have to be made.
    pub(super) fn begin(&self, path: &Path) -> Result<Draft, Fault> {
        self.guard(path)?;
        Draft::begin_in_tree(path).map_err(|why| Fault::Output(unwritten(path, why)))
    }

    /// Refuses to write over an input.
    fn guard(&self, path: &Path) -> Result<(), Fault> {
        if !self.inputs.is_empty() && path.canonicalize().is_ok_and(|p| self.inputs.contains(&p)) {
            return Err(Fault::Input(anyhow!("its output would overwrite the input {} (give -o another name)", path.display())));
        }
        Ok(())
    }

    /// The output that several inputs share.
    pub(super) fn shared(&self) -> Result<Shared, Fault> {
        Ok(match &self.job.output {
            Output::Stdout => Shared::Stdout(BufWriter::with_capacity(BUFFER, io::stdout().lock())),
            Output::File(path) => {
                self.guard(path)?;
                Shared::File(Draft::begin(path).map_err(|why| Fault::Lost(unwritten(path, why)))?, path.clone())
            }
            Output::Folder(_) | Output::Nowhere => Shared::None,
        })
    }
}

/// Refuses folders of which one holds the other: outputs would be taken for inputs.
fn keep_apart(output: &Path, other: &Path) -> anyhow::Result<()> {
    let (real, held) = (real_path(output), real_path(other));
    if real == held {
        bail!("{}: is the folder {} itself; results need another folder", output.display(), other.display());
    }
    if real.starts_with(&held) || held.starts_with(&real) {
        let (inner, outer) = if real.starts_with(&held) { (output, other) } else { (other, output) };
        bail!("{}: lies in {}; inputs and results need folders apart", inner.display(), outer.display());
    }
    Ok(())
}

/// The error to show when `path` could not be written.
pub(super) fn unwritten(path: &Path, why: io::Error) -> anyhow::Error {
    let why = plain(why);
    let hint = match why.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => " (the disk is full: free some space, or write elsewhere)",
        io::ErrorKind::NotFound => " (make its folder first)",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => " (you may not write there: choose another place)",
        _ => "",
    };
    let name = path.display();
    if why.kind() == io::ErrorKind::BrokenPipe { why.into() } else { anyhow!("{name}: cannot write: {why}{hint}") }
}

/// The error without the name of the temporary file, which nobody asked for and tempfile adds to its text.
fn plain(error: io::Error) -> io::Error {
    let text = error.to_string();
    match text.split_once(" at path ") {
        Some((why, _)) => io::Error::new(error.kind(), why),
        None => error,
    }
}

/// An output that several inputs share.
#[derive(Debug)]
pub(super) enum Shared {
    /// Standard output.
    Stdout(BufWriter<StdoutLock<'static>>),
    /// The file of that name.
    File(Draft, PathBuf),
    /// Each input has a file of its own.
    None,
}

impl Shared {
    /// Writes with `write` and names the place if that fails.
    pub(super) fn write(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Fault> {
        match self {
            Self::Stdout(out) => write(out).map_err(|why| Fault::Lost(unwritten(Path::new(STDOUT), why))),
            Self::File(draft, path) => write(draft).map_err(|why| Fault::Lost(unwritten(path, why))),
            Self::None => Ok(()),
        }
    }

    /// Makes what was written visible.
    pub(super) fn done(self) -> Result<(), Fault> {
        match self {
            Self::Stdout(mut out) => out.flush().map_err(|why| Fault::Lost(unwritten(Path::new(STDOUT), why))),
            Self::File(draft, path) => draft.done().map_err(|why| Fault::Lost(unwritten(&path, why))),
            Self::None => Ok(()),
        }
    }
}

/// A file that belongs to one input; nothing if there is none to write.
#[derive(Debug)]
pub(super) struct Own(Option<(Draft, PathBuf)>);

impl Own {
    /// Begins the file.
    pub(super) fn begin(places: &Places<'_>, path: Option<PathBuf>) -> Result<Self, Fault> {
        path.map(|path| Ok((places.begin(&path)?, path))).transpose().map(Self)
    }

    /// Adds `text`.
    pub(super) fn write(&mut self, text: &str) -> Result<(), Fault> {
        self.0.as_mut().map_or(Ok(()), |(draft, path)| draft.write_all(text.as_bytes()).map_err(|why| Fault::Output(unwritten(path, why))))
    }

    /// Makes it visible.
    pub(super) fn done(self) -> Result<(), Fault> {
        self.0.map_or(Ok(()), |(draft, path)| draft.done().map_err(|why| Fault::Output(unwritten(&path, why))))
    }
}
