//! The kinds of errors.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::ErrorBody;
use super::decode::Undecoded;
use super::failure::Failure;
use crate::runtime::credentials::Secrets;
use crate::runtime::text::OneLine;

/// What went wrong. No variant holds a token or a URL.
#[derive(Debug)]
pub(super) enum Kind {
    /// A setting of the client cannot be used.
    Setting(String, Option<reqwest::Error>),
    /// A request was refused before anything was sent.
    Request(String, Option<reqwest::Error>),
    /// The token provider failed.
    Token(Arc<dyn StdError + Send + Sync>),
    /// The body of the request could not be read.
    Upload(String, Option<Arc<dyn StdError + Send + Sync>>),
    /// The exchange with the server failed.
    Transport(Failure),
    /// The server was silent for too long.
    Silence,
    /// One attempt took longer than this.
    Slow(Duration),
    /// A redirect cannot be followed, or cannot be given to the caller.
    Redirect(String),
    /// The next page of a list cannot be fetched.
    Link(String),
    /// The body of a success is not as documented.
    Decode(Undecoded),
    /// The server reported an error.
    Status(ErrorBody),
    /// The server reported no error, and no documented success either.
    Unexpected(ErrorBody),
    /// The store reported an error, with a code or without one.
    Store(Option<String>),
    /// The store's response is no part of the download.
    Unusable(&'static str),
    /// The body ended too early.
    Truncated { received: u64, total: Option<u64> },
    /// The store has something else than it had when the download began.
    Changed,
    /// What was downloaded is not what was expected.
    Mismatch(String),
    /// A file or a directory of this machine cannot be used.
    File(String, io::Error),
    /// An archive cannot be extracted.
    #[cfg(feature = "unzip")]
    Archive(String),
}

impl Kind {
    pub(super) fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Setting(_, source) | Self::Request(_, source) => {
                source.as_ref().map(|error| error as _)
            }
            Self::Token(source) => Some(source.as_ref()),
            Self::Upload(_, source) => source.as_deref().map(|error| error as _),
            Self::Transport(failure) => Some(failure.source()),
            Self::Decode(undecoded) => undecoded.source.as_ref().map(|error| error as _),
            Self::File(_, source) => Some(source),
            Self::Silence | Self::Slow(_) | Self::Redirect(_) | Self::Link(_) => None,
            Self::Status(_) | Self::Unexpected(_) => None,
            Self::Store(_) | Self::Unusable(_) | Self::Truncated { .. } => None,
            Self::Changed | Self::Mismatch(_) => None,
            #[cfg(feature = "unzip")]
            Self::Archive(_) => None,
        }
    }

    /// Takes secrets out of what is from elsewhere.
    pub(super) fn redact(&mut self, secrets: &Secrets) {
        match self {
            Self::Redirect(reason) | Self::Link(reason) => secrets.redact_in(reason),
            Self::Decode(undecoded) => undecoded.redact(secrets),
            Self::Status(body) | Self::Unexpected(body) => body.redact(secrets),
            _ => {}
        }
    }

    /// Says what went wrong with the server, or the store.
    pub(super) fn describe(&self, peer: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setting(reason, _)
            | Self::Request(reason, _)
            | Self::Upload(reason, _)
            | Self::Redirect(reason)
            | Self::Link(reason) => f.write_str(reason),
            Self::Token(_) => f.write_str("the token provider failed"),
            Self::Decode(undecoded) => write!(f, "{undecoded}"),
            Self::Transport(error) if error.is_connect() && error.is_timeout() => {
                f.write_str("connecting took too long")
            }
            Self::Transport(error) if error.is_connect() => {
                write!(f, "cannot connect to the {peer}")
            }
            Self::Transport(error) if error.is_timeout() => describe_silence(peer, f),
            Self::Silence => describe_silence(peer, f),
            Self::Slow(limit) => write!(f, "the attempt took longer than {limit:?}"),
            Self::Transport(_) => write!(f, "the exchange with the {peer} failed"),
            Self::Status(body) => write!(f, "{body}"),
            Self::Unexpected(_) => f.write_str("the API does not document this status"),
            Self::Store(code) => f.write_str(code.as_deref().unwrap_or("it sent no error code")),
            Self::Unusable(reason) => f.write_str(reason),
            Self::Truncated {
                received,
                total: Some(total),
            } => write!(f, "the body ended after {received} of {total} bytes"),
            Self::Truncated { received, .. } => {
                write!(f, "the body ended too early, after {received} bytes")
            }
            Self::Changed => f.write_str("the content has changed since the download began"),
            Self::Mismatch(reason) => f.write_str(reason),
            Self::File(reason, _) => write!(f, "{}", OneLine(reason)),
            #[cfg(feature = "unzip")]
            Self::Archive(reason) => write!(f, "{}", OneLine(reason)),
        }
    }
}

fn describe_silence(peer: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "the {peer} was silent for too long")
}
