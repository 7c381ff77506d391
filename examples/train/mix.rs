//! Clean articles with furniture of other pages around and between their paragraphs: what lies between an article and a dump.

use crate::boost::Random;
use crate::data::{Doc, Sort};

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
            let (text, _) = (block.text.clone(), share);
            match i {
                i if i < first => out.above.push(text),
                i if i > last => out.below.push(text),
                _ => out.between.push(text),
            }
        }
        out
    }

    /// `article` with a few of these lines above, between and below.
    pub fn around(&self, title: &str, article: &str, random: &mut Random) -> String {
        let mut lines: Vec<&str> = Vec::new();
        let mut up_to = |n: usize| if n == 0 { 0 } else { (random.next() % (n as u64 + 1)) as usize };
        let above = up_to(self.above.len().min(12));
        lines.extend(self.above.iter().rev().take(above).rev().map(String::as_str));
        lines.push(title);
        let mut inserts = up_to(self.between.len().min(4));
        let mut next = 0;
        let paragraphs: Vec<&str> = article.split('\n').filter(|l| !l.trim().is_empty()).collect();
        for (i, paragraph) in paragraphs.iter().enumerate() {
            lines.push(paragraph);
            if inserts > 0 && up_to(paragraphs.len() - i) <= inserts {
                lines.extend(self.between.get(next).map(String::as_str));
                next += 1;
                inserts -= 1;
            }
        }
        let below = up_to(self.below.len().min(25));
        lines.extend(self.below.iter().take(below).map(String::as_str));
        let gap = if random.next().is_multiple_of(3) { "\n" } else { "\n\n" };
        lines.join(gap)
    }
}

/// The dumps whose furniture is used.
pub fn gives(doc: &Doc) -> bool {
    doc.sort == Sort::Dump && doc.variant == "htmltext"
}
