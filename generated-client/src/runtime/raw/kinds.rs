//! What the answer to a request of the caller's own is taken for.

use std::marker::PhantomData;

use bytes::Bytes;
use reqwest::RequestBuilder;
use serde::de::DeserializeOwned;

use super::RawRequest;
use crate::runtime::answer::Answer;
use crate::runtime::api::Operation;
use crate::runtime::{ByteStream, Error, Redirect, Request, Response, Session};

/// A request whose answer is taken for one kind.
pub(super) struct Ask<K> {
    request: RawRequest,
    kind: PhantomData<fn() -> K>,
}

impl<K> Ask<K> {
    pub(super) fn new(request: RawRequest) -> Self {
        Self {
            request,
            kind: PhantomData,
        }
    }
}

/// A kind of answer.
pub(super) trait ResponseKind: 'static {
    type Value: Send + 'static;

    /// [`Request::IS_JSON`]
    const IS_JSON: bool = false;

    fn is_success(status: u16) -> bool {
        (200..300).contains(&status)
    }

    fn take(
        answer: Answer,
    ) -> impl Future<Output = Result<Response<Self::Value>, Error>> + Send + 'static;
}

impl<K: ResponseKind> Request for Ask<K> {
    type Output = K::Value;

    const OPERATION: &'static Operation = &super::OPERATION;

    const IS_JSON: bool = K::IS_JSON;

    fn session(&self) -> &Session {
        &self.request.session
    }

    fn request(&self) -> Result<RequestBuilder, Error> {
        self.request.build()
    }

    async fn decode(answer: Answer) -> Result<Response<K::Value>, Error> {
        if K::is_success(answer.status()) {
            K::take(answer).await
        } else {
            Err(answer.into_error().await)
        }
    }
}

pub(super) struct Json<T>(PhantomData<fn() -> T>);

impl<T: DeserializeOwned + Send + 'static> ResponseKind for Json<T> {
    type Value = T;

    const IS_JSON: bool = true;

    async fn take(answer: Answer) -> Result<Response<T>, Error> {
        if answer.has_no_body() {
            answer.null()
        } else {
            answer.json().await
        }
    }
}

pub(super) struct Text;

impl ResponseKind for Text {
    type Value = String;

    async fn take(answer: Answer) -> Result<Response<String>, Error> {
        answer.text().await
    }
}

pub(super) struct Binary;

impl ResponseKind for Binary {
    type Value = Bytes;

    async fn take(answer: Answer) -> Result<Response<Bytes>, Error> {
        answer.bytes().await
    }
}

pub(super) struct Streamed;

impl ResponseKind for Streamed {
    type Value = ByteStream;

    async fn take(answer: Answer) -> Result<Response<ByteStream>, Error> {
        Ok(answer.stream())
    }
}

pub(super) struct Location;

impl ResponseKind for Location {
    type Value = Redirect;

    /// The others are followed, or have no URL.
    fn is_success(status: u16) -> bool {
        matches!(status, 302 | 303)
    }

    async fn take(answer: Answer) -> Result<Response<Redirect>, Error> {
        answer.redirect()
    }
}
