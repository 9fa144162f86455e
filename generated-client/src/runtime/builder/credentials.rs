//! Who is asking.

use std::error::Error as StdError;

use super::ClientBuilder;
use super::build::header_value;
use crate::runtime::credentials::{Credential, Provider, TokenSource};
use crate::runtime::token::Token;
use crate::runtime::{AccessToken, Error};

/// Who is asking.
impl<C> ClientBuilder<C> {
    /// Signs requests with a token, in an `Authorization: Bearer …` header.
    ///
    /// Where the API has security schemes, these are the requests of operations that take a bearer
    /// token: by HTTP's own scheme, OAuth 2 or OpenID Connect. Where it has none, it is every request.
    ///
    /// It is sent to the origin (scheme, host, port) of the base URL and to no other that is not
    /// [trusted](Self::trust_server), and over plain http only within the machine and past any proxy,
    /// unless [`allow_insecure_http`](Self::allow_insecure_http) is called. Nothing prints it.
    ///
    /// A token that is empty, or has a space or a line break in it (a file often ends in one), is
    /// an error of `build`.
    pub fn token(mut self, token: impl AsRef<str>) -> Self {
        self.token = Token::parse(token.as_ref())
            .map(|token| Some(TokenSource::Token(token)))
            .map_err(|reason| Error::setting("token", reason));
        self
    }

    /// Signs the same requests with a token from an asynchronous source, for tokens that do not last:
    /// those of a GitHub App's installation, say.
    ///
    /// The source is asked when the first request needs a token, a minute before the token
    /// [expires](AccessToken::expires_at), and when the server answers 401, after which the request
    /// is sent once more. It is asked once at a time, however many requests are waiting for it. An
    /// error of it is one of these requests, of which
    /// [`is_token_provider`](Error::is_token_provider) holds.
    ///
    /// The source must not send requests by this very client, which would have it wait for itself.
    /// The token is treated as that of [`token`](Self::token).
    ///
    /// # Examples
    ///
    /// ```
    /// # use std::time::{Duration, SystemTime};
    #[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::{AccessToken, Client};")]
    /// # async fn ask_for_a_token() -> std::io::Result<String> { Ok("t".to_owned()) }
    /// let client = Client::builder().token_provider(|| async {
    ///     let token = ask_for_a_token().await?;
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

    /// Tells the server who is asking, as in `nightly-report/1.0`: in visible ASCII, with spaces in
    /// between if need be.
    ///
    /// When this is not called, it is told the name and the version of this crate.
    pub fn user_agent(mut self, user_agent: impl AsRef<str>) -> Self {
        let spaced = |c: char| c.is_ascii_graphic() || c == ' ';
        self.user_agent = header_value("user_agent", user_agent.as_ref(), spaced);
        self
    }
}
