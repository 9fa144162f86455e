//! Help, and command lines that are not understood.

use crate::repository::Repository;

#[test]
fn every_way_to_ask_for_help_gives_the_same() {
    let repository = Repository::unversioned("plain");
    let help = repository.changes(&["--help"]).ends(0);
    for args in [
        &["help", "changes"][..],
        &["changes", "-h"],
        &["changes", "--base", "x", "-h"],
    ] {
        assert_eq!(repository.run(args).ends(0), help, "{args:?}");
    }
    insta::assert_snapshot!("help", help);
}

#[test]
fn unknown_arguments_are_errors_with_hints() {
    let repository = Repository::unversioned("plain");
    let lines: &[&[&str]] = &[
        &["--bsae", "HEAD"],
        &["--base"],
        &["--base", ""],
        &["--base", "a", "--base", "b"],
        &["--format", "html"],
        &["--write-changelog=yes"],
        &["HEAD~3"],
        &["--head"],
    ];
    let output: Vec<_> = lines
        .iter()
        .map(|args| {
            let error = repository.changes(args).fails(2);
            format!("$ cargo xtask changes {}\n{error}", args.join(" "))
        })
        .collect();
    insta::assert_snapshot!("usage-errors", output.join("\n"));
}
