//! The paths of entries that become paths of files.

use std::path::Path;

use super::fixture::{NAME, Staging, archive, patch, reason};

#[test]
fn files_in_directories() {
    let staging = Staging::new();
    let archive = archive(&[
        ("z/b.txt", "two"),
        ("a", "one"),
        ("empty/", ""),
        ("z/", ""),
        ("z/y/x/", ""),
        ("z/a", ""),
    ]);
    let unpacked = staging.extract(&archive).unwrap();
    let files = ["z/b.txt", "a", "z/a"].map(|path| Path::new(path).to_owned());
    assert_eq!(unpacked.files, files);
    assert_eq!(unpacked.bytes, 6);
    assert_eq!(
        staging.listing(),
        [
            "into/",
            "into/a=one",
            "into/empty/",
            "into/z/",
            "into/z/a=",
            "into/z/b.txt=two",
            "into/z/y/",
            "into/z/y/x/",
        ]
    );
}

/// As `zip -r out.zip .` and relatives of tar write them.
#[test]
fn from_the_directory_itself() {
    let staging = Staging::new();
    let entries = [
        ("./", ""),
        ("./a.txt", "one"),
        ("./b/", ""),
        ("b/././c", ""),
    ];
    let unpacked = staging.extract(&archive(&entries)).unwrap();
    let files = ["a.txt", "b/c"].map(|path| Path::new(path).to_owned());
    assert_eq!(unpacked.files, files);
    let expected = ["into/", "into/a.txt=one", "into/b/", "into/b/c="];
    assert_eq!(staging.listing(), expected);

    let refusal = Staging::new().extract(&archive(&[("a", ""), ("./a", "")]));
    let expected = "entry `./a` has the path of another entry";
    assert_eq!(reason(refusal.unwrap_err()), expected);
}

#[test]
fn nothing() {
    let staging = Staging::new();
    let unpacked = staging.extract(&archive(&[])).unwrap();
    assert!(unpacked.files.is_empty());
    assert_eq!(staging.listing(), ["into/"]);
}

#[test]
#[cfg(unix)]
fn odd_but_legal() {
    let names = [
        "a..b",
        "..a",
        "a..",
        "...",
        "a b",
        " ",
        "日本語",
        "12:30",
        "NUL",
        "%2e%2e",
        "-rf",
    ];
    let staging = Staging::new();
    let entries = names.map(|name| (name, name));
    let unpacked = staging.extract(&archive(&entries)).unwrap();
    assert_eq!(unpacked.files, names.map(|name| Path::new(name).to_owned()));
    let mut expected = names.map(|name| format!("into/{name}={name}"));
    expected.sort();
    assert_eq!(staging.listing()[1..], expected);
}

#[test]
fn hostile() {
    for (name, expected) in [
        (
            "../evil",
            "entry `../evil` has a path with the component `..`",
        ),
        (
            "a/../../evil",
            "entry `a/../../evil` has a path with the component `..`",
        ),
        ("../", "entry `../` has a path with the component `..`"),
        ("/tmp/evil", "entry `/tmp/evil` has an absolute path"),
        ("/", "entry `/` has an absolute path"),
        ("", "entry `` has an empty path"),
        ("a//b", "entry `a//b` has a path with an empty component"),
        ("a//", "entry `a//` has a path with an empty component"),
        ("a/.", "entry `a/.` has a path with the component `.`"),
        (".", "entry `.` has a path with the component `.`"),
        (".//evil", "entry `.//evil` has an absolute path"),
        (
            "./../evil",
            "entry `./../evil` has a path with the component `..`",
        ),
        (
            "./C:evil",
            "entry `./C:evil` has a path that begins with a drive letter",
        ),
        ("..\\evil", "entry `..\\evil` has a path with a backslash"),
        ("a\\", "entry `a\\` has a path with a backslash"),
        (
            "C:evil",
            "entry `C:evil` has a path that begins with a drive letter",
        ),
        (
            "a\0/../b",
            "entry `a\\u{0}/../b` has a path with a control character",
        ),
        ("a\nb", "entry `a\\nb` has a path with a control character"),
    ] {
        let staging = Staging::new();
        let archive = archive(&[("innocent", ""), (name, "evil")]);
        let refusal = staging.extract(&archive).unwrap_err();
        assert_eq!(reason(refusal), expected);
        assert_eq!(staging.listing(), ["into/"], "{name:?}");
    }
}

#[test]
fn two_of_one_name() {
    let staging = Staging::new();
    let mut archive = archive(&[("a", "one"), ("b", "two")]);
    patch(&mut archive, 1, NAME, b"a");
    let refusal = staging.extract(&archive).unwrap_err();
    assert_eq!(reason(refusal), "the archive has two entries of one name");
    assert_eq!(staging.listing(), ["into/"]);
}

/// As when one is marked as UTF-8, and the other is in the legacy encoding.
#[test]
fn two_names_of_one_path() {
    let staging = Staging::new();
    let mut archive = archive(&[("é", ""), ("x", "")]);
    patch(&mut archive, 1, NAME, b"\x82");
    let refusal = staging.extract(&archive).unwrap_err();
    assert_eq!(reason(refusal), "entry `é` has the path of another entry");
}

#[test]
fn a_file_for_a_directory() {
    for entries in [[("a", ""), ("a/b", "")], [("a/b", ""), ("a", "")]] {
        let staging = Staging::new();
        let refusal = staging.extract(&archive(&entries)).unwrap_err();
        let expected = "has a path that is both a file and a directory";
        assert!(reason(refusal).ends_with(expected));
        assert_eq!(staging.listing(), ["into/"]);
    }
}
