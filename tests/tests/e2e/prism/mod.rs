//! Prism plays the API by its description, and refuses what the description does not allow.

mod errors;
mod judge;
mod lists;
mod requests;

use generated_client::reqwest::header::{HeaderMap, HeaderValue};
use generated_client::{Client, ClientBuilder, Error, Response};

use crate::setting;

fn builder() -> ClientBuilder<Client> {
    Client::builder()
        .base_url(setting("E2E_PRISM"))
        .token("SECRET-TOKEN")
        .max_attempts(1)
}

fn client() -> Client {
    builder().build().expect("settings that can be used")
}

/// A client of an API that insists on all that is optional.
fn strict_client() -> Client {
    let builder = builder().base_url(setting("E2E_PRISM_STRICT"));
    builder.build().expect("settings that can be used")
}

/// A client with the wish for a certain answer in each of its requests.
fn preferring(wish: &str) -> Client {
    let wish = HeaderValue::from_str(wish).expect("a header");
    let headers = HeaderMap::from_iter([("prefer".parse().expect("a name"), wish)]);
    builder()
        .configure_http(|http| http.default_headers(headers.clone()))
        .build()
        .expect("settings that can be used")
}

/// The result of a request that Prism accepts.
#[track_caller]
fn right<T>(sent: Result<Response<T>, Error>) -> Response<T> {
    let response = sent.expect("a request that is right");
    let violations = response.headers().get("sl-violations");
    assert_eq!(violations, None);
    response
}
