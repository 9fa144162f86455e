//! What a download leaves that was cut off, and what the next one makes of it.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::PathBuf;

use sha2::{Digest as _, Sha256};

use super::destination::Destination;
use super::lock;
use super::names::{key_of, part_name};
use super::target::Target;
use crate::runtime::Error;
use crate::runtime::download::earlier::Earlier;

/// How many bytes are read at a time.
const BUFFER: usize = 256 * 1024;

/// The beginning of some version of the content, in a file that is locked.
pub(super) struct Part {
    pub(super) earlier: Earlier,
    /// Where more can be written.
    pub(super) target: Target,
}

/// Looks for what an earlier download to the same destination has left: of several files for the
/// newest, and the others are removed.
///
/// # Errors
///
/// When another download is under way.
pub(super) fn find(destination: &Destination) -> Result<Option<Part>, Error> {
    let mut found = Vec::new();
    // A directory that cannot be read may still be written to.
    let entries = fs::read_dir(destination.directory());
    for entry in entries.into_iter().flatten().flatten() {
        let name = entry.file_name();
        if let Some(key) = key_of(&name, &destination.file_name) {
            found.extend(Left::claim(destination, entry.path(), key)?);
        }
    }
    found.sort_by_key(|left| left.file.metadata().and_then(|data| data.modified()).ok());
    let newest = found.pop();
    found.into_iter().for_each(Left::remove);
    // What cannot be read is of no use.
    Ok(newest.and_then(|left| left.into_part(destination).ok()))
}

/// Makes a file for a version of the content, for which `key` stands if a later download can go on
/// from it.
pub(super) fn create(destination: &Destination, key: Option<&str>) -> Result<Target, Error> {
    match key.map(|key| staying(destination, key)) {
        Some(Ok(target)) => Ok(target),
        Some(Err(error)) if error.kind() == ErrorKind::ResourceBusy => {
            Err(destination.taken(error))
        }
        // The name may be too long, or be that of somebody else's file.
        Some(Err(_)) | None => destination.passing(),
    }
}

fn staying(destination: &Destination, key: &str) -> io::Result<Target> {
    let name = part_name(&destination.file_name, key);
    let path = destination.directory().join(name);
    let created = lock::create(&path, destination.mode());
    // What is in the way was not there, or was not ours, when it was looked for.
    let file = created.map_err(|error| lock::open(&path).err().unwrap_or(error))?;
    Target::staying(file, path)
}

/// A file that was found, and locked.
struct Left {
    key: String,
    path: PathBuf,
    file: File,
}

impl Left {
    /// None when the file is not this user's, or is gone.
    fn claim(destination: &Destination, path: PathBuf, key: &str) -> Result<Option<Self>, Error> {
        let key = key.to_owned();
        match lock::open(&path) {
            Ok(file) => Ok(Some(Self { key, path, file })),
            Err(error) if error.kind() == ErrorKind::ResourceBusy => Err(destination.taken(error)),
            Err(_) => Ok(None),
        }
    }

    fn remove(self) {
        let _ = fs::remove_file(&self.path);
    }

    /// Reads what there is but for the last byte. That is asked for again: if it is all of the
    /// content, a store has nothing to send from there on, and tells no version with that.
    fn into_part(mut self, destination: &Destination) -> io::Result<Part> {
        destination.guard(&self.file)?;
        let length = self.file.metadata()?.len().saturating_sub(1);
        let hasher = hash(&mut self.file, length)?;
        let earlier = Earlier {
            length,
            hasher,
            key: self.key,
            route: destination.route.clone(),
        };
        let target = Target::staying(self.file, self.path)?;
        Ok(Part { earlier, target })
    }
}

fn hash(file: &mut File, length: u64) -> io::Result<Sha256> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; BUFFER];
    let mut left = length;
    while left > 0 {
        let most = usize::try_from(left).map_or(BUFFER, |left| left.min(BUFFER));
        let count = file.read(&mut buffer[..most])?;
        if count == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        hasher.update(&buffer[..count]);
        left -= u64::try_from(count).map_err(io::Error::other)?;
    }
    Ok(hasher)
}
