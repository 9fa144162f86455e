//! One page after the other.

use std::collections::HashSet;
use std::pin::Pin;

use reqwest::header::HeaderMap;
use reqwest::{Request, RequestBuilder, Url};

use super::link;
use crate::runtime::base_url::has_userinfo;
use crate::runtime::redirect::is_legal;
use crate::runtime::{Answer, Error, Operation, Response, Session};

/// How emitted code makes a page of an answer.
pub(super) type Decode<P> =
    fn(Answer) -> Pin<Box<dyn Future<Output = Result<Response<P>, Error>> + Send>>;

/// A list that is being read, page by page.
pub(super) struct Reading<P> {
    operation: &'static Operation,
    session: Session,
    decode: Decode<P>,
    next: Next,
    /// The URLs of the pages so far.
    seen: HashSet<String>,
}

/// What to do when another page is asked for.
enum Next {
    Ask(Box<Request>),
    Fail(Error),
    End,
}

impl<P> Reading<P> {
    pub(super) fn new(
        operation: &'static Operation,
        session: Session,
        request: Result<RequestBuilder, Error>,
        decode: Decode<P>,
    ) -> Self {
        let request = request.and_then(|request| request.build().map_err(Error::unsendable));
        let next = match request {
            Ok(request) => Next::Ask(Box::new(request)),
            Err(error) => Next::Fail(error),
        };
        Self {
            operation,
            session,
            decode,
            next,
            seen: HashSet::new(),
        }
    }

    /// Asks for the next page; gives none after the last one, and after an error.
    pub(super) async fn page(&mut self) -> Result<Option<Response<P>>, Error> {
        let request = match std::mem::replace(&mut self.next, Next::End) {
            Next::Ask(request) => request,
            Next::Fail(error) => return Err(error.of(self.operation)),
            Next::End => return Ok(None),
        };
        self.seen.insert(request.url().to_string());
        let (operation, decode) = (self.operation, self.decode);
        let page = self.session.repeat(operation, &request, decode).await?;
        self.seen.extend(page.url().map(Url::to_string));
        self.next = self.after(*request, &page);
        Ok(Some(page))
    }

    /// The same request, for the page that the `Link` header of this one leads to.
    fn after(&self, mut request: Request, page: &Response<P>) -> Next {
        let base = page.url().unwrap_or(request.url());
        match self.target(base, page.headers()) {
            Ok(Some(url)) => {
                *request.url_mut() = url;
                Next::Ask(Box::new(request))
            }
            Ok(None) => Next::End,
            // It is told when the pages before it have been given.
            Err(error) => Next::Fail(error),
        }
    }

    fn target(&self, base: &Url, headers: &HeaderMap) -> Result<Option<Url>, Error> {
        let Some(link) = link::next(headers).map_err(Error::link)? else {
            return Ok(None);
        };
        if !link.bytes().all(is_legal) {
            let reason = "the `Link` header has characters that no URL may have";
            return Err(Error::link(reason));
        }
        let no_url = |_| Error::link("the `Link` header leads to what is no URL");
        let mut url = base.join(link).map_err(no_url)?;
        if has_userinfo(&url) {
            return Err(Error::link(
                "the `Link` header has a user name or a password in it",
            ));
        }
        if !self.session.is_own(&url) {
            let origin = url.origin().ascii_serialization();
            return Err(Error::link(format!(
                "the `Link` header leads to another origin, `{origin}`"
            )));
        }
        url.set_fragment(None);
        if self.seen.contains(url.as_str()) {
            return Err(Error::link(
                "the `Link` header leads to a page that has been read already",
            ));
        }
        Ok(Some(url))
    }
}
