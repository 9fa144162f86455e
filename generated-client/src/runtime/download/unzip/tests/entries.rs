//! Entries that are no files, or none that can be read.

use zip::System;
use zip::write::SimpleFileOptions;

use super::fixture::{FLAGS, METHOD, Staging, archive, patch, reason, with_options};

#[track_caller]
fn check(archive: &[u8], expected: &str) {
    let staging = Staging::new();
    let refusal = staging.extract(archive).unwrap_err();
    assert_eq!(reason(refusal), expected);
    assert_eq!(staging.listing(), ["into/"]);
}

#[test]
fn special_files() {
    for (mode, expected) in [
        (0o010_644, "entry `a` is neither a file nor a directory"),
        (0o020_644, "entry `a` is neither a file nor a directory"),
        (0o060_644, "entry `a` is neither a file nor a directory"),
        (0o140_755, "entry `a` is neither a file nor a directory"),
        (
            0o040_755,
            "entry `a` has the mode of a directory and the name of a file",
        ),
    ] {
        for system in [System::Unix, System::Dos, System::WindowsNTFS] {
            let options = SimpleFileOptions::default().external_attributes(mode << 16);
            check(&with_options("a", options.system(system)), expected);
        }
    }
}

#[test]
fn a_link_by_the_name_of_a_directory() {
    let options = SimpleFileOptions::default().external_attributes(0o120_777 << 16);
    check(
        &with_options("a/", options),
        "entry `a/` has the mode of a symbolic link and the name of a directory",
    );
}

#[test]
fn directories_by_any_mode() {
    for mode in [0, 0o755, 0o100_644, 0o040_755] {
        let staging = Staging::new();
        let options = SimpleFileOptions::default().external_attributes(mode << 16);
        staging.extract(&with_options("a/", options)).unwrap();
        assert_eq!(staging.listing(), ["into/", "into/a/"]);
    }
}

#[test]
fn nothing_to_make_with_content() {
    check(
        &archive(&[("./", "content")]),
        "entry `./` is a directory with content",
    );
}

#[test]
fn directory_with_content() {
    check(
        &archive(&[("a/", "content")]),
        "entry `a/` is a directory with content",
    );
}

#[test]
fn encrypted() {
    let mut archive = archive(&[("a", "content")]);
    patch(&mut archive, 0, FLAGS, &1_u16.to_le_bytes());
    check(&archive, "entry `a` is encrypted");
}

#[test]
fn unsupported_methods() {
    for (method, name) in [(93_u16, "Zstd"), (12, "Bzip2"), (99, "Aes"), (7, "Unknown")] {
        let mut archive = archive(&[("a", "content")]);
        patch(&mut archive, 0, METHOD, &method.to_le_bytes());
        check(
            &archive,
            &format!("entry `a` is compressed by an unsupported method: `{name}`"),
        );
    }
}
