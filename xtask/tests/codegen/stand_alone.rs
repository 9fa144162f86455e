//! `--spec FILE --out DIR`: a crate of its own, in a directory without foreign files.

use std::fs;

use crate::program::Run;
use crate::workspace::{Workspace, document};

const ARGS: [&str; 4] = ["--spec", "things.yaml", "--out", "things"];

/// A workspace with another document beside it.
fn workspace() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("things.yaml", &document("Get a thing"));
    workspace
}

/// Refused with exit code 2 and nothing written; returns the error, without the temporary directory's name.
#[track_caller]
fn refused(args: &[&str], prepare: impl FnOnce(&Workspace)) -> String {
    let workspace = workspace();
    prepare(&workspace);
    let before = workspace.stamps("");
    let error = workspace.codegen(args).fails(2);
    assert_eq!(workspace.stamps(""), before, "something was written");
    let place = workspace.path("").canonicalize().unwrap();
    error.replace(&place.join("").display().to_string(), "[PLACE]/")
}

#[test]
fn a_new_directory() {
    let workspace = workspace();
    let report = workspace
        .codegen(&["--spec", "things.yaml", "--out", "deep/My Things"])
        .succeeds();
    assert!(
        report.starts_with("deep/My Things: 2 operations, "),
        "{report}"
    );
    let manifest = fs::read_to_string(workspace.path("deep/My Things/Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"my-things\""), "{manifest}");
    assert!(workspace.path("deep/My Things/src/lib.rs").is_file());
    assert!(
        workspace
            .path("deep/My Things/src/runtime/mod.rs")
            .is_file()
    );
    assert!(
        workspace
            .path("deep/My Things/src/generated/things/get_thing.rs")
            .is_file()
    );
    assert!(
        !workspace.in_generated("").exists(),
        "the workspace's own client is left alone"
    );
}

