//! The marks of figures: percent and currency signs, arrows, decimals, times of day, results.

/// The marks of figures in a line.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// A percentage.
    pub(super) percent: bool,
    /// A sign or arrow before a figure, or an arrow anywhere.
    pub(super) change: bool,
    /// An arrow.
    pub(super) arrow: bool,
    /// A currency sign.
    pub(super) currency: bool,
    /// A figure with decimals.
    pub(super) decimals: bool,
    /// Figures that are not percentages.
    pub(super) plain_figures: u32,
    /// Times of day: `04:31`.
    pub(super) clocks: u32,
}

impl Marks {
    /// Those of `text`.
    pub(super) fn of(text: &str) -> Self {
        let ascii = text.is_ascii();
        let mut marks = Self {
            arrow: !ascii && text.contains(['▲', '▼', '△', '▽', '↑', '↓', '⬆', '⬇', '▴', '▾', '🔺', '🔻', '▵', '↗', '↘']),
            ..Self::default()
        };
        marks.change |= marks.arrow;
        marks.currency = text.contains('$')
            || !ascii
                && text.contains([
                    '€', '£', '¥', '₽', '₺', '₹', '₩', '₴', '₪', '₫', '円', '元', '￥', '￦', '฿', '৳', '﷼', '₱', '₦', '₸', '₾', '؋',
                ]);
        let mut chars: Vec<char> = Vec::with_capacity(text.len());
        chars.extend(text.chars());
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

/// Whether a line begins with a time of day: `05.30`, `11:00`.
pub(super) fn begins_with_time(text: &str) -> bool {
    text.split_whitespace().next().is_some_and(|word| word.len() >= 4 && is_pair(word, &['.', ':'], 2))
}

/// `3-1`, `20.15`: two figures of at most so many digits with one of `marks` between.
pub(super) fn is_pair(word: &str, marks: &[char], most: usize) -> bool {
    let digits = |n: &str| (1..=most).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit());
    word.split_once(marks).is_some_and(|(a, b)| digits(a) && digits(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timetable_begins_with_a_time() {
        for (line, begins) in
            [("05.30 KM Camar", true), ("11:00 Missa", true), ("1.08 USD", true), ("0.9 EUR", false), ("EUR 11.00", false)]
        {
            assert_eq!(begins_with_time(line), begins, "{line}");
        }
    }
}
