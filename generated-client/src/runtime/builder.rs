//! How a client is set up.

use std::error::Error as StdError;
use std::fmt;
use std::time::{Duration, SystemTime};

use reqwest::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use reqwest::redirect::Policy;

use super::api::Api;
use super::base_url::BaseUrl;
use super::clock::Clock;
use super::credentials::{Credentials, Provider};
use super::retry::Policy as Retrying;
use super::session::Settings;
use super::sleeper::Sleeper;
use super::token::Token;
use super::{AccessToken, Error, Session};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

/// However long silence may last, a connection is asked for a sign of life after this time.
const LONGEST_UNASKED: Duration = Duration::from_secs(60 * 60);

/// How many bytes may come by one connection of HTTP/2 that nobody has read yet. Each answer has a
/// window of its own, of 2 MiB; this is so much more that no answer has to wait until others are read.
const CONNECTION_WINDOW: u32 = 1 << 30;

/// Settings of a client that is yet to be built.
///
/// Each of them may be left out. A setting that cannot be used is told by [`build`](Self::build);
/// of two calls for the same setting the later one holds.
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<C> {
    api: &'static Api,
    finish: fn(Session) -> C,
    base_url: Result<BaseUrl, Error>,
    credentials: Result<Credentials, Error>,
    user_agent: Result<HeaderValue, Error>,
    api_version: Option<Result<HeaderValue, Error>>,
    insecure_http: bool,
    http: reqwest::ClientBuilder,
    store: reqwest::ClientBuilder,
    retrying: Retrying,
    clock: Clock,
    sleeper: Sleeper,
}

/// Who is asking, and whom.
impl<C> ClientBuilder<C> {
    pub(crate) fn new(api: &'static Api, finish: fn(Session) -> C) -> Self {
        Self {
            api,
            finish,
            base_url: api.base_url.map_or_else(
                || Err(Error::setting("base_url", "is missing")),
                BaseUrl::parse,
            ),
            credentials: Ok(Credentials::None),
            user_agent: Ok(HeaderValue::from_static(concat!(
                env!("CARGO_PKG_NAME"),
                "/",
                env!("CARGO_PKG_VERSION")
            ))),
            api_version: None,
            insecure_http: false,
            http: http_client(),
            store: http_client(),
            retrying: Retrying::default(),
            clock: Clock::default(),
            sleeper: Sleeper::default(),
        }
    }

    /// Signs every request with a token, in an `Authorization: Bearer …` header.
    ///
    /// It is sent to the origin (scheme, host, port) of the base URL and to no other, and over
    /// plain http only within the machine and past any proxy, unless
    /// [`allow_insecure_http`](Self::allow_insecure_http) is called. Nothing prints it.
    ///
    /// A token that is empty, or has a space or a line break in it (a file often ends in one), is
    /// an error of `build`.
    pub fn token(mut self, token: impl AsRef<str>) -> Self {
        self.credentials = Token::parse(token.as_ref())
            .map(Credentials::Token)
            .map_err(|reason| Error::setting("token", reason));
        self
    }

    /// Signs every request with a token from an asynchronous source, for tokens that do not last:
    /// those of a GitHub App's installation, say.
    ///
    /// The source is asked when the first request needs a token, a minute before the token
    /// [expires](AccessToken::expires_at), and when the server answers 401, after which the request
    /// is sent once more. It is asked once at a time, however many requests are waiting for it. An
    /// error of it is one of these requests, of which
    /// [`is_token_provider`](Error::is_token_provider) holds.
    ///
    /// The source must not send requests by this very client, which would have it wait for itself.
    /// The token is treated as that of [`token`](Self::token).
    ///
    /// # Examples
    ///
    /// ```
    /// # use std::time::{Duration, SystemTime};
    #[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::{AccessToken, Client};")]
    /// # async fn ask_for_a_token() -> std::io::Result<String> { Ok("t".to_owned()) }
    /// let client = Client::builder().token_provider(|| async {
    ///     let token = ask_for_a_token().await?;
    ///     let expiry = SystemTime::now() + Duration::from_secs(3600);
    ///     Ok::<_, std::io::Error>(AccessToken::new(token).expires_at(expiry))
    /// });
    /// ```
    pub fn token_provider<F, E>(mut self, provider: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<AccessToken, E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        self.credentials = Ok(Credentials::Provider(Provider::new(provider)));
        self
    }

