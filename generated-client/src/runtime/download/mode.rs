//! Permissions of files and directories, on systems with modes.

#[cfg(feature = "unzip")]
use std::fs::DirBuilder;
use std::fs::{File, Metadata, OpenOptions};
use std::io;
#[cfg(feature = "unzip")]
use std::path::Path;

/// The permissions of a file or a directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mode(u32);

impl Mode {
    /// What a file is made with, but for what the umask takes away.
    pub(super) const FILE: Self = Self(0o666);

    /// The same of a directory.
    #[cfg(feature = "unzip")]
    pub(super) const DIRECTORY: Self = Self(0o777);

    #[cfg(feature = "unzip")]
    pub(super) fn new(bits: u32) -> Self {
        Self(bits)
    }

    /// The recorded permissions of a directory, and the owner's to write to it.
    #[cfg(feature = "unzip")]
    pub(super) fn writable_directory(recorded: Option<Self>) -> Self {
        recorded.map_or(Self::DIRECTORY, |mode| mode.with(0o700))
    }

    /// These permissions and those.
    pub(super) fn with(self, bits: u32) -> Self {
        Self(self.0 | bits)
    }
}

#[cfg(unix)]
mod unix {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};

    use super::*;

    impl Mode {
        /// Those of what is there. A file that runs as somebody else loses that with its content.
        pub(in super::super) fn of(found: &Metadata) -> Self {
            let bits = if found.is_dir() { 0o7777 } else { 0o777 };
            Self(found.mode() & bits)
        }

        /// Has a file made with these, but for what the umask takes away.
        pub(in super::super) fn make_file(self, options: &mut OpenOptions) {
            options.mode(self.0);
        }

        #[cfg(feature = "unzip")]
        pub(in super::super) fn make_directory(self, builder: &mut DirBuilder) {
            std::os::unix::fs::DirBuilderExt::mode(builder, self.0);
        }

        /// Gives them to a file, umask or not.
        pub(in super::super) fn set(self, file: &File) -> io::Result<()> {
            if Self::of(&file.metadata()?) == self {
                return Ok(());
            }
            file.set_permissions(Permissions::from_mode(self.0))
        }

        #[cfg(feature = "unzip")]
        pub(in super::super) fn set_directory(self, directory: &Path) -> io::Result<()> {
            std::fs::set_permissions(directory, Permissions::from_mode(self.0))
        }
    }
}

#[cfg(not(unix))]
impl Mode {
    pub(super) fn of(_: &Metadata) -> Self {
        Self::FILE
    }

    pub(super) fn make_file(self, _: &mut OpenOptions) {}

    #[cfg(feature = "unzip")]
    pub(super) fn make_directory(self, _: &mut DirBuilder) {}

    pub(super) fn set(self, _: &File) -> io::Result<()> {
        Ok(())
    }

    #[cfg(feature = "unzip")]
    pub(super) fn set_directory(self, _: &Path) -> io::Result<()> {
        Ok(())
    }
}
