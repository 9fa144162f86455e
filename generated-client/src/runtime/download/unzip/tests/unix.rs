//! Permissions and special files of Unix.

use std::fs;
use std::io::Cursor;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, symlink};

use zip::write::SimpleFileOptions;
use zip::{System, ZipWriter};

use super::fixture::{Staging, archive, reason};

/// No permission beyond the archive's and the umask's.
#[test]
fn modes() {
    for (mode, of_file, of_directory) in [
        (0, 0o666, 0o777),
        (0o644, 0o644, 0o744),
        (0o100_644, 0o644, 0o744),
        (0o100_755, 0o755, 0o755),
        (0o100_600, 0o600, 0o700),
        (0o100_400, 0o400, 0o700),
        (0o100_777, 0o777, 0o777),
        (0o107_777, 0o777, 0o777),
        (0o104_110, 0o110, 0o710),
        (0o100_000, 0o000, 0o700),
    ] {
        for system in [System::Unix, System::Dos] {
            let staging = Staging::new();
            let options = SimpleFileOptions::default().system(system);
            let options = options.external_attributes(mode << 16);
            let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
            // Its entry comes late, and the directory above it has none.
            for name in ["a", "b/c/d", "b/c/"] {
                writer.start_file(name, options).unwrap();
            }
            let archive = writer.finish().unwrap().into_inner();
            staging.extract(&archive).unwrap();
            let umask = umask(&staging);
            for (path, expected) in [
                ("a", of_file),
                ("b/c/d", of_file),
                ("b/c", of_directory),
                ("b", 0o777),
            ] {
                let found = fs::metadata(staging.inside().join(path)).unwrap().mode();
                assert_eq!(found & 0o7777, expected & !umask, "{mode:o} {path}");
            }
        }
    }
}

fn umask(staging: &Staging) -> u32 {
    let path = staging.outside().join("probe");
    let mut options = fs::OpenOptions::new();
    let file = options.write(true).create(true).mode(0o777).open(path);
    !file.unwrap().metadata().unwrap().mode() & 0o777
}

/// An existing file is in the way like another entry on a file system that treats both paths as one.
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
fn symlinks_are_not_followed() {
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
