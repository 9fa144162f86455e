//! What Unix has beside names and content.

use std::fs;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, symlink};

use zip::System;
use zip::write::SimpleFileOptions;

use super::fixture::{Staging, archive, reason, with_options};

#[test]
fn executable_bits_alone() {
    for (system, mode, expected) in [
        (System::Unix, 0o100_644, 0o666),
        (System::Unix, 0o100_755, 0o777),
        (System::Unix, 0o107_777, 0o777),
        (System::Unix, 0o102_110, 0o776),
        (System::Unix, 0o100_000, 0o666),
        (System::Dos, 0o100_755, 0o666),
    ] {
        let staging = Staging::new();
        let options = SimpleFileOptions::default().system(system);
        let options = options.external_attributes(mode << 16);
        staging.extract(&with_options("a", options)).unwrap();
        let mode = fs::metadata(staging.inside().join("a")).unwrap().mode();
        assert_eq!(mode & 0o7777, expected & !umask(&staging), "{mode:o}");
    }
}

fn umask(staging: &Staging) -> u32 {
    let path = staging.outside().join("probe");
    let mut options = fs::OpenOptions::new();
    let file = options.write(true).create(true).mode(0o777).open(path);
    !file.unwrap().metadata().unwrap().mode() & 0o777
}

/// What is there is in the way as another entry is on a file system that takes both paths for one.
#[test]
fn nothing_is_overwritten() {
    for path in ["a", "a/b"] {
        let staging = Staging::new();
        fs::write(staging.inside().join("a"), "old").unwrap();
        let refusal = staging.extract(&archive(&[(path, "new")])).unwrap_err();
        assert_eq!(
            reason(refusal),
            "entry `a` has the path of another entry, by the rules of this file system"
        );
        assert_eq!(staging.listing(), ["into/", "into/a=old"]);
    }
}

#[test]
fn no_link_is_followed() {
    for path in ["a", "a/b", "a/"] {
        for target in ["", "missing"] {
            let staging = Staging::new();
            symlink(staging.outside().join(target), staging.inside().join("a")).unwrap();
            let refusal = staging.extract(&archive(&[(path, "")])).unwrap_err();
            assert!(reason(refusal).contains("has the path of another entry"));
            assert_eq!(fs::read_dir(staging.outside()).unwrap().count(), 1);
        }
    }
}
