//! Help, and command lines that are not understood.

use crate::workspace::Workspace;

#[track_caller]
fn helps(args: &[&str]) -> String {
    Workspace::new().run(args).succeeds()
}

/// Refused with exit code 2; returns the error.
#[track_caller]
fn refused(args: &[&str]) -> String {
    let workspace = Workspace::new();
    let before = workspace.stamps("");
    let error = workspace.run(args).fails(2);
    assert_eq!(workspace.stamps(""), before, "something was written");
    error
}

#[test]
fn every_way_to_ask_for_help_gives_the_same() {
    let help = helps(&["--help"]);
    for args in [&[][..], &["-h"], &["help"], &["help", "help"]] {
        assert_eq!(helps(args), help, "{args:?}");
    }
    insta::assert_snapshot!("help", help);
}

#[test]
fn the_version() {
    let version = concat!("xtask ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(helps(&["--version"]), version);
    assert_eq!(helps(&["-V"]), version);
}

#[test]
fn every_command_has_help() {
    for (command, option) in [
        ("codegen", "--check"),
        ("explain", "--markdown"),
        ("e2e", "--only=nginx"),
    ] {
        let help = helps(&[command, "--help"]);
        for args in [
            &["help", command][..],
            &[command, "-h"],
            &[command, option, "--help"],
        ] {
            assert_eq!(helps(args), help, "{args:?}");
        }
        insta::assert_snapshot!(format!("help-{command}"), help);
    }
}

#[test]
fn every_rule_is_explained() {
    let rules = helps(&["help", "rules"]);
    assert!(rules.lines().all(|line| line.len() <= 80), "{rules}");
    for rule in openapi::Rule::ALL {
        let start = format!("\n  {}\n      ", rule.name);
        assert_eq!(rules.matches(&start).count(), 1, "{}", rule.name);
    }
    let paragraph = "\n  duplicate-parameter\n      \
        A parameter is listed twice. The last declaration is used.\n";
    assert!(rules.contains(paragraph), "{rules}");
}

#[test]
fn unknown_arguments_are_errors_with_hints() {
    let lines: &[&[&str]] = &[
        &["codgen"],
        &["deploy"],
        &["--chek"],
        &["help", "codegn"],
        &["codegen", "--chek"],
        &["codegen", "-x"],
        &["codegen", "spec.yaml"],
        &["codegen", "--check=yes"],
        &["codegen", "--spec"],
        &["codegen", "--spec", "a.yaml"],
        &["codegen", "--out", "a"],
        &["codegen", "--name", "a"],
        &["codegen", "--spec", "a.yaml", "--out", "a", "--out", "b"],
        &["codegen", "--spec", "", "--out", "a"],
        &["codegen", "--spec", "a.yaml", "--out", "a", "--name", "3d"],
        &[
            "codegen", "--spec", "a.yaml", "--out", "a", "--name", "async",
        ],
        &["codegen", "--only"],
        &["codegen", "--only="],
        &["codegen", "--partial=yes"],
        &["codegen", "--deny", "warning"],
        &["codegen", "--deny", "undeclared-tags"],
        &["codegen", "--deny", "nonsense"],
        &["codegen", "--allow", "warnings"],
        &["codegen", "--allow", "no-operations"],
        &["codegen", "--warnings", "al"],
        &["codegen", "--warnings", "all", "--warnings", "all"],
        &["help", "rule"],
        &["e2e", "--olny", "prism"],
        &["e2e", "prism"],
        &["e2e", "--only"],
        &["e2e", "--only", "apache"],
        &["e2e", "--only", "prism", "--only", "nginx"],
    ];
    let output: Vec<_> = lines
        .iter()
        .map(|args| format!("$ cargo xtask {}\n{}", args.join(" "), refused(args)))
        .collect();
    insta::assert_snapshot!("usage-errors", output.join("\n"));
}
