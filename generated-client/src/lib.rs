#![doc = include_str!("../README.md")]

mod generated;
mod runtime;

pub use generated::*;
pub use runtime::{ClientBuilder, Error, ErrorReason, RateLimit, Redirect, Response, UnknownValue};

pub use {chrono, reqwest};
