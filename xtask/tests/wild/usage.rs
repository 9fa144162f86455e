//! Help, and command lines that are not understood.

use crate::folder::{Folder, right};

#[test]
fn every_way_to_ask_for_help_gives_the_same() {
    let folder = Folder::with(&[]);
    let help = folder.run(&["--help"]);
    assert_eq!((help.code, help.stderr.as_str()), (Some(0), ""));
    for args in [&["-h"][..], &["documents", "--check", "1", "-h"]] {
        assert_eq!(folder.run(args).stdout, help.stdout, "{args:?}");
    }
    insta::assert_snapshot!("help", help.stdout);
}

#[test]
fn unknown_arguments_are_errors_with_hints() {
    let right = right();
    let folder = Folder::with(&[("right.yaml", &right), ("read.me", "")]);
    let lines: &[&[&str]] = &[
        &[],
        &["documents", "more"],
        &["documents", "--chekc", "1"],
        &["documents", "--check"],
        &["documents", "--check", "some"],
        &["documents", "--jobs", "-1"],
        &["documents", "--test", "1", "--test", "2"],
        &["documents", "--list=yes"],
        &["documents", "--only-name", "wrong"],
        &["nowhere"],
    ];
    let output: Vec<_> = lines
        .iter()
        .map(|args| {
            let error = folder.run(args).fails(2);
            format!("$ cargo xtask wild {}\n{error}", args.join(" "))
        })
        .collect();
    insta::assert_snapshot!("usage-errors", output.join("\n"));
}
