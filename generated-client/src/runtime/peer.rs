//! The server of an operation, and the credentials and headers that it receives.

use reqwest::header::{ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderValue, USER_AGENT};
use reqwest::{Method, Request, Url};

use super::Error;
use super::base_url::BaseUrl;
use super::credentials::{BorrowedToken, Chosen};
use super::options::RequestOptions;
use super::redirect::Redirect;
use super::session::Settings;

/// Maximum redirects followed per request.
const MAX_REDIRECTS: usize = 5;

/// The server of an operation: the only one that its requests go to.
pub(super) struct Peer<'a> {
    pub(super) settings: &'a Settings,
    pub(super) url: &'a BaseUrl,
    /// Whether it receives the API's headers.
    pub(super) is_trusted: bool,
    /// None, unless it is trusted.
    pub(super) credentials: Chosen<'a>,
    /// Options of the request.
    pub(super) options: Option<&'a RequestOptions>,
}

impl Peer<'_> {
    /// The HTTP client for it.
    pub(super) fn http(&self, url: &Url) -> Result<&reqwest::Client, Error> {
        if self.is_trusted {
            Ok(&self.settings.http)
        } else {
            self.settings.store_for(url)
        }
    }

    /// A token to sign with; not the one that the server refused.
    pub(super) async fn lend(
        &self,
        refused: Option<&BorrowedToken>,
    ) -> Result<Option<BorrowedToken>, Error> {
        self.credentials
            .lend(self.settings.clock.now(), refused)
            .await
    }

    /// Whether a URL has the server's origin, the only one that receives its credentials.
    pub(super) fn is_origin_of(&self, url: &Url) -> bool {
        self.url.is_origin_of(url)
    }

    /// Adds credentials and the client's headers to a request, unless it goes to another origin.
    /// `is_json`: the response is JSON, unless `Accept` has another type.
    pub(super) fn sign(
        &self,
        mut request: Request,
        borrowed: Option<&BorrowedToken>,
        is_json: bool,
    ) -> Result<Request, Error> {
        if !self.is_origin_of(request.url()) {
            return Err(Error::foreign(request.url()));
        }
        let options = self.options.filter(|_| self.is_trusted);
        for (name, value) in options.iter().flat_map(|options| options.headers()) {
            request.headers_mut().insert(name, value.clone());
        }
        for (name, value) in &self.settings.headers {
            let is_sent = self.is_trusted || name == ACCEPT || name == USER_AGENT;
            if is_sent && !request.headers().contains_key(name) {
                request.headers_mut().insert(name, value.clone());
            }
        }
        if cfg!(feature = "gzip") && !(is_json && expects_json(&request)) {
            // Other content has a length then, and comes as it is.
            let identity = HeaderValue::from_static("identity");
            request.headers_mut().insert(ACCEPT_ENCODING, identity);
        }
        self.credentials.sign(&mut request, borrowed);
        Ok(request)
    }

    /// The target of a redirect to follow, without the keys that signing adds.
    pub(super) fn target(
        &self,
        from: &Url,
        headers: &HeaderMap,
        followed: usize,
    ) -> Result<Url, Error> {
        if followed == MAX_REDIRECTS {
            let reason = format!("there were {MAX_REDIRECTS} redirects before it");
            return Err(Error::moved(reason));
        }
        let settings = self.settings;
        let insecure_http = settings.insecure_http || settings.is_behind_gateway;
        let redirect = Redirect::from_headers(from, headers, insecure_http);
        let target = self.own(redirect.map_err(Error::moved)?.into_url());
        if !self.is_origin_of(&target) {
            let origin = target.origin().ascii_serialization();
            return Err(Error::moved(format!(
                "it leads to another origin, `{origin}`"
            )));
        }
        if target == *from {
            return Err(Error::moved("it leads to the request itself"));
        }
        Ok(target)
    }

    /// A URL from the server as it is before signing, at the base URL if the server is behind a gateway,
    /// and without a fragment, which is no part of a request.
    pub(super) fn own(&self, mut url: Url) -> Url {
        if self.settings.is_behind_gateway && matches!(url.scheme(), "http" | "https") {
            url = self.url.rebased(&url);
        }
        url.set_fragment(None);
        self.credentials.remove_from(&mut url);
        url
    }
}

/// Whether the response has a body, which is JSON unless another type is requested.
fn expects_json(request: &Request) -> bool {
    let accept = request.headers().get(ACCEPT);
    let is_json =
        |accept: &HeaderValue| accept.to_str().is_ok_and(|accept| accept.contains("json"));
    request.method() != Method::HEAD && accept.is_none_or(is_json)
}
