//! The source of the next bytes: one response, or several at a time.

use bytes::Bytes;
use reqwest::Url;

use super::Transfer;
use super::answers::ask_for_address;
use super::fetch::Source;
use super::parts::{PART, Parts, Step};
use crate::runtime::Error;
use crate::runtime::download::body::Body;

/// The source of the next bytes.
pub(super) enum Incoming {
    /// One response.
    Body(Body),
    /// Concurrent responses, each with a part of the content.
    Parts(Parts),
}

impl Transfer {
    /// Continues with a response. If parts are wanted, possible and of use, it is the first of them.
    pub(super) fn read(&mut self, body: Body, has_ranges: bool) {
        let source = if has_ranges { self.source() } else { None };
        self.incoming = Some(match source {
            Some((source, url)) => {
                let (connections, position) = (self.connections, self.position);
                Incoming::Parts(Parts::new(source, url, connections, position, body))
            }
            None => Incoming::Body(body),
        });
    }

    /// The source of parts, and its signed URL; none if the content is not fetched in parts.
    fn source(&self) -> Option<(Source, Url)> {
        let url = self.address.clone()?;
        let (etag, total) = (self.version.etag.clone()?, self.version.total?);
        let is_of_use = self.connections > 1 && total.saturating_sub(self.position) > PART;
        is_of_use.then(|| {
            let source = Source {
                session: self.request.session.clone(),
                api: self.url().clone(),
                line: self.line(),
                etag,
                total,
            };
            (source, url)
        })
    }

    /// The next bytes; none if another request is needed, or all have been received.
    pub(super) async fn received(&mut self) -> Result<Option<Bytes>, Error> {
        match &mut self.incoming {
            None => Ok(None),
            Some(Incoming::Body(body)) => match body.next().await {
                Ok(None) => {
                    self.end();
                    Ok(None)
                }
                Ok(bytes) => Ok(bytes),
                Err(error) => {
                    self.incoming = None;
                    self.wait(error).await?;
                    Ok(None)
                }
            },
            Some(Incoming::Parts(parts)) => match parts.next().await? {
                Step::Bytes(bytes) => Ok(Some(bytes)),
                Step::Expired => {
                    self.address = None;
                    let pending = ask_for_address(&mut self.request);
                    let address = parts.receive_during(pending).await?;
                    parts.resume_at(self.address.insert(address).clone());
                    Ok(None)
                }
                Step::End => {
                    self.connections = 1;
                    self.end();
                    Ok(None)
                }
            },
        }
    }
}
