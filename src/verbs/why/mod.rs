//! `newsclean why`: the whole story of a line.

mod json;
mod text;
mod words;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::process::ExitCode;

use newsclean::page::Page;
use newsclean::rules::{RuleFile, builtin_files, parse_rules};
use newsclean::story::{Found, How, Story, story};
use newsclean::write::Palette;
use newsclean::{Settings, read};

use crate::batch::{Input, read_input};
use crate::say;

/// What is asked.
#[derive(Debug)]
pub(crate) struct Question {
    /// The text that is meant.
    pub(crate) text: String,
    /// The page.
    pub(crate) page: Input,
    /// How it is cleaned.
    pub(crate) settings: Settings,
    /// The user's own rules, which say what they are about.
    pub(crate) rules: Vec<RuleFile>,
    /// Whether programs read the answer.
    pub(crate) is_json: bool,
    /// Whether all that the model saw is shown.
    pub(crate) is_whole: bool,
    /// Its colours.
    pub(crate) palette: Palette,
}

/// Most lines whose stories are told to people; programs get all.
const TOLD: usize = 3;

/// Tells the story of each line that holds the text.
pub(crate) fn why(question: &Question) -> anyhow::Result<ExitCode> {
    let page = &question.page;
    let made = read_input(page).and_then(|bytes| Ok((story(&bytes, &question.settings)?, bytes)));
    let (story, bytes) = match made {
        Ok(made) => made,
        Err(why) => {
            say(format_args!("{page}: {why:#}"));
            return Ok(ExitCode::FAILURE);
        }
    };
    match story.find(&question.text) {
        Found::In(blocks, how) => {
            tell(question, &story, &blocks, how)?;
            Ok(ExitCode::SUCCESS)
        }
        Found::Nearest(blocks) => {
            miss(question, &story.cleaned.page, &bytes, &blocks);
            Ok(ExitCode::FAILURE)
        }
    }
}

fn tell(question: &Question, story: &Story, blocks: &[usize], how: How) -> anyhow::Result<()> {
    let page = &question.page;
    if let How::Words(some, all) = how {
        say(format_args!("{page}: the text is not there as it is; this line has {some} of its {all} words"));
    }
    let abouts = abouts(&question.rules)?;
    let shown = if question.is_json { blocks.len() } else { TOLD.min(blocks.len()) };
    let mut out = String::new();
    for told in blocks.iter().take(shown).filter_map(|at| story.of(*at)) {
        if question.is_json {
            out.push_str(&json::json(&story.cleaned.page, &told, how, &abouts)?);
        } else {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&text::text(question, &story.cleaned.page, &told, &abouts));
        }
    }
    io::stdout().lock().write_all(out.as_bytes())?;
    if shown < blocks.len() {
        let more = blocks.len() - shown;
        say(format_args!(
            "{page}: {more} more {} the text; give more of the line that is meant",
            if more == 1 { "line holds" } else { "lines hold" }
        ));
    }
    Ok(())
}

/// Says that the text is not there, and what comes near.
fn miss(question: &Question, page: &Page, bytes: &[u8], blocks: &[usize]) {
    let name = &question.page;
    let is_hidden = page.markup.is_some() && read::decode(bytes).is_ok_and(|source| source.contains(question.text.trim()));
    if is_hidden {
        say(format_args!("{name}: the text is in the page's source only, in a script, an attribute or what is not shown"));
    } else {
        say(format_args!("{name}: the text is not on the page"));
    }
    for block in blocks.iter().filter_map(|at| page.blocks.get(*at)) {
        say(format_args!("{name}:{}: near: {}", block.lines.start, block.text));
    }
}

/// What each rule is about, by its id.
fn abouts(own: &[RuleFile]) -> anyhow::Result<BTreeMap<String, String>> {
    let mut abouts = BTreeMap::new();
    let builtin = builtin_files().iter().map(|(name, content)| parse_rules(name, content)).collect::<Result<Vec<_>, _>>()?;
    for rule in builtin.iter().chain(own).flat_map(|file| &file.rules) {
        abouts.insert(rule.id.clone(), rule.about.clone());
    }
    Ok(abouts)
}
