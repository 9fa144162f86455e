//! Credentials are printed nowhere, and go over plain http to this machine only.

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Mutex;

use super::server::{Request as Received, Server};
use super::*;
use crate::runtime::{Pages, Redirect, send};

type Set = fn(ClientBuilder<Session>) -> ClientBuilder<Session>;

/// One credential of each kind.
const EACH: [Set; 6] = [
    |builder| builder.basic_credential("account", "u", "SECRET"),
    |builder| builder.key_credential("cookie_key", "SECRET"),
    |builder| builder.key_credential("digest", "SECRET"),
    |builder| builder.key_credential("header_key", "SECRET"),
    |builder| builder.token_credential("oauth", "SECRET"),
    |builder| builder.key_credential("query_key", "SECRET"),
];

/// All that can be printed of an error.
fn printed(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(error) = source {
        text += &format!(" {error} {error:?}");
        source = error.source();
    }
    text
}

#[test]
fn printed_nowhere() {
    for set in EACH {
        for answer in [
            "500 Internal Server Error",
            "307 Temporary Redirect\r\nlocation: https://elsewhere.test/?key=SECRET",
            "307 Temporary Redirect\r\nlocation: //u:SECRET@h/",
            "307 Temporary Redirect\r\nlocation: /x?key=SECRET",
            "200 OK\r\ntransfer-encoding: unheard-of",
            "no status",
        ] {
            let server = Server::scripted(&[answer]);
            let builder = set(builder(&server)).max_attempts(1);
            let mut text = format!("{builder:?}");
            let session = builder.build().unwrap();
            text += &format!("{session:?}");
            match run(send(Get::new(&session, "/x"))) {
                Ok(response) => text += &format!("{response:?}"),
                Err(error) => text += &printed(&error),
            }
            assert!(!text.contains("SECRET"), "{text}");
        }
    }
}

/// What a server repeats of a request, in any of these ways, an error neither shows nor gives.
#[test]
fn redacted_in_responses() {
    struct Counts(Get);

    impl Request for Counts {
        type Output = BTreeMap<String, u8>;

        const OPERATION: &'static Operation = Get::OPERATION;

        fn session(&self) -> &Session {
            &self.0.session
        }

        fn request(&self) -> Result<RequestBuilder, Error> {
            self.0.request()
        }

        async fn decode(answer: Answer) -> Result<Response<Self::Output>, Error> {
            match answer.status() {
                200 => answer.json().await,
                _ => Err(answer.into_error().await),
            }
        }
    }

    let repeated = |request: &Received| {
        let names = ["authorization", "cookie", "x-key"];
        let headers = names.map(|name| request.headers(name).concat());
        format!("{} {}", request.target, headers.join(" ")).replace('"', "\\\"")
    };
    const STATUSES: [&str; 5] = [
        "200 OK",
        "201 Created",
        "307 Moved",
        "404 Not Found",
        "500 Oops",
    ];
    const BODIES: [&str; 3] = [
        "<html>ALL</html>",
        r#"{"message": "ALL", "documentation_url": "https://h/ALL", "errors": [
            "ALL", {"resource": "ALL", "field": "ALL", "code": "ALL", "message": "ALL"}]}"#,
        r#"{"ALL": "ALL"}"#,
    ];
    for set in EACH {
        let answers = STATUSES
            .iter()
            .flat_map(|status| BODIES.map(|body| (status, body)));
        let answers = Mutex::new(Vec::from_iter(answers));
        let server = Server::answering(move |request| {
            let all = repeated(request);
            let (status, body) = answers.lock().unwrap().pop().unwrap();
            let headers = format!("x-request-id: {all}\r\nlocation: https://SECRET.test");
            format!("{status}\r\n{headers}\r\n\r\n{}", body.replace("ALL", &all))
        });
        let session = set(builder(&server)).max_attempts(1).build().unwrap();
        for _ in 0..STATUSES.len() * BODIES.len() {
            let request = Counts(Get {
                session: session.clone(),
                // Some APIs have a token in the path.
                path: "/x/SECRET%2Fy",
                header: Some(("authorization", "Basic OlNFQ1JFVA==")),
            });
            let error = run(send(request)).unwrap_err();
            let texts = (error.message(), error.documentation_url(), error.body());
            let more = (error.field_path(), error.request_path());
            let headers = (error.headers().unwrap(), error.request_id());
            let id = &headers.0["x-request-id"];
            let text = format!("{} {texts:?} {more:?} {headers:?} {id:?}", printed(&error));
            assert!(text.contains("[redacted]"), "{text}");
            for secret in ["SECRET", "secret", "U0VDUkVU", "TRUNSRV", "NFQ1JFV"] {
                assert!(!text.contains(secret), "{text}");
            }
        }
    }
}

