//! A swap is stopped after each of its steps, as a killed process would stop it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::swap::{Swap, copy_with_time};
use super::{Contents, Files, Kind, Plan, Target, clean, name, scan};

fn files(list: &[(&str, &str)]) -> Files {
    list.iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

fn old() -> Files {
    files(&[
        ("mod.rs", "old"),
        ("actions/kept.rs", "kept"),
        ("actions/deep/stale.rs", "stale"),
        ("types", "a file"),
    ])
}

fn new() -> Files {
    files(&[
        ("mod.rs", "new"),
        ("actions/kept.rs", "kept"),
        ("types/deep/fresh.rs", "fresh"),
        ("mod/a.rs", "a"),
    ])
}

fn kept() -> BTreeSet<&'static str> {
    BTreeSet::from(["actions/kept.rs"])
}

/// A directory with the old tree at `generated`.
fn before() -> TempDir {
    let place = TempDir::new().unwrap();
    bring(place.path(), old());
    place
}

fn target(place: &Path, files: Files) -> Target {
    Target {
        at: place.join("generated"),
        label: String::new(),
        contents: Contents::Tree(files),
    }
}

/// A run of codegen that nothing stops.
fn bring(place: &Path, files: Files) {
    let targets = [target(place, files)];
    clean(&targets).unwrap();
    Plan::new(&targets).unwrap().apply().unwrap();
}

fn read(root: &Path) -> Files {
    let paths = scan(root).unwrap().into_keys();
    paths
        .map(|path| {
            (
                name(&path).unwrap(),
                fs::read_to_string(root.join(path)).unwrap(),
            )
        })
        .collect()
}

/// Stops after `steps`, sees what a reader sees then, and lets the next run finish the work.
#[track_caller]
fn check(steps: impl FnOnce(&Swap), expect: &Files) {
    let place = before();
    let generated = place.path().join("generated");
    steps(&Swap::of(&generated));
    assert_eq!(read(&generated), *expect, "what the killed run leaves");
    bring(place.path(), new());
    assert_eq!(read(&generated), new(), "what the next run makes of it");
    assert_eq!(
        fs::read_dir(place.path()).unwrap().count(),
        1,
        "nothing is left beside the target"
    );
}

#[test]
fn killed_while_staging() {
    check(|_| (), &old());
    check(
        |swap| {
            swap.stage_tree(&files(&[("mod.rs", "ne")]), &BTreeSet::new())
                .unwrap()
        },
        &old(),
    );
    check(|swap| swap.stage_tree(&new(), &kept()).unwrap(), &old());
}

#[test]
fn killed_after_the_commit() {
    let commit = |swap: &Swap| {
        swap.stage_tree(&new(), &kept()).unwrap();
        swap.commit_tree(&new(), &kept()).unwrap();
    };
    check(commit, &new());
    let finish = |swap: &Swap| {
        commit(swap);
        swap.clean().unwrap();
    };
    check(finish, &new());
}

/// Another one's name is not that of a successor, whatever it looks like.
#[test]
fn foreign_files_are_not_removed() {
    let place = before();
    for name in [
        ".generated.codegen-new",
        ".generated.codegen-0123456789abcdef",
        ".other.codegen-e062a9743d7b3b62",
    ] {
        fs::write(place.path().join(name), "kept").unwrap();
    }
    bring(place.path(), new());
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 4);
}

/// The old tree at the other name is what shows that the two have changed places.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
#[test]
fn the_commit_is_one_step() {
    let place = before();
    let swap = Swap::of(&place.path().join("generated"));
    swap.stage_tree(&new(), &kept()).unwrap();
    swap.commit_tree(&new(), &kept()).unwrap();
    assert_eq!(
        read(&place.path().join(".generated.codegen-e062a9743d7b3b62")),
        old()
    );
}

#[test]
fn killed_where_directories_cannot_be_exchanged() {
    let commit = |swap: &Swap| {
        swap.stage_tree(&new(), &kept()).unwrap();
        swap.commit_one_by_one(&new(), &kept()).unwrap();
    };
    check(commit, &new());
    let half = files(&[
        ("mod.rs", "new"),
        ("actions/kept.rs", "kept"),
        ("actions/deep/stale.rs", "stale"),
    ]);
    let half_way = |swap: &Swap| {
        swap.stage_tree(&half, &kept()).unwrap();
        swap.commit_one_by_one(&half, &kept()).unwrap();
    };
    check(half_way, &half);
}

#[test]
fn the_first_tree_appears_atomically() {
    let place = TempDir::new().unwrap();
    let generated = place.path().join("generated");
    let swap = Swap::of(&generated);
    swap.stage_tree(&new(), &BTreeSet::new()).unwrap();
    assert!(!generated.exists());
    swap.commit_tree(&new(), &BTreeSet::new()).unwrap();
    assert_eq!(read(&generated), new());
}

