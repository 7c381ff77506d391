//! Rule files: the TOML that people write, read and checked.

use std::collections::BTreeSet;

use toml::Spanned;

use super::alternatives::{Phrases, phrases};
use super::pattern::Pattern;
use super::table::WILD;
use super::{Action, At, Opens, Rest, Say, Tells, Where};
use crate::error::Error;
use crate::measure::{NUMBER, tokenize};
use crate::notation::Notation;
use crate::page::Kind;

/// A rule file.
#[derive(Debug, Clone)]
pub struct RuleFile {
    /// Its name.
    pub name: String,
    /// The rules, in order.
    pub rules: Vec<RuleSource>,
}

/// A rule file as written.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    /// The kind of the rules that name none.
    #[serde(default, deserialize_with = "kind")]
    kind: Option<Kind>,
    #[serde(rename = "rule", default)]
    rules: Vec<Spanned<RuleSource>>,
}

/// A rule as written.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSource {
    /// The line of the file where it begins, counted from 1.
    #[serde(skip)]
    pub line: usize,
    /// Unique name, as `--explain` shows it.
    pub id: String,
    /// What is meant, in one line.
    pub about: String,
    /// Whether the lines that it matches go or stay.
    #[serde(default)]
    pub action: Action,
    /// The kind of noise that goes; after reading, the file's if the rule names none.
    #[serde(default, deserialize_with = "kind")]
    pub kind: Option<Kind>,
    /// The sites on whose pages it acts; none: on all.
    #[serde(default)]
    pub sites: Vec<String>,
    /// Where the phrase stands in the block.
    #[serde(rename = "where")]
    pub place: Where,
    /// How sure the rule is.
    #[serde(default)]
    pub say: Say,
    /// What the rest of the block must be.
    #[serde(default)]
    pub rest: Rest,
    /// Whether it also matches where the phrase and its rest end the block, behind a mark: `…, on Friday. Photo: Jane Doe`.
    #[serde(default)]
    pub tail: bool,
    /// Where on the page it acts.
    #[serde(default)]
    pub at: At,
    /// What the line announces.
    #[serde(default)]
    pub opens: Option<Opens>,
    /// What the line says of the whole page.
    #[serde(default)]
    pub tells: Option<Tells>,
    /// Fewest words of a block.
    #[serde(default)]
    pub min_words: Option<u16>,
    /// Most words of a block; needed unless `where = "whole"`.
    #[serde(default)]
    pub max_words: Option<u16>,
    /// One of these must stand there.
    #[serde(default, deserialize_with = "phrases")]
    pub any: Phrases,
    /// Or a regular expression must match there.
    #[serde(default)]
    pub pattern: Option<String>,
    /// And one of these anywhere in the block.
    #[serde(default, deserialize_with = "phrases")]
    pub with: Phrases,
    /// And none of these.
    #[serde(default, deserialize_with = "phrases")]
    pub unless: Phrases,
    /// Blocks that it must match.
    pub hit: Vec<String>,
    /// Blocks that it must not match.
    pub miss: Vec<String>,
}

fn kind<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Kind>, D::Error> {
    let name: String = serde::Deserialize::deserialize(from)?;
    name.parse().map(Some).map_err(|_| serde::de::Error::unknown_variant(&name, Kind::NAMES))
}

/// The rule files in the binary: `(file name, content)`.
pub fn builtin_files() -> &'static [(&'static str, &'static str)] {
    &[
        ("ticker.toml", include_str!("ticker.toml")),
        ("navigation.toml", include_str!("navigation.toml")),
        ("widget.toml", include_str!("widget.toml")),
        ("caption.toml", include_str!("caption.toml")),
        ("byline.toml", include_str!("byline.toml")),
        ("ad.toml", include_str!("ad.toml")),
        ("promo.toml", include_str!("promo.toml")),
        ("related.toml", include_str!("related.toml")),
        ("comments.toml", include_str!("comments.toml")),
        ("legal.toml", include_str!("legal.toml")),
        ("bio.toml", include_str!("bio.toml")),
    ]
}

/// The rule file about whole pages, which is a table of its own: `(file name, content)`.
pub fn page_file() -> (&'static str, &'static str) {
    ("page.toml", include_str!("page.toml"))
}

