//! Texts that are no documents: syntax errors, and values that JSON does not have.

use super::{rejection, rejects};

rejects! {
    empty_text: "",
    not_yaml: "
openapi: 3.0.3
info: {title: t, version: \"1\"
paths: {}
",
    tab_indentation: "openapi: 3.0.3\ninfo:\n\ttitle: t\n",
    wrong_indentation: "
openapi: 3.0.3
info:
    title: t
  version: \"1\"
",
    quote_in_quotes: "
openapi: 3.0.3
info:
  title: 'It's here'
",
    unknown_anchor: "
openapi: 3.0.3
info: *info
",
    special_character: "
openapi: 3.0.3
info:
  title: @t
",
    null_character: "openapi: 3.0.3\ninfo: \u{0}\n",
    duplicate_keys: "
openapi: 3.0.3
info:
  title: t
  version: \"1\"
  title: T
paths:
  /a:
    get:
      responses: {\"200\": {description: one}, 200: {description: two}}
    get: {}
",
    duplicate_key_beyond_ascii: "
openapi: 3.0.3
info: {title: 'größer – ⚙', version: \"1\", 'é': 1, 'é': 2}
",
    duplicate_key_among_others: "
openapi: 3.0.3
info: {title: t, version: \"1\", version: 2}
paths:
  /a:
    get: {operationId: a, responses: {\"200\": {description: ok}}, deprecated: 1}
    get: {operationId: a, sumary: s}
  /b:
    get: {operationId: b, sumary: s, responses: {\"200\": {description: ok}}}
",
    unrepresentable_numbers: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths: {}
x-a: .inf
x-b: -.INF
x-c: .nan
x-d: 1e999
x-e: 123456789012345678901234567890
x-fits: [18446744073709551615, -9223372036854775808, 0123456789012345678901234567890]
x-text: [!!str 18446744073709551616, !!str .inf]
",
}

#[test]
fn invalid_json() {
    insta::assert_snapshot!(rejection(
        "document.json",
        "{\n  \"openapi\": \"3.0.3\",\n}\n"
    ));
}

#[test]
fn json_by_its_name() {
    insta::assert_snapshot!(rejection("document.json", "openapi: 3.0.3\n"));
}

#[test]
fn duplicate_keys_in_json() {
    let text = "{\"openapi\": \"3.0.3\", \"info\": {\"a\\u0062\": \"\\\"}\", \"ab\": 1}, \"openapi\": 1e5}";
    insta::assert_snapshot!(rejection("document.yaml", text));
}

#[test]
fn unrepresentable_number_in_json() {
    let text = "{\"openapi\": \"3.0.3\", \"info\": {\"title\": \"t\", \"version\": \"1\"}, \"paths\": {},\n\"x-a\": [1.5, 18446744073709551616, -1e3]}";
    insta::assert_snapshot!(rejection("document.json", text));
}

#[test]
fn long_lines_are_cut() {
    let filler = "\"x-é\": \"\", ".replace("\"\"", &format!("\"{}\"", "ü".repeat(500)));
    let text = format!(
        "{{\"openapi\": \"3.0.3\", {filler}\"inf\": 1, \"x-end\": \"{}\"}}",
        "z".repeat(500)
    );
    insta::assert_snapshot!(rejection("document.json", &text));
}

#[test]
fn byte_order_mark_and_line_ends_of_windows() {
    for name in ["document.yaml", "document.json"] {
        let text =
            "\u{feff}{\r\n  \"openapi\": \"3.0.3\",\r\n  \"inof\": {},\r\n  \"paths\": {}\r\n}\r\n";
        let rejection = rejection(name, text);
        assert!(
            rejection.contains(&format!("--> {name}:3:3")),
            "{rejection}"
        );
    }
    let rejection = rejection("document.yaml", "\u{feff}openapi: 3.0.3\r\ninof: 1\r\n");
    assert!(rejection.contains("--> document.yaml:2:1"), "{rejection}");
}

#[test]
fn colours_only_on_request() {
    let source = generator::Source::new("document.yaml", "openapi: \"\\e[31m2\"\n");
    let found = super::find(&source).unwrap_err();
    assert!(found.render(&source, true).contains('\u{1b}'));
    assert!(!found.render(&source, false).contains('\u{1b}'));
}
