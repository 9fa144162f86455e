//! What kind of failure an error is, to match on.

use super::Error;
use super::kind::Kind;

/// The kind of an [`Error`], for a `match`: see [`Error::kind`].
///
/// Where several predicates are true, it is the first of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting of the client is invalid: [`is_configuration`](Error::is_configuration).
    Configuration,
    /// The client refused to send the request: [`is_invalid_request`](Error::is_invalid_request).
    InvalidRequest,
    /// The token provider failed: [`is_token_provider`](Error::is_token_provider).
    TokenProvider,
    /// The body of the request could not be read: [`is_upload`](Error::is_upload).
    Upload,
    /// No connection could be made: [`is_connect`](Error::is_connect).
    Connect,
    /// A timeout expired: [`is_timeout`](Error::is_timeout).
    Timeout,
    /// The exchange broke off: [`is_interrupted`](Error::is_interrupted).
    Interrupted,
    /// Status 401: [`is_unauthorized`](Error::is_unauthorized).
    Unauthorized,
    /// A rate limit is exceeded: [`is_rate_limited`](Error::is_rate_limited).
    RateLimited,
    /// Status 403 for another reason: [`is_forbidden`](Error::is_forbidden).
    Forbidden,
    /// Status 404: [`is_not_found`](Error::is_not_found).
    NotFound,
    /// Status 410: [`is_gone`](Error::is_gone).
    Gone,
    /// Status 422: [`is_validation`](Error::is_validation).
    Validation,
    /// Another 4xx: [`status`](Error::status).
    OtherClientError,
    /// Status 500 or above: [`is_server_error`](Error::is_server_error).
    ServerError,
    /// A redirect cannot be followed: [`is_redirect`](Error::is_redirect).
    Redirect,
    /// The next page of a list cannot be fetched: [`is_link`](Error::is_link).
    Link,
    /// The status is not documented: [`is_unexpected`](Error::is_unexpected).
    Unexpected,
    /// The body is not as documented: [`is_decode`](Error::is_decode).
    Decode,
    /// The response of a download's store is an error, or makes no sense:
    /// [`is_store`](Error::is_store), and none of the kinds above.
    Store,
    /// The content changed during the download: [`is_changed`](Error::is_changed).
    Changed,
    /// The content is not what was expected: [`is_mismatch`](Error::is_mismatch).
    Mismatch,
    /// A file of this machine cannot be used: [`is_file`](Error::is_file).
    File,
    /// The archive cannot be extracted, with the feature `unzip`: `Error::is_archive`.
    Archive,
}

impl Error {
    /// The kind of the error, for a `match`.
    ///
    /// # Examples
    ///
    /// ```
    #[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::{Error, ErrorKind};")]
    ///
    /// fn exit_code(error: &Error) -> u8 {
    ///     match error.kind() {
    ///         ErrorKind::NotFound | ErrorKind::Gone => 2,
    ///         ErrorKind::Unauthorized | ErrorKind::Forbidden => 3,
    ///         _ => 1,
    ///     }
    /// }
    /// ```
    pub fn kind(&self) -> ErrorKind {
        match &self.0.kind {
            Kind::Setting(..) => ErrorKind::Configuration,
            Kind::Request(..) => ErrorKind::InvalidRequest,
            Kind::Token(..) => ErrorKind::TokenProvider,
            Kind::Upload(..) => ErrorKind::Upload,
            Kind::Slow(..) => ErrorKind::Timeout,
            Kind::Transport(..) | Kind::Silence | Kind::Truncated { .. } => self.of_exchange(),
            Kind::Redirect(..) => ErrorKind::Redirect,
            Kind::Link(..) => ErrorKind::Link,
            Kind::Decode(..) => ErrorKind::Decode,
            Kind::Status(..) => self.of_status(),
            Kind::Unexpected(..) if self.is_redirect() => ErrorKind::Redirect,
            Kind::Unexpected(..) => ErrorKind::Unexpected,
            Kind::Store(..) | Kind::Unusable(..) => ErrorKind::Store,
            Kind::Changed => ErrorKind::Changed,
            Kind::Mismatch(..) => ErrorKind::Mismatch,
            Kind::File(..) => ErrorKind::File,
            #[cfg(feature = "unzip")]
            Kind::Archive(..) => ErrorKind::Archive,
        }
    }

    fn of_exchange(&self) -> ErrorKind {
        if self.is_connect() {
            ErrorKind::Connect
        } else if self.is_timeout() {
            ErrorKind::Timeout
        } else {
            ErrorKind::Interrupted
        }
    }

    fn of_status(&self) -> ErrorKind {
        if self.is_rate_limited() {
            return ErrorKind::RateLimited;
        }
        match self.status().map_or(0, |status| status.as_u16()) {
            401 => ErrorKind::Unauthorized,
            403 => ErrorKind::Forbidden,
            404 => ErrorKind::NotFound,
            410 => ErrorKind::Gone,
            422 => ErrorKind::Validation,
            500.. => ErrorKind::ServerError,
            _ => ErrorKind::OtherClientError,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::time::Duration;

    use super::*;

    /// Those that no answer of the API is; `errors.rs` of the behaviour tests has the others.
    #[test]
    fn without_an_answer() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        for (error, kind) in [
            (
                Error::setting("token", "is empty"),
                ErrorKind::Configuration,
            ),
            (
                Error::argument("owner", "is empty"),
                ErrorKind::InvalidRequest,
            ),
            (Error::unrepeatable(), ErrorKind::InvalidRequest),
            (Error::silence(), ErrorKind::Timeout),
            (Error::too_slow(Duration::ZERO), ErrorKind::Timeout),
            (Error::silence().at_store(), ErrorKind::Timeout),
            (Error::truncated(1, Some(2)), ErrorKind::Interrupted),
            (Error::moved("it leads nowhere"), ErrorKind::Redirect),
            (Error::link("it leads nowhere"), ErrorKind::Link),
            (Error::too_long(1), ErrorKind::Decode),
            (Error::store(None).at_store(), ErrorKind::Store),
            (Error::unusable("it is a part").at_store(), ErrorKind::Store),
            (Error::changed(), ErrorKind::Changed),
            (Error::mismatch("another digest"), ErrorKind::Mismatch),
            (Error::file("cannot write", full), ErrorKind::File),
        ] {
            assert_eq!(error.kind(), kind, "{error}");
            for (predicate, kinds) in [
                (error.is_configuration(), &[ErrorKind::Configuration][..]),
                (error.is_invalid_request(), &[ErrorKind::InvalidRequest]),
                (error.is_token_provider(), &[]),
                (error.is_upload(), &[]),
                (error.is_timeout(), &[ErrorKind::Timeout]),
                (error.is_redirect(), &[ErrorKind::Redirect]),
                (error.is_link(), &[ErrorKind::Link]),
                (error.is_decode(), &[ErrorKind::Decode]),
                (error.is_changed(), &[ErrorKind::Changed]),
                (error.is_mismatch(), &[ErrorKind::Mismatch]),
                (error.is_file(), &[ErrorKind::File]),
            ] {
                assert_eq!(predicate, kinds.contains(&kind), "{error}");
            }
            #[cfg(feature = "unzip")]
            assert!(!error.is_archive(), "{error}");
        }
    }
}
