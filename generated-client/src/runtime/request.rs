//! Requests of operations: the trait of emitted request types, and how they are sent.

use std::fmt;
use std::iter;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use reqwest::header::IF_NONE_MATCH;
use reqwest::{Method, Request as HttpRequest, RequestBuilder, Url};
use tracing::Instrument;

use super::answer::Answer;
use super::api::Operation;
use super::conditional::{self, Conditional};
use super::credentials::{BorrowedToken, Secrets};
use super::event::{Attempt, Watched};
use super::head::Head;
use super::limits::Permit;
use super::options::RequestOptions;
use super::peer::Peer;
use super::redirect::is_moved;
use super::request_line::RequestLine;
use super::transport::{ResponseBody, execute, require_runtime, within_timeout};
use super::{Error, RateLimit, Response, Session, trace};

/// A request of one operation with its arguments, implemented by emitted types.
///
/// It says what is particular to the operation. [`send`], [`send_if_changed`], [`Pages`] and
/// [`Download`] do the rest.
///
/// [`Pages`]: super::Pages
/// [`Download`]: super::Download
pub(crate) trait Request: Sized + Send + Sync + 'static {
    /// The type of a decoded success.
    type Output: Send + 'static;

    const OPERATION: &'static Operation;

    /// Whether the answer is JSON, unless the `Accept` header asks for something else. JSON may come
    /// compressed; other content has a length then, by which a truncated one is recognised.
    const IS_JSON: bool = true;

    /// The session of the client that it was made by.
    fn session(&self) -> &Session;

    /// Checks the arguments and encodes them as an HTTP request, without what all requests of the
    /// session have.
    fn request(&self) -> Result<RequestBuilder, Error>;

    /// Decodes a response, or converts it into an error, by its status.
    fn decode(
        answer: Answer,
    ) -> impl Future<Output = Result<Response<Self::Output>, Error>> + Send + 'static;
}

/// The same request, for pages and downloads that start it several times.
impl<R: Request> Request for Arc<R> {
    type Output = R::Output;

    const OPERATION: &'static Operation = R::OPERATION;

    const IS_JSON: bool = R::IS_JSON;

    fn session(&self) -> &Session {
        R::session(self)
    }

    fn request(&self) -> Result<RequestBuilder, Error> {
        R::request(self)
    }

    fn decode(
        answer: Answer,
    ) -> impl Future<Output = Result<Response<Self::Output>, Error>> + Send + 'static {
        R::decode(answer)
    }
}

/// Sends a request, with retries.
#[allow(dead_code, reason = "a document may have no operations")]
pub(crate) async fn send<R: Request>(request: R) -> Result<Response<R::Output>, Error> {
    Prepared::new(request)?.send().await
}

/// The future of a request that is awaited: the same as that of `send`.
#[must_use = "a request is not sent until it is awaited"]
pub struct Sending<T>(Pin<Box<dyn Future<Output = Result<Response<T>, Error>> + Send>>);

impl<T> Sending<T> {
    #[allow(dead_code, reason = "a document may have no operations")]
    pub(crate) fn new<R: Request<Output = T>>(request: R) -> Self {
        Self(Box::pin(send(request)))
    }
}

impl<T> Future for Sending<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl<T> fmt::Debug for Sending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending").finish_non_exhaustive()
    }
}

/// The same, as a conditional request with this ETag.
#[allow(dead_code, reason = "a document may have no operation that reads")]
pub(crate) async fn send_if_changed<R: Request>(
    request: R,
    etag: &str,
) -> Result<Conditional<R::Output>, Error> {
    let etag = conditional::header(etag).map_err(|error| error.of(R::OPERATION))?;
    let mut prepared =
        Prepared::decoded_by(request, |answer| Box::pin(conditional::decode::<R>(answer)))?;
    prepared.request.headers_mut().insert(IF_NONE_MATCH, etag);
    Ok(Conditional::from_response(prepared.send().await?))
}

/// Makes a response or an error of an answer.
type Decode<T> = fn(Answer) -> Pin<Box<dyn Future<Output = Result<Response<T>, Error>> + Send>>;

/// Makes the HTTP request anew.
type Build = Box<dyn Fn() -> Result<HttpRequest, Error> + Send + Sync>;

/// A request whose arguments have been checked and encoded. It can be sent any number of times, as
/// far as its body can be read as often.
pub(super) struct Prepared<T> {
    pub(super) operation: &'static Operation,
    pub(super) session: Session,
    pub(super) request: HttpRequest,
    /// [`Request::IS_JSON`]
    is_json: bool,
    /// For a body that cannot be copied.
    build: Option<Build>,
    decode: Decode<T>,
}

impl<T> Prepared<T> {
    pub(super) fn new<R: Request<Output = T>>(request: R) -> Result<Self, Error> {
        Self::decoded_by(request, |answer| Box::pin(R::decode(answer)))
    }

    fn decoded_by<R: Request>(request: R, decode: Decode<T>) -> Result<Self, Error> {
        let session = request.session().clone();
        session
            .check_options()
            .map_err(|error| error.of(R::OPERATION))?;
        let build = move || {
            let built = request.request().and_then(|request| {
                let built = request.build();
                built.map_err(Error::unsendable)
            });
            built.map_err(|error| error.of(R::OPERATION))
        };
        let request = build()?;
        let is_copied = request.try_clone().is_some();
        Ok(Self {
            operation: R::OPERATION,
            session,
            request,
            is_json: R::IS_JSON,
            build: (!is_copied).then(|| Box::new(build) as Build),
            decode,
        })
    }

