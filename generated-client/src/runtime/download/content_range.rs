//! The range of a response: `Content-Range`.

use reqwest::header::{CONTENT_RANGE, HeaderMap};

/// The values of `Content-Range: bytes 5-9/20`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ContentRange {
    /// Position of the first byte.
    pub(super) start: u64,
    /// Position after the last byte.
    pub(super) end: u64,
    /// Length of the whole.
    pub(super) total: u64,
}

impl ContentRange {
    /// Reads the header of a 206; the error says what is wrong with it.
    pub(super) fn from_headers(headers: &HeaderMap) -> Result<Self, &'static str> {
        let text = text(headers)?.ok_or("there is no `Content-Range` header")?;
        Self::parse(text).ok_or("the `Content-Range` header does not tell which bytes these are")
    }

    fn parse(text: &str) -> Option<Self> {
        let (range, total) = of_bytes(text)?.split_once('/')?;
        let (first, last) = range.split_once('-')?;
        let parsed = Self {
            start: number(first)?,
            end: number(last)?.checked_add(1)?,
            total: number(total)?,
        };
        (parsed.start < parsed.end && parsed.end <= parsed.total).then_some(parsed)
    }
}

/// Length of the whole, by the header of a 416, as in `bytes */20`.
pub(super) fn unsatisfied(headers: &HeaderMap) -> Option<u64> {
    number(of_bytes(text(headers).ok()??)?.strip_prefix("*/")?)
}

/// The only value of the header.
fn text(headers: &HeaderMap) -> Result<Option<&str>, &'static str> {
    let mut values = headers.get_all(CONTENT_RANGE).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => Ok(Some(value.to_str().unwrap_or_default())),
        (None, _) => Ok(None),
        (Some(_), Some(_)) => Err("there are several `Content-Range` headers"),
    }
}

fn of_bytes(text: &str) -> Option<&str> {
    let (unit, rest) = text.trim().split_once(' ')?;
    unit.eq_ignore_ascii_case("bytes").then_some(rest.trim())
}

/// Parsing would take a `+` as well.
fn number(digits: &str) -> Option<u64> {
    let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| all_digits)
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn headers(values: &[&'static str]) -> HeaderMap {
        let value = |&text| (CONTENT_RANGE, HeaderValue::from_static(text));
        let mut headers = HeaderMap::new();
        for (name, value) in values.iter().map(value) {
            headers.append(name, value);
        }
        headers
    }

    #[test]
    fn ranges() {
        for (text, start, end, total) in [
            ("bytes 5-9/20", 5, 10, 20),
            ("Bytes  0-0/1 ", 0, 1, 1),
            (
                "bytes 9007199254740993-9007199254740993/18446744073709551615",
                9007199254740993,
                9007199254740994,
                u64::MAX,
            ),
        ] {
            let range = ContentRange::from_headers(&headers(&[text])).unwrap();
            assert_eq!(range, ContentRange { start, end, total }, "{text}");
        }
    }

    #[test]
    fn no_ranges() {
        for text in [
            "",
            "bytes",
            "bytes 5-9",
            "bytes 5-9/*",
            "bytes */20",
            "bytes 9-5/20",
            "bytes 10-9/20",
            "bytes 5-20/20",
            "bytes 5-/20",
            "bytes -9/20",
            "bytes +5-9/20",
            "bytes 5-9/20, 10-11/20",
            "bytes=5-9/20",
            "items 5-9/20",
            "bytes 0-18446744073709551615/18446744073709551615",
            "bytes 5-9/18446744073709551616",
        ] {
            let reason = ContentRange::from_headers(&headers(&[text])).unwrap_err();
            assert!(
                reason.ends_with("does not tell which bytes these are"),
                "{text}"
            );
        }
        let range = "bytes 5-9/20";
        for (values, expected) in [
            (&[][..], "there is no `Content-Range` header"),
            (&[range, range], "there are several `Content-Range` headers"),
        ] {
            let headers = headers(values);
            assert_eq!(ContentRange::from_headers(&headers), Err(expected));
        }
    }

    #[test]
    fn unsatisfied_ranges() {
        for (text, expected) in [
            ("bytes */20", Some(20)),
            ("bytes */0", Some(0)),
            ("bytes 5-9/20", None),
            ("bytes */*", None),
            ("bytes */+1", None),
            ("items */20", None),
        ] {
            assert_eq!(unsatisfied(&headers(&[text])), expected, "{text}");
        }
        assert_eq!(unsatisfied(&headers(&[])), None);
    }
}
