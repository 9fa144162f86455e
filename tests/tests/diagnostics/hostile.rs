//! Hostile texts: each gives a diagnostic quickly.

use generator::{Diagnostics, Options, Source, generate};
use openapi::check::check;
use openapi::load;
use openapiv3::OpenAPI;
use serde_json::{Value, json};

#[test]
fn deep_nesting_is_refused() {
    for (name, text) in [
        ("flow.yaml", "[".repeat(200_000)),
        ("flow-map.yaml", "{a: ".repeat(200_000)),
        ("block.yaml", "- ".repeat(200_000)),
        ("array.json", "[".repeat(200_000)),
        ("object.json", r#"{"a":"#.repeat(200_000)),
    ] {
        refused_by(name, text, "too-deep");
    }
}

/// They are refused where they become too many: each would take hundreds of bytes of memory.
#[test]
fn too_many_values_are_refused() {
    for value in ["1", "[]", " { }", r#""[\",""#, r#"[{"a": 1}]"#] {
        let values = format!("{value},").repeat(5_000_000);
        let text = format!(r#"{{"openapi": "3.0.3", "x-list": [{values}1]}}"#);
        refused_by("list.json", text, "too-large");
    }
    let commas = format!(r#"{{"x-text": "{}"}}"#, "[,".repeat(5_000_000));
    load(&Source::new("text.json".to_owned(), commas)).unwrap();
}

#[test]
fn accepted_depths_are_read_by_openapiv3() {
    for keyword in ["not", "items", "additionalProperties"] {
        let nested = |depth| {
            let schema = |inner, _| json!({"type": "object", keyword: inner, "properties": {}});
            let schema = (1..depth).fold(json!({}), schema);
            load(&with_schemas(json!({"deep": schema}))).unwrap()
        };
        let document = nested(24);
        assert!(!has_rule(&check(&document), "too-deep"), "{keyword}");
        serde_json::from_value::<OpenAPI>(document.value).unwrap();
        assert!(has_rule(&check(&nested(25)), "too-deep"), "{keyword}");
    }
}

#[test]
fn alias_bombs_are_refused() {
    let mut laughs = "a0: &a0 lol\n".to_owned();
    for level in 1..60 {
        let previous = level - 1;
        laughs += &format!("a{level}: &a{level} [*a{previous}, *a{previous}, *a{previous}]\n");
    }
    refused_by("laughs.yaml", laughs, "too-");

    let list = "1, ".repeat(50_000);
    let wide = format!("a: &a [{list}]\nb: [{}]\n", "*a, ".repeat(50_000));
    refused_by("wide.yaml", wide, "too-large");

    refused_by("itself.yaml", "a: &a [*a]\n".to_owned(), "recursive-alias");
}

#[test]
fn repeated_composition_takes_no_exponential_time() {
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let mut schemas = serde_json::Map::new();
        for level in 0..300 {
            let next = json!({"$ref": format!("#/components/schemas/s{}", level + 1)});
            schemas.insert(
                format!("s{level}"),
                json!({keyword: [next, next], "example": 1}),
            );
        }
        schemas.insert("s300".to_owned(), json!({"type": "string"}));
        answered(&with_schemas(Value::Object(schemas)));
    }
}

#[test]
fn trees_of_choices_take_no_exponential_time() {
    let tree = json!({"$ref": "#/components/schemas/tree"});
    let branch = json!({"anyOf": [tree, tree, tree], "oneOf": [tree, {"type": "string"}]});
    let example = (0..40).fold(json!({"x": 1}), |inner, _| json!({"branch": inner}));
    answered(&with_schemas(json!({
        "tree": {"type": "object", "properties": {"branch": branch, "x": {"type": "string"}}, "example": example},
    })));
}

#[test]
fn conjunctions_of_objects_take_no_exponential_time() {
    let own = |name: &str| {
        let both = |first: &str, second: &str| {
            let refer = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
            json!({"allOf": [refer(first), refer(second)]})
        };
        json!({"type": "object", "properties": {
            name: {"type": "string"}, "left": both("a", "b"), "right": both("b", "a"), "list": {"items": both("a", "b")},
        }})
    };
    answered(&with_schemas(json!({"a": own("a"), "b": own("b")})));
}

#[test]
fn long_chains_of_references_end() {
    let mut schemas = serde_json::Map::new();
    for level in 0..1000 {
        let next = format!("#/components/schemas/s{}", level + 1);
        schemas.insert(format!("s{level}"), json!({"$ref": next}));
    }
    schemas.insert(
        "s1000".to_owned(),
        json!({"allOf": [{"$ref": "#/components/schemas/s0"}]}),
    );
    answered(&with_schemas(Value::Object(schemas)));
}

#[test]
fn choices_of_long_compositions_take_no_quadratic_time() {
    const COUNT: usize = 30_000;
    let refer = |index| json!({"$ref": format!("#/components/schemas/s{index}")});
    let composed = |index| json!({"allOf": [refer(index + 1)]});
    let names = (0..COUNT).map(|index| (format!("s{index}"), composed(index)));
    let mut schemas: serde_json::Map<_, _> = names.collect();
    schemas.insert(format!("s{COUNT}"), json!({"type": "string"}));
    let alternatives: Vec<_> = (0..COUNT).map(refer).collect();
    schemas.insert("any".to_owned(), json!({"anyOf": alternatives}));
    check(&load(&with_schemas(Value::Object(schemas))).unwrap());
}

#[test]
fn many_properties_under_conditions_take_no_quadratic_time() {
    let properties = |from: usize| {
        let names = (from..from + 100_000).map(|index| (format!("p{index}"), json!(true)));
        names.collect::<serde_json::Map<_, _>>()
    };
    let schema = json!({"if": {}, "then": {"properties": properties(0)}, "else": {"properties": properties(50_000)}});
    let text = with_schemas(json!({"a": schema}))
        .text
        .replace("3.0.3", "3.1.0");
    check(&load(&Source::new("document.json", text)).unwrap());
}

#[test]
fn anchors_of_one_name_take_no_quadratic_time() {
    let own = |index| json!({"$id": format!("b{index}"), "$anchor": "a", "$ref": "#a"});
    let names = (0..40_000).map(|index| (format!("d{index}"), own(index)));
    let schema = json!({"$defs": names.collect::<serde_json::Map<_, _>>()});
    let text = with_schemas(json!({"a": schema}))
        .text
        .replace("3.0.3", "3.1.0");
    load(&Source::new("document.json", text)).unwrap();
}

#[test]
fn backtracking_patterns_end() {
    answered(&with_schemas(json!({
        "slow": {"type": "string", "pattern": "^(a+)+$", "example": "a".repeat(60) + "!"},
    })));
}

#[test]
fn thousands_of_mistakes_are_all_reported() {
    let mut schemas = serde_json::Map::new();
    for index in 0..5000 {
        schemas.insert(format!("s{index}"), json!({"tpye": "string"}));
    }
    let source = with_schemas(Value::Object(schemas));
    let found = check(&load(&source).unwrap());
    assert_eq!(found.len(), 5000);
    let text = Diagnostics::from_found(found)
        .unwrap_err()
        .render(&source, false);
    assert!(text.contains("5000 errors in document.json"));
}

fn has_rule(found: &[openapi::Diagnostic], rule: &str) -> bool {
    found.iter().any(|diagnostic| diagnostic.rule == rule)
}

#[track_caller]
fn refused_by(name: &str, text: String, rule: &str) {
    let name = name.to_owned();
    let source = Source::new(name, text);
    let found = load(&source).unwrap_err();
    let first = found.iter().next().unwrap();
    assert!(
        first.rule.starts_with(rule),
        "{}",
        found.render(&source, false)
    );
    assert!(found.render(&source, false).len() < 2000);
}

#[track_caller]
fn answered(source: &Source) {
    if let Err(found) = generate(source, &Options::default()) {
        found.render(source, false);
    }
}

/// A document with an operation that answers with all of the schemas.
fn with_schemas(schemas: Value) -> Source {
    let names = schemas.as_object().unwrap().keys();
    let reference = |name| json!({"$ref": format!("#/components/schemas/{name}")});
    let properties: serde_json::Map<_, _> =
        names.map(|name| (name.clone(), reference(name))).collect();
    let content = json!({"application/json": {"schema": {"properties": properties}}});
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"get": {"operationId": "a", "responses": {"200": {"description": "ok", "content": content}}}}},
        "components": {"schemas": schemas},
    });
    Source::new("document.json", document.to_string())
}
