//! What every emitted client stands on: it would serve any HTTP API that is described in the same
//! way.
//!
//! A request goes through these files in this order: its pieces are checked and encoded (`segment`,
//! `query`, `bounds`), `session` signs it (`credentials`), sends it and follows it when it has
//! moved, `answer` turns what came into a `Response` or an `Error`, and `retry` decides whether it is
//! sent again. `paging` and `download` do that for one list or one download as often as it takes.

mod answer;
mod api;
mod base_url;
mod bounds;
mod builder;
mod clock;
mod conditional;
mod credentials;
mod download;
mod error;
mod head;
mod paging;
mod query;
mod rate_limit;
mod redirect;
mod response;
mod retry;
mod segment;
mod session;
mod sleeper;
mod text;
mod token;
mod trace;
mod unknown_value;

pub use builder::ClientBuilder;
pub use conditional::Conditional;
pub use download::{ChunkReader, Chunks, Content, Download, Progress, Saved};
#[cfg(feature = "unzip")]
pub use download::{ExtractLimits, Extracted};
pub use error::{Error, ErrorReason};
pub use paging::{Items, Pages};
pub use rate_limit::RateLimit;
pub use redirect::Redirect;
pub use response::Response;
pub use token::AccessToken;
pub use unknown_value::UnknownValue;

// What emitted code is made of: a document may have no use for one or the other.
#[allow(unused_imports, reason = "the document decides which of them are used")]
pub(crate) use {
    answer::Answer,
    api::{Api, Operation},
    bounds::within,
    query::QueryParam,
    segment::segment,
    session::Session,
};
