//! Responses of the server, and their faults.

use std::time::Duration;

use super::Body;

/// The server's reaction to one request.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The first line.
    pub(super) start: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) framing: Framing,
    pub(super) body: Body,
    pub(super) drip: Option<Drip>,
    pub(super) break_off: Option<BreakOff>,
    pub(super) http2: Http2,
}

/// Parts of a response that only HTTP/2 has.
#[derive(Clone, Debug, Default)]
pub(super) struct Http2 {
    /// The statuses of interim responses.
    pub(super) informational: Vec<u16>,
    /// The trailers.
    pub(super) trailers: Vec<(String, String)>,
    /// Whether the connection accepts no more requests.
    pub(super) last: bool,
}

/// The framing of the body.
#[derive(Clone, Copy, Debug)]
pub(super) enum Framing {
    /// `Content-Length`, right or wrong.
    Length(Option<u64>),
    /// By an empty chunk.
    Chunked,
    /// By the end of the connection.
    UntilClose,
    /// By the status: there is no body.
    None,
}

/// The number of pieces of the body, and the time for each.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drip {
    pub(super) pieces: usize,
    pub(super) pause: Duration,
}

/// The point at which the server stops, and its action there.
#[derive(Clone, Debug)]
pub(super) struct BreakOff {
    pub(super) at: At,
    pub(super) then: Then,
}

/// After how many bytes.
#[derive(Clone, Copy, Debug)]
pub(super) enum At {
    /// Of the body, without its framing.
    Body(u64),
    /// Of everything sent.
    Answer(u64),
}

/// Over HTTP/1.1, a connection has one response at a time, so both end together.
#[derive(Clone, Debug)]
pub(super) enum Then {
    /// Closes the connection, whatever was announced.
    HangUp,
    /// Sends no more of this response, until the client closes the connection or the stream.
    FallSilent,
    /// Sends no more on this connection, until the client closes it.
    Freeze,
    /// Ends the stream with this code.
    Reset(u32),
    /// Ends the connection with this GOAWAY.
    GoAway(GoAway),
}

/// The GOAWAY of an HTTP/2 server.
#[derive(Clone, Debug)]
pub struct GoAway {
    /// The error code; 0 is no error.
    pub code: u32,
    /// Its debug data.
    pub text: &'static str,
    /// Whether it may have processed the request.
    pub processed: bool,
}

/// Responses.
impl Answer {
    /// A response without a body.
    pub fn status(status: u16) -> Self {
        let framing = match status {
            204 | 304 => Framing::None,
            _ => Framing::Length(None),
        };
        Self {
            start: format!("HTTP/1.1 {status} As Scripted"),
            headers: Vec::new(),
            framing,
            body: Body::from(""),
            drip: None,
            break_off: None,
            http2: Http2::default(),
        }
    }

    /// A response with a JSON body.
    pub fn json(status: u16, body: &str) -> Self {
        Self::status(status)
            .header("content-type", "application/json; charset=utf-8")
            .body(body)
    }

    /// A redirect.
    pub fn redirect(status: u16, location: &str) -> Self {
        Self::status(status).header("location", location)
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Removes a header.
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    /// Sets the body.
    pub fn body(mut self, body: impl Into<Body>) -> Self {
        self.body = body.into();
        self
    }

    /// Sends the body many times over, as one long body.
    pub fn times(mut self, times: usize) -> Self {
        let len = self.body.len() * times as u64;
        self.body = Body::repeating(self.body.to_vec(), len);
        self
    }

    /// Sends the body in chunks, without a length.
    pub fn chunked(mut self) -> Self {
        self.framing = Framing::Chunked;
        self
    }

    /// Ends the body by closing the connection, without a length.
    pub fn until_close(mut self) -> Self {
        self.framing = Framing::UntilClose;
        self
    }

    /// Sends the body in pieces, with a pause before each.
    pub fn dripping(mut self, pieces: usize, pause: Duration) -> Self {
        self.drip = Some(Drip { pieces, pause });
        self
    }
}

/// Faults.
impl Answer {
    /// Nothing: the connection is closed.
    pub fn hang_up() -> Self {
        Self::status(200).cut_answer_after(0)
    }

    /// Nothing: the connection stays open until the client gives up.
    pub fn silence() -> Self {
        Self::status(200).stalled_answer_after(0)
    }

    /// Something that is not HTTP.
    pub fn garbage(text: &str) -> Self {
        let mut answer = Self::status(200).cut_answer_after(text.len() as u64);
        answer.start = text.to_owned();
        answer
    }

    /// Announces a wrong length of the body. If the body is longer, the rest follows the
    /// answer, on the same connection.
    pub fn length(mut self, length: u64) -> Self {
        self.framing = Framing::Length(Some(length));
        self
    }

    /// Closes the connection after so many bytes of the body.
    pub fn cut_after(self, bytes: u64) -> Self {
        self.break_off(At::Body(bytes), Then::HangUp)
    }

    /// Closes the connection after so many bytes, including status and headers.
    pub fn cut_answer_after(self, bytes: u64) -> Self {
        self.break_off(At::Answer(bytes), Then::HangUp)
    }

    /// Closes the connection after a body that is one byte short.
    pub fn cut_short(self) -> Self {
        let length = self.body.len();
        self.length(length + 1).cut_after(length)
    }

    /// Stalls after so many bytes of the body.
    pub fn stalled_after(self, bytes: u64) -> Self {
        self.break_off(At::Body(bytes), Then::FallSilent)
    }

    /// Stalls after so many bytes, including status and headers.
    pub fn stalled_answer_after(self, bytes: u64) -> Self {
        self.break_off(At::Answer(bytes), Then::FallSilent)
    }

    /// Stalls after a body that is one byte short.
    pub fn stalled(self) -> Self {
        let length = self.body.len();
        self.length(length + 1).stalled_after(length)
    }

    /// Stalls the whole connection after so many bytes of the body.
    pub fn frozen_after(self, bytes: u64) -> Self {
        self.break_off(At::Body(bytes), Then::Freeze)
    }

    fn break_off(mut self, at: At, then: Then) -> Self {
        self.break_off = Some(BreakOff { at, then });
        self
    }
}

/// Responses over HTTP/2.
impl Answer {
    /// Nothing: the stream is reset with a code.
    pub fn reset(code: u32) -> Self {
        Self::status(200).break_off(At::Answer(0), Then::Reset(code))
    }

    /// Nothing: the connection is closed.
    pub fn go_away(words: GoAway) -> Self {
        Self::status(200).break_off(At::Answer(0), Then::GoAway(words))
    }

    /// Resets the stream after so many bytes of the body.
    pub fn reset_after(self, bytes: u64, code: u32) -> Self {
        self.break_off(At::Body(bytes), Then::Reset(code))
    }

    /// Closes the connection after so many bytes of the body.
    pub fn go_away_after(self, bytes: u64, words: GoAway) -> Self {
        self.break_off(At::Body(bytes), Then::GoAway(words))
    }

    /// Asks the client to use another connection for further requests, before the response.
    pub fn last(mut self) -> Self {
        self.http2.last = true;
        self
    }

    /// Sends an interim response, such as 103, before it.
    pub fn after_informational(mut self, status: u16) -> Self {
        self.http2.informational.push(status);
        self
    }

    /// Adds a header after the body.
    pub fn trailer(mut self, name: &str, value: &str) -> Self {
        let trailer = (name.to_owned(), value.to_owned());
        self.http2.trailers.push(trailer);
        self
    }
}
