//! Help, and command lines that are not understood.

use crate::workspace::Workspace;

#[test]
fn every_way_to_ask_for_help_gives_the_same() {
    let workspace = Workspace::new();
    let help = workspace.run(&["drift", "--help"]).ends(0);
    for args in [
        &["help", "drift"][..],
        &["drift", "-h"],
        &["drift", "--accept", "--help"],
    ] {
        assert_eq!(workspace.run(args).ends(0), help, "{args:?}");
    }
    assert!(help.lines().all(|line| line.len() <= 80), "{help}");
}

#[test]
fn unknown_arguments_are_errors_with_hints() {
    let workspace = Workspace::new();
    let lines: &[&[&str]] = &[
        &["drfit"],
        &["drift"],
        &["drift", "things.yaml"],
        &["drift", "--upstraem", "things.yaml"],
        &["drift", "--upstream"],
        &["drift", "--upstream", ""],
        &["drift", "--upstream", "a", "--upstream", "b"],
        &["drift", "--upstream", "things.yaml", "--accept=yes"],
        &["drift", "--upstream", "things.yaml", "--format", "html"],
        &["drift", "--upstream", "things.yaml", "--name", ""],
        &["drift", "--upstream", "-"],
        &["drift", "--upstream", "https://things.example/openapi.json"],
        &["drift", "--head"],
        &["drift", "--upstream", ".."],
    ];
    let output: Vec<_> = lines
        .iter()
        .map(|args| {
            format!(
                "$ cargo xtask {}\n{}",
                args.join(" "),
                workspace.run(args).fails(2)
            )
        })
        .collect();
    insta::assert_snapshot!("usage-errors", output.join("\n"));
}
