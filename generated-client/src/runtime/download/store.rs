//! One request to the store, which gets no credentials of the API, and no header of it.

use reqwest::header::{ACCEPT_ENCODING, HeaderValue, IF_MATCH, RANGE};
use reqwest::{StatusCode, Url};

use super::code::code;
use crate::runtime::answer::read;
use crate::runtime::event::Watched;
use crate::runtime::head::Head;
use crate::runtime::transport::{ResponseBody, execute};
use crate::runtime::{Error, Redirect, Session};

/// How often the store may send the client on before it is taken to go in a circle.
const MAX_REDIRECTS: usize = 5;

/// The most bytes of an error's body that are read.
const ERROR_LIMIT: usize = 64 * 1024;

/// What to ask for.
#[derive(Clone, Debug)]
pub(super) struct Range {
    /// Where the first byte is.
    pub(super) start: u64,
    /// The only version to take it from.
    pub(super) of: Option<HeaderValue>,
}

/// What the store answers, with its body yet to be read.
pub(super) struct Reply {
    pub(super) head: Head,
    pub(super) body: ResponseBody,
}

impl Reply {
    pub(super) fn status(&self) -> StatusCode {
        self.head.status
    }

    /// Makes an error of it.
    pub(super) async fn into_error(mut self) -> Error {
        let mut body = Vec::new();
        // The status says more than a body that breaks off.
        let _ = read(&mut self.body, ERROR_LIMIT, &mut body).await;
        Error::store(code(&body)).with(self.head).at_store()
    }
}

/// Asks for content, or for the end of it, and goes where the store sends the client on to, which may
/// not be the API. The address has no fragment.
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
    let http = session.store(&url).map_err(Error::at_store)?;
    let mut request = http.get(url.clone()).header(ACCEPT_ENCODING, "identity");
    if let Some(Range { start, of }) = range {
        request = request.header(RANGE, format!("bytes={start}-"));
        if let Some(etag) = of {
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
    let head = Head::take(&mut response, url, session.clock().now());
    watched.answered(&head, || session.secrets());
    let body = ResponseBody::new(response, limit, permit);
    Ok(Reply { head, body })
}

/// Where the store sends the client on to. It may be any origin but that of the API, whose answer to
/// a stranger would be taken for the content; an API that is a store as well may go on by itself.
fn target(session: &Session, api: &Url, seen: &[Url], reply: &Reply) -> Result<Url, String> {
    if seen.len() > MAX_REDIRECTS {
        let reason = format!("there have been {MAX_REDIRECTS} of them for this request");
        return Err(reason);
    }
    let (from, headers) = (reply.head.asked(), &reply.head.headers);
    let redirect = Redirect::from_headers(from, headers, session.insecure_http())?;
    let mut target = redirect.into_url();
    target.set_fragment(None);
    if target.origin() == api.origin() && from.origin() != api.origin() {
        return Err("a store does not lead back to the API".to_owned());
    }
    if seen.contains(&target) {
        return Err("it leads in a circle".to_owned());
    }
    Ok(target)
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}
