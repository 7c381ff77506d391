//! Pure measures of a text: tokens, counts, how it begins and ends. No page, no policy.

mod code;
mod fold;
mod hashed;
mod signs;
mod tokens;

pub use code::{Program, is_program, is_statement, names_in, program_in};
pub(crate) use hashed::Hashed;
pub use hashed::hash_bytes;
pub use tokens::{COPYRIGHT, Marks, NUMBER, Token, TokenKind, mix, tokenize, tokenize_into};

/// What is counted once for every block.
///
/// A page may have millions of blocks, so that no number is wider than it must be: counts end at 65,535, as no more of a block is looked
/// at, and what a rare collision does not harm is a hash of 32 bits.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shape {
    words: u16,
    chars: u16,
    numbers: u16,
    lower: u16,
    title: u16,
    upper: u16,
    caseless: u16,
    commas: u16,
    inner_ends: u16,
    /// How the text ends.
    pub end: End,
    /// How the text begins.
    pub start: Start,
    /// Hash of the token sequence, numbers by value: two texts that differ in case, quotes, dashes and spaces only have one sum.
    pub sum: u64,
    /// The same with all numbers alike: "12 comments" and "7 comments" have one.
    pub folded: u32,
    /// The half of the first word's hash by which filters know it ([`opening_of`]).
    pub opening: u32,
    /// Hash of the first [`Shape::LEAD`] tokens, by which a teaser finds its paragraph; 0 for a shorter text.
    pub lead: u32,
}

/// The smallest hashes of the word sequences of a long text, 0 where there are fewer: two texts that share most of their sequences share
/// most of these (Broder 1997, "On the resemblance and containment of documents").
pub type Samples = [u64; 4];

/// How a text ends, closing quotes and brackets looked through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum End {
    /// Like a sentence: `.`, `!`, `?` or their like in other scripts.
    Sentence,
    /// Cut off: `…`, `...`, `[...]`.
    Ellipsis,
    /// A colon.
    Colon,
    /// In the middle: comma, semicolon, dash, opening bracket.
    Open,
    /// None of these.
    #[default]
    Bare,
}

/// How a text begins, opening quotes looked through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Start {
    /// With a capital.
    Upper,
    /// With a small letter.
    Lower,
    /// With a digit.
    Digit,
    /// With a letter of a script without case.
    Caseless,
    /// With a symbol or mark.
    #[default]
    Mark,
}

impl Shape {
    /// Words of prose below which a text is no paragraph: twelve, as in the prototype's prose rule.
    pub const PROSE_WORDS: u32 = 12;
    /// Amounts in a row from which on they are a list: a recipe's ingredients.
    pub const LISTED: usize = 3;
    /// Most words of an amount.
    const AMOUNT_WORDS: u32 = 9;
    /// Tokens of a text's lead.
    pub const LEAD: usize = 4;
    /// Fewest words of a text that is sampled: one word in 25 may then be another in an edited copy.
    pub const SAMPLED_WORDS: u32 = 25;
    /// Tokens of a sampled word sequence.
    const SEQUENCE: usize = 5;

    /// Words; two characters of a script without spaces count as one.
    pub fn words(&self) -> u32 {
        self.words.into()
    }

    /// Characters.
    pub fn chars(&self) -> u32 {
        self.chars.into()
    }

    /// Tokens that are numbers.
    pub fn numbers(&self) -> u32 {
        self.numbers.into()
    }

    /// Words in lower case.
    pub fn lower(&self) -> u32 {
        self.lower.into()
    }

    /// Words with a capital first.
    pub fn title(&self) -> u32 {
        self.title.into()
    }

    /// Words all in capitals.
    pub fn upper(&self) -> u32 {
        self.upper.into()
    }

    /// Words in scripts without case, characters without spaces counted singly.
    pub fn caseless(&self) -> u32 {
        self.caseless.into()
    }

    /// Commas of any script.
    pub fn commas(&self) -> u32 {
        self.commas.into()
    }

    /// Sentence ends inside the text: a terminal mark before a space, or one of a script without spaces.
    pub fn inner_ends(&self) -> u32 {
        self.inner_ends.into()
    }

