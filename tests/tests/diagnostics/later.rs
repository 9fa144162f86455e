//! OpenAPI 3.1: its own fields, those with an equivalent in 3.0, and those without a type.

use generator::{File, Options, Source, generate};
use openapi::check::check;
use openapi::load;
use openapi::report::Finding;

use super::{accepts, rejects};

rejects! {
    misspelt_fields: "
openapi: 3.1.0
info: {title: t, summry: s, version: \"1\", license: {name: a, identifer: MIT}}
jsonSchemaDialct: https://json-schema.org/draft/2020-12/schema
webhook: {}
components:
  pathItem: {}
  schemas:
    a: {type: [strng, 'null'], exampels: [a]}
    b: {type: object, patternPropertys: {}, if: {requierd: [a]}}
    c: {$ref: '#/components/schemas/a', descripton: b}
    d: {anyOf: [{typ: string}, {type: 'null'}]}
  securitySchemes: {a: {type: mutualTSL}}
",
    wrong_types: "
openapi: 3.1.1
info: {title: t, version: \"1\"}
components:
  schemas:
    a: {exclusiveMinimum: \"1\", examples: a, nullable: 1}
    b: {prefixItems: {}, dependentRequired: {a: b}, minContains: -1}
    c: {type: [], properties: {a: 1}}
    d: {items: [{type: string}]}
",
    outdated_keywords: "
openapi: 3.1.0
info: {title: t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  schemas:
    a: {type: string, nullable: true}
    b: {type: integer, minimum: 0, exclusiveMinimum: true}
    c: {type: integer, maximum: 9, exclusiveMaximum: false}
",
    definitions_of_schemas_around: "
openapi: 3.1.0
info: {title: t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/a'}}}}}}}}
components:
  schemas:
    a:
      $defs: {b: {$defs: {c: {type: integer}}, $ref: '#/$defs/c'}, c: {type: string}}
      properties: {b: {$ref: '#/$defs/b'}, c: {$ref: '#/$defs/c'}, d: {$ref: '#/$defs/d'}}
    b:
      $defs: {c: {type: object, required: [k], properties: {k: {type: string}}}}
      oneOf: [{$ref: '#/$defs/c'}]
      discriminator: {propertyName: k, mapping: {c: '#/$defs/c', d: '#/$defs/d'}}
",
    lone_null: "
openapi: 3.1.0
info: {title: t, version: \"1\"}
components:
  schemas:
    a: {type: 'null', oneOf: [{type: number}, {type: boolean}]}
    b: {type: ['null'], properties: {c: {type: string}}}
    c: {type: 'null', description: nothing}
",
    older_drafts: "
openapi: 3.1.0
info: {title: t, version: \"1\"}
components:
  schemas:
    a: {type: array, items: {}, additionalItems: false}
    b: {dependencies: {a: [b]}, id: a}
",
    lost_keywords: "
openapi: 3.1.0
info: {title: t, version: \"1\"}
components:
  schemas:
    a:
      type: object
      properties: {kind: {type: string}}
      if: {properties: {kind: {const: b}}}
      then: {required: [size]}
      dependentRequired: {kind: [size]}
      dependentSchemas: {kind: {properties: {size: {type: integer}}}}
    b:
      allOf: [{$ref: '#/components/schemas/a'}]
      unevaluatedProperties: false
    c: {not: {required: [a]}, propertyNames: {pattern: a}}
    d: {type: array, contains: {type: string}, minContains: 2}
    e: {type: array, prefixItems: [{type: string}, {type: integer}]}
    f: {type: object, patternProperties: {^a: {type: string}}}
    g: {type: string, contentMediaType: application/json, contentSchema: {type: object}}
    h: {anyOf: [{type: array, unevaluatedItems: false}, {type: 'null'}]}
",
    moved_values: "
openapi: 3.1.0
info: {title: t, version: \"1\"}
components:
  schemas:
    a: {anyOf: [{type: 'null'}, {type: string, maxLength: 1, minLength: 2}]}
    b: {type: [integer, boolean], exclusiveMinimum: 3, maximum: 3}
    c: {type: integer, const: a}
    d: {type: string, examples: [a, 1]}
    e: {type: array, prefixItems: [{type: string, pattern: '('}]}
    f: {$ref: '#/components/schemas/d', default: 1}
    g: {anyOf: [{$ref: '#/components/schemas/z'}, {type: 'null'}]}
",
    references_by_names_of_none_or_several: "
openapi: 3.1.0
info: {title: t, version: \"1\"}
components:
  schemas:
    a: {$anchor: here, $id: 'https://example.com/a', type: object}
    b: {$anchor: here, $id: 'https://example.com/b', type: object}
    c: {$ref: '#here'}
    d: {$ref: 'https://example.com/d'}
    e: {$ref: 'https://example.com/a#/properties'}
    f: {$ref: 'https://example.com/a#there'}
    g: {$dynamicAnchor: node, type: array, items: {$dynamicRef: '#node'}}
    h: {$dynamicAnchor: node, type: object, default: {$id: 'https://example.com/d', $anchor: there}}
    i: {$id: 'https://example.com/i', type: object}
    j: {$id: i, $anchor: j, allOf: [{$ref: 'https://example.com/i'}]}
    k: {$id: '/i', $ref: 'https://example.com/i#j'}
    l: {$id: 'https://example.com/l/', type: object, properties: {m: {$id: ../i}, n: {$ref: ../i}}}
",
    references_into_moved_values: "
openapi: 3.1.0
info: {title: t, version: \"1\"}
components:
  schemas:
    a: {if: {type: string}}
    b: {$ref: '#/components/schemas/a/if'}
    c: {$ref: '#/components/schemas/d/anyOf/2'}
    d: {anyOf: [{type: string}, {type: 'null'}, {type: integer}]}
",
}

#[test]
fn features_of_3_1_are_accepted() {
    accepts(
        "
openapi: 3.1.1
info: {title: t, summary: s, version: \"1\", license: {name: MIT, identifier: MIT}}
jsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base
webhooks: {created: {post: {operationId: b, requestBody: {$ref: '#/components/requestBodies/a'}}}}
paths: {/a: {$ref: '#/components/pathItems/a'}}
components:
  pathItems:
    a: {get: {operationId: a, responses: {\"200\": {$ref: '#/components/responses/a', description: mine}}}}
  requestBodies: {a: {content: {application/json: {schema: true}}}}
  responses: {a: {description: ok}}
  securitySchemes: {a: {type: mutualTLS}}
  schemas:
    a: {type: [string, 'null'], const: a, examples: [a], $comment: b}
    b: {$ref: '#/components/schemas/a', description: mine, examples: [a]}
    c: {type: integer, exclusiveMinimum: 0, exclusiveMaximum: 9}
    d: {type: string, contentEncoding: base64, contentMediaType: image/png}
    e: {type: array, prefixItems: [{type: string}], items: false}
    f: {type: object, properties: {a: true, b: false}, unevaluatedProperties: false}
    g: {type: object, propertyNames: {type: string}, additionalProperties: true}
    h: {type: [string, integer, 'null'], maxLength: 3, maximum: 9}
    i: {type: 'null'}
    j: {type: array}
",
    );
}

/// The code of a document of 3.1 with these schemas, of which the operation answers with `A`.
fn code(schemas: &str) -> Vec<File> {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths: {{/a: {{get: {{operationId: a, responses: {{'200': \
         {{description: ok, content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}}}}}}}}}\n\
         components:\n  schemas:\n{schemas}"
    );
    let source = Source::new("document.yaml", text);
    match generate(&source, &Options::strict()) {
        Ok(output) => output.files,
        Err(found) => panic!("{}", found.render(&source, false)),
    }
}

#[test]
fn references_by_name_are_pointers() {
    let by_name = code(
        "
    A:
      $id: https://example.com/schemas/a
      type: object
      properties:
        itself: {$ref: '#'}
        anchored: {$ref: '#named'}
        of_another: {$ref: '#of-b'}
        elsewhere: {$ref: 'b#of-b'}
        relative: {$ref: ./b}
        absolute: {$ref: 'https://example.com/schemas/b#'}
        into: {$ref: 'https://example.com/schemas/b#/$defs/e'}
        own: {$ref: '#/$defs/e'}
        of_document: {$ref: '#/components/schemas/D'}
        $id: {type: string}
      $defs: {e: {type: boolean}}
    B: {$id: b, type: object, properties: {size: {$ref: e/f}}, $anchor: b, $defs: {e: {type: integer}}}
    C: {$id: 'https://example.com/schemas/b', type: object, $anchor: of-b, $defs: {e: {type: integer}}}
    D: {$anchor: named, type: array, items: {$dynamicRef: '#node'}}
    E: {$dynamicAnchor: node, type: object, properties: {next: {$dynamicRef: '#node'}}}
    F: {$id: e/f, type: string}
",
    );
    let by_pointer = code(
        "
    A:
      type: object
      properties:
        itself: {$ref: '#/components/schemas/A'}
        anchored: {$ref: '#/components/schemas/D'}
        of_another: {$ref: '#/components/schemas/C'}
        elsewhere: {$ref: '#/components/schemas/C'}
        relative: {$ref: '#/components/schemas/C'}
        absolute: {$ref: '#/components/schemas/C'}
        into: {$ref: '#/components/schemas/C/$defs/e'}
        own: {$ref: '#/components/schemas/A/$defs/e'}
        of_document: {$ref: '#/components/schemas/D'}
        $id: {type: string}
      $defs: {e: {type: boolean}}
    B: {type: object, properties: {size: {$ref: '#/components/schemas/F'}}, $defs: {e: {type: integer}}}
    C: {type: object, $defs: {e: {type: integer}}}
    D: {type: array, items: {$ref: '#/components/schemas/E'}}
    E: {type: object, properties: {next: {$ref: '#/components/schemas/E'}}}
    F: {type: string}
",
    );
    assert_eq!(by_name, by_pointer);
}

#[test]
fn mappings_by_name_are_pointers() {
    let schemas = |mapping: &str, [cat, dog, fish]: [&str; 3]| {
        let kind = "type: object, required: [kind], properties: {kind: {type: string}";
        code(&format!(
            "
    A:
      oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}, {{$ref: '#/components/schemas/Fish'}}]
      discriminator: {{propertyName: kind, mapping: {mapping}}}
    Cat: {{{cat}{kind}, lives: {{type: integer}}}}}}
    Dog: {{{dog}{kind}, bark: {{type: string}}}}}}
    Fish: {{{fish}{kind}, fins: {{type: integer}}}}}}
"
        ))
    };
    // The name of a component comes first.
    let by_name = schemas(
        "{a: '#cat', b: https://example.com/dog, c: Fish}",
        [
            "$anchor: cat, ",
            "$id: 'https://example.com/dog', ",
            "$anchor: Fish, ",
        ],
    );
    let by_pointer = schemas(
        "{a: '#/components/schemas/Cat', b: Dog, c: '#/components/schemas/Fish'}",
        [""; 3],
    );
    assert_eq!(by_name, by_pointer);
    let union = by_name.iter().find(|file| file.path == "types/a.rs");
    let union = &union.expect("a union").contents;
    for kind in ["Some(\"a\") =>", "Some(\"b\") =>", "Some(\"c\") =>"] {
        assert!(union.contains(kind), "{union}");
    }
}

#[test]
fn rewritten_references_may_have_percent_signs() {
    let source = Source::new(
        "document.yaml",
        "\
openapi: 3.1.0
info: {title: t, version: \"1\"}
paths:
  /a:
    get:
      operationId: a
      parameters: [{$ref: '#/x-parts/done%25', description: mine}]
      responses: {\"200\": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}}
x-parts: {done%: {name: count, in: query, schema: {type: integer}}}
components:
  schemas:
    A: {anyOf: [{type: 'null'}, {type: object, properties: {done%: {type: boolean}}}, {type: string}]}
    B: {type: object, properties: {done: {$ref: '#/components/schemas/A/anyOf/1/properties/done%25'}}}
",
    );
    let output = generate(&source, &Options::default()).unwrap();
    for (path, type_) in [("operations/a.rs", "i64"), ("types/b.rs", "bool")] {
        let file = output.files.iter().find(|file| file.path == path);
        let text = &file.unwrap().contents;
        assert!(text.contains(type_), "{text}");
    }
}

#[test]
fn dropped_values_have_positions() {
    let source = Source::new(
        "document.yaml",
        "\
openapi: 3.1.0
info: {title: t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  schemas:
    a: {type: object, if: {required: [b]}, then: {required: [c]}, propertyNames: {pattern: a}}
",
    );
    let found = check(&load(&source).unwrap());
    let findings = Finding::of_diagnostics(&found, &source);
    let lost = findings.iter().filter(|one| one.rule == "lossy-schema");
    let pointers: Vec<_> = lost
        .filter_map(|one| Some(one.location.pointer.as_ref()?.as_str()))
        .collect();
    assert_eq!(
        pointers,
        [
            "/components/schemas/a/if",
            "/components/schemas/a/propertyNames"
        ]
    );
}
