//! Where the fixture pages are, for whatever runs over all of them.

use std::fs;
use std::path::PathBuf;

/// The files called `name` in the folders of `fixtures`, in order.
pub(crate) fn pages(name: &str) -> Vec<PathBuf> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
    let folders = fs::read_dir(root).into_iter().flatten().flatten();
    let mut pages: Vec<PathBuf> = folders.map(|folder| folder.path().join(name)).filter(|page| page.is_file()).collect();
    pages.sort();
    assert!(pages.len() > 20, "where are the fixtures?");
    pages
}
