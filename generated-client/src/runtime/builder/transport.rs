//! Timeouts, retries, limits, HTTP clients and events.

use std::time::{Duration, SystemTime};

use super::ClientBuilder;
#[cfg(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
))]
use crate::runtime::Error;
use crate::runtime::Event;
use crate::runtime::clock::Clock;
use crate::runtime::event::Listener;
use crate::runtime::sleeper::Sleeper;
use crate::runtime::transport::IdleTimeout;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
pub(super) const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

/// However long silence may last, a connection is asked for a sign of life after this time.
const LONGEST_UNASKED: Duration = Duration::from_secs(60 * 60);

/// How many bytes may come by one connection of HTTP/2 that nobody has read yet. Each answer has a
/// window of its own, of 2 MiB; this is so much more that no answer has to wait until others are read.
const CONNECTION_WINDOW: u32 = 1 << 30;

/// Timeouts, retries, limits, HTTP clients and events.
impl<C> ClientBuilder<C> {
    /// Timeout for connecting, TLS included; by default 10 seconds.
    pub fn connect_timeout(self, timeout: Duration) -> Self {
        self.configure_http(|http| http.connect_timeout(timeout))
    }

    /// Idle timeout: how long the server may take nothing of a request's body, send no response, or send
    /// no more of a response's body; by default 30 seconds.
    ///
    /// There is no timeout for a whole request, so a long upload or download may take its time, and none
    /// for reading the content of an [`Upload`](crate::Upload). Over HTTP/2, a connection without an
    /// answer to a ping is closed after two thirds of the time, so that no retry uses it.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = IdleTimeout::new(timeout);
        self.configure_http(|http| ask_for_life(http, timeout))
    }

    /// Maximum number of attempts for a request; by default 4. With 1 there are no retries.
    ///
    /// A request is retried after a failed connection and after a rate limit. If it is safe to repeat
    /// (any method but POST and PATCH), it is also retried after a response of 500, 502, 503 or 504 and
    /// after a lost response. The wait doubles each time, with jitter, or is what the server asks for. A
    /// rate limit of unknown length means a minute, and longer the next time. Requests that wait for the
    /// end of a limit wait up to a second more, at random, so that they do not all come at once.
    ///
    /// A request that the server refuses over HTTP/2 before processing it, as when it closes the
    /// connection, is sent again at once, whatever its method. That does not count as an attempt the
    /// first two times, unless the body exceeds 64 KiB.
    ///
    /// 0 is an error of `build`.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.retrying.max_attempts = attempts;
        self
    }

    /// Maximum time that a request waits between its attempts; by default 2 minutes. Each page of a list
    /// is a request, and so is each request of a download.
    ///
    /// The client and its clones share rate limits. When one request meets a limit, the others wait for
    /// its end before they are sent, if they may wait that long and have more than one attempt.
    ///
    /// If a rate limit lasts longer than a request may wait, the error comes at once, and
    /// [`retry_after`](crate::Error::retry_after) is the time to wait.
    pub fn max_wait(mut self, wait: Duration) -> Self {
        self.retrying.max_wait = wait;
        self
    }

    /// Maximum number of requests at a time, for this client and all of its clones: one limit for the
    /// API, and another of the same number for stores. There is none by default. Further requests wait.
    ///
    /// A request counts until its response has been read or dropped. With that many unread streams, the
    /// next request waits for ever.
    ///
    /// 0 is an error of `build`.
    pub fn max_concurrent_requests(mut self, requests: usize) -> Self {
        self.max_concurrent_requests = Some(requests);
        self
    }

    /// Allows credentials over plain http to another machine, and redirects from https to plain http.
    ///
    /// Anyone on the way can read them: use this only in networks that are safe by other means.
    pub fn allow_insecure_http(mut self) -> Self {
        self.insecure_http = true;
        self
    }

    /// Adds root certificates in PEM to those of the system, for servers with a certificate of a
    /// company's own authority.
    ///
    /// They are for the API and for the stores of downloads. Text without a valid certificate is an error
    /// of `build`.
    #[cfg(any(
        feature = "rustls",
        feature = "rustls-no-provider",
        feature = "native-tls"
    ))]
    pub fn root_certificate(mut self, pem: impl AsRef<[u8]>) -> Self {
        match reqwest::Certificate::from_pem_bundle(pem.as_ref()) {
            Ok(roots) if !roots.is_empty() => {
                self.configure_http(|http| http.tls_certs_merge(roots.clone()))
            }
            _ => {
                let reason = "is no certificate in PEM";
                self.roots = Err(Error::setting("root_certificate", reason));
                self
            }
        }
    }

    /// Adjusts all HTTP clients: the one for the API, and those for the other origins of downloads and
    /// some operations. Everything that reqwest's builder has can be set: proxies, certificates, DNS,
    /// local addresses, connection pools, TCP and HTTP/2 parameters. Settings for the API alone belong
    /// in [`configure_api_http`](Self::configure_api_http).
    ///
    /// An existing `reqwest::Client` cannot be used instead. It does not reveal whether it follows
    /// redirects, which would take the token to another origin, or decompresses bodies, which would
    /// change the digest of a download. Repeat its settings here; clones of this client share its
    /// connections.
    ///
    /// Three settings have no effect: redirects, the `Referer` header and verbose logging of
    /// connections. Where credentials or signed URLs go to this machine over plain http, no proxy is
    /// used, unless [`allow_insecure_http`](Self::allow_insecure_http) is called. Headers set here go to
    /// all servers.
    pub fn configure_http(
        mut self,
        adjust: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Self {
        self.http = adjust(self.http);
        self.store = adjust(self.store);
        self.local = adjust(self.local);
        self.separate = adjust(self.separate);
        self
    }

    /// Adjusts the HTTP client of the API and of [trusted](Self::trust_server) servers: headers of all
    /// requests, a client certificate, a timeout for a whole request.
    ///
    /// Otherwise it is like [`configure_http`](Self::configure_http).
    pub fn configure_api_http(
        mut self,
        adjust: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Self {
        self.http = adjust(self.http);
        self
    }

    /// Calls a function before each attempt, after each response, and when a request waits for the end of
    /// a rate limit or for its retry.
    ///
    /// The request waits for the function, which should return quickly.
    ///
    /// # Examples
    ///
    /// ```
    #[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::{Client, Event};")]
    /// let builder = Client::builder().on_event(|event| {
    ///     if let Event::Retry { error, wait, .. } = event {
    ///         eprintln!("{error}; again in {wait:?}");
    ///     }
    /// });
    /// ```
    pub fn on_event(mut self, listen: impl Fn(&Event<'_>) + Send + Sync + 'static) -> Self {
        self.listener = Listener::new(listen);
        self
    }

    /// Replaces the system's clock, for tests.
    pub fn clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Clock::new(now);
        self
    }

    /// Replaces tokio's timer for the waits between attempts, for tests that should not wait.
    pub fn sleeper<F>(mut self, sleep: impl Fn(Duration) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.sleeper = Sleeper::new(sleep);
        self
    }
}

/// The settings that all HTTP clients begin with.
pub(super) fn http_client() -> reqwest::ClientBuilder {
    let http = reqwest::Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .http2_initial_connection_window_size(CONNECTION_WINDOW);
    ask_for_life(http, IDLE_TIMEOUT)
}

/// Has a connection of HTTP/2 asked for a sign of life. Another attempt would go by the same one: if it
/// does not even answer a ping, it is given up before the server has been silent for too long.
fn ask_for_life(http: reqwest::ClientBuilder, limit: Duration) -> reqwest::ClientBuilder {
    let third = (limit / 3).min(LONGEST_UNASKED);
    http.http2_keep_alive_interval(third)
        .http2_keep_alive_timeout(third)
}
