//! Bearer tokens.

use std::error::Error as StdError;
use std::fmt;
use std::time::SystemTime;

use bytes::Bytes;
use reqwest::header::HeaderValue;
use zeroize::Zeroizing;

use super::Error;

/// A bearer token that can be sent, and never printed.
///
/// All clones are one piece of memory, which is overwritten when the last of them goes.
#[derive(Clone)]
pub(super) struct Token(HeaderValue);

impl Token {
    /// Parses a token; the error says why it cannot be one.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        if text.is_empty() {
            return Err("is empty");
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("has a space, a line break or another character that no token has in it");
        }
        let header = Zeroizing::new([b"Bearer ", text.as_bytes()].concat());
        Ok(Self(secret(header)))
    }

    /// The value of the `Authorization` header, marked as sensitive.
    pub(super) fn authorization(&self) -> HeaderValue {
        self.0.clone()
    }
}

/// The value of a header of ASCII characters that is marked as sensitive. Its memory is overwritten when
/// the last clone of it goes.
pub(super) fn secret(text: Zeroizing<Vec<u8>>) -> HeaderValue {
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(text))
        .expect("ASCII without control characters makes a header value");
    value.set_sensitive(true);
    value
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// A token of a token provider, with its expiry.
///
/// `Debug` does not show the token, and its memory is overwritten after use.
#[derive(Clone, Debug)]
pub struct AccessToken {
    token: Result<Token, &'static str>,
    expires_at: Option<SystemTime>,
}

impl AccessToken {
    /// A token that is valid until the server refuses it.
    ///
    /// An empty token, or one with a space or a line break, is an error of the request.
    pub fn new(token: impl AsRef<str>) -> Self {
        Self {
            token: Token::parse(token.as_ref()),
            expires_at: None,
        }
    }

    /// Sets the expiry. The token provider is called again a minute earlier.
    #[must_use]
    pub fn expires_at(mut self, time: SystemTime) -> Self {
        self.expires_at = Some(time);
        self
    }

    pub(super) fn token(&self) -> Result<Token, Error> {
        let token = self.token.clone();
        token.map_err(|reason| {
            let reason: Box<dyn StdError + Send + Sync> = format!("the token {reason}").into();
            Error::token_provider(reason.into())
        })
    }

    pub(super) fn is_good_until(&self, time: SystemTime) -> bool {
        self.expires_at.is_none_or(|expiry| time < expiry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_nowhere() {
        let token = Token::parse("SECRET").unwrap();
        assert_eq!(token.authorization(), "Bearer SECRET");
        let access = AccessToken::new("SECRET");
        let text = format!("{token:?} {:?} {access:?}", token.authorization());
        assert!(!text.contains("SECRET"), "{text}");
    }

    #[test]
    fn is_good_until_its_expiry() {
        let (sooner, later) = (SystemTime::UNIX_EPOCH, SystemTime::now());
        let token = AccessToken::new("t");
        assert!(token.is_good_until(later));
        assert!(token.clone().expires_at(later).is_good_until(sooner));
        assert!(!token.expires_at(later).is_good_until(later));
    }
}
