//! Sends each request twice, by the emitted client and by the one that bare progenitor emits: to
//! `URL/CASE/ours` and to `URL/CASE/bare`.

#[allow(warnings, reason = "it is as progenitor emits it")]
mod bare;

use oracle_client::chrono::{DateTime, NaiveDate, Utc};
use oracle_client::{Client, Upload};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Every sign that has a meaning in some part of a URL, and some that no URL can hold.
const TEXT: &str = "a b+c/d?e#f&g=h%2Fi;j,k:l@m\"n<o>p[q]r{s}t|u^w`x~y'z!ä€😀";

fn main() {
    let url = std::env::args().nth(1).expect("a URL");
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().expect("a runtime");
    runtime.block_on(async {
        send_paths(&url).await;
        send_queries(&url).await;
        send_headers(&url).await;
        send_methods(&url).await;
        send_bodies(&url).await;
    });
}

/// Sends a case twice, by a request of either client's `api`. The server sees the result.
macro_rules! send {
    ($url:expr, $case:expr, |$api:ident| $ours:expr, $bare:expr) => {{
        let base = format!("{}/{}", $url, $case);
        let client = Client::builder().base_url(format!("{base}/ours")).build();
        let client = client.expect("a client");
        let $api = client.oracle();
        drop($ours.send().await);
        let $api = bare::Client::new(&format!("{base}/bare"));
        drop($bare.await);
    }};
}

async fn send_paths(url: &str) {
    for (case, text) in [
        ("path-text", TEXT),
        ("path-digits", "007"),
        ("path-backslash", "a\\b"),
        ("path-dots", "..."),
        ("path-parent", ".."),
        ("path-empty", ""),
    ] {
        send!(
            url,
            case,
            |api| api.path_text(text),
            api.oracle_path_text(text)
        );
    }
    send!(
        url,
        "path-parts",
        |api| api.path_parts("1", "a b"),
        api.oracle_path_parts("1", "a b")
    );
    send!(
        url,
        "path-time",
        |api| api.path_time(time()),
        api.oracle_path_time(&time())
    );
    for (case, number) in [
        ("path-scalars", 2.5),
        ("path-whole-number", 2.0),
        ("path-large-number", 1e21),
        ("path-small-number", -1.5e-7),
    ] {
        send!(
            url,
            case,
            |api| api.path_scalars(i64::MIN, number, true, date(), word()),
            api.oracle_path_scalars(i64::MIN, number, true, &date(), word())
        );
    }
}

async fn send_queries(url: &str) {
    for (case, number, text) in [
        ("query-scalars", 2.5, TEXT),
        ("query-whole-number", 2.0, "text"),
        ("query-large-number", 1e21, "text"),
        ("query-small-number", -1.5e-7, "text"),
        ("query-empty-text", 2.5, ""),
    ] {
        send!(
            url,
            case,
            |api| api.query_scalars(
                false,
                date(),
                i64::MAX,
                number,
                i32::MIN,
                text,
                time(),
                word()
            ),
            api.oracle_query_scalars(
                false,
                &date(),
                i64::MAX,
                number,
                i32::MIN,
                text,
                &time(),
                word()
            )
        );
    }
    send!(
        url,
        "query-options-absent",
        |api| api.query_options(),
        api.oracle_query_options(None, None, None, None, None, None, None, None)
    );
    send!(
        url,
        "query-options-present",
        |api| api
            .query_options()
            .boolean(true)
            .date(date())
            .integer(-1)
            .number(0.5)
            .small(0)
            .text(TEXT)
            .time(time())
            .word(word()),
        api.oracle_query_options(
            Some(true),
            Some(&date()),
            Some(-1),
            Some(0.5),
            Some(0),
            Some(TEXT),
            Some(&time()),
            Some(word())
        )
    );
    send!(
        url,
        "query-lists",
        |api| api
            .query_lists(["b".to_owned(), TEXT.to_owned(), "b".to_owned()])
            .numbers([2, -1])
            .words([word(), of(json!("plain"))]),
        api.oracle_query_lists(
            Some(&vec![2, -1]),
            &vec!["b".to_owned(), TEXT.to_owned(), "b".to_owned()],
            Some(&vec![word(), of(json!("plain"))])
        )
    );
    send!(
        url,
        "query-lists-empty",
        |api| api.query_lists([]).numbers([]),
        api.oracle_query_lists(Some(&vec![]), &vec![], None)
    );
    send!(
        url,
        "query-names",
        |api| api
            .query_names()
            .top(1)
            .a_b_c_d("2")
            .filter_name("3")
            .page_size(4)
            .per_20cent("5")
            .type_("6"),
        api.oracle_query_names(Some(1), Some("2"), Some("3"), Some(4), Some("5"), Some("6"))
    );
}

