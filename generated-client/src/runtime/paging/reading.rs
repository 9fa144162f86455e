//! Reading a list page by page.

use std::collections::HashSet;

use reqwest::Url;
use reqwest::header::HeaderMap;

use super::link;
use crate::runtime::base_url::has_userinfo;
use crate::runtime::peer::Peer;
use crate::runtime::redirect::encoded;
use crate::runtime::request::Prepared;
use crate::runtime::{Error, Request, Response};

/// A list that is being read, page by page.
pub(super) struct Reading<P> {
    next: Next<P>,
    /// The URLs of the pages so far.
    seen: HashSet<String>,
}

/// The next step of reading.
enum Next<P> {
    Ask(Box<Prepared<P>>),
    Fail(Error),
    End,
}

impl<P> Reading<P> {
    pub(super) fn new<R: Request<Output = P>>(request: R) -> Self {
        let next = match Prepared::new(request) {
            Ok(prepared) => Next::Ask(Box::new(prepared)),
            Err(error) => Next::Fail(error),
        };
        Self {
            next,
            seen: HashSet::new(),
        }
    }

    /// Fetches the next page; none after the last one, and after an error.
    pub(super) async fn page(&mut self) -> Result<Option<Response<P>>, Error> {
        let mut prepared = match std::mem::replace(&mut self.next, Next::End) {
            Next::Ask(prepared) => prepared,
            Next::Fail(error) => return Err(error),
            Next::End => return Ok(None),
        };
        self.seen.insert(prepared.request.url().to_string());
        let page = prepared.send().await?;
        self.seen.extend(page.url().map(Url::to_string));
        self.next = self.after(prepared, &page);
        Ok(Some(page))
    }

    /// The same request, for the page that the `Link` header of this one leads to.
    fn after(&self, mut prepared: Box<Prepared<P>>, page: &Response<P>) -> Next<P> {
        let base = page.url().unwrap_or(prepared.request.url());
        let peer = prepared.session.peer(prepared.operation);
        match self.target(&peer, base, page.headers()) {
            Ok(Some(url)) => {
                *prepared.request.url_mut() = url;
                Next::Ask(prepared)
            }
            Ok(None) => Next::End,
            // It is reported after the pages before it.
            Err(error) => {
                let secrets = prepared.session.secrets();
                Next::Fail(error.about(&prepared.line()).redacted(&secrets))
            }
        }
    }

    fn target(
        &self,
        peer: &Peer<'_>,
        base: &Url,
        headers: &HeaderMap,
    ) -> Result<Option<Url>, Error> {
        let Some(link) = link::next(headers).map_err(Error::link)? else {
            return Ok(None);
        };
        let no_url = |_| Error::link("the `Link` header has no valid URL");
        let link = encoded(link.as_bytes());
        let url = base.join(&link).map_err(no_url)?;
        if has_userinfo(&url) {
            return Err(Error::link(
                "the `Link` header has a user name or a password in it",
            ));
        }
        let url = peer.own(url);
        if !peer.is_origin_of(&url) {
            let origin = url.origin().ascii_serialization();
            return Err(Error::link(format!(
                "the `Link` header leads to another origin, `{origin}`"
            )));
        }
        if self.seen.contains(url.as_str()) {
            return Err(Error::link(
                "the `Link` header leads to a page that was fetched before",
            ));
        }
        Ok(Some(url))
    }
}
