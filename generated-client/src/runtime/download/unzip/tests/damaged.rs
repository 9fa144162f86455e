//! Damaged archives, and files that are no archives.

use std::fs::File;
use std::path::Path;

use super::fixture::{CHECKSUM, NAME, SIZE, Staging, archive, patch, reason};
use crate::runtime::download::unzip::{ExtractLimits, Refusal, Symlinks, extract};

#[track_caller]
fn check(archive: &[u8], expected: &str) {
    let refusal = Staging::new().extract(archive).unwrap_err();
    assert_eq!(reason(refusal), expected);
}

#[test]
fn no_archive() {
    for download in [&b""[..], b"P", b"<html></html>", &[0; 10_000]] {
        check(
            download,
            "the download is no zip archive; `to_file` saves it as it is",
        );
    }
}

#[test]
fn wrong_checksum() {
    let mut archive = archive(&[("a", "content")]);
    patch(&mut archive, 0, CHECKSUM, b"\0\0\0\0");
    check(&archive, "entry `a` is damaged: `Invalid checksum`");
}

#[test]
fn wrong_size() {
    let mut archive = archive(&[("a", "content")]);
    for (size, reason) in [
        (6_u32, "File is larger than its declared uncompressed size"),
        (8, "File is smaller than its declared uncompressed size"),
    ] {
        patch(&mut archive, 0, SIZE, &size.to_le_bytes());
        check(&archive, &format!("entry `a` is damaged: `{reason}`"));
    }
}

#[test]
fn cut_anywhere() {
    let archive = archive(&[("a/b", "content"), ("c", "more of it")]);
    for length in 0..archive.len() {
        let staging = Staging::new();
        let refusal = staging.extract(&archive[..length]).unwrap_err();
        assert!(reason(refusal).starts_with(match length {
            ..2 => "the download is no zip archive",
            _ => "the archive is damaged: `",
        }));
        assert_eq!(staging.listing(), ["into/"]);
    }
}

/// The number of entries has 16 bits; a larger one is truncated or left at zero.
#[test]
fn more_entries_than_counted() {
    // With one byte, and with more than a byte can count.
    let name = |number: usize| number.to_string().repeat(1 + 299 * (number % 2));
    let names: Vec<_> = (0..7).map(name).collect();
    let entries: Vec<_> = names.iter().map(|name| (&**name, "")).collect();
    let mut whole = archive(&entries);
    // Of a long name, all but the first byte becomes a comment.
    patch(&mut whole, 3, 28, &1_u16.to_le_bytes());
    patch(&mut whole, 3, 32, &299_u16.to_le_bytes());
    for count in 0..7_u16 {
        let mut archive = whole.clone();
        let end = archive.len() - 22;
        for at in [8, 10] {
            archive[end + at..][..2].copy_from_slice(&count.to_le_bytes());
        }
        let expected = format!("the archive lists more entries than the {count} that it counts");
        check(&archive, &expected);
        check(&[b"prefix", &*archive].concat(), &expected);
        archive.truncate(end + 20);
        archive.extend(b"\x07\0comment");
        check(&archive, &expected);
    }
    check(
        &many_entries(65_541),
        "the archive lists more entries than the 5 that it counts",
    );
}

/// An archive with more entries than its end has bits for. All of them have the same content.
fn many_entries(count: u32) -> Vec<u8> {
    let mut archive = archive(&[("00000", "")]);
    let end = archive.split_off(archive.len() - 22);
    let start = archive.windows(4).position(|bytes| bytes == b"PK\x01\x02");
    let header = archive.split_off(start.unwrap());
    let offset = u32::try_from(archive.len()).unwrap();
    for number in 0..count {
        archive.extend(&header[..NAME]);
        archive.extend(format!("{number:05}").as_bytes());
    }
    let bytes = u32::try_from(archive.len()).unwrap() - offset;
    archive.extend(&end[..8]);
    archive.extend(&count.to_le_bytes()[..2]);
    archive.extend(&count.to_le_bytes()[..2]);
    archive.extend(bytes.to_le_bytes());
    archive.extend(offset.to_le_bytes());
    archive.extend(&end[20..]);
    archive
}

#[test]
fn unreadable() {
    let staging = Staging::new();
    let write_only = File::create(staging.outside().join("archive")).unwrap();
    let limits = ExtractLimits::default();
    let refusal = extract(write_only, &staging.inside(), &limits, Symlinks::Skip).unwrap_err();
    assert!(matches!(refusal, Refusal::File { path, .. } if path == Path::new("")));
}

#[test]
fn overlong_names() {
    let name = format!("a/{}", "x".repeat(60_000));
    let refusal = Staging::new()
        .extract(&archive(&[(&name, "")]))
        .unwrap_err();
    assert!(matches!(refusal, Refusal::File { path, .. } if path.starts_with("a")));
}

/// Every kind of damage is an error; readable entries stay within the directory.
#[test]
fn changed_at_random() {
    let whole = archive(&[("a/b", "content"), ("c", "more of it"), ("d/", "")]);
    let mut random = fastrand::Rng::with_seed(1);
    let mut refused = 0;
    for _ in 0..200 {
        let mut archive = whole.clone();
        for _ in 0..random.usize(1..4) {
            let at = random.usize(..archive.len());
            archive[at] = random.u8(..);
        }
        let staging = Staging::new();
        refused += usize::from(staging.extract(&archive).is_err());
        let outside = |path: &String| !path.starts_with("into/");
        assert!(!staging.listing().iter().any(outside));
    }
    assert!(refused > 100, "{refused}");
}
