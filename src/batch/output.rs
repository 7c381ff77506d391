//! Where results go: standard output, or files that are whole or not there at all.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use tempfile::NamedTempFile;

use super::{Fault, Form, Input, Job, Output, Sink, Task};

/// Bytes that are collected before they are written.
const BUFFER: usize = 1 << 16;

/// The outputs of a job.
#[derive(Debug)]
pub(super) struct Outputs {
    place: Place,
    /// The inputs by what they really are, which no output may overwrite.
    inputs: Vec<PathBuf>,
    /// The outputs that are done, and what they came from.
    written: BTreeMap<PathBuf, Input>,
    /// The file ending that tells the form, where the form asks for one.
    ending: Option<&'static str>,
}

#[derive(Debug)]
enum Place {
    Stdout { out: BufWriter<StdoutLock<'static>>, begun: bool },
    File(PathBuf),
    Folder(PathBuf),
}

/// The output of one input.
#[derive(Debug)]
pub(super) enum Out<'o> {
    /// Standard output, shared by all.
    Stdout(&'o mut BufWriter<StdoutLock<'static>>, &'o mut bool),
    /// A device or pipe, which cannot be replaced.
    Direct(BufWriter<File>),
    /// A file in the making: it takes its name when it is whole.
    Draft(BufWriter<NamedTempFile>, PathBuf),
}

impl Outputs {
    /// Readies the outputs of `job`; makes the folder if there is none.
    pub(super) fn new(job: &Job) -> anyhow::Result<Self> {
        let place = match &job.output {
            Output::Stdout => Place::Stdout { out: BufWriter::with_capacity(BUFFER, io::stdout().lock()), begun: false },
            Output::File(path) => Place::File(path.clone()),
            Output::Folder(path) => {
                if path.exists() && !path.is_dir() {
                    bail!("{}: is a file; several inputs need a folder (give -o another name)", path.display());
                }
                std::fs::create_dir_all(path).with_context(|| format!("{}: cannot make the folder", path.display()))?;
                Place::Folder(path.clone())
            }
        };
        let paths = job.inputs.iter().filter_map(|i| if let Input::File(path) = i { Some(path) } else { None });
        let inputs = if matches!(place, Place::Stdout { .. }) { Vec::new() } else { paths.filter_map(|p| p.canonicalize().ok()).collect() };
        let ending = match (&job.task, job.form) {
            (Task::Pages, Form::Markdown) => Some("md"),
            (Task::Pages, Form::Json) => Some("json"),
            _ => None,
        };
        Ok(Self { place, inputs, written: BTreeMap::new(), ending })
    }

    /// Whether all inputs share one output, so that losing it ends the job.
    pub(super) fn is_shared(&self) -> bool {
        matches!(self.place, Place::Stdout { .. })
    }

    /// The output of `input`.
    pub(super) fn open(&mut self, input: &Input) -> Result<Out<'_>, Fault> {
        let path = match self.path_of(input).map_err(Fault::Input)? {
            Some(path) => path,
            None => {
                let Place::Stdout { out, begun } = &mut self.place else { return Err(Fault::Input(anyhow!("no place to write to"))) };
                return Ok(Out::Stdout(out, begun));
            }
        };
        self.claim(&path, input).map_err(Fault::Input)?;
        draft(&path).map_err(Fault::Output)
    }

    fn path_of(&self, input: &Input) -> anyhow::Result<Option<PathBuf>> {
        match (&self.place, input) {
            (Place::Stdout { .. }, _) => Ok(None),
            (Place::File(path), _) => Ok(Some(path.clone())),
            (Place::Folder(_), Input::Stdin) => bail!("has no name to give to a file in a folder (give -o a file, or the page as a file)"),
            (Place::Folder(folder), Input::File(path)) => {
                let name = path.file_name().ok_or_else(|| anyhow!("has no file name to use in the folder"))?;
                let path = folder.join(name);
                Ok(Some(self.ending.map_or(path.clone(), |ending| path.with_extension(ending))))
            }
        }
    }

    /// Takes `path` for `input`, unless that would destroy an input or another result.
    fn claim(&mut self, path: &Path, input: &Input) -> anyhow::Result<()> {
        if path.canonicalize().is_ok_and(|p| self.inputs.contains(&p)) {
            bail!("its output would overwrite the input {} (give -o another name)", path.display());
        }
        if let Some(other) = self.written.get(path) {
            bail!("its output {} is already that of {other} (clean it apart, into another folder)", path.display());
        }
        self.written.insert(path.to_owned(), input.clone());
        Ok(())
    }

    /// The error to show when the output of `input` could not be written.
    pub(super) fn lost(&self, input: &Input, why: io::Error) -> anyhow::Error {
        let why = plain(why);
        let path = self.path_of(input).ok().flatten();
        let hint = match why.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => " (the disk is full: free some space, or write elsewhere)",
            io::ErrorKind::NotFound => " (make its folder first)",
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => " (you may not write there: choose another place)",
            _ => "",
        };
        let name = path.map_or_else(|| "standard output".to_owned(), |p| p.display().to_string());
        if why.kind() == io::ErrorKind::BrokenPipe { why.into() } else { anyhow!("{name}: cannot write: {why}{hint}") }
    }
}

/// Begins the file that will be called `path`.
fn draft(path: &Path) -> io::Result<Out<'static>> {
    // A link stays a link: what it points to is replaced.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let old = std::fs::metadata(&path).ok();
    if old.as_ref().is_some_and(|m| !m.is_file()) {
        return Ok(Out::Direct(BufWriter::with_capacity(BUFFER, File::options().write(true).open(&path)?)));
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".newsclean-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder)?;
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions())?;
    }
    Ok(Out::Draft(BufWriter::with_capacity(BUFFER, file), path))
}

/// The error without the name of the temporary file, which nobody asked for and tempfile adds to its text.
fn plain(error: io::Error) -> io::Error {
    let text = error.to_string();
    match text.split_once(" at path ") {
        Some((why, _)) => io::Error::new(error.kind(), why),
        None => error,
    }
}

impl Out<'_> {
    /// Makes the result visible.
    pub(super) fn done(self) -> io::Result<()> {
        match self {
            // A reader that follows sees each article as soon as it is done.
            Out::Stdout(out, _) => out.flush(),
            Out::Direct(mut out) => out.flush(),
            Out::Draft(out, path) => {
                let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.persist(path).map(drop).map_err(|e| e.error)
            }
        }
    }
}

impl Write for Out<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Out::Stdout(out, begun) => {
                **begun |= !bytes.is_empty();
                out.write(bytes)
            }
            Out::Direct(out) => out.write(bytes),
            Out::Draft(out, _) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Out::Stdout(out, _) => out.flush(),
            Out::Direct(out) => out.flush(),
            Out::Draft(out, _) => out.flush(),
        }
    }
}

impl Sink for Out<'_> {
    fn is_begun(&self) -> bool {
        matches!(self, Out::Stdout(_, begun) if **begun)
    }
}
