//! What all requests of a client share, and how they are sent.

use std::fmt;
use std::sync::Arc;

use reqwest::header::{AUTHORIZATION, HeaderMap, IF_NONE_MATCH};
use reqwest::{Method, Request, RequestBuilder, Response as HttpResponse, Url};
use tracing::{Instrument, Span};

use super::answer::Answer;
use super::api::Operation;
use super::base_url::BaseUrl;
use super::clock::Clock;
use super::conditional::{self, Conditional};
use super::credentials::{Credentials, Lent};
use super::head::Head;
use super::redirect::{Redirect, is_moved};
use super::retry::{Policy, Retries};
use super::sleeper::Sleeper;
use super::{Error, Response, trace};

/// How often one request may be sent on before it is taken to go in a circle.
const MAX_REDIRECTS: usize = 5;

/// The shared part of a client; a clone is the same session.
#[derive(Clone)]
pub(crate) struct Session(Arc<Settings>);

/// What a session is made of.
pub(super) struct Settings {
    /// For the API; it must not follow redirects by itself.
    pub(super) http: reqwest::Client,
    /// For all other origins; it must not follow redirects by itself, and must leave bodies as they
    /// are on the wire.
    pub(super) store: reqwest::Client,
    pub(super) base_url: BaseUrl,
    /// The headers of every request to the API.
    pub(super) headers: HeaderMap,
    /// None, unless the base URL may see them.
    pub(super) credentials: Credentials,
    /// Whether a redirect may lead from https to plain http.
    pub(super) insecure_http: bool,
    pub(super) retries: Policy,
    pub(super) clock: Clock,
    pub(super) sleeper: Sleeper,
}

/// What emitted code needs.
#[allow(dead_code, reason = "the document decides what is needed")]
impl Session {
    /// What the path of an operation is appended to: the API's URL without a slash at its end.
    pub(crate) fn base_url(&self) -> &str {
        self.0.base_url.as_str()
    }

    /// What builds requests.
    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.0.http
    }

    /// Sends a request to the API, again if need be, and gives what `decode` makes of the answer.
    pub(crate) async fn send<T, F>(
        &self,
        operation: &'static Operation,
        request: RequestBuilder,
        decode: impl Fn(Answer) -> F,
    ) -> Result<Response<T>, Error>
    where
        F: Future<Output = Result<Response<T>, Error>>,
    {
        let request = request.build();
        let request = request.map_err(|error| Error::unsendable(error).of(operation))?;
        self.repeat(operation, &request, decode).await
    }

    /// The same, unless what is asked for is still what has this ETag.
    pub(crate) async fn send_if_changed<T, F>(
        &self,
        operation: &'static Operation,
        request: RequestBuilder,
        etag: &str,
        decode: impl Fn(Answer) -> F,
    ) -> Result<Conditional<T>, Error>
    where
        F: Future<Output = Result<Response<T>, Error>>,
    {
        let etag = conditional::header(etag).map_err(|error| error.of(operation))?;
        let decode = |answer: Answer| conditional::decode(answer, &decode);
        let answered = self
            .send(operation, request.header(IF_NONE_MATCH, etag), decode)
            .await?;
        Ok(Conditional::from_response(answered))
    }
}

/// What the rest of the runtime needs.
impl Session {
    pub(super) fn new(settings: Settings) -> Self {
        Self(Arc::new(settings))
    }

    /// What sends requests to other origins: with no credentials, and no header of the API.
    pub(super) fn store(&self) -> &reqwest::Client {
        &self.0.store
    }

    /// Whether a redirect may lead from https to plain http.
    pub(super) fn insecure_http(&self) -> bool {
        self.0.insecure_http
    }

    pub(super) fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// How often, and after how long, a request may be sent again.
    pub(super) fn retries(&self) -> Retries {
        Retries::new(self.0.retries, self.0.sleeper.clone())
    }

    /// Whether a URL is one of the client's own origin, the only one that sees its credentials.
    pub(super) fn is_own(&self, url: &Url) -> bool {
        self.0.base_url.is_origin_of(url)
    }

    /// Sends copies of a request to the API until there is an answer to give, and gives what
    /// `decode` makes of it.
    pub(super) async fn repeat<T, F>(
        &self,
        operation: &'static Operation,
        request: &Request,
        decode: impl Fn(Answer) -> F,
    ) -> Result<Response<T>, Error>
    where
        F: Future<Output = Result<Response<T>, Error>>,
    {
        self.attempts(operation, request, decode)
            .instrument(trace::request(operation, request.method()))
            .await
            .map_err(|error| error.of(operation))
    }

