//! Redirects: those that are followed, and those that are given to the caller.

use tests::server::{Answer, Authority, Server};

use crate::{ARTIFACT, api, builder, client, operations, trusting};

/// A renamed repository.
#[tokio::test]
async fn moved_within_the_origin() {
    for status in [301, 307, 308] {
        let server = Server::scripted([
            Answer::redirect(status, "/repositories/1296269/actions/artifacts/11?a=%2f"),
            Answer::json(200, ARTIFACT),
        ]);
        let artifact = client(&server)
            .actions()
            .get_artifact("octo-org", "renamed", 11)
            .send()
            .await
            .unwrap();
        assert_eq!(artifact.name, "Rails");

        let [before, after] = server.requests().try_into().unwrap();
        assert_eq!(
            after.target,
            "/repositories/1296269/actions/artifacts/11?a=%2f"
        );
        assert_eq!(
            (before.method, before.headers),
            (after.method, after.headers)
        );
    }
}

#[tokio::test]
async fn the_method_is_kept() {
    for status in [301, 307, 308] {
        let server = Server::answering(move |request| {
            if request.target == "/moved" {
                return Answer::status(204);
            }
            let host = request.header("host").unwrap();
            Answer::redirect(status, &format!("http://{host}/moved")).body("moved")
        });
        operations::delete(&client(&server)).send().await.unwrap();
        let methods: Vec<_> = server
            .requests()
            .into_iter()
            .map(|request| request.method)
            .collect();
        assert_eq!(methods, ["DELETE", "DELETE"]);
    }
}

#[tokio::test]
async fn a_redirect_loop() {
    let mut round = 0;
    let server = Server::answering(move |_| {
        round += 1;
        Answer::redirect(301, &format!("/{}", round % 2))
    });
    let error = operations::get(&client(&server)).send().await.unwrap_err();
    assert!(error.is_redirect());
    assert_eq!(
        error.to_string(),
        "GET /repos/octo-org/octo-docs/actions/artifacts/11: 301 Moved Permanently: cannot follow the redirect: \
         there were 5 redirects before it"
    );
    assert_eq!(server.requests().len(), 6);
}

