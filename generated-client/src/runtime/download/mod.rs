//! Downloads: content at a store, which is no part of the API.
//!
//! The API returns a signed URL, `store` sends one request there, and `transfer` makes one stream of
//! bytes of as many of both as needed. `chunks`, `reader`, `file` and `extract` consume that stream.

mod body;
mod chunks;
mod code;
mod content;
mod content_range;
mod digest;
mod earlier;
#[cfg(feature = "unzip")]
mod extract;
mod file;
mod file_name;
mod labels;
mod mode;
mod progress;
mod reader;
mod store;
mod transfer;
#[cfg(feature = "unzip")]
mod unzip;
mod version;
mod windows;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::request::Prepared;
use super::{Error, Operation, Redirect, Request};
use content::Expected;
use progress::OnProgress;
use transfer::Transfer;

pub(super) use file::save_passing as save;
pub(super) use labels::Labels;

pub use chunks::Chunks;
pub use content::Content;
#[cfg(feature = "unzip")]
pub use extract::Extracted;
pub use file::Saved;
pub use progress::Progress;
pub use reader::ChunkReader;
#[cfg(feature = "unzip")]
pub use unzip::{ExtractLimits, Symlinks};

/// A download that has not begun: its settings, and methods that start it.
///
/// The API returns a signed URL, and the content is fetched from the store there, without credentials.
/// Transient failures are retried as for any request. After an interruption:
///
/// - The download resumes at the next byte, if the store supports ranges and the content is the same.
/// - If the store can only send everything again, the bytes so far are compared and not returned twice.
/// - If the signed URL has expired, the API is asked for another one.
/// - If the content has changed, or the store sends another range than requested, a file or a directory
///   starts over, as often as a request has attempts. A stream or a reader ends with an error, with
///   [`is_changed`](Error::is_changed) or [`is_store`](Error::is_store).
///
/// If the store announces no length, one kind of truncated body looks complete: over HTTP/2, a stream
/// that is reset with the code for no error. Only a digest detects it, by [`verify`](Self::verify) or
/// [`expect_digest`](Self::expect_digest).
///
/// There is an [idle timeout](super::ClientBuilder::idle_timeout), and none for the whole download. Only
/// a few pieces are in memory at a time, or the ranges that are fetched in [parallel](Self::parallel).
///
/// A clone is another download of the same content, with the same progress function.
///
/// # Examples
///
/// ```
#[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::{Download, Error};")]
/// # async fn example(download: Download, digest: &str) -> Result<(), Error> {
/// let saved = download
///     .expect_digest(digest)
///     .on_progress(|progress| println!("{} bytes", progress.bytes))
///     .to_file("report.zip")
///     .await?;
/// println!("{} bytes in {}", saved.bytes, saved.path.display());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "a download does nothing until one of its methods starts it"]
pub struct Download {
    operation: &'static Operation,
    begin: Arc<dyn Fn() -> Result<Prepared<Redirect>, Error> + Send + Sync>,
    digest: Option<String>,
    content: Option<Content>,
    on_progress: Option<OnProgress>,
    connections: usize,
    overwrite: bool,
    #[cfg(feature = "unzip")]
    limits: ExtractLimits,
    #[cfg(feature = "unzip")]
    symlinks: Symlinks,
}

/// Settings.
impl Download {
    #[allow(dead_code, reason = "a document may have no downloads")]
    pub(crate) fn new<R: Request<Output = Redirect>>(request: R) -> Self {
        let request = Arc::new(request);
        Self {
            operation: R::OPERATION,
            begin: Arc::new(move || Prepared::new(request.clone())),
            digest: None,
            content: None,
            on_progress: None,
            connections: 1,
            overwrite: false,
            #[cfg(feature = "unzip")]
            limits: ExtractLimits::default(),
            #[cfg(feature = "unzip")]
            symlinks: Symlinks::default(),
        }
    }

    /// Verifies the content by a digest: `sha256:` and 64 hexadecimal digits, in either letter case.
    ///
    /// Other content is an error with [`is_mismatch`](Error::is_mismatch). A text that is no such digest
    /// is one with [`is_invalid_request`](Error::is_invalid_request), when the download begins.
    pub fn expect_digest(mut self, digest: impl AsRef<str>) -> Self {
        self.digest = Some(digest.as_ref().to_owned());
        self
    }

    /// Verifies the content by the digest and the length in the API's description of it. Without a
    /// digest, nothing is verified.
    ///
    /// Other content is an error with [`is_mismatch`](Error::is_mismatch), before the first byte if the
    /// store announces another length. A digest of [`expect_digest`](Self::expect_digest) is compared
    /// too.
    ///
    /// A length without a digest proves nothing: it may be that of the files before they were packed, or
    /// of an archive that is made for each download.
    pub fn verify(mut self, content: impl Into<Content>) -> Self {
        self.content = Some(content.into());
        self
    }

    /// Calls a function with the progress after every piece. It should return quickly.
    pub fn on_progress(mut self, callback: impl FnMut(Progress) + Send + 'static) -> Self {
        self.on_progress = Some(OnProgress::new(callback));
        self
    }

