//! Rule files: the TOML that people write, read and checked.

use std::collections::BTreeMap;

use super::{At, Opens, Rest, Say, Tells, Where};
use crate::error::Error;
use crate::page::Kind;

/// A rule file.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleFile {
    /// The kind of every rule in the file.
    #[serde(deserialize_with = "kind")]
    pub kind: Kind,
    /// The rules, in order.
    #[serde(rename = "rule", default)]
    pub rules: Vec<RuleSource>,
}

/// Phrases by language code (`xx`: international).
pub(super) type Phrases = BTreeMap<String, Vec<String>>;

/// A rule as written.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSource {
    /// Unique name, as `--explain` shows it.
    pub id: String,
    /// What is meant, in one line.
    pub about: String,
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
    pub any: Phrases,
    /// And one of these anywhere in the block.
    #[serde(default)]
    pub with: Phrases,
    /// And none of these.
    #[serde(default)]
    pub unless: Phrases,
    /// Blocks that it must match.
    pub hit: Vec<String>,
    /// Blocks that it must not match.
    pub miss: Vec<String>,
}

fn kind<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Kind, D::Error> {
    let name: String = serde::Deserialize::deserialize(from)?;
    name.parse().map_err(serde::de::Error::custom)
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
/// [`Error::Rules`] names the file, the place and what is wrong.
pub fn parse_rules(name: &str, content: &str) -> Result<RuleFile, Error> {
    let file: RuleFile = toml::from_str(content).map_err(|e| Error::Rules(format!("{name}: {}", e.to_string().trim_end())))?;
    for rule in &file.rules {
        check(rule).map_err(|what| Error::Rules(format!("{name}: rule '{}': {what}", rule.id)))?;
    }
    Ok(file)
}

fn check(rule: &RuleSource) -> Result<(), String> {
    let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if rule.id.is_empty() || !rule.id.chars().all(kebab) {
        return Err("an id is made of small letters, digits and '-'".into());
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
    if rule.hit.is_empty() || rule.miss.is_empty() {
        return Err("needs at least one 'hit' and one 'miss'".into());
    }
    if rule.any.values().all(Vec::is_empty) {
        return Err("'any' holds no phrase".into());
    }
    Ok(())
}