    /// Tells the server who is asking, as in `nightly-report/1.0`: in visible ASCII, with spaces in
    /// between if need be.
    ///
    /// When this is not called, it is told the name and the version of this crate.
    pub fn user_agent(mut self, user_agent: impl AsRef<str>) -> Self {
        let spaced = |c: char| c.is_ascii_graphic() || c == ' ';
        self.user_agent = header_value("user_agent", user_agent.as_ref(), spaced);
        self
    }

    /// Talks to another server than the API's own: a proxy of one's own, a test server.
    ///
    /// The path of the URL, if any, goes before the path of every request, whether or not there is
    /// a slash at its end. A URL that is neither http nor https, or has a query, a fragment, a user
    /// name, a password, a space or a backslash, is an error of `build`.
    pub fn base_url(mut self, url: impl AsRef<str>) -> Self {
        self.base_url = BaseUrl::parse(url.as_ref());
        self
    }

    /// Asks for another version of the API than the one that this crate was made for.
    ///
    /// The crate's types are those of its own version: an answer of another one may not decode.
    /// With an API that has no header for its version, this is an error of `build`.
    pub fn api_version(mut self, version: impl AsRef<str>) -> Self {
        self.api_version = Some(header_value("api_version", version.as_ref(), |c| {
            c.is_ascii_graphic()
        }));
        self
    }

    /// Talks to the server whose URL is told by a template that has the place of a host in it.
    #[allow(dead_code, reason = "a document may have no templated server")]
    pub(crate) fn base_url_template(mut self, template: &str, name: &str, host: &str) -> Self {
        self.base_url = BaseUrl::from_template(template, name, host);
        self
    }
}

