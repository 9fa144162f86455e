//! Unusable credentials are errors when the client is built.

use super::*;
use crate::runtime::AccessToken;

fn builder() -> ClientBuilder<Session> {
    ClientBuilder::new(&API, |session| session).base_url("https://api.test")
}

#[track_caller]
fn check(builder: ClientBuilder<Session>, expected: &str) {
    let printed = format!("{builder:?}");
    let error = builder.build().unwrap_err();
    assert!(error.is_configuration());
    assert_eq!(error.to_string(), expected);
    assert!(!format!("{printed} {error:?}").contains("SECRET"));
}

#[test]
fn keys() {
    for (scheme, key, reason) in [
        ("header_key", "", "is empty"),
        ("digest", "", "is empty"),
        ("query_key", "", "is empty"),
        ("cookie_key", "", "is empty"),
        (
            "header_key",
            "SECRET\n",
            "begins or ends with a space or a line break",
        ),
        (
            "digest",
            " SECRET",
            "begins or ends with a space or a line break",
        ),
        (
            "header_key",
            "SECRET\u{e9}",
            "has characters that no such header may have",
        ),
        (
            "header_key",
            "SECRET\r\nx: y",
            "has characters that no such header may have",
        ),
        (
            "query_key",
            "SECRET\n",
            "has a space, a line break or another character that no key has in it",
        ),
        (
            "query_key",
            "a SECRET",
            "has a space, a line break or another character that no key has in it",
        ),
        (
            "cookie_key",
            "SECRET;",
            "has characters that no cookie may have",
        ),
        (
            "cookie_key",
            "a SECRET",
            "has characters that no cookie may have",
        ),
        (
            "cookie_key",
            "SECRET\u{e9}",
            "has characters that no cookie may have",
        ),
    ] {
        let builder = builder().key_credential(scheme, key);
        check(builder, &format!("setting `{scheme}` {reason}"));
    }
}

/// What a document says of its schemes may be wrong as well.
#[test]
fn impossible_names() {
    const ODD: Api = Api {
        schemes: &[
            ("header", Scheme::Header("a b")),
            ("space", Scheme::Cookie("a b")),
            ("equals", Scheme::Cookie("a=b")),
        ],
        ..API
    };
    for (scheme, reason) in [
        ("header", "is for a header with an impossible name"),
        ("space", "is for a cookie with an impossible name"),
        ("equals", "is for a cookie with an impossible name"),
    ] {
        let builder = ClientBuilder::new(&ODD, |session| session).base_url("https://api.test");
        let builder = builder.key_credential(scheme, "SECRET");
        check(builder, &format!("setting `{scheme}` {reason}"));
    }
}

#[test]
fn no_header_for_the_version() {
    const UNVERSIONED: Api = Api {
        version_header: None,
        ..API
    };
    let builder = || {
        let builder = ClientBuilder::new(&UNVERSIONED, |session| session);
        builder.base_url("https://api.test")
    };
    builder().build().unwrap();
    let useless = "setting `api_version` is of no use: this API has no header for it";
    check(builder().api_version("2"), useless);
}

/// What is set is shown, but for secrets.
#[test]
fn printed() {
    let set = || {
        let builder = builder().user_agent("tests/1.0");
        builder.key_credential("header_key", "SECRET")
    };
    let provider = || async { Ok::<_, Error>(AccessToken::new("SECRET")) };
    for (builder, token) in [
        (set().token("SECRET"), "Token(Token)"),
        (set().token_provider(provider), "Provider(Provider)"),
    ] {
        let expected = [
            r#"ClientBuilder { base_url: Ok("https://api.test"), "#,
            r#"user_agent: Ok("tests/1.0"), token: Ok(Some("#,
            token,
            r#")), credentials: {"header_key": Ok(Credential)}, .. }"#,
        ];
        assert_eq!(format!("{builder:?}"), expected.concat());
    }
}

#[test]
fn accounts_and_tokens() {
    let colon = "setting `account` has a user name with a colon in it, which would end there";
    check(
        builder().basic_credential("account", "u:SECRET", "p"),
        colon,
    );
    let control = "setting `account` has a line break or another control character in it";
    check(
        builder().basic_credential("account", "u", "SECRET\n"),
        control,
    );
    check(
        builder().basic_credential("account", "SECRET\r", "p"),
        control,
    );
    builder()
        .basic_credential("account", "\u{fc}", "a:b c")
        .basic_credential("account", "", "")
        .build()
        .unwrap();
    let token =
        "setting `oauth` has a space, a line break or another character that no token has in it";
    check(builder().token_credential("oauth", "SECRET\n"), token);
}

#[test]
fn the_last_call_wins() {
    builder()
        .key_credential("header_key", "")
        .key_credential("header_key", "h")
        .build()
        .unwrap();
}

/// Without a feature that brings TLS, nothing but plain http can be asked. The gate "the client on its
/// own" runs this without features.
#[test]
fn https_needs_tls() {
    let has_tls = cfg!(any(
        feature = "rustls",
        feature = "rustls-no-provider",
        feature = "native-tls"
    ));
    match builder().build() {
        Ok(_) => assert!(has_tls),
        Err(error) => {
            assert!(!has_tls && error.is_configuration());
            assert_eq!(
                error.to_string(),
                "setting `base_url` needs TLS: \
                 enable one of the features `rustls`, `rustls-no-provider` and `native-tls`"
            );
        }
    }
    builder().base_url("http://localhost:1").build().unwrap();
}
