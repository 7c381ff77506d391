//! Own rules on pages: what stays, what goes, on whose pages, and whose word counts.

use std::sync::Arc;

use super::{OwnRules, parse_rules};
use crate::page::{Page, Verdict};
use crate::{Settings, clean_text};

const PAGE: &str = "\
Harbour opens again after the storm - Harrow Courier
Home
News
Sport
Weather
Share
The port authority said on Monday that the harbour will open again on Friday, four days after the storm.
Advertisement
Fishermen have lost eleven boats, and the repairs of the long pier will take until the end of the year.
The port authority said on Monday that the harbour will open again on Friday, four days after the storm.
Photo: M. Farrow / Coastline Images
Tide table: high water at 4.10 and 16.35
Subscribe to our newsletter
Copyright 2024 Harrow Courier. All rights reserved.
";

fn rule(id: &str, more: &str) -> String {
    format!("[[rule]]\nid = \"{id}\"\nabout = \"a test\"\nhit = [\"a\"]\nmiss = [\"b\"]\n{more}\n")
}

fn page(files: &[&str], site: &[&str]) -> Page {
    let files: Vec<_> = files.iter().map(|content| parse_rules("own.toml", content).unwrap()).collect();
    let rules = Some(Arc::new(OwnRules::new(&files).unwrap()));
    let site = site.iter().map(|s| (*s).to_owned()).collect();
    clean_text(PAGE, &Settings { rules, site, ..Settings::default() }).unwrap().page
}

/// `line mark rule` of each line that an own rule decided.
fn decided(page: &Page) -> Vec<String> {
    let own = page.blocks.iter().filter_map(|block| {
        let (mark, why) = match block.verdict() {
            Verdict::Keep(why) => ('+', why),
            Verdict::Drop(why) => ('-', why),
            Verdict::Open => return None,
        };
        (why.pass.name() == "own").then(|| format!("{} {mark} {}", block.lines.start, why.rule().unwrap_or_default()))
    });
    own.collect()
}

#[test]
fn what_is_kept_wins_over_rules_duplicates_and_model() {
    let keep = |id: &str, place: &str| rule(id, &format!("action = \"keep\"\nmax_words = 40\n{place}"));
    let rules = [
        keep("photo", "where = \"start\"\nany.en = [\"photo\"]"),
        keep("ad", "where = \"whole\"\nany.en = [\"advertisement\"]"),
        keep("authority", "where = \"anywhere\"\nany.en = [\"port authority\"]"),
        keep("rights", "where = \"end\"\npattern = 'rights? reserved\\.'"),
    ];
    assert_eq!(decided(&page(&[&rules.concat()], &[])), ["7 + authority", "8 + ad", "10 + authority", "11 + photo", "14 + rights"]);
}

#[test]
fn a_kept_headline_is_still_the_headline() {
    let keep = rule("harbour", "action = \"keep\"\nmax_words = 40\nwhere = \"start\"\nany.en = [\"harbour opens\"]");
    let kept = page(&[&keep], &[]);
    assert_eq!(kept.facts.headline, Some(0));
    // As a whole, with the name of the site.
    assert_eq!(kept.blocks[0].uncut(), "Harbour opens again after the storm - Harrow Courier");
}

#[test]
fn what_is_dropped_goes_first_and_paragraphs_too() {
    let drop = rule("tides", "kind = \"ticker\"\nwhere = \"start\"\nmax_words = 12\npattern = '(?i)tide table:'")
        + &rule("boats", "kind = \"boilerplate\"\nwhere = \"anywhere\"\nmax_words = 40\nany.en = [\"eleven boats\"]");
    assert_eq!(decided(&page(&[&drop], &[])), ["9 - boats", "12 - tides"]);
}

#[test]
fn cleaning_twice_is_cleaning_once() {
    let rules = rule("photo", "action = \"keep\"\nwhere = \"start\"\nmax_words = 40\nany.en = [\"photo\", \"advertisement\", \"home\"]")
        + &rule("news", "kind = \"promo\"\nwhere = \"anywhere\"\nmax_words = 40\npattern = 'newsletter|eleven'");
    let rules = Some(Arc::new(OwnRules::new(&[parse_rules("own.toml", &rules).unwrap()]).unwrap()));
    let settings = Settings { rules, ..Settings::default() };
    let once = clean_text(PAGE, &settings).unwrap().text();
    assert_eq!(clean_text(&once, &settings).unwrap().text(), once);
}

