//! Content that is sent as it is.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::path::Path;

use bytes::Bytes;
use futures_core::Stream;
use reqwest::RequestBuilder;
use reqwest::header::{CONTENT_TYPE, HeaderValue};

use super::file::SourceFile;
use super::once::Once;
use super::outgoing::body;
use super::source::Source;
use crate::runtime::Error;

/// The media type of content for which neither the caller nor the API has one.
const OCTET_STREAM: &str = "application/octet-stream";

/// Content to send as it is: bytes, text, a file, or a stream.
///
/// Requests with bytes, text and files can be retried. A stream can be read once: a clone of it is the
/// same stream, and a request that has begun to read it is not retried.
///
/// `Debug` does not show the content.
///
/// # Examples
///
/// ```
#[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::{Error, Upload};")]
/// # async fn example() -> Result<(), Error> {
/// let text = Upload::from("a,b\n1,2\n").file_name("table.csv").content_type("text/csv");
/// let file = Upload::file("photo.jpg").await?.content_type("image/jpeg");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Upload {
    source: Source,
    file_name: Option<String>,
    content_type: Option<String>,
}

impl Upload {
    /// Sends bytes that are in memory.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self::of(Source::Bytes(bytes.into()))
    }

    /// Sends a file, under its own name.
    ///
    /// It is opened when the request is sent, and read piece by piece, up to the length that it has now.
    ///
    /// # Errors
    ///
    /// An [`Error`] with [`is_file`](Error::is_file), if there is no readable plain file at the path. It
    /// is also the error of a request whose file has gone or become shorter.
    pub async fn file(path: impl AsRef<Path>) -> Result<Self, Error> {
        let file = SourceFile::new(path.as_ref().to_owned()).await?;
        let file_name = file.name();
        Ok(Self {
            file_name,
            ..Self::of(Source::File(file))
        })
    }

    /// Sends the items of a stream.
    ///
    /// Some servers insist on a [`length`](Self::length). An error of the stream is an error of the
    /// request, with [`is_upload`](Error::is_upload).
    pub fn stream<B, E>(stream: impl Stream<Item = Result<B, E>> + Send + 'static) -> Self
    where
        B: Into<Bytes>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        Self::of(Source::Once(Once::new(stream), None))
    }

    /// Announces the length of a stream; that of other content is known.
    ///
    /// A stream of another length is an error of the request, with [`is_upload`](Error::is_upload).
    pub fn length(mut self, length: u64) -> Self {
        if let Source::Once(_, known) = &mut self.source {
            *known = Some(length);
        }
        self
    }

    /// Sets the file name, for a part of a form.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type, such as `image/png`; by default the one that the API documents.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    fn of(source: Source) -> Self {
        Self {
            source,
            file_name: None,
            content_type: None,
        }
    }

    /// The media type to send it as, if the document says this one, which may be a range of them.
    pub(super) fn media_type(&self, documented: Option<&'static str>) -> Cow<'_, str> {
        match (&self.content_type, documented) {
            (Some(chosen), _) => chosen.into(),
            (None, Some(documented)) if !documented.contains('*') => documented.into(),
            (None, _) => OCTET_STREAM.into(),
        }
    }

    pub(super) fn name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    pub(super) fn source(&self) -> Source {
        self.source.clone()
    }
}

impl From<Bytes> for Upload {
    fn from(bytes: Bytes) -> Self {
        Self::new(bytes)
    }
}

impl From<Vec<u8>> for Upload {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<&'static [u8]> for Upload {
    fn from(bytes: &'static [u8]) -> Self {
        Self::new(bytes)
    }
}

impl From<String> for Upload {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&'static str> for Upload {
    fn from(text: &'static str) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("length", &self.source.length())
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}

/// Sends content as the body of a request.
#[allow(dead_code, reason = "a document may have no binary bodies")]
pub(crate) fn upload(
    request: RequestBuilder,
    media_type: &'static str,
    content: &Upload,
) -> Result<RequestBuilder, Error> {
    let content_type = HeaderValue::from_str(&content.media_type(Some(media_type)));
    let content_type = content_type
        .map_err(|_| Error::argument("body", "has a content type that no header can hold"))?;
    let body = body(vec![content.source()])?;
    Ok(request.header(CONTENT_TYPE, content_type).body(body))
}
