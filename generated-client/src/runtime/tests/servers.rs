//! Servers that operations have for themselves, and those whose URLs have variables.

use std::sync::atomic::{AtomicUsize, Ordering};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::server::Server;
use super::*;
use crate::runtime::api::{Server as Template, Variable};
use crate::runtime::{AccessToken, Pages, RequestOptions, send};

const UPLOADS: &str = "https://uploads.test/v1";
const OTHER: &str = "http://other.test";

/// An API of which some operations have other servers.
const UPLOADING: Api = Api {
    base_url: Some("https://api.test"),
    operation_servers: &[UPLOADS, OTHER],
    ..API
};

fn without_credentials() -> ClientBuilder<Session> {
    ClientBuilder::new(&UPLOADING, |session| session).max_attempts(1)
}

fn uploading() -> ClientBuilder<Session> {
    without_credentials()
        .token("t")
        .key_credential("query_key", "q")
}

/// Another server for uploads.
fn replacement(server: &Server) -> String {
    format!("{}/v2", server.url())
}

/// A request to the server of its operation.
struct Upload(Session);

impl Request for Upload {
    type Output = ();

    const OPERATION: &'static Operation = &Operation {
        id: "test/upload",
        security: Security::Unspecified,
        server: Some(UPLOADS),
    };

    fn session(&self) -> &Session {
        &self.0
    }

    fn request(&self) -> Result<RequestBuilder, Error> {
        let url = format!("{}/x", self.0.server_url(Self::OPERATION));
        Ok(self.0.http().get(url))
    }

    async fn decode(answer: Answer) -> Result<Response<()>, Error> {
        Get::decode(answer).await
    }
}

/// What a server has seen of a request: its target, `Authorization`, the version, what was set for the
/// API's HTTP client, and what was set for the request.
fn seen(server: &Server) -> (String, [Vec<String>; 4]) {
    let request = server.request();
    assert_eq!(request.headers("accept"), ["application/json"]);
    assert_eq!(request.headers("user-agent").len(), 1);
    let headers = ["authorization", "x-version", "x-api", "x-option"].map(|name| {
        let values = request.headers(name).into_iter().map(str::to_owned);
        values.collect()
    });
    (request.target, headers)
}

/// Another origin sees nothing of the API's but what it is asked for, unless the caller agrees.
#[test]
fn trust() {
    type Set = fn(ClientBuilder<Session>, &str) -> ClientBuilder<Session>;
    let all = ["Bearer t", "1", "x", "o"].map(|value| vec![value.to_owned()]);
    let none = [const { Vec::new() }; 4];
    let untrusted: Set = |builder, _| builder;
    let trusted: Set = |builder, url| builder.trust_server(url);
    let own: Set = |builder, url| builder.base_url(url);
    for (set, target, headers) in [
        (untrusted, "/v2/x", none),
        (trusted, "/v2/x?key=q", all.clone()),
        (own, "/v2/x?key=q", all),
    ] {
        let server = Server::agreeing();
        let for_api = HeaderMap::from_iter([(
            HeaderName::from_static("x-api"),
            HeaderValue::from_static("x"),
        )]);
        let builder = uploading()
            .replace_server(UPLOADS, replacement(&server))
            .configure_api_http(|http| http.default_headers(for_api));
        let session = set(builder, &server.url()).build().unwrap();
        let session = session.with_options(RequestOptions::new().header("x-option", "o"));
        run(send(Upload(session))).unwrap();
        assert_eq!(seen(&server), (target.to_owned(), headers));
    }
}

/// A source of tokens is not asked for a request that gets none.
#[test]
fn the_token_provider_is_not_called() {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    let server = Server::agreeing();
    let builder = || {
        uploading()
            .replace_server(UPLOADS, replacement(&server))
            .token_provider(|| async {
                CALLS.fetch_add(1, Ordering::Relaxed);
                Ok::<_, Error>(AccessToken::new("t"))
            })
    };
    run(send(Upload(builder().build().unwrap()))).unwrap();
    assert_eq!(CALLS.load(Ordering::Relaxed), 0);
    let trusting = builder().trust_server(server.url());
    run(send(Upload(trusting.build().unwrap()))).unwrap();
    assert_eq!(CALLS.load(Ordering::Relaxed), 1);
}

