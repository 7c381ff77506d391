//! What one line is in a bar of quotes, weather or scores, by its figures and their units.

use std::borrow::Cow;

use super::figures::{Marks, is_pair};
use crate::measure::{End, Token, TokenKind, shape_of, tokenize};
use crate::page::{Block, Question, answers};
use crate::rules::{BUILTIN, Classes, WordClass, classes_of};

/// Most words of a name in a bar: "Euro Stoxx 50 Volatility Index".
const NAME_WORDS: u32 = 5;
/// Most characters of one line of a bar.
pub(super) const LINE_CHARS: u32 = 90;

/// What a line is in a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    /// Name, price and change on one line: a quote wherever it stands.
    Quote,
    /// Name and figure with a unit of bars (percent with sign, currency, degrees): a quote among others.
    Row,
    /// Name and price: a price list in an article too, so that it counts under a heading of bars only.
    Priced,
    /// A row of the weather, of times of prayer or of an exchange, by its words: a strip among others wherever it stands.
    Board,
    /// Name and figures of a form that others below repeat: a strip above the article.
    Plain,
    /// Two names with a result between them: a score strip among others above or below the article.
    Score,
    /// A change alone: a percentage with sign or arrow.
    Change,
    /// A temperature alone.
    Degree,
    /// Figures alone.
    Value,
    /// A known name: an index, a currency, a commodity.
    Known,
    /// A short line that may name what follows.
    Name,
    /// Anything else.
    Other,
}

answers!(Cell: Quote Row Priced Board Plain Score Change Degree Value Known Name Other);

const UNITS: Classes = Classes::of(&[WordClass::Currency, WordClass::QuoteWord]);
const BOARD: Classes = Classes::of(&[WordClass::Weather]);
const KNOWN: Classes = Classes::of(&[WordClass::Index]);
const NAMED: Classes = Classes::of(&[WordClass::Index, WordClass::Currency]);
const RUNNING: Classes = Classes::of(&[WordClass::And, WordClass::Particle]);

/// What the block is in a bar.
pub(super) fn cell(block: &Block) -> Cell {
    if block.is_open() { block.answer(Question::Cell, || looked_at(block)) } else { Cell::Other }
}

fn looked_at(block: &Block) -> Cell {
    // Many pages write the ordinal sign, a letter, for the degree.
    if block.text.contains('º') {
        let mut written = Block::new(block.text.replace("º", "°"), block.lines.clone(), block.role, block.gap);
        written.shape = shape_of(&written.text);
        return cell(&written);
    }
    let shape = &block.shape;
    if shape.chars() == 0
        || shape.chars() > LINE_CHARS
        || matches!(shape.end, End::Sentence | End::Ellipsis) && !ends_in_unit(&block.text)
        || shape.commas() > 3 + shape.numbers()
    {
        return Cell::Other;
    }
    if shape.numbers() == 0 {
        return name_cell(block);
    }
    let tokens = block.tokens();
    let classes = classes_of(&BUILTIN, &tokens);
    if classes.iter().all(|c| c.any(KNOWN)) {
        return Cell::Known;
    }
    Line::of(block, &tokens, &classes).cell()
}

/// A line with figures.
struct Line<'b> {
    block: &'b Block,
    marks: Marks,
    /// Words beside the figures and their units, signs of scripts without spaces counting half.
    words: usize,
    /// Function words say sentence: "The index closed at 7,733.04, down 0.38 %".
    running: usize,
    binding: usize,
    /// Words of exchanges, currencies among them.
    units: usize,
    quoted: bool,
    /// Whether a currency is named.
    currency: bool,
    known: bool,
    /// Words of the weather and of times of prayer.
    board: usize,
    degrees: bool,
    /// Whether it is a symbol in capitals with figures.
    symbol: bool,
}

