//! The positions of differences.

use crate::{compared, document, findings};

#[test]
fn a_difference_in_a_shared_schema_is_reported_once() {
    let thing = "responses: { '200': { content: { a/b: { schema: { $ref: '#/components/schemas/T' } } } } }";
    let document = |kind: &str| {
        format!(
            "openapi: 3.0.3\npaths:\n  /a: {{ get: {{ operationId: a, {thing} }} }}\n  /b: {{ get: {{ operationId: b, {thing} }} }}\ncomponents: {{ schemas: {{ T: {{ type: object, properties: {{ p: {{ type: {kind} }} }} }} }} }}\n"
        )
    };
    let comparison = compared(&document("string"), &document("integer"));
    let [finding] = comparison.findings.as_slice() else {
        panic!("{:?}", findings(&comparison));
    };
    assert_eq!(finding.operations(), ["a", "b"]);
    assert_eq!(
        finding.fragment.pointer.as_str(),
        "/components/schemas/T/properties/p/type"
    );
    assert_eq!(
        finding.places[1].pointer.as_str(),
        "/responses/200/content/a~1b/schema/properties/p"
    );
}

#[test]
fn a_difference_of_a_whole_shared_schema_points_to_it() {
    let property = |name: &str| format!("{name}: {{ $ref: '#/components/schemas/T' }}");
    let operation = format!(
        "responses: {{ '200': {{ content: {{ a/b: {{ schema: {{ type: array, items: {{ type: object, properties: {{ {} }} }} }} }} }} }} }}",
        property("p")
    );
    let other = format!(
        "responses: {{ '200': {{ content: {{ a/b: {{ schema: {{ type: object, properties: {{ {} }} }} }} }} }} }}",
        property("p")
    );
    let paths = |schema: &str| {
        format!(
            "openapi: 3.0.3\npaths:\n  /b: {{ get: {{ operationId: b, {other} }} }}\n  /a: {{ get: {{ operationId: a, {operation} }} }}\ncomponents: {{ schemas: {{ T: {schema} }} }}\n"
        )
    };
    for changed in [
        "{ type: string, nullable: true }",
        "{ type: string, enum: [a] }",
    ] {
        let comparison = compared(&paths("{ type: string }"), &paths(changed));
        let [finding] = comparison.findings.as_slice() else {
            panic!("{:?}", findings(&comparison));
        };
        assert_eq!(finding.operations(), ["a", "b"]);
        assert_eq!(finding.fragment.pointer.as_str(), "/components/schemas/T");
    }
}

#[test]
fn a_missing_field_points_to_its_object() {
    let parameter = |required: &str| {
        let operation =
            format!("parameters: [{{ name: q, in: query{required} }}]\nresponses: {{}}");
        document(&operation, "schemas: {}")
    };
    let comparison = compared(&parameter(""), &parameter(", required: true"));
    let finding = &comparison.findings[0];
    let at = "/paths/~1things~1{id}/get/parameters/0";
    assert_eq!(finding.fragment.pointer.as_str(), at);
    assert_eq!(finding.upstream.pointer.as_str(), format!("{at}/required"));
}

#[test]
fn a_difference_points_to_its_keyword() {
    let fragment = document(
        "parameters:\n- name: q\n  in: query\n  schema:\n    type: integer\n    maximum: 9\nresponses: {}",
        "schemas: {}",
    );
    let upstream = fragment.replace("maximum: 9", "maximum: 8");
    let comparison = compared(&fragment, &upstream);
    let finding = &comparison.findings[0];
    for (text, side) in [
        (&fragment, &finding.fragment),
        (&upstream, &finding.upstream),
    ] {
        assert_eq!(&text[side.span.start..side.span.end], "maximum");
    }
    assert_eq!(
        finding.places[0].pointer.as_str(),
        "/parameters/query/q/schema/maximum"
    );
    assert_eq!(
        finding.message,
        "`q` has `maximum: 8` upstream, but `maximum: 9` here"
    );
}

#[test]
fn an_implied_format_points_to_its_keyword() {
    let body = |format: &str| {
        let operation = format!(
            "responses: {{ '200': {{ content: {{ a/b: {{ schema: {{ type: integer{format} }} }} }} }} }}"
        );
        document(&operation, "schemas: {}")
    };
    let (implied, other) = (body(", format: int64"), body(", format: int32"));
    let comparison = compared(&implied, &other);
    let [finding] = comparison.findings.as_slice() else {
        panic!("{:?}", findings(&comparison));
    };
    assert!(
        finding
            .message
            .ends_with(" has `int32` upstream, but `int64` here"),
        "{}",
        finding.message
    );
    assert!(
        finding
            .fragment
            .pointer
            .as_str()
            .ends_with("/schema/format")
    );

    let finding = &compared(&other, &implied).findings[0];
    assert_eq!(finding.upstream.summary, "`int64`");
    assert!(
        finding
            .upstream
            .pointer
            .as_str()
            .ends_with("/schema/format")
    );
    assert_eq!(findings(&compared(&implied, &body(""))), [""; 0]);
}

#[test]
fn an_empty_property_name_is_shown() {
    let body = |properties: &str| {
        let operation = format!(
            "responses: {{ '200': {{ content: {{ a/b: {{ schema: {{ type: object, properties: {{ {properties} }} }} }} }} }} }}"
        );
        document(&operation, "schemas: {}")
    };
    let comparison = compared(&body("a: {}"), &body("a: {}, '': {}"));
    assert_eq!(
        comparison.findings[0].message,
        "upstream has a property `\"\"`"
    );
}
