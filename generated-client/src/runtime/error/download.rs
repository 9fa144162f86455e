//! What can go wrong with a download, beside what can with every request.

use std::fmt::Display;
use std::io;

use super::Error;
use super::kind::Kind;

/// How the runtime makes errors of a download.
impl Error {
    /// The store reported an error.
    pub(in crate::runtime) fn store(code: Option<String>) -> Self {
        Self::new(Kind::Store(code))
    }

    /// The store's response is no part of the download.
    pub(in crate::runtime) fn unusable(reason: &'static str) -> Self {
        Self::new(Kind::Unusable(reason))
    }

    /// Whether a response does not fit the bytes before it, so that the download must start over.
    pub(in crate::runtime) fn is_outdated(&self) -> bool {
        matches!(self.0.kind, Kind::Changed | Kind::Unusable(_))
    }

    pub(in crate::runtime) fn changed() -> Self {
        Self::new(Kind::Changed)
    }

    pub(in crate::runtime) fn mismatch(reason: impl Display) -> Self {
        Self::new(Kind::Mismatch(reason.to_string()))
    }

    /// What cannot be done with a file or a directory, and what the system says.
    pub(in crate::runtime) fn file(reason: impl Display, error: io::Error) -> Self {
        Self::new(Kind::File(reason.to_string(), error))
    }

    #[cfg(feature = "unzip")]
    pub(in crate::runtime) fn archive(reason: impl Display) -> Self {
        Self::new(Kind::Archive(reason.to_string()))
    }

    /// Says that it was the store that was talked to, rather than the API.
    pub(in crate::runtime) fn at_store(mut self) -> Self {
        self.0.at_store = true;
        self
    }
}

/// What happened to a download.
impl Error {
    /// Whether the store of a download failed: its response is an error or makes no sense, or the
    /// exchange with it failed.
    ///
    /// [`status`](Self::status) and [`headers`](Self::headers) are then those of the store. Predicates
    /// about the status of the API, such as [`is_not_found`](Self::is_not_found), are false.
    pub fn is_store(&self) -> bool {
        self.0.at_store
    }

    /// The store's error code, such as `AuthenticationFailed`, if it has one. Nothing else of the body is
    /// kept, since the signed URL may be in it.
    pub fn store_code(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Store(code) => code.as_deref(),
            _ => None,
        }
    }

    /// Whether the digest or the length of the content is not the expected one.
    pub fn is_mismatch(&self) -> bool {
        matches!(self.0.kind, Kind::Mismatch(..))
    }

    /// Whether the content changed at the store after an interruption of the download.
    pub fn is_changed(&self) -> bool {
        matches!(self.0.kind, Kind::Changed)
    }

    /// Whether a local file or directory cannot be used: it exists already, another download writes to
    /// it, the disk is full. The [`source`](std::error::Error::source) is the [`std::io::Error`].
    pub fn is_file(&self) -> bool {
        matches!(self.0.kind, Kind::File(..))
    }

    /// Whether the content cannot be extracted: it is no zip archive, or a damaged or unsafe one.
    #[cfg(feature = "unzip")]
    pub fn is_archive(&self) -> bool {
        matches!(self.0.kind, Kind::Archive(..))
    }
}
