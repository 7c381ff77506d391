//! TOML that people write (rules, profiles, settings): read, with faults that name the place and the nearest known word.

use std::fmt;

use serde::de::DeserializeOwned;

/// What is wrong in a file that somebody wrote, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// The name of the file.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The character in the line, counted from 1.
    pub column: usize,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, what } = self;
        write!(f, "{file}:{line}:{column}: {what}")
    }
}

impl std::error::Error for Misread {}

/// A file in TOML, by its name and what it holds.
#[derive(Debug, Clone, Copy)]
pub struct Notation<'c> {
    /// The name of the file.
    file: &'c str,
    content: &'c str,
}

impl<'c> Notation<'c> {
    /// The file called `file` with this content.
    pub fn new(file: &'c str, content: &'c str) -> Self {
        Self { file, content }
    }

    /// The file called `file` with these bytes, which have to be UTF-8.
    ///
    /// # Errors
    /// [`Misread`] names the place of the first byte that is not.
    pub fn of_bytes(file: &'c str, bytes: &'c [u8]) -> Result<Self, Misread> {
        std::str::from_utf8(bytes).map(|content| Self { file, content }).map_err(|why| {
            let (good, _) = bytes.split_at_checked(why.valid_up_to()).unwrap_or_default();
            let (line, column) = place(&String::from_utf8_lossy(good), good.len());
            Misread { file: file.to_owned(), line, column, what: "is not UTF-8 text (damaged, or no text at all)".to_owned() }
        })
    }

    /// What it holds, as text.
    pub fn content(&self) -> &'c str {
        self.content
    }

    /// Reads it.
    ///
    /// # Errors
    /// [`Misread`] names the place, what is wrong there, and for an unknown key or value the nearest known one.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Misread> {
        toml::from_str(self.content).map_err(|why| self.wrong(why.span().map_or(0, |span| span.start), &plain(why.message())))
    }

    /// `what` is wrong at byte `at`.
    pub fn wrong(&self, at: usize, what: &str) -> Misread {
        let (line, column) = place(self.content, at);
        Misread { file: self.file.to_owned(), line, column, what: what.to_owned() }
    }
}

/// The line and the character of byte `at`, both counted from 1.
fn place(content: &str, at: usize) -> (usize, usize) {
    let before = content.get(..content.floor_char_boundary(at)).unwrap_or(content);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

/// What the parser says, in the words of those who write the file: it speaks of fields, variants and sequences.
fn plain(message: &str) -> String {
    let message = message.trim_end().replace('\n', ", ");
    let mut words = message.split('`').skip(1).step_by(2);
    let word = words.next().unwrap_or_default();
    let known: Vec<&str> = words.collect();
    let said = if message.starts_with("unknown field") {
        format!("unknown key `{word}`")
    } else if message.starts_with("unknown variant") {
        format!("unknown value `{word}`")
    } else if message.starts_with("missing field") {
        return format!("the key `{word}` is missing");
    } else {
        return TERMS.iter().fold(message, |message, (serde, ours)| message.replace(serde, ours));
    };
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("{said}, did you mean `{near}`?"),
        None if known.is_empty() => said,
        None => format!("{said}; known are {}", known.join(", ")),
    }
}

/// The words of the parser for which there are better ones.
const TERMS: [(&str, &str); 9] = [
    ("wanted string or table", "is of the wrong type: expected a string"),
    ("invalid type: ", "is of the wrong type: "),
    ("invalid value: ", "has a wrong value: "),
    ("a sequence", "a list"),
    ("sequence", "a list"),
    ("a map", "a table"),
    ("expected i64", "expected a whole number"),
    ("expected u16", "expected a number from 0 to 65535"),
    ("expected u32", "expected a number from 0 to 4294967295"),
];

/// Likeness (Jaro 1989) from which a word is taken for another one mistyped: as the command line does.
const ALIKE: f64 = 0.75;

/// The word of `known` that `word` is most like, if it is like one.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let alike = known.into_iter().map(|k| (strsim::jaro(word, k), k)).filter(|(like, _)| *like > ALIKE);
    alike.max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, k)| k)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "kebab-case")]
    struct Boat {
        name: String,
        #[serde(default)]
        seats: u16,
        #[serde(default)]
        decks: Vec<Deck>,
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Deck {
        Upper,
        Lower,
    }

    fn said(content: &str) -> String {
        Notation::new("boat.toml", content).read::<Boat>().map_or_else(|why| why.to_string(), |boat| format!("{boat:?}"))
    }

    #[test]
    fn faults_name_the_place_and_the_nearest_word() {
        for (content, expected) in [
            ("name = \"Å\"\nseats = 7\n", "Boat { name: \"Å\", seats: 7, decks: [] }"),
            ("name = \"A\"\nseat = 7\n", "boat.toml:2:1: unknown key `seat`, did you mean `seats`?"),
            ("name = \"A\"\ncrew = 7\n", "boat.toml:2:1: unknown key `crew`; known are name, seats, decks"),
            ("name = \"A\"\ndecks = [\"uper\"]\n", "boat.toml:2:10: unknown value `uper`, did you mean `upper`?"),
            ("name = \"A\"\ndecks = \"upper\"\n", "boat.toml:2:9: is of the wrong type: string \"upper\", expected a list"),
            ("name = \"A\"\ndecks = [7]\n", "boat.toml:2:10: is of the wrong type: expected a string"),
            ("seats = 7\n", "boat.toml:1:1: the key `name` is missing"),
            ("name = \"A\"\nseats = -1\n", "boat.toml:2:9: has a wrong value: integer `-1`, expected a number from 0 to 65535"),
            ("name = \"A\"\nname = \"B\"\n", "boat.toml:2:1: duplicate key"),
            ("\u{feff}name = \"A\"\n", "Boat { name: \"A\", seats: 0, decks: [] }"),
        ] {
            assert_eq!(said(content), expected, "{content}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_named() {
        let why = Notation::of_bytes("boat.toml", b"name = \"A\"\nseats = \xc3\xa5\xff").unwrap_err();
        assert_eq!(why.to_string(), "boat.toml:2:10: is not UTF-8 text (damaged, or no text at all)");
        assert_eq!(Notation::of_bytes("boat.toml", "é".as_bytes()).unwrap().content(), "é");
    }
}