    /// Sends the request, with retries.
    pub(super) async fn send(&mut self) -> Result<Response<T>, Error> {
        let line = Arc::new(self.line());
        let span = trace::request(&line);
        let answered = self.attempts(&line).instrument(span).await;
        answered.map_err(|error| error.about(&line))
    }

    /// Its operation, method and path.
    pub(super) fn line(&self) -> RequestLine {
        let secrets = self.secrets(iter::empty());
        RequestLine::new(self.operation, &self.request, &secrets)
    }

    /// Its secrets: those of the client, of its own headers, and tokens.
    pub(super) fn secrets<'a>(
        &self,
        borrowed: impl IntoIterator<Item = &'a BorrowedToken>,
    ) -> Secrets {
        let mut secrets = self.session.secrets();
        secrets.add_headers(self.request.headers().iter());
        for borrowed in borrowed {
            borrowed.add_to(&mut secrets);
        }
        secrets
    }

    async fn attempts(&mut self, line: &Arc<RequestLine>) -> Result<Response<T>, Error> {
        require_runtime()?;
        let session = self.session.clone();
        let peer = session.peer(self.operation);
        let limit = session.options().and_then(RequestOptions::attempt_timeout);
        let mut retries = session.retries();
        let mut refused = None;
        let mut follows_lost_one = false;
        let mut request = self.copy()?;
        // The end of the latest limit that this request has taken notice of.
        let mut heeded = None;
        loop {
            let permit = loop {
                let permit = session.gate().pass().await;
                let now = session.clock().now();
                let limited = session.limits().until(self.operation, now);
                let Some(until) = limited.filter(|until| heeded < Some(*until)) else {
                    break permit;
                };
                // It is the turn of others, who may come under another limit.
                drop(permit);
                let wait = until.duration_since(now).unwrap_or_default();
                retries.wait_for_limit(wait, line).await;
                heeded = Some(until);
            };
            // Whoever is next is to know of the limit that this attempt may meet.
            let turn = permit.clone();
            let borrowed = peer.lend(refused.as_ref()).await?;
            let watched = session.watch(Attempt::new(line, retries.attempt(), false));
            let attempt = async {
                let exchange = self.exchange(request, &peer, borrowed.as_ref(), &watched, permit);
                let (head, body) = exchange.await?;
                let insecure_http = session.insecure_http();
                let mut answer = Answer::new(line.clone(), head, body, insecure_http);
                answer.follows_lost_one = follows_lost_one;
                (self.decode)(answer).await
            };
            let attempt = attempt.instrument(watched.span().clone());
            let error = match within_timeout(limit, attempt).await {
                Ok(response) => {
                    return Ok(response.redacted(|| self.secrets(borrowed.iter().chain(&refused))));
                }
                Err(error) => error.redacted(&self.secrets(borrowed.iter().chain(&refused))),
            };
            follows_lost_one |= error.is_lost_answer();
            if let Some((name, wait)) = error.limit() {
                let until = session.clock().now() + wait;
                session.limits().met(name, until);
                heeded = heeded.max(Some(until));
            }
            drop(turn);
            let Ok(again) = self.copy() else {
                return Err(error);
            };
            request = again;
            let replaceable = borrowed.filter(BorrowedToken::is_replaceable);
            if error.is_unauthorized() && refused.is_none() && replaceable.is_some() {
                refused = replaceable;
                continue;
            }
            retries
                .after(error, is_idempotent(request.method()), line)
                .await?;
        }
    }

    /// Sends a request, and follows its redirects.
    async fn exchange(
        &mut self,
        mut request: HttpRequest,
        peer: &Peer<'_>,
        borrowed: Option<&BorrowedToken>,
        watched: &Watched<'_>,
        permit: Permit,
    ) -> Result<(Head, ResponseBody), Error> {
        let limit = self.session.idle_timeout();
        let is_head = request.method() == Method::HEAD;
        let mut followed = 0;
        loop {
            let url = request.url().clone();
            let signed = peer.sign(request, borrowed, self.is_json)?;
            let mut response = execute(peer.http(&url)?, signed, limit).await?;
            let head = self.session.head(&mut response, url.clone());
            watched.answered(&head, || self.secrets(borrowed));
            if let Some(name) = RateLimit::resource(&head.headers) {
                self.session.limits().learn(self.operation, name);
            }
            if !is_moved(head.status) {
                let body = ResponseBody::new(response, limit, permit);
                return Ok((head, if is_head { body.of_head() } else { body }));
            }
            let moved = peer
                .target(&url, &head.headers, followed)
                .and_then(|target| self.copy_for(target));
            request = moved.map_err(|error| error.with(head))?;
            followed += 1;
        }
    }

    /// The same request for another URL.
    fn copy_for(&mut self, url: Url) -> Result<HttpRequest, Error> {
        let mut request = self.copy()?;
        *request.url_mut() = url;
        Ok(request)
    }

    /// The request, to be sent once. A body that cannot be copied goes along with the first.
    fn copy(&mut self) -> Result<HttpRequest, Error> {
        let Some(build) = &self.build else {
            return self.request.try_clone().ok_or_else(Error::unrepeatable);
        };
        let Some(body) = self.request.body_mut().take() else {
            let mut request = build()?;
            *request.url_mut() = self.request.url().clone();
            return Ok(request);
        };
        let copy = self.request.try_clone();
        let mut request = copy.ok_or_else(Error::unrepeatable)?;
        *request.body_mut() = Some(body);
        Ok(request)
    }
}

/// Whether a method is idempotent (RFC 9110, 9.2.2).
fn is_idempotent(method: &Method) -> bool {
    *method == Method::GET
        || *method == Method::HEAD
        || *method == Method::OPTIONS
        || *method == Method::TRACE
        || *method == Method::PUT
        || *method == Method::DELETE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idempotent_methods() {
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
}
