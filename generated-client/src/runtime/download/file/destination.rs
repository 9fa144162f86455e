//! Where a download goes when it is whole.

use std::ffi::{OsStr, OsString};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use reqwest::Url;
use tempfile::TempPath;

use super::paths::Place;
use super::target::Target;
use crate::runtime::Error;
use crate::runtime::download::version::Route;

/// A path at which there is nothing, or what may be replaced.
#[derive(Clone, Debug)]
pub(super) struct Destination {
    pub(super) place: Place,
    pub(super) file_name: OsString,
    /// Where the content comes from, and that it goes here.
    pub(super) route: Route,
    overwrite: bool,
}

impl Destination {
    /// Checks what can be known before there is any content.
    pub(super) fn new(path: PathBuf, overwrite: bool, request: &Url) -> Result<Self, Error> {
        let place = Place::new(path)?;
        let Some(file_name) = file_name(&place.given).map(OsStr::to_owned) else {
            let error = ErrorKind::InvalidInput.into();
            return Err(place.fault("the path has no file name", error));
        };
        match place.path.symlink_metadata() {
            Ok(_) if !overwrite => return Err(place.exists()),
            Ok(found) if !found.is_file() && !found.is_symlink() => {
                let error = ErrorKind::AlreadyExists.into();
                return Err(place.fault("what is there is no file", error));
            }
            _ => {}
        }
        Ok(Self {
            place,
            route: Route::new(request, &file_name),
            file_name,
            overwrite,
        })
    }

    pub(super) fn directory(&self) -> &Path {
        &self.place.parent
    }

    /// Puts a file here that is whole.
    pub(super) fn take(&self, target: Target) -> Result<(), Error> {
        let Target { path, file } = target;
        file.sync_all().map_err(|error| self.unwritable(error))?;
        self.rename(path)?;
        self.sync_directory();
        Ok(())
    }

    fn rename(&self, path: TempPath) -> Result<(), Error> {
        let renamed = if self.overwrite {
            path.persist(&self.place.path)
        } else {
            path.persist_noclobber(&self.place.path)
        };
        renamed.map_err(|mut refused| {
            if refused.error.kind() == ErrorKind::AlreadyExists {
                refused.path.disable_cleanup(false);
                return self.place.exists();
            }
            self.unwritable(refused.error)
        })
    }

    /// Makes the new name as lasting as the content. Not every file system can, and the file is in
    /// its place all the same.
    #[cfg(unix)]
    fn sync_directory(&self) {
        let directory = std::fs::File::open(self.directory());
        let _ = directory.and_then(|directory| directory.sync_all());
    }

    #[cfg(not(unix))]
    fn sync_directory(&self) {}

    /// An error of writing what is to go here.
    pub(super) fn unwritable(&self, error: io::Error) -> Error {
        self.place.fault("the file cannot be written", error)
    }

    /// An error of locking what is to go here.
    pub(super) fn taken(&self, error: io::Error) -> Error {
        let reason = "another download to the path is under way";
        self.place.fault(reason, error)
    }
}

/// The last part of a path, unless a separator or a dot follows it: that is the path of a directory.
fn file_name(path: &Path) -> Option<&OsStr> {
    let name = path.file_name()?;
    let whole = path.as_os_str().as_encoded_bytes();
    whole.ends_with(name.as_encoded_bytes()).then_some(name)
}
