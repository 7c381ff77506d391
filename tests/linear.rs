//! The time for a page grows with its size and no faster, whatever it is made of: a huge page is no way to hang a run.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a failed test may panic")]

mod common;
#[path = "common/grow.rs"]
mod grow;

use std::time::{Duration, Instant};

use newsclean::{Settings, clean};

const SMALL: usize = 100_000;
const TIMES: usize = 30;
/// A page thirty times as large may take this much longer: 30 if all is linear, 900 if something is quadratic.
const MOST: u32 = 75;

/// The shortest of two runs: a busy machine makes single runs slow.
fn time(page: &[u8]) -> Duration {
    let run = || {
        let start = Instant::now();
        let _ = clean(page, &Settings::default());
        start.elapsed()
    };
    run().min(run())
}

#[test]
fn time_grows_with_the_page() {
    let prose = "The port authority said on Monday, in answer to question #, that the ferry will run again from June.";
    let shapes = [
        ("fixtures", grow::fixtures("page.txt").concat().replace('#', "")),
        ("one word a line", "Share\n".to_owned()),
        ("one line", format!("{prose} ")),
        ("paragraphs", format!("{prose}\n\n")),
        ("the same paragraph", format!("{}\n\n", prose.replace('#', "one"))),
        ("comments", format!("Jane Miller said...\n{prose}\nJune #, 2024 at 7:12 AM\nReply\n")),
        ("quotes", "NASDAQ\n12,1#.35\n+0.42%\n".to_owned()),
        ("other stories", "Read more: Council votes on bridge #\n".to_owned()),
        ("items", "• Council votes on bridge #\n".to_owned()),
        ("marks", "[](<*_#`".to_owned()),
        ("wrapped", "The port authority said on Monday, in answer to the many questions of the\nresidents, that the ferry of # will run again from June.\n\n".to_owned()),
        ("torn sentence", "the ferry\nof the # islands\n, and\n".to_owned()),
        ("opened brackets", "(\n, #\n".to_owned()),
        ("html paragraphs", format!("<p class=\"a b\">{prose}</p>\n")),
        ("html without ends", format!("<div><p>{prose}<b>")),
        ("html depth", "<div><ul><li>Share".to_owned()),
        ("html table", "<tr><td>Town #<td>3<td>4".to_owned()),
        ("html formatting", "<p><font size=#>x".to_owned()),
        ("html attributes", " a#=\"x\" class=b#".to_owned()),
        ("html comments", "<!-- # --><!--".to_owned()),
        ("html scripts", "<script>var a = '#';</script><script type=application/ld+json>{\"@type\":\"Article\"}</script>".to_owned()),
    ];
    let mut faults = Vec::new();
    for (name, unit) in shapes {
        // What is called so is a page of HTML: a tag is open, in which the units stand.
        let page = |size| {
            let units = grow::cycle(std::slice::from_ref(&unit), size);
            let top = if unit.starts_with(' ') { "<html><body><table title" } else { "<html><body><table title>" };
            if name.starts_with("html") { format!("{top}{units}") } else { units }
        };
        let small = time(page(SMALL).as_bytes());
        let large = time(page(SMALL * TIMES).as_bytes());
        let limit = small.max(Duration::from_millis(3)) * MOST;
        println!("{name:20} {small:8.1?} {large:8.1?}");
        if large > limit {
            faults.push(format!("{name}: {small:.1?} for {SMALL} bytes, {large:.1?} for {TIMES} times as many"));
        }
    }
    assert!(faults.is_empty(), "not linear:\n{}", faults.join("\n"));
}
