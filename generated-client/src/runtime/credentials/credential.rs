//! The credential of one security scheme.

use std::fmt;

use reqwest::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};
use reqwest::{Request, Url};
use zeroize::Zeroizing;

use super::{Secrets, base64};
use crate::runtime::api::Scheme;
use crate::runtime::token::{Token, secret};

/// A credential, which is never printed. Its memory is overwritten after use.
pub(in crate::runtime) enum Credential {
    Header(HeaderName, HeaderValue),
    Query {
        name: &'static str,
        key: Zeroizing<String>,
    },
    Cookie {
        name: &'static str,
        key: Zeroizing<String>,
    },
}

impl Credential {
    /// A user name and a password, either of which may be empty; the error is the reason why they
    /// cannot be sent.
    pub(in crate::runtime) fn basic(username: &str, password: &str) -> Result<Self, &'static str> {
        if username.contains(':') {
            return Err("has a user name with a colon in it, which would end there");
        }
        if username
            .chars()
            .chain(password.chars())
            .any(char::is_control)
        {
            return Err("has a line break or another control character in it");
        }
        let pair = Zeroizing::new([username, ":", password].concat().into_bytes());
        // A growing vector would leave copies of it behind.
        let length = "Basic ".len() + base64::length(pair.len());
        let mut value = Zeroizing::new(Vec::with_capacity(length));
        value.extend(b"Basic ");
        base64::encode(&pair, &mut value);
        Ok(Self::Header(AUTHORIZATION, secret(value)))
    }

    /// A token for one bearer scheme.
    pub(in crate::runtime) fn bearer(token: &str) -> Result<Self, &'static str> {
        let token = Token::parse(token)?;
        Ok(Self::Header(AUTHORIZATION, token.authorization()))
    }

    /// A key, at the location of its scheme.
    pub(in crate::runtime) fn key(scheme: Scheme, key: &str) -> Result<Self, &'static str> {
        if key.is_empty() {
            return Err("is empty");
        }
        match scheme {
            Scheme::Header(name) => {
                let name = HeaderName::from_bytes(name.as_bytes());
                let name = name.map_err(|_| "is for a header with an impossible name")?;
                Self::header(name, key)
            }
            Scheme::Bearer => Self::bearer(key),
            Scheme::Basic | Scheme::Authorization => Self::header(AUTHORIZATION, key),
            Scheme::Query(_) if key.contains(|c: char| c.is_whitespace() || c.is_control()) => {
                Err("has a space, a line break or another character that no key has in it")
            }
            Scheme::Query(name) => Ok(Self::Query {
                name,
                key: Zeroizing::new(key.to_owned()),
            }),
            Scheme::Cookie(name)
                if !name.bytes().all(|byte| is_of_cookie(byte) && byte != b'=') =>
            {
                Err("is for a cookie with an impossible name")
            }
            Scheme::Cookie(_) if !key.bytes().all(is_of_cookie) => {
                Err("has characters that no cookie may have")
            }
            Scheme::Cookie(name) => Ok(Self::Cookie {
                name,
                key: Zeroizing::new(key.to_owned()),
            }),
        }
    }

    fn header(name: HeaderName, key: &str) -> Result<Self, &'static str> {
        if key != key.trim() {
            return Err("begins or ends with a space or a line break");
        }
        if !key
            .bytes()
            .all(|byte| byte.is_ascii_graphic() || byte == b' ')
        {
            return Err("has characters that no such header may have");
        }
        let key = Zeroizing::new(key.as_bytes().to_vec());
        Ok(Self::Header(name, secret(key)))
    }

    /// Adds it to a request that has none at the same place.
    pub(super) fn sign(&self, request: &mut Request) {
        match self {
            Self::Header(name, value) => add_header(request, name, value),
            Self::Query { name, key } => {
                if !request.url().query_pairs().any(|(known, _)| known == *name) {
                    let url = request.url_mut();
                    url.query_pairs_mut().append_pair(name, key);
                }
            }
            Self::Cookie { name, key } => add_cookie(request, name, key),
        }
    }

    /// Adds it to the secrets.
    pub(super) fn add_to(&self, secrets: &mut Secrets) {
        match self {
            Self::Header(name, value) => secrets.add_header(name, value),
            Self::Query { key, .. } | Self::Cookie { key, .. } => secrets.add(key.as_bytes()),
        }
    }

    /// Removes it from the query of a URL.
    pub(super) fn remove_from(&self, url: &mut Url) {
        let Self::Query { name, key } = self else {
            return;
        };
        let is_own = |(known, value): &(_, _)| known == *name && *value == **key;
        if !url.query_pairs().any(|pair| is_own(&pair)) {
            return;
        }
        // The rest keeps its encoding.
        let written = url.query().unwrap_or_default().split('&');
        let kept: Vec<&str> = written
            .filter(|pair| !pair.is_empty())
            .zip(url.query_pairs())
            .filter(|(_, pair)| !is_own(pair))
            .map(|(written, _)| written)
            .collect();
        let kept = (!kept.is_empty()).then(|| kept.join("&"));
        url.set_query(kept.as_deref());
    }
}

/// Adds a header, unless a request has it already.
pub(super) fn add_header(request: &mut Request, name: &HeaderName, value: &HeaderValue) {
    if !request.headers().contains_key(name) {
        request.headers_mut().insert(name, value.clone());
    }
}

/// Adds a cookie to those that a request has, all of which are sent in one header (RFC 6265, 5.4).
fn add_cookie(request: &mut Request, name: &str, key: &str) {
    let mut cookies: Vec<&[u8]> = request
        .headers()
        .get_all(COOKIE)
        .iter()
        .map(HeaderValue::as_bytes)
        .collect();
    let mut known = cookies
        .iter()
        .flat_map(|cookies| cookies.split(|byte| *byte == b';'));
    let begin = [name.as_bytes(), b"="].concat();
    if known.any(|cookie| cookie.trim_ascii_start().starts_with(&begin)) {
        return;
    }
    let own = Zeroizing::new([&begin, key.as_bytes()].concat());
    cookies.push(&own);
    let joined = Zeroizing::new(cookies.join(&b"; "[..]));
    request.headers_mut().insert(COOKIE, secret(joined));
}

/// Whether a cookie may have the character in its value (RFC 6265, 4.1.1).
fn is_of_cookie(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\",;\\".contains(&byte)
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential")
    }
}
