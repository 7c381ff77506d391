//! Folders of pages: the tree that comes out, what is passed over, and runs that are broken off.

#![allow(clippy::unwrap_used, reason = "a failed test may panic")]
#![cfg(unix)]

mod program;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;
use walkdir::WalkDir;

const PAGE: &str = "Share\n\nThe night ferry to the islands will run again from June, the port authority said.\n\nAdvertisement\n";
const ARTICLE: &str = "The night ferry to the islands will run again from June, the port authority said.\n";

fn newsclean(dir: &Path, args: &str) -> Command {
    let mut command = program::newsclean();
    command.current_dir(dir).args(args.split(' ')).stdin(Stdio::null());
    command
}

/// Exit code and standard error of `newsclean ARGS` in `dir`; nothing may come to standard output.
fn run(dir: &Path, args: &str) -> (Option<i32>, String) {
    let Output { status, stdout, stderr } = newsclean(dir, args).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&stdout), "");
    (status.code(), String::from_utf8(stderr).unwrap())
}

/// Writes a file that was last changed a minute ago.
fn old(path: PathBuf, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut file = File::create(path).unwrap();
    file.write_all(bytes).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_mins(1)).unwrap();
}

/// A folder with these files, each the same page.
fn folder(names: &[&str]) -> TempDir {
    let dir = TempDir::new().unwrap();
    for name in names {
        old(dir.path().join(name), PAGE.as_bytes());
    }
    dir
}