#[test]
fn an_unwritable_tree_leaves_the_old_one() {
    let place = before();
    let impossible = files(&[("mod.rs", "new"), ("mod.rs/below_a_file.rs", "")]);
    let targets = [target(place.path(), impossible)];
    Plan::new(&targets).unwrap().apply().unwrap_err();
    assert_eq!(read(&place.path().join("generated")), old());
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
}

#[test]
fn an_unwritable_file_is_named() {
    let place = TempDir::new().unwrap();
    let swap = Swap::of(&place.path().join("generated"));
    let too_long = "x".repeat(300);
    let tree = files(&[("a", "text"), (&too_long, "text"), ("z", "text")]);
    let error = swap.stage_tree(&tree, &BTreeSet::new()).unwrap_err();
    let error = error.to_string();
    assert!(error.starts_with("cannot write `"), "{error}");
    assert!(error.contains(&too_long), "{error}");
}

/// Where files cannot have two names, those that are unchanged are copied.
#[test]
fn a_copy_keeps_its_time() {
    let place = before();
    let (from, to) = (
        place.path().join("generated/mod.rs"),
        place.path().join("copy"),
    );
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::options()
        .append(true)
        .open(&from)
        .unwrap()
        .set_modified(long_ago)
        .unwrap();
    copy_with_time(&from, &to).unwrap();
    assert_eq!(fs::read_to_string(&to).unwrap(), "old");
    assert_eq!(to.metadata().unwrap().modified().unwrap(), long_ago);
}

/// The directory of the last target goes missing by the change before.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
#[test]
fn changes_before_a_failure_are_rolled_back() {
    for there in [true, false] {
        let place = TempDir::new().unwrap();
        let at = |path: &str| place.path().join(path);
        fs::write(at("Cargo.toml"), "old").unwrap();
        fs::create_dir_all(at("other/deep")).unwrap();
        if there {
            bring(place.path(), old());
        }
        let one = |path: &str, contents| Target {
            at: at(path),
            label: String::new(),
            contents,
        };
        let targets = [
            one("Cargo.toml", Contents::File("new".to_owned())),
            target(place.path(), new()),
            one("other", Contents::Tree(files(&[("a", "")]))),
            one("other/deep/file", Contents::File("new".to_owned())),
        ];
        Plan::new(&targets).unwrap().apply().unwrap_err();
        let expect = if there { old() } else { Files::new() };
        assert_eq!(read(&at("generated")), expect);
        assert_eq!(fs::read_to_string(at("Cargo.toml")).unwrap(), "old");
        assert!(at("other/deep").is_dir());
        let left = fs::read_dir(place.path()).unwrap().count();
        assert_eq!(left, 2 + usize::from(there), "nothing is left beside");
    }
}

/// A file above it hides what is there, which is not as if nothing were.
#[test]
fn an_unreadable_path_is_an_error() {
    let place = TempDir::new().unwrap();
    fs::write(place.path().join("file"), "").unwrap();
    let below = place.path().join("file/generated");
    let error = scan(&below).unwrap_err().to_string();
    assert!(error.starts_with("cannot read `"), "{error}");
    let targets = [target(&place.path().join("file"), new())];
    let error = clean(&targets).unwrap_err().to_string();
    assert!(error.starts_with("cannot remove `"), "{error}");
}

#[test]
fn a_file_in_place_of_a_directory_is_named() {
    let place = TempDir::new().unwrap();
    let file = place.path().join("file");
    fs::write(&file, "").unwrap();
    let error = scan(&file).unwrap_err().to_string();
    assert!(
        error.ends_with("is not a directory: move it out of the way"),
        "{error}"
    );
    #[cfg(unix)]
    {
        let link = place.path().join("link");
        std::os::unix::fs::symlink(place.path(), &link).unwrap();
        let error = scan(&link).unwrap_err().to_string();
        assert!(
            error.contains("is a symbolic link, not a directory"),
            "{error}"
        );
    }
}

/// One in which files are about to be is no change that anybody has to see.
#[test]
fn an_empty_directory_is_extra() {
    let place = TempDir::new().unwrap();
    for empty in ["types", "left", "mod.rs.d"] {
        fs::create_dir_all(place.path().join("generated").join(empty)).unwrap();
    }
    let targets = [target(place.path(), new())];
    let plan = Plan::new(&targets).unwrap();
    let extra = plan
        .changes()
        .filter(|change| matches!(change.kind, Kind::Extra { .. }));
    let labels: Vec<_> = extra.map(|change| change.label.as_str()).collect();
    assert_eq!(labels, ["left", "mod.rs.d"]);
}