/// Reads the rules of a file called `name`.
///
/// # Errors
/// [`Error::Misread`] names the file, the place and what is wrong.
pub fn parse_rules(name: &str, content: &str) -> Result<RuleFile, Error> {
    let notation = Notation::new(name, content);
    let raw: RawFile = notation.read()?;
    let mut rules: Vec<RuleSource> = Vec::with_capacity(raw.rules.len());
    let mut ids = BTreeSet::new();
    for spanned in raw.rules {
        let at = spanned.span().start;
        let mut rule = spanned.into_inner();
        let id = rule.id.clone();
        let wrong = |what: &str| notation.wrong(at, &format!("rule '{id}': {what}"));
        if rule.action == Action::Keep && rule.kind.is_some() {
            return Err(wrong("'kind' says as what a line goes; a rule that keeps has none").into());
        }
        rule.kind = rule.kind.or(raw.kind);
        check(&rule).map_err(|what| wrong(&what))?;
        if ids.contains(&id) {
            return Err(wrong("another rule of the file has this id").into());
        }
        rule.line = wrong("").line;
        rules.push(rule);
        ids.insert(id);
    }
    Ok(RuleFile { name: name.to_owned(), rules })
}

fn check(rule: &RuleSource) -> Result<(), String> {
    let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if rule.id.is_empty() || rule.id.len() > LONGEST_ID || !rule.id.chars().all(kebab) {
        return Err(format!("an id is made of small letters, digits and '-', at most {LONGEST_ID}"));
    }
    if rule.about.trim().is_empty() {
        return Err("'about' is empty; say in one line what is meant".into());
    }
    if rule.place != Where::Whole && rule.max_words.is_none() {
        return Err("'max_words' is needed unless where = \"whole\": it keeps long paragraphs safe".into());
    }
    if rule.rest != Rest::Any && !matches!(rule.place, Where::Start | Where::End) {
        return Err("'rest' goes with where = \"start\" or \"end\"".into());
    }
    if rule.tail && (rule.place != Where::Start || rule.rest == Rest::Any) {
        return Err("'tail' goes with where = \"start\" and a 'rest'".into());
    }
    if let Some(site) = rule.sites.iter().find(|site| tokenize(site).is_empty()) {
        return Err(format!("the site '{site}' has no name"));
    }
    if rule.hit.is_empty() || rule.miss.is_empty() {
        return Err("needs at least one 'hit' and one 'miss'".into());
    }
    check_action(rule)?;
    check_phrases(rule)
}

/// Longest id, as the compiled table holds it.
const LONGEST_ID: usize = 255;

fn check_action(rule: &RuleSource) -> Result<(), String> {
    if rule.action == Action::Drop {
        return if rule.kind.is_some() { Ok(()) } else { Err("'kind' is missing, here or at the top of the file".into()) };
    }
    if rule.say != Say::Certain || rule.opens.is_some() || rule.tells.is_some() {
        return Err("'say', 'opens' and 'tells' are about what goes; a rule that keeps has none".into());
    }
    Ok(())
}

fn check_phrases(rule: &RuleSource) -> Result<(), String> {
    let none = rule.any.values().all(Vec::is_empty);
    if let Some(pattern) = &rule.pattern {
        if !none || rule.rest != Rest::Any {
            return Err("'pattern' goes without 'any' and 'rest'".into());
        }
        Pattern::new(pattern, rule.place)?;
    } else if none {
        return Err("'any' holds no phrase, and there is no 'pattern'".into());
    }
    let phrases = [&rule.any, &rule.with, &rule.unless].into_iter().flat_map(|p| p.values().flatten());
    match phrases.into_iter().find(|phrase| phrase_path(phrase).is_empty()) {
        Some(empty) => Err(format!("the phrase '{empty}' holds no word")),
        None => Ok(()),
    }
}

/// The token hashes of a phrase, `{n}` for a number and `{w}` for any token.
pub(super) fn phrase_path(phrase: &str) -> Vec<u64> {
    let mut out = Vec::new();
    for (i, piece) in phrase.split('{').enumerate() {
        let (slot, text) = match piece.split_once('}') {
            Some(("n", text)) if i > 0 => (Some(NUMBER), text),
            Some(("w", text)) if i > 0 => (Some(WILD), text),
            _ => (None, piece),
        };
        out.extend(slot);
        out.extend(tokenize(text).iter().map(|t| t.word));
    }
    out
}
