//! Servers.

use std::collections::BTreeMap;
use std::fmt;

use reqwest::header::HeaderValue;

use super::ClientBuilder;
use super::build::header_value;
use crate::runtime::Error;
use crate::runtime::api::{Api, Server};
use crate::runtime::base_url::BaseUrl;
use crate::runtime::session::OperationServer;

/// Servers.
impl<C> ClientBuilder<C> {
    /// Sets the URL of the API: that of a gateway or of a test server, for example.
    ///
    /// The path of the URL, with or without a slash at its end, precedes the path of every request. A
    /// URL that is neither http nor https, or has a query, a fragment, a user name, a password, a space
    /// or a backslash, is an error of `build`.
    pub fn base_url(mut self, url: impl AsRef<str>) -> Self {
        self.server = MainServer::Url(BaseUrl::parse("base_url", url.as_ref()));
        self
    }

    /// For a base URL that is a gateway, in front of an API that does not know of it: next pages and
    /// redirects of the API name its own origin.
    ///
    /// Such a URL is fetched from the base URL, with its path and query. The path of the base URL is put
    /// before its path, unless the path begins with it. So the token goes to the base URL only. Without
    /// this call, another origin is an error.
    ///
    /// URLs of downloads do not change, since they are those of a store.
    pub fn behind_gateway(mut self) -> Self {
        self.is_behind_gateway = true;
        self
    }

    /// Requests another version of the API than that of this crate.
    ///
    /// The types are those of the crate's version: a response of another one may not decode. If the API
    /// has no header for its version, this is an error of `build`.
    pub fn api_version(mut self, version: impl AsRef<str>) -> Self {
        let version = header_value("api_version", version.as_ref(), |c| c.is_ascii_graphic());
        self.api_version = ApiVersion::Chosen(version);
        self
    }

    /// Sends no version of the API, for a server that does not know the header or should use its
    /// default.
    ///
    /// The types are those of the crate's version: a response of another one may not decode.
    pub fn without_api_version(mut self) -> Self {
        self.api_version = ApiVersion::Unsent;
        self
    }

    /// Allows another server to receive credentials and the API's headers.
    ///
    /// Some APIs have a server of its own for some operations, such as uploads; their docs say so. If
    /// its origin is not that of the base URL, such requests have neither, unless this is called with a
    /// URL of that origin.
    ///
    /// A URL of any other origin is an error of `build`.
    pub fn trust_server(mut self, url: impl AsRef<str>) -> Self {
        self.trusted
            .push(BaseUrl::parse("trust_server", url.as_ref()));
        self
    }

    /// Replaces the server that the API has for some operations by another one: a gateway or a test
    /// server, for example.
    ///
    /// If the other is at another origin than the base URL, it must be [trusted](Self::trust_server) to
    /// receive credentials, whether or not the replaced one is.
    ///
    /// A `url` that is not the server of an operation is an error of `build`.
    pub fn replace_server(mut self, url: impl AsRef<str>, other: impl AsRef<str>) -> Self {
        let parse = |url| BaseUrl::parse("replace_server", url);
        let other = parse(other.as_ref());
        let replaced = parse(url.as_ref()).and_then(|url| Ok((url, other?)));
        self.replaced.push(replaced);
        self
    }

    /// Talks to a server whose URL has variables, of which this is the value of one.
    #[allow(dead_code, reason = "a document may have no servers with variables")]
    pub(crate) fn server_variable(
        mut self,
        server: &'static Server,
        name: &'static str,
        value: &str,
    ) -> Self {
        let mut values = match self.server {
            MainServer::Template(chosen, values) if chosen.url == server.url => values,
            _ => BTreeMap::new(),
        };
        values.insert(name, value.to_owned());
        self.server = MainServer::Template(server, values);
        self
    }
}

/// Which version of the API is asked for.
pub(super) enum ApiVersion {
    /// That of the document.
    Documented,
    Chosen(Result<HeaderValue, Error>),
    Unsent,
}

/// Where the API is.
pub(super) enum MainServer {
    Url(Result<BaseUrl, Error>),
    Template(&'static Server, BTreeMap<&'static str, String>),
}

impl MainServer {
    /// The base URL of the document, if it has one.
    pub(super) fn of(api: &Api) -> Self {
        let missing = || Err(Error::setting("base_url", "is missing"));
        let parse = |url| BaseUrl::parse("base_url", url);
        Self::Url(api.base_url.map_or_else(missing, parse))
    }

    pub(super) fn into_url(self) -> Result<BaseUrl, Error> {
        match self {
            Self::Url(url) => url,
            Self::Template(server, values) => server.url(&values),
        }
    }
}

impl fmt::Debug for MainServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(url) => url.as_ref().map(BaseUrl::as_str).fmt(f),
            Self::Template(server, values) => {
                server.url(values).as_ref().map(BaseUrl::as_str).fmt(f)
            }
        }
    }
}

/// The servers of operations that have one of their own, each where it is now, and whether that is
/// trusted.
pub(super) fn operation_servers(
    api: &Api,
    base_url: &BaseUrl,
    replaced: &[(BaseUrl, BaseUrl)],
    trusted: &[BaseUrl],
) -> Result<BTreeMap<&'static str, OperationServer>, Error> {
    let mut servers = BTreeMap::new();
    for &server in api.operation_servers {
        servers.insert(server, BaseUrl::parse("base_url", server)?);
    }
    let is_documented = |url: &BaseUrl| {
        servers
            .values()
            .any(|server| server.as_str() == url.as_str())
    };
    if !replaced.iter().all(|(url, _)| is_documented(url)) {
        let reason = "is for a URL that no operation has for its server";
        return Err(Error::setting("replace_server", reason));
    }
    for server in servers.values_mut() {
        // The later call holds.
        let mut replaced = replaced.iter().rev();
        let other = replaced.find(|(url, _)| url.as_str() == server.as_str());
        if let Some((_, other)) = other {
            *server = other.clone();
        }
    }
    let is_used = |url| servers.values().any(|server| server.has_origin_of(url));
    if !trusted.iter().all(is_used) {
        let reason = "is for an origin that no operation with a server of its own goes to";
        return Err(Error::setting("trust_server", reason));
    }
    let servers = servers.into_iter().map(|(name, url)| {
        let is_trusted =
            url.has_origin_of(base_url) || trusted.iter().any(|one| url.has_origin_of(one));
        (name, OperationServer { url, is_trusted })
    });
    Ok(servers.collect())
}
