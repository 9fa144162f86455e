use serde_json::{Value, json};

use super::absent;
use crate::File;

/// An operation's file that has nothing but its method and path, and what is added to it.
fn operation(more: &str) -> File {
    File {
        path: "things/get.rs".to_owned(),
        contents: format!("fn request() {{ client.get(format!(\"{{}}/things\")) }} {more}"),
    }
}

fn types(code: &str) -> File {
    File {
        path: "types/thing.rs".to_owned(),
        contents: code.to_owned(),
    }
}

/// A document with `GET /things`, of which these are the fields.
fn document(fields: Value, schemas: Value) -> Value {
    json!({ "paths": { "/things": { "get": fields } }, "components": { "schemas": schemas } })
}

/// One whose answer is of a schema.
fn answer(schema: Value, schemas: Value) -> Value {
    document(
        json!({ "responses": { "default": { "content": { "application/json": { "schema": schema } } } } }),
        schemas,
    )
}

#[track_caller]
fn check(document: &Value, files: &[File], expect: &[&str]) {
    let mut found: Vec<_> = absent(document, files, &|_| false)
        .into_iter()
        .map(|fact| fact.what)
        .collect();
    found.sort();
    assert_eq!(found, expect, "{document}");
}

#[test]
fn operations_are_found_by_method_and_path() {
    let item = json!({ "get": {}, "trace": {}, "x-post": {} });
    let document = json!({ "paths": { "/a/{b}.{c}": item, "x-/d": { "get": {} } } });
    let file = |code: &str| [types(code)];
    check(
        &document,
        &file(r#"request(Method::TRACE, format!("{}/a/{}.{}", base)).get()"#),
        &[],
    );
    check(
        &document,
        &file(r#"get(format!("{base}/a/{b}.{c}"))"#),
        &["TRACE /a/{b}.{c}"],
    );
    check(
        &document,
        &file(r#"get(TRACE, "{}/a/{}")"#),
        &["GET /a/{b}.{c}", "TRACE /a/{b}.{c}"],
    );
}

#[test]
fn code_by_hand_does_not_count() {
    let mut file = operation("");
    for (path, expect) in [
        ("src/generated/things/get.rs", &[][..]),
        ("src/runtime/things.rs", &["GET /things"]),
        ("README.md", &["GET /things"]),
    ] {
        file.path = path.to_owned();
        check(&document(json!({}), json!({})), &[file.clone()], expect);
    }
}

#[test]
fn parameters_are_those_that_are_sent() {
    let parameter = |name: &str, place: &str| json!({ "name": name, "in": place });
    let parameters = json!([
        parameter("page", "query"),
        parameter("X-Trace", "header"),
        parameter("accept", "header"),
        parameter("elsewhere", "path"),
        { "$ref": "#/components/parameters/c" },
        { "$ref": "other.yaml" },
    ]);
    let document = json!({
        "paths": { "/things": { "get": { "parameters": parameters }, "parameters": [parameter("page", "query"), parameter("all", "query")] } },
        "components": { "parameters": { "c": parameter("c", "cookie") } },
    });
    let nothing = [
        "cookie parameter `c` of GET /things",
        "header parameter `X-Trace` of GET /things",
        "query parameter `all` of GET /things",
        "query parameter `page` of GET /things",
    ];
    check(&document, &[operation("struct Get { page: u8 }")], &nothing);
    let all = operation(r#"("page", "x-trace", "all", "c")"#);
    check(&document, &[all], &[]);
    let elsewhere = [operation(""), types(r#"("page", "x-trace", "all", "c")"#)];
    check(&document, &elsewhere, &nothing);
}

#[test]
fn statuses_are_arms_or_items() {
    let responses = json!({ "200": {}, "4xx": {}, "503": {}, "default": {}, "x-1": {} });
    let document = document(json!({ "responses": responses }), json!({}));
    check(
        &document,
        &[operation("")],
        &[
            "status `200` of GET /things",
            "status `4XX` of GET /things",
            "status `503` of GET /things",
        ],
    );
    let file = operation("match status { 200 => {} }\n/// - 4XX: no\n/// - 503\n");
    check(&document, &[file], &[]);
    let file = operation("match status { 200 | 400..=499 | 503 => {} }");
    check(&document, &[file], &[]);
}

#[test]
fn media_types_are_named_or_called_for() {
    let content = |types: &[&str]| -> Value {
        let types = types.iter().map(|name| ((*name).to_owned(), json!({})));
        json!({ "content": Value::Object(types.collect()) })
    };
    let body = content(&[
        "application/x-www-form-urlencoded",
        "text/csv; header=present",
    ]);
    let document = document(
        json!({ "requestBody": body, "responses": { "200": content(&["application/a+json"]), "404": content(&["text/html"]) } }),
        json!({}),
    );
    check(
        &document,
        &[operation("match status { 200 => {} 404 => {} }")],
        &[
            "media type `application/a+json` of GET /things",
            "media type `application/x-www-form-urlencoded` of GET /things",
            "media type `text/csv; header=present` of GET /things",
        ],
    );
    let file = operation("form(); answer.json(\"Text/CSV\"); match status { 200 => {} 404 => {} }");
    check(&document, &[file], &[]);
    let anything = self::document(
        json!({ "responses": { "200": content(&["*/*"]) } }),
        json!({}),
    );
    for call in ["stream", "json", "some_json", "text"] {
        let file = operation(&format!("match status {{ 200 => answer.{call}() }}"));
        check(&anything, &[file], &[]);
    }
}

#[test]
fn properties_are_those_of_schemas_that_operations_reach() {
    let object = |name: &str| json!({ "properties": { name: {} } });
    let schema = json!({
        "properties": { "own": { "$ref": "#/components/schemas/Deep" } },
        "allOf": [object("all")],
        "oneOf": [object("one")],
        "anyOf": [{ "type": "array", "items": object("item") }],
        "additionalProperties": object("additional"),
        "not": object("not"),
    });
    let document = answer(
        schema,
        json!({ "Deep": { "properties": { "deep": { "$ref": "#/components/schemas/Deep" } } }, "Unused": object("unused") }),
    );
    let names = ["additional", "all", "deep", "item", "one", "own"];
    let expect = names.map(|name| format!("property `{name}`"));
    let expect: Vec<_> = expect.iter().map(String::as_str).collect();
    check(&document, &[operation("")], &expect);
    let fields = names.map(|name| format!("{name}: u8")).join(",");
    check(&document, &[operation(&fields)], &[]);
}

#[test]
fn properties_are_found_together() {
    let schema =
        json!({ "type": "object", "properties": { "kind": {}, "first-name": {}, "id": {} } });
    let document = answer(schema, json!({}));
    let code = "#[serde(rename = \"first-name\")] first_name: A, kind: B";
    let apart = types("id: C, kind: B");
    check(
        &document,
        &[operation(""), types(code), apart.clone()],
        &["property `id`"],
    );
    let whole = types(&format!("{code}, id: C"));
    check(&document, &[operation(""), whole, apart], &[]);
}

#[test]
fn a_schema_may_become_two_types() {
    let properties =
        json!({ "id": { "readOnly": true }, "name": {}, "secret": { "writeOnly": true } });
    let document = answer(json!({ "properties": properties }), json!({}));
    let [sent, received] = ["name: A, secret: B", "id: C, name: A"].map(types);
    check(
        &document,
        &[operation(""), sent.clone(), received.clone()],
        &[],
    );
    check(&document, &[operation(""), sent], &["property `id`"]);
    check(
        &document,
        &[operation(""), received],
        &["property `secret`"],
    );
}

#[test]
fn a_discriminator_leads_to_children() {
    let parent = json!({ "$ref": "#/components/schemas/Parent" });
    let child = |name: &str| json!({ "allOf": [parent, { "properties": { name: {} } }] });
    let schemas = json!({
        "Parent": { "discriminator": { "propertyName": "kind", "mapping": { "b": "Mapped", "c": "#/components/schemas/Mapped" } } },
        "Child": child("child"),
        "Sibling": child("sibling"),
        "Mapped": { "properties": { "mapped": {} } },
    });
    check(
        &answer(parent.clone(), schemas.clone()),
        &[operation("")],
        &[
            "property `child`",
            "property `mapped`",
            "property `sibling`",
        ],
    );
    // Who asks for one child gets no other.
    check(
        &answer(json!({ "$ref": "#/components/schemas/Child" }), schemas),
        &[operation("")],
        &["property `child`"],
    );
}

/// Who asks for a child of a parent that lists them gets no sibling either.
#[test]
fn a_list_of_children_leads_to_siblings_from_the_parent_alone() {
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let child = |parent: &str, name: &str| json!({ "allOf": [reference(parent), { "properties": { name: {} } }] });
    let schemas = json!({
        "Parent": { "oneOf": [reference("Child"), reference("Grandchild"), reference("Stranger"), { "properties": { "other": {} } }] },
        "Stranger": { "properties": { "strange": {} } },
        "Child": child("Parent", "child"),
        "Middle": { "allOf": [reference("Parent")] },
        "Grandchild": child("Middle", "grandchild"),
    });
    check(
        &answer(reference("Child"), schemas.clone()),
        &[operation("")],
        &["property `child`", "property `other`"],
    );
    check(
        &answer(reference("Parent"), schemas),
        &[operation("")],
        &[
            "property `child`",
            "property `grandchild`",
            "property `other`",
            "property `strange`",
        ],
    );
}

#[test]
fn only_objects_have_properties() {
    let alternatives = json!([{ "properties": { "a": {} } }]);
    for (type_, missing) in [("array", &[][..]), ("object", &["property `a`"])] {
        let schema = json!({ "type": type_, "anyOf": alternatives });
        check(&answer(schema, json!({})), &[operation("")], missing);
    }
    let schema = json!({ "type": "boolean", "enum": [0.5] });
    check(&answer(schema, json!({})), &[operation("")], &[]);
}

#[test]
fn references_to_other_components_are_no_schemas() {
    let response = json!({ "description": "", "properties": { "a": {} } });
    let mut document = answer(json!({ "$ref": "#/components/responses/R" }), json!({}));
    document["components"]["responses"] = json!({ "R": response });
    check(&document, &[operation("")], &[]);
}

#[test]
fn a_discriminator_without_a_property_leads_nowhere() {
    let schemas = json!({
        "Parent": { "discriminator": { "propertyName": ["kind"] } },
        "Child": { "allOf": [{ "$ref": "#/components/schemas/Parent" }, { "properties": { "child": {} } }] },
    });
    let document = answer(json!({ "$ref": "#/components/schemas/Parent" }), schemas);
    check(&document, &[operation("")], &[]);
}

#[test]
fn referenced_content_has_only_keys_with_a_slash() {
    let content = json!({ "content": { "$ref": "#/components/schemas/Thing" } });
    let document = document(
        json!({ "responses": { "200": content } }),
        json!({ "Thing": { "type": {}, "image/png": {} } }),
    );
    check(
        &document,
        &[operation("200")],
        &["media type `image/png` of GET /things"],
    );
}

#[test]
fn a_webhook_has_a_method() {
    let content = json!({ "application/json": { "schema": { "properties": { "a": {} } } } });
    let webhook = json!({ "requestBody": { "content": content } });
    let document = |method: &str| json!({ "webhooks": { "made": { method: webhook } } });
    check(&document("post"), &[], &["property `a`"]);
    check(&document("posts"), &[], &[]);
}

#[test]
fn values_are_literals_or_in_docs() {
    let values = json!({ "enum": ["", "a", "b c", -1, 0.5, -7.5, true, null, {}] });
    let document = answer(values, json!({}));
    let expect = [
        "value `0.5`",
        "value `1`",
        "value `7.5`",
        "value ``",
        "value `a`",
        "value `b c`",
    ];
    check(&document, &[operation("")], &expect);
    let code = "/// `\"\"`, `b c`, `-7.5`\n fn f() { (\"a\", -1i64, 0.5) }";
    check(&document, &[operation(""), types(code)], &[]);
}

#[test]
fn unresolved_references_are_no_facts() {
    let schemas = json!({ "A": { "$ref": "#/components/schemas/B" }, "B": { "$ref": "#/components/schemas/A" } });
    for reference in ["#/components/schemas/A", "#/nowhere", "other.yaml#/A"] {
        let document = answer(json!({ "$ref": reference }), schemas.clone());
        check(&document, &[operation("")], &[]);
    }
    for odd in [
        json!(null),
        json!([]),
        json!({ "paths": [1] }),
        json!({ "paths": { "/a": 1 } }),
    ] {
        check(&odd, &[], &[]);
    }
}

#[test]
fn paths_are_the_same_with_escapes() {
    let document = json!({ "paths": { "/a\"/{b}": { "get": {} } } });
    check(
        &document,
        &[types(r#"get(format!("{}/a%22/{}", base))"#)],
        &[],
    );
}

/// What docs show differs in white space and in what can't be seen.
#[test]
fn values_in_docs() {
    let values = json!(["a`b", "c\nd", "<e>", "f\u{202e}g", "", -1.5]);
    let schema = json!({ "properties": { "p": { "enum": values } } });
    let document = answer(schema, json!({}));
    let docs = "/// One of ``a`b``, `c d`, `<e>`, `fg`, `\"\"`, `-1.5`.\nstruct S { p: f64 }";
    check(&document, &[operation(""), types(docs)], &[]);
    let docs = docs.replace("``a`b``", "`a`, `b`").replace("c d", "c e");
    let missing = absent(&document, &[operation(""), types(&docs)], &|_| false);
    let missing: Vec<_> = missing.iter().map(|fact| fact.what.as_str()).collect();
    assert_eq!(missing, ["value `a`b`", "value `c\nd`"]);
}

/// Of lists that apply together, the values in all of them are left.
#[test]
fn values_that_another_list_rules_out() {
    let list = |values: &[&str]| json!({ "enum": values });
    let kind = |values: &[&str]| json!({ "properties": { "kind": list(values) } });
    let both = |one, other| json!({ "allOf": [{ "$ref": "#/components/schemas/X" }, other, one] });
    let schemas = json!({ "X": { "description": "any" } });
    let is_missing = |schema| {
        let document = answer(schema, schemas.clone());
        let code = types(r#"struct S { kind: K } "b""#);
        absent(&document, &[operation(""), code], &|_| false).len()
    };
    assert_eq!(is_missing(both(list(&["a", "b"]), list(&["b", "c"]))), 0);
    assert_eq!(is_missing(both(kind(&["a", "b"]), kind(&["b"]))), 0);
    assert_eq!(is_missing(both(kind(&["a", "b"]), list(&["b"]))), 1);
    assert_eq!(is_missing(both(list(&["a"]), list(&["b"]))), 1);
    let mut chosen = list(&["b", "d"]);
    chosen["oneOf"] = json!([list(&["a", "b"]), list(&["c"])]);
    assert_eq!(is_missing(chosen), 1);
}

/// Of any media type, what is a string is text or bytes.
#[test]
fn values_of_any_media_type() {
    for (type_, expected) in [("string", 0), ("object", 1)] {
        let schema = json!({ "type": type_, "enum": ["a"] });
        let content = json!({ "image/*": { "schema": schema } });
        let responses = json!({ "200": { "content": content } });
        let document = document(json!({ "responses": responses }), json!({}));
        let code = operation("200 stream");
        assert_eq!(absent(&document, &[code], &|_| false).len(), expected);
    }
}

/// Of what is received, only JSON is decoded.
#[test]
fn properties_of_received_forms() {
    let schema = json!({ "type": "object", "properties": { "a": {} } });
    for (media_type, expected) in [("multipart/form-data", 0), ("application/json", 1)] {
        let content = json!({ media_type: { "schema": schema } });
        let responses = json!({ "200": { "content": content } });
        let document = document(json!({ "responses": responses }), json!({}));
        let code = operation(&format!("200 {media_type}"));
        assert_eq!(absent(&document, &[code], &|_| false).len(), expected);
    }
}

/// What is lost of a property is lost of all schemas that describe it.
#[test]
fn schemas_beside_a_lost_one() {
    let schema = json!({ "allOf": [
        { "properties": { "p": { "allOf": [{ "type": "string" }, { "type": "object" }] } } },
        { "properties": { "p": { "enum": ["a"] } } },
    ] });
    let document = answer(
        json!({ "$ref": "#/components/schemas/X" }),
        json!({ "X": schema }),
    );
    let files = [operation(""), types("struct S { p: P }")];
    let lost = |reported: &str| absent(&document, &files, &|at| at.as_str() == reported).len();
    assert_eq!(lost(""), 1);
    assert_eq!(
        lost("/components/schemas/X/allOf/0/properties/p/allOf/1/type"),
        0
    );
}

#[test]
fn additional_properties_are_located() {
    let additional = json!({ "properties": { "a": {} }, "type": "object" });
    let document = answer(json!({ "additionalProperties": additional }), json!({}));
    let schema = "/paths/~1things/get/responses/default/content/application~1json/schema";
    let lost =
        |reported: &str| absent(&document, &[operation("")], &|at| at.as_str() == reported).len();
    assert_eq!(lost(&format!("{schema}/additionalProperties")), 0);
    assert_eq!(
        lost(&format!("{schema}/properties/additionalProperties")),
        1
    );
}

#[test]
fn reported_losses_are_not_missing() {
    let schema =
        json!({ "allOf": [{ "type": "object", "properties": { "a": {} } }, { "type": "string" }] });
    let document = answer(
        json!({ "$ref": "#/components/schemas/X" }),
        json!({ "X": schema }),
    );
    let lost =
        |reported: &str| absent(&document, &[operation("")], &|at| at.as_str() == reported).len();
    assert_eq!(lost("/components/schemas/Y"), 1);
    assert_eq!(lost("/components/schemas/X/allOf/1/type"), 0);
    assert_eq!(lost("/paths/~1things/get/responses/default"), 0);
    let content = "/paths/~1things/get/responses/default/content/application~1json";
    assert_eq!(lost(content), 0);
}

#[test]
fn answers_to_head_have_no_body() {
    let responses = json!({ "200": { "content": { "image/*": {} } } });
    let document = json!({ "paths": { "/things": { "head": { "responses": responses } } } });
    check(
        &document,
        &[types(r#"head(format!("{}/things")) 200"#)],
        &[],
    );
}
