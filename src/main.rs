//! newsclean: a raw scraped news page in, the clean article out.
fn main() -> anyhow::Result<()> {
    use std::io::{Read, Write};
    let mut data = Vec::new();
    std::io::stdin().read_to_end(&mut data)?;
    let c = newsclean::clean(&data, &newsclean::Settings::default())?;
    let out = if std::env::args().any(|a| a == "--explain") { newsclean::write::explain(&c.page) } else { c.text() };
    std::io::stdout().write_all(out.as_bytes())?;
    Ok(())
}