impl<'b> Line<'b> {
    fn of(block: &'b Block, tokens: &[Token], classes: &[Classes]) -> Self {
        let count = |test: &dyn Fn(TokenKind, Classes) -> bool| tokens.iter().zip(classes).filter(|(t, c)| test(t.kind, **c)).count();
        let plain = |k, c: Classes| k != TokenKind::Number && !c.any(UNITS) && !c.has(WordClass::TimeUnit);
        let words = count(&plain) - count(&|k, c| k == TokenKind::Solo && plain(k, c)) / 2;
        Self {
            block,
            marks: Marks::of(&block.text),
            words,
            running: count(&|k, c| k == TokenKind::Lower && !c.any(UNITS) && !c.any(KNOWN)),
            binding: count(&|k, c| k == TokenKind::Lower && c.any(RUNNING)),
            units: count(&|_, c| c.any(UNITS)),
            quoted: count(&|_, c| c.has(WordClass::QuoteWord)) > 0,
            currency: count(&|_, c| c.has(WordClass::Currency)) > 0,
            known: count(&|_, c| c.any(KNOWN)) > 0,
            board: count(&|_, c| c.any(BOARD) && !c.has(WordClass::TimeUnit)),
            degrees: block.text.contains(['°', '℃', '℉']),
            symbol: words <= 2 && tokens.iter().all(|t| matches!(t.kind, TokenKind::Upper | TokenKind::Number)),
        }
    }

    fn cell(&self) -> Cell {
        let Self { marks, words, .. } = self;
        let short = *words <= NAME_WORDS as usize * 2 && self.binding <= 1;
        if short && self.is_board() {
            return Cell::Board;
        }
        let weather = self.running == 0 && short && self.board > 0;
        if !marks.change && !self.degrees && (weather || self.is_exchange()) {
            return Cell::Row;
        }
        if *words == 0 && !self.known {
            return self.figures();
        }
        let numbers = usize::from(self.block.shape.numbers().min(6) as u8).max(1);
        if *words > NAME_WORDS as usize * numbers || self.running > 2 || self.binding > 1 {
            return Cell::Other;
        }
        self.named()
    }

    /// Whether words of the weather or of times of prayer stand beside figures that belong to them.
    fn is_board(&self) -> bool {
        self.board >= 1 && (self.degrees || self.marks.clocks >= 1) || self.board >= 2 && self.marks.percent
    }

    /// `EUR buy 0.93 sell 0.95`, `USD 0.93 0.95`: a row of an exchange.
    fn is_exchange(&self) -> bool {
        let several = self.block.shape.numbers() >= 2;
        let quoted = self.quoted && self.units >= 2 && several;
        let rated = self.words == 0 && self.currency && (several || self.marks.percent);
        self.words <= 6 && self.running <= 1 && self.marks.decimals && (quoted || rated)
    }

    /// What a line without a name is.
    fn figures(&self) -> Cell {
        if self.degrees {
            Cell::Degree
        } else if self.marks.change {
            Cell::Change
        } else if self.block.text.contains('=') && self.block.shape.numbers() >= 2 {
            Cell::Row
        } else {
            Cell::Value
        }
    }

    /// What a line of a name and figures is.
    fn named(&self) -> Cell {
        let Self { block, marks, words, known, .. } = self;
        let coined = marks.currency || self.currency;
        let price = marks.plain_figures > 0 || marks.currency;
        // Beside a symbol and a price a percentage is a change even without a sign: "RBGPF 2.42% 62 $".
        if self.symbol && marks.percent && marks.currency && marks.decimals || marks.change && price && marks.percent {
            return Cell::Quote;
        }
        let share = coined && marks.percent && price && *words <= NAME_WORDS as usize && self.running == 0;
        if *known && marks.change {
            Cell::Quote
        } else if share
            || *known && price && marks.decimals
            || marks.clocks >= 4
            || marks.change
            || self.degrees && *words <= 6
            || self.currency && is_rate(&block.text)
        {
            Cell::Row
        } else if *words <= 7 && is_score(&block.text) {
            Cell::Score
        } else if marks.currency && marks.decimals {
            Cell::Priced
        } else if self.running > 0 {
            Cell::Other
        } else if *words <= 4 && !marks.decimals && !marks.percent && block.shape.numbers() == 1 && ends_in_number(block) {
            Cell::Name
        } else if coined || marks.decimals || marks.percent || marks.clocks > 0 || block.shape.numbers() >= 2 {
            Cell::Plain
        } else {
            Cell::Other
        }
    }
}

