#![doc = include_str!("../README.md")]
// docs.rs shows which feature an item needs.
#![cfg_attr(docsrs, feature(doc_cfg))]

// Laid out by codegen, and the same whatever the version of rustfmt.
#[rustfmt::skip]
mod generated;
mod runtime;

pub use generated::*;
pub use runtime::{
    AccessToken, Attempt, ByteStream, ChunkReader, Chunks, ClientBuilder, Conditional, Content,
    Download, Error, ErrorKind, Event, Items, Multipart, Pages, Progress, RateLimit, RawRequest,
    Redirect, RequestOptions, Response, Saved, Sending, UnknownValue, Upload,
};
#[cfg(feature = "unzip")]
pub use runtime::{ExtractLimits, Extracted, Symlinks};

pub use {bytes, chrono, reqwest};