/// The name of every file below `dir`, in order. A run may be at work there.
fn names(dir: &Path) -> Vec<String> {
    let files = WalkDir::new(dir).into_iter().filter_map(Result::ok).filter(|e| e.path().is_file());
    let mut names: Vec<String> = files.map(|e| e.path().strip_prefix(dir).unwrap().to_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

/// Every file below `dir` with its content.
fn tree(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    names(dir).into_iter().map(|name| (name.clone(), fs::read(dir.join(name)).unwrap())).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

#[test]
fn the_tree_is_mirrored() {
    let dir = folder(&["in/a.txt", "in/news/b.md", "in/news/2024/05/c.html", "in/news/2024/05/www.example.org", "in/d"]);
    old(dir.path().join("in/news/e.txt.gz"), &gzip(PAGE.as_bytes()));
    // Two frames: the article comes twice, and once out.
    old(dir.path().join("in/news/f.txt.zst"), &[zstd(PAGE.as_bytes()), zstd(PAGE.as_bytes())].concat());
    let (code, err) = run(dir.path(), "in -o out/articles");
    assert_eq!((code, err.as_str()), (Some(0), "newsclean: 7 cleaned, 0 skipped, 0 empty, 0 failed\n"));
    let out = tree(&dir.path().join("out/articles"));
    let expected = ["a.txt", "d.txt", "news/2024/05/c.txt", "news/2024/05/www.example.org.txt", "news/b.txt", "news/e.txt", "news/f.txt"];
    assert!(out.keys().eq(expected), "{:?}", out.keys());
    assert!(out.values().all(|article| article == ARTICLE.as_bytes()));
    for (form, ending) in [("markdown", "md"), ("json", "json")] {
        assert_eq!(run(dir.path(), &format!("-q in -f {form} -o {form}")), (Some(0), String::new()));
        assert!(names(&dir.path().join(form)).iter().all(|name| name.ends_with(ending)));
    }
}

#[test]
fn what_is_no_page_is_passed_over_and_counted() {
    let dir = folder(&["in/a.txt", "in/.hidden.txt", "in/.git/config", "in/.git/a.txt"]);
    old(dir.path().join("in/logo.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    old(dir.path().join("in/packed.tar.gz"), &gzip(&[0; 4096]));
    old(dir.path().join("in/empty.txt"), b"");
    old(dir.path().join("in/menu.txt"), b"Home\nNews\nShare on Facebook\n");
    symlink("..", dir.path().join("in/round")).unwrap();
    symlink("a.txt", dir.path().join("in/link.txt")).unwrap();
    assert!(Command::new("mkfifo").arg(dir.path().join("in/pipe")).status().unwrap().success());
    let (code, err) = run(dir.path(), "in -o out");
    let counts = "2 cleaned, 6 skipped (2 hidden, 2 not text, 1 no file, 1 link to a folder), 2 empty, 0 failed";
    assert_eq!((code, err), (Some(0), format!("newsclean: {counts}\n")));
    assert_eq!(names(&dir.path().join("out")), ["a.txt", "empty.txt", "link.txt", "menu.txt"]);
    let (_, err) = run(dir.path(), "in -o again -v");
    assert!(err.contains("newsclean: in/logo.png: skipped (not text)\n"), "{err}");
    assert!(err.contains("newsclean: in/menu.txt: warning: no article text found"), "{err}");
}

#[test]
fn bad_files_are_named_and_stop_nothing() {
    let dir = folder(&["in/a.txt", "in/a.html", "in/sub/z.txt"]);
    let packed = gzip(&PAGE.repeat(50).into_bytes());
    old(dir.path().join("in/cut.txt.gz"), packed.get(..packed.len() / 2).unwrap());
    let mut damaged = zstd(&PAGE.repeat(50).into_bytes());
    *damaged.last_mut().unwrap() ^= 1;
    old(dir.path().join("in/damaged.txt.zst"), &damaged);
    old(dir.path().join("in/large.txt"), &b"short line\n".repeat(800_000));
    symlink("nowhere", dir.path().join("in/link.txt")).unwrap();
    // A folder stands where the output should.
    old(dir.path().join("in/taken.txt"), PAGE.as_bytes());
    old(dir.path().join("out/taken.txt/x"), b"");
    let (code, err) = run(dir.path(), "in -o out");
    assert_eq!(code, Some(1));
    let mut said: Vec<&str> = err.lines().collect();
    let summary = said.pop().unwrap();
    said.sort_unstable();
    let unpack = "cannot unpack: the compressed file is cut off or damaged (fetch or pack it again)";
    let expected = [
        "newsclean: in/a.html: its output would be that of in/a.txt too (rename one, or leave one out with --exclude)",
        &format!("newsclean: in/cut.txt.gz: {unpack}"),
        &format!("newsclean: in/damaged.txt.zst: {unpack}"),
        "newsclean: in/large.txt: is larger than 8 MB, too large for a page (name it to have it cleaned)",
        "newsclean: in/link.txt: is a link that leads nowhere",
        "newsclean: out/taken.txt: cannot write: Is a directory (os error 21)",
    ];
    assert_eq!(said, expected);
    assert_eq!(summary, "newsclean: 2 cleaned, 0 skipped, 0 empty, 6 failed");
    assert_eq!(names(&dir.path().join("out")), ["a.txt", "sub/z.txt", "taken.txt/x"]);
    // Who leaves one of two out gets the other.
    let (_, err) = run(dir.path(), "in -o html --include a.html");
    assert_eq!(
        (err.as_str(), names(&dir.path().join("html"))),
        ("newsclean: 1 cleaned, 0 skipped, 0 empty, 0 failed\n", vec!["a.txt".to_owned()])
    );
}

#[test]
fn a_folder_that_cannot_be_read_is_named() {
    let dir = folder(&["in/a.txt", "in/shut/b.txt"]);
    let shut = dir.path().join("in/shut");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).unwrap();
    let is_root = fs::read_dir(&shut).is_ok();
    let (code, err) = run(dir.path(), "in -o out");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o755)).unwrap();
    if !is_root {
        assert_eq!(code, Some(1));
        assert!(err.starts_with("newsclean: in/shut: cannot look into it: Permission denied"), "{err}");
        assert!(err.ends_with("newsclean: 1 cleaned, 0 skipped, 0 empty, 1 failed\n"), "{err}");
    }
}

#[test]
fn globs_choose() {
    let dir = folder(&["in/a.txt", "in/b.md", "in/drafts/c.txt", "in/news/d.txt", "in/news/old/e.txt"]);
    for (args, expected) in [
        ("--include *.txt", vec!["a.txt", "drafts/c.txt", "news/d.txt", "news/old/e.txt"]),
        ("--include *.txt --exclude drafts", vec!["a.txt", "news/d.txt", "news/old/e.txt"]),
        ("--include news/*.txt", vec!["news/d.txt"]),
        ("--exclude old --exclude *.md", vec!["a.txt", "drafts/c.txt", "news/d.txt"]),
    ] {
        assert_eq!(run(dir.path(), &format!("-q in -o out {args}")), (Some(0), String::new()));
        assert_eq!(names(&dir.path().join("out")), expected, "{args}");
        fs::remove_dir_all(dir.path().join("out")).unwrap();
    }
    let (code, err) = run(dir.path(), "in -o out --include *.pdf");
    assert_eq!(code, Some(0));
    assert_eq!(err, "newsclean: 0 cleaned, 0 skipped, 0 empty, 0 failed\nnewsclean: warning: nothing to clean was found\n");
}

#[test]
fn folders_of_inputs_and_outputs_are_kept_apart() {
    let dir = folder(&["in/a.txt", "in/sub/b.txt"]);
    symlink("in", dir.path().join("same")).unwrap();
    let before = tree(dir.path());
    for (args, why) in [
        ("in -o in", "in: is the folder in itself; results need another folder"),
        ("in -o same", "same: is the folder in itself; results need another folder"),
        ("in -o new/../in", "new/../in: is the folder in itself; results need another folder"),
        ("in -o in/out", "in/out: lies in in; inputs and results need folders apart"),
        ("in/sub -o in", "in/sub: lies in in; inputs and results need folders apart"),
        ("in -o out --removed in/gone", "in/gone: lies in in; inputs and results need folders apart"),
        ("in -o out --removed out", "out: is the folder out itself; results need another folder"),
        ("in -o in/a.txt", "in/a.txt: is a file; several inputs need a folder (give -o another name)"),
    ] {
        assert_eq!(run(dir.path(), args), (Some(1), format!("newsclean: {why}\n")), "{args}");
    }
    // Without a place of their own, articles would have no names.
    let why = "newsclean: in: is a folder; say which folder its articles go to (-o articles/)\n";
    assert_eq!(run(dir.path(), "in"), (Some(1), why.to_owned()));
    assert_eq!(tree(dir.path()), before);
}

#[test]
fn several_paths_stand_side_by_side() {
    let dir = folder(&["one/a.txt", "two/a.txt", "two/deep/one/a.txt", "b.txt"]);
    let (code, err) = run(dir.path(), "one two b.txt two/deep/one -o out");
    assert_eq!(code, Some(1));
    assert!(err.starts_with("newsclean: two/deep/one: its output out/one is already that of one (clean it apart"), "{err}");
    assert_eq!(names(&dir.path().join("out")), ["b.txt", "one/a.txt", "two/a.txt", "two/deep/one/a.txt"]);
}

#[test]
fn what_is_done_is_not_done_again() {
    let dir = folder(&["in/a.txt", "in/b.txt", "in/c.txt", "named.txt"]);
    let (out, at) = (dir.path().join("out"), |name: &str| dir.path().join(name));
    assert_eq!(run(dir.path(), "in named.txt -o out").0, Some(0));
    for name in ["out/in/a.txt", "out/in/b.txt", "out/named.txt"] {
        let file = File::options().write(true).open(at(name)).unwrap();
        let time = file.metadata().unwrap().modified().unwrap();
        (&file).write_all(b"mine").unwrap();
        file.set_modified(time).unwrap();
    }
    // `b` has changed since; what is named is always meant.
    File::options().write(true).open(at("in/b.txt")).unwrap().set_modified(SystemTime::now() + Duration::from_hours(1)).unwrap();
    let (_, err) = run(dir.path(), "in named.txt -o out");
    assert_eq!(err, "newsclean: 2 cleaned, 2 skipped (2 done before), 0 empty, 0 failed\n");
    assert!(fs::read(out.join("in/a.txt")).unwrap().starts_with(b"mine"));
    assert_eq!(fs::read_to_string(out.join("in/b.txt")).unwrap(), ARTICLE);
    assert_eq!(fs::read_to_string(out.join("named.txt")).unwrap(), ARTICLE);
    let (_, err) = run(dir.path(), "in named.txt -o out --force");
    assert_eq!(err, "newsclean: 4 cleaned, 0 skipped, 0 empty, 0 failed\n");
    assert_eq!(fs::read_to_string(out.join("in/a.txt")).unwrap(), ARTICLE);
    // What was removed is wanted now and was not then.
    let (_, err) = run(dir.path(), "in named.txt -o out --removed gone");
    assert_eq!(err, "newsclean: 4 cleaned, 0 skipped, 0 empty, 0 failed\n");
}

#[test]
fn drafts_that_nobody_will_finish_go() {
    let dir = folder(&["in/a.txt", "in/sub/b.txt"]);
    for name in ["out/.newsclean-Xy12.part", "out/sub/.newsclean-Zz.part", "out/gone/.newsclean-A.part", "out/.newsclean-mine.txt"] {
        old(dir.path().join(name), b"half of an");
    }
    // Another run is at work on this one.
    old(dir.path().join("out/.newsclean-busy.part"), b"");
    let busy = File::open(dir.path().join("out/.newsclean-busy.part")).unwrap();
    busy.lock().unwrap();
    assert_eq!(run(dir.path(), "-q in -o out").0, Some(0));
    assert_eq!(names(&dir.path().join("out")), [".newsclean-busy.part", ".newsclean-mine.txt", "a.txt", "sub/b.txt"]);
}

/// Pages that differ, and take a while.
fn many(dir: &Path, count: usize) {
    for n in 0..count {
        let line = |k| {
            format!("The port authority said on Monday that ferry {n} would carry {k} passengers to the islands, its captain among them.\n")
        };
        let page: String =
            ["Share\n".to_owned()].into_iter().chain((0..n % 120).map(line)).chain([line(0), "Advertisement\n".to_owned()]).collect();
        old(dir.join(format!("in/{}/{}/{n}.txt", n % 7, n % 3)), page.as_bytes());
    }
}

#[test]
fn a_killed_run_goes_on_where_it_stopped() {
    let dir = TempDir::new().unwrap();
    let all = 1500;
    many(dir.path(), all);
    let out = dir.path().join("out");
    let finished = || names(&out).into_iter().filter(|name| !name.contains(".newsclean-")).collect::<Vec<_>>();
    let mut child = newsclean(dir.path(), "-q in -o out -j 2").spawn().unwrap();
    while !out.exists() || finished().len() < all / 10 {
        assert!(child.try_wait().unwrap().is_none(), "it was done before it could be killed");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // What SIGKILL may leave, whether or not it did this time.
    old(out.join("0/.newsclean-left.part"), b"The port authority sa");
    let mark = |name: &String| {
        let meta = fs::metadata(out.join(name)).unwrap();
        (name.clone(), meta.ino(), meta.modified().unwrap())
    };
    let done: Vec<_> = finished().iter().map(mark).collect();
    assert!(done.len() < all, "it was done before it was killed");

    let (code, err) = run(dir.path(), "in -o out -j 2");
    let (rest, before) = (all - done.len(), done.len());
    assert_eq!((code, err), (Some(0), format!("newsclean: {rest} cleaned, {before} skipped ({before} done before), 0 empty, 0 failed\n")));
    assert_eq!(done.iter().map(|(name, ..)| mark(name)).collect::<Vec<_>>(), done);
    assert_eq!(run(dir.path(), "-q in -o whole -j 1").0, Some(0));
    assert!(tree(&out) == tree(&dir.path().join("whole")), "the trees differ");
}

#[test]
fn the_same_bytes_on_any_number_of_cores() {
    let dir = TempDir::new().unwrap();
    many(dir.path(), 150);
    for threads in [1, 3, 8] {
        assert_eq!(run(dir.path(), &format!("-q in -o out{threads} --removed gone{threads} -j {threads}")).0, Some(0));
    }
    // Made in another order, and so listed in another where the system lists as it likes.
    for name in names(&dir.path().join("in")).iter().rev() {
        old(dir.path().join("turned").join(name), &fs::read(dir.path().join("in").join(name)).unwrap());
    }
    assert_eq!(run(dir.path(), "-q turned -o out0 -j 8").0, Some(0));
    let one = tree(&dir.path().join("out1"));
    assert_eq!(one.len(), 150);
    for other in ["out0", "out3", "out8"] {
        assert!(tree(&dir.path().join(other)) == one, "{other}");
    }
    let gone = tree(&dir.path().join("gone1"));
    assert!(gone.len() == 150 && tree(&dir.path().join("gone3")) == gone && tree(&dir.path().join("gone8")) == gone);
}

#[test]
fn what_is_removed_is_kept_elsewhere() {
    let dir = TempDir::new().unwrap();
    let work = "The work will take two years and cost nine million, according to the plan that engineers presented last week.";
    let page = format!(
        "Share\n\nThe council voted on Monday to rebuild the old bridge, officials said, after a long winter.\n\n{work}\n\nAdvertisement\n\n{work}\n"
    );
    old(dir.path().join("in/sub/bridge.html"), page.as_bytes());
    assert_eq!(run(dir.path(), "-q in -o out --removed gone").0, Some(0));
    let expected = [
        r#"{"file":"in/sub/bridge.html","line":1,"kind":"widget","rule":"model","text":"Share"}"#.to_owned(),
        r#"{"file":"in/sub/bridge.html","line":7,"kind":"ad","rule":"wording:ad-label","text":"Advertisement"}"#.to_owned(),
        format!(
            r#"{{"file":"in/sub/bridge.html","line":9,"kind":"duplicate","rule":"duplicate:said-again","text":"{work}","copy":{{"line":5,"text":"{work}"}}}}"#
        ),
    ];
    assert_eq!(fs::read_to_string(dir.path().join("gone/sub/bridge.jsonl")).unwrap().lines().collect::<Vec<_>>(), expected);
    // A page whose article goes to standard output has one too.
    assert!(newsclean(dir.path(), "in/sub/bridge.html --removed one").output().unwrap().status.success());
    assert_eq!(fs::read_to_string(dir.path().join("one/bridge.jsonl")).unwrap().lines().count(), 3);
}

/// The most memory that `command` held, in megabytes, as the system saw it while it ran.
#[cfg(target_os = "linux")]
fn peak(mut command: Command) -> u64 {
    let mut child = command.spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        let status = fs::read_to_string(&status).unwrap_or_default();
        let seen = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        most = seen.unwrap_or(most);
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(child.wait().unwrap().success());
    most >> 10
}

#[test]
#[cfg(target_os = "linux")]
fn memory_is_bounded_whatever_the_pages_are_made_of() {
    let dir = TempDir::new().unwrap();
    for page in 0..12 {
        // Lines take a hundred times their size in memory, and no two are alike.
        let lines = (0..110_000).map(|line| format!("Abc{:x}.\n", page * 110_000 + line));
        old(dir.path().join(format!("in/{page}.txt")), lines.collect::<String>().as_bytes());
    }
    let most = peak(newsclean(dir.path(), "-q in -o out -j 8"));
    assert!((50..512).contains(&most), "{most} MB");
}

#[test]
fn a_found_page_of_too_many_lines_is_refused() {
    let dir = folder(&["in/a.txt"]);
    old(dir.path().join("in/lines.txt"), "a\n".repeat(300_000).as_bytes());
    let (code, err) = run(dir.path(), "in -o out");
    assert_eq!(code, Some(1));
    assert!(err.starts_with("newsclean: in/lines.txt: has too many lines for a page (name it to have it cleaned)\n"), "{err}");
    assert_eq!(run(dir.path(), "-q in/lines.txt -o lines.txt"), (Some(0), String::new()));
}
