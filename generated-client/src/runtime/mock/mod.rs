//! A server on loopback that speaks the API, for tests of code that uses the client.
//!
//! Emitted code says which requests an operation sends and how its answers are encoded (`operation`).
//! What a test expects of them is an `expectation`: `when` has all that is `wanted` of a request, the parts
//! of a `form` included, and finds each `difference`. `server` listens, `connection` reads and writes
//! HTTP/1.1, `state` chooses the response, and `report` lists mismatches. `store` has the
//! content that redirects lead to.

mod connection;
mod difference;
mod example;
mod expectation;
mod form;
mod operation;
mod report;
mod request;
mod response;
mod server;
mod state;
mod store;
mod times;
mod wanted;
mod when;

pub use expectation::{Downloaded, Expectation, Paged, Single};
pub use form::PartMatcher;
pub use response::MockResponse;
pub use server::MockServer;
pub use store::MockContent;
pub use times::Times;

// What emitted code is made of: a document may have no use for one or the other.
#[allow(unused_imports, reason = "the document decides which of them are used")]
pub(crate) use {
    example::example,
    operation::{MockBody, MockErrors, MockOperation},
    server::MockSession,
    wanted::Place,
    when::When,
};
