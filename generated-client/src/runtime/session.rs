//! The state that all requests of a client share.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use reqwest::Url;
use reqwest::header::HeaderMap;

use super::Error;
use super::api::{Api, Operation};
use super::base_url::{BaseUrl, is_loopback};
use super::clock::Clock;
use super::credentials::{Chosen, Credentials, Secrets};
use super::event::{Attempt, Listener, Watched};
use super::head::Head;
use super::lazy_http::LazyHttp;
use super::limits::{Gate, Limits};
use super::options::RequestOptions;
use super::peer::Peer;
use super::retry::{Policy, Retries};
use super::sleeper::Sleeper;
use super::transport::IdleTimeout;

/// The shared part of a client; a clone is the same session.
#[derive(Clone)]
pub(crate) struct Session {
    settings: Arc<Settings>,
    /// Options of the requests of this clone, if there are any.
    options: Option<Arc<RequestOptions>>,
}

/// The parts of a session.
pub(super) struct Settings {
    pub(super) api: &'static Api,
    /// For the API; it must not follow redirects by itself.
    pub(super) http: reqwest::Client,
    /// For all other origins; it must not follow redirects by itself, and must leave bodies as they
    /// are on the wire.
    pub(super) store: LazyHttp,
    /// The same for plain http within the machine, where a proxy would have signed URLs leave it.
    pub(super) local: LazyHttp,
    /// The same with HTTP/1.1 only, so that concurrent requests use separate connections.
    pub(super) separate: LazyHttp,
    pub(super) base_url: BaseUrl,
    /// The servers of operations that have one of their own, by what the document says.
    pub(super) servers: BTreeMap<&'static str, OperationServer>,
    /// The headers of every request to the API.
    pub(super) headers: HeaderMap,
    /// None, unless the base URL may receive them.
    pub(super) credentials: Credentials,
    /// Whether a redirect may lead from https to plain http.
    pub(super) insecure_http: bool,
    /// Whether servers name other origins than that of the base URL, and mean it.
    pub(super) is_behind_gateway: bool,
    pub(super) idle_timeout: IdleTimeout,
    pub(super) retries: Policy,
    pub(super) limits: Limits,
    /// For requests to the API.
    pub(super) gate: Gate,
    /// For requests to stores.
    pub(super) store_gate: Gate,
    pub(super) clock: Clock,
    pub(super) sleeper: Sleeper,
    pub(super) listener: Listener,
}

impl Settings {
    /// The HTTP client for a store's URL.
    pub(super) fn store_for(&self, url: &Url) -> Result<&reqwest::Client, Error> {
        let is_local = !self.insecure_http && url.scheme() == "http" && is_loopback(url);
        let store = if is_local { &self.local } else { &self.store };
        store.client()
    }
}

/// The server of some operations.
pub(super) struct OperationServer {
    pub(super) url: BaseUrl,
    /// Whether it receives credentials and the API's headers.
    pub(super) is_trusted: bool,
}

/// For emitted code.
#[allow(dead_code, reason = "a document may have no operations")]
impl Session {
    /// What the path of an operation is appended to: the API's URL without a slash at its end.
    pub(crate) fn base_url(&self) -> &str {
        self.settings.base_url.as_str()
    }

    /// The same for an operation that has a server of its own.
    pub(crate) fn server_url(&self, operation: &Operation) -> &str {
        let server = self.server(operation);
        server.map_or(self.base_url(), |server| server.url.as_str())
    }

    fn server(&self, operation: &Operation) -> Option<&OperationServer> {
        self.settings.servers.get(operation.server?)
    }

    /// The same session with these options.
    pub(crate) fn with_options(&self, options: RequestOptions) -> Self {
        let options = match self.options() {
            Some(earlier) => earlier.clone().and(options),
            None => options,
        };
        Self {
            settings: self.settings.clone(),
            options: Some(Arc::new(options)),
        }
    }

    /// The HTTP client of the API, which builds requests.
    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.settings.http
    }
}

/// For the rest of the runtime.
impl Session {
    pub(super) fn new(settings: Settings) -> Self {
        Self {
            settings: Arc::new(settings),
            options: None,
        }
    }

    /// Options of the requests.
    pub(super) fn options(&self) -> Option<&RequestOptions> {
        self.options.as_deref()
    }

    /// Refuses options that no request may have.
    pub(super) fn check_options(&self) -> Result<(), Error> {
        let schemes = self.settings.credentials.schemes;
        self.options()
            .map_or(Ok(()), |options| options.check(schemes))
    }

    /// The HTTP client for other origins, without credentials and headers of the API.
    pub(super) fn store(&self, url: &Url) -> Result<&reqwest::Client, Error> {
        self.settings.store_for(url)
    }

    /// The same for concurrent requests by separate connections. Without TLS, HTTP/2 is used only if the
    /// caller has configured it.
    pub(super) fn separate_store(&self, url: &Url) -> Result<&reqwest::Client, Error> {
        if url.scheme() == "https" {
            return self.settings.separate.client();
        }
        self.store(url)
    }

    /// Whether a redirect may lead from https to plain http.
    pub(super) fn insecure_http(&self) -> bool {
        self.settings.insecure_http
    }

    /// How long a server may be silent.
    pub(super) fn idle_timeout(&self) -> IdleTimeout {
        self.settings.idle_timeout
    }

    pub(super) fn clock(&self) -> &Clock {
        &self.settings.clock
    }

    /// Takes the head of a response that has just arrived from a URL.
    pub(super) fn head(&self, response: &mut reqwest::Response, url: Url) -> Head {
        let settings = &self.settings;
        Head::take(settings.api, response, url, settings.clock.now())
    }

    /// The secrets.
    pub(super) fn secrets(&self) -> Secrets {
        let mut secrets = self.settings.credentials.secrets();
        if let Some(options) = self.options() {
            // What the client sends itself is no secret.
            let own = &self.settings.headers;
            let headers = options.headers().iter();
            secrets.add_headers(headers.filter(|(name, _)| !own.contains_key(*name)));
        }
        secrets
    }

    /// The limits of retries.
    pub(super) fn retries(&self) -> Retries {
        let client = self.settings.retries;
        let policy = self
            .options()
            .map_or(client, |options| options.policy(client));
        let (sleeper, listener) = (&self.settings.sleeper, &self.settings.listener);
        Retries::new(policy, sleeper.clone(), listener.clone())
    }

    /// The rate limits that its requests have met.
    pub(super) fn limits(&self) -> &Limits {
        &self.settings.limits
    }

    /// The limit on concurrent requests to the API.
    pub(super) fn gate(&self) -> &Gate {
        &self.settings.gate
    }

    /// The limit on concurrent requests to stores.
    pub(super) fn store_gate(&self) -> &Gate {
        &self.settings.store_gate
    }

    /// Reports that an attempt begins.
    pub(super) fn watch<'a>(&'a self, attempt: Attempt<'a>) -> Watched<'a> {
        Watched::begin(attempt, &self.settings.listener, &self.settings.clock)
    }

    /// The server that an operation's requests go to.
    pub(super) fn peer(&self, operation: &Operation) -> Peer<'_> {
        let settings = &*self.settings;
        let (url, is_trusted) = match self.server(operation) {
            Some(server) => (&server.url, server.is_trusted),
            None => (&settings.base_url, true),
        };
        let credentials = if is_trusted {
            settings.credentials.chosen(operation.security)
        } else {
            Chosen::default()
        };
        Peer {
            settings,
            url,
            is_trusted,
            credentials,
            options: self.options(),
        }
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("base_url", &self.base_url())
            .finish_non_exhaustive()
    }
}
