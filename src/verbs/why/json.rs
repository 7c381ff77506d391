//! The story of a line for programs: one JSON object.

use std::collections::BTreeMap;

use anyhow::Context;
use newsclean::model::chance;
use newsclean::page::{Block, Page, Reason};
use newsclean::passes;
use newsclean::story::{Beside, Event, Evidence, How, Judged, Measure, Told};
use newsclean::template::Spot;
use serde::Serialize;

use super::words;

type Abouts = BTreeMap<String, String>;

#[derive(Serialize)]
struct Line<'s> {
    lines: [u32; 2],
    text: &'s str,
    verdict: &'static str,
    #[serde(flatten)]
    why: Why<'s>,
    cuts: Vec<Part<'s>>,
    /// How the text was found: `exact`, `folded` or `words`.
    found: &'static str,
    history: Vec<Step>,
    evidence: Vec<Rule<'s>>,
    words: f32,
    model: Option<Model<'s>>,
    around: Vec<Near<'s>>,
    copy: Option<Copy<'s>>,
    template: Option<Template<'s>>,
    page: Whole,
}

#[derive(Serialize, Default)]
struct Why<'s> {
    kind: Option<&'static str>,
    rule: Option<String>,
    score: Option<f32>,
    about: About<'s>,
}

#[derive(Serialize, Default)]
struct About<'s> {
    kind: Option<&'static str>,
    rule: Option<&'s str>,
    step: Option<&'static str>,
}

#[derive(Serialize)]
struct Part<'s> {
    text: &'s str,
    #[serde(flatten)]
    why: Why<'s>,
}

#[derive(Serialize)]
struct Step {
    round: String,
    step: &'static str,
    verdict: &'static str,
    kind: Option<&'static str>,
    rule: String,
}

#[derive(Serialize)]
struct Rule<'s> {
    rule: &'s str,
    kind: &'static str,
    about: Option<&'s str>,
    say: &'static str,
    #[serde(rename = "where")]
    place: &'static str,
    at: &'static str,
    phrase: &'s str,
    acted: bool,
    why_not: Option<String>,
}

#[derive(Serialize)]
struct Model<'s> {
    asked: bool,
    chance: f32,
    odds: f32,
    templates: f32,
    mean: f32,
    stays: bool,
    /// None where no bar counts.
    bar: Option<f32>,
    ground: &'static str,
    saw: Vec<Seen<'s>>,
}

#[derive(Serialize)]
struct Seen<'s> {
    name: &'s str,
    value: &'s str,
    moved: f32,
}

#[derive(Serialize)]
struct Near<'s> {
    line: u32,
    verdict: &'static str,
    kind: Option<&'static str>,
    chance: Option<f32>,
    text: &'s str,
}

#[derive(Serialize)]
struct Copy<'s> {
    line: u32,
    text: &'s str,
}

#[derive(Serialize)]
struct Template<'s> {
    line: &'s str,
    on: Option<u32>,
    at: &'static str,
}

#[derive(Serialize)]
struct Whole {
    page: &'static str,
    layout: &'static str,
    density: &'static str,
    headline: Option<u32>,
}

/// The story as a line of JSON.
pub(super) fn json(page: &Page, told: &Told<'_>, how: How, abouts: &Abouts) -> anyhow::Result<String> {
    let block = told.block;
    let cut = |cut: &'_ newsclean::page::Cut| cut.range.clone();
    let parts = if block.is_dropped() { &[][..] } else { block.cuts() };
    let line = Line {
        lines: block.first_and_last(),
        text: &block.text,
        verdict: block.outcome(),
        why: block.verdict().reason().map(|why| reason(why, abouts)).unwrap_or_default(),
        cuts: parts.iter().map(|c| Part { text: block.text.get(cut(c)).unwrap_or_default(), why: reason(&c.why, abouts) }).collect(),
        found: match how {
            How::Exact => "exact",
            How::Folded => "folded",
            How::Words(..) => "words",
        },
        history: told.events.iter().map(|event| step(event)).collect(),
        evidence: told.evidence.iter().map(|evidence| rule(block, evidence, abouts)).collect(),
        words: block.lexical,
        model: told.judged.as_ref().map(model),
        around: told.beside.iter().filter(|beside| !beside.is_it).map(near).collect(),
        copy: told.twin.map(|twin| Copy { line: twin.lines.start, text: &twin.text }),
        template: block.template().map(|template| Template { line: &template.line, on: template.on, at: spot(template.spot) }),
        page: Whole {
            page: page.facts.label.name(),
            layout: words::layout(page.facts.layout),
            density: words::density(page.facts.density),
            headline: page.facts.headline.and_then(|at| page.blocks.get(at)).map(|block| block.lines.start),
        },
    };
    Ok(serde_json::to_string(&line).context("cannot write JSON")? + "\n")
}

fn reason<'s>(why: &'s Reason, abouts: &'s Abouts) -> Why<'s> {
    let about = About {
        kind: why.kind.map(|kind| kind.about()),
        rule: why.rule().and_then(|rule| abouts.get(rule)).map(String::as_str),
        step: passes::about(why.pass.name()),
    };
    Why { kind: why.kind.map(|kind| kind.name()), rule: Some(why.name()), score: why.score(), about }
}

fn step(event: &Event) -> Step {
    let Event { round, pass, what, why } = event;
    Step { round: words::round(*round), step: pass, verdict: what, kind: why.kind.map(|kind| kind.name()), rule: why.name() }
}

fn rule<'s>(block: &'s Block, evidence: &Evidence<'s>, abouts: &'s Abouts) -> Rule<'s> {
    let hit = evidence.hit;
    Rule {
        rule: &hit.id,
        kind: hit.rule.kind.name(),
        about: abouts.get(&*hit.id).map(String::as_str),
        say: words::say(hit),
        place: words::place(hit.rule.place),
        at: words::at(hit.rule.at),
        phrase: words::phrase(block, hit),
        acted: evidence.acted,
        why_not: evidence.silence.filter(|_| !evidence.acted).map(|silence| words::silence(silence, hit)),
    }
}

fn model(judged: &Judged) -> Model<'_> {
    let settled = judged.settled;
    Model {
        asked: judged.asked,
        chance: chance(judged.odds),
        odds: judged.odds,
        templates: judged.lean,
        mean: judged.mean,
        stays: settled.stays,
        bar: Some(chance(settled.bar)).filter(|_| settled.bar.is_finite()),
        ground: words::ground_name(settled.ground),
        saw: judged.measures.iter().map(|Measure { name, value, moved }| Seen { name, value, moved: *moved }).collect(),
    }
}

fn near<'s>(beside: &Beside<'s>) -> Near<'s> {
    let block = beside.block;
    let kind = block.verdict().reason().and_then(|why| why.kind).map(|kind| kind.name());
    Near { line: block.lines.start, verdict: block.outcome(), kind, chance: beside.chance, text: &block.text }
}

fn spot(spot: Spot) -> &'static str {
    match spot {
        Spot::Head => "head",
        Spot::Tail => "tail",
        Spot::Any => "any",
    }
}
