//! A file as the source of a body.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::{BoxStream, try_unfold};
use tokio::task::spawn_blocking;

use super::unread::Unread;
use crate::runtime::Error;
use crate::runtime::blocking::{blocking, cancelled};

/// Bytes that are read at a time.
const BUFFER: u64 = 256 * 1024;

/// A file, which is opened each time that it is sent.
#[derive(Clone, Debug)]
pub(super) struct SourceFile {
    path: Arc<Path>,
    /// Bytes to send.
    pub(super) length: u64,
}

impl SourceFile {
    pub(super) async fn new(path: PathBuf) -> Result<Self, Error> {
        blocking(move || {
            let unusable = |error| Error::file(reason(&path), error);
            // It is the same file whatever the current directory will be.
            let absolute = std::path::absolute(&path).map_err(unusable)?;
            let found = fs::metadata(&absolute).map_err(unusable)?;
            if !found.is_file() {
                return Err(unusable(io::Error::other("it is no plain file")));
            }
            Ok(Self {
                path: absolute.into(),
                length: found.len(),
            })
        })
        .await
    }

    /// Its name without the directory.
    pub(super) fn name(&self) -> Option<String> {
        Some(self.path.file_name()?.to_string_lossy().into_owned())
    }

    /// Reads the file, which must not have become shorter.
    pub(super) fn read(self) -> BoxStream<'static, Result<Bytes, Unread>> {
        let path = self.path.clone();
        let reading = (None, self.length);
        let pieces = try_unfold(reading, move |(file, left)| {
            let path = path.clone();
            async move {
                if left == 0 {
                    return Ok(None);
                }
                let read = spawn_blocking(move || read_piece(file, &path, left)).await;
                read.map_err(cancelled)?
                    .map(|(piece, file, left)| Some((piece, (Some(file), left))))
            }
        });
        pieces
            .map(move |piece| piece.map_err(|error| unread(&self.path, error)))
            .boxed()
    }
}

/// Reads the next bytes of a file, and returns the number of bytes after them.
fn read_piece(file: Option<File>, path: &Path, left: u64) -> io::Result<(Bytes, File, u64)> {
    let mut file = file.map_or_else(|| File::open(path), Ok)?;
    let mut piece = Vec::new();
    let count = (&mut file).take(left.min(BUFFER)).read_to_end(&mut piece)?;
    if count == 0 {
        let reason = "it has become shorter";
        return Err(io::Error::new(ErrorKind::UnexpectedEof, reason));
    }
    Ok((piece.into(), file, left.saturating_sub(count as u64)))
}

fn unread(path: &Path, error: io::Error) -> Unread {
    Unread::File(reason(path), Arc::new(error))
}

fn reason(path: &Path) -> String {
    format!("the file cannot be read: `{}`", path.display())
}

#[cfg(test)]
mod tests {
    use futures_util::TryStreamExt;

    use super::*;
    use crate::runtime::tests::exchange::block_on;

    /// A file takes little memory, however long it is, and no more is read than there was.
    #[test]
    fn in_pieces() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        io::Write::write_all(&mut file, &[b'a'; 600_000]).unwrap();
        let path = file.path().to_owned();
        let pieces = block_on(async {
            let source = SourceFile::new(path).await.unwrap();
            io::Write::write_all(&mut file, b"more").unwrap();
            source.read().try_collect::<Vec<_>>().await.unwrap()
        });
        let lengths: Vec<_> = pieces.iter().map(Bytes::len).collect();
        assert_eq!(lengths, [262_144, 262_144, 75_712]);
    }
}
