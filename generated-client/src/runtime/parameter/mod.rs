//! Parameters of a request, in the styles of OpenAPI 3.0, which are those of RFC 6570.
//!
//! `value` splits a value into texts, `style` joins them, `percent` encodes them, and the others put
//! them into the request.

mod cookie;
mod deep_object;
mod header;
mod percent;
mod query;
mod segment;
mod style;
mod value;

#[cfg(test)]
mod tests;

#[allow(unused_imports, reason = "the document decides which of them are used")]
pub(crate) use {
    cookie::cookie,
    header::header,
    query::Query,
    segment::{PathStyle, segment, styled_segment},
    style::Delimiter,
};

pub(super) use deep_object::deep_pairs;
pub(super) use header::header_value;
pub(super) use percent::{Encoding, decoded_triple};
pub(super) use style::{exploded, joined};
pub(super) use value::{Parameter, json_value, scalar};
