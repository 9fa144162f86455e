//! Faults of a store.

use super::Refusal;
use crate::server::{Answer, Body, GoAway};

/// A fault of the store at one request.
#[derive(Clone, Debug)]
pub enum Fault {
    /// No fault.
    None,
    /// The connection is closed after so many bytes of the body.
    Cut(u64),
    /// The connection is closed after so many bytes, including status and headers.
    CutAnswer(u64),
    /// The store stalls after so many bytes of the body.
    Stall(u64),
    /// The stream is reset after so many bytes of the body, with a code.
    Reset(u64, u32),
    /// The connection is closed after so many bytes of the body, with words.
    GoAway(u64, GoAway),
    /// The whole connection stalls after so many bytes of the body.
    Freeze(u64),
    /// The connection is for no more requests.
    Last,
    /// The response announces a wrong length of the body.
    Length(u64),
    /// The response has a wrong `Content-Range`, or none, with the right body.
    ContentRange(Option<String>),
    /// The response has another value of a header, or an additional header.
    Header(&'static str, String),
    /// The whole object is sent, with 200, whatever was requested.
    Whole,
    /// A part is sent, with 206, whatever was requested: from one byte to another, inclusive.
    Part(u64, u64),
    /// All URLs that were signed so far have expired.
    Expired(Refusal),
    /// Another version is in the object's place from now on.
    Replaced(Body),
    /// Something else is answered.
    Instead(Answer),
}

impl Fault {
    /// A status without a word, as of a server that is busy.
    pub fn status(status: u16) -> Self {
        Self::Instead(Answer::status(status))
    }

    /// Applies the fault to the store's normal response.
    pub(super) fn spoil(self, answer: Answer) -> Answer {
        match self {
            Self::Cut(bytes) => answer.cut_after(bytes),
            Self::CutAnswer(bytes) => answer.cut_answer_after(bytes),
            Self::Stall(bytes) => answer.stalled_after(bytes),
            Self::Reset(bytes, code) => answer.reset_after(bytes, code),
            Self::GoAway(bytes, words) => answer.go_away_after(bytes, words),
            Self::Freeze(bytes) => answer.frozen_after(bytes),
            Self::Last => answer.last(),
            Self::Length(length) => answer.length(length),
            Self::ContentRange(None) => answer.without("content-range"),
            Self::ContentRange(Some(value)) => set(answer, "content-range", &value),
            Self::Header(name, value) => set(answer, name, &value),
            // These take effect before the response.
            Self::None | Self::Whole | Self::Part(..) | Self::Replaced(_) => answer,
            Self::Expired(_) | Self::Instead(_) => answer,
        }
    }
}

fn set(answer: Answer, name: &str, value: &str) -> Answer {
    answer.without(name).header(name, value)
}
