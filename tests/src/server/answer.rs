//! What the server sends, and where it stops.

use std::time::Duration;

use super::Body;

/// What the server does with one request.
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

/// What an answer has over HTTP/2 alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Http2 {
    /// The statuses of the answers before the answer.
    pub(super) informational: Vec<u16>,
    /// The headers after the body.
    pub(super) trailers: Vec<(String, String)>,
    /// Whether the connection is for no more requests.
    pub(super) last: bool,
}

/// How the client learns where the body ends.
#[derive(Clone, Copy, Debug)]
pub(super) enum Framing {
    /// By its length, or by another number that is told instead.
    Length(Option<u64>),
    /// By an empty chunk.
    Chunked,
    /// By the end of the connection.
    UntilClose,
    /// By the status: there is no body.
    None,
}

/// In how many pieces the body is sent, and how long each of them takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drip {
    pub(super) pieces: usize,
    pub(super) pause: Duration,
}

/// Where the server stops, and what it does there.
#[derive(Clone, Debug)]
pub(super) struct BreakOff {
    pub(super) at: At,
    pub(super) then: Then,
}

/// After how many bytes.
#[derive(Clone, Copy, Debug)]
pub(super) enum At {
    /// Of the body, without what frames it.
    Body(u64),
    /// Of all that is sent.
    Answer(u64),
}

/// Over HTTP/1.1, a connection is for one answer at a time: what ends the one ends the other.
#[derive(Clone, Debug)]
pub(super) enum Then {
    /// Closes the connection, whatever was promised.
    HangUp,
    /// Says no more of this answer, until the client closes the connection, or the stream.
    FallSilent,
    /// Says no more on this connection, whoever asks, until the client closes it.
    Freeze,
    /// Ends the stream with this code.
    Reset(u32),
    /// Ends the connection with these words.
    GoAway(GoAway),
}

/// What a server of HTTP/2 says as it closes a connection.
#[derive(Clone, Debug)]
pub struct GoAway {
    /// As in 0, for no error.
    pub code: u32,
    /// What it says beside that.
    pub text: &'static str,
    /// Whether it may have done something about what was asked.
    pub processed: bool,
}

/// What is said.
impl Answer {
    /// An answer without a body.
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

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Takes a header away.
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

    /// Sends the body in chunks, without telling its length.
    pub fn chunked(mut self) -> Self {
        self.framing = Framing::Chunked;
        self
    }

    /// Ends the body by closing the connection, without telling its length.
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

/// What is not said, or wrong.
impl Answer {
    /// Nothing: the connection is closed.
    pub fn hang_up() -> Self {
        Self::status(200).cut_answer_after(0)
    }

    /// Nothing: the connection stays open until the client gives up.
    pub fn silence() -> Self {
        Self::status(200).stalled_answer_after(0)
    }

    /// Something that is no HTTP.
    pub fn garbage(text: &str) -> Self {
        let mut answer = Self::status(200).cut_answer_after(text.len() as u64);
        answer.start = text.to_owned();
        answer
    }

    /// Tells another length of the body than it has. When it has more, what is too much follows the
    /// answer, on the same connection.
    pub fn length(mut self, length: u64) -> Self {
        self.framing = Framing::Length(Some(length));
        self
    }

    /// Closes the connection after so many bytes of the body.
    pub fn cut_after(self, bytes: u64) -> Self {
        self.break_off(At::Body(bytes), Then::HangUp)
    }

    /// Closes the connection after so many bytes, those of status and headers counted.
    pub fn cut_answer_after(self, bytes: u64) -> Self {
        self.break_off(At::Answer(bytes), Then::HangUp)
    }

    /// Closes the connection after a body that is one byte short.
    pub fn cut_short(self) -> Self {
        let length = self.body.len();
        self.length(length + 1).cut_after(length)
    }

    /// Falls silent after so many bytes of the body.
    pub fn stalled_after(self, bytes: u64) -> Self {
        self.break_off(At::Body(bytes), Then::FallSilent)
    }

    /// Falls silent after so many bytes, those of status and headers counted.
    pub fn stalled_answer_after(self, bytes: u64) -> Self {
        self.break_off(At::Answer(bytes), Then::FallSilent)
    }

    /// Falls silent after a body that is one byte short.
    pub fn stalled(self) -> Self {
        let length = self.body.len();
        self.length(length + 1).stalled_after(length)
    }

    /// Falls silent for good, on the whole connection, after so many bytes of the body.
    pub fn frozen_after(self, bytes: u64) -> Self {
        self.break_off(At::Body(bytes), Then::Freeze)
    }

    fn break_off(mut self, at: At, then: Then) -> Self {
        self.break_off = Some(BreakOff { at, then });
        self
    }
}

/// What HTTP/2 has.
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

    /// Asks for further requests to come by another connection, before it is sent itself.
    pub fn last(mut self) -> Self {
        self.http2.last = true;
        self
    }

    /// Sends an answer without a body before it, as in 103.
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