/// How the client asks.
impl<C> ClientBuilder<C> {
    /// How long connecting may take, TLS included; 10 seconds when this is not called.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.http = self.http.connect_timeout(timeout);
        self.store = self.store.connect_timeout(timeout);
        self
    }

    /// How long the server may be silent, both before an answer begins and between any two parts of
    /// its body; 30 seconds when this is not called.
    ///
    /// There is no limit on the whole exchange, so that a long download may take its time. Over
    /// HTTP/2, a connection that answers no ping is given up after two thirds of the time, so that
    /// no other attempt goes by it.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.http = limit_silence(self.http, timeout);
        self.store = limit_silence(self.store, timeout);
        self
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
    /// most before it counts as an attempt that failed.
    ///
    /// 0 is an error of `build`.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.retrying.max_attempts = attempts;
        self
    }

    /// How long a request may wait in all before it is sent again; 2 minutes when this is not
    /// called. Each page of a list is a request, and so is each that a download takes.
    ///
    /// When a rate limit holds for longer, nothing waits: the error is given at once, and
    /// [`retry_after`](Error::retry_after) tells when to come back.
    pub fn max_wait(mut self, wait: Duration) -> Self {
        self.retrying.max_wait = wait;
        self
    }

    /// Lets the token go over plain http to a host that is not this machine, and takes a redirect
    /// from https to plain http.
    ///
    /// Whoever is on the way can read it then: this is for networks that are safe by other means.
    pub fn allow_insecure_http(mut self) -> Self {
        self.insecure_http = true;
        self
    }

    /// Adjusts the HTTP clients, of which there are two: one for the API, and one for the other
    /// origins that it sends downloads to. A proxy, root certificates, a client certificate,
    /// connection pooling: whatever it is, it is done to both. What is the API's alone belongs into
    /// [`configure_api_http`](Self::configure_api_http).
    ///
    /// Redirects stay in this crate's own hands whatever is set here, since following one blindly
    /// would take the token along. A proxy set here is not used for plain http within the machine
    /// when there is a token, which would leave the machine, unless
    /// [`allow_insecure_http`](Self::allow_insecure_http) is called. Beware of headers set here: they
    /// are sent with every request, wherever it goes.
    pub fn configure_http(
        mut self,
        adjust: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Self {
        self.http = adjust(self.http);
        self.store = adjust(self.store);
        self
    }

    /// Adjusts the HTTP client for the API alone, which talks to no other origin: headers that all
    /// requests are to have, a certificate that the client proves itself with, a limit on the whole
    /// of an exchange.
    ///
    /// Otherwise it is as [`configure_http`](Self::configure_http).
    pub fn configure_api_http(
        mut self,
        adjust: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Self {
        self.http = adjust(self.http);
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

    /// Builds the client. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// An [`Error`] of which [`is_configuration`](Error::is_configuration) holds, when a setting
    /// cannot be used, or when there is a token that would go over plain http to another machine.
    pub fn build(self) -> Result<C, Error> {
        let base_url = self.base_url?;
        let credentials = self.credentials?;
        if self.retrying.max_attempts == 0 {
            let reason = "is 0: with 1, each request is sent once";
            return Err(Error::setting("max_attempts", reason));
        }
        let mut http = self.http;
        let is_signed = !matches!(credentials, Credentials::None);
        if is_signed && !base_url.is_encrypted() && !self.insecure_http {
            if !base_url.is_loopback() {
                let reason = "would have the token sent over plain http to another machine: \
                              use https, or allow it with `allow_insecure_http`";
                return Err(Error::setting("base_url", reason));
            }
            // A proxy would take the token off the machine.
            http = http.no_proxy();
        }
        // A digest is one of the bytes as they are stored.
        let store = self.store.no_gzip().no_brotli().no_zstd().no_deflate();

        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(self.api.accept));
        headers.insert(USER_AGENT, self.user_agent?);
        headers.extend(version_header(self.api, self.api_version.transpose()?)?);

        Ok((self.finish)(Session::new(Settings {
            http: finished(http)?,
            store: finished(store)?,
            base_url,
            headers,
            credentials,
            insecure_http: self.insecure_http,
            retries: self.retrying,
            clock: self.clock,
            sleeper: self.sleeper,
        })))
    }
}

/// What both HTTP clients begin with.
fn http_client() -> reqwest::ClientBuilder {
    let http = reqwest::Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .http2_initial_connection_window_size(CONNECTION_WINDOW);
    limit_silence(http, IDLE_TIMEOUT)
}

/// Limits how long the server may be silent. Over HTTP/2, another attempt would go by the same
/// connection: one that does not even answer a ping is given up before.
fn limit_silence(http: reqwest::ClientBuilder, limit: Duration) -> reqwest::ClientBuilder {
    let third = (limit / 3).min(LONGEST_UNASKED);
    http.read_timeout(limit)
        .http2_keep_alive_interval(third)
        .http2_keep_alive_timeout(third)
}

/// An HTTP client that goes nowhere by itself.
fn finished(http: reqwest::ClientBuilder) -> Result<reqwest::Client, Error> {
    // What it logs when it is verbose has all headers in it.
    let http = http
        .redirect(Policy::none())
        .referer(false)
        .connection_verbose(false);
    http.build().map_err(Error::http_client)
}

/// The header that tells the API's version: the caller's choice, or else the one of the document.
fn version_header(
    api: &Api,
    chosen: Option<HeaderValue>,
) -> Result<Option<(HeaderName, HeaderValue)>, Error> {
    match (api.version_header, chosen) {
        (Some(name), chosen) => {
            let version = chosen.unwrap_or(HeaderValue::from_static(api.version));
            Ok(Some((HeaderName::from_static(name), version)))
        }
        (None, None) => Ok(None),
        (None, Some(_)) => Err(Error::setting(
            "api_version",
            "is of no use: this API has no header for it",
        )),
    }
}

fn header_value(
    setting: &str,
    text: &str,
    allowed: impl Fn(char) -> bool,
) -> Result<HeaderValue, Error> {
    if text.trim().is_empty() {
        return Err(Error::setting(setting, "is empty"));
    }
    if text != text.trim() {
        return Err(Error::setting(setting, "begins or ends with a space"));
    }
    let value = HeaderValue::from_str(text).ok();
    value
        .filter(|_| text.chars().all(allowed))
        .ok_or_else(|| Error::setting(setting, "has characters that no such header may have"))
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("base_url", &self.base_url.as_ref().map(BaseUrl::as_str))
            .field("user_agent", &self.user_agent)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}
