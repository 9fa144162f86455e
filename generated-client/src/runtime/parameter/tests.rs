//! The examples of OpenAPI 3.0.4, which are expansions of RFC 6570, over a real socket.
//!
//! The names of an object's members are sent in alphabetical order here, unless another crate enables
//! `serde_json`'s feature to preserve theirs.

use reqwest::RequestBuilder;
use serde_json::{Value, json};

use super::{Delimiter, PathStyle, Query, cookie, header, styled_segment};
use crate::runtime::Error;
use crate::runtime::tests::exchange::{Received, exchange};

/// The values of the examples: empty, a scalar, an array, an object.
fn values() -> [Value; 4] {
    [
        json!(""),
        json!("blue"),
        json!(["blue", "black", "brown"]),
        json!({"B": 150, "G": 200, "R": 100}),
    ]
}

/// The received request for this path and query, after its adjustment.
#[track_caller]
fn received(
    target: &str,
    adjust: impl FnOnce(RequestBuilder) -> Result<RequestBuilder, Error>,
) -> Received {
    let (sent, received) = exchange("HTTP/1.1 204 No Content\r\n\r\n", async |client, url| {
        let url = format!("{}{target}", url.trim_end_matches('/'));
        adjust(client.get(url)).unwrap().send().await
    });
    sent.unwrap();
    received
}

#[track_caller]
fn check_path(style: PathStyle, explode: bool, expected: [&str; 4]) {
    for (value, expected) in values().iter().zip(expected) {
        let Ok(segment) = styled_segment("color", value, style, explode) else {
            assert_eq!(expected, "", "{value} is refused");
            continue;
        };
        let received = received(&format!("/{segment}/x"), Ok);
        assert_eq!(received.target, format!("/{expected}/x"));
    }
}

#[test]
fn path() {
    use PathStyle::{Label, Matrix, Simple};

    // A refused value would be no segment: `//`, and `/./`.
    check_path(
        Simple,
        false,
        ["", "blue", "blue,black,brown", "B,150,G,200,R,100"],
    );
    check_path(
        Simple,
        true,
        ["", "blue", "blue,black,brown", "B=150,G=200,R=100"],
    );
    check_path(
        Label,
        false,
        ["", ".blue", ".blue,black,brown", ".B,150,G,200,R,100"],
    );
    check_path(
        Label,
        true,
        ["", ".blue", ".blue.black.brown", ".B=150.G=200.R=100"],
    );
    check_path(
        Matrix,
        false,
        [
            ";color",
            ";color=blue",
            ";color=blue,black,brown",
            ";color=B,150,G,200,R,100",
        ],
    );
    check_path(
        Matrix,
        true,
        [
            ";color",
            ";color=blue",
            ";color=blue;color=black;color=brown",
            ";B=150;G=200;R=100",
        ],
    );
}

#[track_caller]
fn check_query(add: impl Fn(Query, &Value) -> Result<Query, Error>, expected: [&str; 4]) {
    for (value, expected) in values().iter().zip(expected) {
        let query = add(Query::new(), value).unwrap();
        let received = received(&query.append_to("/x"), Ok);
        assert_eq!(received.target, format!("/x?{expected}"));
    }
}

#[test]
fn query() {
    check_query(
        |query, value| query.form("color", value),
        [
            "color=",
            "color=blue",
            "color=blue&color=black&color=brown",
            "B=150&G=200&R=100",
        ],
    );
    let joined =
        |delimiter| move |query: Query, value: &Value| query.joined("color", value, delimiter);
    check_query(
        joined(Delimiter::Comma),
        [
            "color=",
            "color=blue",
            "color=blue,black,brown",
            "color=B,150,G,200,R,100",
        ],
    );
    check_query(
        joined(Delimiter::Space),
        [
            "color=",
            "color=blue",
            "color=blue%20black%20brown",
            "color=B%20150%20G%20200%20R%20100",
        ],
    );
    check_query(
        joined(Delimiter::Pipe),
        [
            "color=",
            "color=blue",
            "color=blue%7Cblack%7Cbrown",
            "color=B%7C150%7CG%7C200%7CR%7C100",
        ],
    );
    check_query(
        |query, value| query.deep_object("color", value),
        [
            "color=",
            "color=blue",
            "color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown",
            "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100",
        ],
    );
}

#[test]
fn headers() {
    for (explode, object) in [(false, "B,150,G,200,R,100"), (true, "B=150,G=200,R=100")] {
        let expected = ["", "blue", "blue,black,brown", object];
        for (value, expected) in values().iter().zip(expected) {
            let received = received("/", |request| header(request, "X-Color", value, explode));
            assert_eq!(received.header("x-color"), Some(expected));
        }
    }
}

/// Except for the separator of exploded values: `&` would be part of a cookie.
#[test]
fn cookies() {
    for (explode, [array, object]) in [
        (false, ["color=blue,black,brown", "color=B,150,G,200,R,100"]),
        (
            true,
            [
                "color=blue; color=black; color=brown",
                "B=150; G=200; R=100",
            ],
        ),
    ] {
        let expected = ["color=", "color=blue", array, object];
        for (value, expected) in values().iter().zip(expected) {
            let received = received("/", |request| cookie(request, "color", value, explode));
            assert_eq!(received.header("cookie"), Some(expected));
        }
    }
}
