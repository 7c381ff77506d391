//! Any bytes as a page of text, and as a page whose kind is told by looking.

#![no_main]

#[path = "../../promises/html.rs"]
mod html;
#[path = "../../promises/text.rs"]
mod text;

use libfuzzer_sys::fuzz_target;
use newsclean::Source;
use text::Other;

fuzz_target!(|page: &[u8]| {
    text::holds(page, Source::Text).unwrap();
    text::is_stable(page, Source::Text).unwrap();
    if text::holds(page, Source::Auto).unwrap() == Some(Other::Html) {
        html::holds(page).unwrap();
    }
});
