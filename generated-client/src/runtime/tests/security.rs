//! Which credentials a request has, and where.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::server::Server;
use super::*;
use crate::runtime::{AccessToken, Pages};

const NONE: Security = Security::Alternatives(&[]);

fn get(session: &Session, path: &'static str, security: Security) -> Prepared<()> {
    Get::new(session, path).of(Operation {
        id: "test/get",
        security,
        server: None,
    })
}

/// Every credential that there is.
fn all(builder: ClientBuilder<Session>) -> ClientBuilder<Session> {
    builder
        .token("t")
        .basic_credential("account", "Aladdin", "open sesame")
        .key_credential("cookie_key", "c")
        .key_credential("digest", "Digest username=\"u\"")
        .key_credential("header_key", "h")
        .token_credential("openid", "o")
        .key_credential("query_key", "q&?#")
}

/// What is sent of all credentials: target, `Authorization`, `X-Key` and `Cookie`.
#[track_caller]
fn check(security: Security, expected: [&str; 4]) {
    check_with(all, security, expected);
}

#[track_caller]
fn check_with(
    set: impl Fn(ClientBuilder<Session>) -> ClientBuilder<Session>,
    security: Security,
    [target, authorization, key, cookie]: [&str; 4],
) {
    let server = Server::agreeing();
    let session = set(builder(&server)).build().unwrap();
    run(get(&session, "/x?a=b", security).send()).unwrap();
    let request = server.request();
    assert_eq!(request.target, target);
    for (name, expected) in [
        ("authorization", authorization),
        ("x-key", key),
        ("cookie", cookie),
    ] {
        let expected = Some(expected).filter(|value| !value.is_empty());
        assert_eq!(request.headers(name), Vec::from_iter(expected), "{name}");
    }
}

