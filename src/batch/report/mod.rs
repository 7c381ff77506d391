//! `--report`: one HTML file that shows what went of every page and why.
//!
//! A browser could not hold thousands of pages as elements, so the file holds them packed, some fifty together ([`Binder`]), and its
//! script unpacks those that are looked at. Above them stands the index, a card for each page, of which the script makes the totals,
//! the list and the search. Nothing is fetched, and what pages say is never markup: all of it is JSON inside Base64.

mod binder;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::bail;
use newsclean::page::{Kind, Page};
use newsclean::template::host;
use newsclean::write::{Card, card, sheet};
use serde::Serialize;

use super::draft::Draft;
use super::output::unwritten;
use super::walk::{Source, real_path};
use super::{Fault, Input, Job, Output};
use binder::Binder;

/// The file, with the places of what is put into it in double braces.
const FRAME: &str = include_str!("assets/report.html");
const STYLE: &str = include_str!("assets/report.css");
/// One script in parts, the one that starts it last.
const SCRIPT: [&str; 6] = [
    include_str!("assets/store.js"),
    include_str!("assets/list.js"),
    include_str!("assets/overview.js"),
    include_str!("assets/sheet.js"),
    include_str!("assets/tip.js"),
    include_str!("assets/main.js"),
];

/// The report of a run, in the making.
#[derive(Debug)]
pub(super) struct Report {
    path: PathBuf,
    draft: Draft,
    binder: Binder,
}

/// A page for the report, ready to be packed.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its card, as a line of JSON.
    card: String,
    /// Its sheet, as a line of JSON.
    sheet: String,
}

/// A card with what the page does not know itself.
#[derive(Serialize)]
struct Named<'p> {
    name: &'p str,
    #[serde(flatten)]
    card: Card,
}

impl Entry {
    /// The page called `name`, of the site `told` if its record says so, or in `file`.
    pub(super) fn new(name: &str, told: Option<String>, file: Option<&Source>, page: &Page) -> Self {
        let mut card = card(page);
        let address = || page.markup.as_deref().and_then(|m| m.data.url.as_deref()).and_then(host);
        card.site = told.or_else(address).or(card.site).or_else(|| file.map(Source::folder));
        Self { card: line(&Named { name, card }), sheet: line(&sheet(page)) }
    }
}

/// `value` as a line of JSON, which holds no line end. Nothing in it cannot be written.
fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

impl Report {
    /// Begins the report that `job` asks for, if it does.
    pub(super) fn begin(job: &Job) -> anyhow::Result<Option<Self>> {
        let Some(path) = job.report.clone() else { return Ok(None) };
        guard(job, &path)?;
        let begun = Draft::begin(&path).and_then(|draft| Ok((draft, Binder::new(folder(&path))?)));
        let (draft, binder) = begun.map_err(|why| unwritten(&path, why))?;
        Ok(Some(Self { path, draft, binder }))
    }

    /// Adds a page.
    pub(super) fn add(&mut self, entry: &Entry) -> Result<(), Fault> {
        self.binder.add(&entry.card, &entry.sheet).map_err(|why| Fault::Lost(unwritten(&self.path, why)))
    }

    /// Makes the report visible.
    pub(super) fn done(self) -> anyhow::Result<()> {
        let Self { path, mut draft, binder } = self;
        fill(&mut draft, binder).and_then(|()| draft.done()).map_err(|why| unwritten(&path, why))
    }
}

/// The folder of the file at `path`.
fn folder(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Refuses to write over an input or another output.
fn guard(job: &Job, path: &Path) -> anyhow::Result<()> {
    let name = path.display();
    if path.is_dir() {
        bail!("{name}: is a folder; --report needs the name of a file");
    }
    let is_same = |other: &Path| real_path(other) == real_path(path);
    if job.inputs.iter().any(|input| matches!(input, Input::File(file) if is_same(file))) {
        bail!("{name}: the report would overwrite this input (give --report another name)");
    }
    if matches!(&job.output, Output::File(file) if is_same(file)) {
        bail!("{name}: is the file for the article too (give --report another name)");
    }
    Ok(())
}

/// Writes the frame with everything in its place.
fn fill(out: &mut impl Write, binder: Binder) -> io::Result<()> {
    let (index, mut chunks) = binder.close()?;
    for part in FRAME.split("{{") {
        let (slot, text) = part.split_once("}}").unwrap_or(("", part));
        match slot {
            "version" => out.write_all(env!("CARGO_PKG_VERSION").as_bytes())?,
            "style" => out.write_all(STYLE.as_bytes())?,
            "kinds" => out.write_all(kinds().as_bytes())?,
            "index" => out.write_all(index.as_bytes())?,
            "chunks" => drop(io::copy(&mut chunks, out)?),
            "script" => SCRIPT.iter().try_for_each(|part| out.write_all(part.as_bytes()))?,
            _ => {}
        }
        out.write_all(text.as_bytes())?;
    }
    Ok(())
}

/// The kinds of noise with what they cover, as JSON.
fn kinds() -> String {
    let kinds: Vec<_> = Kind::ALL.iter().map(|kind| [kind.name(), kind.about()]).collect();
    serde_json::to_string(&kinds).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_colour() {
        for kind in Kind::ALL {
            assert!(STYLE.contains(&format!("[data-kind=\"{kind}\"]")), "{kind}");
        }
    }

    #[test]
    fn the_frame_has_all_its_places_and_no_asset_ends_its_element() {
        let slots: Vec<_> = FRAME.split("{{").skip(1).filter_map(|part| part.split_once("}}")).map(|(slot, _)| slot).collect();
        assert_eq!(slots, ["version", "style", "kinds", "index", "chunks", "script"]);
        assert!(!STYLE.contains("</") && !kinds().contains('<'));
        assert!(SCRIPT.iter().all(|part| !part.contains("</script") && !part.contains("<!--")));
    }
}
