//! What the emitted code tells the runtime about an API and its operations.

/// An API: what a client of it has to know before its first request.
#[derive(Debug)]
pub(crate) struct Api {
    /// Where the API is when the caller says nothing else; without it, the caller has to.
    pub(crate) base_url: Option<&'static str>,
    /// The version of the API that the code was emitted for.
    pub(crate) version: &'static str,
    /// The header that tells the server this version, in lower case, where the API has one.
    pub(crate) version_header: Option<&'static str>,
    /// The `Accept` header of a request that names none itself.
    pub(crate) accept: &'static str,
}

/// An operation: what is true of it whatever its arguments.
#[derive(Debug)]
pub(crate) struct Operation {
    /// Its `operationId`, as in `issues/get`.
    pub(crate) id: &'static str,
}
