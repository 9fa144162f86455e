//! The file that a download is written to until it is whole.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempPath};

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
    pub(super) fn passing(directory: &Path) -> io::Result<Self> {
        let (file, path) = builder().tempfile_in(directory)?.into_parts();
        Ok(Self { path, file })
    }

    /// Gives the file another name, by which no later download finds it.
    pub(super) fn hide(&mut self, directory: &Path) -> io::Result<()> {
        let hidden = builder().make_in(directory, |hidden| fs::rename(&self.path, hidden))?;
        self.path.disable_cleanup(true);
        self.path = hidden.into_temp_path();
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

/// Makes names that nothing has, and files that are as readable as any other.
fn builder() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(".download-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}
