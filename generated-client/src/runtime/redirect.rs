//! Where an answer sends the client on.

use std::fmt;

use reqwest::header::{HeaderMap, LOCATION};
use reqwest::{StatusCode, Url};

use super::base_url::has_userinfo;

/// The target of a redirect, which was not followed.
///
/// Such a URL is often signed: whoever has it has what is behind it, without any token. So `Debug`
/// and `Display` leave its query out, and it should be asked for without the client's token, and
/// soon, since it expires.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Redirect {
    location: String,
    url: Url,
}

impl Redirect {
    /// The `Location` header, byte for byte as the server sent it; it may be relative to the
    /// request's URL.
    pub fn location(&self) -> &str {
        &self.location
    }

    /// The target as an absolute URL, its percent-encoding as the server sent it.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Takes the target out as an absolute URL.
    pub fn into_url(self) -> Url {
        self.url
    }

    /// Reads the `Location` of an answer from `base`; the error says what is wrong with it, and
    /// nothing of its content.
    pub(super) fn from_headers(base: &Url, headers: &HeaderMap) -> Result<Self, &'static str> {
        let location = headers
            .get(LOCATION)
            .ok_or("there is no `Location` header")?;
        let location =
            str::from_utf8(location.as_bytes()).map_err(|_| "the `Location` header is not text")?;
        let url = base
            .join(location)
            .map_err(|_| "the `Location` header is not a URL")?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err("the `Location` header is neither http nor https");
        }
        if has_userinfo(&url) {
            return Err("the `Location` header has a user name or a password in it");
        }
        Ok(Self {
            location: location.to_owned(),
            url,
        })
    }
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

/// Whether an answer says that the same request is to be made elsewhere, with its method and its
/// body.
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
        let base = Url::parse("https://api.test/a/b").unwrap();
        let value = reqwest::header::HeaderValue::from_bytes(location).unwrap();
        Redirect::from_headers(&base, &HeaderMap::from_iter([(LOCATION, value)]))
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
        assert_eq!(
            read(b"https://store.test/\xff").unwrap_err(),
            "the `Location` header is not text"
        );
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
