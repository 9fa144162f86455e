//! Downloads across origins: the requests that each of them receives.

use generated_client::Client;
use tests::api::Api;
use tests::server::{Answer, Authority, Request, Server};
use tests::store::{Fault, Refusal, Store};

use super::{Setup, body, download, streamed};
use crate::{Naps, patient, trusting};

const LEN: u64 = 1000;

fn sent_on(to: &Store) -> Fault {
    Fault::Instead(Answer::redirect(307, &to.sign()))
}

/// No request names another origin.
#[track_caller]
fn check_clean(store: &Store) {
    store.assert_clean();
    let host = store.url();
    for request in store.requests() {
        assert_eq!(request.header("referer"), None);
        assert_eq!(request.header("origin"), None);
        assert!(host.ends_with(request.header("host").unwrap()));
    }
}

fn ranges(requests: &[Request]) -> Vec<Option<&str>> {
    let ranges = requests.iter().map(|request| request.header("range"));
    ranges.collect()
}

/// A 304 is no redirect, even with a `Location`.
#[tokio::test]
async fn no_redirect() {
    let other = Store::new(body(LEN));
    let fault = Fault::Instead(Answer::redirect(304, &other.sign()));
    let setup = Setup::new(Store::new(body(LEN))).faults([fault]);
    let (bytes, error) = streamed(setup.download()).await;
    assert!(bytes.is_empty() && error.unwrap().is_store());
    assert!(other.requests().is_empty());
}

/// The second store gets the same request as the first, which redirects to it.
#[tokio::test]
async fn another_store() {
    let other = Store::new(body(LEN)).fault(Fault::Cut(400));
    let setup = Setup::new(Store::new(body(LEN)));
    let setup = setup.faults([sent_on(&other), sent_on(&other)]);
    setup.check_streamed().await;
    for store in [&setup.store, &other] {
        check_clean(store);
        let requests = store.requests();
        assert_eq!(ranges(&requests), [None, Some("bytes=400-")]);
        assert!(requests[1].header("if-match").is_some());
    }
    assert_eq!(setup.api.requests().len(), 1);
}

#[tokio::test]
async fn a_redirect_loop_of_two() {
    let other = Store::new(body(LEN));
    let setup = Setup::new(Store::new(body(LEN)));
    let back = Fault::Instead(Answer::redirect(302, &setup.store.sign()));
    let circle = [Fault::None, sent_on(&other), sent_on(&other)];
    let setup = setup.faults(circle);
    let other = other.faults([back.clone(), back]);
    setup.check_streamed().await;
    let (bytes, error) = streamed(setup.download()).await;
    let error = error.unwrap();
    assert!(bytes.is_empty() && error.is_redirect() && error.is_store());
    assert_eq!(setup.store.requests().len(), 3);
    assert_eq!(other.requests().len(), 2);
}

/// A redirect is refused in the middle of a download as well, and the bytes before are right.
#[tokio::test]
async fn nowhere_in_the_middle() {
    for location in [
        None,
        Some("http://user:SIGNED@127.0.0.1/?sig=SIGNED"),
        Some("ftp://127.0.0.1/?sig=SIGNED"),
        Some("http://[::1?sig=SIGNED"),
    ] {
        let mut answer = Answer::status(302);
        if let Some(location) = location {
            answer = answer.header("location", location);
        }
        let setup = Setup::new(Store::new(body(LEN)));
        let setup = setup.faults([Fault::Cut(400), Fault::Instead(answer)]);
        let (bytes, error) = streamed(setup.download()).await;
        let error = error.unwrap();
        assert_eq!(bytes, body(400).to_vec());
        assert!(error.is_redirect() && error.is_store(), "{error:?}");
    }
}

