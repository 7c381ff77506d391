//! Files in the making: each takes its name when it is whole.
//!
//! A draft stands in the folder of its target, hidden, and is locked by who writes it. A killed run loses its locks and not its drafts,
//! so the next run can tell which of them nobody will finish. What is not done is an fsync of each file: against a killed process
//! it is not needed, and it costs more than the cleaning.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, IntoInnerError, Write};
use std::path::Path;
use std::path::PathBuf;

use tempfile::NamedTempFile;
use walkdir::WalkDir;

/// What the names of drafts begin and end with.
const PREFIX: &str = ".newsclean-";
const SUFFIX: &str = ".part";
/// Bytes that are collected before they are written.
pub(super) const BUFFER: usize = 1 << 16;

/// A file in the making.
#[derive(Debug)]
pub(super) enum Draft {
    /// A device or pipe, which cannot be replaced.
    Direct(BufWriter<File>),
    /// A file that will take the name of the path.
    File(BufWriter<NamedTempFile>, PathBuf),
}

impl Draft {
    /// Begins the file that will be called `path`.
    pub(super) fn begin(path: &Path) -> io::Result<Self> {
        // Nearly always there is nothing; to look into every link on the way would take longer than to write the file.
        let is_there = std::fs::symlink_metadata(path).is_ok();
        // A link stays a link: what it points to is replaced.
        let path = if is_there { path.canonicalize().unwrap_or_else(|_| path.to_owned()) } else { path.to_owned() };
        let old = if is_there { std::fs::metadata(&path).ok() } else { None };
        if old.as_ref().is_some_and(|m| !m.is_file()) {
            return Ok(Self::Direct(BufWriter::with_capacity(BUFFER, File::options().write(true).open(&path)?)));
        }
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX).suffix(SUFFIX);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder)?;
        // Where files cannot be locked, drafts of killed runs stay; nothing else is lost.
        let _ = file.as_file().try_lock();
        if let Some(old) = old {
            file.as_file().set_permissions(old.permissions())?;
        }
        Ok(Self::File(BufWriter::with_capacity(BUFFER, file), path))
    }

    /// Begins a file in a folder that may have to be made first.
    pub(super) fn begin_in_tree(path: &Path) -> io::Result<Self> {
        match (Self::begin(path), path.parent()) {
            (Err(why), Some(folder)) if why.kind() == ErrorKind::NotFound => {
                std::fs::create_dir_all(folder)?;
                Self::begin(path)
            }
            (begun, _) => begun,
        }
    }

    /// Makes the result visible.
    pub(super) fn done(self) -> io::Result<()> {
        match self {
            Self::Direct(mut out) => out.flush(),
            Self::File(out, path) => {
                let file = out.into_inner().map_err(IntoInnerError::into_error)?;
                file.persist(path).map(drop).map_err(|e| e.error)
            }
        }
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Direct(out) => out.write(bytes),
            Self::File(out, _) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Direct(out) => out.flush(),
            Self::File(out, _) => out.flush(),
        }
    }
}

/// Whether a file of that name is a draft.
pub(super) fn is_draft(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(PREFIX.as_bytes()) && name.ends_with(SUFFIX.as_bytes())
}

/// Removes the drafts in the tree `folder` that killed runs have left.
pub(super) fn sweep(folder: &Path) {
    for entry in WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if is_draft(entry.file_name()) && entry.file_type().is_file() {
            remove_if_left(entry.path());
        }
    }
}

/// Who gets the lock may remove the draft: a living writer would hold it.
fn remove_if_left(draft: &Path) {
    if let Ok(file) = File::open(draft)
        && file.try_lock().is_ok()
    {
        // If it cannot be removed, it is in nobody's way.
        let _ = std::fs::remove_file(draft);
    }
}
