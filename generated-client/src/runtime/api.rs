//! The data of an API and its operations, which emitted code hands to the runtime.

/// The data of an API.
#[derive(Debug)]
pub(crate) struct Api {
    /// The default base URL. Without one, the caller must set it.
    pub(crate) base_url: Option<&'static str>,
    /// The version of the API that the code was emitted for.
    pub(crate) version: &'static str,
    /// The request header for this version, in lower case, if the API has one.
    pub(crate) version_header: Option<&'static str>,
    /// The `Accept` header of a request without one of its own.
    pub(crate) accept: &'static str,
    /// The response header with the id that the server gave the request, in lower case.
    pub(crate) request_id_header: &'static str,
    /// The statuses beside 429 of errors that may report a rate limit.
    pub(crate) rate_limit_statuses: &'static [u16],
    /// The phrases about a rate limit in such an error, in lower case.
    pub(crate) rate_limit_phrases: &'static [&'static str],
    /// The documented properties of errors.
    pub(crate) error_fields: ErrorFields,
    /// The servers of operations that have one of their own: absolute URLs.
    pub(crate) operation_servers: &'static [&'static str],
    /// The security schemes, each by the name of the setting that gives its credential.
    pub(crate) schemes: &'static [(&'static str, Scheme)],
}

/// The properties of JSON errors that the runtime reads. Of several that a body has, the first is used.
#[derive(Debug)]
pub(crate) struct ErrorFields {
    /// The message of an error or of a detail.
    pub(crate) messages: &'static [&'static str],
    /// The URL of documentation about the error.
    pub(crate) documentation_urls: &'static [&'static str],
    /// The list of details, such as the values that are invalid.
    pub(crate) details: &'static [&'static str],
    /// The location that a detail is about, from the outside in; all that a detail has are used.
    pub(crate) locations: &'static [&'static str],
    /// The code of a detail.
    pub(crate) codes: &'static [&'static str],
}

/// A server whose URL has variables in it, as in `https://{region}.example.com`.
#[derive(Debug)]
#[allow(dead_code, reason = "a document may have no servers with variables")]
pub(crate) struct Server {
    pub(crate) url: &'static str,
    pub(crate) variables: &'static [Variable],
}

/// A variable of a server's URL.
#[derive(Debug)]
#[allow(dead_code, reason = "a document may have no servers with variables")]
pub(crate) struct Variable {
    pub(crate) name: &'static str,
    pub(crate) default: &'static str,
    /// The values that it may have; any value if there are none.
    pub(crate) values: &'static [&'static str],
}

/// How a credential is sent.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "the document decides which schemes there are")]
pub(crate) enum Scheme {
    /// A token in `Authorization: Bearer …`: HTTP's own scheme, OAuth 2, OpenID Connect.
    Bearer,
    /// A user name and a password in `Authorization: Basic …`.
    Basic,
    /// Any other of HTTP's schemes: the caller gives the whole value of `Authorization`.
    Authorization,
    /// A key in a header of this name.
    Header(&'static str),
    /// A key in a parameter of the query.
    Query(&'static str),
    /// A key in a cookie.
    Cookie(&'static str),
}

/// The data of an operation that do not depend on its arguments.
#[derive(Debug)]
pub(crate) struct Operation {
    /// Its `operationId`, as in `issues/get`; empty for a request of the caller's own.
    pub(crate) id: &'static str,
    /// The credentials that it is sent with.
    pub(crate) security: Security,
    /// Its own server, one of [`Api::operation_servers`], where it has one.
    pub(crate) server: Option<&'static str>,
}

impl Operation {
    /// Its name, for messages; a request by method and path has none.
    pub(super) fn name(&self) -> Option<&'static str> {
        Some(self.id).filter(|id| !id.is_empty())
    }
}

/// Which credentials the requests of an operation are signed with.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "the document decides which of them are used")]
pub(crate) enum Security {
    /// All that are set: the document does not say.
    Unspecified,
    /// Those of the first alternative, not counting empty ones, of which all are set; or else none.
    /// A scheme goes by its name in [`Api::schemes`].
    Alternatives(&'static [&'static [&'static str]]),
}
