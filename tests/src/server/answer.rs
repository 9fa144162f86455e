//! What the server sends.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

/// What the server does with one request.
#[derive(Clone, Debug)]
pub struct Answer {
    head: String,
    body: Vec<u8>,
    /// How often the body is sent.
    times: usize,
    /// How many pieces the body is sent in, and how long each of them takes.
    drip: Option<(usize, Duration)>,
    after: After,
}

#[derive(Clone, Copy, Debug)]
enum After {
    /// Waits for the next request.
    KeepOpen,
    /// Closes the connection, whatever was promised.
    HangUp,
    /// Keeps the connection open without a word, until the client closes it.
    FallSilent,
}

impl Answer {
    /// An answer without a body.
    pub fn status(status: u16) -> Self {
        let head = format!("HTTP/1.1 {status} As Scripted\r\n");
        Self {
            head,
            body: Vec::new(),
            times: 1,
            drip: None,
            after: After::KeepOpen,
        }
    }

    /// An answer with a JSON body.
    pub fn json(status: u16, body: &str) -> Self {
        Self::status(status)
            .header("content-type", "application/json; charset=utf-8")
            .body(body)
    }

    /// A redirect.
    pub fn redirect(status: u16, location: &str) -> Self {
        Self::status(status).header("location", location)
    }

    /// Nothing: the connection is closed.
    pub fn hang_up() -> Self {
        Self {
            head: String::new(),
            after: After::HangUp,
            ..Self::status(0)
        }
    }

    /// Nothing: the connection stays open until the client gives up.
    pub fn silence() -> Self {
        Self {
            head: String::new(),
            after: After::FallSilent,
            ..Self::status(0)
        }
    }

    /// Something that is no HTTP.
    pub fn garbage(text: &str) -> Self {
        Self {
            head: text.to_owned(),
            after: After::HangUp,
            ..Self::status(0)
        }
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.head += &format!("{name}: {value}\r\n");
        self
    }

    /// Sets the body.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Sends the body many times over, as one long body.
    pub fn times(mut self, times: usize) -> Self {
        self.times = times;
        self
    }

    /// Sends the body in pieces, with a pause before each.
    pub fn dripping(mut self, pieces: usize, pause: Duration) -> Self {
        self.drip = Some((pieces, pause));
        self
    }

    /// Closes the connection after a body that is one byte short.
    pub fn cut_short(mut self) -> Self {
        self.after = After::HangUp;
        self
    }

    /// Falls silent after a body that is one byte short.
    pub fn stalled(mut self) -> Self {
        self.after = After::FallSilent;
        self
    }

    /// Gives whether the connection is open for the next request.
    pub(super) fn write(&self, mut stream: &TcpStream) -> io::Result<bool> {
        if !self.head.is_empty() {
            let missing = usize::from(!matches!(self.after, After::KeepOpen));
            let length = self.body.len() * self.times + missing;
            write!(stream, "{}content-length: {length}\r\n\r\n", self.head)?;
            for _ in 0..self.times {
                let (pieces, pause) = self.drip.unwrap_or((1, Duration::ZERO));
                for piece in self.body.chunks(self.body.len().div_ceil(pieces).max(1)) {
                    thread::sleep(pause);
                    stream.write_all(piece)?;
                    stream.flush()?;
                }
            }
        }
        if let After::FallSilent = self.after {
            stream.read_to_end(&mut Vec::new())?;
        }
        Ok(matches!(self.after, After::KeepOpen))
    }
}
