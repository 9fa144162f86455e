//! Links in archives, and attacks through them.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::fixture::{METHOD, OFFSET, Staging, open, patch, reason};
use crate::runtime::download::unzip::{ExtractLimits, Refusal, Symlinks, Unpacked, extract};

const LINK: &str = "->";

/// An archive of files with content and of links, whose content is an arrow and the target.
fn archive(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        let mut options = SimpleFileOptions::default();
        let mut content = *content;
        if let Some(target) = content.strip_prefix(LINK) {
            options = options.external_attributes(0o120_777 << 16);
            content = target;
        }
        writer.start_file(name, options).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn make(staging: &Staging, entries: &[(&str, &str)]) -> Result<Unpacked, Refusal> {
    let limits = ExtractLimits::default();
    let archive = open(&archive(entries));
    extract(archive, &staging.inside(), &limits, Symlinks::Make)
}

/// Refused, with no file outside.
#[track_caller]
fn check_refused(entries: &[(&str, &str)], expected: &str) {
    let staging = Staging::new();
    let refusal = make(&staging, entries).unwrap_err();
    assert_eq!(reason(refusal), expected);
    assert_eq!(fs::read_dir(staging.outside()).unwrap().count(), 1);
}

#[test]
fn skipped_by_default() {
    let staging = Staging::new();
    let entries = [
        ("a", "one"),
        ("b", "->a"),
        ("c/d", "->/etc/passwd"),
        ("c/e", "two"),
        ("f", "->../.."),
    ];
    let unpacked = staging.extract(&archive(&entries)).unwrap();
    assert_eq!(unpacked.files, [Path::new("a"), Path::new("c/e")]);
    assert!(unpacked.symlinks.is_empty());
    let skipped = ["b", "c/d", "f"].map(Path::new);
    assert_eq!(unpacked.skipped_symlinks, skipped);
    assert_eq!(unpacked.bytes, 6);
    let expected = ["into/", "into/a=one", "into/c/", "into/c/e=two"];
    assert_eq!(staging.listing(), expected);
}

#[cfg(unix)]
#[test]
fn made() {
    let staging = Staging::new();
    let entries = [
        ("latest", "->versions/2/"),
        ("versions/2/a", "two"),
        ("versions/1/b", "->../2/a"),
        ("versions/1/up", "->../.."),
        ("chain", "->versions/1/b"),
        ("nowhere", "->./missing"),
        ("itself", "->itself"),
    ];
    let unpacked = make(&staging, &entries).unwrap();
    assert_eq!(unpacked.files, [Path::new("versions/2/a")]);
    assert_eq!(unpacked.symlinks.len(), 6);
    assert!(unpacked.skipped_symlinks.is_empty());
    assert_eq!(unpacked.bytes, 3);
    for (name, content) in &entries {
        let path = staging.inside().join(name);
        if let Some(target) = content.strip_prefix(LINK) {
            assert_eq!(fs::read_link(path).unwrap(), Path::new(target));
        }
    }
    for path in ["latest/a", "chain", "versions/1/up/latest/a"] {
        let path = staging.inside().join(path);
        assert_eq!(fs::read_to_string(path).unwrap(), "two");
    }
}

/// The operating system resolves each of them.
#[cfg(unix)]
#[test]
fn never_out_of_the_directory() {
    let parts = ["..", "a", "b", "a/..", ".", "../..", "c/a"];
    let mut targets: Vec<_> = parts.iter().map(|part| (*part).to_owned()).collect();
    for one in parts {
        targets.extend(parts.map(|other| format!("{one}/{other}")));
    }
    let mut random = fastrand::Rng::with_seed(1);
    let mut made = 0;
    for _ in 0..250 {
        let mut target = || format!("{LINK}{}", targets[random.usize(..targets.len())]);
        let (one, two, three) = (target(), target(), target());
        let entries = [("a", &*one), ("c/b", &*two), ("c/a", &*three), ("b/f", "")];
        let staging = Staging::new();
        fs::create_dir(staging.outside().join("a")).unwrap();
        if make(&staging, &entries).is_err() {
            continue;
        }
        made += 1;
        let root = staging.inside().canonicalize().unwrap();
        for link in ["a", "c/b", "c/a"] {
            if let Ok(end) = root.join(link).canonicalize() {
                assert!(end.starts_with(&root), "{link}: {entries:?}");
            }
        }
    }
    assert!(made > 10, "{made}");
}

#[test]
fn out_of_the_directory() {
    let out = "is a symbolic link that leads out of the directory, or could";
    for (entries, expected) in [
        (&[("a", "->..")][..], format!("entry `a` {out}")),
        (&[("a/b", "->../..")], format!("entry `a/b` {out}")),
        (
            &[("d/a", "->.."), ("x", "->d/a/..")],
            format!("entry `x` {out}"),
        ),
        (
            &[("a", "->/etc")],
            "entry `a` is a symbolic link to an absolute path".to_owned(),
        ),
        (
            &[("a", "->")],
            "entry `a` is a symbolic link to an empty path".to_owned(),
        ),
    ] {
        check_refused(entries, &expected);
    }
    let long = format!("{LINK}{}", "a/".repeat(2049));
    check_refused(
        &[("a", &long)],
        "entry `a` is a symbolic link to a path that is too long",
    );
}

/// Nothing can be below a link, in any order of the entries.
#[test]
fn nothing_below_a_link() {
    let both = "has a path that is both a file and a directory";
    for (entries, name) in [
        ([("a", "->b"), ("a/f", "evil")], "a/f"),
        ([("a/f", "evil"), ("a", "->b")], "a"),
        ([("a", "->b"), ("./a/./f", "evil")], "./a/./f"),
        ([("a", "->."), ("a/", "")], "a/"),
        ([("a/", ""), ("a", "->.")], "a"),
    ] {
        for symlinks in [Symlinks::Skip, Symlinks::Make] {
            let staging = Staging::new();
            let archive = open(&archive(&entries));
            let limits = ExtractLimits::default();
            let refusal = extract(archive, &staging.inside(), &limits, symlinks).unwrap_err();
            assert_eq!(reason(refusal), format!("entry `{name}` {both}"));
        }
    }
}

#[test]
fn two_links_of_one_path() {
    let expected = "entry `./a` has the path of another entry";
    check_refused(&[("a", "->b"), ("./a", "->c")], expected);
    check_refused(&[("a", "->b"), ("./a", "")], expected);
}

/// If two names are one to the file system, an existing file is neither replaced nor followed.
#[cfg(unix)]
#[test]
fn existing_entries_are_kept() {
    for is_directory in [true, false] {
        let staging = Staging::new();
        let way = staging.inside().join("a");
        if is_directory {
            fs::create_dir(&way).unwrap();
        } else {
            fs::write(&way, "").unwrap();
        }
        let refusal = make(&staging, &[("a", "->b"), ("f", "")]).unwrap_err();
        let expected = "entry `a` has the path of another entry, by the rules of this file system";
        assert_eq!(reason(refusal), expected);
        assert!(!way.is_symlink());
    }
}

/// Links come last, so none exists when a directory or a file is created.
#[cfg(unix)]
#[test]
fn links_come_last() {
    let staging = Staging::new();
    let mut archive = archive(&[("a", "->b"), ("f", "content")]);
    patch(&mut archive, 1, METHOD, &0_u16.to_le_bytes());
    let limits = ExtractLimits::default();
    let archive = open(&archive);
    let extracted = extract(archive, &staging.inside(), &limits, Symlinks::Make);
    extracted.unwrap_err();
    let a = staging.inside().join("a");
    assert!(!a.is_symlink());
}

/// The content of a link counts, whatever length the archive announces.
#[test]
fn damaged() {
    let staging = Staging::new();
    let mut archive = archive(&[("a", "->bcdef"), ("f", "content")]);
    patch(&mut archive, 0, OFFSET, &1_u32.to_le_bytes());
    let limits = ExtractLimits::default();
    let archive = open(&archive);
    let extracted = extract(archive, &staging.inside(), &limits, Symlinks::Make);
    assert!(reason(extracted.unwrap_err()).starts_with("entry `a` is damaged"));
}
