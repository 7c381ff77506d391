//! Bars of quotes, weather and scores: told by their shape, in any language and order of fields, with the heading above.

use super::extent::Extent;
use crate::measure::{End, TokenKind, tokenize};
use crate::page::{Block, Kind, Page, Reason, Step};
use crate::rules::{BUILTIN, Classes, Opens, WordClass, classes_of};

pub(super) const NAME: Step = Step::Ticker;

/// Most words of a name in a bar: "Euro Stoxx 50 Volatility Index".
const NAME_WORDS: u32 = 5;
/// Most characters of one line of a bar.
const LINE_CHARS: u32 = 90;

/// What a line is in a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell {
    /// Name, price and change on one line: a quote wherever it stands.
    Quote,
    /// Name and figure with a unit of bars (percent with sign, currency, degrees): a quote among others.
    Row,
    /// Name and price: a price list in an article too, so that it counts under a heading of bars only.
    Priced,
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

pub(super) fn run(page: &mut Page) {
    let extent = Extent::of(page);
    let figures: Vec<bool> = page.blocks.iter().map(|b| b.is_open() && b.shape.numbers() > 0 && b.shape.chars() <= LINE_CHARS).collect();
    let near = |i: usize| figures.get(i).copied().unwrap_or(false) || figures.get(i + 1).copied().unwrap_or(false);
    let cells: Vec<Cell> =
        page.blocks.iter().enumerate().map(|(i, b)| if near(i) || b.shape.words() == 0 { cell(b) } else { Cell::Other }).collect();
    if !cells.iter().any(|c| matches!(c, Cell::Quote | Cell::Row | Cell::Score | Cell::Priced | Cell::Change | Cell::Degree | Cell::Value))
    {
        return;
    }
    let mut i = 0;
    while i < cells.len() {
        let end = run_end(&cells, i);
        if end > i && is_bar(cells.get(i..end).unwrap_or_default(), !extent.holds(i), heading_above(page, &extent, i).is_some()) {
            let start = heading_above(page, &extent, i).unwrap_or(i);
            for (n, block) in page.blocks.iter_mut().enumerate().take(end).skip(start) {
                block.drop(Reason::noise(Kind::Ticker, NAME, if n < i { "heading" } else { "quotes" }));
            }
        }
        i = end.max(i + 1);
    }
}

