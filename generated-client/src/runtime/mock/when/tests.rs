//! Requests that are, or are not, as they are expected.

use reqwest::header::HeaderMap;
use serde_json::json;

use super::*;
use crate::runtime::mock::report::request_line;
use crate::runtime::{cookie, header, tests, text};

const API: Api = Api {
    schemes: &[
        ("key", Scheme::Query("key")),
        ("other", Scheme::Header("X-Key")),
    ],
    ..tests::API
};

const OPERATION: MockOperation = MockOperation {
    id: "things/put",
    method: "PUT",
    path: "/things/{id}?kind=a",
    errors: &[],
};

fn when() -> When {
    When::new(&API, reqwest::Client::new())
}

fn request(target: &str, headers: &[(&'static str, &'static str)], body: &str) -> Received {
    let headers = headers.iter();
    let headers = headers.map(|&(name, value)| {
        let (name, value) = (name.parse().unwrap(), value.parse().unwrap());
        (name, value)
    });
    Received {
        method: "PUT".to_owned(),
        target: target.to_owned(),
        headers: HeaderMap::from_iter(headers),
        body: Bytes::copy_from_slice(body.as_bytes()),
    }
}

#[track_caller]
fn check(when: &When, request: &Received, expected: &[&str]) {
    let found = when.compare(&OPERATION, request).expect("the operation");
    let found: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found, expected);
}

#[test]
fn operations() {
    for (target, expected) in [
        ("/things/1?kind=a", true),
        ("/things/1?b=c&kind=a", true),
        ("/things/1?kind=b", false),
        ("/things/1", false),
        ("/things?kind=a", false),
    ] {
        let found = when().compare(&OPERATION, &request(target, &[], ""));
        assert_eq!(found.is_some(), expected, "{target}");
    }
}

/// An argument of the path and a parameter of the query may have one name.
#[test]
fn arguments_and_queries() {
    let query = Query::new().form("id", &["b", "c"]);
    let when = when().path("id", Ok("a%2Fb".to_owned())).query("id", query);
    check(
        &when,
        &request("/things/a%2Fb?kind=a&id=b&id=c", &[], ""),
        &[],
    );
    check(
        &when,
        &request("/things/a?kind=a&id=c", &[], ""),
        &[
            "`id`: expected `a/b`, got `a`",
            "`id`: expected `b, c`, got `c`",
        ],
    );
}

#[test]
fn headers_and_cookies() {
    let when = when()
        .request("X-A", |request| header(request, "X-A", &1, false))
        .request("b", |request| cookie(request, "b", &2, true));
    let target = "/things/1?kind=a";
    check(
        &when,
        &request(target, &[("x-a", "1"), ("cookie", "c=3; b=2")], ""),
        &[],
    );
    check(
        &when,
        &request(target, &[("x-a", "2"), ("cookie", "b=SECRET")], ""),
        &[
            "`X-A`: expected `1`, got `2`",
            "`b`: expected a value that is not shown, got another one",
        ],
    );
    check(
        &when,
        &request(target, &[], ""),
        &[
            "`X-A`: expected `1`, got none",
            "`b`: expected a value that is not shown, got none",
        ],
    );
}

#[test]
fn credentials() {
    let when = when()
        .query("key", Query::new().form("key", &"SECRET"))
        .request("X-Key", |request| {
            header(request, "X-Key", &"SECRET", false)
        });
    let request = request("/things/1?kind=a&key=SECRETS", &[("x-key", "SECRETS")], "");
    let hidden = "expected a value that is not shown, got another one";
    check(
        &when,
        &request,
        &[&format!("`key`: {hidden}"), &format!("`X-Key`: {hidden}")],
    );
    assert_eq!(when.to_string(), " with `key` = `…`, `X-Key` = `…`");
    let line = request_line(&request, &API);
    assert_eq!(line, "PUT /things/1?kind=a&key=…");
}

#[test]
fn json_bodies() {
    let body = json!({"a": [1, {"b": 2}], "c": null});
    let when = when().request("body", |request| Ok(request.json(&body)));
    let json = [("content-type", "application/json; charset=utf-8")];
    for (sent, expected) in [
        (r#"{"c":null,"a":[1,{"b":2}]}"#, None),
        (
            r#"{"a":[1,{"b":3}],"c":null}"#,
            Some("`body.a[1].b`: expected `2`, got `3`"),
        ),
        (
            r#"{"a":[1,{"b":2}]}"#,
            Some("`body.c`: expected `null`, got none"),
        ),
        (
            r#"{"a":[1,{"b":2}],"c":null,"d":4}"#,
            Some("`body.d`: expected `nothing`, got `4`"),
        ),
        (
            r#"{"a":[1],"c":null}"#,
            Some(r#"`body.a`: expected `[1,{"b":2}]`, got `[1]`"#),
        ),
    ] {
        let expected: Vec<_> = expected.into_iter().collect();
        check(&when, &request("/things/1?kind=a", &json, sent), &expected);
    }
    let other = request("/things/1?kind=a", &[("content-type", "text/plain")], "a");
    let difference = "`content-type`: expected `application/json`, got `text/plain`";
    check(&when, &other, &[difference]);
}

#[test]
fn other_bodies() {
    let when = when().request("body", |request| Ok(text(request, "text/plain", "a")));
    let plain = [("content-type", "text/plain")];
    check(&when, &request("/things/1?kind=a", &plain, "a"), &[]);
    let difference = "`body`: expected `a`, got `b`";
    check(
        &when,
        &request("/things/1?kind=a", &plain, "b"),
        &[difference],
    );
}

/// What was not expected is a difference as well.
#[test]
fn more_than_is_expected() {
    let none: [&str; 0] = [];
    let when = when().query("label", Query::new().form("label", &none));
    check(&when, &request("/things/1?kind=a", &[], ""), &[]);
    let sent = request("/things/1?kind=a&label=b", &[], "");
    check(&when, &sent, &["`label`: expected `nothing`, got `b`"]);
    let sent = request("/things/1?kind=a&label[a]=b", &[], "");
    check(&when, &sent, &["`label[a]`: expected `nothing`, got `b`"]);
    let sent = request("/things/1?kind=a&labels=b", &[], "");
    check(&when, &sent, &[]);
}
