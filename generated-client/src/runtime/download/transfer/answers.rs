//! What the store's answers mean for a download.

use reqwest::StatusCode;
use reqwest::Url;
use reqwest::header::ETAG;
use tracing::Instrument;

use super::Transfer;
use crate::runtime::download::body::Body;
use crate::runtime::download::content_range::{ContentRange, unsatisfied};
use crate::runtime::download::labels::Labels;
use crate::runtime::download::store::{self, Range, Reply};
use crate::runtime::download::version::Version;
use crate::runtime::event::Attempt;
use crate::runtime::head::Head;
use crate::runtime::request::Prepared;
use crate::runtime::{Error, Redirect};

impl Transfer {
    /// Waits for an answer to read on from, unless all has been read.
    pub(super) async fn opened(&mut self) -> Result<(), Error> {
        while self.incoming.is_none() && !self.is_whole() {
            let address = self.address().await?;
            let range = self.range();
            let line = self.line();
            let session = &self.request.session;
            let watched = session.watch(Attempt::new(&line, self.retries.attempt(), true));
            let api = self.request.request.url();
            let answered = store::get(session, api, address, range.as_ref(), &watched)
                .instrument(watched.span().clone())
                .await;
            match answered {
                Ok(reply) => self.take(reply, range).await?,
                Err(error) => self.wait(error).await?,
            }
        }
        Ok(())
    }

    async fn address(&mut self) -> Result<Url, Error> {
        if let Some(address) = &self.address {
            return Ok(address.clone());
        }
        let address = ask_for_address(&mut self.request).await?;
        Ok(self.address.insert(address).clone())
    }

    /// Which part to ask for; none when it is to be the whole.
    fn range(&self) -> Option<Range> {
        if let Some(earlier) = &self.earlier {
            let start = earlier.length;
            return Some(Range {
                start,
                end: None,
                of: None,
            });
        }
        let etag = self.version.etag.clone()?;
        (self.position > 0).then_some(Range {
            start: self.position,
            end: None,
            of: Some(etag),
        })
    }

    async fn take(&mut self, reply: Reply, requested: Option<Range>) -> Result<(), Error> {
        let expired = std::mem::take(&mut self.expired);
        match (reply.status(), requested) {
            (StatusCode::OK, _) => self.take_whole(reply).await,
            (StatusCode::PARTIAL_CONTENT, Some(requested)) => self.take_part(reply, &requested),
            (StatusCode::PARTIAL_CONTENT, None) => {
                let reason = "it is a part, and the whole was asked for";
                Err(unusable(reply.head, reason))
            }
            (StatusCode::PRECONDITION_FAILED | StatusCode::RANGE_NOT_SATISFIABLE, Some(_))
                if self.earlier.is_some() =>
            {
                self.earlier = None;
                Ok(())
            }
            (StatusCode::PRECONDITION_FAILED, Some(_)) => Err(Error::changed()),
            (StatusCode::RANGE_NOT_SATISFIABLE, Some(_)) => self.take_nothing(reply),
            (status, _) if !expired && store::may_be_expiry(status) => {
                self.expired = true;
                self.address = None;
                Ok(())
            }
            _ => self.wait(reply.into_error().await).await,
        }
    }

    /// The whole, of which some may have been delivered already: that is compared and left out.
    async fn take_whole(&mut self, reply: Reply) -> Result<(), Error> {
        self.earlier = None;
        let total = reply.body.length();
        self.expected.check_total(total)?;
        let mut version = Version::new(&reply.head.headers, total);
        let labels = Labels::new(&reply.head.headers);
        let is_overstated = self.is_overstated(&version);
        if self.position > 0 {
            let too_short = total.is_some_and(|total| total < self.position);
            if too_short || version.differs_from(&self.version) && !is_overstated {
                return Err(Error::changed());
            }
            version.total = total.or(self.version.total);
        }
        let mut body = Body::new(reply.body, 0, version.total);
        if let Err(error) = body.skip(self.position, self.digest()).await {
            return self.wait(error).await;
        }
        if is_overstated {
            return Err(unusable(reply.head, OVERSTATED));
        }
        self.version = version;
        self.labels = labels;
        // A store that sends everything again does not support ranges.
        let has_ranges = self.position == 0 && store::has_ranges(&reply.head.headers);
        self.read(body, has_ranges);
        Ok(())
    }

    /// The rest, or some of the rest.
    fn take_part(&mut self, reply: Reply, requested: &Range) -> Result<(), Error> {
        let part = part(&reply, requested);
        let total = part.ok().map(|part| part.total);
        let version = Version::new(&reply.head.headers, total);
        if let Some(earlier) = self.earlier.take() {
            if part.is_err() || !earlier.is_of(&version) {
                return Ok(());
            }
            self.position = earlier.length;
            self.hasher = earlier.hasher;
            self.version = version.clone();
            self.labels = Labels::new(&reply.head.headers);
        }
        let part = match part {
            Ok(part) => part,
            Err(reason) => return Err(unusable(reply.head, reason)),
        };
        let etag = reply.head.headers.get(ETAG);
        if etag.is_none() {
            // Its version is unknown: it can be compared from the first byte on.
            self.version.etag = None;
            return Ok(());
        }
        if self.is_overstated(&version) {
            return Err(unusable(reply.head, OVERSTATED));
        }
        let renamed = etag != self.version.etag.as_ref();
        if renamed || version.differs_from(&self.version) {
            return Err(Error::changed());
        }
        self.expected.check_total(total)?;
        self.version.total = total;
        let body = Body::new(reply.body, part.start, Some(part.end));
        self.read(body, true);
        Ok(())
    }

    /// That there is nothing from here on: that was all of it, or else it was something else.
    fn take_nothing(&mut self, reply: Reply) -> Result<(), Error> {
        let total = unsatisfied(&reply.head.headers);
        if total != Some(self.position) {
            return Err(Error::changed());
        }
        if self.version.total.is_some() {
            return Err(unusable(reply.head, OVERSTATED));
        }
        self.version.total = total;
        Ok(())
    }

    /// Whether the store has the same as before, and less than it announced: the same by its name, or
    /// since it has just what was delivered.
    fn is_overstated(&self, version: &Version) -> bool {
        let is_same = match (&self.version.etag, &version.etag) {
            (Some(known), Some(etag)) => known == etag,
            _ => version.total == Some(self.position),
        };
        let (Some(announced), Some(total)) = (self.version.total, version.total) else {
            return false;
        };
        is_same && (self.position..announced).contains(&total)
    }
}

const OVERSTATED: &str = "it has fewer bytes than it announced before";

/// Fetches the URL of the content from the API. As a rule, it is signed and expires soon.
pub(super) async fn ask_for_address(request: &mut Prepared<Redirect>) -> Result<Url, Error> {
    let mut address = request.send().await?.into_inner().into_url();
    // It is no part of a request.
    address.set_fragment(None);
    Ok(address)
}

/// Which part an answer has; the error says why it is of no use.
pub(super) fn part(reply: &Reply, requested: &Range) -> Result<ContentRange, &'static str> {
    let part = ContentRange::from_headers(&reply.head.headers)?;
    if part.start != requested.start || requested.end.is_some_and(|end| part.end > end) {
        return Err("the part is not the one that was asked for");
    }
    match reply.body.length() {
        Some(length) if length != part.end - part.start => {
            Err("the part is not as long as its `Content-Range` header tells")
        }
        _ => Ok(part),
    }
}

fn unusable(head: Head, reason: &'static str) -> Error {
    Error::unusable(reason).with(head).at_store()
}
