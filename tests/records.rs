//! `--jsonl` and `-f json`, byte for byte (transcripts would turn every backslash round).

#![allow(clippy::unwrap_used, reason = "a failed test may panic")]

mod program;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use tempfile::TempDir;

/// Exit code, standard output and standard error of `newsclean ARGS` fed with `input`.
fn run(args: &[&str], input: &[u8]) -> (Option<i32>, String, String) {
    let mut command = program::newsclean();
    let mut child = command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let out = child.wait_with_output().unwrap();
    (out.status.code(), String::from_utf8(out.stdout).unwrap(), String::from_utf8(out.stderr).unwrap())
}

/// What one line becomes, and the exit code.
fn line(args: &[&str], input: &str) -> (Option<i32>, String) {
    let (code, out, _) = run(&[&["--jsonl"], args].concat(), format!("{input}\n").as_bytes());
    let one = out.strip_suffix('\n').unwrap();
    assert!(!one.contains('\n'), "{input} came out as several lines: {out}");
    (code, one.to_owned())
}

#[track_caller]
fn comes_out(input: &str, output: &str) {
    assert_eq!(line(&[], input), (Some(0), output.to_owned()));
}

#[track_caller]
fn comes_back(input: &str, output: &str) {
    assert_eq!(line(&[], input), (Some(1), output.to_owned()));
}

