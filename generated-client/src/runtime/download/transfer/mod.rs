//! Content on its way: one stream of bytes, whatever happens to the connections that they come by.

mod answers;
mod fetch;
mod incoming;
mod parts;

use bytes::Bytes;
use reqwest::Url;
use sha2::{Digest as _, Sha256};

use super::body::length;
use super::content::Expected;
use super::digest::Digest;
use super::earlier::Earlier;
use super::labels::Labels;
use super::progress::{OnProgress, Progress};
use super::version::Version;
use crate::runtime::request::Prepared;
use crate::runtime::request_line::RequestLine;
use crate::runtime::retry::Retries;
use crate::runtime::{Error, Redirect};
use incoming::Incoming;

/// A download from its first request to its last byte.
///
/// A connection that breaks is followed by another one for the rest, and an address that has expired
/// by a new one. All that is delivered is hashed, so that a store that can only start again from the
/// first byte is held to what came before.
pub(super) struct Transfer {
    /// What asks the API for an address.
    request: Prepared<Redirect>,
    expected: Expected,
    on_progress: Option<OnProgress>,
    retries: Retries,
    /// What is left of the attempts to begin from the first byte again.
    beginnings: Retries,
    /// Where the content is, until that expires.
    address: Option<Url>,
    /// Whether the last answer of the store was that the address has expired.
    expired: bool,
    /// The file of an earlier download, until the store has confirmed its version.
    earlier: Option<Earlier>,
    /// How many bytes were delivered.
    position: u64,
    /// What hashes them.
    hasher: Sha256,
    /// What they are of.
    version: Version,
    labels: Labels,
    /// Maximum number of concurrent requests to the store.
    connections: usize,
    /// The source of the next bytes.
    incoming: Option<Incoming>,
}

impl Transfer {
    pub(super) fn new(
        request: Prepared<Redirect>,
        expected: Expected,
        on_progress: Option<OnProgress>,
        connections: usize,
    ) -> Self {
        Self {
            retries: request.session.retries(),
            beginnings: request.session.retries(),
            request,
            expected,
            on_progress,
            address: None,
            expired: false,
            earlier: None,
            position: 0,
            hasher: Sha256::new(),
            version: Version::default(),
            labels: Labels::default(),
            connections,
            incoming: None,
        }
    }

    /// Goes on from what an earlier download left, if the store still has that.
    pub(super) fn resume_from(&mut self, earlier: Earlier) {
        self.earlier = Some(earlier);
    }

    /// Waits for the store's first answer.
    pub(super) async fn open(&mut self) -> Result<(), Error> {
        let opened = self.opened().await;
        opened.map_err(|error| error.about(&self.line()))
    }

    /// The next bytes; none when all of it has been delivered, and is what was expected.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, Error> {
        let delivered = self.delivered().await;
        delivered.map_err(|error| error.about(&self.line()))
    }

    /// Begins from the first byte again after an error, for whoever takes back all that was delivered;
    /// gives the error back if that is of no use, or not allowed. From then on, one
    /// connection is used: the store may not support ranges correctly.
    pub(super) async fn restart(&mut self, error: Error) -> Result<(), Error> {
        if self.position == 0 || !error.is_outdated() {
            return Err(error);
        }
        let line = self.line();
        self.beginnings.after_any(error, &line).await?;
        self.position = 0;
        self.hasher = Sha256::new();
        self.version = Version::default();
        self.connections = 1;
        self.incoming = None;
        Ok(())
    }

    /// How many bytes there are so far, those of an earlier download included.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// What the API is asked.
    pub(super) fn line(&self) -> RequestLine {
        self.request.line()
    }

    /// Where the API is asked for it.
    pub(super) fn url(&self) -> &Url {
        self.request.request.url()
    }

    /// What they are of. A store that starts again may tell less of it than before.
    pub(super) fn version(&self) -> &Version {
        &self.version
    }

    /// Their digest.
    pub(super) fn digest(&self) -> Digest {
        Digest::of(&self.hasher)
    }

    pub(super) fn labels(&self) -> &Labels {
        &self.labels
    }

    async fn delivered(&mut self) -> Result<Option<Bytes>, Error> {
        loop {
            self.opened().await?;
            if self.incoming.is_none() {
                self.expected.check_whole(self.position, self.digest())?;
                return Ok(None);
            }
            if let Some(bytes) = self.received().await? {
                self.deliver(&bytes)?;
                return Ok(Some(bytes));
            }
        }
    }

    fn deliver(&mut self, bytes: &Bytes) -> Result<(), Error> {
        self.position += length(bytes);
        self.expected.check_progress(self.position)?;
        self.hasher.update(bytes);
        self.retries.progressed();
        if let Some(on_progress) = &self.on_progress {
            on_progress.report(Progress {
                bytes: self.position,
                total: self.version.total,
            });
        }
        Ok(())
    }

    /// The end of an answer, or of the parts, which need not be the end of the content.
    fn end(&mut self) {
        self.incoming = None;
        self.version.total.get_or_insert(self.position);
    }

    fn is_whole(&self) -> bool {
        self.version.total == Some(self.position)
    }

    /// Waits until it makes sense to ask again; gives the error back if it does not.
    async fn wait(&mut self, error: Error) -> Result<(), Error> {
        self.expired = false;
        let line = self.line();
        self.retries.after(error, true, &line).await
    }
}
