//! What people scrape is broken or hostile: every page here is cleaned to its end, in time, without a panic.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test may panic")]

mod common;

use std::fs;
use std::time::{Duration, Instant};

use newsclean::rules::{builtin_files, parse_rules};
use newsclean::{Settings, clean};

/// Most time for a page, given for each megabyte begun: a hundred times what it takes, so that only a hang or a square fails.
const PER_MEGABYTE: Duration = Duration::from_secs(20);

/// Cleans `page` in all forms of output.
fn survives(name: &str, page: &[u8]) {
    let start = Instant::now();
    if let Ok(cleaned) = clean(page, &Settings::default()) {
        let text = cleaned.text();
        assert!(text.len() <= page.len() * 3 + 2, "{name}: {} bytes of {}", text.len(), page.len());
        drop((cleaned.markdown(), cleaned.json()));
    }
    let limit = PER_MEGABYTE * u32::try_from(page.len() / 1_000_000 + 1).unwrap();
    assert!(start.elapsed() < limit, "{name}: {:.1?} for {} bytes", start.elapsed(), page.len());
}

/// Name and bytes of every fixture page, text and HTML.
fn fixtures() -> Vec<(String, Vec<u8>)> {
    let mut pages = ["page.txt", "page.html"].map(common::pages).concat();
    pages.sort();
    pages.iter().map(|page| (page.display().to_string(), fs::read(page).unwrap())).collect()
}

/// Numbers that look like chance and are the same in every run (Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }
}

#[test]
fn fixtures_cut_off() {
    for (name, page) in fixtures() {
        for end in (0..page.len()).step_by(97) {
            survives(&name, &page[..end]);
        }
    }
}

#[test]
fn fixtures_with_flipped_bytes() {
    let mut chance = Chance(1);
    for (name, page) in fixtures() {
        for flips in [1, 10, 100, 1000] {
            let mut page = page.clone();
            for _ in 0..flips {
                let at = chance.below(page.len());
                page[at] ^= 1 << chance.below(8);
            }
            survives(&name, &page);
        }
    }
}

#[test]
fn fixtures_with_shuffled_lines() {
    let mut chance = Chance(2);
    for (name, page) in fixtures() {
        let mut lines: Vec<&[u8]> = page.split(|b| *b == b'\n').collect();
        for at in (1..lines.len()).rev() {
            lines.swap(at, chance.below(at + 1));
        }
        survives(&name, &lines.join(&b'\n'));
    }
}

/// All of them a thousand times take a minute: `cargo test --release --test hostile -- --include-ignored`.
#[test]
#[ignore = "takes a minute"]
fn every_fixture_a_thousand_times() {
    fixtures().iter().for_each(|(name, page)| survives(name, &page.repeat(1000)));
}

#[test]
fn every_fixture_again_and_again() {
    fixtures().iter().for_each(|(name, page)| survives(name, &page.repeat(40)));
}

#[test]
fn a_fixture_a_thousand_times() {
    let pages = fixtures();
    for kind in ["page.txt", "page.html"] {
        let (name, page) = pages.iter().filter(|(name, _)| name.ends_with(kind)).min_by_key(|(_, page)| page.len()).unwrap();
        survives(name, &page.repeat(1000));
    }
}

/// No rule is a regular expression; what is matched is phrases, and the worst for them is nothing but phrases.
#[test]
fn a_megabyte_of_the_phrases_of_every_rule() {
    for (file, content) in builtin_files() {
        let rules = parse_rules(file, content).unwrap().rules;
        let hits: Vec<&str> = rules.iter().flat_map(|rule| rule.hit.iter().map(String::as_str)).collect();
        for glue in [" ", "\n"] {
            let hits = hits.join(glue) + glue;
            survives(file, hits.repeat(1_000_000 / hits.len() + 1).as_bytes());
        }
    }
}

#[test]
fn markup_out_of_hand() {
    let nested = |tag: &str| format!("<html><body><p>Text.{}", format!("<{tag}>").repeat(100_000));
    for tag in ["div", "b", "a", "table", "ul", "li", "blockquote", "svg", "template", "select", "frameset", "p", "h1", "pre"] {
        survives(tag, nested(tag).as_bytes());
    }
    let attributes: String = (0..1_000_000).map(|n| format!(" a{n}=b")).collect();
    survives("attributes", format!("<html><body><p{attributes}>Text.").as_bytes());
    survives("less than", &b"<".repeat(10_000_000));
    survives("less than in a page", &[b"<html><body><p>".as_slice(), &b"<".repeat(10_000_000)].concat());
    for entity in ["&amp;", "&#x10FFFF;", "&#0;", "&notanentity;", "&", "&#999999999999;"] {
        survives(entity, format!("<html><body><p>{}", entity.repeat(1_000_000)).as_bytes());
    }
    let bomb: String = (1..100).map(|n| format!("<!ENTITY e{n} \"{}\">", format!("&e{};", n - 1).repeat(10))).collect();
    survives("entity bomb", format!("<!DOCTYPE html [<!ENTITY e0 \"x\">{bomb}]><html><body><p>&e99;").as_bytes());
    survives("open comment", format!("<html><body><!--{}", "-- >".repeat(1_000_000)).as_bytes());
    survives("open script", format!("<html><body><script>{}", "</scrip".repeat(1_000_000)).as_bytes());
    survives("data", format!("<html><script type=application/ld+json>{}", "[{\"@graph\":".repeat(1_000_000)).as_bytes());
}

#[test]
fn far_too_much_of_one_thing() {
    const MUCH: usize = 100_000_000;
    survives("spaces", &vec![b' '; MUCH]);
    survives("one word", &vec![b'a'; MUCH]);
    survives("blank lines", &vec![b'\n'; MUCH]);
    survives("short lines", &b"Share\n".repeat(1_000_000));
    let paragraph = b"The port authority said on Monday that the ferry, which sank in March, will run again from June.\n\n";
    survives("one paragraph", &paragraph.repeat(1_000_000));
}

#[test]
fn characters_of_every_plane() {
    let all: String = ('\0'..=char::MAX).collect();
    survives("every character", all.as_bytes());
    let lines: String = ('\0'..=char::MAX).step_by(7).map(|c| format!("{c}{c} {c}\n")).collect();
    survives("lines of every character", lines.as_bytes());
    survives("a page of every character", format!("<html><body><p>{all}<p>{lines}").as_bytes());
    survives("marks upon marks", format!("e{}", "\u{301}".repeat(1_000_000)).as_bytes());
    survives("joiners", "\u{200d}\u{fe0f}".repeat(500_000).as_bytes());
    survives("both directions", "\u{202e}abc\u{202c} \u{5d0}".repeat(200_000).as_bytes());
}
