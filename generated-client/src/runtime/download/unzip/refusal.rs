//! Reasons why an archive is not extracted.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use zip::result::ZipError;

use crate::runtime::text::Beginning;

/// Maximum characters of a name that are shown.
const SHOWN: usize = 200;

/// The reason why an archive is not extracted.
#[derive(Debug)]
pub(in crate::runtime::download) enum Refusal {
    /// The archive is refused; the reason is one line.
    Archive(String),
    /// The file system failed at a path within the directory; an empty path is the archive itself.
    File { path: PathBuf, error: io::Error },
}

impl Refusal {
    /// The reason is one entry.
    pub(super) fn entry(name: &str, reason: impl fmt::Display) -> Self {
        Self::Archive(format!("entry `{}` {reason}", Beginning(name, SHOWN)))
    }

    /// Something cannot be created in the directory.
    ///
    /// The directory was empty, so the obstacle was created for an entry with another path, which is
    /// the same to a file system that ignores case.
    pub(super) fn write(path: &Path, error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::AlreadyExists {
            let reason = "has the path of another entry, by the rules of this file system";
            return Self::entry(&path.to_string_lossy(), reason);
        }
        Self::File {
            path: path.to_owned(),
            error,
        }
    }

    /// The archive cannot be read: all of it, or the entry of this name.
    pub(super) fn read(name: Option<&str>, error: ZipError) -> Self {
        let reason = match error {
            ZipError::Io(error) if error.raw_os_error().is_some() => {
                let path = PathBuf::new();
                return Self::File { path, error };
            }
            ZipError::Io(error) => error.to_string(),
            ZipError::InvalidArchive(reason) => reason.into_owned(),
            ZipError::UnsupportedArchive(reason) => reason.to_owned(),
            error => error.to_string(),
        };
        let reason = format!("is damaged: `{}`", Beginning(&reason, SHOWN));
        match name {
            Some(name) => Self::entry(name, reason),
            None => Self::Archive(format!("the archive {reason}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: &str) {
        match Refusal::entry(name, "is encrypted") {
            Refusal::Archive(reason) => assert_eq!(reason, expected),
            Refusal::File { path, error } => panic!("{}: {error}", path.display()),
        }
    }

    #[test]
    fn names_on_one_line() {
        check("a b", "entry `a b` is encrypted");
        check(
            "a\n\u{202e}txt.exe",
            "entry `a\\n\\u{202e}txt.exe` is encrypted",
        );
        let long = "ü".repeat(200);
        check(&long, &format!("entry `{long}` is encrypted"));
        check(
            &format!("{long}ü"),
            &format!("entry `{long}…` is encrypted"),
        );
    }
}
