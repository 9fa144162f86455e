//! Credentials and user agent.

use std::error::Error as StdError;

use super::ClientBuilder;
use super::build::header_value;
use crate::runtime::credentials::{Credential, Provider, TokenSource};
use crate::runtime::token::Token;
use crate::runtime::{AccessToken, Error};

/// Credentials and user agent.
impl<C> ClientBuilder<C> {
    /// Signs requests with a token, in an `Authorization: Bearer …` header.
    ///
    /// If the API has security schemes, these are the requests of operations that take a bearer token:
    /// HTTP's bearer scheme, OAuth 2 or OpenID Connect. Otherwise it is every request.
    ///
    /// The token goes to the origin (scheme, host, port) of the base URL and to
    /// [trusted](Self::trust_server) servers only. Over plain http it stays on this machine, past any
    /// proxy, unless [`allow_insecure_http`](Self::allow_insecure_http) is called. It is never printed.
    ///
    /// An empty token, or one with a space or a line break (a file often ends in one), is an error of
    /// `build`.
    pub fn token(mut self, token: impl AsRef<str>) -> Self {
        self.token = Token::parse(token.as_ref())
            .map(|token| Some(TokenSource::Token(token)))
            .map_err(|reason| Error::setting("token", reason));
        self
    }

    /// Signs the same requests with tokens of a provider, for tokens that expire.
    ///
    /// The provider is called when the first request needs a token, a minute before the token
    /// [expires](AccessToken::expires_at), and when the server answers 401, after which the request is
    /// sent once more. It is called once at a time, however many requests wait. Its error is the error
    /// of these requests, with [`is_token_provider`](Error::is_token_provider).
    ///
    /// The provider must not use this very client, or it waits for itself. Its tokens are protected
    /// like those of [`token`](Self::token).
    ///
    /// # Examples
    ///
    /// ```
    /// # use std::time::{Duration, SystemTime};
    #[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::{AccessToken, Client};")]
    /// # async fn create_token() -> std::io::Result<String> { Ok("t".to_owned()) }
    /// let client = Client::builder().token_provider(|| async {
    ///     let token = create_token().await?;
    ///     let expiry = SystemTime::now() + Duration::from_secs(3600);
    ///     Ok::<_, std::io::Error>(AccessToken::new(token).expires_at(expiry))
    /// });
    /// ```
    pub fn token_provider<F, E>(mut self, provider: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<AccessToken, E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        self.token = Ok(Some(TokenSource::Provider(Provider::new(provider))));
        self
    }

    /// The user name and the password of a scheme of kind `Scheme::Basic`.
    #[allow(dead_code, reason = "the document decides which schemes there are")]
    pub(crate) fn basic_credential(
        self,
        scheme: &'static str,
        username: &str,
        password: &str,
    ) -> Self {
        self.credential(scheme, Credential::basic(username, password))
    }

    /// The key of a scheme of any kind but `Scheme::Bearer` and `Scheme::Basic`.
    #[allow(dead_code, reason = "the document decides which schemes there are")]
    pub(crate) fn key_credential(self, scheme: &'static str, key: &str) -> Self {
        let mut schemes = self.api.schemes.iter();
        let kind = schemes.find(|(name, _)| *name == scheme);
        let (_, kind) = kind.expect("a setter is for a scheme of the document");
        let key = Credential::key(*kind, key);
        self.credential(scheme, key)
    }

    /// A token for a scheme of kind `Scheme::Bearer`, in place of the client's own.
    #[allow(dead_code, reason = "the document decides which schemes there are")]
    pub(crate) fn token_credential(self, scheme: &'static str, token: &str) -> Self {
        self.credential(scheme, Credential::bearer(token))
    }

    fn credential(
        mut self,
        scheme: &'static str,
        credential: Result<Credential, &'static str>,
    ) -> Self {
        let credential = credential.map_err(|reason| Error::setting(scheme, reason));
        self.credentials.insert(scheme, credential);
        self
    }

    /// Sets the `User-Agent`, such as `nightly-report/1.0`: visible ASCII and spaces.
    ///
    /// By default it is the name and the version of this crate.
    pub fn user_agent(mut self, user_agent: impl AsRef<str>) -> Self {
        let spaced = |c: char| c.is_ascii_graphic() || c == ' ';
        self.user_agent = header_value("user_agent", user_agent.as_ref(), spaced);
        self
    }
}
