//! Redaction of the client's secrets, however a server repeats them, in errors and spans.

use std::borrow::Cow;

use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue, PROXY_AUTHORIZATION};
use zeroize::Zeroizing;

use super::base64;
use crate::runtime::parameter::decoded_triple;

/// The replacement of a secret.
const REDACTED: &str = "[redacted]";

/// Shorter secrets would be found in unrelated text.
const SHORTEST: usize = 4;

/// The same for the value of a header that may hold no credentials: a shorter one is likely a word,
/// such as `true`.
const SHORTEST_OF_HEADERS: usize = 8;

/// Headers without secrets, whose values errors may quote.
const HARMLESS: &[&str] = &[
    "accept-language",
    "cache-control",
    "content-language",
    "content-type",
    "idempotency-key",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-unmodified-since",
    "pragma",
    "prefer",
    "range",
    "traceparent",
    "tracestate",
    "x-correlation-id",
    "x-request-id",
];

/// Secrets, to be removed from texts of servers.
#[derive(Default)]
pub(in crate::runtime) struct Secrets(Vec<Zeroizing<Vec<u8>>>);

impl Secrets {
    /// Adds a secret, and its encoding within base64.
    pub(super) fn add(&mut self, secret: &[u8]) {
        // A replacement covers whole characters.
        if secret.len() < SHORTEST || str::from_utf8(secret).is_err() {
            return;
        }
        self.0.push(Zeroizing::new(secret.to_vec()));
        for before in 0..3 {
            let encoded = base64::within(secret, before);
            if encoded.iter().any(|digit| b"+/".contains(digit)) {
                let url_safe = encoded.iter().map(|digit| match digit {
                    b'+' => b'-',
                    b'/' => b'_',
                    digit => *digit,
                });
                self.0.push(Zeroizing::new(url_safe.collect()));
            }
            self.0.push(encoded);
        }
        // If one contains another, the longer one is replaced.
        self.0.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    }

    /// Adds the value of a header, or the part after the name of an authentication scheme, and the
    /// password in it.
    pub(super) fn add_header(&mut self, name: &HeaderName, value: &HeaderValue) {
        let value = value.as_bytes();
        let words = value.iter().position(|byte| *byte == b' ');
        let (scheme, rest) = words.map_or((&b""[..], value), |end| {
            (&value[..end], value[end..].trim_ascii_start())
        });
        if name != AUTHORIZATION && name != PROXY_AUTHORIZATION {
            self.add(value);
        }
        self.add(rest);
        if scheme.eq_ignore_ascii_case(b"basic")
            && let Some(pair) = base64::decode(rest)
            && let Some(colon) = pair.iter().position(|byte| *byte == b':')
        {
            self.add(&pair[colon + 1..]);
        }
    }

    /// Adds the secrets in the headers of a request: credentials, and other values that are marked as
    /// sensitive and may be secrets.
    pub(in crate::runtime) fn add_headers<'a>(
        &mut self,
        headers: impl IntoIterator<Item = (&'a HeaderName, &'a HeaderValue)>,
    ) {
        for (name, value) in headers {
            // Others have such names, as `X-Forwarded-Authorization`.
            if name.as_str().ends_with("authorization") {
                self.add_header(name, value);
            } else if value.is_sensitive()
                && value.len() >= SHORTEST_OF_HEADERS
                && !HARMLESS.contains(&name.as_str())
            {
                self.add(value.as_bytes());
            }
        }
    }

    /// Removes the secrets from a text.
    pub(in crate::runtime) fn redact<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.0.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut begins = [false; 256];
        let firsts = self.0.iter().map(|secret| secret[0]);
        for first in firsts.chain(*b"%+\\&") {
            begins[usize::from(first.to_ascii_lowercase())] = true;
        }
        let mut redacted = String::new();
        let (mut kept, mut at) = (0, 0);
        while let Some(rest @ [first, ..]) = text.as_bytes().get(at..) {
            let begins = begins[usize::from(first.to_ascii_lowercase())];
            match begins.then(|| self.length_at(rest)).flatten() {
                Some(length) => {
                    redacted += &text[kept..at];
                    redacted += REDACTED;
                    at += length;
                    kept = at;
                }
                None => at += 1,
            }
        }
        if kept == 0 {
            return Cow::Borrowed(text);
        }
        redacted += &text[kept..];
        Cow::Owned(redacted)
    }

    /// The same in place.
    pub(in crate::runtime) fn redact_in(&self, text: &mut String) {
        if let Cow::Owned(redacted) = self.redact(text) {
            *text = redacted;
        }
    }

    /// The same for a truncated text, which may end within a secret.
    pub(in crate::runtime) fn redact_cut(&self, text: &mut String) {
        self.redact_in(text);
        let partial = self.0.iter().filter_map(|secret| {
            let lengths = SHORTEST..secret.len().min(text.len() + 1);
            let mut lengths = lengths.rev();
            lengths.find(|length| text.as_bytes().ends_with(&secret[..*length]))
        });
        if let Some(length) = partial.max() {
            text.truncate(text.len() - length);
            *text += REDACTED;
        }
    }

    /// The length of the secret at the beginning of a text, in either letter case: hosts are in lower
    /// case.
    fn length_at(&self, text: &[u8]) -> Option<usize> {
        self.0.iter().find_map(|secret| {
            let same = text.get(..secret.len());
            if same.is_some_and(|text| text.eq_ignore_ascii_case(secret)) {
                return Some(secret.len());
            }
            escaped_length(secret, text)
        })
    }
}

