//! Sends a response over a connection.

use std::io::{self, Write};
use std::thread;

use super::Connection;
use super::answer::{Answer, At, BreakOff, Framing, Then};

/// The most bytes of one chunk, unless the answer drips.
const CHUNK: usize = 64 * 1024;

/// The state of the connection afterwards.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    Request,
    Close,
}

/// Why not everything was sent.
enum Stop {
    BreakOff,
    Failed(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

/// Counts the bytes sent, and stops where the response is to be truncated.
struct Wire<'a> {
    connection: &'a mut Connection,
    /// Called with the number of bytes, whenever some were sent.
    sent: &'a mut dyn FnMut(usize),
    /// The limit of bytes.
    left: u64,
    /// The limit of bytes of the body.
    left_of_body: u64,
}

impl Answer {
    /// Sends it, or as much of it as shall be sent.
    pub(super) fn write(
        &self,
        connection: &mut Connection,
        sent: &mut dyn FnMut(usize),
    ) -> io::Result<Next> {
        let (left, left_of_body) = match self.break_off.as_ref().map(|break_off| break_off.at) {
            None => (u64::MAX, u64::MAX),
            Some(At::Answer(bytes)) => (bytes, u64::MAX),
            Some(At::Body(bytes)) => (u64::MAX, bytes),
        };
        let mut wire = Wire {
            connection,
            sent,
            left,
            left_of_body,
        };
        match self.send(&mut wire) {
            Err(Stop::Failed(error)) => return Err(error),
            Err(Stop::BreakOff) | Ok(()) => {}
        }
        match &self.break_off {
            Some(BreakOff { then, .. }) if wire.is_at_its_end() => {
                if let Then::FallSilent | Then::Freeze = then {
                    connection.wait()?;
                }
                Ok(Next::Close)
            }
            _ => self.end(connection),
        }
    }

    fn send(&self, wire: &mut Wire<'_>) -> Result<(), Stop> {
        wire.send(self.head().as_bytes())?;
        let piece = self.drip.map_or(CHUNK as u64, |drip| {
            self.body.len().div_ceil(drip.pieces as u64).max(1)
        });
        let piece = usize::try_from(piece).expect("a piece fits into memory");
        let chunked = matches!(self.framing, Framing::Chunked);
        for piece in self.body.pieces(piece) {
            self.drip.iter().for_each(|drip| thread::sleep(drip.pause));
            if chunked {
                wire.send(format!("{:x}\r\n", piece.len()).as_bytes())?;
            }
            wire.send_body(piece)?;
            if chunked {
                wire.send(b"\r\n")?;
            }
        }
        if chunked {
            wire.send(b"0\r\n\r\n")?;
        }
        Ok(())
    }

    fn head(&self) -> String {
        let mut head = format!("{}\r\n", self.start);
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        head += &match self.framing {
            Framing::Length(length) => {
                format!("content-length: {}\r\n", length.unwrap_or(self.body.len()))
            }
            Framing::Chunked => "transfer-encoding: chunked\r\n".to_owned(),
            Framing::UntilClose => "connection: close\r\n".to_owned(),
            Framing::None => String::new(),
        };
        head + "\r\n"
    }

    fn end(&self, connection: &mut Connection) -> io::Result<Next> {
        match self.framing {
            Framing::UntilClose => {
                connection.finish()?;
                Ok(Next::Close)
            }
            // The client waits for more, which never comes.
            Framing::Length(Some(length)) if length > self.body.len() => Ok(Next::Close),
            _ => Ok(Next::Request),
        }
    }
}

impl Wire<'_> {
    fn is_at_its_end(&self) -> bool {
        self.left == 0 || self.left_of_body == 0
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        let (now, rest) = bytes.split_at(room(self.left, bytes));
        self.connection.write_all(now)?;
        self.connection.flush()?;
        self.left -= now.len() as u64;
        (self.sent)(now.len());
        if rest.is_empty() {
            Ok(())
        } else {
            Err(Stop::BreakOff)
        }
    }

    /// Stops as soon as all that may be sent has been: no chunk is ended after that.
    fn send_body(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        let now = &bytes[..room(self.left_of_body, bytes)];
        self.send(now)?;
        self.left_of_body -= now.len() as u64;
        if self.left_of_body > 0 {
            Ok(())
        } else {
            Err(Stop::BreakOff)
        }
    }
}

fn room(left: u64, bytes: &[u8]) -> usize {
    usize::try_from(left).map_or(bytes.len(), |left| left.min(bytes.len()))
}
