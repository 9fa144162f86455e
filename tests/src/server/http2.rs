//! HTTP/2 over TLS, as the `h2` crate does it: frames, settings, pings and flow control.
//!
//! A connection has a thread, as over HTTP/1.1, and in it a task for each request. The connection
//! itself is in the hands of one more task: `stream` tells it how an answer ends that breaks off.

mod ending;
mod io;
mod stream;

use std::future::poll_fn;
use std::io::{Result, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::task::Poll;

use bytes::Bytes;
use h2::RecvStream;
use h2::server::{Connection, SendResponse};
use tokio::runtime;
use tokio::sync::{mpsc, oneshot};
use tokio_rustls::TlsAcceptor;

use super::{Shared, Tls};
use ending::{Ending, Step};
use io::Io;

/// Settings, and that the connection is closed for its load (`ENHANCE_YOUR_CALM`) before any request.
const GOODBYE: [u8; 26] = [
    0, 0, 0, 4, 0, 0, 0, 0, 0, // SETTINGS
    0, 0, 8, 7, 0, 0, 0, 0, 0, // GOAWAY
    0, 0, 0, 0, 0, 0, 0, 11,
];

/// Serves the requests of one connection.
pub(super) fn serve(
    shared: &Arc<Shared>,
    socket: &TcpStream,
    number: usize,
    tls: &Tls,
) -> Result<()> {
    let runtime = runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(async {
        let stream = socket.try_clone()?;
        stream.set_nonblocking(true)?;
        let stream = tokio::net::TcpStream::from_std(stream)?;
        let acceptor = TlsAcceptor::from(tls.config());
        if tls.closes(number) {
            let accepted = acceptor.accept_with(stream, |connection| {
                let _ = connection.writer().write_all(&GOODBYE);
            });
            let mut stream = accepted.await?;
            return tokio::io::copy(&mut stream, &mut tokio::io::sink())
                .await
                .map(drop);
        }
        let io = Io::new(acceptor.accept(stream).await?);
        let mut settings = h2::server::Builder::new();
        settings.max_concurrent_streams(tls.streams());
        let connection = settings.handshake(io.clone()).await;
        let connection = connection.map_err(std::io::Error::other)?;
        match exchange(shared, number, connection).await {
            Some(ending) => ending.close(io, socket).await,
            None => Ok(()),
        }
    })
}

/// An event on a connection.
enum Event {
    Request(Box<(http::Request<RecvStream>, SendResponse<Bytes>)>),
    Step(Step),
    Closed,
}

/// Serves requests until there are no more, or a response ends the connection.
async fn exchange(
    shared: &Arc<Shared>,
    number: usize,
    mut connection: Connection<Io, Bytes>,
) -> Option<Ending> {
    let (sender, mut receiver) = mpsc::unbounded_channel();
    let mut announced: Option<oneshot::Sender<()>> = None;
    loop {
        let event = poll_fn(|context| {
            match connection.poll_accept(context) {
                Poll::Ready(Some(Ok(request))) => {
                    return Poll::Ready(Event::Request(Box::new(request)));
                }
                Poll::Ready(_) => return Poll::Ready(Event::Closed),
                Poll::Pending => {}
            }
            // By now, all is on the wire that was to be sent so far.
            if let Some(announced) = announced.take() {
                let _ = announced.send(());
            }
            receiver
                .poll_recv(context)
                .map(|step| step.map_or(Event::Closed, Event::Step))
        });
        match event.await {
            Event::Request(request) => {
                let (request, respond) = *request;
                let (shared, sender) = (shared.clone(), sender.clone());
                tokio::spawn(stream::serve(shared, number, request, respond, sender));
            }
            Event::Step(Step::Reset(mut stream, code)) => stream.reset(code),
            Event::Step(Step::Last(done)) => {
                connection.graceful_shutdown();
                announced = Some(done);
            }
            Event::Step(Step::End(ending, _)) => return Some(ending),
            Event::Closed => return None,
        }
    }
}

#[cfg(test)]
mod tests;