/// The length of a secret at the beginning of a text, if it is there, with or without escapes.
fn escaped_length(secret: &[u8], text: &[u8]) -> Option<usize> {
    let (mut found, mut at) = (0, 0);
    while found < secret.len() {
        let rest = &text[at..];
        let is_next = |byte: &u8| byte.eq_ignore_ascii_case(&secret[found]);
        let escape = unescaped(rest).filter(|(byte, _)| is_next(byte));
        let (_, length) = escape.or_else(|| is_next(rest.first()?).then_some((0, 1)))?;
        found += 1;
        at += length;
    }
    Some(at)
}

/// The byte of an escape at the beginning of a text, and the escape's length: that of a URL, of JSON
/// or of HTML.
fn unescaped(text: &[u8]) -> Option<(u8, usize)> {
    const NAMED: [(&[u8], u8); 5] = [
        (b"&amp;", b'&'),
        (b"&lt;", b'<'),
        (b"&gt;", b'>'),
        (b"&quot;", b'"'),
        (b"&apos;", b'\''),
    ];
    let number = |digits: Option<&[u8]>, radix| {
        let digits = str::from_utf8(digits?).ok()?;
        u8::from_str_radix(digits, radix).ok()
    };
    match text {
        [b'%', ..] => decoded_triple(text).map(|(byte, _)| (byte, 3)),
        [b'+', ..] => Some((b' ', 1)),
        [b'\\', b'u', ..] => Some((number(text.get(2..6), 16).filter(u8::is_ascii)?, 6)),
        [b'\\', escaped @ (b'"' | b'\\' | b'/' | b'\''), ..] => Some((*escaped, 2)),
        [b'&', b'#', ..] => {
            let end = text.iter().take(8).position(|byte| *byte == b';')?;
            let byte = match &text[2..end] {
                [b'x' | b'X', digits @ ..] => number(Some(digits), 16),
                digits => number(Some(digits), 10),
            };
            Some((byte.filter(u8::is_ascii)?, end + 1))
        }
        [b'&', ..] => {
            let named = NAMED.iter().find(|(name, _)| text.starts_with(name));
            named.map(|(name, byte)| (*byte, name.len()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(secret: &str) -> Secrets {
        let mut secrets = Secrets::default();
        secrets.add(secret.as_bytes());
        secrets
    }

    #[track_caller]
    fn check(secret: &str, text: &str, expected: &str) {
        assert_eq!(secrets(secret).redact(text), expected, "{text}");
    }

    #[test]
    fn as_it_is() {
        check("abcd", "", "");
        check("abcd", "no secret", "no secret");
        check("abcd", "abcd", "[redacted]");
        check("abcd", "ü abcdabcd ü", "ü [redacted][redacted] ü");
        check("aabb", "aaabbb", "a[redacted]b");
        check("grüße", "viele grüße!", "viele [redacted]!");
        check("abc", "abc", "abc");
        check("aBcD", "https://abcd.test", "https://[redacted].test");
    }

    #[test]
    fn escaped() {
        let secret = "a/b+c=\"<&>' d";
        for text in [
            "a%2Fb%2bc%3D%22%3C%26%3E%27%20d",
            "a%2Fb%2Bc%3D%22%3C%26%3E%27+d",
            r#"a\/b+c=\"<&>' d"#,
            r#"a/b\u002bc\u003d\"\u003C\u0026\u003e\u0027 d"#,
            "a/b+c=&quot;&lt;&amp;&gt;&#39; d",
            "a&#x2F;b&#43;c=&#34;&lt;&amp;&gt;&apos; d",
        ] {
            check(secret, &format!("x {text} y"), "x [redacted] y");
        }
        check("gr\u{fc}\u{df}e", "gr%C3%BC%C3%9Fe", "[redacted]");
        // An apparent escape may be the secret's own text.
        check(r"a\\b%25c&#39;", r"a\\b%25c&#39;", "[redacted]");
        for text in [
            "%", "%6", "%zz", "\\", "\\u", "\\u00", "&", "&#", "&#x", "&#;", "abc%",
        ] {
            check("abcdefgh", text, text);
        }
    }

    /// Whatever the text around it.
    #[test]
    fn in_base64() {
        let secret = "s3cr3t?>~\u{7f}/token";
        for before in ["", "u", "me", "you", "user", "x-access"] {
            for after in ["", "!", "!!", "!!!"] {
                let mut encoded = Vec::new();
                base64::encode(format!("{before}{secret}{after}").as_bytes(), &mut encoded);
                let encoded = String::from_utf8(encoded).unwrap();
                let url_safe = encoded.replace('+', "-").replace('/', "_");
                for text in [encoded.replace('+', "%2B"), encoded, url_safe] {
                    let redacted = secrets(secret).redact(&text).into_owned();
                    let left = redacted.replacen("[redacted]", "", 1);
                    let around = (before.len() + after.len()).div_ceil(3) * 4 + 8;
                    assert!(redacted != text && left.len() <= around, "{redacted}");
                }
            }
        }
    }

    #[test]
    fn headers() {
        for (name, value, text, expected) in [
            (
                "authorization",
                "Bearer abcd",
                "not Bearer abcd",
                "not Bearer [redacted]",
            ),
            ("authorization", "abcd", "not abcd", "not [redacted]"),
            (
                "x-key",
                "my abcd",
                "my abcd, abcd",
                "[redacted], [redacted]",
            ),
            (
                "proxy-authorization",
                "basic dTpwYTpzcw==",
                "dTpwYTpzcw==, u and pa:ss",
                "[redacted], u and [redacted]",
            ),
            ("authorization", "Basic ****", "no ****", "no [redacted]"),
            ("authorization", "Basic dQ==", "u", "u"),
        ] {
            let mut secrets = Secrets::default();
            let name = HeaderName::from_static(name);
            secrets.add_header(&name, &HeaderValue::from_static(value));
            assert_eq!(secrets.redact(text), expected);
        }
    }

    /// Whatever their purpose.
    #[test]
    fn other_headers() {
        for (name, value, text, expected) in [
            ("x-key", "abcdefgh", "x abcdefgh", "x [redacted]"),
            ("x-key", "abcdefg", "x abcdefg", "x abcdefg"),
            ("x-request-id", "abcdefgh", "x abcdefgh", "x abcdefgh"),
            ("x-note", "my abcdefgh", "abcdefgh", "abcdefgh"),
            ("x-note", "my abcdefgh", "my abcdefgh", "[redacted]"),
            (
                "x-forwarded-authorization",
                "Bearer abcd",
                "not abcd",
                "not [redacted]",
            ),
        ] {
            let mut value = HeaderValue::from_static(value);
            for is_sensitive in [false, true] {
                value.set_sensitive(is_sensitive);
                let name = HeaderName::from_static(name);
                let is_secret = is_sensitive || name == "x-forwarded-authorization";
                let mut secrets = Secrets::default();
                secrets.add_headers([(&name, &value)]);
                let expected = if is_secret { expected } else { text };
                assert_eq!(secrets.redact(text), expected, "{name}");
            }
        }
    }

    /// A body may be truncated within it.
    #[test]
    fn at_the_end_of_a_text() {
        for (text, expected) in [
            ("abcdefgh abcdefg", "[redacted] [redacted]"),
            ("x abcd", "x [redacted]"),
            ("abcd", "[redacted]"),
            ("x abc", "x abc"),
            ("x abcd y", "x abcd y"),
            ("", ""),
        ] {
            let mut cut = text.to_owned();
            secrets("abcdefgh").redact_cut(&mut cut);
            assert_eq!(cut, expected);
        }
    }
}
