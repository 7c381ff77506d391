//! The passes: each looks at the open blocks of the page and decides some. The order of [`PASSES`] is the documentation.

mod again;
mod body;
mod byline;
mod caption;
mod code;
mod comments;
mod composite;
mod context;
mod duplicate;
mod extent;
mod facts;
mod governor;
mod headline;
mod model;
mod own;
mod related;
mod signals;
mod stamp;
mod template;
mod ticker;
mod verse;
pub(crate) mod watch;
mod wording;

pub(crate) use headline::title_parts;
pub use headline::{Sign, Signs, WEIGHTS as HEADLINE_WEIGHTS};
pub(crate) use model::{NAME as MODEL, weigh};
pub use wording::Silence;
pub(crate) use wording::{NAME as WORDING, silences};

use crate::page::{Density, Page, Step};
use crate::settings::Settings;
use watch::Round;
pub use watch::RoundName;
pub(crate) use watch::Watcher;

/// One pass over the page.
#[derive(Debug, Clone, Copy)]
pub struct Pass {
    /// Its name, as `--explain` shows it.
    pub name: &'static str,
    /// What it decides, in one line.
    pub about: &'static str,
    run: fn(&mut Page),
}

impl Pass {
    /// Runs it alone: what it decides depends on what the passes before it have.
    pub fn run_on(&self, page: &mut Page) {
        (self.run)(page);
    }
}

/// Every pass, in the order in which they run.
pub const PASSES: &[Pass] = &[
    Pass { name: own::NAME.name(), about: "does what the user's own rules say, before everything else", run: own::run },
    Pass { name: code::NAME.name(), about: "drops scripts, styles, data and tags that were scraped as text", run: code::run },
    Pass { name: ticker::NAME.name(), about: "drops bars of quotes, weather and scores with the heading above", run: ticker::run },
    Pass { name: headline::NAME.name(), about: "finds the headline, cuts the site's name off it, drops its repeats", run: headline::run },
    Pass { name: duplicate::NAME.name(), about: "drops paragraphs said again, teasers of them, and repeated bodies", run: duplicate::run },
    Pass { name: comments::NAME.name(), about: "drops comment threads to their end, and the forms around them", run: comments::run },
    Pass { name: related::NAME.name(), about: "drops lists of other stories under their heading", run: related::run },
    Pass { name: wording::NAME.name(), about: "drops lines whose wording a certain rule names", run: wording::run },
    Pass { name: composite::NAME.name(), about: "drops lines made of several pieces of furniture", run: composite::run },
    Pass { name: caption::NAME.name(), about: "drops captions by shape: a credit behind a slash, marks for images", run: caption::run },
    Pass { name: byline::NAME.name(), about: "drops author, date and agency lines by shape, and sign-offs", run: byline::run },
    Pass {
        name: template::NAME.name(),
        about: "finds lines that many pages of the site share, which the model then drops",
        run: template::run,
    },
    Pass { name: model::NAME.name(), about: "judges by a learned model what no rule names", run: model::run },
    Pass { name: context::NAME.name(), about: "decides by the neighbours what a line alone cannot", run: context::run },
    Pass {
        name: headline::likely::NAME.name(),
        about: "finds the headline above the text that stays, where nothing else told it",
        run: headline::likely::run,
    },
    Pass { name: facts::NAME.name(), about: "takes authors and date from the bylines that went", run: facts::run },
];

/// Who else may decide a block, before or after the passes, and what they do.
const OTHERS: [(&str, &str); 3] = [
    (governor::NAME.name(), "keeps what the evidence is not enough against"),
    (body::NAME.name(), "takes the article from the page's own data, where the visible text lacks it"),
    (crate::label::NAME.name(), "empties a page that has something in the place of an article"),
];

/// What the step called `name` in a reason does, in one line.
pub fn about(name: &str) -> Option<&'static str> {
    let of_passes = PASSES.iter().map(|pass| (pass.name, pass.about));
    of_passes.chain(OTHERS).find(|(step, _)| *step == name).map(|(_, about)| about)
}

/// How far a page is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Every block is decided, but what a second run over the written text would still drop is left.
    Once,
    /// Until a second run would drop nothing more.
    Stable,
}

/// Decides every block of the page; `watch` looks on.
pub(crate) fn run(page: &mut Page, settings: &Settings, depth: Depth, watch: &mut Watcher<'_>) {
    template::mark(page, &settings.templates);
    let own = settings.own_rules_on(page);
    if let Some(own) = &own {
        own::mark(page, own);
    }
    page.facts.density = governor::density(page);
    run_all(page, Round::default(), watch);
    if page.facts.density == Density::Dump && governor::took_too_much(page) {
        governor::reopen(page);
        page.facts.density = Density::Article;
        run_all(page, Round { name: RoundName::Careful, origin: None }, watch);
    }
    if depth == Depth::Stable {
        again::until_stable(page, watch);
    }
    body::fall_back(page, own.as_ref());
    governor::settle(page, settings.keep);
}

fn run_all(page: &mut Page, round: Round<'_>, watch: &mut Watcher<'_>) {
    let Some(watch) = watch else {
        // A loop of its own, which the compiler unrolls with all passes inside.
        PASSES.iter().for_each(|pass| (pass.run)(page));
        return;
    };
    for pass in PASSES {
        watch.before(pass, page, round);
        (pass.run)(page);
        watch.after(pass, page, round);
    }
}

/// Runs the passes that come before `step`: what is learned from sees a page as that step does.
pub fn before(page: &mut Page, step: Step) {
    page.facts.density = governor::density(page);
    for pass in PASSES.iter().take_while(|p| p.name != step.name()) {
        (pass.run)(page);
    }
}

/// The lines of a dump, by block, of which the likeliest becomes its headline, each with its signs; none where the headline is known
/// before. The page must have been through the passes [`before`] [`Step::Title`].
pub fn headlines(page: &Page) -> Vec<(usize, Signs)> {
    headline::likely::candidates(page)
}
