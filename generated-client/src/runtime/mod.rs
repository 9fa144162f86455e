//! What every emitted client stands on: it would serve any HTTP API that is described in the same
//! way.
//!
//! A request goes through these files in this order: its pieces are checked and encoded (`segment`,
//! `query`, `bounds`), `session` signs it, sends it and follows it when it has moved, and `answer`
//! turns what came into a `Response` or an `Error`.

mod answer;
mod api;
mod base_url;
mod bounds;
mod builder;
mod clock;
mod error;
mod head;
mod query;
mod rate_limit;
mod redirect;
mod response;
mod segment;
mod session;
mod text;
mod token;
mod unknown_value;

pub use builder::ClientBuilder;
pub use error::{Error, ErrorReason};
pub use rate_limit::RateLimit;
pub use redirect::Redirect;
pub use response::Response;
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