    /// Whether it reads like prose: sentences in mostly small letters, ended like one or long.
    pub fn is_prose(&self) -> bool {
        let words = self.words();
        if words < 8 || self.is_shouted() || self.numbers() * 2 > words {
            return false;
        }
        let ended = matches!(self.end, End::Sentence) || (self.inner_ends() >= 1 && words >= 15);
        (ended && words >= Self::PROSE_WORDS)
            || (ended && words >= 8 && self.commas() > 0)
            || (words >= 30 && (self.inner_ends() >= 1 || self.commas() >= 2) && self.is_running())
    }

    /// Whether it is long running text: what an article is made of.
    pub fn is_long_prose(&self) -> bool {
        self.is_prose() && self.words() >= 25
    }

    /// Whether most words are in small letters or have no case: running text, not a row of names.
    pub fn is_running(&self) -> bool {
        self.lower() + self.caseless() >= self.title() + self.upper()
    }

    /// Whether all its cased words are in capitals.
    pub fn is_shouted(&self) -> bool {
        self.upper() > 0 && self.lower() == 0 && self.title() == 0 && self.caseless() == 0
    }

    /// Whether it looks like a line of furniture or a heading: short and not a sentence.
    pub fn is_short_line(&self) -> bool {
        self.words() <= 12 && !matches!(self.end, End::Sentence)
    }

    /// Whether it is an amount of something, as recipes and inventories list them: `400 g of rice`, a figure and few words in small letters.
    pub fn is_amount(&self) -> bool {
        let words = self.words();
        (2..=Self::AMOUNT_WORDS).contains(&words)
            && self.start == Start::Digit
            && self.end == End::Bare
            && self.numbers() < words
            && self.title() + self.upper() == 0
    }

    /// Whether it looks like a headline of a story: some words, no full stop, starts like one.
    pub fn is_headline_like(&self) -> bool {
        (3..=25).contains(&self.words())
            && self.inner_ends() == 0
            && !matches!(self.end, End::Open | End::Colon)
            && !matches!(self.start, Start::Lower)
    }
}

/// Takes the measures of `text`, whose tokens are `tokens` with `marks` between.
pub fn measure(text: &str, tokens: &[Token], marks: Marks) -> Shape {
    let Marks { chars, commas, inner_ends } = marks;
    let [mut lower, mut title, mut upper, mut caseless, mut solo, mut numbers] = [0u32; 6];
    let (mut sum, mut folded) = (0, 0);
    for token in tokens {
        sum = mix(sum, token.exact);
        folded = mix(folded, token.word);
        match token.kind {
            TokenKind::Lower => lower += 1,
            TokenKind::Title => title += 1,
            TokenKind::Upper => upper += 1,
            TokenKind::Caseless => caseless += 1,
            TokenKind::Solo => solo += 1,
            TokenKind::Number => numbers += 1,
            TokenKind::Copyright => {}
        }
    }
    let words = lower + title + upper + caseless + numbers + u32::div_ceil(solo, 2);
    Shape {
        words: narrow(words),
        chars: narrow(chars),
        numbers: narrow(numbers),
        lower: narrow(lower),
        title: narrow(title),
        upper: narrow(upper),
        caseless: narrow(caseless + solo),
        commas: narrow(commas),
        inner_ends: narrow(inner_ends),
        end: end_of(text),
        start: start_of(text),
        sum,
        folded: short(folded),
        opening: tokens.first().map_or(0, |token| opening_of(token.word)),
        lead: tokens.get(..Shape::LEAD).map_or(0, |lead| short(run_hash(lead))),
    }
}

fn narrow(count: u32) -> u16 {
    count.try_into().unwrap_or(u16::MAX)
}

/// The half of a hash that all of what was hashed has come to: [`mix`] turns the upper bits of its product down.
fn short(hash: u64) -> u32 {
    hash as u32
}

/// The half of a word's hash by which filters know a word that a text may begin with.
#[allow(clippy::cast_possible_truncation, reason = "the bits above are cut on purpose")]
pub const fn opening_of(word: u64) -> u32 {
    (word >> 20) as u32
}

