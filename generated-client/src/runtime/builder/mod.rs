//! How a client is set up.

mod build;
mod credentials;
mod environment;
#[cfg(feature = "mock")]
mod mock;
mod server;
mod tls;
mod transport;

use std::collections::BTreeMap;
use std::fmt;

use reqwest::header::HeaderValue;

use super::api::Api;
use super::base_url::BaseUrl;
use super::clock::Clock;
use super::credentials::{Credential, TokenSource};
use super::event::Listener;
use super::retry::Policy as Retrying;
use super::sleeper::Sleeper;
use super::transport::IdleTimeout;
use super::{Error, Session};
use server::{ApiVersion, MainServer};

#[cfg(feature = "mock")]
pub(super) use mock::{mocked, parts_of};

/// Settings of a client.
///
/// All are optional. An invalid one is an error of [`build`](Self::build). A later call replaces an
/// earlier one for the same setting.
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<C> {
    api: &'static Api,
    finish: fn(Session) -> C,
    server: MainServer,
    /// Servers of operations, each with what is to be asked in its place.
    replaced: Vec<Result<(BaseUrl, BaseUrl), Error>>,
    trusted: Vec<Result<BaseUrl, Error>>,
    token: Result<Option<TokenSource>, Error>,
    /// The credentials of schemes, by the names of these.
    credentials: BTreeMap<&'static str, Result<Credential, Error>>,
    user_agent: Result<HeaderValue, Error>,
    api_version: ApiVersion,
    /// Whether the root certificates that were given can be used.
    roots: Result<(), Error>,
    insecure_http: bool,
    is_behind_gateway: bool,
    http: reqwest::ClientBuilder,
    store: reqwest::ClientBuilder,
    /// The same as the one for stores, for those of this machine.
    local: reqwest::ClientBuilder,
    /// The same as the one for stores, for concurrent requests by separate connections.
    separate: reqwest::ClientBuilder,
    idle_timeout: IdleTimeout,
    retrying: Retrying,
    max_concurrent_requests: Option<usize>,
    clock: Clock,
    sleeper: Sleeper,
    listener: Listener,
}

impl<C> ClientBuilder<C> {
    pub(crate) fn new(api: &'static Api, finish: fn(Session) -> C) -> Self {
        Self {
            api,
            finish,
            server: MainServer::of(api),
            replaced: Vec::new(),
            trusted: Vec::new(),
            token: Ok(None),
            credentials: BTreeMap::new(),
            user_agent: Ok(HeaderValue::from_static(concat!(
                env!("CARGO_PKG_NAME"),
                "/",
                env!("CARGO_PKG_VERSION")
            ))),
            api_version: ApiVersion::Documented,
            roots: Ok(()),
            insecure_http: false,
            is_behind_gateway: false,
            http: transport::http_client(),
            store: transport::http_client(),
            local: transport::http_client(),
            separate: transport::http_client(),
            idle_timeout: IdleTimeout::new(transport::IDLE_TIMEOUT),
            retrying: Retrying::default(),
            max_concurrent_requests: None,
            clock: Clock::default(),
            sleeper: Sleeper::default(),
            listener: Listener::default(),
        }
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("base_url", &self.server)
            .field("user_agent", &self.user_agent)
            .field("token", &self.token)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}