async fn send_headers(url: &str) {
    send!(
        url,
        "headers-absent",
        |api| api.headers(false),
        api.oracle_headers(false, None, None, None)
    );
    send!(
        url,
        "headers-present",
        |api| api
            .headers(true)
            .x_integer(-1)
            .x_text("a, b; c=\"d\"")
            .x_word(of(json!("two words"))),
        api.oracle_headers(
            true,
            Some(-1),
            Some("a, b; c=\"d\""),
            Some(of(json!("two words")))
        )
    );
    send!(
        url,
        "headers-beyond-ascii",
        |api| api.headers(true).x_text("ä€"),
        api.oracle_headers(true, None, Some("ä€"), None)
    );
    send!(
        url,
        "headers-of-two-lines",
        |api| api.headers(true).x_text("a\nb"),
        api.oracle_headers(true, None, Some("a\nb"), None)
    );
}

async fn send_methods(url: &str) {
    send!(url, "delete", |api| api.delete(), api.oracle_delete());
    send!(url, "head", |api| api.head(), api.oracle_head());
    send!(url, "patch", |api| api.patch(), api.oracle_patch());
    send!(url, "post", |api| api.post(), api.oracle_post());
    send!(url, "put", |api| api.put(), api.oracle_put());
}

async fn send_bodies(url: &str) {
    for (case, thing) in [
        ("body-object", thing()),
        (
            "body-object-of-required",
            json!({"name": TEXT, "a b": 1e21}),
        ),
        (
            "body-object-with-null",
            json!({"name": "n", "a b": 0, "note": null}),
        ),
        (
            "body-object-of-empty",
            json!({"name": "", "a b": 0, "tags": [], "words": {}}),
        ),
    ] {
        send!(
            url,
            case,
            |api| api.body_object(TEXT, of::<oracle_client::types::Thing>(thing.clone())),
            api.oracle_body_object(TEXT, None, &of(thing))
        );
    }
    send!(
        url,
        "body-object-and-query",
        |api| api
            .body_object("n", of::<oracle_client::types::Thing>(thing()))
            .dry_run(true),
        api.oracle_body_object("n", Some(true), &of(thing()))
    );
    send!(
        url,
        "body-list",
        |api| api.body_list(of::<Vec<_>>(json!([thing(), thing()]))),
        api.oracle_body_list(&of(json!([thing(), thing()])))
    );
    send!(
        url,
        "body-list-empty",
        |api| api.body_list([]),
        api.oracle_body_list(&vec![])
    );
    for (case, form) in [
        (
            "body-form",
            json!({"text": TEXT, "number": -1, "word": "ümlaut/&"}),
        ),
        ("body-form-of-required", json!({"text": ""})),
    ] {
        send!(
            url,
            case,
            |api| api.body_form(of::<oracle_client::types::Form>(form.clone())),
            api.oracle_body_form(&of(form))
        );
    }
    for (case, text) in [("body-text", TEXT), ("body-text-empty", "")] {
        send!(
            url,
            case,
            |api| api.body_text(text),
            api.oracle_body_text(text.to_owned())
        );
    }
    for (case, bytes) in [
        ("body-bytes", b"\0\r\n\xff".to_vec()),
        ("body-bytes-empty", Vec::new()),
    ] {
        send!(
            url,
            case,
            |api| api.body_bytes(Upload::from(bytes.clone())),
            api.oracle_body_bytes(bytes.clone())
        );
    }
}

fn date() -> NaiveDate {
    of(json!("2024-02-29"))
}

fn time() -> DateTime<Utc> {
    of(json!("2024-02-29T23:59:59.120Z"))
}

/// The word that is hardest to encode.
fn word<T: DeserializeOwned>() -> T {
    of(json!("ümlaut/&"))
}

fn thing() -> Value {
    json!({
        "name": "n",
        "a b": 2.5,
        "note": "a \"note\"",
        "since": time(),
        "tags": ["a", TEXT],
        "words": {"b": "plain", "a": "ümlaut/&"},
        "inner": {"name": "m", "a b": -0.1}
    })
}

fn of<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("a value of the type")
}
