//! Lines of facts about the article: who, where, when and for whom, in any order and language. What their pieces are tells them, not
//! their wording: every piece is a date, a label, a newsroom, an agency, a place or a name.

use super::signals::{Words, has_clock, is_numeric_date};
use crate::measure::{End, Token, TokenKind, is_closer, is_opener, tokenize};
use crate::page::{Block, Question, answers};
use crate::rules::{BUILTIN, Classes, WordClass, classes_of};

/// Longest such line, in words.
pub(super) const MOST_WORDS: u32 = 28;

/// What such a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stamp {
    /// A full date beside a time, label, agency or place: `Jane Doe Updated: Mar 12, 2024 - 15:28`.
    Dated,
    /// Names beside a full date and a time or weekday: a byline above the text, a date in the diary below it.
    Timed,
    /// Labels with what they name: `Source: Hina`, and rows of such pairs.
    Labelled,
    /// An agency or newsroom beside names, a mark between them: `(AFP) - Lagos`.
    Desk,
    /// Places alone, or a place before a mark and a name.
    Place,
    /// An e-mail address alone or beside a name.
    Address,
    /// Agencies and initials: `jd/AFP/mh`.
    Code,
}

impl Stamp {
    /// The rule, as `--explain` shows it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Dated => "dated-line",
            Self::Timed => "timed-line",
            Self::Labelled => "labelled-line",
            Self::Desk => "desk-line",
            Self::Place => "place-line",
            Self::Address => "address-line",
            Self::Code => "sign-off-code",
        }
    }
}

answers!(Stamp: Dated Timed Labelled Desk Place Address Code);

const LABEL: Classes = Classes::of(&[WordClass::Label, WordClass::Role]);
const DESK: Classes = Classes::of(&[WordClass::Agency, WordClass::Role]);
const JOIN: Classes = Classes::of(&[WordClass::And, WordClass::Particle, WordClass::Platform, WordClass::Credit]);
/// Among them what Armenian (`Աղբյուրը՝ Արմենպրես`) and Amharic (`ምንጭ፦ ኢዜአ`) write for a colon.
const SEPARATORS: [char; 13] = [':', '：', '/', '／', '-', '–', '—', '|', '=', '・', '՝', '፦', '፡'];
const MARKS: [char; 17] = ['(', ')', '/', '-', '–', '—', ',', '،', '、', '|', '（', '）', '+', '／', '•', '·', 'ـ'];
const QUOTES: [char; 10] = ['"', '“', '”', '«', '„', '?', '!', '？', '！', '؟'];

/// What the line with these words is; none if any of its pieces is text.
pub(super) fn stamp_of(words: &Words<'_>) -> Option<Stamp> {
    words.block.answer(Question::Stamp, || looked_at(words))
}

fn looked_at(words: &Words<'_>) -> Option<Stamp> {
    let block = words.block;
    let text = block.text.as_str();
    if block.shape.words() > MOST_WORDS || block.shape.chars() > 200 || block.shape.words() == 0 {
        return None;
    }
    if has_quotes(text) {
        return quoted(words);
    }
    if let Some(address) = is_address(text) {
        return address.then_some(Stamp::Address);
    }
    let (tokens, classes) = words.read();
    let pieces = Pieces::of(text, tokens, classes);
    let short_last = tokens.last().is_some_and(|t| t.end - t.start <= 4);
    let ends = block.shape.end == End::Sentence && !short_last;
    let full = is_full_date(&pieces, text) && !ends;
    if full && is_dated(&pieces, text) {
        Some(Stamp::Dated)
    } else if full && pieces.names <= 4 && pieces.bare <= 3 && pieces.solo == 0 && (has_clock(text) || pieces.weekday && pieces.names >= 2)
    {
        Some(Stamp::Timed)
    } else if is_labelled(&pieces, text) && (!ends || block.shape.words() <= 6 && pieces.odd == 0) {
        Some(Stamp::Labelled)
    } else if ends {
        None
    } else if is_desk(&pieces, text, block) {
        Some(Stamp::Desk)
    } else if is_place(&pieces, text, block) || is_cut_dateline(&pieces, text, tokens, block) {
        Some(Stamp::Place)
    } else {
        is_code(text, tokens, classes).then_some(Stamp::Code)
    }
}

