//! Redirects: those that are returned, and those that are followed.

use std::fmt;

use reqwest::header::{HeaderMap, LOCATION};
use reqwest::{StatusCode, Url};

use super::Error;
use super::base_url::{has_userinfo, is_loopback};

/// The target of a redirect, which was not followed.
///
/// It is often a signed URL, which gives access without a token. So `Debug` and `Display` leave its
/// query out. Fetch it without the client's token, and before it expires.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Redirect {
    location: String,
    url: Url,
}

impl Redirect {
    /// Constructs a redirect, for tests.
    ///
    /// # Errors
    ///
    /// An [`Error`] with [`is_redirect`](Error::is_redirect), if the location is no absolute URL that a
    /// server could send.
    pub fn new(location: impl AsRef<str>) -> Result<Self, Error> {
        let location = location.as_ref();
        let base =
            Url::parse(&encoded(location.as_bytes())).map_err(|_| Error::redirect(NO_URL))?;
        Self::from_location(&base, location.as_bytes(), true).map_err(Error::redirect)
    }

    /// The `Location` header, byte for byte as the server sent it; it may be relative to the
    /// request's URL.
    ///
    /// Only bytes that no URL may contain (RFC 3986) are percent-encoded: spaces, quotes, text that is
    /// not ASCII.
    pub fn location(&self) -> &str {
        &self.location
    }

    /// The target as an absolute URL, its percent-encoding as the server sent it.
    ///
    /// Parsing normalises as browsers do: the letter case of the host, the default port, dot segments
    /// (`/a/../b`, also as `%2e`), and `'` in a query, which becomes `%27`. If a signature covers one of
    /// these, use [`location`](Self::location).
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Returns the target as an absolute URL.
    pub fn into_url(self) -> Url {
        self.url
    }

    /// Reads the `Location` of a response from `base`. The error does not show it. It may lead from
    /// https to plain http only where that is allowed, or within the machine.
    pub(super) fn from_headers(
        base: &Url,
        headers: &HeaderMap,
        insecure_http: bool,
    ) -> Result<Self, &'static str> {
        let location = headers
            .get(LOCATION)
            .filter(|location| !location.is_empty())
            .ok_or("there is no `Location` header")?;
        Self::from_location(base, location.as_bytes(), insecure_http)
    }

    fn from_location(
        base: &Url,
        location: &[u8],
        insecure_http: bool,
    ) -> Result<Self, &'static str> {
        let location = encoded(location);
        let url = base.join(&location).map_err(|_| NO_URL)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err("the `Location` header is neither http nor https");
        }
        // A host is not percent-encoded, but decoded.
        if !url
            .host_str()
            .is_some_and(|host| host.bytes().all(is_legal))
        {
            return Err(NO_URL);
        }
        if has_userinfo(&url) {
            return Err("the `Location` header has a user name or a password in it");
        }
        if (base.scheme(), url.scheme()) == ("https", "http")
            && !insecure_http
            && !is_loopback(&url)
        {
            return Err("the `Location` header leads from https to plain http");
        }
        Ok(Self { location, url })
    }
}

const NO_URL: &str = "the `Location` header is not a URL";

/// Whether RFC 3986 knows the character: anything else would be rewritten on the way.
pub(super) fn is_legal(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte)
}

/// Percent-encodes what RFC 3986 does not know. All else stays as it is: a signature may cover it.
pub(super) fn encoded(url: &[u8]) -> String {
    let mut encoded = String::with_capacity(url.len());
    for &byte in url {
        if is_legal(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded += &format!("%{byte:02X}");
        }
    }
    encoded
}

/// Shows the target without its query.
impl fmt::Display for Redirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query = if self.url.query().is_some() {
            "?…"
        } else {
            ""
        };
        write!(
            f,
            "{}{}{query}",
            self.url.origin().ascii_serialization(),
            self.url.path()
        )
    }
}

impl fmt::Debug for Redirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Redirect").field(&self.to_string()).finish()
    }
}

