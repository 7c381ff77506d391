//! What one line is in a bar of quotes, weather or scores, by its figures and their units.

use crate::measure::{End, Token, TokenKind, tokenize};
use crate::page::Block;
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

const UNITS: Classes = Classes::of(&[WordClass::Currency, WordClass::QuoteWord]);
const BOARD: Classes = Classes::of(&[WordClass::Weather]);
const KNOWN: Classes = Classes::of(&[WordClass::Index]);
const RUNNING: Classes = Classes::of(&[WordClass::And, WordClass::Particle]);

/// What the block is in a bar.
pub(super) fn cell(block: &Block) -> Cell {
    let shape = &block.shape;
    if !block.is_open()
        || shape.chars == 0
        || shape.chars > LINE_CHARS
        || matches!(shape.end, End::Sentence | End::Ellipsis) && !block.text.ends_with("Pkt.")
        || shape.commas > 3 + shape.numbers
    {
        return Cell::Other;
    }
    if shape.numbers == 0 {
        return name_cell(block);
    }
    let marks = Marks::of(&block.text);
    let tokens = tokenize(&block.text);
    let classes = classes_of(&BUILTIN, &tokens);
    let pairs = || tokens.iter().zip(&classes);
    let plain = |(t, c): &(&Token, &Classes)| t.kind != TokenKind::Number && !c.any(UNITS) && !c.has(WordClass::TimeUnit);
    let solo = |(t, _): &(&Token, &Classes)| t.kind == TokenKind::Solo;
    let words = pairs().filter(plain).count() - pairs().filter(plain).filter(solo).count() / 2;
    // Function words say sentence: "The index closed at 7,733.04, down 0.38 %".
    let running = tokens.iter().zip(&classes).filter(|(t, c)| t.kind == TokenKind::Lower && !c.any(UNITS) && !c.any(KNOWN)).count();
    let known = classes.iter().any(|c| c.any(KNOWN));
    if classes.iter().all(|c| c.any(KNOWN)) {
        return Cell::Known;
    }
    let degrees = block.text.contains(['°', '℃', '℉']) || block.text.contains("ºC") || block.text.contains("º C");
    let binding = tokens.iter().zip(&classes).filter(|(t, c)| t.kind == TokenKind::Lower && c.any(RUNNING)).count();
    let units = pairs().filter(|(_, c)| c.any(UNITS)).count();
    let quoted = pairs().any(|(_, c)| c.has(WordClass::QuoteWord));
    let coined = marks.currency || pairs().any(|(_, c)| c.has(WordClass::Currency));
    let short = words <= NAME_WORDS as usize * 2 && binding <= 1;
    if short && is_board(&marks, &classes, degrees) {
        return Cell::Board;
    }
    if words <= 6 && running <= 1 && quoted && units >= 2 && shape.numbers >= 2 && marks.decimals {
        return Cell::Row;
    }
    if words == 0 && !known {
        return if degrees {
            Cell::Degree
        } else if marks.change {
            Cell::Change
        } else if block.text.contains('=') && shape.numbers >= 2 {
            Cell::Row
        } else {
            Cell::Value
        };
    }
    if words > NAME_WORDS as usize * usize::from(shape.numbers.min(6) as u8).max(1) || running > 2 || binding > 1 {
        return Cell::Other;
    }
    let price = marks.plain_figures > 0 || marks.currency;
    // Beside a symbol and a price a percentage is a change even without a sign: "RBGPF 2.42% 62 $".
    let symbol = words <= 2 && tokens.iter().all(|t| matches!(t.kind, TokenKind::Upper | TokenKind::Number));
    if symbol && marks.percent && marks.currency && marks.decimals {
        return Cell::Quote;
    }
    let share = coined && marks.percent && price && words <= NAME_WORDS as usize && running == 0;
    if marks.change && price && marks.percent {
        Cell::Quote
    } else if known && (marks.change || price && marks.decimals) {
        if marks.change { Cell::Quote } else { Cell::Row }
    } else if share || marks.clocks >= 4 || marks.change || degrees && words <= 6 || is_rate(&block.text) && classes.iter().any(|c| c.has(WordClass::Currency)) {
        Cell::Row
    } else if is_score(&block.text) && words <= 7 {
        Cell::Score
    } else if marks.currency && marks.decimals {
        Cell::Priced
    } else if running == 0 && words <= 4 && !marks.decimals && !marks.percent && shape.numbers == 1 && known_name(block) {
        Cell::Name
    } else if running == 0 && (coined || marks.decimals || marks.percent || marks.clocks > 0 || shape.numbers >= 2) {
        Cell::Plain
    } else {
        Cell::Other
    }
}

/// Whether words of the weather or of times of prayer stand beside figures that belong to them.
fn is_board(marks: &Marks, classes: &[Classes], degrees: bool) -> bool {
    let words = classes.iter().filter(|c| c.any(BOARD)).count();
    words >= 1 && (degrees || marks.clocks >= 1) || words >= 2 && marks.percent
}

/// `ISEQ 20`, `Nifty 50`: a name that ends in a figure, as those of indices do.
fn known_name(block: &Block) -> bool {
    block.shape.end == End::Bare && block.shape.lower == 0 && block.text.ends_with(|c: char| c.is_numeric())
}

