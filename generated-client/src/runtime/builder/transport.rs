//! How the client asks.

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

/// How the client asks.
impl<C> ClientBuilder<C> {
    /// How long connecting may take, TLS included; 10 seconds when this is not called.
    pub fn connect_timeout(self, timeout: Duration) -> Self {
        self.configure_http(|http| http.connect_timeout(timeout))
    }

    /// How long the server may be silent: while it takes nothing of a request's body, before its
    /// answer begins, and between any two parts of the answer's body; 30 seconds when this is not
    /// called.
    ///
    /// There is no limit on the whole exchange, so that a long upload or download may take its time,
    /// and none on how long the content of an [`Upload`](crate::Upload) takes to be read. Over HTTP/2,
    /// a connection that answers no ping is given up after two thirds of the time, so that no other
    /// attempt goes by it.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = IdleTimeout::new(timeout);
        self.configure_http(|http| ask_for_life(http, timeout))
    }

    /// How often a request may be sent, the first time included; 4 times when this is not called,
    /// and never again with 1.
    ///
    /// What is sent again is a request whose connection failed, one that does no more twice than
    /// once (any but POST and PATCH) and was answered 500, 502, 503 or 504 or lost its answer, and
    /// one that came up against a rate limit. Each time it waits: twice as long as before with a
    /// part of that left to chance, or for as long as the server says, and a minute and then longer
    /// when a rate limit does not say how long. What waits for a limit takes up to a second more, by
    /// chance, so that not all that waited comes back at once.
    ///
    /// Not counted is what a server refuses over HTTP/2 before it has done anything about it, as when
    /// it is about to close the connection: that is sent again at once, whatever it is, and twice at
    /// most before it counts as an attempt that failed; with a body of more than 64 KiB, it counts.
    ///
    /// 0 is an error of `build`.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.retrying.max_attempts = attempts;
        self
    }

    /// How long a request may wait in all before it is sent again; 2 minutes when this is not
    /// called. Each page of a list is a request, and so is each that a download takes.
    ///
    /// A rate limit that one request has met holds for all of the client and its clones: instead of
    /// asking in vain, they wait for its end before they are sent, if they may wait for as long and be
    /// sent more than once.
    ///
    /// When a rate limit holds for longer, nothing waits: the error is given at once, and
    /// [`retry_after`](crate::Error::retry_after) tells when to come back.
    pub fn max_wait(mut self, wait: Duration) -> Self {
        self.retrying.max_wait = wait;
        self
    }

    /// How many requests there may be at a time, in this client and all of its clones: so many to the
    /// API, and so many to stores. There is no such limit when this is not called. The others wait for
    /// their turn.
    ///
    /// A request counts until its answer has been read or dropped. Whoever keeps that many streams
    /// open without reading them waits for ever with another one.
    ///
    /// 0 is an error of `build`.
    pub fn max_concurrent_requests(mut self, requests: usize) -> Self {
        self.max_concurrent_requests = Some(requests);
        self
    }

    /// Lets credentials go over plain http to a host that is not this machine, and takes a redirect
    /// from https to plain http.
    ///
    /// Whoever is on the way can read it then: this is for networks that are safe by other means.
    pub fn allow_insecure_http(mut self) -> Self {
        self.insecure_http = true;
        self
    }

    /// Trusts another authority, beside those of the system: a root certificate in PEM, or several in
    /// one text, as a server within a company may need.
    ///
    /// It holds for the API and for the stores of downloads. Text without a certificate in it, or with
    /// one that cannot be read, is an error of `build`.
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

    /// Adjusts the HTTP clients: one for the API, and those for the other origins that downloads and
    /// some operations go to. A proxy, root certificates, a client certificate, connection pooling:
    /// whatever it is, it is done to all of them. What is the API's alone belongs into
    /// [`configure_api_http`](Self::configure_api_http).
    ///
    /// A `reqwest::Client` that is there already cannot be used instead: it does not tell whether it
    /// follows redirects or decompresses what it gets, and a download is safe with neither. What it was
    /// made of can be repeated here, and clones of this client share its connections.
    ///
    /// Redirects stay in this crate's own hands whatever is set here, since following one blindly
    /// would take the token along. No proxy, whether set here or by the environment, is used for plain
    /// http within the machine where credentials or signed URLs would leave it, unless
    /// [`allow_insecure_http`](Self::allow_insecure_http) is called. Beware of headers set here: they
    /// are sent with every request, wherever it goes.
    pub fn configure_http(
        mut self,
        adjust: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Self {
        self.http = adjust(self.http);
        self.store = adjust(self.store);
        self.local = adjust(self.local);
        self
    }

    /// Adjusts the HTTP client for the API alone, which talks to no other origin that is not
    /// [trusted](Self::trust_server): headers that all requests are to have, a certificate that the
    /// client proves itself with, a limit on the whole of an exchange.
    ///
    /// Otherwise it is as [`configure_http`](Self::configure_http).
    pub fn configure_api_http(
        mut self,
        adjust: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Self {
        self.http = adjust(self.http);
        self
    }

    /// Tells a function what the client does: before each attempt, after each answer, and when a
    /// request waits for the end of a rate limit or is to be sent again.
    ///
    /// It is called in between, so that it should take no time, and not wait for anything.
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

    /// Takes the time from another clock than the system's, for tests.
    pub fn clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Clock::new(now);
        self
    }

    /// Waits by another means than tokio's timer, for tests that do not want to wait. It is given
    /// the time that a request is to wait before it is sent again.
    pub fn sleeper<F>(mut self, sleep: impl Fn(Duration) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.sleeper = Sleeper::new(sleep);
        self
    }
}

/// What all HTTP clients begin with.
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
