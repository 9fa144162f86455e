//! The stored object.

use std::time::Duration;

use crate::server::{Answer, Body};

/// Bytes in a piece of a throttled store.
const PIECE: u32 = 64 * 1024;

/// The validators of the object's version.
#[derive(Clone, Debug)]
pub enum Etag {
    /// By a strong tag, another one for each version.
    Strong,
    /// By a weak tag, another one for each version.
    Weak,
    /// By this header, whatever the version is.
    Fixed(&'static str),
    /// Not at all.
    None,
}

pub(super) struct Object {
    pub(super) body: Body,
    pub(super) etag: Etag,
    /// The framing of the body.
    pub(super) framed: fn(Answer) -> Answer,
    /// The pause after each piece.
    pause: Option<Duration>,
    version: u32,
    headers: Vec<(String, String)>,
}

impl Object {
    pub(super) fn new(body: Body) -> Self {
        let headers = [
            ("content-type", "zip"),
            ("content-disposition", r#"attachment; filename="Rails.zip""#),
            ("x-ms-request-id", "6d2fb0e8-b01e-0054-1d3a-b9e4c5000000"),
            ("x-ms-version", "2024-11-04"),
        ];
        Self {
            body,
            etag: Etag::Strong,
            framed: |answer| answer,
            pause: None,
            version: 1,
            headers: headers
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec(),
        }
    }

    pub(super) fn set_header(&mut self, name: &str, value: &str) {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    pub(super) fn throttle(&mut self, bytes_per_second: u32) {
        self.pause = Some(Duration::from_secs(1) * PIECE / bytes_per_second);
    }

    pub(super) fn replace(&mut self, body: Body) {
        self.body = body;
        self.version += 1;
    }

    pub(super) fn etag_header(&self) -> Option<String> {
        let version = self.version;
        match self.etag {
            Etag::Strong => Some(format!("\"0x8DD0B1C2D3E4F{version:02X}\"")),
            Etag::Weak => Some(format!("W/\"0x8DD0B1C2D3E4F{version:02X}\"")),
            Etag::Fixed(etag) => Some(etag.to_owned()),
            Etag::None => None,
        }
    }

    /// The response with the object, or a part of it, as its body.
    pub(super) fn answer(&self, status: u16, body: Body) -> Answer {
        let modified = format!("Fri, 10 Jan 2020 14:59:{:02} GMT", self.version % 60);
        let mut answer = Answer::status(status).header("last-modified", &modified);
        if let Some(etag) = self.etag_header() {
            answer = answer.header("etag", &etag);
        }
        for (name, value) in &self.headers {
            answer = answer.without(name).header(name, value);
        }
        if let Some(pause) = self.pause {
            let pieces = body.len().div_ceil(PIECE.into()).max(1);
            let pieces = usize::try_from(pieces).expect("a body of pieces that can be counted");
            answer = answer.dripping(pieces, pause);
        }
        (self.framed)(answer.body(body))
    }
}
