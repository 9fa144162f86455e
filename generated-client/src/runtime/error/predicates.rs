//! What happened.

use reqwest::StatusCode;

use super::Error;
use super::kind::Kind;

/// What happened.
impl Error {
    /// Whether the client could not be built because of an invalid setting.
    pub fn is_configuration(&self) -> bool {
        matches!(self.0.kind, Kind::Setting(..))
    }

    /// Whether the client refused to send the request: an argument is out of bounds or would change
    /// the path, or there is no tokio runtime.
    pub fn is_invalid_request(&self) -> bool {
        matches!(self.0.kind, Kind::Request(..))
    }

    /// Whether the token provider failed, so that nothing was sent. Its error is the
    /// [`source`](std::error::Error::source).
    pub fn is_token_provider(&self) -> bool {
        matches!(self.0.kind, Kind::Token(..))
    }

    /// Whether no connection to the server could be made.
    pub fn is_connect(&self) -> bool {
        matches!(&self.0.kind, Kind::Transport(error) if error.is_connect())
    }

    /// Whether a timeout expired: the one for connecting, the idle timeout, or that of the request's
    /// options.
    pub fn is_timeout(&self) -> bool {
        match &self.0.kind {
            Kind::Transport(error) => error.is_timeout(),
            kind => matches!(kind, Kind::Silence | Kind::Slow(_)),
        }
    }

    /// Whether the exchange with the server broke off: the connection was closed before or during the
    /// response, or the response is not valid HTTP.
    ///
    /// The server may have processed the request.
    pub fn is_interrupted(&self) -> bool {
        matches!(self.0.kind, Kind::Transport(..) | Kind::Truncated { .. })
            && !self.is_connect()
            && !self.is_timeout()
    }

    /// Whether a redirect cannot be followed: it leads to another origin, is a redirect loop, or has no
    /// usable URL; or the API documents no redirect there.
    pub fn is_redirect(&self) -> bool {
        matches!(self.0.kind, Kind::Redirect(..))
            || self.is_unexpected() && self.status().is_some_and(|status| status.is_redirection())
    }

    /// Whether the next page of a list cannot be fetched: its `Link` header leads to another origin, to
    /// a page that was fetched before, or to no URL; or the runtime that prefetches it was shut down.
    pub fn is_link(&self) -> bool {
        matches!(self.0.kind, Kind::Link(..))
    }

    /// Whether the status is neither an error nor a success that the API documents for this request:
    /// another 2xx, or a 3xx.
    pub fn is_unexpected(&self) -> bool {
        matches!(self.0.kind, Kind::Unexpected(..))
    }

    /// Whether the body of a success is not as the API documents it.
    pub fn is_decode(&self) -> bool {
        matches!(self.0.kind, Kind::Decode(..))
    }

    /// Whether the status is 401: a token is needed, or this one is not valid.
    pub fn is_unauthorized(&self) -> bool {
        self.answered(StatusCode::UNAUTHORIZED)
    }

    /// Whether the status is 403 for another reason than a rate limit: the token lacks the permission.
    pub fn is_forbidden(&self) -> bool {
        self.answered(StatusCode::FORBIDDEN) && !self.is_rate_limited()
    }

    /// Whether the status is 404: there is no such resource, or it is hidden from this token.
    pub fn is_not_found(&self) -> bool {
        self.answered(StatusCode::NOT_FOUND)
    }

    /// Whether the status is 410: the resource no longer exists.
    pub fn is_gone(&self) -> bool {
        self.answered(StatusCode::GONE)
    }

    /// Whether the status is 422: a value in the request is invalid. The body may have the reasons, for
    /// [`decode_body`](Self::decode_body).
    pub fn is_validation(&self) -> bool {
        self.answered(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// Whether a rate limit is exceeded: the status is 429, or another one that the API uses for that as
    /// well, with `Retry-After`, with no requests left, or with a message or a documentation URL about
    /// rate limits.
    ///
    /// [`retry_after`](Self::retry_after) is the time to wait.
    pub fn is_rate_limited(&self) -> bool {
        self.answered(StatusCode::TOO_MANY_REQUESTS) || self.reports_limit_otherwise()
    }

    /// Whether the status is 500 or above: the server failed, perhaps only for now.
    pub fn is_server_error(&self) -> bool {
        matches!(self.0.kind, Kind::Status(..))
            && self.status().is_some_and(|status| status.is_server_error())
    }

    fn answered(&self, status: StatusCode) -> bool {
        matches!(self.0.kind, Kind::Status(..)) && self.status() == Some(status)
    }

    /// Whether a rate limit is exceeded, by another status than 429.
    fn reports_limit_otherwise(&self) -> bool {
        let (Kind::Status(_), Some(head)) = (&self.0.kind, &self.0.head) else {
            return false;
        };
        let api = head.api;
        let has_phrase = |text: Option<&str>| {
            let text = text.unwrap_or_default().to_ascii_lowercase();
            let mut phrases = api.rate_limit_phrases.iter();
            phrases.any(|phrase| text.contains(phrase))
        };
        api.rate_limit_statuses.contains(&head.status.as_u16())
            && (head.reports_rate_limit()
                || has_phrase(self.message())
                || has_phrase(self.documentation_url()))
    }
}
