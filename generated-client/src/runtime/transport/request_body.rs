//! The body of a request, whose progress is noted while it is sent.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::Instant;

/// Maximum bytes that are sent before that counts as progress.
const PIECE: usize = 64 * 1024;

/// When something last happened to a request.
#[derive(Clone)]
pub(super) struct SendProgress(Arc<Mutex<Option<Instant>>>);

impl SendProgress {
    /// Since when it has been for the server to do something: not yet, while the body is waited for.
    pub(super) fn last(&self) -> Instant {
        let last = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.unwrap_or_else(Instant::now)
    }

    /// Something has happened.
    fn note(&self) {
        self.set(Some(Instant::now()));
    }

    /// Nothing can happen until the body gives more.
    fn wait(&self) {
        self.set(None);
    }

    fn set(&self, last: Option<Instant>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = last;
    }
}

impl Default for SendProgress {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Some(Instant::now()))))
    }
}

/// Notes the progress of a body. One that is a single piece is given back as it is: the HTTP client can
/// send that again by itself.
pub(super) fn counted(body: reqwest::Body, progress: &SendProgress) -> reqwest::Body {
    if body.as_bytes().is_some_and(|bytes| bytes.len() <= PIECE) {
        return body;
    }
    reqwest::Body::wrap(Counted {
        body,
        rest: Bytes::new(),
        progress: progress.clone(),
    })
}

/// A body that is taken piece by piece.
struct Counted {
    body: reqwest::Body,
    /// What the body has given, and has not been taken.
    rest: Bytes,
    progress: SendProgress,
}

impl Counted {
    /// Keeps all but the first piece.
    fn first_piece(&mut self, frame: Frame<Bytes>) -> Frame<Bytes> {
        match frame.into_data() {
            Ok(mut bytes) => {
                self.rest = bytes.split_off(bytes.len().min(PIECE));
                Frame::data(bytes)
            }
            Err(trailers) => trailers,
        }
    }
}

impl Body for Counted {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
        let body = self.get_mut();
        let frame = if body.rest.is_empty() {
            body.progress.wait();
            ready!(Pin::new(&mut body.body).poll_frame(context))
        } else {
            Some(Ok(Frame::data(std::mem::take(&mut body.rest))))
        };
        body.progress.note();
        Poll::Ready(frame.map(|frame| Ok(body.first_piece(frame?))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (rest, body) = (self.rest.len() as u64, self.body.size_hint());
        let mut both = SizeHint::new();
        both.set_lower(rest.saturating_add(body.lower()));
        if let Some(upper) = body.upper() {
            both.set_upper(rest.saturating_add(upper));
        }
        both
    }
}

/// Whatever the body was waited for, it is not any more.
impl Drop for Counted {
    fn drop(&mut self) {
        self.progress.note();
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn pieces() {
        let content: Vec<u8> = (0..2 * PIECE + 5)
            .map(|index| index.to_le_bytes()[0])
            .collect();
        let mut body = counted(content.clone().into(), &SendProgress::default());
        let (mut taken, mut left) = (Vec::new(), vec![body.size_hint().exact()]);
        while !body.is_end_stream() {
            let frame = poll_fn(|context| Pin::new(&mut body).poll_frame(context));
            let frame = frame.now_or_never().unwrap().unwrap().unwrap();
            taken.push(frame.into_data().unwrap());
            left.push(body.size_hint().exact());
        }
        assert!(taken.concat() == content);
        assert!(taken.iter().map(Bytes::len).eq([PIECE, PIECE, 5]));
        assert_eq!(
            left,
            [2 * PIECE + 5, PIECE + 5, 5, 0].map(|left| Some(left as u64))
        );
    }

    /// While a body is waited for, a silence is not the server's. It is again when the body is dropped.
    #[test]
    fn waiting() {
        struct Never;

        impl Body for Never {
            type Data = Bytes;
            type Error = std::io::Error;

            fn poll_frame(
                self: Pin<&mut Self>,
                _: &mut Context<'_>,
            ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
                Poll::Pending
            }
        }

        let progress = SendProgress::default();
        let is_waiting = || progress.0.lock().unwrap().is_none();
        let mut body = counted(reqwest::Body::wrap(Never), &progress);
        assert!(!is_waiting());
        let frame = poll_fn(|context| Pin::new(&mut body).poll_frame(context));
        assert!(frame.now_or_never().is_none() && is_waiting());
        drop(body);
        assert!(!is_waiting());
    }

    /// A body that is one piece can be sent again.
    #[test]
    fn one_piece() {
        let body = |length| counted(vec![0; length].into(), &SendProgress::default());
        assert!(body(PIECE).as_bytes().is_some());
        assert!(body(PIECE + 1).as_bytes().is_none());
    }
}
