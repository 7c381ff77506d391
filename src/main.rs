//! newsclean: a raw scraped news page in, the clean article out.
fn main() -> anyhow::Result<()> {
    use std::io::{BufRead, Read, Write};
    let args: Vec<String> = std::env::args().skip(1).collect();
    let has = |a: &str| args.iter().any(|x| x == a);
    let settings = newsclean::Settings { headline: !has("--no-headline"), ..Default::default() };
    let mut stdout = std::io::BufWriter::new(std::io::stdout().lock());
    if has("--jsonl") {
        for line in std::io::stdin().lock().lines() {
            let mut v: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&line?)?;
            let c = newsclean::clean_text(v.get("text").and_then(|t| t.as_str()).unwrap_or(""), &settings);
            v.insert("text".into(), c.text().into());
            serde_json::to_writer(&mut stdout, &v)?;
            stdout.write_all(b"\n")?;
        }
        return Ok(());
    }
    let mut data = Vec::new();
    match args.iter().find(|a| !a.starts_with("--")) {
        Some(p) => data = std::fs::read(p)?,
        None => {
            std::io::stdin().read_to_end(&mut data)?;
        }
    }
    let c = newsclean::clean(&data, &settings)?;
    let out = if has("--explain") { newsclean::write::explain(&c.page) } else { c.text() };
    stdout.write_all(out.as_bytes())?;
    Ok(())
}