#[test]
fn documented_urls() {
    let url = |builder: ClientBuilder<Session>| {
        let session = builder.build().unwrap();
        session.server_url(Upload::OPERATION).to_owned()
    };
    assert_eq!(url(uploading()), UPLOADS);
    assert_eq!(url(uploading().base_url("http://localhost:1")), UPLOADS);
    let replaced = uploading()
        .replace_server("https://UPLOADS.test:443/v1/", "https://a.test")
        .replace_server(UPLOADS, "https://b.test/");
    assert_eq!(url(replaced), "https://b.test");
}

/// A request stays at its own server, which the API's is not.
#[test]
fn redirects() {
    for (trusts, within) in [(false, true), (true, true), (false, false), (true, false)] {
        let api = Server::agreeing();
        let target = if within {
            "/y"
        } else {
            &format!("{}/y", api.url())
        };
        let moved = format!("307 Temporary Redirect\r\nlocation: {target}");
        let server = Server::scripted(&[&moved, "200 OK"]);
        let mut builder = uploading()
            .base_url(api.url())
            .replace_server(UPLOADS, replacement(&server));
        if trusts {
            builder = builder.trust_server(server.url());
        }
        let sent = run(send(Upload(builder.build().unwrap())));
        assert!(api.requests().is_empty());
        if within {
            sent.unwrap();
            let query = if trusts { "?key=q" } else { "" };
            assert_eq!(server.requests()[1].target, format!("/y{query}"));
        } else {
            assert!(sent.unwrap_err().is_redirect());
        }
    }
}

/// Nor does a request to the API go to the other server, trusted or not.
#[test]
fn redirects_from_the_api() {
    let other = Server::agreeing();
    let moved = format!("307 Temporary Redirect\r\nlocation: {}/y", other.url());
    let api = Server::scripted(&[&moved]);
    let session = uploading()
        .base_url(api.url())
        .replace_server(UPLOADS, replacement(&other))
        .trust_server(other.url())
        .build()
        .unwrap();
    assert!(
        run(send(Get::new(&session, "/x")))
            .unwrap_err()
            .is_redirect()
    );
    assert!(other.requests().is_empty());
}

#[test]
fn pages() {
    for trusts in [false, true] {
        let api = Server::agreeing();
        let link = |url: &str| format!("200 OK\r\nlink: <{url}>; rel=\"next\"");
        let server = Server::scripted(&[&link("?page=2"), &link(&api.url())]);
        let mut builder = uploading()
            .base_url(api.url())
            .replace_server(UPLOADS, replacement(&server));
        if trusts {
            builder = builder.trust_server(server.url());
        }
        let mut pages = Pages::new(Upload(builder.build().unwrap()));
        let error = run(async {
            pages.next().await.unwrap().unwrap();
            pages.next().await.unwrap().unwrap();
            pages.next().await.unwrap().unwrap_err()
        });
        assert!(error.to_string().contains("another origin"), "{error}");
        assert!(api.requests().is_empty());
        let second = if trusts {
            "/v2/x?page=2&key=q"
        } else {
            "/v2/x?page=2"
        };
        assert_eq!(server.requests()[1].target, second);
    }
}

#[track_caller]
fn check(builder: ClientBuilder<Session>, expected: &str) {
    let error = builder.build().unwrap_err();
    assert!(error.is_configuration());
    assert_eq!(error.to_string(), expected);
}

