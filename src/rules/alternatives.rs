//! Alternatives in a phrase: `{this|the} summary was {made|written}` stands for four phrases, as people think of them.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// Phrases by language code (`xx`: international).
pub(super) type Phrases = BTreeMap<String, Vec<String>>;

/// Most phrases that one stands for: more is a slip, and would fill the memory.
const MOST: usize = 10_000;

/// Reads phrases by language, those with alternatives spelled out.
pub(super) fn phrases<'de, D: Deserializer<'de>>(from: D) -> Result<Phrases, D::Error> {
    let mut all = Phrases::deserialize(from)?;
    for phrases in all.values_mut() {
        let spelled: Result<Vec<Vec<String>>, String> = phrases.iter().map(|phrase| spell_out(phrase)).collect();
        *phrases = spelled.map_err(D::Error::custom)?.into_iter().flatten().collect();
    }
    Ok(all)
}

/// The phrases that `phrase` stands for, in the order of their alternatives; itself where it has none.
fn spell_out(phrase: &str) -> Result<Vec<String>, String> {
    let mut out = vec![String::new()];
    let mut rest = phrase;
    while let Some((before, choices, after)) = next_group(rest) {
        let choices: Vec<&str> = choices.split('|').collect();
        if out.len() * choices.len() > MOST {
            return Err(format!("the phrase '{phrase}' stands for more than {MOST} phrases"));
        }
        out = out.iter().flat_map(|begun| choices.iter().map(move |choice| format!("{begun}{before}{choice}"))).collect();
        rest = after;
    }
    out.iter_mut().for_each(|begun| begun.push_str(rest));
    Ok(out)
}

/// What stands before, in and behind the first braces with alternatives; `{n}` and `{w}` are none.
fn next_group(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let open = from + text.get(from..)?.find('{')?;
        let (inner, after) = text.get(open + 1..)?.split_once('}')?;
        if inner.contains('|') && !inner.contains('{') {
            return Some((text.get(..open)?, inner, after));
        }
        from = open + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_are_spelled_out_in_order() {
        assert_eq!(spell_out("read more").unwrap(), ["read more"]);
        assert_eq!(spell_out("{n} {w} ago").unwrap(), ["{n} {w} ago"]);
        assert_eq!(
            spell_out("{this|the} text {was|is} made").unwrap(),
            ["this text was made", "this text is made", "the text was made", "the text is made"]
        );
        assert_eq!(
            spell_out("read {our |}{n} {tips|long reads}").unwrap(),
            ["read our {n} tips", "read our {n} long reads", "read {n} tips", "read {n} long reads"]
        );
        assert_eq!(spell_out("{open").unwrap(), ["{open"]);
    }

    #[test]
    fn too_many_are_refused() {
        let many = "{a|b|c|d|e|f|g|h|i|j} ".repeat(5);
        assert_eq!(spell_out(&many).unwrap_err(), format!("the phrase '{many}' stands for more than 10000 phrases"));
    }
}
