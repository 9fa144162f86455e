//! Bodies other than JSON: those of requests, and streams of responses.
//!
//! `source` is where bytes to be sent come from, `outgoing` makes the body of a request of one or
//! several of them, and `upload`, `multipart`, `form` and `text` say what they are. `byte_stream` is
//! the other direction.

mod byte_stream;
mod file;
mod form;
mod multipart;
mod once;
mod outgoing;
mod source;
mod text;
mod unread;
mod upload;

#[cfg(test)]
mod tests;

pub use byte_stream::ByteStream;
pub use multipart::Multipart;
pub use upload::Upload;

#[allow(unused_imports, reason = "the document decides which of them are used")]
pub(crate) use {
    form::{FieldStyle, form},
    multipart::multipart,
    text::text,
    upload::upload,
};

#[cfg(feature = "mock")]
pub(super) use multipart::escape;
pub(super) use unread::Unread;
