//! The written article, read again: whole outputs, each of which an earlier version changed when it cleaned it a second time, or did not
//! keep as it stood. The property tests look for more.

#![allow(clippy::unwrap_used, reason = "a failed test may panic")]

use newsclean::{Settings, clean_text};

fn cleaned(page: &str) -> String {
    clean_text(page, &Settings::default()).unwrap().text()
}

#[track_caller]
fn becomes(page: &str, article: &str) {
    assert_eq!(cleaned(page), article);
    assert_eq!(cleaned(article), article, "cleaned again");
}

/// An article that shows a program, with a level of its own between two blank lines, and a script with comments.
const CODE: &str = r##"How the lock keeps its gates apart

The keeper of the lock wrote a small program, which asks both gates before it opens one, and has run since May without a fault.

def open(gate, other):
    if other.is_open:
        return False

    gate.open()
    return True

It fills half a page, he said, and a boy from the village found the only fault in it within a day.

# stop the pumps
pumps stop --all
# open the upper gate
gate open upper

The canal trust now runs it on eleven locks, and has put it where anybody may read it, change it and send it back.
"##;

/// An article that shows a page.
const SHOWN: &str = r##"A page for the ferry in ten lines

The harbour office asked us last week how a page of times is made, so we shall write one here from the first line to the last.

<!DOCTYPE html>
<html>
<head><title>Ferry</title></head>
<body>
<p>First boat: six.</p>
<p>Last boat: nine.</p>
<p>No boat on Sunday.</p>
</body>
</html>

Save it, open it in a browser, and you will see three lines, which the office may then change as the seasons do.
"##;

/// What `html2text` makes of a box with a heading, of marks with spaces around, and of numbers in a table.
const MARKED: &str = r##"# The ferry will run again in June

The port authority said on Monday that the night ferry to the islands will run again from June, after four summers without a boat.

> ### What it costs
>
> A ticket will cost nine euros, the authority said, and children under twelve will travel for nothing all summer long.

## The first boats

The `Anna` , the `Maria` , and ![flag](f.png) the old steamer **will** run on alternate nights, said the harbour master, who has sailed on all three of them.

Night | Boat
---|---
1\. Monday | Anna
2\. Tuesday | Maria
"##;

#[test]
fn programs_stand_as_they_are() {
    becomes(CODE, CODE);
    becomes(&format!("\n\n{}  \n\n", CODE.replace("\n\n", "\n \n\n")), CODE);
}

#[test]
fn a_page_that_an_article_shows_is_no_page() {
    becomes(SHOWN, SHOWN);
}

#[test]
fn marks_leave_nothing_behind() {
    becomes(
        MARKED,
        r##"The ferry will run again in June

The port authority said on Monday that the night ferry to the islands will run again from June, after four summers without a boat.

What it costs

A ticket will cost nine euros, the authority said, and children under twelve will travel for nothing all summer long.

The first boats

The Anna , the Maria , and the old steamer will run on alternate nights, said the harbour master, who has sailed on all three of them.

Night | Boat

1. Monday | Anna
2. Tuesday | Maria
"##,
    );
}

/// The model judges a line by the blank lines around it, and copies are told from refrains by them: both as the article is written.
#[test]
fn blank_lines_are_judged_as_they_are_written() {
    let shop = "The owner, Maria Lund, is the only one in the shop who hears. She told the paper that since then no order has gone \
                astray, and that the staff look forward all day to three in the afternoon, when the parcels are fetched.";
    becomes(&format!("Phạm Hòa\n{shop}\n\nPhạm Hòa\n"), &format!("Phạm Hòa\n\n{shop}\n\nPhạm Hòa\n"));
    let script = "story.className += ' js';";
    let said = "He intends to go, he said, provided that somebody else drives.";
    becomes(&format!("{script}\n{script}\n{said}\n"), &format!("{script}\n\n{script}\n\n{said}\n"));
}