#[test]
fn the_text_is_cleaned_and_all_else_stays_as_it_was() {
    comes_out(
        r#"{"id": 1.0, "text": "Share\n\nThe ferry will run again, the port said, from June.\n\nAdvertisement\n", "big": 12345678901234567890.10 , "odd":"\ud800 \u00e9", "in":{"text":"Share"}}"#,
        r#"{"id": 1.0, "text": "The ferry will run again, the port said, from June.", "big": 12345678901234567890.10 , "odd":"\ud800 \u00e9", "in":{"text":"Share"}}"#,
    );
    comes_out(r#" { "text" : "" } "#, r#" { "text" : "" } "#);
}

#[test]
fn an_empty_line_stays_an_empty_line() {
    comes_out("", "");
    comes_out(" \t\r", "");
    assert_eq!(run(&["--jsonl"], b"").1, "");
}

#[test]
fn strings_are_read_as_json_means_them() {
    comes_out(
        r#"{"text":"The port \ud83d\ude00 said \"no\" \\ \/ twice, caf\u00e9."}"#,
        r#"{"text":"The port 😀 said \"no\" \\ / twice, café."}"#,
    );
    // Half of a pair, which other programs write when they cut a text, is no character.
    comes_out(
        r#"{"text":"A lone \ud800 half, \udc00 and \ud800\u0041 here, they said on Monday."}"#,
        "{\"text\":\"A lone \u{fffd} half, \u{fffd} and \u{fffd}A here, they said on Monday.\"}",
    );
    comes_out(r#"{"te\u0078t":"Keys may be escaped, too."}"#, r#"{"te\u0078t":"Keys may be escaped, too."}"#);
    // The last of two fields of one name counts, as for other readers.
    comes_out(r#"{"text":"first","text":"The last one, he said, counts."}"#, r#"{"text":"first","text":"The last one, he said, counts."}"#);
}

#[test]
fn what_cannot_be_cleaned_comes_back_with_the_reason() {
    let missing = r#""newsclean":{"error":"no field \"text\" (--field NAME says which one holds the page)"}}"#;
    comes_back(r#"{"a" : 1}"#, &format!(r#"{{"a" : 1,{missing}"#));
    comes_back("{}", &format!("{{{missing}"));
    comes_back("{ }", &format!("{{{missing}"));
    for (value, name) in [("5", "a number"), ("null", "null"), ("[1]", "a list"), ("{}", "an object"), ("true", "true or false")] {
        comes_back(
            &format!(r#"{{"text":{value}}}"#),
            &format!(r#"{{"text":{value},"newsclean":{{"error":"the field \"text\" is {name}, not a string"}}}}"#),
        );
    }
    comes_back(
        r#"{"text":1,"newsclean":{"error":"from an earlier run"},"z":0}"#,
        r#"{"text":1,"newsclean":{"error":"the field \"text\" is a number, not a string"},"z":0}"#,
    );
    let (code, binary) = line(&[], r#"{"text":"a\u0000\u0001\u0002\u0003b"}"#);
    assert_eq!(code, Some(1));
    assert!(binary.starts_with(r#"{"text":"a\u0000\u0001\u0002\u0003b","newsclean":{"error":"looks like binary data"#), "{binary}");
}

#[test]
fn what_is_no_record_comes_back_inside_one() {
    comes_back("nonsense", r#"{"newsclean":{"error":"not a JSON object: expected ident at column 2","line":1,"input":"nonsense"}}"#);
    for bad in ["[1, 2]", "\"text\"", "{\"text\":\"cut", "{\"text\":\"x\"} {}", "{\"text\":\"x\",}", "{\"text\":\"tab\there\"}", "{text:1}"]
    {
        let (code, back) = line(&[], bad);
        assert_eq!(code, Some(1), "{bad}");
        let back: serde_json::Value = serde_json::from_str(&back).unwrap();
        assert_eq!(back["newsclean"]["input"], bad);
        assert_eq!(back["newsclean"]["line"], 1);
    }
}

#[test]
fn another_field_is_cleaned_into_text() {
    let html = &["--field", "html"];
    let page = "The ferry will run again, the port said on Monday.";
    let with = |rest: &str| format!(r#"{{"html":"Share\n\n{page}"{rest}}}"#);
    assert_eq!(line(html, &with("")), (Some(0), with(&format!(r#","text":"{page}""#))));
    let record = format!(r#"{{"html":"<html><body><p hidden>Share</p><p>{page}</p>"}}"#);
    let cleaned = format!(r#"{{"html":"<html><body><p hidden>Share</p><p>{page}</p>","text":"{page}"}}"#);
    assert_eq!(line(html, &record), (Some(0), cleaned));
    assert_eq!(line(html, &with(r#", "text":"old","n":1"#)), (Some(0), with(&format!(r#", "text":"{page}","n":1"#))));
}

#[test]
fn lines_come_out_one_for_one_and_in_order() {
    let page = r#"{"text":"The ferry will run again, the port said on Monday."}"#;
    let mut input = b"\xef\xbb\xbf".to_vec();
    input.extend(format!("{page}\r\n\n[]\n{page}\n").bytes());
    input.extend(b"{\"text\":\"The port\xff said so, again.\"}\n\n");
    input.extend(page.bytes());
    let (code, out, err) = run(&["--jsonl"], &input);
    assert_eq!(code, Some(1));
    let lines: Vec<&str> = out.lines().collect();
    let bad =
        r#"{"newsclean":{"error":"not a JSON object: invalid type: sequence, expected an object at column 0","line":3,"input":"[]"}}"#;
    assert_eq!(lines, [page, "", bad, page, "{\"text\":\"The port\u{fffd} said so, again.\"}", "", page]);
    assert!(err.starts_with("newsclean: standard input: 1 of 5 records could not be cleaned, the first in line 3: "), "{err}");
}

#[test]
fn missing_file_does_not_stop_the_others() {
    let (code, out, err) = run(&["--jsonl", "nope.jsonl", "-"], b"{\"text\":\"The ferry will run again, the port said on Monday.\"}\n");
    assert_eq!((code, out.as_str()), (Some(1), "{\"text\":\"The ferry will run again, the port said on Monday.\"}\n"));
    assert_eq!(err, "newsclean: nope.jsonl: no such file (check the name)\n");
}

#[test]
fn an_article_as_json() {
    let (code, out, err) =
        run(&["-f", "json"], b"Share\n\nThe ferry will run again from June, the port said on Monday.\n\nAdvertisement\n");
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let article: serde_json::Value = serde_json::from_str(&out).unwrap();
    let keys: Vec<&str> = article.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys.len(), 8);
    assert_eq!(article["page"], "article");
    assert!(out.starts_with(r#"{"headline":null,"text":"The ferry will run again from June, the port said on Monday.","authors":[],"date":null,"site":null,"language":"#), "{out}");
    assert_eq!(out.lines().count(), 1);
    let removed = article["removed"].as_array().unwrap();
    assert_eq!(removed.len(), 2);
    assert_eq!((&removed[1]["kind"], &removed[1]["lines"]), (&"ad".into(), &serde_json::json!([5, 5])));
    assert_eq!(removed[1]["text"], "Advertisement");
}

#[test]
fn details_tell_what_is_known_of_the_page() {
    let page = r"Riverton Post\n\nHome | News | Sport\n\nBy Jane Miller\n\nThe council voted on Monday to rebuild the old bridge, officials said, after a long winter.\n\nThe work will take two years and cost nine million, according to the plan that they presented.\n\nAdvertisement\n\nAdvertisement\n\n© 2024 Riverton Post. All rights reserved.";
    let (code, out) = line(&["--details"], &format!(r#"{{"newsclean":"old","text":"{page}","id":1}}"#));
    assert_eq!(code, Some(0));
    let (note, rest) = out.strip_prefix(r#"{"newsclean":"#).unwrap().split_once(r#","text":""#).unwrap();
    assert!(rest.ends_with(r#"presented.","id":1}"#), "{rest}");
    let known = r#"{"headline":null,"authors":["Jane Miller"],"date":null,"site":null,"language":"en","page":"article","removed":{"ad":2,"boilerplate":1,"byline":1,"legal":1,"navigation":1},"kept":0.673}"#;
    assert_eq!(note, known);
    // Beside a page from another field, and where there is nothing to tell.
    let known =
        r#""newsclean":{"headline":null,"authors":[],"date":null,"site":null,"language":null,"page":"empty","removed":{},"kept":null}"#;
    assert_eq!(line(&["--details", "--field", "page"], r#"{"page":""}"#), (Some(0), format!(r#"{{"page":"","text":"",{known}}}"#)));
    assert_eq!(line(&["--details"], "{ }").1, line(&[], "{ }").1);
}

/// Records of which every tenth cannot be cleaned, of all sizes.
fn many(count: usize) -> String {
    let record = |n: usize| {
        let text = format!("The port authority said on day {n} that the ferry would run.\\n\\nShare\\n\\n").repeat(1 + n % 40);
        if n % 10 == 3 { format!("{{\"id\":{n}}}\n") } else { format!("{{\"id\":{n},\"text\":\"{text}\"}}\n") }
    };
    (0..count).map(record).collect()
}

#[test]
fn the_same_bytes_on_any_number_of_cores() {
    let mut input = many(1500);
    // Larger than a batch, and than what is read ahead.
    for size in [3_000, 300_000] {
        let text = r"The port authority said on Monday that the ferry would run again.\n".repeat(size);
        input += &format!("{{\"text\":\"{text}\"}}\n");
    }
    input += &many(20);
    let one = run(&["--jsonl", "-j", "1"], input.as_bytes());
    assert_eq!((one.0, one.1.lines().count()), (Some(1), 1522));
    let ids: Vec<&str> = one.1.lines().take(1500).map(|l| l.split(['}', ',']).next().unwrap()).collect();
    assert!(ids.iter().enumerate().all(|(n, id)| *id == format!("{{\"id\":{n}")));
    assert!(
        one.2.starts_with("newsclean: standard input: 152 of 1522 records could not be cleaned, the first in line 4: no field"),
        "{}",
        one.2
    );
    assert!(run(&["--jsonl", "-j", "8"], input.as_bytes()) == one);
}

fn folder(dir: &Path) -> [String; 3] {
    let parts = [many(300), many(7), many(50)];
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(parts[0].as_bytes()).unwrap();
    let zst = |part: &str| ruzstd::encoding::compress_to_vec(part.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
    fs::create_dir_all(dir.join("in/part")).unwrap();
    fs::write(dir.join("in/a.jsonl.gz"), gz.finish().unwrap()).unwrap();
    fs::write(dir.join("in/b.jsonl"), &parts[1]).unwrap();
    fs::write(dir.join("in/part/c.json.zst"), zst(&parts[2])).unwrap();
    fs::write(dir.join("in/_SUCCESS"), "").unwrap();
    parts.map(|part| run(&["--jsonl"], part.as_bytes()).1)
}

#[test]
fn folders_and_compressed_files() {
    let dir = TempDir::new().unwrap();
    let [a, b, c] = folder(dir.path());
    let at = |name: &str| dir.path().join(name).display().to_string();
    let read = |name: &str| fs::read_to_string(at(name)).unwrap();
    let all = [a.as_str(), &b, &c].concat();
    // One after another by name, to standard output or a file; and file by file.
    let (code, out, err) = run(&["--jsonl", &at("in")], b"");
    assert!(code == Some(1) && out == all);
    assert!(err.ends_with("newsclean: 3 cleaned, 1 skipped (1 not .jsonl), 0 empty, 0 failed\n"), "{err}");
    run(&["--jsonl", &at("in"), "-o", &at("all.jsonl")], b"");
    assert!(read("all.jsonl") == all);
    run(&["--jsonl", &at("in"), "-o", &at("out"), "-j", "8"], b"");
    assert!(read("out/a.jsonl") == a && read("out/b.jsonl") == b && read("out/part/c.json") == c);
    // Done is done; what is packed is told by its bytes, so a pipe may bring it.
    let (code, _, err) = run(&["--jsonl", &at("in"), "-o", &at("out")], b"");
    assert_eq!((code, err.as_str()), (Some(0), "newsclean: 0 cleaned, 4 skipped (3 done before, 1 not .jsonl), 0 empty, 0 failed\n"));
    assert!(run(&["--jsonl"], &fs::read(at("in/a.jsonl.gz")).unwrap()).1 == a);
    let names = [at("in/b.jsonl"), at("in/a.jsonl.gz")];
    run(&["--jsonl", &names[0], &names[1], "-o", &at("two.jsonl")], b"");
    assert!(read("two.jsonl") == format!("{b}{a}"));
}

#[test]
fn a_damaged_file_gives_what_can_be_read_and_is_named() {
    let dir = TempDir::new().unwrap();
    let [a, ..] = folder(dir.path());
    let path = dir.path().join("in/a.jsonl.gz");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() * 3 / 4]).unwrap();
    let (code, out, err) = run(&["--jsonl", path.to_str().unwrap()], b"");
    assert!(code == Some(1) && !out.is_empty() && out.ends_with('\n') && a.starts_with(&out));
    assert!(err.ends_with("a.jsonl.gz: cannot unpack: the compressed file is cut off or damaged (fetch or pack it again)\n"), "{err}");
    // A file of its own is whole or not there.
    let out = dir.path().join("a.jsonl");
    assert_eq!(run(&["--jsonl", path.to_str().unwrap(), "-o", out.to_str().unwrap()], b"").0, Some(1));
    assert!(!out.exists());
}

#[test]
fn what_is_removed_from_records_is_kept_elsewhere() {
    let dir = TempDir::new().unwrap();
    let (file, gone) = (dir.path().join("p.jsonl"), dir.path().join("gone"));
    let page = r#"{"text":"Share\n\nThe ferry will run again from June, the port said on Monday.\n\nAdvertisement\n"}"#;
    fs::write(&file, format!("{page}\n\n{page}\n")).unwrap();
    run(&["--jsonl", file.to_str().unwrap(), "--removed", gone.to_str().unwrap()], b"");
    let lines = fs::read_to_string(gone.join("p.jsonl")).unwrap();
    let places: Vec<_> = lines
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap())
        .map(|v| (v["record"].clone(), v["line"].clone()))
        .collect();
    assert_eq!(places, [(1, 1), (1, 5), (3, 1), (3, 5)].map(|(record, line)| (record.into(), line.into())));
}
