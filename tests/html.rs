//! HTML becomes the blocks that a browser shows, with what the markup says of each.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test may panic")]

use newsclean::markup::{Flags, MarkKind, Tag};
use newsclean::page::{Gap, Page, Role};
use newsclean::read::{read_bytes, read_text};
use newsclean::{Settings, Source};

fn page(html: &str) -> Page {
    let page = read_text(html, &Settings { source: Source::Html, ..Settings::default() });
    let markup = page.markup.as_ref().unwrap();
    assert_eq!(markup.blocks.len(), page.blocks.len(), "one place for each block");
    for (i, (place, block)) in markup.blocks.iter().zip(&page.blocks).enumerate() {
        assert!(markup.element(place.element).is_some(), "no element around {}", block.text);
        assert!(markup.ancestors(place.element).last().is_some_and(|(_, e)| e.tag == Tag::Html));
        for mark in markup.marks_of(i) {
            assert!(
                block.text.get(mark.range.0 as usize..mark.range.1 as usize).is_some_and(|t| !t.is_empty()),
                "{mark:?} in {}",
                block.text
            );
        }
    }
    page
}

/// The blocks, one a line: `>` after a blank line, role, text.
fn blocks(html: &str) -> String {
    let line = |b: &newsclean::page::Block| {
        let role = match b.role {
            Role::Heading(level) => format!("h{} ", level.number()),
            Role::Paragraph => String::new(),
            Role::Item => "item ".to_owned(),
            Role::Quote => "quote ".to_owned(),
            Role::Row => "row ".to_owned(),
            Role::Code => "code ".to_owned(),
        };
        format!("{}{role}{}\n", if b.gap == Gap::Blank { "> " } else { "  " }, b.text)
    };
    page(html).blocks.iter().map(line).collect()
}

#[test]
fn lines_break_as_in_a_browser() {
    for (html, expected) in [
        ("a<p>b<p>c", "> a\n> b\n> c\n"),
        ("<div>a<span>b</span> c</div>d", "> ab c\n> d\n"),
        ("<p>a\n\t b<br>c<br/> <br>d<br><br><br>e", "> a b\n  c\n> d\n> e\n"),
        ("<h2>Old <em>town</em></h2><h1>x", "> h2 Old town\n> h1 x\n"),
        ("<ul><li>a<li><p>b</p><ol start=9><li>c<li>d</ol></ul>e", "> item - a\n  item - b\n  item 9. c\n  item 10. d\n> e\n"),
        ("<ul><li>\u{2022} a<li><h3>b</h3>c", "> item \u{2022} a\n  h3 b\n  c\n"),
        ("<blockquote>a<p>b</blockquote>c", "> quote a\n> quote b\n> c\n"),
        ("<pre>\nif x\n  y\n\nz</pre>a", "> code if x\n  code   y\n> code z\n> a\n"),
        ("<p>a<button>b</button>c", "> a\n> b\n> c\n"),
        ("<a>a</a><a>b</a><b>c</b><i>d</i>", "> a bcd\n"),
        ("a\u{a0}: b \u{a0} c\u{2028}d", "> a\u{a0}: b c d\n"),
        ("a&shy;b &lt;p&gt; &eacute;&#x27;", "> a\u{ad}b <p> \u{e9}'\n"),
    ] {
        assert_eq!(blocks(html), expected, "{html}");
    }
}

#[test]
fn tables_of_data_are_rows_and_tables_of_layout_are_not() {
    let data = "<table><caption>T</caption><tr><th>Town<th>Rain<th>Sun<tr><td>Oslo<td><p>3</p><td>4<br>5</table>";
    assert_eq!(blocks(data), "> T\n  row Town | Rain | Sun\n  row Oslo | 3 | 4 5\n");
    let layout = "<table><tr><td><h1>Menu</h1><td><p>Text</p><tr><td>a<td>b</table>";
    assert_eq!(blocks(layout), "> h1 Menu\n> Text\n> a\n> b\n");
    assert_eq!(blocks("<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>"), "> a\n> b\n> c\n> d\n");
}

