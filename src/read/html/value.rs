//! Values of the page's data, as they are taken over: tidied, and checked for what they are called.

/// Characters of the longest name of an author.
const LONGEST_NAME: usize = 60;

/// Most authors of one page.
pub(super) const MOST_AUTHORS: usize = 8;

/// Adds an author, unless it is an address, a whole sentence, or there already.
pub(super) fn add_author(authors: &mut Vec<String>, name: &str) {
    let name = name.trim();
    let bare = name.get(..3).filter(|by| by.eq_ignore_ascii_case("by ")).and_then(|_| name.get(3..)).unwrap_or(name);
    let Some(name) = tidy(bare.trim_end_matches([',', ';', '.'])) else { return };
    let is_address = name.contains("://") || name.starts_with("www.") || name.contains('@');
    let fits = !is_address && name.chars().count() <= LONGEST_NAME && name.chars().any(char::is_alphabetic);
    if fits && authors.len() < MOST_AUTHORS && !authors.iter().any(|a| a.to_lowercase() == name.to_lowercase()) {
        authors.push(name);
    }
}

/// The text with its white space collapsed, if there is any.
pub(super) fn tidy(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    (!out.is_empty()).then_some(out)
}
