//! Settings from environment variables, which the document names.

use std::ffi::OsString;

use zeroize::Zeroizing;

use super::ClientBuilder;
use super::server::MainServer;
use crate::runtime::Error;
use crate::runtime::base_url::BaseUrl;
use crate::runtime::credentials::{Credential, TokenSource};
use crate::runtime::token::Token;

/// Settings from environment variables.
impl<C> ClientBuilder<C> {
    /// Takes the base URL and the credentials of schemes from the first variable of each that is set
    /// and not empty. A scheme goes by the name of the setting that gives its credential.
    #[allow(dead_code, reason = "a document may name no variables")]
    pub(crate) fn read_variables(
        self,
        base_url: &[&str],
        credentials: &[(&'static str, &[&str])],
    ) -> Self {
        self.variables_from(base_url, credentials, |name| std::env::var_os(name))
    }

    fn variables_from(
        mut self,
        base_url: &[&str],
        credentials: &[(&'static str, &[&str])],
        look_up: impl Fn(&str) -> Option<OsString>,
    ) -> Self {
        if let Some((name, value)) = first(base_url, &look_up) {
            self.server = MainServer::Url(value.and_then(|url| BaseUrl::parse(name, &url)));
        }
        for (scheme, names) in credentials {
            if let Some((name, value)) = first(names, &look_up) {
                self = self.credential_from(scheme, name, value);
            }
        }
        self
    }

    /// Errors tell of the variable, which the caller knows, rather than of the scheme.
    fn credential_from(
        mut self,
        scheme: &'static str,
        name: &str,
        value: Result<Zeroizing<String>, Error>,
    ) -> Self {
        let refused = |reason| Error::setting(name, reason);
        let mut schemes = self.api.schemes.iter();
        let kind = schemes.find(|(known, _)| *known == scheme);
        if scheme == "token" {
            let token = value.and_then(|text| Token::parse(&text).map_err(refused));
            self.token = token.map(|token| Some(TokenSource::Token(token)));
        } else if let Some((_, kind)) = kind {
            let credential = value.and_then(|text| Credential::key(*kind, &text).map_err(refused));
            self.credentials.insert(scheme, credential);
        }
        self
    }
}

/// The first of these variables that is set and not empty, and its value.
fn first<'a>(
    names: &[&'a str],
    look_up: impl Fn(&str) -> Option<OsString>,
) -> Option<(&'a str, Result<Zeroizing<String>, Error>)> {
    let mut set = names.iter().filter_map(|&name| {
        let value = look_up(name).filter(|value| !value.is_empty())?;
        let text = value.into_string().map(Zeroizing::new);
        Some((name, text.map_err(|_| Error::setting(name, "is not UTF-8"))))
    });
    set.next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::Session;
    use crate::runtime::tests::API;

    const BASE_URL: &[&str] = &["API_URL"];
    const CREDENTIALS: &[(&str, &[&str])] = &[
        ("header_key", &["API_KEY"]),
        ("openid", &["ID"]),
        ("token", &["TOKEN", "OLD_TOKEN"]),
    ];

    fn builder(variables: &[(&str, &str)]) -> ClientBuilder<Session> {
        let builder = ClientBuilder::new(&API, |session| session).base_url("https://api.test");
        builder.variables_from(BASE_URL, CREDENTIALS, |name| {
            let mut variables = variables.iter();
            let found = variables.find(|(known, _)| *known == name);
            found.map(|(_, value)| value.into())
        })
    }

    #[test]
    fn nothing_set() {
        for variables in [&[][..], &[("TOKEN", ""), ("API_URL", ""), ("OTHER", "x")]] {
            let builder = builder(variables);
            assert!(matches!(builder.token, Ok(None)));
            assert!(builder.credentials.is_empty());
            assert_eq!(builder.build().unwrap().base_url(), "https://api.test");
        }
    }

    #[test]
    fn variables_that_are_set() {
        let builder = builder(&[
            ("API_URL", "https://ghe.test/v3/"),
            ("API_KEY", "k"),
            ("ID", "i"),
            ("OLD_TOKEN", "old"),
        ]);
        assert!(matches!(builder.token, Ok(Some(TokenSource::Token(_)))));
        let schemes = Vec::from_iter(builder.credentials.keys().copied());
        assert_eq!(schemes, ["header_key", "openid"]);
        assert_eq!(builder.build().unwrap().base_url(), "https://ghe.test/v3");
    }

    /// The variables are those of the process, of which every system has this one.
    #[test]
    fn the_processs_own() {
        let builder = ClientBuilder::new(&API, |session: Session| session);
        let error = builder.read_variables(&["PATH"], &[]).build().unwrap_err();
        assert_eq!(error.to_string(), "setting `PATH` is not a URL");
    }

    /// The second would be refused.
    #[test]
    fn the_first_variable_wins() {
        let variables = [("OLD_TOKEN", "a b"), ("TOKEN", "new")];
        builder(&variables).build().unwrap();
        builder(&[("TOKEN", ""), ("OLD_TOKEN", "old")])
            .build()
            .unwrap();
    }

    #[test]
    fn unusable_values() {
        for (name, value, reason) in [
            ("API_URL", "api.test", "is not a URL"),
            (
                "API_KEY",
                "SECRET\n",
                "begins or ends with a space or a line break",
            ),
            (
                "ID",
                "SECRET\n",
                "has a space, a line break or another character that no token has in it",
            ),
            (
                "TOKEN",
                "SECRET\n",
                "has a space, a line break or another character that no token has in it",
            ),
        ] {
            let error = builder(&[(name, value)]).build().unwrap_err();
            assert!(error.is_configuration());
            assert_eq!(error.to_string(), format!("setting `{name}` {reason}"));
        }
    }

    #[cfg(unix)]
    #[test]
    fn no_text() {
        use std::os::unix::ffi::OsStringExt;
        let builder = ClientBuilder::new(&API, |session: Session| session);
        let builder = builder.variables_from(&[], CREDENTIALS, |name| {
            (name == "TOKEN").then(|| OsString::from_vec(vec![0xff]))
        });
        let error = builder.base_url("https://api.test").build().unwrap_err();
        assert_eq!(error.to_string(), "setting `TOKEN` is not UTF-8");
    }
}
