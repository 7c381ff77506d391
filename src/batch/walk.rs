//! What the PATHs stand for: files that are named, and files that are found in folders.
//!
//! Folders are walked while their files are cleaned, entry by entry: there is no list of all files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{anyhow, bail};
use walkdir::{DirEntry, WalkDir};

use super::draft::is_draft;
use super::naming::Naming;
use super::{Input, Job, Output, Task};

/// One input with its place among the outputs.
#[derive(Debug, Clone)]
pub(super) struct Source {
    /// Where it is read.
    pub(super) input: Input,
    /// Its own name, below the folder of outputs.
    pub(super) place: PathBuf,
    /// Whether it was named or found.
    pub(super) origin: Origin,
}

impl Source {
    /// The name of its file.
    pub(super) fn path(&self) -> PathBuf {
        if let Input::File(path) = &self.input { path.clone() } else { self.place.clone() }
    }

    /// The name of its folder: below the folder of inputs, or of that itself.
    pub(super) fn folder(&self) -> String {
        let below = self.place.parent().filter(|p| !p.as_os_str().is_empty()).map(Path::to_owned);
        let above = || self.path().parent().and_then(|p| p.file_name()).map(PathBuf::from);
        below.or_else(above).unwrap_or_else(|| PathBuf::from(".")).display().to_string()
    }
}

impl Met {
    /// The input to read, if it is one.
    pub(super) fn source(&self) -> Option<&Source> {
        if let Self::Source(source) = self { Some(source) } else { None }
    }

    /// The input to read, if it is one.
    pub(super) fn into_source(self) -> Option<Source> {
        if let Self::Source(source) = self { Some(source) } else { None }
    }
}

/// How an input came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The user named it, and means it.
    Named,
    /// It stands in a folder.
    Found,
}

/// Why something in a folder is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Skip {
    /// It has an output that is newer.
    Done,
    /// Its name begins with a dot.
    Hidden,
    /// It is binary.
    NotText,
    /// Its name is not that of a file of records.
    NotRecords,
    /// A pipe, a socket or a device.
    NotAFile,
    /// A link to a folder, which may lead in circles.
    Link,
}

/// What a walk meets.
#[derive(Debug)]
pub(super) enum Met {
    /// An input to read.
    Source(Source),
    /// Something that is passed over.
    Passed(PathBuf, Skip),
    /// An input that cannot be done, and why.
    Failed(String, anyhow::Error),
}

/// The inputs of a job.
pub(super) struct Walk<'j> {
    job: &'j Job,
    naming: Naming,
    roots: Vec<Root>,
}

enum Root {
    Named(Source),
    Folder {
        path: PathBuf,
        /// The folder among the outputs that mirrors it.
        place: PathBuf,
    },
    Failed(String, anyhow::Error),
}

impl<'j> Walk<'j> {
    /// Looks at the PATHs of `job`, and no further.
    pub(super) fn new(job: &'j Job, naming: Naming) -> Self {
        let mut walk = Self { job, naming, roots: Vec::new() };
        let mut taken = BTreeMap::new();
        for input in &job.inputs {
            let root = walk.root(input).and_then(|root| walk.claim(root, input, &mut taken));
            walk.roots.push(root.unwrap_or_else(|why| Root::Failed(input.to_string(), why)));
        }
        walk
    }

    /// The folders among the PATHs.
    pub(super) fn folders(&self) -> impl Iterator<Item = &Path> {
        self.roots.iter().filter_map(|root| if let Root::Folder { path, .. } = root { Some(path.as_path()) } else { None })
    }

    fn root(&self, input: &Input) -> anyhow::Result<Root> {
        let named = |place: PathBuf| Root::Named(Source { input: input.clone(), place, origin: Origin::Named });
        let Input::File(path) = input else { return Ok(named(PathBuf::from("stdin"))) };
        if !path.is_dir() {
            return match (path.file_name(), &self.job.output) {
                (Some(name), _) => Ok(named(name.into())),
                (None, Output::Folder(_)) => bail!("has no file name to use in the folder"),
                (None, _) => Ok(named(PathBuf::new())),
            };
        }
        if matches!((&self.job.task, &self.job.output), (Task::Pages, Output::Stdout | Output::File(_))) {
            bail!("is a folder; say which folder its articles go to (-o articles/)");
        }
        // One folder is mirrored itself; several, and folders beside files, stand side by side under their names.
        let place = match path.canonicalize()?.file_name() {
            Some(name) if self.job.inputs.len() > 1 => PathBuf::from(name),
            _ => PathBuf::new(),
        };
        Ok(Root::Folder { path: path.clone(), place })
    }

    /// Takes the place of `root`, unless another PATH has it.
    fn claim(&self, root: Root, input: &Input, taken: &mut BTreeMap<PathBuf, Input>) -> anyhow::Result<Root> {
        let into = if let Output::Folder(path) = &self.job.output { Some(path) } else { None };
        let Some(folder) = into.or(self.job.removed.as_ref()) else { return Ok(root) };
        let place = match &root {
            Root::Named(source) if source.input == Input::Stdin && into.is_some() => {
                bail!("has no name to give to a file in a folder (give -o a file, or the page as a file)")
            }
            Root::Named(source) => self.naming.output(source.place.as_os_str()).into(),
            Root::Folder { place, .. } => place.clone(),
            Root::Failed(..) => return Ok(root),
        };
        if let Some(other) = taken.get(&place) {
            bail!("its output {} is already that of {other} (clean it apart, into another folder)", folder.join(place).display());
        }
        taken.insert(place, input.clone());
        Ok(root)
    }

