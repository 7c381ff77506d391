//! Program text of the page: scripts, styles, data and tags that were scraped with the article.

use crate::measure::{Program, is_statement, names_in, program_in};
use crate::page::{Block, Kind, Page, Reason, Role, Step};

pub(super) const NAME: Step = Step::Code;

/// Lines of plumbing for each other line of program text, from which on that is the page's too.
const MOSTLY: usize = 4;

pub(super) fn run(page: &mut Page) {
    let found = programs(page);
    if !found.iter().any(|(_, program)| is_plumbing(program)) {
        return;
    }
    // A snippet has many lines, of which one tells what it is for.
    let runs = || found.chunk_by(|(a, _), (b, _)| a + 1 == *b);
    let built = |run: &&[(usize, Program)]| run.iter().any(|(_, program)| is_plumbing(program));
    let mut of_page: Vec<(usize, Program)> = runs().filter(built).flatten().copied().collect();
    if is_about_programs(page, &found, &of_page) {
        return;
    }
    if (found.len() - of_page.len()) * MOSTLY <= of_page.len() {
        of_page = found;
    }
    fill(&mut of_page, page);
    for (at, program) in of_page {
        let shape = if let Program::Plumbing(shape) = program { shape } else { "beside" };
        if let Some(block) = page.blocks.get_mut(at).filter(|block| block.is_open() && block.role != Role::Code) {
            block.drop(Reason::noise(Kind::Code, NAME, shape));
        }
    }
}

/// Lines that stand between two of a program and are taken for a part of it where they read so.
const GAP: usize = 3;

/// Adds the statements between lines of a program that nothing else tells from notes: `pending = 1;` below `if (…) {`.
fn fill(of_page: &mut Vec<(usize, Program)>, page: &Page) {
    let gaps = of_page.iter().zip(of_page.iter().skip(1)).filter(|((a, _), (b, _))| b - a <= GAP + 1);
    let between: Vec<usize> = gaps.flat_map(|((a, _), (b, _))| a + 1..*b).collect();
    let is_statement = |at: &usize| page.blocks.get(*at).is_some_and(|block| !block.shape.is_prose() && is_statement(&block.text));
    of_page.extend(between.into_iter().filter(is_statement).map(|at| (at, Program::Code)));
}

/// Whether the article shows how such things are written: with more program text that is no plumbing than with plumbing, or with the
/// same names in its prose.
fn is_about_programs(page: &Page, found: &[(usize, Program)], of_page: &[(usize, Program)]) -> bool {
    let shown = found.len() - of_page.len();
    if shown > 1 && shown > of_page.len() {
        return true;
    }
    let text = |at: usize| page.blocks.get(at).map_or("", |block| &*block.text);
    let mut names: Vec<usize> = of_page.iter().flat_map(|(at, _)| names_in(text(*at))).collect();
    names.sort_unstable();
    let is_prose = |at: &usize| {
        let prose = page.blocks.get(*at).is_some_and(|block| block.shape.is_prose());
        prose && found.binary_search_by_key(at, |(found, _)| *found).is_err()
    };
    (0..page.blocks.len()).filter(is_prose).any(|at| names_in(text(at)).any(|name| names.binary_search(&name).is_ok()))
}

fn is_plumbing(program: &Program) -> bool {
    matches!(program, Program::Plumbing(_))
}

/// The blocks that are program text.
fn programs(page: &Page) -> Vec<(usize, Program)> {
    let of = |(at, block): (usize, &Block)| {
        // What stands between fences is shown on purpose, whatever its names.
        let program = match block.role {
            Role::Code => Program::Code,
            _ if block.is_program() => program_in(&block.text)?,
            _ => return None,
        };
        Some((at, program))
    };
    page.blocks.iter().enumerate().filter_map(of).collect()
}