#[test]
fn settings() {
    let unknown = "setting `replace_server` is for a URL that no operation has for its server";
    for url in [
        "https://api.test",
        "https://uploads.test",
        "http://uploads.test/v1",
    ] {
        check(uploading().replace_server(url, "https://a.test"), unknown);
    }
    let unused = "setting `trust_server` is for an origin that no operation with a server of its own goes to";
    for url in [
        "https://api.test",
        "http://uploads.test",
        "https://uploads.test:444",
    ] {
        check(uploading().trust_server(url), unused);
    }
    let replaced = uploading().replace_server(UPLOADS, "https://a.test");
    check(replaced.trust_server(UPLOADS), unused);
    check(
        uploading().trust_server("uploads.test"),
        "setting `trust_server` is not a URL",
    );
    let no_url = "setting `replace_server` is not a URL";
    check(
        uploading().replace_server("uploads.test", "https://a.test"),
        no_url,
    );
    check(uploading().replace_server(UPLOADS, "a.test"), no_url);
}

/// What holds for the base URL holds for other servers that see credentials.
#[test]
fn never_in_the_clear() {
    let reason = "setting `trust_server` would have the token sent over plain http to another \
                  machine: use https, or allow it with `allow_insecure_http`";
    check(uploading().trust_server(OTHER), reason);
    uploading().build().unwrap();
    without_credentials().trust_server(OTHER).build().unwrap();
    let allowed = uploading().trust_server(OTHER).allow_insecure_http();
    allowed.build().unwrap();
    let plain = uploading().replace_server(UPLOADS, "http://a.test");
    check(plain.trust_server("http://a.test"), reason);
}

#[test]
fn never_to_a_proxy_in_the_clear() {
    let (proxy, server) = (Server::agreeing(), Server::agreeing());
    let through = reqwest::Proxy::all(proxy.url()).unwrap();
    let session = uploading()
        .configure_http(|http| http.proxy(through.clone()))
        .replace_server(UPLOADS, replacement(&server))
        .trust_server(server.url())
        .build()
        .unwrap();
    run(send(Upload(session))).unwrap();
    assert_eq!((server.requests().len(), proxy.requests().len()), (1, 0));
}

const REGIONAL: Template = Template {
    url: "http://{host}:{port}/{base}/v1",
    variables: &[
        Variable {
            name: "host",
            default: "127.0.0.1",
            values: &[],
        },
        Variable {
            name: "port",
            default: "80",
            values: &[],
        },
        Variable {
            name: "base",
            default: "eu",
            values: &["eu", "us"],
        },
    ],
};

const GLOBAL: Template = Template {
    url: "https://{host}/{base}",
    variables: REGIONAL.variables,
};

#[test]
fn variables() {
    let server = Server::agreeing();
    let port = server.url().rsplit(':').next().unwrap().to_owned();
    for (base, target) in [(None, "/eu/v1/x"), (Some("us"), "/us/v1/x")] {
        let mut builder = uploading().server_variable(&REGIONAL, "port", &port);
        if let Some(base) = base {
            builder = builder.server_variable(&REGIONAL, "base", base);
        }
        let session = builder.build().unwrap();
        run(send(Get::new(&session, "/x"))).unwrap();
        let last = server.requests().pop().unwrap();
        assert_eq!(last.target, format!("{target}?key=q"));
        assert_eq!(last.headers("authorization"), ["Bearer t"]);
    }
}

/// Of two servers, and of two values, the later one holds.
#[test]
fn the_last_call_wins() {
    let url = |builder: ClientBuilder<Session>| builder.build().unwrap().base_url().to_owned();
    let regional = || {
        uploading()
            .server_variable(&REGIONAL, "base", "SECRET")
            .server_variable(&REGIONAL, "base", "us")
    };
    assert_eq!(url(regional()), "http://127.0.0.1/us/v1");
    let global = regional().server_variable(&GLOBAL, "host", "a.test");
    assert_eq!(url(global), "https://a.test/eu");
    assert_eq!(url(regional().base_url("https://b.test")), "https://b.test");
    let back = regional()
        .base_url("")
        .server_variable(&REGIONAL, "port", "8080");
    assert_eq!(url(back), "http://127.0.0.1:8080/eu/v1");
    let secret = uploading().server_variable(&REGIONAL, "base", "SECRET");
    assert!(!format!("{secret:?}").contains("SECRET"));
    check(secret, "setting `base` is none of `eu`, `us`");
}
