//! The built-in rules do what their files say, and the compiled table is theirs.

#![allow(clippy::unwrap_used, reason = "a failed test may panic")]

use std::collections::BTreeMap;

use newsclean::rules::{RuleFile, builtin_files, check, compile, page_file, parse_rules};

fn files() -> Vec<(&'static str, RuleFile)> {
    builtin_files().iter().copied().chain([page_file()]).map(|(name, content)| (name, parse_rules(name, content).unwrap())).collect()
}

#[test]
fn hits_match_and_misses_do_not() {
    let mut faults = Vec::new();
    for (name, file) in files() {
        faults.extend(check(&file).unwrap().iter().map(|failure| format!("{name}: {failure}")));
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn ids_are_unique_over_all_files() {
    let mut homes: BTreeMap<String, &str> = BTreeMap::new();
    for (name, file) in files() {
        for rule in file.rules {
            if let Some(other) = homes.insert(rule.id.clone(), name) {
                panic!("{name}: rule '{}' is in {other} too", rule.id);
            }
        }
    }
}

#[test]
fn every_rule_says_what_it_means() {
    for (name, file) in files() {
        for rule in &file.rules {
            assert!(!rule.about.trim().is_empty(), "{name}: rule '{}' has no 'about'", rule.id);
            assert!(!rule.about.contains('\n'), "{name}: rule '{}': 'about' is one line", rule.id);
            assert!(!rule.hit.is_empty() && !rule.miss.is_empty(), "{name}: rule '{}' needs a hit and a miss", rule.id);
        }
    }
}

#[test]
fn the_compiled_table_is_made_from_the_sources() {
    let mut files: Vec<RuleFile> = files().into_iter().map(|(_, file)| file).collect();
    let pages = compile(&[files.pop().unwrap()], None).unwrap();
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules");
    let lexicon = std::fs::read_to_string(format!("{dir}/lexicon.toml")).unwrap();
    let fresh = compile(&files, Some(&lexicon)).unwrap();
    let stored = std::fs::read(format!("{dir}/compiled.bin")).unwrap();
    assert!(fresh.as_bytes() == stored, "src/rules/compiled.bin is older than the rule files; run: cargo run --example compile-rules");
    let stored = std::fs::read(format!("{dir}/page.bin")).unwrap();
    assert!(pages.as_bytes() == stored, "src/rules/page.bin is older than page.toml; run: cargo run --example compile-rules");
}
