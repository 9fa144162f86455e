//! Where a download goes when it is whole.

use std::ffi::{OsStr, OsString};
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use reqwest::Url;
use tempfile::TempPath;
use tokio::task::spawn_blocking;

use super::paths::Place;
use super::target::Target;
use super::temporary;
use crate::runtime::Error;
use crate::runtime::blocking::blocking;
use crate::runtime::download::mode::Mode;
use crate::runtime::download::version::Route;

/// A path at which there is nothing, or what may be replaced.
#[derive(Clone, Debug)]
pub(super) struct Destination {
    pub(super) place: Place,
    pub(super) file_name: OsString,
    /// Where the content comes from, and that it goes here.
    pub(super) route: Route,
    overwrite: bool,
    /// Those of the file that is to be replaced.
    replaced: Option<Mode>,
}

impl Destination {
    /// Checks what can be known before there is any content.
    pub(super) fn new(path: PathBuf, overwrite: bool, request: &Url) -> Result<Self, Error> {
        let place = Place::new(path)?;
        let Some(file_name) = file_name(&place.given).map(OsStr::to_owned) else {
            let error = ErrorKind::InvalidInput.into();
            return Err(place.fault("the path has no file name", error));
        };
        let found = place.look()?;
        match &found {
            Some(_) if !overwrite => return Err(place.exists()),
            Some(found) if !found.is_file() && !found.is_symlink() => {
                let error = ErrorKind::AlreadyExists.into();
                return Err(place.fault("the path is no file", error));
            }
            _ => {}
        }
        Ok(Self {
            place,
            route: Route::new(request, &file_name),
            file_name,
            overwrite,
            replaced: replaced(found),
        })
    }

    pub(super) fn directory(&self) -> &Path {
        &self.place.parent
    }

    /// What is made for this destination has this mode as long as it is written.
    pub(super) fn mode(&self) -> Mode {
        let writable = |mode: Mode| mode.with(0o600);
        self.replaced.map_or(Mode::FILE, writable)
    }

    /// Keeps a file that was made earlier from those who may not read the one that it replaces.
    pub(super) fn guard(&self, file: &File) -> io::Result<()> {
        match self.replaced {
            Some(_) => self.mode().set(file),
            None => Ok(()),
        }
    }

    /// Makes a file of which no later download can make anything.
    pub(super) fn passing(&self) -> Result<Target, Error> {
        let target = Target::passing(self.directory(), &self.file_name, self.mode());
        target.map_err(|error| self.unwritable(error))
    }

    /// Removes what downloads to this path have left whose process was killed.
    pub(super) fn clean(&self) {
        temporary::clean(self.directory(), &self.file_name);
    }

    /// Puts a file here that is whole.
    ///
    /// The last step is done here and not on another thread, where it would happen even if nobody were
    /// waiting for it any more.
    pub(super) async fn take(&self, target: Target) -> Result<(), Error> {
        let destination = self.clone();
        let whole = blocking(move || destination.complete(target)).await?;
        self.rename(whole.path)?;
        let destination = self.clone();
        // Not waited for: the file is there.
        spawn_blocking(move || destination.sync_directory());
        Ok(())
    }

    fn complete(&self, target: Target) -> Result<Target, Error> {
        let found = self.place.look()?;
        let kept = replaced(found).or(self.replaced);
        let complete = || {
            kept.map_or(Ok(()), |mode| mode.set(&target.file))?;
            target.file.sync_all()
        };
        complete().map_err(|error| self.unwritable(error))?;
        Ok(target)
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

fn replaced(found: Option<Metadata>) -> Option<Mode> {
    let file = found.filter(Metadata::is_file);
    file.as_ref().map(Mode::of)
}

/// The last part of a path, unless a separator or a dot follows it: that is the path of a directory.
fn file_name(path: &Path) -> Option<&OsStr> {
    let name = path.file_name()?;
    let whole = path.as_os_str().as_encoded_bytes();
    whole.ends_with(name.as_encoded_bytes()).then_some(name)
}