const MARKET: Classes = Classes::of(&[WordClass::Currency, WordClass::QuoteWord, WordClass::Index, WordClass::Weather]);

/// Whether a line names what stands in bars, in half of its words at least: `Exchange rates today`.
pub(super) fn heads_a_bar(block: &Block) -> bool {
    let shape = &block.shape;
    if !(1..=5).contains(&shape.words) || shape.numbers > 0 || !matches!(shape.end, End::Bare | End::Colon) {
        return false;
    }
    let classes = classes_of(&BUILTIN, &tokenize(&block.text));
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
    let glued = text.replace(" - ", "-").replace(" – ", "–").replace(" : ", ":");
    let spaced = words_of(&glued).filter(|w| w.contains(|c: char| c.is_alphabetic()) && w.contains(['-', '–'])).count() == 0;
    let words: Vec<&str> = if spaced { words_of(&glued).collect() } else { words_of(text).collect() };
    let result = |w: &str| {
        w.split_once(['-', '–', ':'])
            .is_some_and(|(a, b)| [a, b].iter().all(|n| (1..=3).contains(&n.len()) && n.bytes().all(|c| c.is_ascii_digit())))
    };
    let at = words.iter().position(|w| result(w) || matches!(*w, "v" | "vs" | "vs."));
    let name = |w: &&str| w.starts_with(char::is_alphabetic);
    at.is_some_and(|at| at > 0 && words.first().is_some_and(name) && words.get(at + 1).is_some_and(name))
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}

fn name_cell(block: &Block) -> Cell {
    if block.shape.words == 0 {
        return if Marks::of(&block.text).arrow { Cell::Change } else { Cell::Other };
    }
    if block.shape.words > NAME_WORDS || block.shape.end != End::Bare || block.shape.lower > 1 {
        return Cell::Other;
    }
    let tokens = tokenize(&block.text);
    let classes = classes_of(&BUILTIN, &tokens);
    if classes.iter().all(|c| c.any(KNOWN) || c.has(WordClass::Currency)) { Cell::Known } else { Cell::Name }
}

/// The marks of figures in a line.
#[derive(Debug, Default)]
struct Marks {
    /// A percentage.
    percent: bool,
    /// A sign or arrow before a figure, or an arrow anywhere.
    change: bool,
    /// An arrow.
    arrow: bool,
    /// A currency sign.
    currency: bool,
    /// A figure with decimals.
    decimals: bool,
    /// Figures that are not percentages.
    plain_figures: u32,
    /// Times of day: `04:31`.
    clocks: u32,
}

impl Marks {
    fn of(text: &str) -> Self {
        let ascii = text.is_ascii();
        let mut marks = Self {
            arrow: !ascii && text.contains(['▲', '▼', '△', '▽', '↑', '↓', '⬆', '⬇', '▴', '▾', '🔺', '🔻', '▵', '↗', '↘']),
            ..Self::default()
        };
        marks.change |= marks.arrow;
        marks.currency =
            text.contains('$') || !ascii && text.contains(['€', '£', '¥', '₽', '₺', '₹', '₩', '₴', '₪', '₫', '円', '元', '￥', '￦', '฿', '৳', '﷼', '₱', '₦', '₸', '₾', '؋']);
        let chars: Vec<char> = text.chars().collect();
        let at = |i: usize| chars.get(i).copied().unwrap_or(' ');
        let mut i = 0;
        while i < chars.len() {
            if !at(i).is_numeric() {
                i += 1;
                continue;
            }
            let start = i;
            while at(i).is_numeric() || (matches!(at(i), '.' | ',' | '٫' | '٬' | '\'' | '’' | '\u{a0}') && at(i + 1).is_numeric()) {
                marks.decimals |= matches!(at(i), '.' | ',' | '٫');
                i += 1;
            }
            marks.clocks += u32::from(i - start <= 2 && at(i) == ':' && at(i + 1).is_numeric() && at(i + 2).is_numeric());
            let percent = at(i) == '%' || at(i) == '٪' || at(i) == '％' || (at(i) == ' ' && matches!(at(i + 1), '%' | '٪' | '％'));
            let before = start.checked_sub(1).map_or(' ', at);
            // Turkish writes the sign first.
            let percent = percent || before == '%';
            let spaced = start.checked_sub(2).map_or(' ', at);
            // A sign counts if nothing stands before it: "2-1" and "19-20" are no changes.
            let signed = matches!(before, '+' | '-' | '−' | '–' | '±') && !spaced.is_alphanumeric()
                || (before == ' ' && matches!(spaced, '+' | '−'));
            marks.change |= signed && (percent || marks.decimals);
            marks.percent |= percent;
            marks.plain_figures += u32::from(!percent);
        }
        marks
    }
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
            "Chapter 12",
            "Greens 14.2 percent",
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
    fn boards_of_weather_and_prayer_in_any_script() {
        for text in ["مكة الفجر 04:31 الظهر 11:58", "Oxley 12° Humidity 71%", "秋田 晴れ時々くもり 13℃ 降水確率 20%"] {
            assert_eq!(cell_of(text), Cell::Board, "{text}");
        }
    }
}
