//! The file that a download is written to until it is whole.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::temporary;
use crate::runtime::download::mode::Mode;

/// A file that is not at its destination yet. Dropping it removes it, unless a later download can go
/// on from it.
pub(super) struct Target {
    /// Goes before the file does, so that nobody can lock what is to be removed.
    pub(super) path: TempPath,
    pub(super) file: File,
}

impl Target {
    /// A file that stays, for a later download to go on from.
    pub(super) fn staying(file: File, path: PathBuf) -> io::Result<Self> {
        let mut path = TempPath::try_from_path(path)?;
        path.disable_cleanup(true);
        Ok(Self { path, file })
    }

    /// A new file of which no later download can make anything.
    pub(super) fn passing(directory: &Path, file_name: &OsStr, mode: Mode) -> io::Result<Self> {
        let (file, path) = temporary::create(directory, file_name, mode)?;
        Ok(Self { path, file })
    }

    /// Gives the file another name, by which no later download goes on from it.
    pub(super) fn hide(&mut self, directory: &Path, file_name: &OsStr) -> io::Result<()> {
        let hidden = temporary::rename(&self.path, directory, file_name)?;
        self.path.disable_cleanup(true);
        self.path = hidden;
        Ok(())
    }

    /// Removes the file, whatever can be made of it.
    pub(super) fn remove(mut self) {
        self.path.disable_cleanup(false);
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