/// One past the last line of the bar that may begin at `start`; `start` if none does.
fn run_end(cells: &[Cell], start: usize) -> usize {
    let mut end = start;
    while let Some(cell) = cells.get(end) {
        // A score strip is a bar of its own: a result beside quotes is a line of the article.
        let above = end.checked_sub(1).filter(|n| *n >= start).and_then(|n| cells.get(n));
        if above.is_some_and(|a| (*a == Cell::Score) != (*cell == Cell::Score)) {
            break;
        }
        let next = cells.get(end + 1).copied().unwrap_or(Cell::Other);
        let goes_on = match cell {
            Cell::Quote | Cell::Row | Cell::Score | Cell::Priced | Cell::Change | Cell::Degree | Cell::Value | Cell::Known => true,
            // A name belongs to the bar if figures follow it.
            Cell::Name => matches!(next, Cell::Value | Cell::Change | Cell::Degree),
            Cell::Other => false,
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    end
}

/// Whether a run of lines is a bar: enough quotes, or names with values and changes.
fn is_bar(run: &[Cell], edge: bool, headed: bool) -> bool {
    let count = |of: &[Cell]| run.iter().filter(|c| of.contains(c)).count();
    let quotes = count(&[Cell::Quote]);
    let rows = count(&[Cell::Row]);
    let changes = count(&[Cell::Change]);
    let values = count(&[Cell::Value]);
    let known = count(&[Cell::Known]);
    let strong = quotes >= 2 || (quotes >= 1 && (edge || headed || rows >= 1));
    let scores = (edge || headed) && count(&[Cell::Score]) >= 3;
    let columns = changes >= 2 && (values + known) >= 2 || (changes >= 1 && values >= 1 && (known >= 1 || headed));
    let loose = edge && rows >= 3 && rows * 2 >= run.len() || headed && rows + values + count(&[Cell::Priced]) >= 1;
    let degrees = count(&[Cell::Degree]);
    let weather = degrees >= 3 || (edge || headed) && degrees >= 2;
    strong || weather || columns || loose || scores || (edge && known >= 3 && values >= 3)
}

/// The line above the bar that is its heading: one that a rule names, or above the article a short line of capitals.
fn heading_above(page: &Page, extent: &Extent, at: usize) -> Option<usize> {
    let mut start = None;
    let mut above = at;
    while let Some(i) = above.checked_sub(1).filter(|i| at - i <= 2) {
        let block = page.blocks.get(i).filter(|b| b.is_open() && page.facts.headline != Some(i))?;
        let named = block.hits.iter().any(|h| h.rule.opens == Some(Opens::Quotes));
        let capitals = !extent.holds(i)
            && block.shape.words() <= 4
            && block.shape.words() > 0
            && block.shape.lower() == 0
            && block.shape.upper() > 0
            && block.shape.end == End::Bare;
        if !named && !capitals {
            break;
        }
        start = Some(i);
        above = i;
    }
    start
}

const UNITS: Classes = Classes::of(&[WordClass::Currency, WordClass::QuoteWord]);
const KNOWN: Classes = Classes::of(&[WordClass::Index]);
const RUNNING: Classes = Classes::of(&[WordClass::And, WordClass::Particle]);

/// What the block is in a bar.
fn cell(block: &Block) -> Cell {
    let shape = &block.shape;
    if !block.is_open()
        || shape.chars() == 0
        || shape.chars() > LINE_CHARS
        || matches!(shape.end, End::Sentence | End::Ellipsis) && !block.text.ends_with("Pkt.")
        || shape.commas() > 3 + shape.numbers()
    {
        return Cell::Other;
    }
    if shape.numbers() == 0 {
        return name_cell(block);
    }
    let marks = Marks::of(&block.text);
    let tokens = tokenize(&block.text);
    let classes = classes_of(&BUILTIN, &tokens);
    let words =
        tokens.iter().zip(&classes).filter(|(t, c)| t.kind != TokenKind::Number && !c.any(UNITS) && !c.has(WordClass::TimeUnit)).count();
    // Function words say sentence: "The index closed at 7,733.04, down 0.38 %".
    let running = tokens.iter().zip(&classes).filter(|(t, c)| t.kind == TokenKind::Lower && !c.any(UNITS) && !c.any(KNOWN)).count();
    let known = classes.iter().any(|c| c.any(KNOWN));
    if classes.iter().all(|c| c.any(KNOWN)) {
        return Cell::Known;
    }
    let degrees = block.text.contains('°') || block.text.contains('℃');
    let binding = tokens.iter().zip(&classes).filter(|(t, c)| t.kind == TokenKind::Lower && c.any(RUNNING)).count();
    if words == 0 && !known {
        return if degrees {
            Cell::Degree
        } else if marks.change {
            Cell::Change
        } else if block.text.contains('=') && shape.numbers() >= 2 {
            Cell::Row
        } else {
            Cell::Value
        };
    }
    if words > NAME_WORDS as usize * usize::from(shape.numbers().min(6) as u8).max(1) || running > 2 || binding > 1 {
        return Cell::Other;
    }
    let price = marks.plain_figures > 0 || marks.currency;
    // Beside a symbol and a price a percentage is a change even without a sign: "RBGPF 2.42% 62 $".
    let symbol = words <= 2 && tokens.iter().all(|t| matches!(t.kind, TokenKind::Upper | TokenKind::Number));
    if symbol && marks.percent && marks.currency && marks.decimals {
        return Cell::Quote;
    }
    if marks.change && price && marks.percent {
        Cell::Quote
    } else if known && (marks.change || price && marks.decimals) {
        if marks.change { Cell::Quote } else { Cell::Row }
    } else if marks.change || degrees && words <= 6 || is_rate(&block.text) && classes.iter().any(|c| c.has(WordClass::Currency)) {
        Cell::Row
    } else if is_score(&block.text) && words <= 7 {
        Cell::Score
    } else if marks.currency && marks.decimals {
        Cell::Priced
    } else {
        Cell::Other
    }
}

/// `1 USD = 109,51 EUR`.
fn is_rate(text: &str) -> bool {
    text.split_once(" = ")
        .is_some_and(|(a, b)| [a, b].iter().all(|side| side.split_whitespace().count() <= 3 && side.contains(|c: char| c.is_ascii_digit())))
}

/// `Ashby Town 1-1 Corran FT`, `Radley v Thornby 20:00`: two names around a result, or a fixture with its time.
fn is_score(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let result = |w: &str| {
        w.split_once(['-', '–', ':'])
            .is_some_and(|(a, b)| [a, b].iter().all(|n| (1..=3).contains(&n.len()) && n.bytes().all(|c| c.is_ascii_digit())))
    };
    let at = words.iter().position(|w| result(w) || matches!(*w, "v" | "vs" | "vs."));
    let name = |w: &&str| w.starts_with(char::is_alphabetic);
    at.is_some_and(|at| at > 0 && words.first().is_some_and(name) && words.get(at + 1).is_some_and(name))
}

fn name_cell(block: &Block) -> Cell {
    if block.shape.words() == 0 {
        return if Marks::of(&block.text).arrow { Cell::Change } else { Cell::Other };
    }
    if block.shape.words() > NAME_WORDS || block.shape.end != End::Bare || block.shape.lower() > 1 {
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
            text.contains('$') || !ascii && text.contains(['€', '£', '¥', '₽', '₺', '₹', '₩', '₴', '₪', '₫', '円', '元', '￥', '￦']);
        let chars: Vec<char> = text.chars().collect();
        let at = |i: usize| chars.get(i).copied().unwrap_or(' ');
        let mut i = 0;
        while i < chars.len() {
            if !at(i).is_numeric() {
                i += 1;
                continue;
            }
            let start = i;
            while at(i).is_numeric() || (matches!(at(i), '.' | ',' | '\'' | '’' | '\u{a0}') && at(i + 1).is_numeric()) {
                marks.decimals |= matches!(at(i), '.' | ',');
                i += 1;
            }
            let percent = at(i) == '%' || at(i) == '٪' || at(i) == '％' || (at(i) == ' ' && matches!(at(i + 1), '%' | '٪' | '％'));
            let before = start.checked_sub(1).map_or(' ', at);
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
    fn a_result_alone_is_no_strip() {
        assert_eq!(cell_of("Arsenal 2-1 Chelsea"), Cell::Score);
        assert!(!is_bar(&[Cell::Score], true, false));
        assert!(!is_bar(&[Cell::Score; 3], false, false));
        assert!(is_bar(&[Cell::Score; 3], true, false));
    }
}