/// Whether a line holds several rows of a bar, each with its unit or name: `EUR 117.10 USD 108.01`, `Afula 31° | Eilat 38°`, the times of
/// prayer of a day. A row of a table has one unit, coordinates have none of these.
pub(super) fn holds_several(block: &Block) -> bool {
    let tokens = block.tokens();
    let classes = classes_of(&BUILTIN, &tokens);
    // A letter alone is the rand, or part of a number: "12737834-R". A name of several words is one.
    let names: Vec<bool> = tokens.iter().zip(classes).map(|(t, c)| c.any(NAMED) && t.end - t.start > 1).collect();
    let named = names.chunk_by(|a, b| *a && *b).filter(|name| name.contains(&true)).count();
    let degrees = block.text.match_indices('°').filter(|(at, sign)| is_degree(block.text.get(at + sign.len()..))).count();
    let figures = block.shape.numbers();
    figures >= 2 && (named >= 2 || named + degrees >= 2) || Marks::of(&block.text).clocks >= CLOCKS
}

/// Times of day that make a line one of times of prayer.
const CLOCKS: u32 = 4;

/// Whether a sign of degrees is that of a temperature by what follows: `12°C`, `12° / 18°`, not `42°S` or `42°17′`.
fn is_degree(after: Option<&str>) -> bool {
    let mut after = after.unwrap_or_default().chars();
    match after.next() {
        Some('C' | 'F') => !after.next().is_some_and(char::is_alphanumeric),
        next => !next.is_some_and(char::is_alphanumeric),
    }
}

/// `18.412,30 Pkt.`, `19° mín.`: the stop of a shortened unit ends no sentence.
fn ends_in_unit(text: &str) -> bool {
    let tokens = tokenize(text);
    let short = tokens.last().is_some_and(|t| t.end - t.start <= 5);
    short && classes_of(&BUILTIN, &tokens).last().is_some_and(|c| c.any(UNITS) || c.any(BOARD) && text.contains(['°', '%']))
}

/// `ISEQ 20`, `Nifty 50`: a name that ends in a figure, as those of indices do.
fn ends_in_number(block: &Block) -> bool {
    block.shape.end == End::Bare && block.shape.lower() == 0 && block.text.ends_with(|c: char| c.is_numeric())
}

const MARKET: Classes = Classes::of(&[WordClass::Currency, WordClass::QuoteWord, WordClass::Index, WordClass::Weather]);

/// Whether a line names what stands in bars, in half of its words at least: `Exchange rates today`.
pub(super) fn heads_a_bar(block: &Block) -> bool {
    let shape = &block.shape;
    if !(1..=5).contains(&shape.words()) || shape.numbers() > 0 || !matches!(shape.end, End::Bare | End::Colon) {
        return false;
    }
    let classes = classes_of(&BUILTIN, &block.tokens());
    classes.iter().filter(|c| c.any(MARKET)).count() * 2 >= classes.len()
}

/// The form of a line: a sign for each figure and each stretch of words, with the marks between.
pub(super) fn form_of(text: &str) -> String {
    let mut form = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let sign = match c {
            _ if c.is_numeric() => '9',
            '.' | ',' | '٫' | '٬' | '\'' | '’' => continue,
            '+' | '-' | '−' | '–' | '▲' | '▼' | '↑' | '↓' => '±',
            _ if c.is_ascii_punctuation() || matches!(c, '°' | '٪' | '％' | '：' | '（' | '）') => c,
            _ => 'a',
        };
        if !(form.ends_with(sign) && matches!(sign, '9' | 'a')) {
            form.push(sign);
        }
    }
    form
}

/// `1 USD = 109,51 EUR`.
fn is_rate(text: &str) -> bool {
    text.split_once(" = ")
        .is_some_and(|(a, b)| [a, b].iter().all(|side| side.split_whitespace().count() <= 3 && side.contains(|c: char| c.is_ascii_digit())))
}

/// `Ashby Town 1-1 Corran FT`, `Radley v Thornby 20:00`: two names around a result, or a fixture with its time.
fn is_score(text: &str) -> bool {
    // "2 - 1" is one word.
    let glued = glued(text);
    let joins = glued.split_whitespace().any(|w| w.contains(|c: char| c.is_alphabetic()) && w.contains(['-', '–']));
    let words: Vec<&str> = if joins { text } else { &glued }.split_whitespace().collect();
    let result = |w: &str| is_pair(w, &['-', '–', ':'], 3);
    let name = |w: &&str| w.starts_with(char::is_alphabetic);
    // "Lindau - Weil 3:4": the names first, then the result or the time.
    let last = text.split_whitespace().next_back().is_some_and(|w| result(w) || is_pair(w, &['.'], 2));
    let ends = last && text.split_whitespace().next().is_some_and(|w| name(&w));
    if ends && [" - ", " – ", " v ", " vs "].iter().any(|mark| text.contains(mark)) {
        return true;
    }
    let at = words.iter().position(|w| result(w) || matches!(*w, "v" | "vs" | "vs."));
    let minute = |w: &&str| w.ends_with(['\'', '’', '′']) && w.starts_with(|c: char| c.is_ascii_digit());
    at.is_some_and(|at| at > 0 && words.first().is_some_and(|w| name(w) || minute(w)) && words.get(at + 1).is_some_and(name))
}

