//! Any bytes as a page of text, and as a page whose kind is told by looking.
//!
//! `TWICE=1` holds them against the promise that cleaning twice is cleaning once, too. It is made for pages, and the property tests hold
//! changed fixtures against it; of arbitrary bytes some break it.

#![no_main]

#[path = "../../promises/html.rs"]
mod html;
#[path = "../../promises/text.rs"]
mod text;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use newsclean::Source;
use text::Other;

static TWICE: LazyLock<bool> = LazyLock::new(|| std::env::var_os("TWICE").is_some());

fuzz_target!(|page: &[u8]| {
    text::holds(page, Source::Text).unwrap();
    if text::holds(page, Source::Auto).unwrap() == Some(Other::Html) {
        html::holds(page).unwrap();
    }
    if *TWICE {
        text::is_stable(page, Source::Text).unwrap();
    }
});
