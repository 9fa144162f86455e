//! What every emitted client stands on: it would serve any HTTP API that is described in the same
//! way.
//!
//! A request goes through these files in this order: its pieces are checked and encoded (`parameter`,
//! `body`, `bounds`), and `request` prepares it. For each attempt, its `peer` signs it (`credentials`)
//! and tells where it has moved, `transport` sends it, and `answer` turns what came into a `Response` or an `Error`, by which
//! `retry` decides whether there is another attempt. `paging` and `download` do that
//! for one list or one download as often as it takes. `raw` is for requests that no emitted code has,
//! and `options` for what one request does differently.

mod accept;
mod answer;
mod api;
mod base_url;
mod blocking;
mod body;
mod bounds;
mod builder;
mod charset;
mod clock;
mod conditional;
mod credentials;
mod download;
mod error;
mod event;
mod head;
mod header_parameters;
mod json;
mod lazy_http;
mod limits;
mod media_type;
#[cfg(feature = "mock")]
pub(crate) mod mock;
mod options;
mod paging;
mod parameter;
mod peer;
mod rate_limit;
mod raw;
mod redirect;
mod request;
mod request_line;
mod response;
mod response_header;
mod retry;
mod server;
mod session;
mod sleeper;
#[cfg(test)]
mod tests;
mod text;
mod token;
mod trace;
mod transport;
mod unknown_value;

pub use body::{ByteStream, Multipart, Upload};
pub use builder::ClientBuilder;
pub use conditional::Conditional;
pub use download::{ChunkReader, Chunks, Content, Download, Progress, Saved};
#[cfg(feature = "unzip")]
pub use download::{ExtractLimits, Extracted, Symlinks};
pub use error::{Error, ErrorKind};
pub use event::{Attempt, Event};
pub use options::RequestOptions;
pub use paging::{Items, Pages};
pub use rate_limit::RateLimit;
pub use raw::RawRequest;
pub use redirect::Redirect;
pub use request::Sending;
pub use response::Response;
pub use token::AccessToken;
pub use unknown_value::UnknownValue;

// What emitted code is made of: a document may have no use for one or the other.
#[allow(unused_imports, reason = "the document decides which of them are used")]
pub(crate) use {
    accept::accepting,
    answer::Answer,
    api::{Api, ErrorFields, Operation, Scheme, Security, Server, Variable},
    body::{FieldStyle, form, multipart, text, upload},
    bounds::within,
    json::{
        JsonObject, ObjectReader, ObjectWriter, closest, decode_value, encode_tagged, json_object,
        json_text, read_object, read_text, union_tag,
    },
    parameter::{Delimiter, PathStyle, Query, cookie, header, segment, styled_segment},
    request::{Request, send, send_if_changed},
    response_header::response_header,
    session::Session,
};

#[cfg(test)]
#[allow(unused_imports, reason = "a document may have no examples")]
pub(crate) use json::assert_round_trip;
