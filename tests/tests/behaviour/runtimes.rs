//! Without a tokio runtime, there is an error rather than a panic.

use std::time::Duration;

use futures_util::FutureExt;
use generated_client::{Client, Error, RequestOptions};

use crate::operations;
use crate::store_faults::download;

#[track_caller]
fn check(error: &Error) {
    assert!(error.is_invalid_request(), "{error:?}");
    let message = error.to_string();
    assert!(
        message.ends_with(": there is no tokio runtime to send the request"),
        "{message}"
    );
}

#[test]
fn requests() {
    let client = Client::builder().build().unwrap();
    let timeout = RequestOptions::new().timeout(Duration::from_secs(1));
    for options in [RequestOptions::new(), timeout] {
        let request = operations::delete(&client);
        let sent = request.with_options(options).send().now_or_never();
        check(&sent.unwrap().unwrap_err());
    }
}

#[test]
fn lists() {
    let client = Client::builder().build().unwrap();
    for ahead in [0, 2] {
        let list = operations::list(&client);
        let mut pages = list.pages().prefetch(ahead);
        let page = pages.next().now_or_never().unwrap();
        check(&page.unwrap().unwrap_err());
        assert!(pages.next().now_or_never().unwrap().is_none());
    }
}

#[test]
fn downloads() {
    let client = Client::builder().build().unwrap();
    let mut chunks = download(&client).stream();
    let chunk = chunks.next().now_or_never().unwrap();
    check(&chunk.unwrap().unwrap_err());
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a");
    let saved = download(&client).to_file(&path).now_or_never().unwrap();
    check(&saved.unwrap_err());
    let extracted = download(&client).extract_to(&path).now_or_never().unwrap();
    check(&extracted.unwrap_err());
}
