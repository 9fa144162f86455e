//! What happened.

use reqwest::StatusCode;

use super::Error;
use super::kind::Kind;

/// What happened.
impl Error {
    /// Whether the client could not be built, since one of its settings cannot be used.
    pub fn is_configuration(&self) -> bool {
        matches!(self.0.kind, Kind::Setting(..))
    }

    /// Whether the request was refused by this client, before anything was sent: an argument is out
    /// of its bounds, or would make another request of it.
    pub fn is_invalid_request(&self) -> bool {
        matches!(self.0.kind, Kind::Request(..))
    }

    /// Whether no connection to the server could be made.
    pub fn is_connect(&self) -> bool {
        matches!(&self.0.kind, Kind::Transport(error) if error.is_connect())
    }

    /// Whether a time limit of the client ran out: that for connecting, or that for the server to
    /// send something.
    pub fn is_timeout(&self) -> bool {
        matches!(&self.0.kind, Kind::Transport(error) if error.is_timeout())
    }

    /// Whether the server sent the client on to where it cannot or must not go: to another origin,
    /// in a circle, or to nowhere in particular.
    pub fn is_redirect(&self) -> bool {
        matches!(self.0.kind, Kind::Redirect(..))
    }

    /// Whether the server reported success with a body that is not what the API documents.
    pub fn is_decode(&self) -> bool {
        matches!(self.0.kind, Kind::Decode(..))
    }

    /// Whether the server answered 401: it takes no requests without a token, or not with this one.
    pub fn is_unauthorized(&self) -> bool {
        self.answered(StatusCode::UNAUTHORIZED)
    }

    /// Whether the server answered 403 for another reason than a rate limit: this token may not do
    /// this.
    pub fn is_forbidden(&self) -> bool {
        self.answered(StatusCode::FORBIDDEN) && !self.is_rate_limited()
    }

    /// Whether the server answered 404: it is not there, or this token may not know that it is.
    pub fn is_not_found(&self) -> bool {
        self.answered(StatusCode::NOT_FOUND)
    }

    /// Whether the server answered 410: it was there, and is no longer.
    pub fn is_gone(&self) -> bool {
        self.answered(StatusCode::GONE)
    }

    /// Whether the server turned the request away because there have been too many: with 429, or
    /// with a 403 that comes with `Retry-After`, with a used-up rate limit or with a message that
    /// says so.
    ///
    /// [`retry_after`](Self::retry_after) tells when to come back.
    pub fn is_rate_limited(&self) -> bool {
        self.answered(StatusCode::TOO_MANY_REQUESTS)
            || self.answered(StatusCode::FORBIDDEN) && self.tells_of_a_limit()
    }

    /// Whether the server answered 500 or above: it failed, and may not do so the next time.
    pub fn is_server_error(&self) -> bool {
        matches!(self.0.kind, Kind::Status(..))
            && self.status().is_some_and(|status| status.is_server_error())
    }

    fn answered(&self, status: StatusCode) -> bool {
        matches!(self.0.kind, Kind::Status(..)) && self.status() == Some(status)
    }

    fn tells_of_a_limit(&self) -> bool {
        let in_head = self
            .0
            .head
            .as_ref()
            .is_some_and(|head| head.retry_after().is_some());
        in_head
            || self
                .message()
                .is_some_and(|message| message.to_ascii_lowercase().contains("rate limit"))
    }
}
