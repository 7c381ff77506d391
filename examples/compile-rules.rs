//! Compiles the rule files of `src/rules` into `compiled.bin` and `page.bin` there, which the binary carries.
//!
//! Run it after every change to a `.toml` there: `cargo run --example compile-rules`.

#![allow(clippy::print_stdout, reason = "a maintainer's command says what it did")]

use newsclean::rules::{compile, parse_rules};

fn main() -> anyhow::Result<()> {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules");
    let mut files = Vec::new();
    for (name, _) in newsclean::rules::builtin_files() {
        files.push(parse_rules(name, &std::fs::read_to_string(format!("{dir}/{name}"))?)?);
    }
    let set = compile(&files, Some(&std::fs::read_to_string(format!("{dir}/lexicon.toml"))?))?;
    std::fs::write(format!("{dir}/compiled.bin"), set.as_bytes())?;
    let (name, _) = newsclean::rules::page_file();
    let pages = compile(&[parse_rules(name, &std::fs::read_to_string(format!("{dir}/{name}"))?)?], None)?;
    std::fs::write(format!("{dir}/page.bin"), pages.as_bytes())?;
    println!("{} rules, {} bytes", set.len() + pages.len(), set.as_bytes().len() + pages.as_bytes().len());
    Ok(())
}
