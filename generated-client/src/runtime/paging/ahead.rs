//! Prefetched pages.

use std::panic::resume_unwind;

use futures_util::stream::try_unfold;
use tokio::sync::mpsc::{self, Receiver};
use tokio::task::JoinHandle;
use tracing::Instrument;

use super::pages::Stream;
use super::reading::Reading;
use crate::runtime::{Error, Response};

/// Fetches pages in the background, as long as at most `pages` of them wait to be taken.
pub(super) fn read_ahead<P: Send + 'static>(mut reading: Reading<P>, pages: usize) -> Stream<P> {
    let (sender, receiver) = mpsc::channel(pages.min(tokio::sync::Semaphore::MAX_PERMITS));
    let read = async move {
        // A page is asked for when there is room for it.
        while let Ok(room) = sender.reserve().await {
            let page = reading.page().await.transpose();
            let is_last = !matches!(page, Some(Ok(_)));
            if let Some(page) = page {
                room.send(page);
            }
            if is_last {
                break;
            }
        }
    };
    let task = Task(tokio::spawn(read.in_current_span()));
    Box::pin(try_unfold((receiver, task), take))
}

type Page<P> = Result<Response<P>, Error>;

async fn take<P>(
    (mut receiver, mut task): (Receiver<Page<P>>, Task),
) -> Result<Option<(Response<P>, (Receiver<Page<P>>, Task))>, Error> {
    match receiver.recv().await {
        Some(page) => Ok(Some((page?, (receiver, task)))),
        None => {
            task.ended().await?;
            Ok(None)
        }
    }
}

/// A task that goes on for as long as somebody is interested.
struct Task(JoinHandle<()>);

impl Task {
    /// A panic there is one here, and a runtime that shut down an error: the list must not look as if
    /// it ended.
    async fn ended(&mut self) -> Result<(), Error> {
        (&mut self.0)
            .await
            .map_err(|error| match error.try_into_panic() {
                Ok(panic) => resume_unwind(panic),
                Err(_) => Error::link("the runtime that prefetches it was shut down"),
            })
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}