#[test]
fn the_outcome_is_the_same_in_an_empty_directory() {
    let workspace = workspace();
    workspace.codegen(&ARGS).succeeds();
    let fresh = workspace
        .stamps("things")
        .into_keys()
        .map(|path| path.replace("things/", ""))
        .collect::<Vec<_>>();
    workspace.write("empty/.git/HEAD", "ref: refs/heads/main\n");
    let mut command = workspace.command(&[
        "codegen",
        "--spec",
        "../things.yaml",
        "--out",
        ".",
        "--name",
        "things",
    ]);
    let output = command
        .current_dir(workspace.path("empty"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    fs::remove_dir_all(workspace.path("empty/.git")).unwrap();
    let filled = workspace.stamps("empty").into_keys();
    assert_eq!(
        filled
            .map(|path| path.replace("empty/", "").replace("things/", ""))
            .collect::<Vec<_>>(),
        fresh
    );
}

#[test]
fn only_changed_files_are_touched() {
    let workspace = workspace();
    workspace.codegen(&ARGS).succeeds();
    let before = workspace.stamps("things");
    workspace.codegen(&ARGS).succeeds();
    assert_eq!(workspace.stamps("things"), before);

    for (path, text) in [
        ("Cargo.lock", "# lock"),
        (".gitignore", "target"),
        ("target/debug/x", ""),
        ("notes/a.md", "mine"),
    ] {
        workspace.write(&format!("things/{path}"), text);
    }
    workspace.write("things.yaml", &document("Get one thing"));
    let report = workspace.codegen(&ARGS).succeeds();
    assert!(
        report.ends_with(" 0 removed in [TIME] ms\n  changed src/generated/things/get_thing.rs\n"),
        "{report}"
    );
    let after = workspace.stamps("things");
    let touched: Vec<_> = before
        .iter()
        .filter(|(path, stamp)| after.get(*path) != Some(stamp))
        .collect();
    assert_eq!(touched.len(), 1, "{touched:?}");
    assert_eq!(
        fs::read_to_string(workspace.path("things/notes/a.md")).unwrap(),
        "mine"
    );
}

#[test]
fn check_writes_nothing_and_names_its_own_command() {
    let workspace = workspace();
    let args = [
        "--check",
        "--spec",
        "things.yaml",
        "--out",
        "my things",
        "--name",
        "things",
    ];
    let before = workspace.stamps("");
    let run = workspace.codegen(&args);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert_eq!(workspace.stamps(""), before);
    let command = "cargo xtask codegen --spec things.yaml --out 'my things' --name things\n";
    assert!(run.stdout.ends_with(command), "{}", run.stdout);
    workspace.codegen(&args[1..]).succeeds();
    workspace.codegen(&args).succeeds();
}

#[test]
fn a_directory_in_the_workspace() {
    let workspace = workspace();
    workspace
        .codegen(&["--spec", "things.yaml", "--out", "workspace/target/things"])
        .succeeds();
    assert!(
        workspace
            .path("workspace/target/things/Cargo.toml")
            .is_file()
    );
}

#[test]
fn a_stale_generated_file_is_removed() {
    let workspace = workspace();
    workspace.codegen(&ARGS).succeeds();
    workspace.write(
        "things/src/generated/old.rs",
        "// @generated by cargo xtask codegen\n",
    );
    let report = workspace.codegen(&ARGS).succeeds();
    assert!(
        report.ends_with("  removed src/generated/old.rs\n"),
        "{report}"
    );
}

#[test]
fn foreign_directories() {
    let file = |path: &'static str| move |workspace: &Workspace| workspace.write(path, "mine");
    let earlier = |path: &'static str| {
        move |workspace: &Workspace| {
            workspace.codegen(&ARGS).succeeds();
            workspace.write(path, "mine");
        }
    };
    let to = |out: &'static str| ["--spec", "things.yaml", "--out", out];
    let refusals = [
        ("a file", refused(&ARGS, file("things"))),
        ("not empty", refused(&ARGS, file("things/notes.md"))),
        ("another crate", refused(&ARGS, file("things/Cargo.toml"))),
        (
            "a file in src",
            refused(&ARGS, earlier("things/src/mine.rs")),
        ),
        (
            "a file in src/generated",
            refused(&ARGS, earlier("things/src/generated/mine.rs")),
        ),
        (
            "an edited file without the mark",
            refused(&ARGS, earlier("things/src/lib.rs")),
        ),
        ("the workspace", refused(&to("workspace"), |_| ())),
        (
            "in the client",
            refused(&to("workspace/generated-client/src/generated/x"), |_| ()),
        ),
        (
            "a directory in src",
            refused(&ARGS, |workspace| {
                workspace.codegen(&ARGS).succeeds();
                workspace.write("things/src/generated/dir.rs/mine.rs", "mine");
            }),
        ),
        ("around the workspace", refused(&to("."), |_| ())),
        ("no name to be had", refused(&to("3d"), |_| ())),
        ("up from nowhere", refused(&to("new/../x"), |_| ())),
    ];
    let refusals: Vec<_> = refusals
        .iter()
        .map(|(case, error)| format!("{case}:\n{error}"))
        .collect();
    insta::assert_snapshot!("refused-directories", refusals.join("\n"));
}

#[cfg(unix)]
#[test]
fn links() {
    use std::os::unix::fs::symlink;

    let nowhere = refused(&ARGS, |workspace| {
        symlink("nowhere", workspace.path("things")).unwrap()
    });
    assert!(nowhere.contains("a broken symbolic link"), "{nowhere}");
    let source = refused(&ARGS, |workspace| {
        workspace.codegen(&ARGS).succeeds();
        let lib = workspace.path("things/src/lib.rs");
        fs::remove_file(&lib).unwrap();
        symlink("/etc/hosts", lib).unwrap();
    });
    assert!(source.contains("not written by codegen: `"), "{source}");

    let workspace = workspace();
    fs::create_dir(workspace.path("real")).unwrap();
    symlink("real", workspace.path("things")).unwrap();
    workspace.codegen(&ARGS).succeeds();
    assert!(workspace.path("things").is_symlink());
    assert!(workspace.path("real/src/lib.rs").is_file());
}

#[test]
fn a_rejected_document_leaves_nothing_behind() {
    let workspace = workspace();
    workspace.write("things.yaml", "swagger: '2.0'\n");
    let before = workspace.stamps("");
    let error = workspace.codegen(&ARGS).fails(1);
    assert!(error.contains("--> things.yaml:1:"), "{error}");
    assert_eq!(workspace.stamps(""), before);
}

#[test]
fn edits_beside_src_are_kept() {
    for (name, edit) in [("README.md", "# Mine\n"), ("Cargo.toml", "serde = \"1\"\n")] {
        let workspace = workspace();
        workspace.codegen(&ARGS).succeeds();
        let path = workspace.path("things").join(name);
        let original = fs::read_to_string(&path).unwrap();
        let edited = format!("{original}{edit}");
        fs::write(&path, &edited).unwrap();
        workspace.write(
            "things.yaml",
            &document("Get one thing").replace("title: Things", "title: Other"),
        );
        let report = workspace.codegen(&ARGS).succeeds();
        let line =
            format!("  kept {name}: it has been edited; remove it to have it generated again\n");
        assert!(report.ends_with(&line), "{report}");
        assert_eq!(fs::read_to_string(&path).unwrap(), edited);
        let report = workspace
            .codegen(&[&["--check"], &ARGS[..]].concat())
            .succeeds();
        assert!(report.ends_with(&line), "{report}");

        fs::remove_file(&path).unwrap();
        workspace.codegen(&ARGS).succeeds();
        let anew = fs::read_to_string(&path).unwrap();
        assert!(anew != original && anew.contains("Other"), "{anew}");
    }
}

#[test]
fn unedited_files_are_regenerated() {
    let workspace = workspace();
    workspace.codegen(&ARGS).succeeds();
    workspace.write(
        "things.yaml",
        &document("Get a thing").replace("title: Things", "title: Other"),
    );
    let report = workspace.codegen(&ARGS).succeeds();
    assert!(
        report.contains("  changed Cargo.toml\n  changed README.md\n"),
        "{report}"
    );
}

#[test]
fn the_document_may_come_from_the_standard_input() {
    let workspace = workspace();
    let document = || fs::File::open(workspace.path("things.yaml")).unwrap();
    let mut command = workspace.command(&["codegen", "--spec", "-", "--out", "things"]);
    Run::of(command.stdin(document()).output().unwrap()).succeeds();
    let mut command = workspace.command(&["codegen", "--spec", "-", "--out", "things", "--check"]);
    Run::of(command.stdin(document()).output().unwrap()).succeeds();
    workspace.write("things.yaml", "swagger: '2.0'\n");
    let error = Run::of(command.stdin(document()).output().unwrap()).fails(1);
    assert!(error.contains("--> <stdin>:1:"), "{error}");
}

#[test]
fn paths_in_differences_are_relative() {
    let workspace = workspace();
    let out = workspace.path("things").display().to_string();
    let run = workspace.codegen(&["--check", "--spec", "things.yaml", "--out", &out]);
    let path = out.trim_start_matches('/');
    assert!(
        run.stdout
            .contains(&format!("\n+++ b/{path}/src/generated/client.rs\n")),
        "{}",
        run.stdout
    );
}

/// Files that codegen did not write are kept, even under names of its own.
#[test]
fn similarly_named_files_are_kept() {
    let workspace = workspace();
    workspace.write(".things.codegen-new/mine", "kept");
    workspace.write("things/.Cargo.toml.codegen-new", "kept");
    for _ in 0..2 {
        workspace.codegen(&ARGS).succeeds();
        workspace.write("things.yaml", &document("Get another thing"));
    }
    for path in [".things.codegen-new/mine", "things/.Cargo.toml.codegen-new"] {
        assert_eq!(fs::read_to_string(workspace.path(path)).unwrap(), "kept");
    }
}
