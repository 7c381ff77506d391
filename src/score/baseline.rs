//! The line rules of two well-known web corpora, to compare with. Only the rules for lines, and those that read one page alone: what
//! both corpora do besides (languages, bad words, duplicates among pages) chooses pages and cleans none.

/// What the same pages give by other rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Baseline {
    /// The page's text as it is.
    None,
    /// C4: Raffel et al. 2020, "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer", section 2.2.
    C4,
    /// RefinedWeb: Penedo et al. 2023, "The RefinedWeb Dataset for Falcon LLM", appendix G.2, "line-wise filtering".
    RefinedWeb,
}

impl Baseline {
    /// What is left of a page's text, line for line.
    pub fn clean(self, text: &str) -> String {
        match self {
            Self::None => text.to_owned(),
            Self::C4 => c4(text).unwrap_or_default(),
            Self::RefinedWeb => refined_web(text),
        }
    }
}

/// "We only retained lines that ended in a terminal punctuation mark (i.e. a period, exclamation mark, question mark, or end quotation
/// mark)". The corpus takes a plain quotation mark; its code (TFDS, `c4_utils.py`) also leaves out lines that end in three dots.
const C4_ENDS: [char; 4] = ['.', '?', '!', '"'];
/// "… and only retained lines that contained at least 5 words."
const C4_WORDS: usize = 5;
/// "We removed any line with the word Javascript."
const C4_SCRIPT: &str = "javascript";
/// "We removed any lines containing the phrases 'terms of use', 'privacy policy', 'cookie policy', 'uses cookies', 'use of cookies',
/// or 'use cookies'."
const C4_POLICIES: [&str; 6] = ["terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies"];
/// "We removed any page where the phrase 'lorem ipsum' appeared", and "any pages that contained a curly bracket".
const C4_PAGES: [&str; 2] = ["lorem ipsum", "{"];

/// The lines that C4 keeps; none if it drops the page. The rule of three sentences a page, which needs its splitter, is left out.
fn c4(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    if C4_PAGES.iter().any(|phrase| lower.contains(phrase)) {
        return None;
    }
    let stays = |line: &&str| {
        let lower = line.to_lowercase();
        line.ends_with(C4_ENDS)
            && !line.ends_with("...")
            && line.split_whitespace().count() >= C4_WORDS
            && !lower.contains(C4_SCRIPT)
            && !C4_POLICIES.iter().any(|phrase| lower.contains(phrase))
    };
    Some(text.lines().map(str::trim).filter(stays).collect::<Vec<_>>().join("\n"))
}

/// "If it is short (≤ 10 words) and matches a pattern": of the patterns the paper has three examples, which are those here.
const SHORT_WORDS: usize = 10;
/// "At the beginning of the line (e.g. sign-in)"
const AT_START: [&str; 2] = ["sign-in", "sign in"];
/// "At the end of the line (e.g. Read more...)"
const AT_END: [&str; 3] = ["read more...", "read more…", "read more"];
/// "Anywhere in the line (e.g. items in cart)"
const ANYWHERE: [&str; 2] = ["items in cart", "item in cart"];
/// What is counted in "a counter (e.g. 3 likes)"; the paper has the one example, the rest is what stands beside such numbers.
const COUNTED: [&str; 16] = [
    "like",
    "likes",
    "share",
    "shares",
    "comment",
    "comments",
    "view",
    "views",
    "retweet",
    "retweets",
    "repost",
    "reposts",
    "reply",
    "replies",
    "follower",
    "followers",
];

/// The lines that RefinedWeb keeps, and those that it edits. That it drops a page of which more than 5 % is flagged is left out: hardly any
/// page of news would be left.
fn refined_web(text: &str) -> String {
    text.lines()
        .map(str::trim)
        .filter(|line| !is_discarded(line))
        .map(edited)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// "If it is mainly composed of uppercase characters (discard); if it is only composed of numerical characters (discard); if it is a
/// counter (e.g. 3 likes) (discard); if it only contains one word (discard)".
fn is_discarded(line: &str) -> bool {
    let capitals = line.chars().filter(|c| c.is_uppercase()).count();
    // "Mainly" is taken for more than half; signs and spaces are no letters of either case.
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let mut parts = line.split_whitespace();
    let (first, second, third) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let is_number = |word: &str| {
        word.chars().any(char::is_numeric) && word.chars().all(|c| c.is_numeric() || matches!(c, '.' | ',' | 'k' | 'K' | 'm' | 'M'))
    };
    let is_counter = third.is_none() && is_number(first) && second.is_some_and(|what| COUNTED.contains(&what.to_lowercase().as_str()));
    let is_numeric = line.chars().any(char::is_numeric) && !line.chars().any(char::is_alphabetic);
    capitals * 2 > letters || is_numeric || is_counter || second.is_none()
}

/// The line without the pattern that it matches, if it is short ("edit").
fn edited(line: &str) -> &str {
    if line.split_whitespace().count() > SHORT_WORDS {
        return line;
    }
    // Patterns are ASCII, which lower case leaves where it is.
    let lower = line.to_ascii_lowercase();
    if ANYWHERE.iter().any(|phrase| lower.contains(phrase)) {
        return "";
    }
    let end = AT_END.iter().find(|phrase| lower.ends_with(**phrase)).map_or(line.len(), |phrase| line.len() - phrase.len());
    let start = AT_START.iter().find(|phrase| lower.starts_with(**phrase)).map_or(0, |phrase| phrase.len());
    line.get(start..end).unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "HARBOUR POST\nSign in or register\nThe ferry will run again from June, the port said.\n12 likes\n1,204\nMenu\n\
                        The port's plan... Read more...\nWe use cookies to count the boats that come and go.\n2 items in cart";

    #[test]
    fn line_rules() {
        assert_eq!(Baseline::None.clean(PAGE), PAGE);
        assert_eq!(Baseline::C4.clean(PAGE), "The ferry will run again from June, the port said.");
        assert_eq!(Baseline::C4.clean(&format!("{PAGE}\nvar a = {{}};")), "");
        assert_eq!(
            Baseline::RefinedWeb.clean(PAGE),
            "or register\nThe ferry will run again from June, the port said.\nThe port's plan...\n\
             We use cookies to count the boats that come and go."
        );
    }
}
