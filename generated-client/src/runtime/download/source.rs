//! Where a download leads, as the API tells.

use std::pin::Pin;

use reqwest::{Request, RequestBuilder, Url};

use crate::runtime::{Answer, Error, Operation, Redirect, Response, Session};

/// How emitted code makes a redirect of an answer.
pub(super) type Decode =
    fn(Answer) -> Pin<Box<dyn Future<Output = Result<Response<Redirect>, Error>> + Send>>;

/// What to ask the API for an address, as often as one is needed.
pub(super) struct Source {
    pub(super) operation: &'static Operation,
    pub(super) session: Session,
    request: Request,
    decode: Decode,
}

impl Source {
    pub(super) fn new(
        operation: &'static Operation,
        session: Session,
        request: RequestBuilder,
        decode: Decode,
    ) -> Result<Self, Error> {
        let request = request.build().map_err(Error::unsendable)?;
        Ok(Self {
            operation,
            session,
            request,
            decode,
        })
    }

    /// Where the API is asked.
    pub(super) fn url(&self) -> &Url {
        self.request.url()
    }

    /// Asks for an address at the store. It is signed as a rule, and expires soon.
    pub(super) async fn address(&self) -> Result<Url, Error> {
        let session = &self.session;
        let redirect = session.repeat(self.operation, &self.request, self.decode);
        let mut address = redirect.await?.into_inner().into_url();
        // It is no part of a request.
        address.set_fragment(None);
        Ok(address)
    }
}
