//! Why a body could not be read while it was sent.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::sync::Arc;

/// Why a body could not be read while it was sent. The HTTP client hands it back as the source of
/// its own error.
#[derive(Clone, Debug)]
pub(in crate::runtime) enum Unread {
    /// A file cannot be read, and what the system says.
    File(String, Arc<io::Error>),
    /// The caller's stream failed.
    Stream(Arc<dyn StdError + Send + Sync>),
    /// The caller's stream does not have its announced length.
    Length,
    /// The caller's stream was sent before.
    Sent,
}

impl Unread {
    /// Finds it among the sources of an error.
    pub(in crate::runtime) fn of<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a Self> {
        let found = error.downcast_ref();
        found.or_else(|| Self::of(error.source()?))
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::File(reason, _) => reason,
            Self::Stream(_) => "the stream of the request's body failed",
            Self::Length => "the request's body has another length than announced",
            Self::Sent => "the request's body cannot be sent again",
        })
    }
}

impl StdError for Unread {}
