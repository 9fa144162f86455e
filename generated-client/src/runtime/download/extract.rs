//! A download that ends as a directory: extracted beside its destination, and put there when it is
//! whole.

use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::path::{Path, PathBuf};

use super::file::paths::Place;
use super::file::temporary::{self, TemporaryDirectory};
use super::file::writer::Writer;
use super::mode::Mode;
use super::transfer::Transfer;
use super::unzip::{self, ExtractLimits, Refusal, Symlinks, Unpacked};
use crate::runtime::Error;
use crate::runtime::blocking::blocking;

/// The directory of an extracted archive.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Extracted {
    /// The path of the directory.
    pub directory: PathBuf,
    /// Its files, in the archive's order, relative to the directory.
    pub files: Vec<PathBuf>,
    /// Its symbolic links, likewise; see [`Download::extract_symlinks`](super::Download::extract_symlinks).
    pub symlinks: Vec<PathBuf>,
    /// The symbolic links that were not created, likewise.
    pub skipped_symlinks: Vec<PathBuf>,
    /// Bytes of all files together.
    pub bytes: u64,
    /// The digest of the archive, as in `sha256:e3b0c442…`.
    pub digest: String,
}

/// Downloads an archive and makes a directory of it, at a path where there is nothing, or an empty
/// directory.
pub(super) async fn extract(
    mut transfer: Transfer,
    directory: &Path,
    limits: ExtractLimits,
    symlinks: Symlinks,
) -> Result<Extracted, Error> {
    let directory = directory.to_owned();
    let place = blocking(move || vacant(directory)).await?;
    let archive = receive(&mut transfer, &place).await?;
    let staged = {
        let place = place.clone();
        blocking(move || unpack(archive, &place, &limits, symlinks)).await?
    };
    let (staging, unpacked) = staged;
    put(staging, &place).await?;
    Ok(Extracted {
        directory: place.given,
        files: unpacked.files,
        symlinks: unpacked.symlinks,
        skipped_symlinks: unpacked.skipped_symlinks,
        bytes: unpacked.bytes,
        digest: transfer.digest().to_string(),
    })
}

fn vacant(directory: PathBuf) -> Result<Place, Error> {
    let place = Place::new(directory)?;
    let is_vacant = match place.look()? {
        Some(found) => found.is_dir() && is_empty(&place)?,
        None => true,
    };
    if !is_vacant {
        return Err(place.exists());
    }
    temporary::clean(&place.parent, file_name(&place));
    Ok(place)
}

fn is_empty(place: &Place) -> Result<bool, Error> {
    let entries = fs::read_dir(&place.path);
    let mut entries =
        entries.map_err(|error| place.fault("the directory cannot be read", error))?;
    Ok(entries.next().is_none())
}

/// Downloads to a file that has no name, so that it goes with the process.
async fn receive(transfer: &mut Transfer, place: &Place) -> Result<File, Error> {
    let unwritable = |error| place.fault("the archive cannot be written", error);
    loop {
        transfer.open().await?;
        let parent = place.parent.clone();
        let archive = blocking(move || Ok(tempfile::tempfile_in(parent)));
        let mut writer = Writer::new(archive.await?.map_err(unwritable)?);
        let received = async {
            while let Some(bytes) = transfer.next().await? {
                writer.write(&bytes).await.map_err(unwritable)?;
            }
            Ok(())
        };
        let received = received.await;
        let archive = writer.finish().await;
        match received {
            Ok(()) => return archive.map_err(unwritable),
            Err(error) => transfer.restart(error).await?,
        }
    }
}

/// Extracts into a directory that is removed again when it is dropped.
fn unpack(
    archive: File,
    place: &Place,
    limits: &ExtractLimits,
    symlinks: Symlinks,
) -> Result<(TemporaryDirectory, Unpacked), Error> {
    let unusable = |error| place.fault("the directory cannot be created", error);
    let replaced = replaced(place)?;
    let mode = Mode::writable_directory(replaced);
    let staging = TemporaryDirectory::new(&place.parent, file_name(place), mode);
    let staging = staging.map_err(unusable)?;
    let unpacked = unzip::extract(archive, staging.path(), limits, symlinks);
    let unpacked = unpacked.map_err(|refusal| match refusal {
        Refusal::Archive(reason) => Error::archive(reason),
        Refusal::File { path, error } => {
            let path = place.given.join(path);
            let reason = format_args!("the archive cannot be extracted: `{}`", path.display());
            Error::file(reason, error)
        }
    })?;
    if let Some(mode) = replaced {
        mode.set_directory(staging.path()).map_err(unusable)?;
    }
    Ok((staging, unpacked))
}

/// The mode of the directory that is to be replaced.
fn replaced(place: &Place) -> Result<Option<Mode>, Error> {
    let found = place.look()?.filter(Metadata::is_dir);
    Ok(found.as_ref().map(Mode::of))
}

/// The last part of the path, of which there is one if it can be made.
fn file_name(place: &Place) -> &OsStr {
    place.path.file_name().unwrap_or_default()
}

/// Gives the directory its name. That is done here and not on another thread, where it would happen
/// even if nobody were waiting for it any more.
async fn put(staging: TemporaryDirectory, place: &Place) -> Result<(), Error> {
    // There, no directory can replace another.
    #[cfg(windows)]
    let _ = fs::remove_dir(&place.path);
    let Err(error) = fs::rename(staging.path(), &place.path) else {
        return Ok(());
    };
    let error = place.fault("the directory cannot be moved into place", error);
    blocking(move || {
        drop(staging);
        Err(error)
    })
    .await
}