/// Whether the line has quotes or asks; the marks inside a Hebrew number or abbreviation are none: `כ"ח באדר, 07/04/24`.
fn has_quotes(text: &str) -> bool {
    let hebrew = |c: Option<char>| c.is_some_and(|c| ('\u{05D0}'..='\u{05EA}').contains(&c));
    text.char_indices().filter(|(_, c)| QUOTES.contains(c)).any(|(i, c)| {
        let (before, after) = (text.get(..i).unwrap_or_default(), text.get(i + c.len_utf8()..).unwrap_or_default());
        c != '"' || !hebrew(before.chars().next_back()) || !hebrew(after.chars().next())
    })
}

/// `القاهرة: «الشرق المتوسط»`: a place, and the paper in quotes, as the papers of one country print it; `Աղբյուրը՝ «Արմենպրես»`: a label,
/// and in quotes what it names.
fn quoted(words: &Words<'_>) -> Option<Stamp> {
    let text = words.block.text.trim();
    let (first, named) = text.split_once([':', '-', '–', '—', '՝', '፦'])?;
    let in_quotes = named.trim().starts_with(is_opener) && named.trim().ends_with(is_closer);
    let tokens = tokenize(first);
    let classes = classes_of(&BUILTIN, &tokens);
    if !in_quotes || tokens.is_empty() || words.block.shape.words() > 6 {
        None
    } else if classes.iter().all(|c| c.has(WordClass::Place)) && words.block.shape.caseless() >= 2 {
        Some(Stamp::Place)
    } else {
        classes.iter().all(|c| c.has(WordClass::Label)).then_some(Stamp::Labelled)
    }
}

/// How many of each piece a line has; a token counts once, as the most telling that it is.
#[derive(Debug, Default)]
struct Pieces {
    numbers: usize,
    dates: usize,
    labels: usize,
    /// Labels with a mark behind them.
    pairs: usize,
    desks: usize,
    agencies: usize,
    places: usize,
    names: usize,
    /// Words of scripts without case in no class.
    bare: usize,
    /// Characters of scripts without spaces in no class.
    solo: usize,
    /// Small words in no class.
    odd: usize,
    joins: usize,
    month: bool,
    weekday: bool,
    opener: bool,
    ago: bool,
    /// Whether a label stands first.
    leads: bool,
    /// Whether a word such as published stands first.
    opens: bool,
    /// Whether a stretch between marks is all agency or newsroom.
    desk_alone: bool,
}

impl Pieces {
    fn of(text: &str, tokens: &[Token], classes: &[Classes]) -> Self {
        let mut p = Self::default();
        let mut alone = true;
        for (i, (token, class)) in tokens.iter().zip(classes).enumerate() {
            let next = tokens.get(i + 1);
            let gap = text.get(token.end as usize..next.map_or(text.len(), |t| t.start as usize)).unwrap_or_default();
            let goes_on = next.is_some() && classes.get(i + 1).is_some_and(|c| c.has(WordClass::Label)) && gap.trim().is_empty();
            let label = class.has(WordClass::Label) || class.has(WordClass::Role);
            // Thai parts phrases by a space.
            let parted =
                gap.contains(SEPARATORS) || gap == " " && next.is_some_and(|n| n.kind == TokenKind::Solo) && signs_of(text) > SIGNS;
            p.pairs += usize::from(label && !goes_on && parted);
            p.leads |= i == 0 && class.any(LABEL);
            p.opens |= i == 0 && class.has(WordClass::DateOpener);
            p.ago |= is_ago(tokens, classes, i);
            alone &= class.any(DESK) || class.has(WordClass::And);
            if next.is_none() || is_part(gap) {
                p.desk_alone |= alone && class.any(DESK);
                alone = true;
            }
            p.month |= class.has(WordClass::Month);
            p.weekday |= class.has(WordClass::Weekday);
            p.opener |= class.has(WordClass::DateOpener);
            p.agencies += usize::from(class.has(WordClass::Agency));
            p.count(token.kind, *class);
            if token.kind == TokenKind::Lower && class.is_empty() && is_part_of_name(text, tokens, classes, i) {
                p.odd -= 1;
                p.names += 1;
            }
        }
        p
    }

