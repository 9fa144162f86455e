//! Requests that are, or are not, as they are expected.

use futures_util::stream;
use reqwest::header::HeaderMap;
use serde_json::json;

use super::*;
use crate::runtime::mock::report::request_line;
use crate::runtime::{Multipart, Upload, cookie, header, multipart, tests, text, upload};

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
            Some("`body.d`: expected none, got `4`"),
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
fn more_than_expected() {
    let none: [&str; 0] = [];
    let when = when().query("label", Query::new().form("label", &none));
    check(&when, &request("/things/1?kind=a", &[], ""), &[]);
    let sent = request("/things/1?kind=a&label=b", &[], "");
    check(&when, &sent, &["`label`: expected none, got `b`"]);
    let sent = request("/things/1?kind=a&label[a]=b", &[], "");
    check(&when, &sent, &["`label[a]`: expected none, got `b`"]);
    let sent = request("/things/1?kind=a&labels=b", &[], "");
    check(&when, &sent, &[]);
}

/// Long content is shown from where it differs.
#[test]
fn long_bodies() {
    let when = when().request("body", |request| {
        Ok(request
            .header(CONTENT_TYPE, "a/b")
            .body("a".repeat(300) + "bc"))
    });
    let sent = |body: &str| request("/things/1?kind=a", &[("content-type", "a/b")], body);
    let same = "a".repeat(300);
    for (rest, expected) in [
        ("bc", None),
        ("bd", Some("`body from byte 301`: expected `c`, got `d`")),
        ("", Some("`body from byte 300`: expected `bc`, got none")),
        ("bcd", Some("`body from byte 302`: expected none, got `d`")),
    ] {
        let expected: Vec<_> = expected.into_iter().collect();
        check(&when, &sent(&format!("{same}{rest}")), &expected);
    }
}

#[test]
fn parts_of_bodies() {
    let when = when().body_contains("<b>").body_contains("</b>");
    check(&when, &request("/things/1?kind=a", &[], "<a><b></b>"), &[]);
    check(
        &when,
        &request("/things/1?kind=a", &[], "<b>"),
        &["`body`: expected something with `</b>`, got `<b>`"],
    );
    assert_eq!(when.to_string(), " with `<b>` in `body`, `</b>` in `body`");
}

#[test]
fn forms() {
    let when = when().body_part("f", |part| part.file_name("a.txt").content("1"));
    let form = |name: &str| {
        format!(
            "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"{name}\"\r\n\r\n1\r\n--B--\r\n"
        )
    };
    let multipart = [("content-type", "multipart/form-data; boundary=B")];
    let sent = |name| request("/things/1?kind=a", &multipart, &form(name));
    check(&when, &sent("a.txt"), &[]);
    check(
        &when,
        &sent("b.txt"),
        &["`body.f.file_name`: expected `a.txt`, got `b.txt`"],
    );
    check(
        &when,
        &request("/things/1?kind=a", &[("content-type", "text/plain")], "1"),
        &["`content-type`: expected a form of parts, got `text/plain`"],
    );
    assert_eq!(
        when.to_string(),
        " with a part `f` (file name `a.txt`, content `1`)"
    );
}

/// The boundary is no difference, and neither is the order of parts with different names.
#[test]
fn whole_forms() {
    let form = |parts: Multipart| move |request| multipart(request, parts);
    let parts = Multipart::new().text("a", "1").upload("f", "2");
    let when = when().request("body", form(parts));
    let body = "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\
        Content-Type: application/octet-stream\r\n\r\n2\r\n\
        --B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--B--\r\n";
    let multipart = [("content-type", "multipart/form-data; boundary=B")];
    let target = "/things/1?kind=a";
    check(&when, &request(target, &multipart, body), &[]);
    let other = body.replace("\r\n1\r\n", "\r\n3\r\n");
    check(
        &when,
        &request(target, &multipart, &other),
        &["`body.a`: expected `1`, got `3`"],
    );
}

#[test]
#[should_panic(expected = "a body that is expected is in memory")]
fn streamed_bodies() {
    let content = Upload::stream(stream::iter([Ok::<_, Error>("a")]));
    let _ = when().request("body", |request| upload(request, "a/b", &content));
}

#[test]
fn missing() {
    let when = when()
        .missing("page", Place::Query)
        .missing("X-A", Place::Header)
        .missing("c", Place::Cookie)
        .missing("body", Place::Body);
    let fits = request("/things/1?kind=a&pages=1", &[("cookie", "cc=1; d=c")], "");
    check(&when, &fits, &[]);
    let headers = [
        ("x-a", "1"),
        ("cookie", "b=1; c=SECRET"),
        ("content-type", "a/b"),
    ];
    let other = request("/things/1?kind=a&page=2&page[a]=3", &headers, "");
    check(
        &when,
        &other,
        &[
            "`page`: expected none, got `2, 3`",
            "`X-A`: expected none, got `1`",
            "`c`: expected none, got a value that is not shown",
            "`body`: expected none, got ``",
        ],
    );
    assert_eq!(
        when.to_string(),
        " with no `page`, no `X-A`, no `c`, no `body`"
    );
}

#[test]
fn missing_credentials() {
    let when = when().missing("key", Place::Query);
    let sent = request("/things/1?kind=a&key=SECRET", &[], "");
    let difference = "`key`: expected none, got a value that is not shown";
    check(&when, &sent, &[difference]);
}

/// The last call counts.
#[test]
fn missing_or_not() {
    let query = || Query::new().form("page", &1);
    let sent = request("/things/1?kind=a&page=1", &[], "");
    let neither = when().query("page", query()).missing("page", Place::Query);
    let difference = "`page`: expected none, got `1`";
    check(&neither, &sent, &[difference]);
    let again = neither.query("page", query());
    check(&again, &sent, &[]);
}
