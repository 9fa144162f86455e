//! Credentials of a client.

mod base64;
mod credential;
mod provider;
mod secrets;

use std::collections::BTreeMap;
use std::time::SystemTime;

use reqwest::header::AUTHORIZATION;
use reqwest::{Request, Url};

use super::Error;
use super::api::{Scheme, Security};
use super::token::Token;

pub(super) use credential::Credential;
use credential::add_header;
pub(super) use provider::Provider;
pub(super) use secrets::Secrets;

/// All credentials of a client.
#[derive(Debug)]
pub(super) struct Credentials {
    pub(super) schemes: &'static [(&'static str, Scheme)],
    /// The token of each bearer scheme without a credential of its own.
    pub(super) token: Option<TokenSource>,
    /// The others, by the names of their schemes.
    pub(super) own: BTreeMap<&'static str, Credential>,
}

/// The client's token, or its provider.
#[derive(Debug)]
pub(super) enum TokenSource {
    Token(Token),
    Provider(Provider),
}

/// A token that one request uses.
#[derive(Debug)]
pub(super) struct BorrowedToken {
    token: Token,
    /// The number of the provider's call that returned it; none for a fixed token.
    answer: Option<u64>,
}

impl BorrowedToken {
    /// Adds the token to the secrets.
    pub(super) fn add_to(&self, secrets: &mut Secrets) {
        secrets.add_header(&AUTHORIZATION, &self.token.authorization());
    }

    /// Whether a provider may return another one.
    pub(super) fn is_replaceable(&self) -> bool {
        self.answer.is_some()
    }
}

impl Credentials {
    /// Their name in a message; none without credentials.
    pub(super) fn kind(&self) -> Option<&'static str> {
        match &self.token {
            Some(_) => Some("the token"),
            None if self.own.is_empty() => None,
            None => Some("credentials"),
        }
    }

    /// All of their secrets, the latest token of a provider included.
    pub(super) fn secrets(&self) -> Secrets {
        let mut secrets = Secrets::default();
        for credential in self.own.values() {
            credential.add_to(&mut secrets);
        }
        let token = match &self.token {
            None => None,
            Some(TokenSource::Token(token)) => Some(token.clone()),
            Some(TokenSource::Provider(provider)) => provider.latest(),
        };
        if let Some(token) = token {
            secrets.add_header(&AUTHORIZATION, &token.authorization());
        }
        secrets
    }

    /// The credentials of an operation.
    pub(super) fn chosen(&self, security: Security) -> Chosen<'_> {
        match security {
            Security::Unspecified => Chosen {
                token: self.token.as_ref(),
                own: self.own.values().collect(),
            },
            Security::Alternatives(alternatives) => {
                let alternatives = alternatives.iter().filter(|names| !names.is_empty());
                let mut set = alternatives.filter_map(|names| self.all_of(names));
                set.next().unwrap_or_default()
            }
        }
    }

    /// The credentials of several schemes, if all of them are set.
    fn all_of(&self, names: &[&str]) -> Option<Chosen<'_>> {
        let mut chosen = Chosen::default();
        for name in names {
            if let Some(own) = self.own.get(*name) {
                chosen.own.push(own);
            } else if self.is_bearer(name) {
                chosen.token = Some(self.token.as_ref()?);
            } else {
                return None;
            }
        }
        Some(chosen)
    }

    fn is_bearer(&self, name: &str) -> bool {
        let mut schemes = self.schemes.iter();
        schemes.any(|(known, scheme)| *known == name && matches!(scheme, Scheme::Bearer))
    }
}

/// The credentials of one operation.
#[derive(Default)]
pub(super) struct Chosen<'a> {
    token: Option<&'a TokenSource>,
    own: Vec<&'a Credential>,
}

impl Chosen<'_> {
    /// The token for a request, from the provider if need be; not the one that the server `refused`.
    pub(super) async fn lend(
        &self,
        now: SystemTime,
        refused: Option<&BorrowedToken>,
    ) -> Result<Option<BorrowedToken>, Error> {
        match self.token {
            None => Ok(None),
            Some(TokenSource::Token(token)) => Ok(Some(BorrowedToken {
                token: token.clone(),
                answer: None,
            })),
            Some(TokenSource::Provider(provider)) => provider.lend(now, refused).await.map(Some),
        }
    }

    /// Adds the credentials to a request. Those that it already has are kept.
    pub(super) fn sign(&self, request: &mut Request, borrowed: Option<&BorrowedToken>) {
        for credential in &self.own {
            credential.sign(request);
        }
        if let Some(borrowed) = borrowed {
            add_header(request, &AUTHORIZATION, &borrowed.token.authorization());
        }
    }

    /// Removes the keys from a URL, in which a server may repeat them.
    pub(super) fn remove_from(&self, url: &mut Url) {
        for credential in &self.own {
            credential.remove_from(url);
        }
    }
}