#[test]
fn each_scheme() {
    const fn only(scheme: &'static [&'static [&'static str]]) -> Security {
        Security::Alternatives(scheme)
    }
    check(only(&[&["oauth"]]), ["/x?a=b", "Bearer t", "", ""]);
    check(only(&[&["openid"]]), ["/x?a=b", "Bearer o", "", ""]);
    let aladdin = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
    check(only(&[&["account"]]), ["/x?a=b", aladdin, "", ""]);
    let digest = "Digest username=\"u\"";
    check(only(&[&["digest"]]), ["/x?a=b", digest, "", ""]);
    check(only(&[&["header_key"]]), ["/x?a=b", "", "h", ""]);
    check(
        only(&[&["query_key"]]),
        ["/x?a=b&key=q%26%3F%23", "", "", ""],
    );
    check(only(&[&["cookie_key"]]), ["/x?a=b", "", "", "session=c"]);
}

#[test]
fn several_at_once() {
    check(
        Security::Alternatives(&[&["oauth", "header_key", "query_key", "cookie_key"]]),
        ["/x?a=b&key=q%26%3F%23", "Bearer t", "h", "session=c"],
    );
}

/// What is sent is what one alternative asks for, all of it, and nothing beside.
#[test]
fn alternatives() {
    let keys = |builder: ClientBuilder<Session>| {
        builder
            .key_credential("header_key", "h")
            .key_credential("cookie_key", "c")
    };
    const CASES: &[(&[&[&str]], [&str; 4])] = &[
        (
            &[&["oauth"], &["header_key"], &["cookie_key"]],
            ["/x?a=b", "", "h", ""],
        ),
        (
            &[&["cookie_key"], &["header_key"]],
            ["/x?a=b", "", "", "session=c"],
        ),
        (
            &[&["header_key", "query_key"], &["cookie_key"]],
            ["/x?a=b", "", "", "session=c"],
        ),
        (&[&["header_key", "oauth"]], ["/x?a=b", "", "", ""]),
        (&[&["account"], &["openid"]], ["/x?a=b", "", "", ""]),
        (&[&[], &["header_key"]], ["/x?a=b", "", "h", ""]),
    ];
    for (alternatives, expected) in CASES {
        check_with(keys, Security::Alternatives(alternatives), *expected);
    }
}

#[test]
fn no_security() {
    check(NONE, ["/x?a=b", "", "", ""]);
    check(Security::Alternatives(&[&[]]), ["/x?a=b", "", "", ""]);
}

/// A document that says nothing of security has every credential sent that is set.
#[test]
fn unspecified() {
    let some =
        |builder: ClientBuilder<Session>| builder.token("t").key_credential("query_key", "q");
    check_with(
        some,
        Security::Unspecified,
        ["/x?a=b&key=q", "Bearer t", "", ""],
    );
    check_with(
        |builder| builder,
        Security::Unspecified,
        ["/x?a=b", "", "", ""],
    );
}

/// The client's token is for all bearer schemes, and is sent once.
#[test]
fn one_token_for_two_schemes() {
    check_with(
        |builder| builder.token("t"),
        Security::Alternatives(&[&["oauth", "openid"]]),
        ["/x?a=b", "Bearer t", "", ""],
    );
}

/// What the caller gives a request is not replaced.
#[test]
fn after_the_requests_own() {
    let server = Server::agreeing();
    let session = all(builder(&server)).build().unwrap();
    for (path, header) in [
        ("/x?key=own", ("x-key", "own")),
        ("/x?key=own", ("cookie", "session=own")),
        ("/x?key=own", ("cookie", "debug=1; session=own")),
        ("/x?key=own", ("cookie", "debug=1")),
        ("/x?key=own", ("cookie", "debug=1; sessions=2")),
    ] {
        let mut request = Get::new(&session, path);
        request.header = Some(header);
        run(request
            .of(Operation {
                id: "test/get",
                security: Security::Alternatives(&[&["header_key", "query_key", "cookie_key"]]),
                server: None,
            })
            .send())
        .unwrap();
    }
    let requests = server.requests();
    let sent = requests.iter().map(|request| {
        assert_eq!(request.target, "/x?key=own");
        (request.headers("x-key"), request.headers("cookie"))
    });
    assert_eq!(
        Vec::from_iter(sent),
        [
            (vec!["own"], vec!["session=c"]),
            (vec!["h"], vec!["session=own"]),
            (vec!["h"], vec!["debug=1; session=own"]),
            (vec!["h"], vec!["debug=1; session=c"]),
            (vec!["h"], vec!["debug=1; sessions=2; session=c"]),
        ]
    );
}

/// A source of tokens is not asked for what needs none, and is asked again when its token is refused.
#[test]
fn providers() {
    let server = Server::answering(|request| {
        let refused = request.headers("authorization") == ["Bearer t0"];
        if refused {
            "401 Unauthorized"
        } else {
            "200 OK"
        }
        .to_owned()
    });
    let calls = Arc::new(AtomicUsize::new(0));
    let count = calls.clone();
    let session = builder(&server)
        .key_credential("query_key", "q")
        .token_provider(move || {
            let token = format!("t{}", count.fetch_add(1, Ordering::Relaxed));
            async { Ok::<_, Error>(AccessToken::new(token)) }
        })
        .build()
        .unwrap();
    run(async {
        for security in [
            NONE,
            Security::Alternatives(&[&["query_key"]]),
            Security::Alternatives(&[&["account"]]),
        ] {
            get(&session, "/x", security).send().await.unwrap();
            assert_eq!(calls.load(Ordering::Relaxed), 0);
        }
        let both = Security::Alternatives(&[&["oauth", "query_key"]]);
        get(&session, "/x", both).send().await.unwrap();
    });
    assert_eq!(calls.load(Ordering::Relaxed), 2);
    let requests = server.requests();
    let last = requests[3..].iter();
    let sent = last.map(|request| (&*request.target, request.headers("authorization")));
    assert_eq!(
        Vec::from_iter(sent),
        [
            ("/x?key=q", vec!["Bearer t0"]),
            ("/x?key=q", vec!["Bearer t1"])
        ]
    );
}

/// Within the origin a request keeps its credentials, once each, whether or not the server repeats
/// the key.
#[test]
fn redirects() {
    for (location, target) in [
        ("/y", "/y?key=q"),
        ("y?a=%20b&&c", "/y?a=%20b&&c&key=q"),
        ("/y?key=q", "/y?key=q"),
        ("/y?a=%20b&key=q&c=d&k%65y=q", "/y?a=%20b&c=d&key=q"),
        ("/y?&key=q&&a=b", "/y?a=b&key=q"),
        ("/y?token=q", "/y?token=q&key=q"),
        ("/y?key=other", "/y?key=other"),
        ("#z", ""),
        ("/x?key=q", ""),
    ] {
        let server = Server::scripted(&[
            &format!("307 Temporary Redirect\r\nlocation: {location}"),
            "200 OK",
        ]);
        let session = builder(&server)
            .key_credential("query_key", "q")
            .key_credential("cookie_key", "c")
            .build()
            .unwrap();
        let sent = run(get(&session, "/x", Security::Unspecified).send());
        let requests = server.requests();
        let targets = requests.iter().map(|request| {
            assert_eq!(request.method, "GET");
            assert_eq!(request.headers("cookie"), ["session=c"]);
            &*request.target
        });
        let followed = !target.is_empty();
        let expected = [Some("/x?key=q"), followed.then_some(target)];
        assert!(targets.eq(expected.into_iter().flatten()), "{requests:#?}");
        assert_eq!(sent.is_ok(), followed, "{location}");
    }
}

#[test]
fn no_redirect_to_another_origin() {
    let other = Server::agreeing();
    let server = Server::scripted(&[&format!("308 Moved\r\nlocation: {}/y", other.url())]);
    let session = all(builder(&server)).build().unwrap();
    let error = run(get(&session, "/x", Security::Unspecified).send()).unwrap_err();
    assert!(error.is_redirect());
    assert!(other.requests().is_empty());
}

/// Whatever a request was made for, it is signed for one origin.
#[test]
fn never_for_another_origin() {
    let (server, other) = (Server::agreeing(), Server::agreeing());
    let session = all(builder(&server)).build().unwrap();
    for url in [
        &format!("{}/?sig=SECRET", other.url()),
        "https://127.0.0.1/",
    ] {
        let mut request = get(&session, "/x", Security::Unspecified);
        *request.request.url_mut() = url.parse().unwrap();
        let error = run(request.send()).unwrap_err();
        assert!(error.is_invalid_request());
        assert!(!format!("{error} {error:?}").contains("SECRET"));
    }
    assert!(server.requests().is_empty() && other.requests().is_empty());
}

/// The same of the pages of a list, of which a key hides none that was there before.
#[test]
fn pages() {
    let link = |path: &str| format!("200 OK\r\nlink: <{path}>; rel=\"next\"");
    let server = Server::scripted(&[
        &link("/x?page=2&key=q"),
        &link("?page=3"),
        &link("/x?key=q&page=2"),
    ]);
    let session = builder(&server)
        .key_credential("query_key", "q")
        .build()
        .unwrap();
    let mut pages = Pages::new(Get::new(&session, "/x"));
    let error = run(async {
        for _ in 0..3 {
            let page = pages.next().await.unwrap().unwrap();
            assert!(!page.url().unwrap().as_str().contains("key"));
        }
        pages.next().await.unwrap().unwrap_err()
    });
    assert!(error.to_string().ends_with("was fetched before"), "{error}");
    let requests = server.requests();
    let targets = requests.iter().map(|request| &*request.target);
    assert!(targets.eq(["/x?key=q", "/x?page=2&key=q", "/x?page=3&key=q"]));
}

/// A header of a request's own is sent rather than the client's.
#[test]
fn own_headers() {
    for (header, sent) in [
        (None, ["application/json", "1"]),
        (Some(("accept", "text/csv")), ["text/csv", "1"]),
        (Some(("x-version", "2")), ["application/json", "2"]),
    ] {
        let server = Server::agreeing();
        let session = builder(&server).build().unwrap();
        let request = Get {
            header,
            ..Get::new(&session, "/x")
        };
        run(Prepared::new(request).unwrap().send()).unwrap();
        let request = server.request();
        let headers = ["accept", "x-version"].map(|name| request.headers(name));
        assert_eq!(headers, sent.map(|value| vec![value]));
    }
}
