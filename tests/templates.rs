//! Site templates: what is learned and what never is, the same bytes whatever the order, and profiles that people edit.
//!
//! The pages are those of the transcripts: four stories of the Harrow Courier, with its notices below each.

#![allow(clippy::unwrap_used, reason = "a failed test may panic")]
#![cfg(unix)]

mod program;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use serde_json::json;
use tempfile::TempDir;
use walkdir::WalkDir;

const STORIES: [&str; 4] = ["bridge", "harbour", "library", "market"];
const ABOUT: &str = "The Harrow Courier is owned by the people who read it. Four reporters cover the valley from a room above the old chandlery, and every page of it is paid for by members like you.";

fn page(name: &str) -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/templates.in/harrow");
    fs::read_to_string(PathBuf::from(root).join(name).with_extension("txt")).unwrap()
}

/// A folder `in` with these files.
fn folder<'f>(files: impl IntoIterator<Item = (&'f str, String)>) -> TempDir {
    let dir = TempDir::new().unwrap();
    for (name, text) in files {
        let path = dir.path().join("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

fn harrow() -> TempDir {
    folder(STORIES.map(|name| (name, page(name))))
}

/// Standard output and standard error of `newsclean ARGS` in `dir`, which must exit with `code`.
fn run(dir: &Path, args: &str, stdin: &str, code: i32) -> (String, String) {
    let mut command = program::newsclean();
    command.current_dir(dir).args(args.split(' ')).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A run that does not read its input closes it.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    let (out, err) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert_eq!(status.code(), Some(code), "{args}: {err}");
    (out, err)
}

/// Every file below `dir` with its content.
fn tree(dir: &Path) -> BTreeMap<String, String> {
    let files = WalkDir::new(dir).into_iter().map(Result::unwrap).filter(|e| e.path().is_file());
    files.map(|e| (e.path().strip_prefix(dir).unwrap().display().to_string(), fs::read_to_string(e.path()).unwrap())).collect()
}

/// The articles of the folder `in` with these options.
fn articles(dir: &TempDir, options: &str) -> BTreeMap<String, String> {
    let _ = fs::remove_dir_all(dir.path().join("out"));
    run(dir.path(), &format!("-q in -o out{options}"), "", 0);
    tree(&dir.path().join("out"))
}

#[test]
fn the_same_bytes_in_any_order_on_any_number_of_cores() {
    let dir = folder(
        STORIES
            .iter()
            .flat_map(|name| ["a", "b/c"].map(|sub| (format!("{sub}/{name}"), page(name))))
            .map(|(name, text)| (&*name.leak(), text)),
    );
    let all = articles(&dir, " -j 1");
    assert_eq!(all.len(), 8);
    assert!(all.values().all(|article| !article.contains("chandlery") && !article.contains("Letters for print")));
    assert_eq!(articles(&dir, " -j 8"), all);
    // Made in another order, and so listed in another where the system lists as it likes.
    let turned = folder([]);
    for (name, text) in tree(&dir.path().join("in")).into_iter().rev() {
        let path = turned.path().join("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    assert_eq!(articles(&turned, " -j 3"), all);
    let profile = run(dir.path(), "learn in -j 1", "", 0).0;
    assert_eq!(run(turned.path(), "learn in -j 8", "", 0).0, profile);
    fs::write(dir.path().join("profile.toml"), profile).unwrap();
    assert_eq!(articles(&dir, " --templates profile.toml"), all);
    // Half of it done before, the rest is as it would have been.
    for name in all.keys().filter(|name| name.starts_with('b')) {
        fs::remove_file(dir.path().join("out").join(name)).unwrap();
    }
    run(dir.path(), "-q in -o out", "", 0);
    assert_eq!(tree(&dir.path().join("out")), all);
}

#[test]
fn records_are_grouped_by_what_they_say() {
    let dir = TempDir::new().unwrap();
    let named = STORIES.map(|name| json!({"url": format!("https://www.harrow.example/{name}"), "text": page(name)}).to_string());
    // Another site's page with the same notice: two sites are not one.
    let other = json!({"domain": "other.example", "text": page("bridge").replace("The Harrow Courier", "Elsewhere")}).to_string();
    let clean = |shards: &[&[String]]| {
        let _ = fs::remove_dir_all(dir.path().join("in"));
        fs::create_dir_all(dir.path().join("in")).unwrap();
        for (at, shard) in shards.iter().enumerate() {
            fs::write(dir.path().join(format!("in/{at}.jsonl")), shard.join("\n")).unwrap();
        }
        run(dir.path(), "-q --jsonl in -o all.jsonl", "", 0);
        let mut lines: Vec<String> = fs::read_to_string(dir.path().join("all.jsonl")).unwrap().lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let [a, b, c, d] = named.clone();
    let one = clean(&[&[a.clone(), b.clone(), other.clone(), c.clone(), d.clone()]]);
    assert_eq!(one.iter().filter(|line| line.contains("chandlery")).count(), 1, "{one:#?}");
    assert_eq!(clean(&[&[d, other], &[b], &[c, a]]), one);
    // A stream, by the profile.
    fs::write(dir.path().join("in/0.jsonl"), named.join("\n")).unwrap();
    run(dir.path(), "learn --jsonl in/0.jsonl -o profile.toml", "", 0);
    let (stream, _) = run(dir.path(), "--jsonl --templates profile.toml", &named.join("\n"), 0);
    assert!(stream.lines().all(|line| one.contains(&line.to_owned())), "{stream}");
}

#[test]
fn html_pages_too() {
    let html = |name: &str| {
        let text = page(name);
        let blocks: String = text.lines().skip(1).filter(|l| !l.is_empty()).map(|l| format!("<p>{l}</p>\n")).collect();
        let title = text.lines().next().unwrap().trim_end_matches(" - The Harrow Courier");
        format!(
            "<!doctype html><html><head><title>{title}</title><link rel=canonical href='https://harrow.example/{name}'></head><body>{blocks}</body></html>"
        )
    };
    let dir = folder(STORIES.map(|name| (name, html(name))));
    let off = articles(&dir, " --templates off");
    let on = articles(&dir, "");
    assert!(off.values().any(|article| article.contains("chandlery")));
    assert!(on.values().all(|article| !article.contains("chandlery")), "{on:#?}");
    assert!(run(dir.path(), "learn in", "", 0).0.contains("name = \"harrow.example\"\nstories = 4\n"));
}

#[test]
fn what_is_no_template() {
    // A story published three times beside another: two stories, whatever the number of pages.
    let twice = folder([("a", "bridge"), ("b", "bridge"), ("c", "bridge"), ("d", "market")].map(|(name, story)| (name, page(story))));
    assert_eq!(articles(&twice, ""), articles(&twice, " --templates off"));
    assert!(run(twice.path(), "learn in", "", 0).1.contains("warning: nothing was learned: no site has 3 stories or more"));
    let two = folder([("a", page("bridge")), ("b", page("market"))]);
    assert_eq!(articles(&two, ""), articles(&two, " --templates off"));
    // A story that is there twice among others stays whole.
    let dir = folder(STORIES.map(|name| (name, page(name))).into_iter().chain([("again", page("bridge"))]));
    let all = articles(&dir, "");
    assert_eq!(all.get("again.txt"), all.get("bridge.txt"));
    let paragraphs = |text: &str| text.lines().filter(|l| l.len() > 120 && *l != ABOUT).map(str::to_owned).collect::<Vec<_>>();
    for name in STORIES {
        let article = all.get(&format!("{name}.txt")).unwrap();
        assert!(paragraphs(&page(name)).iter().all(|p| article.contains(p.as_str())), "{name}: {article}");
    }
    // The page about the paper is made of what stands below all others.
    let about = folder(STORIES.map(|name| (name, page(name))).into_iter().chain([("about", format!("About us\n\n{ABOUT}\n"))]));
    let alone = articles(&about, " --templates off");
    assert!(alone["about.txt"].contains("chandlery"));
    assert_eq!(articles(&about, "")["about.txt"], alone["about.txt"]);
}

#[test]
fn a_subheading_of_many_stories_is_no_template() {
    let with_heading = |name: &str| {
        let text = page(name);
        let third = text.match_indices("\n\n").nth(5).unwrap().0;
        let (head, tail) = text.split_at(third);
        format!("{head}\n\nWhat happens next{tail}")
    };
    let dir = folder(STORIES.map(|name| (name, with_heading(name))));
    let all = articles(&dir, "");
    assert!(all.values().all(|article| article.contains("What happens next")), "{all:#?}");
    assert!(!run(dir.path(), "learn in", "", 0).0.contains("What happens next"));
}

#[test]
fn a_profile_is_read_as_it_is_edited() {
    let dir = harrow();
    let profile = run(dir.path(), "learn in", "", 0).0;
    let bridge = |profile: &str| {
        fs::write(dir.path().join("profile.toml"), profile).unwrap();
        run(dir.path(), "--templates profile.toml", &page("bridge"), 0).0
    };
    let without = run(dir.path(), "in/bridge", "", 0).0;
    assert!(without.contains("chandlery") && without.contains("Otters"));
    let with = bridge(&profile);
    assert!(!with.contains("chandlery") && with.contains("Otters"));
    // A line taken out of it stays, and one put in goes, without a word on how often it was seen.
    let about = profile.lines().find(|l| l.contains("chandlery")).unwrap();
    assert!(bridge(&profile.replace(about, "")).contains("chandlery"));
    let more = profile.replace(
        "lines = [",
        "lines = [\n  { line = \"{name} return to the upper weir\" },\n  { line = \"Otters return to the upper weir\" },",
    );
    assert!(!bridge(&more).contains("Otters"));
    // What was learned is what is read.
    assert_eq!(newsclean::template::Profile::parse("", &profile).unwrap().write(), profile);
}

#[test]
fn a_broken_profile_is_named_with_its_line() {
    let dir = harrow();
    let head = "newsclean-templates = 1\n[[site]]\nname = \"a\"\n";
    for (profile, why) in [
        ("", "p.toml:1:1: is no profile: it does not begin with newsclean-templates = 1 (newsclean learn makes one)"),
        (
            "kind = \"promo\"\n",
            "p.toml:1:1: unknown key `kind`; known are newsclean-templates, site (is it a profile? newsclean learn makes one)",
        ),
        ("newsclean-templates = 2\n", "p.toml:1:23: it is of version 2, and this newsclean reads version 1"),
        (&format!("{head}lines = [\n"), "p.toml:4:10: unclosed array, expected `]`"),
        (
            &format!("{head}lines = [\n  {{ line = \"By {{who}}\" }},\n]\n"),
            "p.toml:5:3: the line 'By {who}': there is no slot {who} (slots are {n}, {date} and {name})",
        ),
        (&format!("{head}lines = [\n  {{ line = \"…\" }},\n]\n"), "p.toml:5:3: the line '…': it holds no word"),
        (&format!("{head}lines = [ {{ line = \"x\", after = 100 }} ]\n"), "p.toml:4:11: 'after' is a percentage from 1 to 99"),
        (&format!("{head}\n[[site]]\nname = \"a\"\n"), "p.toml:5:1: there are two sites called 'a'"),
    ] {
        fs::write(dir.path().join("p.toml"), profile).unwrap();
        assert_eq!(run(dir.path(), "--templates p.toml in/bridge", "", 1).1, format!("newsclean: {why}\n"), "{profile}");
    }
    let why = "newsclean: cannot read the profile nope.toml: No such file or directory (os error 2)\n";
    assert_eq!(run(dir.path(), "--templates nope.toml in/bridge", "", 1).1, why);
}

#[test]
fn learning_names_what_it_cannot_read() {
    let dir = harrow();
    let (_, err) = run(dir.path(), "learn in nope.txt -o profile.toml", "", 1);
    assert_eq!(err, "newsclean: nope.txt: no such file (check the name)\nnewsclean: 9 lines of 1 site written to profile.toml\n");

    let records = STORIES.map(|name| json!({"domain": "harrow.example", "text": page(name)}).to_string()).join("\n");
    fs::write(dir.path().join("whole.jsonl"), records).unwrap();
    fs::write(dir.path().join("broken.jsonl"), b"\x1f\x8b\x08 no gzip").unwrap();
    let (_, err) = run(dir.path(), "learn --jsonl whole.jsonl broken.jsonl -o profile.toml", "", 1);
    let broken = "newsclean: broken.jsonl: cannot unpack: the compressed file is cut off or damaged (fetch or pack it again)\n";
    assert_eq!(err, format!("{broken}newsclean: 9 lines of 1 site written to profile.toml\n"));
}