    fn count(&mut self, kind: TokenKind, class: Classes) {
        *(if kind == TokenKind::Number {
            &mut self.numbers
        } else if class.any(DESK) {
            &mut self.desks
        } else if class.has(WordClass::Label) {
            &mut self.labels
        } else if class.has(WordClass::Place) && kind != TokenKind::Lower {
            &mut self.places
        } else if class.any(Classes::DATE) {
            &mut self.dates
        } else if class.any(JOIN) || kind == TokenKind::Copyright {
            &mut self.joins
        } else {
            match kind {
                TokenKind::Caseless => &mut self.bare,
                TokenKind::Solo => &mut self.solo,
                TokenKind::Lower => &mut self.odd,
                _ => &mut self.names,
            }
        }) += 1;
    }

    /// Whether no more names stand there than `pairs` labels name.
    fn fits(&self, pairs: usize, signs: usize) -> bool {
        self.names <= 5 * pairs && self.bare <= 4 * pairs && self.solo <= signs * pairs
    }
}

/// Whether the small word at `i` belongs to a name: "Min-sik" is one, as are the ends of an address ("Kontan.co.id"), and what stands
/// behind an agency are initials.
fn is_part_of_name(text: &str, tokens: &[Token], classes: &[Classes], i: usize) -> bool {
    let before = i.checked_sub(1).and_then(|above| tokens.get(above).zip(classes.get(above)));
    let (Some(token), Some((last, class))) = (tokens.get(i), before) else { return false };
    let gap = text.get(last.end as usize..token.start as usize).unwrap_or_default();
    matches!(gap, "-" | ".") || token.end - token.start <= 4 && (gap.ends_with('(') || class.has(WordClass::Agency))
}

/// Whether a full date stands in the line, and with it nothing but pieces: no small word, no price.
fn is_full_date(p: &Pieces, text: &str) -> bool {
    let full = p.numbers >= 2 && (p.month || is_numeric_date(text)) || p.ago;
    full && p.odd == 0 && p.names <= 6 && p.bare <= 6 && p.solo <= 10 && !text.contains(['%', '$', '€', '£', '='])
}

/// Whether the line says of the date that it is the article's: by a word such as published, a label or a newsroom.
fn is_dated(p: &Pieces, text: &str) -> bool {
    let marked = text.contains([':', '：']) || has_clock(text);
    let opened = p.opener && (p.opens || marked || p.names + p.bare == 0);
    opened || p.pairs > 0 || p.desks > 0 && (p.desk_alone || p.names == 0) && p.names <= 3 && p.bare <= 5
}

fn is_labelled(p: &Pieces, text: &str) -> bool {
    let named = p.names + p.bare + p.solo + p.desks + p.places > 0;
    let pair = p.leads && p.pairs > 0 && p.fits(p.pairs, signs_of(text)) && p.odd <= p.pairs && p.odd * 2 <= p.names + p.desks + p.places;
    let bracket =
        p.leads && p.odd == 0 && text.starts_with(['(', '（', '[']) && text.ends_with([')', '）', ']']) && p.fits(2, signs_of(text));
    named && (pair || bracket)
}

fn is_desk(p: &Pieces, text: &str, block: &Block) -> bool {
    // "中央社／台北12日電": the day of an agency's telegram.
    let numbers = p.numbers <= usize::from(p.agencies > 0 && (1..=4).contains(&p.solo));
    let few = block.shape.words() <= 7 && p.odd == 0 && numbers && p.dates <= 2 && p.names <= 3 && p.bare <= 2 && p.solo <= 6;
    let bracketed =
        p.labels > 0 && p.names + p.bare + p.solo > 0 && text.trim_end().ends_with([')', '）']) && !text.starts_with(['(', '（']);
    let marked = text.contains(MARKS) && (p.desk_alone && (p.agencies > 0 || p.names + p.bare + p.solo + p.places > 0) || bracketed);
    // "نامہ نگار کراچی": nothing but a newsroom and its place.
    few && (marked || p.desks > 0 && p.places > 0 && p.names + p.bare + p.solo == 0)
}

