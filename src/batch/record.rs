//! A JSON record as a line of text: found, not parsed, so that all but the exchanged values stay byte for byte.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use newsclean::template::host;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Where the cleaned text goes.
pub(super) const TEXT: &str = "text";
/// Where a failure is told, and what is known of the page.
pub(super) const NOTE: &str = "newsclean";

/// Why a line is no record. That the place is in "line 1" of the record says nothing.
pub(super) fn not_an_object(why: &serde_json::Error) -> String {
    format!("not a JSON object: {why}").replace(" at line 1 column", " at column")
}

/// Where in a line the values stand that matter: byte ranges.
#[derive(Debug, Default)]
pub(super) struct Record {
    page: Option<Range<usize>>,
    pub(super) text: Option<Range<usize>>,
    pub(super) note: Option<Range<usize>>,
    /// What says which site the page is of.
    url: Option<Range<usize>>,
    domain: Option<Range<usize>>,
    /// The brace that closes the record.
    end: usize,
    is_bare: bool,
}

impl Record {
    /// Finds the values in `line`, whose page is in `field`.
    pub(super) fn find(line: &str, field: &str) -> Result<Self, serde_json::Error> {
        let mut reader = serde_json::Deserializer::from_str(line);
        let mut record = reader.deserialize_map(Finder { line, field })?;
        reader.end()?;
        record.end = line.trim_end().len().saturating_sub(1);
        Ok(record)
    }

    /// Whether there is a field of the page.
    pub(super) fn has_page(&self) -> bool {
        self.page.is_some()
    }

    /// The page, decoded.
    pub(super) fn page<'l>(&self, line: &'l str, field: &str) -> Result<Cow<'l, str>, String> {
        let Some(range) = self.page.clone() else {
            return Err(format!("no field \"{field}\" (--field NAME says which one holds the page)"));
        };
        let raw = line.get(range).unwrap_or_default();
        let inner = raw.strip_prefix('"').and_then(|r| r.strip_suffix('"'));
        inner.map(unescape).ok_or_else(|| format!("the field \"{field}\" is {}, not a string", name_of(raw)))
    }

    /// The host of the site that the page is of, if the record says so.
    pub(super) fn site(&self, line: &str) -> Option<String> {
        let told = |range: &Range<usize>| {
            let raw = line.get(range.clone())?;
            host(&unescape(raw.strip_prefix('"')?.strip_suffix('"')?))
        };
        self.domain.as_ref().and_then(told).or_else(|| self.url.as_ref().and_then(told))
    }

    /// `line` with other values: each in the place of the old one, or as a new field at the end.
    pub(super) fn rewrite(&self, line: &str, mut values: Vec<Value>, out: &mut String) {
        values.sort_by_key(|value| value.place.clone().map_or(self.end, |p| p.start));
        let part = |range: Range<usize>| line.get(range).unwrap_or_default();
        out.reserve(line.len());
        let mut at = 0;
        let mut is_bare = self.is_bare;
        for Value { name, place, json } in values {
            if let Some(place) = place {
                out.push_str(part(at..place.start));
                at = place.end;
            } else {
                out.push_str(part(at..self.end).trim_end());
                at = self.end;
                let comma = if is_bare { "" } else { "," };
                out.extend([comma, "\"", name, "\":"]);
                is_bare = false;
            }
            out.push_str(&json);
        }
        out.push_str(part(at..line.len()));
    }
}

/// A value to write.
#[derive(Debug)]
pub(super) struct Value {
    /// The name of its field.
    pub(super) name: &'static str,
    /// Where the old value stands, if there is one.
    pub(super) place: Option<Range<usize>>,
    /// The new value.
    pub(super) json: String,
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
            match &*key {
                TEXT => record.text = Some(range),
                NOTE => record.note = Some(range),
                "url" => record.url = Some(range),
                "domain" => record.domain = Some(range),
                _ => {}
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
    // White space between tags is one escape after another.
    let next = |rest: &str| if rest.starts_with('\\') { Some(0) } else { memchr::memchr(b'\\', rest.as_bytes()) };
    while let Some((plain, escape)) = next(rest).and_then(|at| rest.split_at_checked(at)) {
        out.push_str(plain);
        let escape = escape.get(1..).unwrap_or_default();
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
