//! Lines that many pages of the same site share, and what stands beyond those that end its articles.

use std::sync::Arc;

use crate::page::{Kind, Page, Reason};
use crate::template::{Edge, Site, Template};

pub(super) const NAME: &str = "template";

/// Notes of each block which template of the page's site it is.
pub(super) fn mark(page: &mut Page, site: &Site) {
    for block in &mut page.blocks {
        block.template = site.find(&block.text).cloned();
    }
}

pub(super) fn run_before(page: &mut Page) {
    if std::env::var("TB").is_err() {
        run(page);
    }
}

pub(super) fn run(page: &mut Page) {
    // A page of nothing but templates is itself what they were learned from: the page about the paper, or a story told again and again.
    let prose = |of_site: bool| -> u32 {
        let all = page.blocks.iter().filter(|b| b.is_open() && b.shape.is_prose() && (!of_site || b.template.is_some()));
        all.map(|b| b.shape.words).sum()
    };
    let is_all = prose(true) * 2 > prose(false);
    for block in page.blocks.iter_mut().filter(|b| !(is_all && b.shape.is_prose())) {
        if let Some(template) = &block.template {
            let why = Reason::noise(Kind::Template, NAME, template.line.clone());
            block.drop(why);
        }
    }
}

/// Words of paragraphs on the article's side of an edge, of each hundred of the page.
const WITHIN: u64 = 60;

/// The blocks above the last template that begins the site's articles, and below the first that ends them, each with that template. An
/// edge with most of the page's paragraphs beyond it is none on this page.
pub(super) fn beyond(page: &Page, stays: &[bool]) -> Vec<Option<Arc<Template>>> {
    let weight = |i: usize| -> u64 {
        let block = page.blocks.get(i).filter(|b| b.shape.is_prose() && stays.get(i) == Some(&true) && b.is_open());
        block.map_or(0, |b| u64::from(b.shape.words))
    };
    let count = page.blocks.len();
    let all: u64 = (0..count).map(weight).sum();
    let mut out = vec![None; count];
    if std::env::var("NE").is_ok() {
        return out;
    }
    let edge = |i: usize| page.blocks.get(i).and_then(|b| b.template.as_ref()).and_then(|t| Some((t, t.edge?)));
    let mut passed = 0;
    for i in 0..count {
        passed += weight(i);
        match edge(i) {
            Some((template, Edge::Above)) if (all - passed) * 100 >= all * WITHIN => {
                out.iter_mut().take(i).for_each(|slot| *slot = Some(Arc::clone(template)));
            }
            Some((template, Edge::Below)) if passed * 100 >= all * WITHIN && passed > 0 => {
                out.iter_mut().skip(i + 1).for_each(|slot| *slot = Some(Arc::clone(template)));
                break;
            }
            _ => {}
        }
    }
    out
}

/// Log-odds of being article text from which a block stays beyond an edge.
pub(super) const SURE: f32 = 3.0;

/// Why a block goes that stands beyond `edge`.
pub(super) fn reason_beyond(edge: &Template) -> Reason {
    let side = if edge.edge == Some(Edge::Above) { "above" } else { "below" };
    Reason::noise(Kind::Template, NAME, format!("{side} \"{}\"", edge.line))
}

fn env(name: &str, or: f32) -> f32 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(or)
}

/// Leans the odds.
pub(super) fn lean(page: &Page, odds: &mut [f32]) {
    let k = env("K", 0.5);
    let count = page.blocks.len();
    let tpl = |i: usize| page.blocks.get(i).and_then(|b| b.template.as_ref());
    let mut e = 0.0;
    for i in 0..count {
        if let Some(t) = tpl(i) { e = t.after; }
        if let Some(o) = odds.get_mut(i) { *o += k * e; }
    }
    let mut e = 0.0;
    for i in (0..count).rev() {
        if let Some(t) = tpl(i) { e = t.before; }
        if let Some(o) = odds.get_mut(i) { *o += k * e; }
    }
}
