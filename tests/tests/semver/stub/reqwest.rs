//! The names of reqwest that emitted code imports.

pub struct Method;
pub struct RequestBuilder;

pub mod header {
    pub const ACCEPT: &str = "accept";
    pub const CONTENT_TYPE: &str = "content-type";
}