/// `HARSTAD —`, `Villanueva, 3 dic (EFE).-`: where a report begins, cut off from it; the dash says that the text goes on. A place that
/// nobody listed is told by its capitals, or by the date or agency beside it.
fn is_cut_dateline(p: &Pieces, text: &str, tokens: &[Token], block: &Block) -> bool {
    let text = text.trim_end();
    let dashed = [" -", " –", " —", "—", ".-", ").–"].iter().any(|dash| text.ends_with(dash));
    let few = block.shape.words() <= 7 && p.odd + p.labels + p.bare + p.solo == 0 && p.names <= 4 && p.names + p.places > 0;
    let capitals: u32 = tokens.iter().take_while(|t| t.kind == TokenKind::Upper).map(|t| t.end - t.start).sum();
    let shouted = capitals > 3 && p.numbers == 0;
    dashed && few && (shouted || p.month && p.numbers >= 1 || p.agencies > 0 && p.numbers == 0)
}

fn is_place(p: &Pieces, text: &str, block: &Block) -> bool {
    if p.odd + p.labels > 0 || p.places == 0 || block.shape.words() > 9 {
        return false;
    }
    // "Sofia, 12 March (BTA) -": the dateline of a telegram, alone.
    if p.month && p.numbers >= 1 {
        return p.names + p.bare <= 1 && p.solo <= 2;
    }
    let only = p.numbers + p.desks + p.dates == 0 && block.shape.words() <= 6;
    // "Adaeze Okonjo-Bello, Abuja": who writes, and from where.
    let from = text.rsplit_once(", ").is_some_and(|(_, place)| p.places == place.split([' ', '-']).count());
    if only && from && (2..=4).contains(&p.names) && p.bare + p.solo == 0 {
        return true;
    }
    let alone = p.names + p.bare <= usize::from(text.contains([',', '،'])) && p.solo == 0;
    let dashed = [" - ", " – ", " — ", " ـ ", " • ", " | "].iter().any(|dash| text.contains(dash)) || is_behind_slash(text);
    only && (alone || dashed && p.names <= 3 && p.bare <= 3 && p.solo <= 4)
}

/// `Cemre GÜLTEPE/ANKARA`: a name of two words or more, and a place behind a slash.
fn is_behind_slash(text: &str) -> bool {
    let Some((name, place)) = text.split_once('/') else { return false };
    let tokens = tokenize(place);
    let places = !tokens.is_empty() && classes_of(&BUILTIN, &tokens).iter().all(|c| c.has(WordClass::Place));
    places && name.split_whitespace().count() >= 2
}

/// Most signs of a name in Chinese or Japanese.
const SIGNS: usize = 8;

/// How many signs a name may have where words are not parted: a Chinese name is short, a Thai one is spelt.
fn signs_of(text: &str) -> usize {
    if text.chars().any(|c| ('\u{0E00}'..='\u{0EFF}').contains(&c)) { SIGNS * 3 } else { SIGNS }
}

/// Whether the marks between two words part pieces: a hyphen or apostrophe inside a word does not.
fn is_part(gap: &str) -> bool {
    gap.contains(['(', ')', '/', ',', '،', '、', '|', '（', '）', '+', '／', ':', '：', '•', '·', 'ـ'])
        || [" - ", " – ", " — "].iter().any(|dash| gap.contains(dash))
}

/// Whether a number with a unit of time and a word of time past stand at `i`: `3 hours ago`, `vor 3 Stunden`.
fn is_ago(tokens: &[Token], classes: &[Classes], i: usize) -> bool {
    let number = tokens.get(i).is_some_and(|t| t.kind == TokenKind::Number);
    let has = |at: Option<usize>, class: WordClass| at.and_then(|at| classes.get(at)).is_some_and(|c| c.has(class));
    let ago = |at: Option<usize>| has(at, WordClass::Ago) && at.and_then(|at| tokens.get(at)).is_some_and(|t| t.end - t.start > 1);
    number && has(Some(i + 1), WordClass::TimeUnit) && (ago(Some(i + 2)) || ago(i.checked_sub(1)))
}

/// Whether a line with an e-mail address holds nothing else but names; none if it has no address.
fn is_address(text: &str) -> Option<bool> {
    let at = |w: &&str| w.split_once('@').is_some_and(|(a, b)| !a.is_empty() && b.contains('.') && !b.starts_with('.'));
    let (addresses, rest): (Vec<&str>, Vec<&str>) = text.contains('@').then(|| text.split_whitespace().partition(at))?;
    addresses.first()?;
    let rest = rest.join(" ");
    let tokens = tokenize(&rest);
    let classes = classes_of(&BUILTIN, &tokens);
    let p = Pieces::of(&rest, &tokens, &classes);
    Some(p.odd == 0 && p.names <= 4 && p.bare <= 4 && p.solo <= 6 && p.numbers <= 4 && tokens.len() <= 14)
}

