//! What stands between the templates of a site: on most pages the article, or on most something else.
//!
//! Two pages of a site are one frame with other things in it. What the model made of the things between two lines of the frame is a
//! guess on one page, and on many pages together rather a fact.

use std::collections::BTreeMap;

use super::lines::PageLines;
use super::site::{Share, Template};

/// Fewest words between two templates that say something.
const LEAST_WORDS: u32 = 3;
/// Fewest stories that say something of what stands beside a template.
const LEAST_STORIES: usize = 2;
/// Fewest stories of a site of which to believe that more is article than the model thinks. On smaller sites that cost a thousandth of F1.
const BELIEVED_STORIES: usize = 5;

/// The side of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    After,
    Before,
}

/// Words that the model judged.
#[derive(Debug, Clone, Copy, Default)]
struct Words {
    all: u32,
    stay: u32,
}

/// Words beside templates, by template, side and story.
type Sums = BTreeMap<(u64, Side), BTreeMap<usize, Words>>;

/// Notes of each template what stands beside it in `stories`, pages with the number of their story.
pub(super) fn measure(stories: &[(usize, &PageLines)], templates: &mut BTreeMap<u64, Template>) {
    let mut sums = Sums::new();
    for (story, page) in stories {
        add_page(*story, page, templates, &mut sums);
    }
    let count = stories.last().map_or(0, |(story, _)| story + 1);
    for ((key, side), by_story) in sums {
        let Some(template) = templates.get_mut(&key) else { continue };
        let share = share(&by_story, count);
        match side {
            Side::After => template.after = share,
            Side::Before => template.before = share,
        }
    }
}

fn add_page(story: usize, page: &PageLines, templates: &BTreeMap<u64, Template>, sums: &mut Sums) {
    let (mut above, mut gap) = (None, Words::default());
    let mut close = |above: Option<u64>, below: Option<u64>, gap: Words| {
        let sides = above.map(|key| (key, Side::After)).into_iter().chain(below.map(|key| (key, Side::Before)));
        for side in sides.filter(|_| gap.all >= LEAST_WORDS) {
            let words = sums.entry(side).or_default().entry(story).or_default();
            words.all += gap.all;
            words.stay += gap.stay;
        }
    };
    for line in &page.lines {
        if let Some((_, key)) = line.keys.all().find(|(_, key)| templates.contains_key(key)) {
            close(above, Some(key), gap);
            (above, gap) = (Some(key), Words::default());
        } else if line.is_judged {
            gap.all += line.words;
            gap.stay += if line.stays { line.words } else { 0 };
        }
    }
    close(above, None, gap);
}

/// The mean share over the stories, with half a story on each side for what they do not show.
fn share(by_story: &BTreeMap<usize, Words>, stories: usize) -> Option<Share> {
    let sum: f64 = by_story.values().map(|words| f64::from(words.stay) / f64::from(words.all)).sum();
    let mean = (sum + 0.5) / (by_story.len() as f64 + 1.0);
    let believed = by_story.len() >= LEAST_STORIES && (mean < 0.5 || stories >= BELIEVED_STORIES);
    Share::new((mean * 100.0).round() as i64).filter(|_| believed)
}
