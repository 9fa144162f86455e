//! Archives beyond the limits.

use std::fs;
use std::io::BufReader;

use super::fixture::{OFFSET, Staging, archive, open, patch, reason};
use crate::runtime::download::unzip::{ExtractLimits, Symlinks, directory, plan, unpack};

#[track_caller]
fn check(archive: &[u8], limits: &ExtractLimits, expected: Result<(), &str>) {
    let staging = Staging::new();
    let extracted = staging.extract_within(archive, limits);
    let outcome = extracted.map(|_| ()).map_err(reason);
    assert_eq!(outcome.as_ref().copied().map_err(|e| &**e), expected);
    assert_eq!(staging.listing().len() == 1, expected.is_err());
}

#[test]
fn bytes() {
    let archive = archive(&[("a", "0123"), ("b", "456"), ("c", "")]);
    let limits = |bytes| ExtractLimits::default().total_bytes(bytes);
    check(&archive, &limits(7), Ok(()));
    let expected = "the archive becomes more than 6 bytes";
    check(&archive, &limits(6), Err(expected));
}

#[test]
fn files_and_directories() {
    let archive = archive(&[("a/b/c", ""), ("a/d", ""), ("a/", "")]);
    let limits = |entries| ExtractLimits::default().entries(entries);
    check(&archive, &limits(4), Ok(()));
    let expected = "entry `a/d` is beyond the limit of 3 files and directories";
    check(&archive, &limits(3), Err(expected));
    let expected = "entry `a/b/c` is beyond the limit of 0 files and directories";
    check(&archive, &limits(0), Err(expected));
}

#[test]
fn the_same_content_often() {
    let mut archive = archive(&[("a", "0123456789"), ("b", "0123456789")]);
    patch(&mut archive, 1, OFFSET, &0_u32.to_le_bytes());
    let limits = ExtractLimits::default().total_bytes(19);
    let expected = "the archive becomes more than 19 bytes";
    check(&archive, &limits, Err(expected));
}

/// Whatever the archive announced when it was planned.
#[test]
fn bytes_as_written() {
    let staging = Staging::new();
    let content = "x".repeat(1_000_000);
    let mut archive = BufReader::new(open(&archive(&[("a", "0123"), ("b", &content)])));
    let limits = ExtractLimits::default();
    let directory = directory::read(&mut archive, &limits).unwrap();
    let plan = plan::plan(&directory, &limits).unwrap();

    let limits = limits.total_bytes(500_000);
    let (into, symlinks) = (staging.inside(), Symlinks::Skip);
    let unpacked = unpack::unpack(&mut archive, &directory, plan, &into, &limits, symlinks);
    let expected = "the archive becomes more than 500000 bytes";
    assert_eq!(reason(unpacked.unwrap_err()), expected);
    let written = fs::metadata(staging.inside().join("b")).unwrap().len();
    assert!((400_000..=500_000).contains(&written), "{written}");
}

#[test]
fn long_directories() {
    let names: Vec<_> = (10..30).map(|n| n.to_string().repeat(30_000)).collect();
    let entries: Vec<_> = names.iter().map(|name| (&**name, "")).collect();
    let limits = ExtractLimits::default().entries(20);
    let expected = "the archive lists its entries in more than 1053696 bytes";
    check(&archive(&entries), &limits, Err(expected));
}

/// Memory is reserved for announced entries, so such announcements are refused first.
#[test]
fn promises() {
    let limits = ExtractLimits::default().entries(100);
    for (bytes, entries, expected) in [
        (44, 101, "the archive has more than 100 entries"),
        (44, u64::MAX, "the archive has more than 100 entries"),
        (
            1 << 40,
            100,
            "the archive lists its entries in more than 1074176 bytes",
        ),
        (
            44,
            100,
            "the archive is damaged: `Invalid Central Directory header`",
        ),
    ] {
        check(&zip64_end(bytes, entries), &limits, Err(expected));
    }
}

/// An archive that is only an end, in the form for large ones.
fn zip64_end(bytes: u64, entries: u64) -> Vec<u8> {
    let mut archive = b"PK".repeat(5_000);
    let start = archive.len() as u64;
    archive.extend(b"PK\x06\x06");
    archive.extend(bytes.to_le_bytes());
    archive.extend([0; 12]);
    for number in [entries, entries, start, 0] {
        archive.extend(number.to_le_bytes());
    }
    archive.extend(b"PK\x06\x07\0\0\0\0");
    archive.extend(start.to_le_bytes());
    archive.extend(b"\x01\0\0\0PK\x05\x06\0\0\0\0");
    archive.extend([0xff; 12]);
    archive.extend([0; 2]);
    archive
}
