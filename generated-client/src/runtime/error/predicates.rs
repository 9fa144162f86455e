//! What happened.

use reqwest::StatusCode;

use super::kind::Kind;
use super::{Error, Head};

/// What happened.
impl Error {
    /// Whether the client could not be built, since one of its settings cannot be used.
    pub fn is_configuration(&self) -> bool {
        matches!(self.0.kind, Kind::Setting(..))
    }

    /// Whether the request was refused by this client, before anything was sent: an argument is out
    /// of its bounds, or would make another request of it, or there is no tokio runtime.
    pub fn is_invalid_request(&self) -> bool {
        matches!(self.0.kind, Kind::Request(..))
    }

    /// Whether the source of tokens failed, so that nothing was sent. What it said is the
    /// [`source`](std::error::Error::source).
    pub fn is_token_provider(&self) -> bool {
        matches!(self.0.kind, Kind::Token(..))
    }

    /// Whether no connection to the server could be made.
    pub fn is_connect(&self) -> bool {
        matches!(&self.0.kind, Kind::Transport(error) if error.is_connect())
    }

    /// Whether a time limit ran out: that for connecting, that for the server to send something, or
    /// that of the request's own options.
    pub fn is_timeout(&self) -> bool {
        match &self.0.kind {
            Kind::Transport(error) => error.is_timeout(),
            kind => matches!(kind, Kind::Silence | Kind::Slow(_)),
        }
    }

    /// Whether the exchange with the server broke off: it hung up, before its answer or in the
    /// middle of it, or what it sent is no HTTP.
    ///
    /// The server may have done what it was asked to.
    pub fn is_interrupted(&self) -> bool {
        matches!(self.0.kind, Kind::Transport(..) | Kind::Truncated { .. })
            && !self.is_connect()
            && !self.is_timeout()
    }

    /// Whether the server sent the client on to where it cannot or must not go: to another origin,
    /// in a circle, or to nowhere in particular; or sent it on when the API documents no redirect.
    pub fn is_redirect(&self) -> bool {
        matches!(self.0.kind, Kind::Redirect(..))
            || self.is_unexpected() && self.status().is_some_and(|status| status.is_redirection())
    }

    /// Whether a list cannot be read on: what its `Link` header gives as the next page is at another
    /// origin, has been read before, or is no address at all; or the runtime that it was being read
    /// ahead on has been shut down.
    pub fn is_link(&self) -> bool {
        matches!(self.0.kind, Kind::Link(..))
    }

    /// Whether the server answered with neither an error nor a success that the API documents for
    /// this request: another 2xx, or a 3xx.
    pub fn is_unexpected(&self) -> bool {
        matches!(self.0.kind, Kind::Unexpected(..))
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

    /// Whether the server answered 422: it understood the request, and refuses a value in it.
    /// [`errors`](Self::errors) tells which, where the server does.
    pub fn is_validation(&self) -> bool {
        self.answered(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// Whether the server turned the request away because there have been too many: with 429, or
    /// with a 403 that comes with `Retry-After`, with a used-up rate limit, or with a message or a
    /// link to the documentation that says so.
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
        let said = |text: Option<&str>, words: &[&str]| {
            let text = text.unwrap_or_default().to_ascii_lowercase();
            words.iter().any(|word| text.contains(word))
        };
        self.0.head.as_ref().is_some_and(Head::tells_of_a_limit)
            || said(self.message(), &["rate limit", "abuse detection"])
            || said(
                self.documentation_url(),
                &["secondary-rate-limits", "abuse-rate-limits"],
            )
    }
}
