//! Clean articles with furniture of other pages around and between their paragraphs: what lies between an article and a dump.

use crate::boost::Random;
use crate::data::{Doc, Sort};
use crate::own::OWN;

/// Furniture of one page: what stands above its article, between its paragraphs and below it.
#[derive(Debug, Default)]
pub struct Furniture {
    above: Vec<String>,
    between: Vec<String>,
    below: Vec<String>,
}

impl Furniture {
    /// The blocks of a dump that are not in its article.
    pub fn of(doc: &Doc) -> Self {
        let mut out = Self::default();
        let first = doc.share.iter().position(|s| *s >= 0.5).unwrap_or(0);
        let last = doc.share.iter().rposition(|s| *s >= 0.5).unwrap_or(0);
        for (i, (block, share)) in doc.page.blocks.iter().zip(&doc.share).enumerate().filter(|(_, (_, share))| **share < 0.1) {
            let (text, _) = (block.text.to_string(), share);
            match i {
                i if i < first => out.above.push(text),
                i if i > last => out.below.push(text),
                _ => out.between.push(text),
            }
        }
        out
    }

    /// `article` with some of these lines above and below, and a few runs of them between.
    pub fn around(&self, title: &str, article: &str, random: &mut Random) -> String {
        let mut lines: Vec<&str> = Vec::new();
        let above = up_to(random, self.above.len().min(12));
        lines.extend(self.above.iter().rev().take(above).rev().map(String::as_str));
        lines.push(title);
        let mut inserts = up_to(random, INSERTS);
        let paragraphs: Vec<&str> = article.split('\n').filter(|l| !l.trim().is_empty()).collect();
        for (i, paragraph) in paragraphs.iter().enumerate() {
            lines.push(paragraph);
            if inserts > 0 && up_to(random, paragraphs.len() - i) <= inserts {
                lines.extend(self.insert(random).iter().map(String::as_str));
                inserts -= 1;
            }
        }
        let below = up_to(random, self.below.len().min(25));
        lines.extend(self.below.iter().take(below).map(String::as_str));
        let gap = if random.next().is_multiple_of(3) { "\n" } else { "\n\n" };
        lines.join(gap)
    }

    /// A few lines in a row from between the paragraphs, or from around the article: what stands above and below it on one site stands
    /// in its midst on another.
    fn insert(&self, random: &mut Random) -> &[String] {
        let from = match random.next() % 4 {
            0 => &self.above,
            1 => &self.below,
            _ => &self.between,
        };
        let start = up_to(random, from.len().saturating_sub(1));
        let len = 1 + up_to(random, LINES - 1);
        from.get(start..(start + len).min(from.len())).unwrap_or_default()
    }
}

/// Most runs of lines between the paragraphs of an article, and most lines of one.
const INSERTS: usize = 4;
const LINES: usize = 7;

/// A number from 0 to `most`.
fn up_to(random: &mut Random, most: usize) -> usize {
    if most == 0 { 0 } else { (random.next() % (most as u64 + 1)) as usize }
}

/// The dumps whose furniture is used.
pub fn gives(doc: &Doc) -> bool {
    doc.sort == Sort::Dump && ["htmltext", OWN].contains(&doc.variant.as_str())
}