#[test]
fn rules_of_a_site_act_on_its_pages() {
    let of =
        |sites: &str| rule("tides", &format!("kind = \"ticker\"\nwhere = \"start\"\nmax_words = 12\nany.en = [\"tide table\"]\n{sites}"));
    let acts = |sites: &str, site: &[&str]| !decided(&page(&[&of(sites)], site)).is_empty();
    assert!(acts("sites = [\"Harrow Courier\"]", &[]));
    assert!(acts("sites = [\"other.example\", \"harrow courier\"]", &[]));
    assert!(!acts("sites = [\"other.example\"]", &[]));
    assert!(acts("sites = [\"harrow.example\"]", &["harrow.example"]));
    assert!(acts("sites = [\"https://www.harrow.example/news\"]", &["harrow.example"]));
    assert!(acts("sites = [\"harrow.example\"]", &["sport.harrow.example"]));
    assert!(!acts("sites = [\"sport.harrow.example\"]", &["harrow.example"]));
    assert!(!acts("sites = [\"row.example\"]", &["harrow.example"]));
}

#[test]
fn the_nearer_file_counts_and_in_one_file_what_stays() {
    let drop = rule("tides-go", "kind = \"ticker\"\nwhere = \"start\"\nmax_words = 12\nany.en = [\"tide table\"]");
    let keep = rule("tides-stay", "action = \"keep\"\nwhere = \"start\"\nmax_words = 12\nany.en = [\"tide table\"]");
    assert_eq!(decided(&page(&[&drop, &keep], &[])), ["12 - tides-go"]);
    assert_eq!(decided(&page(&[&keep, &drop], &[])), ["12 + tides-stay"]);
    assert_eq!(decided(&page(&[&(drop.clone() + &keep)], &[])), ["12 + tides-stay"]);
    // One id, two files: the farther rule is not in force.
    let off = rule("tides-go", "kind = \"ticker\"\nwhere = \"whole\"\nany.en = [\"no such line\"]");
    assert!(decided(&page(&[&off, &drop], &[])).is_empty());
}

#[test]
fn conditions_and_lengths_hold_for_patterns() {
    let acts =
        |more: &str| !decided(&page(&[&rule("tides", &format!("kind = \"ticker\"\npattern = 'high water'\n{more}"))], &[])).is_empty();
    assert!(acts("where = \"anywhere\"\nmax_words = 12"));
    assert!(!acts("where = \"anywhere\"\nmax_words = 3"));
    assert!(!acts("where = \"anywhere\"\nmax_words = 12\nmin_words = 11"));
    assert!(!acts("where = \"start\"\nmax_words = 12"));
    assert!(!acts("where = \"whole\""));
    assert!(acts("where = \"anywhere\"\nmax_words = 12\nwith.en = [\"tide\"]"));
    assert!(!acts("where = \"anywhere\"\nmax_words = 12\nwith.en = [\"boat\"]"));
    assert!(!acts("where = \"anywhere\"\nmax_words = 12\nunless.en = [\"tide\"]"));
}

#[test]
fn faults_of_rule_files_name_the_place() {
    let said = |content: &str| parse_rules("own.toml", content).map(drop).map_err(|why| why.to_string()).unwrap_err();
    let with = |more: &str| said(&("kind = \"promo\"\n".to_owned() + &rule("x", more)));
    assert_eq!(with("wher = \"whole\""), "own.toml:7:1: unknown key `wher`, did you mean `where`?");
    assert_eq!(with("where = \"hole\""), "own.toml:7:9: unknown value `hole`, did you mean `whole`?");
    assert_eq!(with("any.en = [\"a\"]"), "own.toml:2:1: the key `where` is missing");
    assert_eq!(with("where = \"whole\""), "own.toml:2:1: rule 'x': 'any' holds no phrase, and there is no 'pattern'");
    assert_eq!(with("where = \"whole\"\npattern = '('"), "own.toml:2:1: rule 'x': 'pattern': unclosed group");
    assert_eq!(with("where = \"whole\"\npattern = 'a)|(b'"), "own.toml:2:1: rule 'x': 'pattern': unopened group");
    assert_eq!(with("where = \"whole\"\npattern = 'a*'"), "own.toml:2:1: rule 'x': 'pattern' matches an empty text too, and so every line");
    assert_eq!(
        with("where = \"whole\"\npattern = '(\\w{100}){100}'"),
        "own.toml:2:1: rule 'x': 'pattern' is too large once compiled: make its repeats shorter"
    );
    assert_eq!(with("where = \"whole\"\nany.en = [\"--\"]"), "own.toml:2:1: rule 'x': the phrase '--' holds no word");
    assert_eq!(said("kind = \"adds\""), "own.toml:1:8: unknown value `adds`, did you mean `ad`?");
    assert_eq!(
        said(&rule("x", "where = \"whole\"\nany.en = [\"a\"]")),
        "own.toml:1:1: rule 'x': 'kind' is missing, here or at the top of the file"
    );
}
