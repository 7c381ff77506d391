//! JSON records, one a line in and out: the line as it came, with one value exchanged.
//!
//! A record is not parsed into a tree: its fields are only found, so that all but the cleaned one come out byte for byte.
//! As many lines come out as went in, in order: what cannot be cleaned comes back with the reason in the field `newsclean`,
//! and an empty line stays an empty line. One line at a time is in memory.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::ops::Range;

use newsclean::clean;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::files::unreadable;
use super::{Fault, Form, Input, Job, Volume};
use crate::say;

/// Where the cleaned text goes.
const TEXT: &str = "text";
/// Where a failure is told.
const NOTE: &str = "newsclean";
/// Bytes that are read at a time.
const BUFFER: usize = 1 << 17;

/// How the records of an input went.
#[derive(Debug, Default)]
pub(super) struct Tally {
    records: u64,
    pub(super) failed: u64,
    first: Option<(u64, String)>,
}

/// Cleans every record of `source`.
pub(super) fn clean_all(job: &Job, field: &str, source: impl Read, out: &mut impl Write) -> Result<Tally, Fault> {
    let mut source = BufReader::with_capacity(BUFFER, source);
    let mut tally = Tally::default();
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        // Before waiting for more: who feeds records one by one gets the answers one by one.
        if source.buffer().is_empty() {
            out.flush().map_err(Fault::Output)?;
        }
        if source.read_until(b'\n', &mut line).map_err(unreadable)? == 0 {
            return Ok(tally);
        }
        number += 1;
        let text = String::from_utf8_lossy(&line);
        let text = if number == 1 { text.trim_start_matches('\u{feff}') } else { &text };
        let text = text.trim_end_matches(['\n', '\r']);
        if !text.trim().is_empty() {
            tally.records += 1;
            if let Err(why) = clean_line(job, field, text, number, out).map_err(Fault::Output)? {
                tally.failed += 1;
                tally.first.get_or_insert((number, why));
            }
        }
        out.write_all(b"\n").map_err(Fault::Output)?;
    }
}

/// Writes the line with its page cleaned, or with the reason why it could not be.
fn clean_line(job: &Job, field: &str, line: &str, number: u64, out: &mut impl Write) -> io::Result<Result<(), String>> {
    let record = match Record::find(line, field) {
        Ok(record) => record,
        Err(why) => {
            // The place in the line; that it is "line 1" of the record says nothing.
            let why = format!("not a JSON object: {why}").replace(" at line 1 column", " at column");
            write!(out, "{{\"{NOTE}\":{{\"error\":")?;
            write_string(out, &why)?;
            write!(out, ",\"line\":{number},\"input\":")?;
            write_string(out, line)?;
            out.write_all(b"}}")?;
            return Ok(Err(why));
        }
    };
    match record.page(line, field).and_then(|page| clean(page.as_bytes(), &job.settings).map_err(|e| e.to_string())) {
        Ok(cleaned) => {
            let text = if job.form == Form::Markdown { cleaned.markdown() } else { cleaned.text() };
            // A value needs no line end.
            record.write_with(line, TEXT, record.text.clone(), out, |out| write_string(out, text.trim_end_matches('\n')))?;
            Ok(Ok(()))
        }
        Err(why) => {
            record.write_with(line, NOTE, record.note.clone(), out, |out| {
                out.write_all(b"{\"error\":")?;
                write_string(out, &why)?;
                out.write_all(b"}")
            })?;
            Ok(Err(why))
        }
    }
}

fn write_string(out: &mut impl Write, text: &str) -> io::Result<()> {
    serde_json::to_writer(out, text).map_err(io::Error::from)
}

impl Tally {
    /// Tells the user how it went, if that is worth telling.
    pub(super) fn report(&self, input: &Input, volume: Volume) {
        let Self { records, failed, .. } = self;
        if let Some((line, why)) = &self.first {
            say(format_args!(
                "{input}: {failed} of {records} records could not be cleaned, the first in line {line}: {why} (each says why in its field \"{NOTE}\")"
            ));
        } else if volume == Volume::Verbose {
            say(format_args!("{input}: {records} records cleaned"));
        }
    }
}

/// Where in a line the values stand that matter: byte ranges.
#[derive(Debug, Default)]
struct Record {
    page: Option<Range<usize>>,
    text: Option<Range<usize>>,
    note: Option<Range<usize>>,
    /// The brace that closes the record.
    end: usize,
    is_bare: bool,
}