/// The text with the marks of results glued to their figures.
fn glued(text: &str) -> Cow<'_, str> {
    if ![" - ", " – ", " : "].iter().any(|mark| text.contains(mark)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace(" - ", "-").replace(" – ", "–").replace(" : ", ":"))
}

fn name_cell(block: &Block) -> Cell {
    if block.shape.words() == 0 {
        return if Marks::of(&block.text).arrow { Cell::Change } else { Cell::Other };
    }
    if block.shape.words() > NAME_WORDS || block.shape.end != End::Bare || block.shape.lower() > 1 {
        return Cell::Other;
    }
    let tokens = block.tokens();
    let classes = classes_of(&BUILTIN, &tokens);
    if classes.iter().all(|c| c.any(KNOWN) || c.has(WordClass::Currency)) { Cell::Known } else { Cell::Name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Gap, Role};

    fn cell_of(text: &str) -> Cell {
        let mut block = Block::new(text.to_owned(), 1..2, Role::Paragraph, Gap::Line);
        block.shape = crate::measure::shape_of(text);
        cell(&block)
    }

    #[test]
    fn quotes_in_any_order_and_language() {
        for quote in [
            "RYCEF -1.26% 7.17 $",
            "RBGPF 2.42% 62 $",
            "ABC 12.10 +0.4%",
            "DAX 18.412,30 −0,42 %",
            "FTSE 100 8,120.5 ▲ 0.3%",
            "XYZ: $12.20 (-1.10%)",
            "日経平均 38,412.20 ▼0.42%",
        ] {
            assert_eq!(cell_of(quote), Cell::Quote, "{quote}");
        }
    }

    #[test]
    fn prose_lists_and_results_are_no_quotes() {
        for text in [
            "Shares in the mining group fell 0.72% to 58.59 pounds on Monday.",
            "The index closed at 7,733.04, down 0.38%, its lowest since March.",
            "- A new ferry by 2027",
            "1. Close the old quay",
        ] {
            assert_eq!(cell_of(text), Cell::Other, "{text}");
        }
    }

    #[test]
    fn a_result_between_two_names_is_a_score() {
        for text in ["Arsenal 2-1 Chelsea", "RVE 3 - 0 TLB FT", "巨人 3-2 阪神"] {
            assert_eq!(cell_of(text), Cell::Score, "{text}");
        }
    }

    #[test]
    fn a_name_with_a_share_is_plain() {
        assert_eq!(cell_of("Greens 14.2 percent"), Cell::Plain);
    }

    #[test]
    fn a_name_may_end_in_a_figure() {
        for text in ["Vilga 20", "Chapter 12"] {
            assert_eq!(cell_of(text), Cell::Name, "{text}: figures must follow before it is one of a bar");
        }
    }

    #[test]
    fn several_rows_in_a_line() {
        let several = |text: &str| {
            let mut block = Block::new(text.to_owned(), 1..2, Role::Paragraph, Gap::Line);
            block.shape = crate::measure::shape_of(text);
            holds_several(&block)
        };
        for text in ["Afula 31° | Eilat 38°", "EUR 117.10 USD 108.01", "الفجر 4:31 | الظهر 12:36 | العصر 4:14 | المغرب 7:10"]
        {
            assert!(several(text), "{text}");
        }
        for text in [
            "Harbour 12°",
            "42°S 174°E",
            "2020-09-21 $1,000 Ann Lee",
            "Pistons (P/N 12737-R, 12738-R)",
            "8 Harbour School of Business 9 N/A / 35% 650 86% 122",
        ] {
            assert!(!several(text), "{text}");
        }
    }

    #[test]
    fn boards_of_weather_and_prayer_in_any_script() {
        for text in ["مكة الفجر 04:31 الظهر 11:58", "Oxley 12° Humidity 71%", "秋田 晴れ時々くもり 13℃ 降水確率 20%"]
        {
            assert_eq!(cell_of(text), Cell::Board, "{text}");
        }
    }
}
