//! The parts of a URL's query that parameters add.

use serde_json::json;

use super::*;

/// The query of a parameter, if it adds any.
#[track_caller]
fn query(add: impl FnOnce(Query) -> Result<Query, Error>) -> String {
    let url = add(Query::new()).unwrap().append_to("http://localhost/");
    let query = url.strip_prefix("http://localhost/").unwrap().to_owned();
    // The HTTP client sends it as it is.
    let sent = reqwest::Url::parse(&url).unwrap();
    assert_eq!(sent.query(), query.strip_prefix('?'), "{url}");
    query
}

#[test]
fn absent() {
    for value in [
        json!(null),
        json!([]),
        json!({}),
        json!([null]),
        json!({"a": null}),
    ] {
        assert_eq!(query(|query| query.form("n", &value)), "", "{value}");
        let joined = query(|query| query.joined("n", &value, Delimiter::Comma));
        assert_eq!(joined, "", "{value}");
        assert_eq!(query(|query| query.deep_object("n", &value)), "", "{value}");
    }
    assert_eq!(query(|query| query.json("n", &None::<u8>)), "");
    assert_eq!(query(Ok), "");
}

#[test]
fn scalars() {
    for (value, expected) in [
        (json!(30), "?n=30"),
        (json!(-1.5), "?n=-1.5"),
        (json!(true), "?n=true"),
        (json!("a b&c=d+é"), "?n=a%20b%26c%3Dd%2B%C3%A9"),
        (json!(["x", null, "y"]), "?n=x&n=y"),
    ] {
        assert_eq!(query(|query| query.form("n", &value)), expected);
    }
    assert_eq!(query(|query| query.form("a[b]", &1)), "?a%5Bb%5D=1");
}

/// Separators are encoded within an item.
#[test]
fn delimiters_within_items() {
    for (delimiter, expected) in [
        (Delimiter::Comma, "?n=a%2Cb,c%20d%7Ce"),
        (Delimiter::Space, "?n=a%2Cb%20c%20d%7Ce"),
        (Delimiter::Pipe, "?n=a%2Cb%7Cc%20d%7Ce"),
    ] {
        let value = ["a,b", "c d|e"];
        assert_eq!(
            query(|query| query.joined("n", &value, delimiter)),
            expected
        );
    }
}

#[test]
fn reserved_characters() {
    let value = ["/a?b:[c]@!$&()*+,;=%2F", "#% d"];
    assert_eq!(
        query(|query| query.form_reserved("n", &value)),
        "?n=/a?b:[c]@!$&()*+,;=%2F&n=%23%25%20d"
    );
    assert_eq!(
        query(|query| query.joined_reserved("n", &value, Delimiter::Pipe)),
        "?n=/a?b:[c]@!$&()*+,;=%2F%7C%23%25%20d"
    );
}

#[test]
fn deep_objects() {
    for (value, expected) in [
        (json!({"a": 1}), "n[a]=1"),
        (json!({"a": {"b": {"c": "d"}}, "e": null}), "n[a][b][c]=d"),
        (json!({"a": [1, null, 2]}), "n[a]=1&n[a]=2"),
        (
            json!({"a": [{"b": 1}, {"b": 2}]}),
            "n[a][0][b]=1&n[a][1][b]=2",
        ),
        (json!({"a": [[1, 2], 3]}), "n[a][0]=1&n[a][0]=2&n[a][1]=3"),
        (json!([1, 2]), "n[]=1&n[]=2"),
        (json!([{"b": 1}]), "n[0][b]=1"),
        (json!(1), "n=1"),
    ] {
        let found = query(|query| query.deep_object("n", &value));
        let expected = expected.replace('[', "%5B").replace(']', "%5D");
        assert_eq!(found, format!("?{expected}"), "{value}");
    }
    let hostile = json!({"a]&b=[": "c&d"});
    assert_eq!(
        query(|query| query.deep_object("n", &hostile)),
        "?n%5Ba%5D%26b%3D%5B%5D=c%26d"
    );
}

#[test]
fn content() {
    assert_eq!(
        query(|query| query.json("where", &json!({"a": [1, {}]}))),
        "?where=%7B%22a%22%3A%5B1%2C%7B%7D%5D%7D"
    );
}

#[test]
fn nested() {
    for value in [json!([["x"]]), json!({"a": {"b": 1}})] {
        for error in [
            Query::new().form("n", &value).err(),
            Query::new().joined("n", &value, Delimiter::Comma).err(),
        ] {
            let error = error.unwrap();
            assert!(error.is_invalid_request());
            assert!(error.to_string().starts_with("argument `n` "), "{error}");
        }
    }
}

#[test]
fn the_query_of_a_url_is_kept() {
    for (url, expected) in [
        ("http://a/b", "http://a/b?n=1&m=2"),
        ("http://a/b?", "http://a/b?n=1&m=2"),
        ("http://a/b?c", "http://a/b?c&n=1&m=2"),
        ("http://a/b?c=d&", "http://a/b?c=d&n=1&m=2"),
        ("http://a/#c=d", "http://a/?n=1&m=2#c=d"),
    ] {
        let query = Query::new().form("n", &1).unwrap().form("m", &2).unwrap();
        assert_eq!(query.append_to(url), expected);
        assert_eq!(Query::new().append_to(url), url);
    }
}

/// Time and memory are linear in the length of the query.
#[test]
fn many_values() {
    let values: Vec<u32> = (0..100_000).collect();
    let query = Query::new().form("n", &values).unwrap();
    assert_eq!(query.append_to("").matches("n=").count(), 100_000);
}
