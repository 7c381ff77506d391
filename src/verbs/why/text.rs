//! The story of a line for people.

use std::collections::BTreeMap;
use std::fmt::Write;

use newsclean::model::chance;
use newsclean::page::{Block, Page, Reason, Verdict};
use newsclean::passes;
use newsclean::story::{Judged, Told};
use newsclean::write::Palette;

use super::{Question, words};

/// Measures shown to who does not want to see all.
const MEASURES: usize = 10;
/// Characters of a neighbour's text: enough to know it again.
const GLIMPSE: usize = 70;

/// The text, its verdict, and what led to it.
pub(super) fn text(question: &Question, page: &Page, told: &Told<'_>, abouts: &BTreeMap<String, String>) -> String {
    let mut teller = Teller { out: String::new(), palette: question.palette, last: "" };
    teller.head(question, told.block);
    teller.why(told, abouts);
    teller.history(told);
    teller.evidence(told, abouts);
    if let Some(judged) = &told.judged {
        teller.model(told.block, judged, question.is_whole);
    }
    teller.around(told);
    let facts = &page.facts;
    let headline =
        facts.headline.and_then(|at| page.blocks.get(at)).map_or_else(String::new, |b| format!(", headline in line {}", b.lines.start));
    teller.line(
        "page",
        &format!("{} (read as {}, judged as {}{headline})", facts.label.name(), words::layout(facts.layout), words::density(facts.density)),
    );
    teller.out
}

/// Writes a story as a table of two columns.
struct Teller {
    out: String,
    palette: Palette,
    /// What the last line was about.
    last: &'static str,
}

impl Teller {
    /// A line of the story; what it is about is said once.
    fn line(&mut self, about: &'static str, text: &str) {
        let why = self.palette.why;
        let shown = if self.last == about { "" } else { about };
        self.last = about;
        // Writing to a string does not fail.
        let _ = writeln!(self.out, "  {why}{shown:<9}{why:#} {text}");
    }

    fn head(&mut self, question: &Question, block: &Block) {
        let Palette { head, kept, dropped, .. } = self.palette;
        let [first, last] = block.first_and_last();
        let lines = if first == last { first.to_string() } else { format!("{first}-{last}") };
        let style = if block.is_dropped() { dropped } else { kept };
        let mark = if block.is_dropped() { '-' } else { '+' };
        let verdict = match (block.verdict(), block.verdict().reason().and_then(|why| why.kind)) {
            (Verdict::Drop(_), Some(kind)) => format!("removed as {kind}"),
            (Verdict::Drop(_), None) => "removed".to_owned(),
            (_, Some(kind)) => format!("kept, though {kind}: --keep asks for it"),
            _ if block.cuts().is_empty() => "kept".to_owned(),
            _ => "kept, but for a part".to_owned(),
        };
        let _ = writeln!(self.out, "{head}{}:{lines}{head:#} {verdict}", question.page);
        let _ = writeln!(self.out, "{style}{mark} {}{style:#}", block.text);
        for cut in block.cuts() {
            let part = block.text.get(cut.range.clone()).unwrap_or_default();
            let _ = writeln!(self.out, "{dropped}~ {part}{dropped:#}");
        }
    }

    /// The reason in words.
    fn why(&mut self, told: &Told<'_>, abouts: &BTreeMap<String, String>) {
        match told.block.verdict().reason() {
            None => self.line("why", "no rule names it, and the model takes it for article text"),
            Some(why) => self.reason(why, abouts),
        }
        if !told.block.is_dropped() {
            for cut in told.block.cuts() {
                self.reason(&cut.why, abouts);
            }
        }
        if let Some(twin) = told.twin {
            self.line("copy", &format!("line {}: {}", twin.lines.start, twin.text));
        }
        if let Some(template) = &told.block.template() {
            let on = template.on.map_or_else(|| "added by hand".to_owned(), |on| format!("on {on} pages of the site"));
            self.line("template", &format!("{} ({on})", template.line));
        }
    }

    fn reason(&mut self, why: &Reason, abouts: &BTreeMap<String, String>) {
        let score = why.score().map_or_else(String::new, |score| format!(":{score:.2}"));
        self.line("why", &format!("{}{score}", why.name()));
        if let Some(kind) = why.kind {
            self.line("why", &format!("{kind}: {}", kind.about()));
        }
        if let Some((rule, about)) = why.rule().and_then(|rule| Some((rule, abouts.get(rule)?))) {
            self.line("why", &format!("rule {rule}: {about}"));
        }
        if let Some(about) = passes::about(why.pass.name()) {
            self.line("why", &format!("step {}: {about}", why.pass));
        }
    }

    fn history(&mut self, told: &Told<'_>) {
        for event in &told.events {
            let round = words::round(event.round);
            let kind = event.why.kind.map_or_else(String::new, |kind| format!(" as {kind}"));
            self.line("history", &format!("round {round}, step {}: {}{kind} ({})", event.pass, event.what, event.why.name()));
        }
    }

    fn evidence(&mut self, told: &Told<'_>, abouts: &BTreeMap<String, String>) {
        if told.evidence.is_empty() {
            self.line("evidence", "no rule matches it");
        }
        for evidence in &told.evidence {
            let hit = evidence.hit;
            let role = match evidence.silence {
                _ if evidence.acted => "acted".to_owned(),
                Some(silence) => words::silence(silence, hit),
                None => "another step decided first".to_owned(),
            };
            let place = words::place(hit.rule.place);
            let phrase = words::phrase(told.block, hit);
            self.line("evidence", &format!("{} ({}, {}, {place}): \"{phrase}\"; {role}", hit.id, hit.rule.kind, words::say(hit)));
            if let Some(about) = abouts.get(&*hit.id) {
                self.line("evidence", &format!("  {about}"));
            }
        }
    }

    fn model(&mut self, block: &Block, judged: &Judged, is_whole: bool) {
        let Judged { odds, mean, lean, .. } = judged;
        self.line("model", &format!("{:.2} likely to be article text (log-odds {odds:+.2}; the page's mean is {mean:+.2})", chance(*odds)));
        if *lean != 0.0 {
            self.line("model", &format!("templates beside it add {lean:+.2} to the log-odds"));
        }
        if judged.asked {
            self.line("model", &words::settled(judged));
        } else {
            self.line("model", "was not asked: the line was decided before");
        }
        self.line("words", &format!("{:+.1} (from -6, furniture, to 6, article text)", block.lexical));
        let shown = if is_whole { judged.measures.len() } else { MEASURES.min(judged.measures.len()) };
        for measure in judged.measures.iter().take(shown) {
            self.line("saw", &format!("{:+.2}  {} = {}", measure.moved, measure.name, measure.value));
        }
        if shown < judged.measures.len() {
            self.line("saw", &format!("and {} that moved it less (-v shows all)", judged.measures.len() - shown));
        }
    }

    fn around(&mut self, told: &Told<'_>) {
        for beside in &told.beside {
            let block = beside.block;
            let mark = if block.is_dropped() { '-' } else { '+' };
            let chance = beside.chance.map_or_else(|| "    ".to_owned(), |chance| format!("{chance:.2}"));
            let here = if beside.is_it { '>' } else { ' ' };
            let mut text: String = block.text.chars().take(GLIMPSE).collect();
            if text.len() < block.text.len() {
                text.push('…');
            }
            self.line("around", &format!("{here}{:>4} {mark} {chance} {text}", block.lines.start));
        }
    }
}
