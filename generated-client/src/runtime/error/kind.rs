//! The kinds of errors.

use std::error::Error as StdError;
use std::fmt;

use super::ErrorBody;
use super::decode::Undecoded;

/// What went wrong. No variant holds a token or a URL.
#[derive(Debug)]
pub(super) enum Kind {
    /// A setting of the client cannot be used.
    Setting(String, Option<reqwest::Error>),
    /// A request was refused before anything was sent.
    Request(String, Option<reqwest::Error>),
    /// The exchange with the server failed.
    Transport(reqwest::Error),
    /// A redirect cannot be followed, or cannot be given to the caller.
    Redirect(String),
    /// The server reported success, but not in the words that are documented.
    Decode(Undecoded),
    /// The server reported an error.
    Status(ErrorBody),
    /// The server reported no error, and no documented success either.
    Unexpected(ErrorBody),
}

impl Kind {
    pub(super) fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Setting(_, source) | Self::Request(_, source) => {
                source.as_ref().map(|error| error as _)
            }
            Self::Transport(source) => Some(source),
            Self::Decode(undecoded) => undecoded.source.as_ref().map(|error| error as _),
            Self::Redirect(_) | Self::Status(_) | Self::Unexpected(_) => None,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setting(reason, _) | Self::Request(reason, _) | Self::Redirect(reason) => {
                f.write_str(reason)
            }
            Self::Decode(undecoded) => f.write_str(&undecoded.reason),
            Self::Transport(error) if error.is_connect() && error.is_timeout() => {
                f.write_str("connecting took too long")
            }
            Self::Transport(error) if error.is_connect() => {
                f.write_str("cannot connect to the server")
            }
            Self::Transport(error) if error.is_timeout() => {
                f.write_str("the server was silent for too long")
            }
            Self::Transport(_) => f.write_str("the exchange with the server failed"),
            Self::Status(body) => body.fmt(f),
            Self::Unexpected(_) => f.write_str("the API documents no such success"),
        }
    }
}
