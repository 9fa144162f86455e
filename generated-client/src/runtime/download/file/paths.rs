//! What a path must be for something to be put there.

use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::runtime::Error;

/// A path as the caller gave it, and the same whatever the current directory will be.
#[derive(Clone, Debug)]
pub(in crate::runtime::download) struct Place {
    pub(in crate::runtime::download) given: PathBuf,
    pub(in crate::runtime::download) path: PathBuf,
    /// The directory that it is in, which is there.
    pub(in crate::runtime::download) parent: PathBuf,
}

impl Place {
    pub(in crate::runtime::download) fn new(given: PathBuf) -> Result<Self, Error> {
        let absolute = std::path::absolute(&given);
        let absolute = absolute.map_err(|error| fault("the path cannot be used", &given, error))?;
        let Some(parent) = absolute.parent().map(Path::to_owned) else {
            let error = ErrorKind::InvalidInput.into();
            return Err(fault("the path has no parent", &given, error));
        };
        let found = fs::metadata(&parent);
        let found = found.map_err(|error| fault("the parent cannot be used", &given, error))?;
        if !found.is_dir() {
            let error = ErrorKind::NotADirectory.into();
            return Err(fault("the parent is no directory", &given, error));
        }
        Ok(Self {
            given,
            path: absolute,
            parent,
        })
    }

    /// What is here. Any error but that there is nothing says that nothing can be made here either.
    pub(in crate::runtime::download) fn look(&self) -> Result<Option<Metadata>, Error> {
        match self.path.symlink_metadata() {
            Ok(found) => Ok(Some(found)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.fault("the path cannot be used", error)),
        }
    }

    /// An error of something that cannot be done here.
    pub(in crate::runtime::download) fn fault(&self, reason: &str, error: io::Error) -> Error {
        fault(reason, &self.given, error)
    }

    /// An error of something that is here already.
    pub(in crate::runtime::download) fn exists(&self) -> Error {
        let reason = "the path exists already";
        self.fault(reason, ErrorKind::AlreadyExists.into())
    }
}

fn fault(reason: &str, path: &Path, error: io::Error) -> Error {
    Error::file(format_args!("{reason}: `{}`", path.display()), error)
}