    /// Fetches up to this number of ranges of the content at the same time, for stores that limit the
    /// rate of a connection.
    ///
    /// The first request is the same as without this. If its response has a length and a strong `ETag`,
    /// and the store supports ranges, the rest is fetched in ranges of 8 MiB, with `If-Match`. Otherwise,
    /// and for content of up to 8 MiB, one connection is used.
    ///
    /// - The content is returned, hashed and reported as progress in order. Up to `connections` ranges
    ///   are in memory: 8 MiB each.
    /// - Each range has its own connection, by HTTP/1.1 if there is TLS: over HTTP/2, all of them would
    ///   share one connection and its rate.
    /// - An interrupted range resumes by itself. If the store refuses one of several requests, with 429 or
    ///   503 or by closing the connection, fewer connections are used, and no attempt is counted. With a single attempt it is an error.
    /// - If the store sends something else than the range, the rest is fetched by one connection, from
    ///   that byte on. So is a file or a directory that starts over.
    /// - Each range counts for
    ///   [`max_concurrent_requests`](super::ClientBuilder::max_concurrent_requests).
    ///
    /// 0 is an error with [`is_invalid_request`](Error::is_invalid_request), when the download begins.
    ///
    /// # Examples
    ///
    /// ```
    #[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::{Download, Error};")]
    /// # async fn example(download: Download) -> Result<(), Error> {
    /// download.parallel(4).to_file("report.zip").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn parallel(mut self, connections: usize) -> Self {
        self.connections = connections;
        self
    }

    /// Lets [`to_file`](Self::to_file) replace an existing file, once the content is complete.
    pub fn overwrite(mut self) -> Self {
        self.overwrite = true;
        self
    }

    /// Sets the limits of [`extract_to`](Self::extract_to).
    #[cfg(feature = "unzip")]
    pub fn extract_limits(mut self, limits: ExtractLimits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets how [`extract_to`](Self::extract_to) treats symbolic links; by default they are only listed.
    #[cfg(feature = "unzip")]
    pub fn extract_symlinks(mut self, symlinks: Symlinks) -> Self {
        self.symlinks = symlinks;
        self
    }
}

/// Ways to start it.
impl Download {
    /// Downloads the content piece by piece.
    pub fn stream(self) -> Chunks {
        Chunks::new(self.transfer())
    }

    /// Downloads the content as an asynchronous reader.
    pub fn into_async_read(self) -> ChunkReader {
        ChunkReader::new(self.stream())
    }

    /// Saves the content to a file, which appears only when it is complete and verified.
    ///
    /// Until then the content is in a hidden file in the same directory, which must exist and be
    /// writable. If the store has a strong `ETag`, the hidden file outlasts a failure and the process,
    /// and the next call for the same path resumes it, as long as the store has the same version. It is
    /// removed if the content has changed or does not match. Without an `ETag`, any failure removes it;
    /// what a killed process leaves is removed by the next call for the same path.
    ///
    /// An existing file is an error, unless [`overwrite`](Self::overwrite) is called. Its replacement has
    /// the same permissions. A symbolic link is replaced, not followed.
    ///
    /// # Errors
    ///
    /// Those of any download, and an [`Error`] with [`is_file`](Error::is_file): if the path exists
    /// already, which is found before anything is sent, if another download writes to it, or if the file
    /// cannot be written.
    pub async fn to_file(self, path: impl AsRef<Path>) -> Result<Saved, Error> {
        let overwrite = self.overwrite;
        let transfer = self.transfer()?;
        let request = transfer.line();
        let saved = file::save(transfer, path.as_ref(), overwrite).await;
        saved.map_err(|error| error.about(&request))
    }

    /// Extracts the content, a zip archive, to a directory, which appears only when it is complete and
    /// verified.
    ///
    /// Until then everything is in hidden files and directories beside it, so the parent directory must
    /// exist and be writable. An empty directory at the path is replaced, and its permissions are kept.
    /// A failure leaves nothing. After the process was killed, the next call for the same path cleans
    /// up.
    ///
    /// Files and directories have the permissions of the archive, limited by the umask; directories are
    /// always writable by their owner, and set-user-id bits are dropped. Symbolic links are only listed,
    /// unless [`extract_symlinks`](Self::extract_symlinks) is called.
    ///
    /// # Errors
    ///
    /// Those of any download, and an [`Error`] with [`is_file`](Error::is_file), if the path is anything
    /// but an empty directory, which is found before anything is sent, or if a file cannot be written;
    /// or with [`is_archive`](Error::is_archive), if the content is no zip archive, exceeds the
    /// [limits](Self::extract_limits), or has an entry outside of the directory.
    #[cfg(feature = "unzip")]
    pub async fn extract_to(self, directory: impl AsRef<Path>) -> Result<Extracted, Error> {
        let (limits, symlinks) = (self.limits.clone(), self.symlinks);
        let transfer = self.transfer()?;
        let request = transfer.line();
        let extracted = extract::extract(transfer, directory.as_ref(), limits, symlinks).await;
        extracted.map_err(|error| error.about(&request))
    }

    fn transfer(self) -> Result<Transfer, Error> {
        let operation = self.operation;
        let started = (self.begin)().and_then(|request| {
            let expected = Expected::new(self.digest.as_deref(), self.content.as_ref())?;
            if self.connections == 0 {
                let reason = "is 0: nothing would be fetched";
                return Err(Error::argument("connections", reason));
            }
            let connections = self.connections;
            Ok(Transfer::new(
                request,
                expected,
                self.on_progress,
                connections,
            ))
        });
        started.map_err(|error| error.of(operation))
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("operation", &self.operation.name())
            .field("digest", &self.digest)
            .field("content", &self.content)
            .field("connections", &self.connections)
            .field("overwrite", &self.overwrite)
            .finish_non_exhaustive()
    }
}
