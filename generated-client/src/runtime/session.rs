//! What all requests of a client share, and how they are sent.

use std::fmt;
use std::sync::Arc;

use reqwest::header::HeaderMap;
use reqwest::{Request, RequestBuilder, Url};

use super::Error;
use super::answer::Answer;
use super::api::Operation;
use super::base_url::BaseUrl;
use super::clock::Clock;
use super::head::Head;
use super::redirect::{Redirect, is_moved};

/// How often one request may be sent on before it is taken to go in a circle.
const MAX_REDIRECTS: usize = 5;

/// The shared part of a client; a clone is the same session.
#[derive(Clone)]
pub(crate) struct Session(Arc<Shared>);

struct Shared {
    http: reqwest::Client,
    base_url: BaseUrl,
    /// The headers of every request to the API, credentials among them.
    headers: HeaderMap,
    /// Whether a redirect may lead from https to plain http.
    insecure_http: bool,
    clock: Clock,
}

impl Session {
    /// `http` must not follow redirects by itself, and `headers` may hold credentials only if the
    /// base URL may see them.
    pub(super) fn new(
        http: reqwest::Client,
        base_url: BaseUrl,
        headers: HeaderMap,
        insecure_http: bool,
        clock: Clock,
    ) -> Self {
        Self(Arc::new(Shared {
            http,
            base_url,
            headers,
            insecure_http,
            clock,
        }))
    }

    /// What the path of an operation is appended to: the API's URL without a slash at its end.
    pub(crate) fn base_url(&self) -> &str {
        self.0.base_url.as_str()
    }

    /// What builds requests.
    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.0.http
    }

    /// Sends a request to the API and gives its answer, whatever the status, after following it
    /// where it has moved.
    pub(crate) async fn execute(
        &self,
        operation: &'static Operation,
        request: RequestBuilder,
    ) -> Result<Answer, Error> {
        self.follow(operation, request)
            .await
            .map_err(|error| error.of(operation))
    }

    async fn follow(
        &self,
        operation: &'static Operation,
        request: RequestBuilder,
    ) -> Result<Answer, Error> {
        let mut request = self.sign(request.build().map_err(Error::unsendable)?)?;
        let mut followed = 0;
        loop {
            let again = request.try_clone();
            let sent = self.0.http.execute(request).await;
            let mut response = sent.map_err(Error::transport)?;
            let head = Head::take(&mut response, self.0.clock.now());
            if !is_moved(head.status) {
                return Ok(Answer::new(operation, head, response, self.0.insecure_http));
            }
            let next = self.moved(again, response.url(), &head.headers, followed);
            request = next.map_err(|error| error.with(head))?;
            followed += 1;
        }
    }

    /// Puts the client's headers on a request, which is how its token gets there: on none that
    /// leads elsewhere.
    fn sign(&self, mut request: Request) -> Result<Request, Error> {
        if !self.0.base_url.is_origin_of(request.url()) {
            return Err(Error::foreign(request.url()));
        }
        for (name, value) in &self.0.headers {
            if !request.headers().contains_key(name) {
                request.headers_mut().insert(name, value.clone());
            }
        }
        Ok(request)
    }

    /// The same request, where it has moved to.
    fn moved(
        &self,
        again: Option<Request>,
        from: &Url,
        headers: &HeaderMap,
        followed: usize,
    ) -> Result<Request, Error> {
        if followed == MAX_REDIRECTS {
            let reason = format!("there have been {MAX_REDIRECTS} of them for this request");
            return Err(Error::moved(reason));
        }
        let target =
            Redirect::from_headers(from, headers, self.0.insecure_http).map_err(Error::moved)?;
        let mut target = target.into_url();
        // It is no part of a request.
        target.set_fragment(None);
        if !self.0.base_url.is_origin_of(&target) {
            let origin = target.origin().ascii_serialization();
            return Err(Error::moved(format!(
                "it leads to another origin, `{origin}`"
            )));
        }
        if target == *from {
            return Err(Error::moved("it leads to the request itself"));
        }
        let unrepeatable = || Error::moved("the request's body cannot be sent again");
        let mut request = again.ok_or_else(unrepeatable)?;
        *request.url_mut() = target;
        Ok(request)
    }
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
    use reqwest::header::{HeaderValue, LOCATION};

    use super::*;

    fn session() -> Session {
        let base_url = BaseUrl::parse("https://api.test/v3").unwrap();
        let headers = HeaderMap::from_iter([(LOCATION, HeaderValue::from_static("x"))]);
        Session::new(
            reqwest::Client::new(),
            base_url,
            headers,
            false,
            Clock::default(),
        )
    }

    #[test]
    fn signs_for_its_origin_only() {
        let session = session();
        let sign = |url: &str| session.sign(session.http().get(url).build().unwrap());
        assert!(
            sign("https://api.test/x")
                .unwrap()
                .headers()
                .contains_key(LOCATION)
        );
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
    fn moves_method_headers_and_body() {
        let session = session();
        let request = session
            .http()
            .post("https://api.test/v3/x")
            .header("a", "b")
            .body("c");
        let request = request.build().unwrap();
        let headers = HeaderMap::from_iter([(LOCATION, HeaderValue::from_static("/v3/y"))]);
        let moved = session
            .moved(request.try_clone(), request.url(), &headers, 0)
            .unwrap();
        assert_eq!(moved.url().as_str(), "https://api.test/v3/y");
        assert_eq!(
            (moved.method(), moved.headers()),
            (request.method(), request.headers())
        );
        assert_eq!(moved.body().unwrap().as_bytes(), Some(&b"c"[..]));

        let unrepeatable = session.moved(None, request.url(), &headers, 0);
        assert!(unrepeatable.unwrap_err().is_redirect());
    }
}