/// `jd/AFP/mh`, `cul/dpa (APA)`, `AP-dpa`: agencies and initials with marks between them; behind a slash, initials in any script.
fn is_code(text: &str, tokens: &[Token], classes: &[Classes]) -> bool {
    let inner = text.trim_matches(|c: char| is_opener(c) || is_closer(c) || matches!(c, '-' | '–' | '—' | '.' | '/' | ' '));
    let caseless = tokens.iter().all(|t| t.kind == TokenKind::Caseless);
    if caseless && let Some((before, initials)) = inner.rsplit_once('/') {
        let tight = !before.ends_with(' ') && (1..=6).contains(&initials.chars().count()) && !initials.contains(' ');
        return tight && (1..=3).contains(&before.split_whitespace().count());
    }
    let initials = |t: &Token| t.end - t.start <= 4 && t.kind != TokenKind::Number;
    let part = |(t, c): (&Token, &Classes)| initials(t) || c.any(DESK) || c.has(WordClass::Credit) || t.kind == TokenKind::Number;
    let agency = classes.iter().any(|c| c.has(WordClass::Agency));
    let marked = inner.contains('/') || inner.contains(['-', '–', ',']) && text.split_whitespace().count() <= 2;
    (2..=8).contains(&tokens.len()) && agency && marked && tokens.iter().zip(classes).all(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Gap, Role};

    fn stamp(text: &str) -> Option<Stamp> {
        let mut block = Block::new(text.to_owned(), 1..2, Role::Paragraph, Gap::Line);
        block.shape = crate::measure::shape_of(text);
        stamp_of(&Words::of(&block))
    }

    #[test]
    fn rows_of_pieces_in_any_order_and_language() {
        for (text, what) in [
            ("Mara Lind Published : May 2, 2024 - 11:28 Updated : May 2, 2024 - 12:01", Stamp::Dated),
            ("Updated - May 2, 2024 08:15 pm IST - NAIROBI", Stamp::Dated),
            ("KLN - Thứ Sáu, 03/05/2024 07:40", Stamp::Timed),
            ("박서연 기자 입력 2024.05.02. 10:35 수정 2024.05.02. 13:20", Stamp::Dated),
            ("Zdroj: ČTK, mn", Stamp::Labelled),
            ("Sursa: Agerpres", Stamp::Labelled),
            ("(AFP) - Lagos", Stamp::Desk),
            ("mlo/AFP/Reuters", Stamp::Code),
            ("Nairobi, Kenya", Stamp::Place),
            ("Selma DEMİRTAŞ/ANKARA", Stamp::Place),
            ("الرياض: «الصباح الجديد»", Stamp::Place),
            ("י\"ד באדר א', 23/02/24 09:15, עודכן: 10:02", Stamp::Dated),
            ("Աղբյուրը՝ Արմենպրես", Stamp::Labelled),
            ("Աղբյուրը՝ «Ազատություն»", Stamp::Labelled),
            ("Sumber: Bisnis.co.id", Stamp::Labelled),
            ("KUALA LUMPUR, 3 Mac (Bernama) --", Stamp::Place),
            ("lindm@example.org", Stamp::Address),
            ("MOLVIK —", Stamp::Place),
            ("SAN ROSAL, Cavite —", Stamp::Place),
            ("Villarica del Río, 12 dic (EFE).-", Stamp::Place),
        ] {
            assert_eq!(stamp(text), Some(what), "{text}");
        }
    }

    #[test]
    fn sentences_and_headlines_are_none() {
        for text in [
            "The ferry left Lagos at 10:35 on 2 May 2024.",
            "Council approves budget on 2 May 2024 at 10:35",
            "Write to the mayor at mayor@example.org before Friday",
            "Either/or was never the question",
            "A Guide to Whole Home Alarms in 2021",
            "Harbour Expo - June 17-20, 2026, Paris, France",
            "Creative Agencies (U.S.)",
            "Concierto de Navidad, 24 de diciembre de 2024",
            "Source: a letter that nobody had read",
            "Lagos, where the ferry sank",
            "Then came the storm —",
            "Part Two –",
        ] {
            assert_eq!(stamp(text), None, "{text}");
        }
    }
}