/// Nor does a list whose next page is at an origin with a secret in its name.
#[test]
fn redacted_in_links() {
    for set in EACH {
        let link = "200 OK\r\nlink: <https://SECRET.test/>; rel=\"next\"";
        let server = Server::scripted(&[link]);
        let session = set(builder(&server)).build().unwrap();
        let mut pages = Pages::new(Get::new(&session, "/SECRET"));
        let error = run(async {
            pages.next().await.unwrap().unwrap();
            pages.next().await.unwrap().unwrap_err()
        });
        assert!(error.is_link(), "{error:?}");
        let text = printed(&error).to_lowercase();
        assert!(!text.contains("secret"), "{text}");
    }
}

#[test]
fn never_logged_without_a_subscriber() {
    let gone = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}", gone.local_addr().unwrap());
    drop(gone);
    for set in EACH {
        let builder = ClientBuilder::new(&API, |session| session).base_url(&url);
        let session = set(builder).max_attempts(1).build().unwrap();
        let text = printed(&run(send(Get::new(&session, "/x"))).unwrap_err());
        assert!(
            text.contains("cannot connect") && !text.contains("SECRET"),
            "{text}"
        );
    }
}

/// A redirect that is given to the caller leads nowhere with the client's own key.
#[test]
fn not_in_a_redirect() {
    struct Address(Session);

    impl Request for Address {
        type Output = Redirect;

        const OPERATION: &'static Operation = Get::OPERATION;

        fn session(&self) -> &Session {
            &self.0
        }

        fn request(&self) -> Result<RequestBuilder, Error> {
            Ok(self.0.http().get(format!("{}/x", self.0.base_url())))
        }

        async fn decode(answer: Answer) -> Result<Response<Redirect>, Error> {
            answer.redirect()
        }
    }

    let server = Server::scripted(&["302 Found\r\nlocation: #y"]);
    let builder = builder(&server).key_credential("query_key", "SECRET");
    let session = builder.build().unwrap();
    let redirect = run(send(Address(session))).unwrap().into_inner();
    assert_eq!(redirect.url().as_str(), format!("{}/x#y", server.url()));
    assert_eq!(server.request().target, "/x?key=SECRET");
}

#[test]
fn never_in_the_clear() {
    let builder = || ClientBuilder::new(&API, |session| session).base_url("http://api.test");
    builder().build().unwrap();
    for set in EACH {
        let error = set(builder()).build().unwrap_err();
        assert_eq!(
            error.to_string(),
            "setting `base_url` would have credentials sent over plain http to another machine: \
             use https, or allow it with `allow_insecure_http`"
        );
        set(builder()).allow_insecure_http().build().unwrap();
        set(builder()).base_url("https://api.test").build().unwrap();
    }
}

/// Plain http to the machine itself does not leave it.
#[test]
fn never_to_a_proxy_in_the_clear() {
    for set in EACH {
        let (proxy, server) = (Server::agreeing(), Server::agreeing());
        let through = reqwest::Proxy::all(proxy.url()).unwrap();
        let builder = set(builder(&server)).configure_http(|http| http.proxy(through.clone()));
        let session = builder.build().unwrap();
        run(send(Get::new(&session, "/x"))).unwrap();
        assert_eq!((server.requests().len(), proxy.requests().len()), (1, 0));
    }
}
