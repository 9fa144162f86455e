//! Downloads to a file: written beside its destination, and renamed when complete.

mod destination;
mod lock;
mod names;
mod part;
mod passing;
pub(super) mod paths;
mod target;
pub(super) mod temporary;
pub(super) mod writer;

use std::path::{Path, PathBuf};
use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use tokio::time::timeout;

use super::file_name::file_name;
use super::transfer::Transfer;
use crate::runtime::Error;
use crate::runtime::blocking::blocking;
use destination::Destination;
use part::Part;
use target::Target;
use writer::Writer;

pub(in crate::runtime) use passing::save as save_passing;

/// How long a connection may be silent before what it has brought is written.
const LULL: Duration = Duration::from_millis(50);

/// A downloaded file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Saved {
    /// The path of the file.
    pub path: PathBuf,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its digest, such as `sha256:e3b0c442…`.
    pub digest: String,
    /// The `Content-Type` of the store.
    pub content_type: Option<String>,
    /// The `Content-Disposition` of the store, which may suggest a file name. A path made of it can lead
    /// anywhere; [`file_name`](Self::file_name) cannot.
    pub content_disposition: Option<String>,
}

impl Saved {
    /// The file name that the store suggests, made safe: it leads to no other directory, and is valid on
    /// every platform.
    ///
    /// It is the last segment of a path. Characters that Windows refuses, control characters and
    /// invisible ones, names of devices, dots at either end, and bytes beyond 255 are replaced or
    /// removed.
    pub fn file_name(&self) -> Option<String> {
        file_name(self.content_disposition.as_deref()?)
    }
}

/// Downloads to a file that nothing is at, or which may be replaced.
pub(super) async fn save(
    mut transfer: Transfer,
    path: &Path,
    overwrite: bool,
) -> Result<Saved, Error> {
    let (path, request) = (path.to_owned(), transfer.url().clone());
    let (destination, part) = blocking(move || {
        let destination = Destination::new(path, overwrite, &request)?;
        destination.clean();
        let part = part::find(&destination)?;
        Ok((destination, part))
    })
    .await?;

    let left = part.map(|Part { earlier, target }| {
        if earlier.length > 0 {
            transfer.resume_from(earlier);
        }
        target
    });
    let mut target = begin(&mut transfer, &destination, left).await?;
    let target = loop {
        let mut writer = Writer::new(target);
        let received = receive(&mut transfer, &mut writer, &destination).await;
        let written = writer.finish().await;
        let Err(error) = received else {
            break written.map_err(|error| destination.unwritable(error))?;
        };
        if let Err(error) = transfer.restart(error).await {
            return Err(abandoned(error, written.ok()).await);
        }
        leave(written.ok(), false).await;
        target = begin(&mut transfer, &destination, None).await?;
    };

    destination.take(target).await?;
    let labels = transfer.labels().clone();
    Ok(Saved {
        path: destination.place.given,
        bytes: transfer.position(),
        digest: transfer.digest().to_string(),
        content_type: labels.content_type,
        content_disposition: labels.content_disposition,
    })
}

/// Waits until content comes, and gives the file that it goes into: the one that is left of before, if
/// it is the beginning of what comes.
async fn begin(
    transfer: &mut Transfer,
    destination: &Destination,
    left: Option<Target>,
) -> Result<Target, Error> {
    if let Err(error) = transfer.open().await {
        return Err(abandoned(error, left).await);
    }
    let is_started = transfer.position() > 0;
    let key = transfer.version().key(&destination.route);
    let destination = destination.clone();
    blocking(move || match left {
        Some(target) if is_started => Ok(target),
        left => {
            left.into_iter().for_each(Target::remove);
            part::create(&destination, key.as_deref())
        }
    })
    .await
}

async fn receive(
    transfer: &mut Transfer,
    writer: &mut Writer<Target>,
    destination: &Destination,
) -> Result<(), Error> {
    let unwritable = |error| destination.unwritable(error);
    let mut is_named = transfer.version().etag.is_some();
    while let Some(bytes) = next(transfer, writer, destination).await? {
        if is_named && transfer.version().etag.is_none() {
            // What follows may be of a version that the file's name does not stand for.
            let at = destination.clone();
            let hidden = writer.change(move |target| target.hide(at.directory(), &at.file_name));
            hidden.await.map_err(unwritable)?;
            is_named = false;
        }
        writer.write(&bytes).await.map_err(unwritable)?;
    }
    Ok(())
}

/// The next bytes. When they are long in coming, those that there are go to the file, where they
/// outlast the process.
async fn next(
    transfer: &mut Transfer,
    writer: &mut Writer<Target>,
    destination: &Destination,
) -> Result<Option<Bytes>, Error> {
    let mut next = pin!(transfer.next());
    if let Ok(next) = timeout(LULL, next.as_mut()).await {
        return next;
    }
    let flushed = writer.flush().await;
    flushed.map_err(|error| destination.unwritable(error))?;
    next.await
}

/// Removes what is of no use to a later download after this error.
async fn abandoned(error: Error, target: Option<Target>) -> Error {
    leave(target, !error.is_mismatch() && !error.is_changed()).await;
    error
}

/// Closes a file, which stays only if a later download can go on from it, and if that is of use.
async fn leave(target: Option<Target>, is_of_use: bool) {
    let left = blocking(move || {
        let target = target.into_iter();
        target.filter(|_| !is_of_use).for_each(Target::remove);
        Ok(())
    });
    // An error that led here is the one to tell.
    let _ = left.await;
}
