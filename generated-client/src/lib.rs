#![doc = include_str!("../README.md")]

mod generated;
mod runtime;

pub use generated::*;
pub use runtime::{
    AccessToken, ChunkReader, Chunks, ClientBuilder, Conditional, Content, Download, Error,
    ErrorReason, Items, Pages, Progress, RateLimit, Redirect, Response, Saved, UnknownValue,
};
#[cfg(feature = "unzip")]
pub use runtime::{ExtractLimits, Extracted};

pub use {bytes, chrono, reqwest};