/// Whether a status redirects the same request, with its method and body.
///
/// RFC 9110 lets clients make a GET of a POST on 301; the APIs served here mean the request as it
/// was.
pub(super) fn is_moved(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(location: &[u8]) -> Result<Redirect, &'static str> {
        read_from("https://api.test/a/b", location, false)
    }

    fn read_from(base: &str, location: &[u8], insecure: bool) -> Result<Redirect, &'static str> {
        let base = Url::parse(base).unwrap();
        let value = reqwest::header::HeaderValue::from_bytes(location).unwrap();
        Redirect::from_headers(&base, &HeaderMap::from_iter([(LOCATION, value)]), insecure)
    }

    #[test]
    fn targets() {
        for (location, expected) in [
            (
                "https://store.test/x%2fy%2Fz?sig=a%2Bb%2bc==",
                "https://store.test/x%2fy%2Fz?sig=a%2Bb%2bc==",
            ),
            ("/c?d", "https://api.test/c?d"),
            ("c", "https://api.test/a/c"),
            ("//store.test/c", "https://store.test/c"),
        ] {
            let redirect = read(location.as_bytes()).unwrap();
            assert_eq!(redirect.location(), location);
            assert_eq!(redirect.url().as_str(), expected);
            assert_eq!(redirect.into_url().as_str(), expected);
        }
    }

    #[test]
    fn made_up() {
        let redirect = Redirect::new("https://store.test/zip?sig=SECRET").unwrap();
        assert_eq!(redirect.location(), "https://store.test/zip?sig=SECRET");
        for location in ["", "/zip", "ftp://store.test/", "https://u@s/"] {
            let error = Redirect::new(location).unwrap_err();
            assert!(error.is_redirect(), "{location}");
        }
    }

    #[test]
    fn refusals_keep_secrets() {
        for location in [
            "ftp://store.test/?sig=SECRET",
            "data:SECRET",
            "https://user:SECRET@store.test/",
            "https://SECRET@store.test/",
            "https://SECRET:99999/",
            "https://",
        ] {
            assert!(!read(location.as_bytes()).unwrap_err().contains("SECRET"));
        }
        assert_eq!(read(b"").unwrap_err(), "there is no `Location` header");
    }

    /// What should have been encoded is, where it does not change what the URL leads to.
    #[test]
    fn illegal_characters() {
        for byte in [
            b'\t', b' ', b'"', b'<', b'>', b'\\', b'^', b'`', b'{', b'|', b'}', 0xc3, 0xff,
        ] {
            for place in ["https://store.test/a%2f", "https://store.test/?sig=%2f'+"] {
                let location = [place.as_bytes(), &[byte], b"b%2F"].concat();
                let redirect = read(&location).unwrap();
                let expected = format!("{place}%{byte:02X}b%2F");
                assert_eq!(redirect.location(), expected);
                assert_eq!(redirect.url().as_str(), expected.replace('\'', "%27"));
            }
            let host = [b"https://store", &[byte][..], b".test/SECRET"].concat();
            assert!(!read(&host).unwrap_err().contains("SECRET"));
        }
        let redirect = read("/a/r\u{e9}sum\u{e9} 1.zip?sig=a|b".as_bytes()).unwrap();
        assert_eq!(redirect.location(), "/a/r%C3%A9sum%C3%A9%201.zip?sig=a%7Cb");
        // These are no slashes, as they are to browsers.
        let redirect = read(b"\\\\evil.test/x").unwrap();
        assert_eq!(
            redirect.url().as_str(),
            "https://api.test/a/%5C%5Cevil.test/x"
        );
    }

    /// Every legal character, wherever it may be, comes through as it is, save for `'` in a query.
    #[test]
    fn legal_characters() {
        let legal = "az-._~:/@!$&'()*+,;=%2f%2F";
        let location = format!("https://store.test/{legal}?{legal}?#{legal}?");
        let redirect = read(location.as_bytes()).unwrap();
        assert_eq!(redirect.location(), location);
        let query = legal.replace('\'', "%27");
        let parsed = format!("https://store.test/{legal}?{query}?#{legal}?");
        assert_eq!(redirect.url().as_str(), parsed);
    }

    #[test]
    fn downgrades() {
        let (secure, plain) = ("https://api.test/", "http://api.test/");
        for (base, location, insecure, taken) in [
            (secure, "http://store.test/?sig=SECRET", false, false),
            (secure, "http://store.test/?sig=SECRET", true, true),
            (secure, "http://127.0.0.1:8080/", false, true),
            (secure, "https://store.test/", false, true),
            (plain, "http://store.test/", false, true),
        ] {
            match read_from(base, location.as_bytes(), insecure) {
                Ok(_) => assert!(taken, "{location}"),
                Err(reason) => {
                    assert!(!taken, "{location}");
                    assert!(reason.ends_with("from https to plain http"));
                }
            }
        }
    }

    #[test]
    fn prints_no_query() {
        let redirect = read(b"https://store.test:8443/zip?sig=SECRET#SECRET").unwrap();
        assert_eq!(redirect.to_string(), "https://store.test:8443/zip?…");
        assert_eq!(
            format!("{redirect:?}"),
            r#"Redirect("https://store.test:8443/zip?…")"#
        );
    }
}
