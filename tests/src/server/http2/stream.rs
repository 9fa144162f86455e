//! One request and its response.

use std::future::poll_fn;
use std::sync::Arc;

use bytes::Bytes;
use h2::server::SendResponse;
use h2::{Reason, RecvStream, SendStream};
use http::{HeaderMap, HeaderName, HeaderValue};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;

use super::ending::{Half, Step};
use crate::server::answer::{Answer, At, BreakOff, Framing};
use crate::server::log::UnderWay;
use crate::server::{Request, Shared};

/// The most bytes that are sent at once.
const PIECE: usize = 16 * 1024;

/// Serves a request. A client may disconnect at any time, which is not a failure.
pub(super) async fn serve(
    shared: Arc<Shared>,
    number: usize,
    request: http::Request<RecvStream>,
    mut respond: SendResponse<Bytes>,
    steps: UnboundedSender<Step>,
) {
    let Ok(request) = read(request, number).await else {
        return;
    };
    let under_way = shared.log.begin(&request);
    let Some(answer) = shared.watched(|| shared.answer(&request)) else {
        respond.send_reset(Reason::INTERNAL_ERROR);
        return;
    };
    if answer.http2.last {
        let (announce, done) = oneshot::channel();
        let _ = steps.send(Step::Last(announce));
        let _ = done.await;
    }
    let _ = answer.stream(respond, &steps, &under_way).await;
}

async fn read(request: http::Request<RecvStream>, number: usize) -> Result<Request, h2::Error> {
    let (head, mut incoming) = request.into_parts();
    let target = head.uri.path_and_query().expect("a path");
    let host = head.uri.authority().expect("an authority");
    let mut headers = vec![("host".to_owned(), host.to_string())];
    for (name, value) in &head.headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        headers.push((name.to_string(), value.into_owned()));
    }
    let mut body = Vec::new();
    while let Some(bytes) = incoming.data().await {
        let bytes = bytes?;
        incoming.flow_control().release_capacity(bytes.len())?;
        body.extend_from_slice(&bytes);
    }
    Ok(Request {
        method: head.method.to_string(),
        target: target.to_string(),
        headers,
        body,
        connection: number,
    })
}

impl Answer {
    /// Sends it, or as much of it as shall be sent.
    async fn stream(
        &self,
        mut respond: SendResponse<Bytes>,
        steps: &UnboundedSender<Step>,
        under_way: &UnderWay<'_>,
    ) -> Result<(), h2::Error> {
        assert!(self.drip.is_none(), "this is for HTTP/1.1");
        let mut left = match self.break_off.as_ref().map(|break_off| break_off.at) {
            None => u64::MAX,
            Some(At::Body(bytes)) => bytes,
            Some(At::Answer(bytes)) => {
                assert_eq!(bytes, 0, "a head is sent at once");
                return self
                    .break_stream_off(Half::Unanswered(respond), steps)
                    .await;
            }
        };
        for status in &self.http2.informational {
            let mut informational = http::Response::new(());
            *informational.status_mut() = (*status).try_into().expect("a status");
            respond.send_informational(informational)?;
        }
        let mut stream = respond.send_response(self.response(), false)?;
        for piece in self.body.pieces(PIECE) {
            let room = usize::try_from(left).map_or(piece.len(), |left| left.min(piece.len()));
            send(&mut stream, &piece[..room], under_way).await?;
            left -= room as u64;
            if left == 0 {
                break;
            }
        }
        if self.break_off.is_some() {
            return self.break_stream_off(Half::Answered(stream), steps).await;
        }
        if self.http2.trailers.is_empty() {
            stream.send_data(Bytes::new(), true)
        } else {
            stream.send_trailers(headers(&self.http2.trailers))
        }
    }

    fn response(&self) -> http::Response<()> {
        let mut response = http::Response::new(());
        let status = self.start.split(' ').nth(1);
        let status = status.and_then(|status| status.parse().ok());
        *response.status_mut() = status.expect("a status");
        *response.headers_mut() = headers(&self.headers);
        if let Framing::Length(length) = self.framing {
            let length = length.unwrap_or(self.body.len());
            response
                .headers_mut()
                .insert("content-length", length.into());
        }
        response
    }

    async fn break_stream_off(
        &self,
        stream: Half,
        steps: &UnboundedSender<Step>,
    ) -> Result<(), h2::Error> {
        let Some(BreakOff { then, .. }) = &self.break_off else {
            return Ok(());
        };
        match Step::of(then, stream) {
            Ok(step) => {
                let _ = steps.send(step);
            }
            Err(Half::Unanswered(mut respond)) => {
                poll_fn(|context| respond.poll_reset(context)).await?;
            }
            Err(Half::Answered(mut stream)) => {
                poll_fn(|context| stream.poll_reset(context)).await?;
            }
        }
        Ok(())
    }
}

fn headers(headers: &[(String, String)]) -> HeaderMap {
    let parsed = headers.iter().map(|(name, value)| {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a name");
        (name, HeaderValue::from_str(value).expect("a value"))
    });
    let mut map = HeaderMap::new();
    parsed.for_each(|(name, value)| {
        map.append(name, value);
    });
    map
}

/// Sends bytes as the client makes room for them.
async fn send(
    stream: &mut SendStream<Bytes>,
    mut bytes: &[u8],
    under_way: &UnderWay<'_>,
) -> Result<(), h2::Error> {
    while !bytes.is_empty() {
        stream.reserve_capacity(bytes.len());
        let Some(room) = poll_fn(|context| stream.poll_capacity(context)).await else {
            return Err(Reason::CANCEL.into());
        };
        let (now, rest) = bytes.split_at(room?.min(bytes.len()));
        stream.send_data(Bytes::copy_from_slice(now), false)?;
        under_way.add(now.len());
        bytes = rest;
    }
    Ok(())
}
