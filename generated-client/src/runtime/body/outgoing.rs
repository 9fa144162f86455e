//! The body of a request, made of one or more sources.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use http_body::{Body, Frame, SizeHint};

use super::source::Source;
use super::unread::Unread;
use crate::runtime::Error;

/// Makes a body of several sources, one after the other.
///
/// Sources in memory become a body that can be sent again as it is; others are read while they are
/// sent. The length is announced if those of all sources are known.
pub(super) fn body(sources: Vec<Source>) -> Result<reqwest::Body, Error> {
    if sources.iter().any(Source::is_spent) {
        return Err(Error::unrepeatable());
    }
    if let Some(bytes) = in_memory(&sources) {
        return Ok(bytes.into());
    }
    let length = sources.iter().map(Source::length);
    Ok(reqwest::Body::wrap(Outgoing {
        left: length.sum(),
        bytes: Mutex::new(stream::iter(sources).flat_map(Source::read).boxed()),
    }))
}

fn in_memory(sources: &[Source]) -> Option<Bytes> {
    if let [Source::Bytes(bytes)] = sources {
        return Some(bytes.clone());
    }
    let mut all = BytesMut::new();
    for source in sources {
        let Source::Bytes(bytes) = source else {
            return None;
        };
        all.extend_from_slice(bytes);
    }
    Some(all.freeze())
}

/// A body that is read while it is sent.
struct Outgoing {
    /// Remaining bytes, if known.
    left: Option<u64>,
    /// Within a mutex that is never locked, since a body must be `Sync`.
    bytes: Mutex<BoxStream<'static, Result<Bytes, Unread>>>,
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = Unread;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Unread>>> {
        let body = self.get_mut();
        let bytes = body.bytes.get_mut().unwrap_or_else(PoisonError::into_inner);
        let item = ready!(bytes.poll_next_unpin(context));
        Poll::Ready(item.map(|item| {
            let bytes = item?;
            let length = bytes.len() as u64;
            body.left = body.left.map(|left| left.saturating_sub(length));
            Ok(Frame::data(bytes))
        }))
    }

    fn size_hint(&self) -> SizeHint {
        self.left
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use futures_util::FutureExt;
    use futures_util::future::poll_fn;

    use super::super::once::Once;
    use super::*;

    #[test]
    fn remaining_size() {
        let stream = stream::iter(["a", "bc"].map(Ok::<_, Infallible>));
        let once = Source::Once(Once::new(stream), Some(3));
        let mut body = body(vec![once, Source::from("d".to_owned())]).unwrap();
        let mut left = vec![body.size_hint().exact()];
        while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context))
            .now_or_never()
            .unwrap()
        {
            frame.unwrap();
            left.push(body.size_hint().exact());
        }
        assert_eq!(left, [4, 3, 1, 0].map(Some));
    }
}
