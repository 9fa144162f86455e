//! The secret that a client signs its requests with.

use std::fmt;

use reqwest::header::HeaderValue;

use super::Error;

/// A bearer token that can be sent, and never printed.
#[derive(Clone)]
pub(super) struct Token(HeaderValue);

impl Token {
    /// Takes what the caller gave, unless no server could take it for a token.
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        if text.is_empty() {
            return Err(Error::setting("token", "is empty"));
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            let reason = "has a space, a line break or another character that no token has in it";
            return Err(Error::setting("token", reason));
        }
        let mut value = HeaderValue::try_from(format!("Bearer {text}"))
            .expect("visible ASCII makes a header value");
        value.set_sensitive(true);
        Ok(Self(value))
    }

    /// The value of the `Authorization` header, marked as sensitive.
    pub(super) fn authorization(&self) -> HeaderValue {
        self.0.clone()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_nowhere() {
        let token = Token::parse("SECRET").unwrap();
        assert_eq!(token.authorization(), "Bearer SECRET");
        let text = format!("{token:?} {:?}", token.authorization());
        assert!(!text.contains("SECRET"), "{text}");
    }
}
