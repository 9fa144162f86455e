//! What a redirect leads to: content at a store, which is no part of the API.
//!
//! The API is asked for an address, `store` sends one request there, and `transfer` makes one stream
//! of bytes of as many of both as it takes. `chunks`, `reader`, `file` and `extract` are what becomes
//! of that stream.

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

/// A download that has yet to begin: what it must give, and where it is to go.
///
/// The API is asked where the content is, and the store that it names for the content, with no
/// credentials. What fails in a way that may pass is tried again, as with any request; here, a
/// connection that breaks is no end either:
///
/// - It goes on from the byte where it was, if the store can do that, and makes sure that the content
///   is still the same.
/// - If the store can only begin from the first byte, what has come before is compared, and not given
///   twice.
/// - If the address has expired, the API is asked for another one.
/// - If the content has changed, or the store gives another part than it was asked for, a file or a
///   directory is begun anew, as often as a request is sent; elsewhere it is an error of which
///   [`is_changed`](Error::is_changed) or [`is_store`](Error::is_store) holds.
///
/// Of content whose length the store does not tell, one end cannot be told from a cut: over HTTP/2, a
/// stream that is reset with the code for no error. A digest notices that, by
/// [`verify`](Self::verify) or [`expect_digest`](Self::expect_digest), and nothing else does.
///
/// There is a limit on silence, [`idle_timeout`](super::ClientBuilder::idle_timeout), and none on the
/// whole. Memory is taken by a few pieces at a time, however long the content is.
///
/// A clone is another download of the same content, which tells the same function of its progress.
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
#[must_use = "a download does nothing until it is told where to go"]
pub struct Download {
    operation: &'static Operation,
    begin: Arc<dyn Fn() -> Result<Prepared<Redirect>, Error> + Send + Sync>,
    digest: Option<String>,
    content: Option<Content>,
    on_progress: Option<OnProgress>,
    overwrite: bool,
    #[cfg(feature = "unzip")]
    limits: ExtractLimits,
    #[cfg(feature = "unzip")]
    symlinks: Symlinks,
}

/// What it must give, and what is told of it.
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
            overwrite: false,
            #[cfg(feature = "unzip")]
            limits: ExtractLimits::default(),
            #[cfg(feature = "unzip")]
            symlinks: Symlinks::default(),
        }
    }

    /// Has the content compared with a digest: `sha256:` and 64 hexadecimal digits, in either letter
    /// case.
    ///
    /// Other content is an error of which [`is_mismatch`](Error::is_mismatch) holds. Text that is no
    /// such digest is one of which [`is_invalid_request`](Error::is_invalid_request) holds, when the
    /// download begins.
    pub fn expect_digest(mut self, digest: impl AsRef<str>) -> Self {
        self.digest = Some(digest.as_ref().to_owned());
        self
    }

    /// Has the content compared with the digest and the length that the API tells of it, or with
    /// nothing where it tells no digest.
    ///
    /// Other content is an error of which [`is_mismatch`](Error::is_mismatch) holds: before its first
    /// byte where the store tells its length.
    ///
    /// A digest that is [expected](Self::expect_digest) as well is compared as well.
    ///
    /// A length without a digest proves nothing: it may be that of the files before they were packed,
    /// or of an archive that is made anew for each download. Where the store tells no length either, some
    /// cuts cannot be told from the end: see [`Download`].
    pub fn verify(mut self, content: impl Into<Content>) -> Self {
        self.content = Some(content.into());
        self
    }

    /// Tells how far the download has come: after every piece, so that it should take no time.
    pub fn on_progress(mut self, tell: impl FnMut(Progress) + Send + 'static) -> Self {
        self.on_progress = Some(OnProgress::new(tell));
        self
    }

    /// Lets [`to_file`](Self::to_file) replace a file that is there already, when all of the content
    /// has come.
    pub fn overwrite(mut self) -> Self {
        self.overwrite = true;
        self
    }

    /// How much [`extract_to`](Self::extract_to) may extract.
    #[cfg(feature = "unzip")]
    pub fn extract_limits(mut self, limits: ExtractLimits) -> Self {
        self.limits = limits;
        self
    }

    /// What [`extract_to`](Self::extract_to) makes of symbolic links: nothing, unless this is called.
    #[cfg(feature = "unzip")]
    pub fn extract_symlinks(mut self, symlinks: Symlinks) -> Self {
        self.symlinks = symlinks;
        self
    }
}

/// Where it goes.
impl Download {
    /// Gives the content piece by piece.
    pub fn stream(self) -> Chunks {
        Chunks::new(self.transfer())
    }

    /// Gives the content as something to read from.
    pub fn into_async_read(self) -> ChunkReader {
        ChunkReader::new(self.stream())
    }

    /// Saves the content to a file, which is there when all of it has come and is what was expected,
    /// and not before.
    ///
    /// Until then it is in a hidden file beside it, so that the directory must be there and be one
    /// to write to. If the store has a name for just this version of the content, an `ETag`, that
    /// file outlasts a failure and the process itself, and the next call for the same path goes on
    /// from it, provided that the store still has the same version. It is removed when the content
    /// has changed meanwhile, or is not what was expected; without such a name, by any failure, or by
    /// the next call for the same path if the process was killed.
    ///
    /// A file that is there already is left alone, unless [`overwrite`](Self::overwrite) is called: it
    /// is replaced then by one with the same permissions. A symbolic link is replaced as well, and not
    /// followed.
    ///
    /// # Errors
    ///
    /// Beside what can go wrong with any download: an [`Error`] of which
    /// [`is_file`](Error::is_file) holds, when something is at the path already, which is told
    /// before anything is sent, when another download to the path is under way, or when the file
    /// cannot be written.
    pub async fn to_file(self, path: impl AsRef<Path>) -> Result<Saved, Error> {
        let overwrite = self.overwrite;
        let transfer = self.transfer()?;
        let request = transfer.line();
        let saved = file::save(transfer, path.as_ref(), overwrite).await;
        saved.map_err(|error| error.about(&request))
    }

    /// Extracts the content, a zip archive, to a directory, which is there when all of it has come,
    /// is what was expected and has been extracted, and not before.
    ///
    /// Until then all of it is in hidden files and directories beside it, so that the parent
    /// directory must be there and be one to write to. There may be an empty directory at the path,
    /// whose permissions are kept. A failure leaves nothing, and what is left by a process that was
    /// killed is removed by the next call for the same path.
    ///
    /// Files and directories have the permissions that the archive tells, less those that the umask
    /// takes away, and except that a directory is always its owner's to write. None runs as somebody
    /// else. Symbolic links are listed, or made if [`extract_symlinks`](Self::extract_symlinks) says so.
    ///
    /// # Errors
    ///
    /// Beside what can go wrong with any download: an [`Error`] of which
    /// [`is_file`](Error::is_file) holds, when something else than an empty directory is at the path,
    /// which is told before anything is sent, or when the files cannot be written; and one of which
    /// [`is_archive`](Error::is_archive) holds, when the content is no zip archive, is beyond the
    /// [limits](Self::extract_limits), or has an entry that would be outside of the directory.
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
        let begun = (self.begin)().and_then(|request| {
            let expected = Expected::new(self.digest.as_deref(), self.content.as_ref())?;
            Ok(Transfer::new(request, expected, self.on_progress))
        });
        begun.map_err(|error| error.of(operation))
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("operation", &self.operation.name())
            .field("digest", &self.digest)
            .field("content", &self.content)
            .field("overwrite", &self.overwrite)
            .finish_non_exhaustive()
    }
}
