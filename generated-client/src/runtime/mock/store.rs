//! Content that redirects lead to, at an origin of its own as that of a real store.

use std::collections::VecDeque;

use bytes::Bytes;

use super::request::Received;
use super::response::MockResponse;
use super::state::State;

/// Content for download, of which a client can get the rest after an interruption.
#[derive(Clone, Debug)]
#[must_use = "content does nothing until it is given to an expectation"]
pub struct MockContent {
    whole: MockResponse,
    cuts: VecDeque<usize>,
}

impl MockContent {
    /// Content of these bytes.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self {
            whole: MockResponse::new(200).content("application/octet-stream", bytes),
            cuts: VecDeque::new(),
        }
    }

    /// Sets a header that the store sends with it, such as `content-type` or `content-disposition`. A
    /// store with `accept-ranges: none` has no ranges. Unless set, there is a strong `etag`.
    ///
    /// # Panics
    ///
    /// When no header can have this name or this value.
    #[track_caller]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.whole = self.whole.header(name, value);
        self
    }

    /// Closes the connection after so many bytes, once: the next call is for the next connection.
    pub fn cut_after(mut self, bytes: usize) -> Self {
        self.cuts.push_back(bytes);
        self
    }

    /// Adds it to a store, and gives its path there.
    pub(super) fn add_to(self, state: &mut State) -> String {
        let number = state.contents.len();
        let etag = format!("\"content-{number}\"");
        let content = self.unless_set("etag", &etag);
        state
            .contents
            .push(content.unless_set("accept-ranges", "bytes"));
        format!("/content/{number}?signature=mock")
    }

    fn unless_set(self, name: &str, value: &str) -> Self {
        if self.whole.headers.contains_key(name) {
            return self;
        }
        self.header(name, value)
    }

    fn answer(&mut self, request: &Received) -> MockResponse {
        let etag = self
            .whole
            .headers
            .get("etag")
            .and_then(|etag| etag.to_str().ok());
        let differs = |name| {
            request
                .header(name)
                .is_some_and(|known| Some(known) != etag)
        };
        if differs("if-match") {
            return MockResponse::new(412);
        }
        let has_ranges = self
            .whole
            .headers
            .get("accept-ranges")
            .is_some_and(|unit| unit == "bytes");
        let whole = self.whole.clone();
        let length = whole.body.len();
        let range = request.header("range");
        let range = range.filter(|_| has_ranges && !differs("if-range"));
        let response = match range.and_then(|range| bounds(range, length)) {
            None => whole,
            Some(range) if range.is_empty() => {
                let value = format!("bytes */{length}");
                return MockResponse::new(416).header("content-range", &value);
            }
            Some(range) => {
                let value = format!("bytes {}-{}/{length}", range.start, range.end - 1);
                let body = whole.body.slice(range);
                let part = MockResponse {
                    headers: whole.headers,
                    ..MockResponse::new(206)
                };
                part.header("content-range", &value).body(body)
            }
        };
        match self.cuts.pop_front() {
            Some(bytes) => response.cut_after(bytes),
            None => response,
        }
    }
}

impl From<Bytes> for MockContent {
    fn from(bytes: Bytes) -> Self {
        Self::new(bytes)
    }
}

impl From<Vec<u8>> for MockContent {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<&'static [u8]> for MockContent {
    fn from(bytes: &'static [u8]) -> Self {
        Self::new(bytes)
    }
}

impl From<&'static str> for MockContent {
    fn from(text: &'static str) -> Self {
        Self::new(text)
    }
}

/// Answers a request to the store.
pub(super) fn answer(state: &mut State, request: &Received) -> MockResponse {
    let number = request.path().strip_prefix("/content/");
    let number = number.and_then(|number| number.parse::<usize>().ok());
    match number.and_then(|number| state.contents.get_mut(number)) {
        Some(content) => content.answer(request),
        None => MockResponse::new(404),
    }
}

/// The bytes that a range stands for: none of them where it begins behind the end. Of a range in another
/// form the server takes no notice.
fn bounds(range: &str, length: usize) -> Option<std::ops::Range<usize>> {
    let (start, end) = range.strip_prefix("bytes=")?.split_once('-')?;
    let start: usize = start.parse().ok()?;
    let end = if end.is_empty() {
        length
    } else {
        end.parse::<usize>().ok()?.saturating_add(1).min(length)
    };
    Some(start.min(end)..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        for (range, expected) in [
            ("bytes=0-", Some(0..5)),
            ("bytes=2-", Some(2..5)),
            ("bytes=1-3", Some(1..4)),
            ("bytes=1-9", Some(1..5)),
            ("bytes=5-", Some(5..5)),
            ("bytes=-2", None),
            ("items=0-", None),
        ] {
            assert_eq!(bounds(range, 5), expected, "{range}");
        }
    }
}
