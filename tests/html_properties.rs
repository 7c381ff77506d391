//! What holds for any bytes read as HTML: no panic, the same result again, and markup that fits the blocks.
//!
//! `CASES=50 cargo test --release --test html_properties` tries fifty times as many.

#![allow(clippy::unwrap_used, reason = "a failed test may panic")]

#[path = "promises/html.rs"]
mod html;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

const CASES: u32 = 6_000;

/// Pieces that pages are made of, whole and broken.
const PIECES: [&str; 72] = [
    "<p>",
    "</p>",
    "<div class=\"post a\">",
    "</div>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<a href=x>",
    "</a>",
    "<br>",
    "<br/>",
    "<ul>",
    "</ul>",
    "<ol start=7>",
    "</ol>",
    "<li>",
    "</li>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<th>",
    "</td>",
    "<caption>",
    "<h1>",
    "</h1>",
    "<h3>",
    "</h2>",
    "<pre>",
    "</pre>",
    "<blockquote>",
    "</blockquote>",
    "<script>",
    "</script>",
    "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"A &amp; b\"}",
    "<style>",
    "</style>",
    "<!--",
    "-->",
    "<svg>",
    "</svg>",
    "<math>",
    "<title>",
    "</title>",
    "<select>",
    "<option>",
    "<form>",
    "</form>",
    "<template>",
    "</template>",
    "<button>",
    "<span style=\"display:none\">",
    "</span>",
    "<p hidden>",
    "<body>",
    "<html lang=de>",
    "<head>",
    "</html>",
    "<![CDATA[",
    "]]>",
    "<frameset>",
    "<plaintext>",
    "&amp;",
    "&#x27",
    "&nosuch;",
    "<",
    "\0",
    "\r\n",
    "\u{a0}",
    "A sentence of some words, it seems, that ends here. ",
    "日本語の文。",
];

fn pages() -> impl Strategy<Value = Vec<u8>> {
    let piece = any::<prop::sample::Index>().prop_map(|i| i.get(&PIECES).as_bytes().to_vec());
    let word = "[ -~é]{0,12}".prop_map(String::into_bytes);
    let bytes = prop::collection::vec(any::<u8>(), 0..6);
    let part = prop_oneof![8 => piece, 3 => word, 1 => bytes];
    prop::collection::vec(part, 0..80).prop_map(|parts| parts.concat())
}

#[test]
fn any_page_is_safe() {
    let factor = std::env::var("CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    let config = Config { cases: CASES * factor, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]));
    runner.run(&pages(), |page| html::holds(&page).map_err(TestCaseError::fail)).unwrap();
}
