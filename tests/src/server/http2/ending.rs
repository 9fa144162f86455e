//! Endings of connections, and other effects of a response on its connection.

use std::io::Result;
use std::net::{Shutdown, TcpStream};

use bytes::Bytes;
use h2::SendStream;
use h2::server::SendResponse;
use tokio::io::{AsyncWriteExt, copy, sink};
use tokio::sync::oneshot;

use super::io::Io;
use crate::server::answer::{GoAway, Then};

/// An action of a connection, once everything before it is on the wire.
pub(super) enum Step {
    /// Ends a stream with a code.
    Reset(Half, u32),
    /// Announces that it accepts no more requests, and signals when that is sent.
    Last(oneshot::Sender<()>),
    /// Ends. A stream that nobody has in hand until then would be reset before.
    End(
        Ending,
        #[expect(dead_code, reason = "it is held, and let go of")] Half,
    ),
}

/// A stream before or after the beginning of its response.
pub(super) enum Half {
    Unanswered(SendResponse<Bytes>),
    Answered(SendStream<Bytes>),
}

impl Half {
    pub(super) fn reset(&mut self, code: u32) {
        match self {
            Self::Unanswered(respond) => respond.send_reset(code.into()),
            Self::Answered(stream) => stream.send_reset(code.into()),
        }
    }
}

/// The end of a connection.
pub(super) enum Ending {
    HangUp,
    Freeze,
    GoAway(GoAway),
}

impl Step {
    /// The action after a truncated response; `None` if its stream stays open.
    pub(super) fn of(then: &Then, stream: Half) -> std::result::Result<Self, Half> {
        match then {
            Then::HangUp => Ok(Self::End(Ending::HangUp, stream)),
            Then::FallSilent => Err(stream),
            Then::Freeze => Ok(Self::End(Ending::Freeze, stream)),
            Then::Reset(code) => Ok(Self::Reset(stream, *code)),
            Then::GoAway(words) => Ok(Self::End(Ending::GoAway(words.clone()), stream)),
        }
    }
}

impl Ending {
    /// Closes a connection that has no other owner any more.
    pub(super) async fn close(self, mut io: Io, socket: &TcpStream) -> Result<()> {
        match self {
            Self::HangUp => return socket.shutdown(Shutdown::Both),
            Self::Freeze => {}
            Self::GoAway(words) => {
                io.write_all(&frame(&words)).await?;
                io.shutdown().await?;
            }
        }
        copy(&mut io, &mut sink()).await.map(drop)
    }
}

/// The frame that says so (RFC 9113, 6.8), which the `h2` crate sends in its own words only.
fn frame(words: &GoAway) -> Vec<u8> {
    let last_stream: u32 = if words.processed { 0x7fff_ffff } else { 0 };
    let length = u8::try_from(8 + words.text.len()).expect("few words");
    let mut frame = vec![0, 0, length, 7, 0, 0, 0, 0, 0];
    frame.extend(last_stream.to_be_bytes());
    frame.extend(words.code.to_be_bytes());
    frame.extend(words.text.as_bytes());
    frame
}
