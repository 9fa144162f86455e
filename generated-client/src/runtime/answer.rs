//! A response before it is decoded into a [`Response`] or an [`Error`].

use std::sync::Arc;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::charset;
use super::error::ErrorBody;
use super::head::Head;
use super::request_line::RequestLine;
use super::transport::ResponseBody;
use super::{ByteStream, Error, Redirect, Response};

/// Maximum bytes of an error's body that are read, and of any body that an error keeps.
const ERROR_LIMIT: usize = 1024 * 1024;

/// Maximum length of a body to be decoded: far more than any page of a list has.
const JSON_LIMIT: usize = 64 * 1024 * 1024;

/// Maximum length of a body of text, or of bytes in one piece.
const TEXT_LIMIT: usize = JSON_LIMIT;

/// Maximum bytes of memory that are allocated for the announced length of a body.
const RESERVED: usize = 256 * 1024;

/// A response whose body has not been read.
///
/// Emitted code matches on the status, and calls the method for the kind of body that the document has.
pub(crate) struct Answer {
    request: Arc<RequestLine>,
    head: Head,
    body: ResponseBody,
    insecure_http: bool,
    /// Whether the response to an earlier attempt was lost.
    pub(super) follows_lost_one: bool,
}

#[allow(
    dead_code,
    reason = "the document decides which kinds of answers there are"
)]
impl Answer {
    pub(super) fn new(
        request: Arc<RequestLine>,
        head: Head,
        body: ResponseBody,
        insecure_http: bool,
    ) -> Self {
        Self {
            request,
            head,
            body,
            insecure_http,
            follows_lost_one: false,
        }
    }

    /// Whether the response to an earlier attempt was lost, which may have deleted what is not found now.
    pub(crate) fn follows_lost_one(&self) -> bool {
        self.follows_lost_one
    }

    /// The status, as a number to match on.
    pub(crate) fn status(&self) -> u16 {
        self.head.status.as_u16()
    }

    /// Reads the body and decodes it as JSON.
    pub(crate) async fn json<T: DeserializeOwned>(mut self) -> Result<Response<T>, Error> {
        let mut body = Vec::new();
        let may_be_cut = self.body.ends_by_any_reset();
        let decoded = match read(&mut self.body, JSON_LIMIT, &mut body).await {
            Ok(Extent::Whole) => match serde_json::from_slice(&body) {
                Err(error) if may_be_cut && error.is_eof() => {
                    Err(Error::truncated(body.len() as u64, None))
                }
                decoded => decoded.map_err(|error| Error::decode(&error, &body)),
            },
            Ok(Extent::Cut) => Err(Error::too_long(JSON_LIMIT)),
            Err(error) => Err(error),
        };
        match decoded {
            Ok(value) => Ok(Response::from_head(value, self.head)),
            Err(error) => {
                let kept = body.len().min(ERROR_LIMIT);
                let is_cut = kept < body.len();
                Err(error.beginning(&body[..kept], is_cut).with(self.head))
            }
        }
    }

    /// The same for an operation with successes that have no body.
    pub(crate) async fn some_json<T: DeserializeOwned>(self) -> Result<Response<Option<T>>, Error> {
        Ok(self.json::<T>().await?.map_value(Some))
    }

    /// Whether there is nothing to decode.
    pub(super) fn has_no_body(&self) -> bool {
        matches!(self.status(), 204 | 205) || self.body.length() == Some(0)
    }

    /// Decodes an answer without a body as JSON's `null`.
    pub(super) fn null<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        match serde_json::from_slice(b"null") {
            Ok(value) => Ok(Response::from_head(value, self.head)),
            Err(error) => Err(Error::decode(&error, b"")
                .beginning(b"", false)
                .with(self.head)),
        }
    }

    /// Reads the body as text.
    pub(crate) async fn text(self) -> Result<Response<String>, Error> {
        let (body, rest) = self.bytes().await?.split();
        let text = charset::decode(body.into(), rest.headers());
        Ok(rest.map_value(|()| text))
    }

    /// Reads the body as it is.
    pub(super) async fn bytes(mut self) -> Result<Response<Bytes>, Error> {
        let mut body = Vec::new();
        let error = match read(&mut self.body, TEXT_LIMIT, &mut body).await {
            Ok(Extent::Whole) => return Ok(Response::from_head(body.into(), self.head)),
            Ok(Extent::Cut) => Error::too_long(TEXT_LIMIT),
            Err(error) => error,
        };
        Err(error.with(self.head))
    }

    /// Returns the body as a stream.
    pub(crate) fn stream(self) -> Response<ByteStream> {
        let body = ByteStream::new(self.request, self.body, &self.head);
        Response::from_head(body, self.head)
    }

    /// Returns a success without a body, of an operation with others.
    pub(crate) fn without_value<T>(self) -> Response<Option<T>> {
        Response::from_head(None, self.head)
    }

    /// Returns a success without a body.
    pub(crate) fn empty(self) -> Response<()> {
        Response::from_head((), self.head)
    }

    /// Returns the target of a redirect, without following it.
    pub(crate) fn redirect(self) -> Result<Response<Redirect>, Error> {
        let (url, headers) = (self.head.url(), &self.head.headers);
        match Redirect::from_headers(url, headers, self.insecure_http) {
            Ok(redirect) => Ok(Response::from_head(redirect, self.head)),
            Err(reason) => Err(Error::redirect(reason).with(self.head)),
        }
    }

    /// Converts a response that is no documented success into an error, with as much of its body as arrived.
    pub(crate) async fn into_error(mut self) -> Error {
        let mut body = Vec::new();
        // The status says more than a body that breaks off.
        let read = read(&mut self.body, ERROR_LIMIT, &mut body).await;
        let is_cut = !matches!(read, Ok(Extent::Whole));
        let body = ErrorBody::new(body, &self.head, is_cut);
        Error::reported(self.head.status, body).with(self.head)
    }
}

/// How much of a body was read.
pub(super) enum Extent {
    Whole,
    Cut,
}

/// Reads a body up to a number of bytes.
pub(super) async fn read(
    body: &mut ResponseBody,
    limit: usize,
    bytes: &mut Vec<u8>,
) -> Result<Extent, Error> {
    let announced = body.length();
    // The announced length need not be true.
    let expected = usize::try_from(announced.unwrap_or_default()).unwrap_or_default();
    bytes.reserve(expected.min(RESERVED));
    while let Some(chunk) = body.chunk().await? {
        let room = limit - bytes.len();
        bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if chunk.len() > room {
            return Ok(Extent::Cut);
        }
    }
    let received = bytes.len() as u64;
    if announced.is_some_and(|announced| received < announced) {
        return Err(Error::truncated(received, announced));
    }
    Ok(Extent::Whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::tests::exchange::block_on;

    #[test]
    fn up_to_a_limit() {
        for (limit, is_whole, expected) in [(3, true, "abc"), (2, false, "ab")] {
            let mut bytes = Vec::new();
            let mut body = ResponseBody::from("abc");
            let extent = block_on(read(&mut body, limit, &mut bytes)).unwrap();
            assert_eq!(matches!(extent, Extent::Whole), is_whole);
            assert_eq!(bytes, expected.as_bytes());
        }
    }
}
