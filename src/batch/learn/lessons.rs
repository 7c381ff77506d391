//! The pages that are learned from, on their way in: a site is learned as soon as the last of its pages is there.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use newsclean::template::{PageLines, Site, learn};

use super::sample::Round;

/// The sites that still wait for pages. Whoever brings the last one learns the site, so that no core waits for another: with a halt
/// between reading and learning two cores were worth 1.75.
pub(super) struct Lessons(Mutex<HashMap<u64, Lesson>>);

/// What is there of a site.
struct Lesson {
    /// Pages that are not there yet.
    awaited: usize,
    /// What the pages call the site: of several spellings the least, which does not depend on the order.
    name: Option<String>,
    pages: Vec<PageLines>,
}

/// A site by the key of its name, with that name.
pub(super) type Named = (u64, (String, Arc<Site>));

impl Lessons {
    /// The lessons of `rounds`.
    pub(super) fn new(rounds: &[Round]) -> Self {
        let sizes = rounds.iter().flat_map(|round| &round.pages);
        let lesson = |(site, pages): (&u64, &usize)| (*site, Lesson { awaited: *pages, name: None, pages: Vec::new() });
        Self(Mutex::new(sizes.map(lesson).collect()))
    }

    /// Takes what a page calls the site with the key `site`, and its lines, or that it could not be read. The site, if nothing more is
    /// awaited of it and it has templates.
    pub(super) fn take(&self, site: u64, page: Option<(Option<String>, PageLines)>) -> Option<Named> {
        let whole = {
            let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let lesson = open.get_mut(&site)?;
            if let Some((name, lines)) = page {
                lesson.name = lesson.name.take().into_iter().chain(name).min();
                lesson.pages.push(lines);
            }
            lesson.awaited = lesson.awaited.saturating_sub(1);
            if lesson.awaited > 0 { None } else { open.remove(&site) }
        };
        whole?.learn(site)
    }

    /// The sites of which pages have gone since they were counted, learned from what is there.
    pub(super) fn rest(self) -> impl Iterator<Item = Named> {
        let rest = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        rest.into_iter().filter_map(|(site, lesson)| lesson.learn(site))
    }
}

impl Lesson {
    fn learn(self, site: u64) -> Option<Named> {
        Some((site, (self.name?, Arc::new(learn(self.pages)?))))
    }
}
