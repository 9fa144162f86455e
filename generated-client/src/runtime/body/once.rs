//! A stream that can be read once.

use std::error::Error as StdError;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_core::Stream;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};

use super::unread::Unread;

/// A stream of the caller's for one request, shared by all clones.
#[derive(Clone)]
pub(super) struct Once(Arc<Mutex<Option<Pin<Box<Bytewise>>>>>);

type Bytewise = dyn Stream<Item = Result<Bytes, Unread>> + Send;

impl Once {
    pub(super) fn new<B, E>(stream: impl Stream<Item = Result<B, E>> + Send + 'static) -> Self
    where
        B: Into<Bytes>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        let stream = stream.map(|item| match item {
            Ok(bytes) => Ok(bytes.into()),
            Err(error) => Err(Unread::Stream(error.into().into())),
        });
        Self(Arc::new(Mutex::new(Some(Box::pin(stream)))))
    }

    /// Whether a request has begun to read it.
    pub(super) fn is_taken(&self) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_none()
    }

    /// The stream, when it is asked for its first bytes; an error if another request was before.
    pub(super) fn read(self) -> BoxStream<'static, Result<Bytes, Unread>> {
        let take = async move {
            let taken = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
            taken.unwrap_or_else(|| Box::pin(stream::iter([Err(Unread::Sent)])))
        };
        stream::once(take).flatten().boxed()
    }
}