/// The API's response to an unauthenticated request is no content.
#[tokio::test]
async fn back_to_the_api() {
    let setup = Setup::new(Store::new(body(LEN)));
    let api = format!("{}/user", setup.api.url());
    let back = || Fault::Instead(Answer::redirect(302, &api));
    let other = Store::new(body(LEN)).faults([back()]);
    let setup = setup.faults([back(), sent_on(&other), Fault::Cut(400), back()]);
    for received in [0, 0, 400] {
        let (bytes, error) = streamed(setup.download()).await;
        assert_eq!(bytes, body(received).to_vec());
        let error = error.unwrap();
        assert!(error.is_redirect() && error.is_store(), "{error:?}");
        let expected = "cannot follow the redirect: a store does not lead back to the API";
        assert!(error.to_string().ends_with(expected), "{error}");
    }
    let is_download = |request: &Request| request.target.ends_with("/zip");
    assert!(setup.api.requests().iter().all(is_download));
}

/// As on Enterprise Server.
#[tokio::test]
async fn an_api_that_is_the_store() {
    let api = Server::answering(|request| match &*request.target {
        "/storage/1" => Answer::redirect(307, "/storage/2"),
        "/storage/2" => Answer::status(200).body("content"),
        _ => Answer::redirect(302, "/storage/1"),
    });
    let client = patient(&api, &Naps::default()).build().unwrap();
    let (bytes, error) = streamed(download(&client)).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(bytes, b"content");
    for request in &api.requests()[1..] {
        assert_eq!(request.header("authorization"), None);
    }
}

/// A client of an API over TLS, as its store is.
fn client(authority: &Authority, api: &Api) -> Client {
    let builder = patient(api, &Naps::default());
    let builder = builder.configure_http(trusting(authority));
    builder.build().unwrap()
}

#[tokio::test]
async fn over_tls() {
    let authority = Authority::new();
    let faults = [
        Fault::Cut(400),
        Fault::Expired(Refusal::S3),
        Fault::Cut(300),
    ];
    let store = Store::tls(&authority, body(LEN)).faults(faults);
    let api = Api::downloading(&store);
    assert!(api.url().starts_with("https://") && store.url().starts_with("https://"));
    let client = client(&authority, &api);
    let (bytes, error) = streamed(download(&client)).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(bytes, body(LEN).to_vec());
    check_clean(&store);
    let (middle, last) = (Some("bytes=400-"), Some("bytes=700-"));
    assert_eq!(ranges(&store.requests()), [None, middle, middle, last]);
    assert_eq!(api.requests().len(), 2);
}

#[tokio::test]
async fn from_tls_to_plain_http() {
    let authority = Authority::new();
    let plain = Answer::redirect(307, "http://store.test/?sig=SIGNED");
    let faults = [Fault::Cut(400), Fault::Instead(plain)];
    let store = Store::tls(&authority, body(LEN)).faults(faults);
    let api = Api::downloading(&store);
    let client = client(&authority, &api);
    let (bytes, error) = streamed(download(&client)).await;
    let error = error.unwrap();
    assert_eq!(bytes, body(400).to_vec());
    assert!(error.is_redirect() && error.is_store(), "{error:?}");
}

/// The API and the store have the same host name, and cookies know no ports.
#[tokio::test]
async fn cookies() {
    let authority = Authority::new();
    let cookie = ("set-cookie", "session=SECRET; Path=/; Secure");
    let faults = [Fault::Cut(400), Fault::Expired(Refusal::Azure)];
    let store = Store::tls(&authority, body(LEN)).header(cookie.0, cookie.1);
    let store = store.faults(faults);
    let redirect = || Some(store.signer().redirect().header(cookie.0, cookie.1));
    let moved = Answer::redirect(307, "/moved/zip").header(cookie.0, cookie.1);
    let api = Api::downloading(&store).instead([Some(moved), redirect()]);
    let client = client(&authority, &api);
    for _ in 0..2 {
        let (bytes, error) = streamed(download(&client)).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(bytes, body(LEN).to_vec());
    }
    check_clean(&store);
    assert_eq!(store.requests().len(), 4);
    for request in api.requests() {
        assert_eq!(request.header("cookie"), None);
    }
}