/// Hash of a run of tokens.
fn run_hash(tokens: &[Token]) -> u64 {
    tokens.iter().fold(0, |hash, token| mix(hash, token.exact))
}

/// The samples of a text with these tokens, if it is long enough by its `shape`.
pub(crate) fn samples(shape: &Shape, tokens: &[Token]) -> Option<Samples> {
    if shape.words() < Shape::SAMPLED_WORDS {
        return None;
    }
    let mut least = [u64::MAX; 4];
    for hash in tokens.windows(Shape::SEQUENCE).map(run_hash) {
        let mut moved = hash;
        for slot in &mut least {
            if moved == *slot {
                break;
            }
            if moved < *slot {
                std::mem::swap(slot, &mut moved);
            }
        }
    }
    Some(least.map(|hash| if hash == u64::MAX { 0 } else { hash }))
}

/// The measures of `text` alone.
pub fn shape_of(text: &str) -> Shape {
    let mut tokens = Vec::new();
    let marks = tokenize_into(text, &mut tokens);
    measure(text, &tokens, marks)
}

/// Whether `c` closes a quote or bracket.
pub fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | '»'
            | '«'
            | '“'
            | '›'
            | ')'
            | ']'
            | '」'
            | '』'
            | '）'
            | '》'
            | '*'
            | '_'
            | '\u{200d}'
            | '\u{200e}'
            | '\u{200f}'
    )
}

/// Whether `c` opens a quote or bracket.
pub fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '‘'
            | '„'
            | '«'
            | '»'
            | '‹'
            | '('
            | '['
            | '「'
            | '『'
            | '（'
            | '《'
            | '¿'
            | '¡'
            | '*'
            | '_'
            | '\u{200e}'
            | '\u{200f}'
    )
}

/// How `text` ends.
pub fn end_of(text: &str) -> End {
    let bare = text.trim_end();
    // Most lines end with a word.
    if bare.bytes().next_back().is_some_and(|b| b.is_ascii_alphanumeric()) {
        return End::Bare;
    }
    if bare.ends_with('…')
        || bare.ends_with("...")
        || bare.ends_with("[…]")
        || bare.ends_with("[...]")
        || bare.ends_with("(...)")
        || bare.ends_with("(…)")
    {
        return End::Ellipsis;
    }
    let said = bare.trim_end_matches(is_closer);
    match said.chars().next_back() {
        // Amharic's full stop is often typed as two of the marks between words.
        Some('፡') if said.ends_with("፡፡") => End::Sentence,
        Some('.' | '!' | '?' | '。' | '！' | '？' | '؟' | '۔' | '।' | '॥' | '．' | '‽' | '։' | '።' | '፧' | '။' | '។') => {
            End::Sentence
        }
        // Armenian writes its full stop with the colon's key.
        Some(':') if is_armenian(bare) => End::Sentence,
        Some('…') => End::Ellipsis,
        Some(':' | '：') => End::Colon,
        Some(',' | ';' | '،' | '、' | '，' | '；' | '-' | '–' | '—' | '(' | '[' | '/' | '|' | '„' | '&') => End::Open,
        _ => End::Bare,
    }
}

/// Whether the last letter of the text is Armenian.
fn is_armenian(text: &str) -> bool {
    text.chars().rev().find(|c| c.is_alphabetic()).is_some_and(|c| ('\u{0531}'..='\u{0587}').contains(&c))
}

/// Whether `text` ends with a full stop, closing quotes and brackets looked through.
pub fn ends_in_stop(text: &str) -> bool {
    text.trim_end().trim_end_matches(is_closer).ends_with(['.', '。', '।', '۔'])
}

/// How `text` begins.
pub fn start_of(text: &str) -> Start {
    match text.trim_start().trim_start_matches(is_opener).chars().next() {
        Some(c) if c.is_uppercase() => Start::Upper,
        Some(c) if c.is_lowercase() => Start::Lower,
        Some(c) if c.is_numeric() => Start::Digit,
        Some(c) if c.is_alphabetic() => Start::Caseless,
        _ => Start::Mark,
    }
}

/// The [`Shape::sum`] of a text: what two lines with the same words have in common.
pub fn sum_of(text: &str) -> u64 {
    run_hash(&tokenize(text))
}
