//! Invalid settings, each an error of `build`.

use generated_client::{Client, ClientBuilder};
use insta::assert_snapshot;

use crate::TOKEN;

#[track_caller]
fn refused(builder: ClientBuilder<Client>) -> String {
    let error = builder.build().expect_err("a setting that cannot be used");
    assert!(error.is_configuration(), "{error:?}");
    assert!(
        !format!("{error} {error:?}").contains("SECRET"),
        "{error:?}"
    );
    error.to_string()
}

#[test]
fn settings() {
    let hosts = [
        "",
        "..",
        "https://ghe.example.com",
        "ghe.example.com/x",
        "u@ghe",
        "u:SECRET@ghe.example.com",
        "ghe.example.com?token=SECRET",
        "1.2.3",
        "ghe#",
        "ghe:x",
        "a b",
        "ghe\n",
    ];
    let urls = [
        "",
        "ghe.example.com",
        "ftp://ghe",
        "https://u:SECRET@ghe",
        "https://ghe?a",
        "https://ghe#a",
        "https:ghe",
        " https://ghe",
        "https://ghe/SECRET x",
        "https://ghe\\SECRET",
        "https://ghe/\tSECRET",
    ];
    let tokens = ["", "SECRET\n", "SECRET TOKEN", "SECRET\u{e9}"];
    let texts = ["", " ", "a\nb", "a ", " a", "a\tb", "\u{fc}"];

    let mut lines = Vec::new();
    lines.extend(hosts.map(|host| refused(Client::builder().enterprise_host(host))));
    lines.extend(urls.map(|url| refused(Client::builder().base_url(url))));
    lines.extend(tokens.map(|token| refused(Client::builder().token(token))));
    lines.extend(texts.map(|text| refused(Client::builder().user_agent(text))));
    lines.extend(texts.map(|text| refused(Client::builder().api_version(text))));
    lines.push(refused(Client::builder().api_version("a b")));
    lines.push(refused(
        Client::builder()
            .token(TOKEN)
            .base_url("http://example.invalid"),
    ));
    lines.push(refused(
        Client::builder().configure_http(|http| http.user_agent("a\nb")),
    ));
    assert_snapshot!("refused_settings", lines.join("\n"));
}

#[test]
fn hosts() {
    for host in [
        "ghe.example.com",
        "ghe",
        "ghe.example.com:8443",
        "10.0.0.1",
        "[::1]:8443",
    ] {
        Client::builder()
            .enterprise_host(host)
            .token(TOKEN)
            .build()
            .unwrap();
    }
}

/// The base URL of each kind of GitHub.
#[test]
fn base_urls() {
    for (builder, url) in [
        (Client::builder(), "https://api.github.com"),
        (
            Client::builder().enterprise_host("ghe.example.com"),
            "https://ghe.example.com/api/v3",
        ),
        (
            Client::builder().enterprise_subdomain("octocorp"),
            "https://api.octocorp.ghe.com",
        ),
    ] {
        let client = format!("{:?}", builder.token(TOKEN).build().unwrap());
        assert!(client.contains(&format!("\"{url}\"")), "{client}");
    }
    for subdomain in ["", "a/b", "evil.test/", "u@a", "a:1", "a b"] {
        refused(Client::builder().enterprise_subdomain(subdomain));
    }
}

#[test]
fn the_last_call_wins() {
    Client::builder()
        .token("")
        .token(TOKEN)
        .base_url("")
        .enterprise_host("ghe.example.com")
        .build()
        .unwrap();
}

#[test]
fn plain_http() {
    let remote = || Client::builder().base_url("http://example.invalid");
    remote().build().unwrap();
    remote().token(TOKEN).allow_insecure_http().build().unwrap();
    for host in ["localhost", "127.0.0.1", "127.1.2.3:80", "[::1]:80"] {
        Client::builder()
            .base_url(format!("http://{host}"))
            .token(TOKEN)
            .build()
            .unwrap();
    }
    for host in ["localhost.example.invalid", "128.0.0.1", "[::2]", "0.0.0.0"] {
        refused(
            Client::builder()
                .base_url(format!("http://{host}"))
                .token(TOKEN),
        );
    }
}
