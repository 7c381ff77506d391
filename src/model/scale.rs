//! The bytes that the model sees as what they stand for, for people.

use std::fmt;

use super::columns::Name;
use crate::markup::Tag;

/// How a feature was brought to a byte.
#[derive(Debug, Clone, Copy)]
enum Scale {
    /// As it is.
    Plain,
    Tenths,
    Percent,
    /// The scales of [`super::columns`].
    Count,
    Steps,
    Signed,
    Share,
    /// Commas are counted four times.
    QuarterShare,
    Score,
    Flag,
    Tag,
    One(&'static [&'static str]),
}

use Scale::{Count, Flag, One, Percent, Plain, QuarterShare, Score, Share, Signed, Steps, Tenths};

/// Which names have which scale; families of names are told by how they begin.
#[rustfmt::skip]
const SCALES: &[(Scale, &[&str])] = &[
    (Tenths, &["characters a word"]),
    (Percent, &["capitalised near"]),
    (QuarterShare, &["commas a word"]),
    (One(&["nothing", "in the middle", "a colon", "dots", "like a sentence"]), &["end"]),
    (One(&["a mark", "a figure", "a small letter", "a letter without case", "a capital"]), &["start"]),
    (One(&["paragraph", "quote", "code", "row", "item", "h1", "h2", "h3", "h4", "h5", "h6"]), &["role"]),
    (One(&["next line", "blank line"]), &["gap"]),
    (One(&["nothing", "caption", "byline", "related", "promo or ad", "bio", "legal", "comments", "another kind"]), &["hinted"]),
    (One(&["no", "yes", "long"]), &["prose"]),
    (One(&["article", "dump"]), &["density"]),
    (One(&["lines", "wrapped", "fragments", "markdown", "html"]), &["layout"]),
    (One(&["it stays", "noise inside articles", "navigation", "promo", "related", "comments", "legal or bio", "", "", "the page's edge"]),
        &["neighbour went as"]),
    (Scale::Tag, &["tag", "tag of neighbour"]),
    (Plain, &["currency and percent", "digits", "quotes", "questions and calls", "addresses", "colons"]),
    (Count, &[
        "words", "sentence ends inside", "same text on page", "same opening on page", "words of prose", "comments gone", "words near",
        "words above", "blocks below", "run of like", "words of run", "words of section", "depth", "links", "images", "list level", "nth child",
        "blocks of container", "its like",
    ]),
    (Steps, &["words of neighbour", "sections above"]),
    (Score, &[
        "names", "names near", "names of neighbour", "names of container", "words of container", "names of its like", "words of its like",
    ]),
    (Share, &[
        "topic", "words of the headline", "share gone", "blocks gone", "prose blocks", "blank lines", "sentences near", "gone near",
        "headlines near", "topic near", "prose above", "place", "prose of section", "link share", "bold share", "link share of neighbour",
        "prose of container", "links of container", "prose of its like", "links of its like",
    ]),
];

/// The scale of the feature that measures `what`; none for a name that no feature has.
fn scale(what: &str) -> Option<Scale> {
    let what = what.strip_prefix("page: ").unwrap_or(what);
    let named = SCALES.iter().find(|(_, names)| names.contains(&what)).map(|(scale, _)| *scale);
    let begins = |starts: &[&str]| starts.iter().any(|start| what.starts_with(start));
    named.or(match () {
        () if what.contains("lexical score") => Some(Score),
        () if begins(&["since ", "until "]) => Some(Steps),
        () if begins(&["from ", "into ", "left of "]) => Some(Signed),
        () if begins(&["in "]) => Some(Flag),
        () if begins(&["share "]) => Some(Share),
        () => None,
    })
}

impl Name {
    /// What `byte`, a value of this feature, stands for.
    pub fn value(&self, byte: u8) -> String {
        let around = f32::from(byte) - 128.0;
        let share = |part: f32| format!("{:.0} %", f32::from(byte) / 2.0 * part);
        match scale(self.what).unwrap_or(Scale::Plain) {
            Scale::Count => uncount(byte).to_string(),
            Scale::Steps | Scale::Share | Scale::QuarterShare if byte == 255 => "none".to_owned(),
            Scale::Steps => uncount(byte).to_string(),
            Scale::Signed if byte == 255 => "none".to_owned(),
            Scale::Signed => format!("{:+}", around.signum() as i64 * i64::from(uncount((around.abs() * 2.0).min(255.0) as u8))),
            Scale::Share => share(1.0),
            Scale::QuarterShare => share(0.25),
            Scale::Score => format!("{:+.1}", around / 20.0),
            Scale::Plain => byte.to_string(),
            Scale::Tenths => format!("{:.1}", f32::from(byte) / 10.0),
            Scale::Percent => format!("{byte} %"),
            Scale::Flag => if byte == 0 { "no" } else { "yes" }.to_owned(),
            Scale::Tag => Tag::ALL.get(usize::from(byte)).map_or_else(|| "none".to_owned(), |tag| format!("{tag:?}").to_lowercase()),
            Scale::One(names) => names.get(usize::from(byte)).map_or_else(|| byte.to_string(), |name| (*name).to_owned()),
        }
    }
}

/// The least count that is this byte.
fn uncount(byte: u8) -> u32 {
    let above = u32::from(byte.saturating_sub(64));
    if byte < 64 { u32::from(byte) } else { (8 + above % 8) << (above / 8 + 3) }
}

/// `words of neighbour, 1 above`.
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, at } = *self;
        f.write_str(what)?;
        match at {
            0 => Ok(()),
            1.. if what.contains("section") => write!(f, ", gaps up to {at}"),
            1.. if what.contains("centre") => write!(f, ", {at} % of the prose"),
            1.. if what.contains("container") || what.contains("the page's prose") => write!(f, ", {at} up"),
            1.. if what.contains("its like") => write!(f, ", by names"),
            1.. => write!(f, ", {at} below"),
            _ => write!(f, ", {} above", -at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::columns::{count, signed};
    use crate::model::{features, html_features};
    use crate::page::Page;

    #[test]
    fn every_feature_has_a_scale_and_a_name_of_its_own() {
        let page = Page { markup: Some(Box::default()), ..Page::default() };
        let mut names = html_features(&page, page.markup.as_deref().unwrap(), &[]).names().to_vec();
        assert!(names.len() > features(&page).names().len());
        let unknown: Vec<Name> = names.iter().copied().filter(|name| scale(name.what).is_none()).collect();
        assert!(unknown.is_empty(), "no scale: {unknown:?}");
        names.sort_by_key(|name| (name.what, name.at));
        assert!(names.windows(2).all(|two| two[0] != two[1] && two[0].to_string() != two[1].to_string()));
    }

    #[test]
    fn bytes_as_what_they_stand_for() {
        for n in [0, 1, 63, 64, 72, 128, 1024] {
            assert_eq!(uncount(count(n)), n);
        }
        let name = |what, at| Name { what, at };
        assert_eq!(name("from headline", 0).value(signed(-6)), "-6");
        assert_eq!(name("share of prose near", -8).value(150), "75 %");
        assert_eq!(name("lexical score", 0).value(108), "-1.0");
        assert_eq!(name("role", 0).value(6), "h2");
        assert_eq!(name("share of prose near", -8).to_string(), "share of prose near, 8 above");
    }
}
