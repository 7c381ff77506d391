//! What HTML pages say of themselves, and what it costs to read them: to measure, while the reading of pages is worked on.
//!
//! `metadata < pages.jsonl` writes for each record `{"key": …, "html": …}` the key and the data found; `metadata --speed < pages.jsonl`
//! reads all pages several times and writes the megabytes a second of the reading alone and with the passes.

#![allow(clippy::print_stdout, reason = "an example says what it found")]

use std::io::{BufRead, Write};
use std::time::Instant;

use newsclean::{Settings, clean_text, read};

#[derive(serde::Deserialize)]
struct Record {
    key: String,
    html: String,
}

fn main() -> anyhow::Result<()> {
    let records = std::io::stdin().lock().lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect::<anyhow::Result<Vec<Record>>>()?;
    let settings = Settings::default();
    if std::env::args().any(|a| a == "--speed") {
        speed("read", &records, |html| drop(read::read_text(html, &settings)));
        speed("clean", &records, |html| drop(clean_text(html, &settings)));
        return Ok(());
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for Record { key, html } in &records {
        let cleaned = clean_text(html, &settings)?;
        let data = cleaned.page.markup.as_ref().map(|m| m.data.clone()).unwrap_or_default();
        let shown = cleaned.page.facts.headline.and_then(|i| cleaned.page.blocks.get(i)).map(|b| b.text.as_str());
        let found = serde_json::json!({
            "key": key, "headline": data.headline, "shown": shown, "authors": data.authors, "date": data.date, "site": data.site,
            "language": data.language, "kind": data.kind, "free": data.free, "url": data.url, "body": data.body.map_or(0, |b| b.len()),
        });
        writeln!(out, "{found}")?;
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a rate")]
fn speed(name: &str, records: &[Record], run: impl Fn(&str)) {
    let bytes: usize = records.iter().map(|r| r.html.len()).sum();
    let best = (0..3).map(|_| {
        let start = Instant::now();
        records.iter().for_each(|r| run(&r.html));
        start.elapsed().as_secs_f64()
    });
    println!("{name}: {:.1} MB/s", bytes as f64 / 1e6 / best.fold(f64::INFINITY, f64::min));
}