#[tokio::test]
async fn a_redirect_to_itself() {
    for fragment in ["", "#a"] {
        let server = Server::answering(move |request| {
            Answer::redirect(301, &format!("{}{fragment}", request.target))
        });
        let error = operations::get(&client(&server)).send().await.unwrap_err();
        assert!(error.is_redirect());
        assert!(
            error
                .to_string()
                .ends_with("cannot follow the redirect: it leads to the request itself"),
            "{error}"
        );
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn other_statuses_are_not_followed() {
    for status in [300, 302, 303, 304, 305] {
        let (server, client) = api(Answer::redirect(status, "/elsewhere"));
        let error = operations::get(&client).send().await.unwrap_err();
        assert_eq!(error.status().unwrap(), status);
        assert!(error.is_redirect() && error.is_unexpected());
        server.request();
    }
}

/// The signature covers the percent-encoding.
#[tokio::test]
async fn given_to_the_caller() {
    let location =
        "https://store.test/a%2fb%2FC/zip?se=2020-01-10T15%3A00%3A22Z&sig=c2lnbmVk%2Bg%3D%3d";
    let (_server, client) = api(Answer::redirect(302, location));
    let response = operations::download(&client).send().await.unwrap();
    assert_eq!(response.status(), 302);
    assert_eq!(response.location(), location);
    assert_eq!(response.url().as_str(), location);
    let text = format!("{response:?} {} {:?}", *response, response.headers());
    assert!(
        text.contains("https://store.test/a%2fb%2FC/zip?…") && !text.contains("sig"),
        "{text}"
    );
}

/// Parsing encodes a quote in a query; what the server sent is there all the same.
#[tokio::test]
async fn given_exactly() {
    let location = "https://store.test/zip?name='a'&sig=SIGNED";
    let answer = Answer::redirect(302, location).header("location", "https://SIGNED.test/");
    let (_server, client) = api(answer);
    let response = operations::download(&client).send().await.unwrap();
    assert_eq!(response.location(), location);
    assert_eq!(
        response.url().as_str(),
        "https://store.test/zip?name=%27a%27&sig=SIGNED"
    );
    let text = format!("{response:?} {:?}", response.headers());
    assert!(!text.contains("SIGNED"), "{text}");
}

#[tokio::test]
async fn given_relative() {
    let (server, client) = api(Answer::redirect(302, "/store/zip?sig=SIGNED"));
    let response = operations::download(&client).send().await.unwrap();
    assert_eq!(response.location(), "/store/zip?sig=SIGNED");
    assert_eq!(
        response.url().as_str(),
        format!("{}/store/zip?sig=SIGNED", server.url())
    );
}

/// Only illegal characters are encoded, since a signature covers the URL.
#[tokio::test]
async fn badly_encoded() {
    let store = Server::answering(|_| Answer::status(200).body("content"));
    let location = format!("{}/my r\u{e9}sum\u{e9}|%2f.zip?sig=%2fA+/==|", store.url());
    let server = Server::scripted([
        Answer::redirect(301, "/moved here?a={b}"),
        Answer::redirect(302, &location),
    ]);
    let client = client(&server);
    let request = operations::download(&client);
    let chunk = request.download().stream().next().await.unwrap();
    assert_eq!(chunk.unwrap(), "content");
    assert_eq!(server.requests()[1].target, "/moved%20here?a=%7Bb%7D");
    assert_eq!(
        store.request().target,
        "/my%20r%C3%A9sum%C3%A9%7C%2f.zip?sig=%2fA+/==%7C"
    );
}

#[tokio::test]
async fn unusable_targets() {
    for (answer, reason) in [
        (Answer::status(302), "there is no `Location` header"),
        (Answer::redirect(302, ""), "there is no `Location` header"),
        (
            Answer::redirect(302, "https://st ore.test/?sig=SIGNED"),
            "the `Location` header is not a URL",
        ),
        (
            Answer::redirect(302, "https://store\".test/?sig=SIGNED"),
            "the `Location` header is not a URL",
        ),
        (
            Answer::redirect(302, "https://"),
            "the `Location` header is not a URL",
        ),
        (
            Answer::redirect(302, "file:///SIGNED"),
            "the `Location` header is neither http nor https",
        ),
        (
            Answer::redirect(302, "https://u:SIGNED@store.test/?sig=SIGNED"),
            "the `Location` header has a user name or a password in it",
        ),
    ] {
        let (_server, client) = api(answer);
        let sent = operations::download(&client).send().await;
        let error = sent.unwrap_err();
        assert!(error.is_redirect());
        let expected = format!(": 302 Found: the redirect cannot be used: {reason}");
        assert!(error.to_string().ends_with(&expected), "{error}");
        assert!(!format!("{error:?}").contains("SIGNED"));
    }
}

#[tokio::test]
async fn from_https_to_http() {
    let authority = Authority::new();
    for (location, insecure, taken) in [
        ("http://store.test/zip?sig=SIGNED", false, false),
        ("http://store.test/zip?sig=SIGNED", true, true),
        ("https://store.test/zip?sig=SIGNED", false, true),
        ("http://127.0.0.1:1/zip?sig=SIGNED", false, true),
    ] {
        let server = Server::tls(&authority, move |_| Answer::redirect(302, location));
        let mut builder = builder(&server).configure_http(trusting(&authority));
        if insecure {
            builder = builder.allow_insecure_http();
        }
        let client = builder.build().unwrap();
        let request = operations::download(&client);
        match request.send().await {
            Ok(response) => assert!(taken && response.location() == location),
            Err(error) => {
                assert!(!taken && error.is_redirect(), "{location}");
                let text = format!("{error} {error:?}");
                assert!(text.contains("from https to plain http"), "{text}");
                assert!(!text.contains("SIGNED"), "{text}");
            }
        }
    }
}

/// A resource that is gone differs from one that never existed.
#[tokio::test]
async fn nothing_to_download() {
    for (status, gone) in [(410, true), (404, false)] {
        let (_server, client) = api(Answer::json(status, r#"{"message": "no"}"#));
        let error = operations::download(&client).send().await.unwrap_err();
        assert_eq!((error.is_gone(), error.is_not_found()), (gone, !gone));
        assert_eq!(error.message(), Some("no"));
    }
}

/// A store that answers in the API's place.
#[tokio::test]
async fn a_success_instead() {
    let (_server, client) = api(Answer::status(200).body("PK"));
    let error = operations::download(&client).send().await.unwrap_err();
    assert!(error.is_unexpected() && !error.is_redirect());
    assert_eq!(
        (error.status().unwrap().as_u16(), error.body()),
        (200, Some("PK"))
    );
}
