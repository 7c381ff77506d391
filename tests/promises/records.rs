//! What holds for every stream of records: as many lines come out as went in, in order, each a JSON object with its fields as they were.
//!
//! The tests and the fuzz targets hold streams against it.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Checks what came out of `input`.
pub(crate) fn hold(input: &[u8], output: &[u8]) -> Result<(), String> {
    let output = std::str::from_utf8(output).map_err(|why| format!("the output is no UTF-8: {why}"))?;
    let input = input.strip_suffix(b"\n").unwrap_or(input);
    let lines: Vec<&[u8]> = if input.is_empty() && output.is_empty() { Vec::new() } else { input.split(|b| *b == b'\n').collect() };
    let out: Vec<&str> = output.split_terminator('\n').collect();
    if out.len() != lines.len() {
        return Err(format!("{} lines became {}:\n{output}", lines.len(), out.len()));
    }
    for (n, (line, out)) in lines.iter().zip(out).enumerate() {
        let line = String::from_utf8_lossy(line);
        let line = if n == 0 { line.strip_prefix('\u{feff}').unwrap_or(&line) } else { &line };
        pair(line, out).map_err(|why| format!("line {}: {why}\n- {line}\n+ {out}", n + 1))?;
    }
    Ok(())
}

/// Checks what became of one line.
fn pair(line: &str, out: &str) -> Result<(), String> {
    if line.trim().is_empty() {
        return if out.is_empty() { Ok(()) } else { Err("an empty line does not stay empty".to_owned()) };
    }
    let after: Fields = serde_json::from_str(out).map_err(|why| format!("no object comes back: {why}"))?;
    let Ok(before) = serde_json::from_str::<Fields>(line) else {
        return if after.has("newsclean") { Ok(()) } else { Err("what is no object comes back without a word".to_owned()) };
    };
    if !after.has("text") && !after.has("newsclean") {
        return Err("nothing was done and nothing said".to_owned());
    }
    if before.others() == after.others() { Ok(()) } else { Err("another field was touched".to_owned()) }
}

/// The fields of an object, byte for byte and in order.
struct Fields(Vec<(String, String)>);

impl Fields {
    /// Whether there is a field of this name, which may be escaped.
    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| is_called(key, name))
    }

    /// Those that cleaning does not write.
    fn others(&self) -> Vec<&(String, String)> {
        self.0.iter().filter(|(key, _)| !is_called(key, "text") && !is_called(key, "newsclean")).collect()
    }
}

fn is_called(key: &str, name: &str) -> bool {
    serde_json::from_str::<String>(key).is_ok_and(|key| key == name)
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_map(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Vec::new();
        while let Some((key, value)) = map.next_entry::<&RawValue, &RawValue>()? {
            fields.push((key.get().to_owned(), value.get().to_owned()));
        }
        Ok(Fields(fields))
    }
}