#[test]
fn text_of_no_tags_may_stand_deeper_than_elements() {
    let deep = "<div>".repeat(600);
    assert_eq!(blocks(&format!("{deep}<script>no</script><p>Text<textarea>no</textarea><p>More")), "> Text\n> More\n");
}

#[test]
fn what_is_not_shown_is_left_out() {
    let html = "<script>var a = '<p>no</p>';</script><style>p{}</style><template><p>no</template><noscript><p>no</noscript>\
                <!-- <p>no --><p hidden>no<p style='DISPLAY: none'>no<p>yes<span style=display:none>no</span><select><option>no</select>\
                <svg><title>no</title></svg><dialog>no</dialog><dialog open>open</dialog><textarea>no</textarea>";
    assert_eq!(blocks(html), "> yes\n> open\n");
    assert_eq!(page(html).markup.unwrap().hidden, 3);
    let all = "<div style='display:none'><p>A page that a script shows when it has run.</div><p>Menu";
    assert_eq!(blocks(all), "> A page that a script shows when it has run.\n> Menu\n");
}

#[test]
fn broken_markup_is_mended_as_the_standard_says() {
    for (html, expected) in [
        ("<p>a<div>b</p>c", "> a\n> b\n> c\n"),
        ("<b>a<p>b</b>c</p>", "> a\n> bc\n"),
        ("<table><tr><td>a</table></td></tr>b", "> a\n> b\n"),
        ("<ul><li>a<li>b</li></div></ul>c</body>d", "> item - a\n  item - b\n> cd\n"),
        ("<p>a <a href=x>b <a href=y>c</a> d", "> a b c d\n"),
        ("<p>cut in the mid<strong", "> cut in the mid\n"),
        ("<p>a < b, x <3 y & z &am; &#0; &nosuch;", "> a < b, x <3 y & z &am; \u{fffd} &nosuch;\n"),
    ] {
        assert_eq!(blocks(html), expected, "{html}");
    }
}

#[test]
fn blocks_know_their_place() {
    let html = "<html><body><main id=mainArea><article class='post post-body2' itemprop=articleBody>\n<p>Some <b>bold</b> and <a \
                href=' /x '>linked</a></p><aside>\n<a href=y>all link</a></aside></article></main><footer>f</footer>";
    let page = page(html);
    let markup = page.markup.unwrap();
    let [text, link, foot] = markup.blocks[..] else { panic!("{:?}", page.blocks) };
    assert!(text.flags.has(Flags::MAIN.with(Flags::ARTICLE).with(Flags::BODY)) && !text.flags.any(Flags::ASIDE.with(Flags::LINK)));
    assert!(link.flags.has(Flags::ASIDE.with(Flags::LINK)) && foot.flags == Flags::FOOTER);
    assert_eq!((text.chars, text.bold_chars, text.link_chars, text.links), (17, 4, 6, 1));
    assert!((link.link_share() - 1.0).abs() < f32::EPSILON && text.bold_share() > 0.2);
    assert_eq!(page.blocks.iter().map(|b| b.lines.clone()).collect::<Vec<_>>(), [2..3, 3..4, 3..4]);

    let tags: Vec<Tag> = markup.ancestors(text.element).map(|(_, e)| e.tag).collect();
    assert_eq!(tags, [Tag::P, Tag::Article, Tag::Main, Tag::Body, Tag::Html]);
    let article = markup.element(markup.element(text.element).unwrap().parent).unwrap();
    assert_eq!((article.blocks, article.depth), ((0, 2), 3));
    // post, post whole, post, body0, post-body2 whole, itemprop.
    assert_eq!(markup.words_of(article).len(), 6);
    assert_eq!(markup.words_of(article)[0], markup.words_of(article)[2]);
    let inline: Vec<Tag> = (text.inline.0..text.inline.1).map(|i| markup.element(i).unwrap().tag).collect();
    assert_eq!(inline, [Tag::B, Tag::A]);

    let marks: Vec<_> = markup.marks_of(0).iter().map(|m| (m.kind, m.range, markup.address_of(m))).collect();
    assert_eq!(marks, [(MarkKind::Strong, (5, 9), ""), (MarkKind::Link, (14, 20), "/x")]);
}

