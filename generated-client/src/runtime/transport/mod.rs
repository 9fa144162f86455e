//! One exchange of HTTP, with an idle timeout.
//!
//! The HTTP client's own limit, `read_timeout`, begins with a request and knows nothing of the body
//! that is being sent, so that no upload could take longer; and it counts the time for which nobody
//! asks for more of an answer as silence.

mod idle;
mod request_body;
mod response_body;

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use reqwest::{Request, Response};

use super::Error;
use idle::IdleTimer;
use request_body::{SendProgress, counted};

pub(super) use idle::IdleTimeout;
pub(super) use response_body::ResponseBody;

/// Makes sure of the runtime that sockets, timers and threads for files are from: without one, they panic.
pub(super) fn require_runtime() -> Result<(), Error> {
    let here = tokio::runtime::Handle::try_current();
    here.map(drop).map_err(|_| Error::no_runtime())
}

/// Sends a request, and returns the response when its status and headers have arrived.
pub(super) async fn execute(
    http: &reqwest::Client,
    mut request: Request,
    limit: IdleTimeout,
) -> Result<Response, Error> {
    require_runtime()?;
    let progress = SendProgress::default();
    if let Some(body) = request.body_mut() {
        *body = counted(std::mem::take(body), &progress);
    }
    let mut timer = IdleTimer::new(limit);
    let mut answer = pin!(http.execute(request));
    poll_fn(|context| match answer.as_mut().poll(context) {
        Poll::Ready(answer) => Poll::Ready(answer.map_err(Error::transport)),
        Poll::Pending => timer.poll(context, progress.last()).map(Err),
    })
    .await
}

/// Applies the timeout of an attempt, if there is one.
pub(super) async fn within_timeout<T>(
    limit: Option<Duration>,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let Some(limit) = limit else {
        return work.await;
    };
    let timely = tokio::time::timeout(limit, work).await;
    timely.unwrap_or_else(|_| Err(Error::too_slow(limit)))
}

#[cfg(test)]
mod tests;
