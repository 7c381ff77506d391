//! Lines read in batches, each large enough to be worth a trip to another core.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};

use anyhow::anyhow;

use super::open::{Bytes, open, unreadable};
use super::page::{guarded, weight};
use super::{Fault, Input};

/// Bytes from which a batch is full, and bytes that are read at a time.
const FULL: usize = 1 << 17;
/// No record is longer; a line that is, is no record.
const LONGEST: u64 = 256 << 20;

/// Lines that follow one another.
#[derive(Debug)]
pub(super) struct Batch {
    bytes: Vec<u8>,
    /// The number of the first.
    first: u64,
}

impl Batch {
    /// The lines with their numbers, without their ends.
    pub(super) fn lines(&self) -> impl Iterator<Item = (u64, Cow<'_, str>)> {
        let bytes = self.bytes.strip_suffix(b"\n").unwrap_or(&self.bytes);
        (self.first..).zip(split(bytes)).map(|(number, line)| {
            let line = if number == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
            let end = line.iter().rposition(|b| *b != b'\r').map_or(0, |last| last + 1);
            let line = line.get(..end).unwrap_or(line);
            // The check of the standard library is several times as fast as its repair.
            (number, std::str::from_utf8(line).map_or_else(|_| String::from_utf8_lossy(line), Cow::Borrowed))
        })
    }

    /// Those of them that are not blank.
    pub(super) fn records(&self) -> impl Iterator<Item = (u64, Cow<'_, str>)> {
        self.lines().filter(|(_, line)| !line.trim().is_empty())
    }
}

/// The lines of `bytes`, without their ends; one empty line if there is nothing.
fn split(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let now = rest?;
        let end = memchr::memchr(b'\n', now);
        let (line, after) = end.and_then(|at| now.split_at_checked(at)).unwrap_or((now, &[]));
        rest = end.and_then(|_| after.get(1..));
        Some(line)
    })
}

/// The batches of an input, each with its weight.
pub(super) struct Batches {
    source: BufReader<Bytes>,
    /// Lines read.
    count: u64,
    /// Why no more can be read, which is told after what could.
    fault: Option<Fault>,
    is_over: bool,
}

impl Batches {
    /// The batches of `source`.
    pub(super) fn new(source: Bytes) -> Self {
        Self { source: BufReader::with_capacity(FULL, source), count: 0, fault: None, is_over: false }
    }

    /// The batches of `input`; if it cannot be opened, why not.
    pub(super) fn open(input: &Input) -> Self {
        match open(input) {
            Ok(source) => Self::new(source),
            Err(why) => Self { fault: Some(why), is_over: true, ..Self::new(Box::new(io::empty())) },
        }
    }

    /// Reads lines until there are enough, or until more would have to be waited for; no line at the end.
    fn read(&mut self) -> Batch {
        let mut batch = Batch { bytes: Vec::new(), first: self.count + 1 };
        while batch.bytes.len() < FULL && (batch.bytes.is_empty() || !self.source.buffer().is_empty()) {
            let whole = batch.bytes.len();
            let fault = match self.source.by_ref().take(LONGEST).read_until(b'\n', &mut batch.bytes) {
                Ok(0) => break,
                Ok(read) if read as u64 == LONGEST && !batch.bytes.ends_with(b"\n") => {
                    let (line, size) = (self.count + 1, LONGEST >> 20);
                    Fault::Input(anyhow!("line {line} is longer than {size} MB (is it one JSON record a line?)"))
                }
                Ok(_) => {
                    self.count += 1;
                    continue;
                }
                Err(why) => unreadable(why),
            };
            batch.bytes.truncate(whole);
            self.fault = Some(fault);
            break;
        }
        batch
    }
}

impl Iterator for Batches {
    type Item = (usize, Result<Batch, Fault>);

    fn next(&mut self) -> Option<Self::Item> {
        if !self.is_over {
            let batch = self.fault.take().map_or_else(|| guarded(|| Ok(self.read())), Err);
            let batch = batch.unwrap_or_else(|fault| {
                self.fault = Some(fault);
                Batch { bytes: Vec::new(), first: self.count + 1 }
            });
            if !batch.bytes.is_empty() {
                return Some((weight(&batch.bytes), Ok(batch)));
            }
            self.is_over = true;
        }
        self.fault.take().map(|why| (1, Err(why)))
    }
}