    /// All inputs: those named in their order, those of a folder as the system lists them, or by name where they share one output.
    pub(super) fn inputs(&self) -> impl Iterator<Item = Met> {
        self.roots.iter().flat_map(|root| -> Box<dyn Iterator<Item = Met> + Send + '_> {
            match root {
                Root::Named(source) => Box::new(std::iter::once(Met::Source(source.clone()))),
                Root::Failed(name, why) => Box::new(std::iter::once(Met::Failed(name.clone(), anyhow!("{why:#}")))),
                Root::Folder { path, place } => Box::new(self.below(path, place)),
            }
        })
    }
}

/// Files in folders.
impl Walk<'_> {
    fn below<'w>(&'w self, root: &'w Path, place: &'w Path) -> impl Iterator<Item = Met> + Send + 'w {
        let mut walk = WalkDir::new(root).min_depth(1);
        if matches!(self.job.task, Task::Records(_)) || self.job.report.is_some() {
            // Files that share an output: few, or pages of a report, of which a folder's names are the least.
            walk = walk.sort_by_file_name();
        }
        let mut entries = walk.into_iter();
        std::iter::from_fn(move || {
            loop {
                let entry = match entries.next()? {
                    Ok(entry) => entry,
                    Err(why) => return Some(unlisted(root, why)),
                };
                let is_folder = entry.file_type().is_dir();
                let met = self.look(root, place, &entry);
                if is_folder && !matches!(met, Look::In) {
                    entries.skip_current_dir();
                }
                if let Look::Met(met) = met {
                    return Some(met);
                }
            }
        })
    }

    fn look(&self, root: &Path, place: &Path, entry: &DirEntry) -> Look {
        let path = entry.path();
        let below = path.strip_prefix(root).unwrap_or(path);
        let kind = entry.file_type();
        let pass = |why| Look::Met(Met::Passed(path.to_owned(), why));
        let fail = |why| Look::Met(Met::Failed(path.display().to_string(), why));
        if self.job.globs.rule_out(below) {
            return Look::Past;
        }
        // What a run writes beside its inputs is none of them.
        if is_draft(entry.file_name()) || self.job.report.as_deref().is_some_and(|report| is_file_at(report, path)) {
            return Look::Past;
        }
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            return pass(Skip::Hidden);
        }
        if kind.is_dir() {
            return Look::In;
        }
        if !self.job.globs.admit(below) {
            return Look::Past;
        }
        if kind.is_symlink() {
            match fs::metadata(path) {
                Ok(target) if target.is_dir() => return pass(Skip::Link),
                Ok(target) if !target.is_file() => return pass(Skip::NotAFile),
                Ok(_) => {}
                Err(_) => return fail(anyhow!("is a link that leads nowhere")),
            }
        } else if !kind.is_file() {
            return pass(Skip::NotAFile);
        }
        if !self.job.globs.are_told() && !self.naming.takes(entry.file_name()) {
            return pass(Skip::NotRecords);
        }
        let is_mirrored = matches!(self.job.output, Output::Folder(_)) || self.job.removed.is_some();
        if let Some(rival) = self.rival(path, below).filter(|_| is_mirrored) {
            return fail(anyhow!("its output would be that of {} too (rename one, or leave one out with --exclude)", rival.display()));
        }
        Look::Met(Met::Source(Source { input: Input::File(path.to_owned()), place: place.join(below), origin: Origin::Found }))
    }

    /// The file beside that at `path` that has the same output and comes first.
    fn rival(&self, path: &Path, below: &Path) -> Option<PathBuf> {
        let mut names = self.naming.rivals(path.file_name()?);
        names
            .find(|name| self.job.globs.admit(&below.with_file_name(name)) && path.with_file_name(name).is_file())
            .map(|n| path.with_file_name(n))
    }
}

/// The path without links and dots; what of it does not exist yet has no links.
pub(super) fn real_path(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = path.ancestors().find_map(|a| Some((a, a.canonicalize().ok()?)));
    let Some((a, mut real)) = there else { return path };
    for part in path.strip_prefix(a).unwrap_or(&path).components() {
        match part {
            Component::ParentDir => drop(real.pop()),
            part => real.push(part),
        }
    }
    real
}

/// Whether the file at `path` is that at `other`, whose name it then has.
fn is_file_at(other: &Path, path: &Path) -> bool {
    other.file_name() == path.file_name() && real_path(other) == real_path(path)
}

/// What is done with an entry of a folder.
enum Look {
    /// Its entries are next.
    In,
    /// Nothing.
    Past,
    /// It is told.
    Met(Met),
}

/// A folder or file that cannot even be listed.
fn unlisted(root: &Path, why: walkdir::Error) -> Met {
    let name = why.path().unwrap_or(root).display().to_string();
    let why = why.into_io_error().map_or_else(|| anyhow!("leads in circles"), |why| anyhow!("cannot look into it: {why}"));
    Met::Failed(name, why)
}