#[test]
fn text_between_the_cells_of_a_table_keeps_its_lines() {
    // The standard puts it above the table, when the tag behind it is met; a doctype in it is nothing.
    let lines = |html| page(html).blocks.iter().map(|b| (b.text.to_string(), b.lines.clone())).collect::<Vec<_>>();
    assert_eq!(lines("<table><tr>ferry\n\n</tr></table>"), [("ferry".to_owned(), 1..2)]);
    let code = |n, text: &str| (text.to_owned(), n..n + 1);
    assert_eq!(lines("<pre><table>ferry\nto<!doctype html>\nrun\n</table>"), [code(1, "ferry"), code(2, "to"), code(3, "run")]);
}

#[test]
fn marks_go_on_over_lines_and_leave_space_out() {
    let page = page("<ul><li><em> one <br>two</em> <code></code>three");
    let markup = page.markup.unwrap();
    assert_eq!(page.blocks[0].text, "- one");
    assert_eq!(markup.marks_of(0)[0].range, (2, 5));
    assert_eq!(page.blocks[1].text, "two three");
    assert_eq!(markup.marks_of(1).iter().map(|m| m.range).collect::<Vec<_>>(), [(0, 3)]);
}

#[test]
fn the_page_says_who_wrote_it_and_when() {
    let html = "<html lang=en_GB><head><title>Ferry runs again - The Quay</title><meta property=og:site_name content='The Quay'>\
                <meta name=author content='By Ann Lee'><meta property='article:published_time' content=2024-05-01T10:00Z>\
                <link rel=canonical href=https://quay.example/ferry></head><body><h1>Ferry runs again</h1><p>Text.";
    let data = page(html).markup.unwrap().data;
    assert_eq!(data.headline.as_deref(), Some("Ferry runs again"));
    assert_eq!(data.authors, ["Ann Lee"]);
    assert_eq!(data.date.as_deref(), Some("2024-05-01T10:00Z"));
    assert_eq!(data.site.as_deref(), Some("The Quay"));
    assert_eq!(data.language.as_deref(), Some("en-gb"));
    assert_eq!(data.url.as_deref(), Some("https://quay.example/ferry"));
}

#[test]
fn the_declared_encoding_counts_where_utf8_does_not() {
    let russian = "Новый мост откроют";
    let (bytes, _, _) = encoding_rs::KOI8_R.encode(russian);
    let html = [b"<html><meta charset=koi8-r><p>".as_slice(), &bytes, b"</p>"].concat();
    assert_eq!(read_bytes(&html, &Settings::default()).unwrap().blocks[0].text, russian);
    let wrong = format!("<html><meta charset=koi8-r><p>{russian}</p>");
    assert_eq!(read_bytes(wrong.as_bytes(), &Settings::default()).unwrap().blocks[0].text, russian);
    let (bytes, _, _) = encoding_rs::ISO_2022_JP.encode("新しい橋");
    let html = [b"<html><meta charset=iso-2022-jp><p>".as_slice(), &bytes, b"</p>"].concat();
    assert_eq!(read_bytes(&html, &Settings::default()).unwrap().blocks[0].text, "新しい橋");
}

#[test]
fn depth_is_no_danger() {
    for tag in ["div", "b", "ul><li", "table><tr><td", "span", "blockquote", "svg><g", "a href=x", "font size=1"] {
        let open = format!("<{tag}>").repeat(100_000);
        let page = read_text(&format!("<html><body>{open}deep down"), &Settings::default());
        let text: String = page.blocks.iter().map(|b| b.text.as_str()).collect();
        assert!(text.ends_with("deep down") || tag.starts_with("svg"), "{tag}: {text}");
    }
    let paragraphs = read_text(&format!("<html><body>{}", "<div><p>A paragraph of an endless page.".repeat(2_000)), &Settings::default());
    assert_eq!(paragraphs.blocks.len(), 2_000);
}
