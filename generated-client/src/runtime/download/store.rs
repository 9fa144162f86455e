//! One request to the store, without credentials and headers of the API.

use reqwest::header::{ACCEPT_ENCODING, ACCEPT_RANGES, HeaderMap, HeaderValue, IF_MATCH, RANGE};
use reqwest::{StatusCode, Url};

use super::code::code;
use crate::runtime::answer::read;
use crate::runtime::event::Watched;
use crate::runtime::head::Head;
use crate::runtime::transport::{ResponseBody, execute};
use crate::runtime::{Error, Redirect, Session};

/// Maximum redirects followed per request.
const MAX_REDIRECTS: usize = 5;

/// Maximum bytes of an error's body that are read.
const ERROR_LIMIT: usize = 64 * 1024;

/// The range to request.
#[derive(Clone, Debug)]
pub(super) struct Range {
    /// Position of the first byte.
    pub(super) start: u64,
    /// Position after the last byte, for a range that is requested together with others, each by its own
    /// connection. If absent, the range extends to the end of the content.
    pub(super) end: Option<u64>,
    /// The version that it must be of.
    pub(super) of: Option<HeaderValue>,
}

impl Range {
    fn header(&self) -> String {
        let last = self.end.map(|end| (end - 1).to_string());
        format!("bytes={}-{}", self.start, last.unwrap_or_default())
    }
}

/// The store's response, before its body is read.
pub(super) struct Reply {
    pub(super) head: Head,
    pub(super) body: ResponseBody,
}

impl Reply {
    pub(super) fn status(&self) -> StatusCode {
        self.head.status
    }

    /// Converts it into an error.
    pub(super) async fn into_error(mut self) -> Error {
        let mut body = Vec::new();
        // The status says more than a body that breaks off.
        let _ = read(&mut self.body, ERROR_LIMIT, &mut body).await;
        Error::store(code(&body)).with(self.head).at_store()
    }
}

/// Requests content, or its end, and follows redirects, except to the API. The URL has no fragment.
pub(super) async fn get(
    session: &Session,
    api: &Url,
    address: Url,
    range: Option<&Range>,
    watched: &Watched<'_>,
) -> Result<Reply, Error> {
    let mut url = address;
    let mut seen = Vec::new();
    loop {
        let reply = get_here(session, url.clone(), range, watched).await?;
        if !is_redirect(reply.status()) {
            return Ok(reply);
        }
        seen.push(url);
        url = match target(session, api, &seen, &reply) {
            Ok(target) => target,
            Err(reason) => return Err(Error::moved(reason).with(reply.head).at_store()),
        };
    }
}

async fn get_here(
    session: &Session,
    url: Url,
    range: Option<&Range>,
    watched: &Watched<'_>,
) -> Result<Reply, Error> {
    // A digest is one of the bytes as they are stored.
    let http = match range.and_then(|range| range.end) {
        Some(_) => session.separate_store(&url),
        None => session.store(&url),
    };
    let http = http.map_err(Error::at_store)?;
    let mut request = http.get(url.clone()).header(ACCEPT_ENCODING, "identity");
    if let Some(range) = range {
        request = request.header(RANGE, range.header());
        if let Some(etag) = &range.of {
            // `If-Range` would say it in one, but many a store takes no notice of that.
            request = request.header(IF_MATCH, etag);
        }
    }
    let limit = session.idle_timeout();
    let permit = session.store_gate().pass().await;
    let sent = match request.build() {
        Ok(request) => execute(http, request, limit).await,
        Err(error) => Err(Error::unsendable(error)),
    };
    let mut response = sent.map_err(Error::at_store)?;
    let head = session.head(&mut response, url);
    watched.answered(&head, || session.secrets());
    let body = ResponseBody::new(response, limit, permit);
    Ok(Reply { head, body })
}

/// The target of a store's redirect. It may be at any origin but that of the API, whose response to a
/// request without credentials would be taken for the content; an API that is a store too may redirect
/// to itself.
fn target(session: &Session, api: &Url, seen: &[Url], reply: &Reply) -> Result<Url, String> {
    if seen.len() > MAX_REDIRECTS {
        let reason = format!("there were {MAX_REDIRECTS} redirects before it");
        return Err(reason);
    }
    let (from, headers) = (reply.head.url(), &reply.head.headers);
    let redirect = Redirect::from_headers(from, headers, session.insecure_http())?;
    let mut target = redirect.into_url();
    target.set_fragment(None);
    if target.origin() == api.origin() && from.origin() != api.origin() {
        return Err("a store does not lead back to the API".to_owned());
    }
    if seen.contains(&target) {
        return Err("it is a redirect loop".to_owned());
    }
    Ok(target)
}

/// Whether the `Accept-Ranges` header allows requests for ranges of bytes.
pub(super) fn has_ranges(headers: &HeaderMap) -> bool {
    let units = headers.get_all(ACCEPT_RANGES).iter();
    let mut units = units
        .filter_map(|units| units.to_str().ok())
        .flat_map(|units| units.split(','));
    units.any(|unit| unit.trim().eq_ignore_ascii_case("bytes"))
}

/// Whether a status may mean that the signed URL has expired: stores have no common one for that.
pub(super) fn may_be_expiry(status: StatusCode) -> bool {
    matches!(status.as_u16(), 401 | 403 | 410)
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}
