//! The README says what the program says. Its commands with output are run by `tests/cli.rs`.

use newsclean::Kind;

const README: &str = include_str!("../README.md");

#[test]
fn readme_lists_the_kinds() {
    let rows: Vec<String> = Kind::ALL.iter().map(|k| format!("| `{}` | {} |\n", k.name(), k.about())).collect();
    let table = format!("| kind | what |\n|---|---|\n{}\n", rows.concat());
    assert!(README.contains(&table), "the table of kinds in README.md should be:\n{table}");
}

#[test]
fn readme_shows_a_rule_file_that_works() {
    let file = include_str!("cmd/rules.in/own.toml");
    assert!(README.contains(&format!("```toml\n{file}```")), "README.md should show tests/cmd/rules.in/own.toml");
}
