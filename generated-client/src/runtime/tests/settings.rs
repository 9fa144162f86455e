//! Credentials that cannot be used, each told when the client is built.

use super::*;

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
fn the_later_call_holds() {
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
