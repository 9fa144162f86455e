//! Credentials are printed nowhere, and go over plain http to this machine only.

use std::error::Error as StdError;
use std::net::{Ipv4Addr, TcpListener};

use super::server::Server;
use super::*;
use crate::runtime::{Redirect, send};

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

#[test]
fn printed_nowhere_when_nobody_listens() {
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
