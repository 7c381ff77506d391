//! What verdicts, rules and scores are called in a story: the same words for people and for programs.

use newsclean::model::{Ground, chance};
use newsclean::page::{Block, Density, Layout};
use newsclean::rules::{At, Hit, Where};
use newsclean::story::{Judged, RoundName, Silence};

pub(super) fn round(round: RoundName) -> String {
    match round {
        RoundName::First => "first".to_owned(),
        RoundName::Careful => "careful".to_owned(),
        RoundName::Again(number) => format!("again {number}"),
    }
}

pub(super) fn place(place: Where) -> &'static str {
    match place {
        Where::Whole => "whole",
        Where::Start => "start",
        Where::End => "end",
        Where::Anywhere => "anywhere",
    }
}

pub(super) fn at(at: At) -> &'static str {
    match at {
        At::Any => "any",
        At::Head => "head",
        At::Tail => "tail",
        At::Edge => "edge",
    }
}

pub(super) fn say(hit: &Hit) -> &'static str {
    if hit.is_certain() { "certain" } else { "hint" }
}

/// Why a rule that matches did not decide.
pub(super) fn silence(silence: Silence, hit: &Hit) -> String {
    match silence {
        Silence::Hint => "a hint: its neighbours and the model decide".to_owned(),
        Silence::Elsewhere => match hit.rule.at {
            At::Head => "acts above the article's paragraphs only",
            At::Tail => "acts below the article's paragraphs only",
            At::Edge | At::Any => "acts above and below the article's paragraphs only",
        }
        .to_owned(),
        Silence::Prose => "may be wrong about a long paragraph on a page of prose".to_owned(),
        Silence::Speech => "somebody in the article says these words".to_owned(),
        Silence::Mention => "the article quotes these words in a sentence".to_owned(),
    }
}

/// The words of the block that a rule matches.
pub(super) fn phrase<'b>(block: &'b Block, hit: &Hit) -> &'b str {
    let tokens = block.tokens();
    let range = tokens.get(hit.from as usize).zip(tokens.get((hit.to as usize).saturating_sub(1)));
    range.and_then(|(from, to)| block.text.get(from.start as usize..to.end as usize)).unwrap_or_default()
}

pub(super) fn density(density: Density) -> &'static str {
    match density {
        Density::Article => "article",
        Density::Dump => "dump",
    }
}

pub(super) fn layout(layout: Layout) -> &'static str {
    match layout {
        Layout::Lines => "lines",
        Layout::Wrapped => "wrapped",
        Layout::Fragments => "fragments",
        Layout::Markdown => "markdown",
        Layout::Html => "html",
    }
}

/// The name of a ground, for programs.
pub(super) fn ground_name(ground: Ground) -> &'static str {
    match ground {
        Ground::Own => "own",
        Ground::Next => "next",
        Ground::Across => "across",
        Ground::Apart => "apart",
        Ground::Sentence => "sentence",
        Ground::Standfirst => "standfirst",
        Ground::Between => "between",
        Ground::Alone => "alone",
        Ground::Announced => "announced",
        Ground::Whole => "whole",
    }
}

/// What a ground says.
fn ground(ground: Ground, density: Density) -> &'static str {
    match (ground, density) {
        (Ground::Own, Density::Dump) => "the bar on a page of furniture",
        (Ground::Own, Density::Article) => "the bar on a page that shows no furniture",
        (Ground::Next, _) => "the bar for a paragraph right beside one that stays",
        (Ground::Across, _) => "the bar for a paragraph with nothing but lines that went between it and one that stays",
        (Ground::Apart, _) => "the bar for text near a paragraph that stays, with open lines between",
        (Ground::Sentence, _) => "the bar for a sentence near a paragraph that stays, or a paragraph below a list that does",
        (Ground::Standfirst, _) => "the bar for text right below the headline",
        (Ground::Between, _) => "the bar for one of a few lines between two paragraphs that stay",
        (Ground::Alone, _) => "the bar for a line alone between two paragraphs that stay, or a sentence or list item there",
        (Ground::Announced, _) => "the bar for a line of a list that the text above announces with a colon",
        (Ground::Whole, _) => "the page is mostly prose and nothing of it would stay, so that all does",
    }
}

/// What was settled by the model's score, in words.
pub(super) fn settled(judged: &Judged) -> String {
    let settled = judged.settled;
    let words = ground(settled.ground, judged.density);
    let score = chance(judged.odds);
    match settled.ground {
        Ground::Whole => words.to_owned(),
        _ if settled.stays => format!("stays: {score:.2} reaches {:.2}, {words}", chance(settled.bar)),
        _ => format!("goes: {score:.2} is below {:.2}, {words}", chance(settled.bar)),
    }
}