impl Record {
    fn find(line: &str, field: &str) -> Result<Self, serde_json::Error> {
        let mut reader = serde_json::Deserializer::from_str(line);
        let mut record = reader.deserialize_map(Finder { line, field })?;
        reader.end()?;
        record.end = line.trim_end().len().saturating_sub(1);
        Ok(record)
    }

    /// The page, decoded.
    fn page<'l>(&self, line: &'l str, field: &str) -> Result<Cow<'l, str>, String> {
        let Some(range) = self.page.clone() else {
            return Err(format!("no field \"{field}\" (--field NAME says which one holds the page)"));
        };
        let raw = line.get(range).unwrap_or_default();
        let inner = raw.strip_prefix('"').and_then(|r| r.strip_suffix('"'));
        inner.map(unescape).ok_or_else(|| format!("the field \"{field}\" is {}, not a string", name_of(raw)))
    }

    /// Writes `line` with the value at `old`, or a new field `name` at its end, replaced by what `value` writes.
    fn write_with<W: Write>(
        &self,
        line: &str,
        name: &str,
        old: Option<Range<usize>>,
        out: &mut W,
        value: impl FnOnce(&mut W) -> io::Result<()>,
    ) -> io::Result<()> {
        let (head, tail) = old.map_or((self.end, self.end), |r| (r.start, r.end));
        let part = |range: Range<usize>| line.get(range).unwrap_or_default();
        let is_new = head == tail;
        let before = part(0..head);
        out.write_all(if is_new { before.trim_end() } else { before }.as_bytes())?;
        if is_new {
            write!(out, "{}\"{name}\":", if self.is_bare { "" } else { "," })?;
        }
        value(out)?;
        out.write_all(part(tail..line.len()).as_bytes())
    }
}

/// What a JSON value is, in words.
fn name_of(raw: &str) -> &'static str {
    match raw.as_bytes().first() {
        Some(b'{') => "an object",
        Some(b'[') => "a list",
        Some(b't' | b'f') => "true or false",
        Some(b'n') => "null",
        _ => "a number",
    }
}

/// Walks a record and notes where the values are.
struct Finder<'l> {
    line: &'l str,
    field: &'l str,
}

impl<'de> Visitor<'de> for Finder<'de> {
    type Value = Record;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Record, A::Error> {
        let mut record = Record { is_bare: true, ..Record::default() };
        while let Some((key, value)) = fields.next_entry::<&RawValue, &RawValue>()? {
            record.is_bare = false;
            let key = key.get().strip_prefix('"').and_then(|k| k.strip_suffix('"')).map(unescape);
            let key = key.ok_or_else(|| de::Error::custom("a key is no string"))?;
            // The last of two fields of one name counts, as with most readers of JSON.
            let range = self.range(value.get());
            if key == self.field {
                record.page = Some(range.clone());
            }
            if key == TEXT {
                record.text = Some(range);
            } else if key == NOTE {
                record.note = Some(range);
            }
        }
        Ok(record)
    }
}

impl Finder<'_> {
    /// Where `part`, which is a part of the line, stands in it.
    fn range(&self, part: &str) -> Range<usize> {
        let start = part.as_ptr() as usize - self.line.as_ptr() as usize;
        start..start + part.len()
    }
}

/// The text of a JSON string between its quotes, which has been checked. A lone surrogate becomes U+FFFD.
fn unescape(raw: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\\', raw.as_bytes()).is_none() {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((plain, escape)) = rest.split_once('\\') {
        out.push_str(plain);
        let mut chars = escape.chars();
        match chars.next() {
            Some('u') => {
                let (c, after) = unit(escape);
                out.push(c);
                rest = after;
                continue;
            }
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('b') => out.push('\u{8}'),
            Some('f') => out.push('\u{c}'),
            Some(c) => out.push(c),
            None => {}
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character of `u1234…` or of the pair `ud83d\ude00…`, and what follows it.
fn unit(escape: &str) -> (char, &str) {
    let (high, after) = hex(escape);
    if (0xD800..0xDC00).contains(&high)
        && let Some((low, after)) = after.strip_prefix('\\').filter(|a| a.starts_with('u')).map(hex)
        && (0xDC00..0xE000).contains(&low)
    {
        let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
        return (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), after);
    }
    (char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER), after)
}

/// The number in `u1234…`, and what follows it.
fn hex(escape: &str) -> (u32, &str) {
    let digits = escape.get(1..5).unwrap_or_default();
    (u32::from_str_radix(digits, 16).unwrap_or(0xFFFD), escape.get(5..).unwrap_or_default())
}