    async fn attempts<T, F>(
        &self,
        operation: &'static Operation,
        request: &Request,
        decode: impl Fn(Answer) -> F,
    ) -> Result<Response<T>, Error>
    where
        F: Future<Output = Result<Response<T>, Error>>,
    {
        let mut retries = self.retries();
        let mut refused = None;
        let mut follows_lost_one = false;
        loop {
            let lent = self.lend(refused.as_ref()).await?;
            let span = trace::attempt(retries.attempt());
            let attempt = async {
                let (head, response) = self.follow(request, lent.as_ref(), &span).await?;
                let insecure_http = self.0.insecure_http;
                let mut answer = Answer::new(operation, head, response, insecure_http);
                answer.follows_lost_one = follows_lost_one;
                decode(answer).await
            };
            let error = match attempt.instrument(span.clone()).await {
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            follows_lost_one |= error.is_lost_answer();
            let replaceable = lent.filter(Lent::is_replaceable);
            if error.is_unauthorized() && refused.is_none() && replaceable.is_some() {
                refused = replaceable;
                continue;
            }
            retries
                .after(error, is_idempotent(request.method()))
                .await?;
        }
    }

    /// A token to sign with, which is not the one that the server refused.
    async fn lend(&self, refused: Option<&Lent>) -> Result<Option<Lent>, Error> {
        self.0.credentials.lend(self.0.clock.now(), refused).await
    }

    /// Sends a copy of a request, and sends it on where it has moved.
    async fn follow(
        &self,
        request: &Request,
        lent: Option<&Lent>,
        span: &Span,
    ) -> Result<(Head, HttpResponse), Error> {
        let mut request = self.sign(copy(request)?, lent)?;
        let mut followed = 0;
        loop {
            let again = copy(&request)?;
            let sent = self.0.http.execute(request).await;
            let mut response = sent.map_err(Error::transport)?;
            let head = Head::take(&mut response, self.0.clock.now());
            trace::answered(span, &head);
            if !is_moved(head.status) {
                return Ok((head, response));
            }
            let next = self.moved(again, &head.headers, followed);
            request = next.map_err(|error| error.with(head))?;
            followed += 1;
        }
    }

    /// Puts the client's headers on a request, which is how its token gets there: on none that
    /// leads elsewhere.
    fn sign(&self, mut request: Request, lent: Option<&Lent>) -> Result<Request, Error> {
        if !self.is_own(request.url()) {
            return Err(Error::foreign(request.url()));
        }
        let token = lent.map(|lent| (&AUTHORIZATION, lent.token.authorization()));
        let known = self.0.headers.iter();
        for (name, value) in known
            .map(|(name, value)| (name, value.clone()))
            .chain(token)
        {
            if !request.headers().contains_key(name) {
                request.headers_mut().insert(name, value);
            }
        }
        Ok(request)
    }

    /// The same request, where it has moved to.
    fn moved(
        &self,
        mut request: Request,
        headers: &HeaderMap,
        followed: usize,
    ) -> Result<Request, Error> {
        if followed == MAX_REDIRECTS {
            let reason = format!("there have been {MAX_REDIRECTS} of them for this request");
            return Err(Error::moved(reason));
        }
        let target = Redirect::from_headers(request.url(), headers, self.0.insecure_http);
        let mut target = target.map_err(Error::moved)?.into_url();
        // It is no part of a request.
        target.set_fragment(None);
        if !self.is_own(&target) {
            let origin = target.origin().ascii_serialization();
            return Err(Error::moved(format!(
                "it leads to another origin, `{origin}`"
            )));
        }
        if target == *request.url() {
            return Err(Error::moved("it leads to the request itself"));
        }
        *request.url_mut() = target;
        Ok(request)
    }
}

/// A request of which one copy was sent may have to be sent again.
fn copy(request: &Request) -> Result<Request, Error> {
    request.try_clone().ok_or_else(Error::unrepeatable)
}

/// Whether a request may be sent twice and does no more than once (RFC 9110, 9.2.2).
fn is_idempotent(method: &Method) -> bool {
    *method == Method::GET
        || *method == Method::HEAD
        || *method == Method::OPTIONS
        || *method == Method::TRACE
        || *method == Method::PUT
        || *method == Method::DELETE
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("base_url", &self.base_url())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;
    use reqwest::header::{HeaderValue, LOCATION};

    use super::*;
    use crate::runtime::token::Token;

    fn session() -> Session {
        Session::new(Settings {
            http: reqwest::Client::new(),
            store: reqwest::Client::new(),
            base_url: BaseUrl::parse("https://api.test/v3").unwrap(),
            headers: HeaderMap::new(),
            credentials: Credentials::Token(Token::parse("t").unwrap()),
            insecure_http: false,
            retries: Policy::default(),
            clock: Clock::default(),
            sleeper: Sleeper::default(),
        })
    }

    #[test]
    fn signs_for_its_origin_only() {
        let session = session();
        let lent = session.lend(None).now_or_never().unwrap().unwrap();
        let sign = |url: &str| {
            let request = session.http().get(url).build().unwrap();
            session.sign(request, lent.as_ref())
        };
        let signed = sign("https://api.test/x").unwrap();
        assert_eq!(signed.headers()[AUTHORIZATION], "Bearer t");
        for url in [
            "http://api.test/x",
            "https://api.test:444/x",
            "https://evil.test/x?sig=SECRET",
        ] {
            let error = sign(url).unwrap_err();
            assert!(error.is_invalid_request());
            assert!(!format!("{error} {error:?}").contains("SECRET"));
        }
    }

    #[test]
    fn what_may_be_sent_twice() {
        for (method, expected) in [
            (Method::GET, true),
            (Method::PUT, true),
            (Method::DELETE, true),
            (Method::POST, false),
            (Method::PATCH, false),
        ] {
            assert_eq!(is_idempotent(&method), expected, "{method}");
        }
    }

    #[test]
    fn moves_method_headers_and_body() {
        let session = session();
        let request = session
            .http()
            .post("https://api.test/v3/x")
            .header("a", "b")
            .body("c");
        let request = request.build().unwrap();
        let headers = HeaderMap::from_iter([(LOCATION, HeaderValue::from_static("/v3/y"))]);
        let moved = session.moved(copy(&request).unwrap(), &headers, 0).unwrap();
        assert_eq!(moved.url().as_str(), "https://api.test/v3/y");
        assert_eq!(
            (moved.method(), moved.headers()),
            (request.method(), request.headers())
        );
        assert_eq!(moved.body().unwrap().as_bytes(), Some(&b"c"[..]));
    }
}
