//! Any bytes as a page of HTML.

#![no_main]

#[path = "../../promises/html.rs"]
mod html;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|page: &[u8]| html::holds(page).unwrap());
