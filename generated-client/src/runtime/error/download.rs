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

    /// The store's answer is none that a download can go on from.
    pub(in crate::runtime) fn unusable(reason: &'static str) -> Self {
        Self::new(Kind::Unusable(reason))
    }

    /// Whether an answer does not go with what has come before, so that only a new beginning is of use.
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
    /// Whether it was the store that failed, to which the API sends downloads: it answered with an
    /// error or in a way that makes no sense, or the exchange with it failed.
    ///
    /// [`status`](Self::status) and [`headers`](Self::headers) are the store's then. The predicates
    /// that tell what the API answered, such as [`is_not_found`](Self::is_not_found), do not hold.
    pub fn is_store(&self) -> bool {
        self.0.at_store
    }

    /// What the store calls its error, as in `AuthenticationFailed`; absent when it has no word for
    /// it. Nothing else is kept of what it says, which may hold the address that was signed.
    pub fn store_code(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Store(code) => code.as_deref(),
            _ => None,
        }
    }

    /// Whether what was downloaded is not what was expected: its digest is another, or its length.
    pub fn is_mismatch(&self) -> bool {
        matches!(self.0.kind, Kind::Mismatch(..))
    }

    /// Whether the download broke off, and what the store has now is not what it began with.
    pub fn is_changed(&self) -> bool {
        matches!(self.0.kind, Kind::Changed)
    }

    /// Whether a file or a directory of this machine cannot be used: it is there already, another
    /// download to it is under way, the disk is full. What the system said is the
    /// [`source`](std::error::Error::source), a [`std::io::Error`].
    pub fn is_file(&self) -> bool {
        matches!(self.0.kind, Kind::File(..))
    }

    /// Whether what was downloaded cannot be extracted: it is no zip archive, or a damaged one, or
    /// one that should not be extracted.
    #[cfg(feature = "unzip")]
    pub fn is_archive(&self) -> bool {
        matches!(self.0.kind, Kind::Archive(..))
    }
}
