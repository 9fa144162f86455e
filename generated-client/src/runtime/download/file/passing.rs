//! Content that comes once and ends as a file: what is cut off is of no use to anybody.

use std::path::Path;

use reqwest::Url;
use sha2::{Digest as _, Sha256};

use super::Saved;
use super::destination::Destination;
use super::target::Target;
use super::writer::Writer;
use crate::runtime::blocking::blocking;
use crate::runtime::download::digest::Digest;
use crate::runtime::download::labels::Labels;
use crate::runtime::{ByteStream, Error};

/// Saves content to a file that nothing is at, or which may be replaced.
pub(in crate::runtime) async fn save(
    mut content: ByteStream,
    url: Url,
    labels: Labels,
    path: &Path,
    overwrite: bool,
) -> Result<Saved, Error> {
    let path = path.to_owned();
    let (destination, target) = blocking(move || {
        let destination = Destination::new(path, overwrite, &url)?;
        destination.clean();
        let target = destination.passing()?;
        Ok((destination, target))
    })
    .await?;

    let mut writer = Writer::new(target);
    let received = receive(&mut content, &mut writer, &destination).await;
    // Whatever has happened, nothing is written any more.
    let written = writer.finish().await;
    let (bytes, digest) = received?;
    let target = written.map_err(|error| destination.unwritable(error))?;

    destination.take(target).await?;
    Ok(Saved {
        path: destination.place.given,
        bytes,
        digest: digest.to_string(),
        content_type: labels.content_type,
        content_disposition: labels.content_disposition,
    })
}

/// Writes all of the content, and gives its length and its digest.
async fn receive(
    content: &mut ByteStream,
    writer: &mut Writer<Target>,
    destination: &Destination,
) -> Result<(u64, Digest), Error> {
    let (mut hasher, mut bytes) = (Sha256::new(), 0);
    while let Some(piece) = content.chunk().await? {
        hasher.update(&piece);
        bytes += piece.len() as u64;
        let written = writer.write(&piece).await;
        written.map_err(|error| destination.unwritable(error))?;
    }
    Ok((bytes, Digest::of(&hasher)))
}
