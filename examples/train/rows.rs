//! Files of labelled pages: gzip, one JSON record a line.

use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

/// The variants that are whole pages as text, by the tool that saved them.
pub const DUMPS: [&str; 5] = ["htmltext", "inscriptis", "bs4", "w3m", "html2text"];

/// The records of a file.
pub fn rows<T: for<'d> Deserialize<'d>>(path: &Path) -> Result<Vec<T>> {
    let file = std::fs::File::open(path).with_context(|| path.display().to_string())?;
    let lines = BufReader::new(flate2::read::GzDecoder::new(file)).lines();
    lines.map(|line| Ok(serde_json::from_str(&line?)?)).collect()
}
