//! References and their targets.

use generator::{File, Options, Source, generate};

use super::rejects;

rejects! {
    references_to_nowhere: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a:
    get:
      operationId: a
      parameters: [{$ref: '#/components/parameters/pgae'}]
      responses:
        \"200\": {$ref: '#/components/responses/none'}
        \"201\": {description: ok, content: {application/json: {schema: {$ref: '#/definitions/artefact'}}}}
components:
  parameters: {page: {name: page, in: query, schema: {type: integer}}}
  schemas: {artifact: {type: object}}
",
    references_out_of_the_document: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  schemas:
    a: {$ref: 'other.yaml#/a'}
    b: {$ref: 'https://example.com/b.json'}
",
    malformed_references: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  schemas:
    a: {$ref: '#components/schemas/b'}
    b: {$ref: '/components/schemas/a'}
    c: {$ref: a}
    d: {$ref: 1}
    e: {$ref: '#'}
",
    references_of_the_wrong_kind: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a:
    get:
      operationId: a
      parameters: [{$ref: '#/components/schemas/a'}]
      responses: {\"200\": {description: ok}}
components:
  schemas: {a: {type: string}, b: {$ref: '#/components/schemas/a/type'}, c: {$ref: '#/components/securitySchemes/a'}}
  securitySchemes: {a: {type: http, scheme: bearer}}
",
    components_with_the_wanted_part: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a:
    get:
      operationId: a
      requestBody: {$ref: '#/components/responses/a'}
      responses:
        \"200\":
          description: ok
          headers: {ETag: {$ref: '#/components/parameters/ETag'}, Age: {$ref: '#/components/responses/a'}}
        \"201\": {$ref: '#/components/requestBodies/a'}
        \"202\": {$ref: '#/components/schemas/a'}
components:
  parameters: {ETag: {name: ETag, in: header, schema: {type: string}}}
  requestBodies: {a: {content: {application/json: {schema: {type: string}}}}}
  responses: {a: {description: ok, content: {text/csv: {schema: {type: string}}}}}
  schemas:
    a:
      definitions: {b: {type: object, properties: {c: {$ref: '#/definitions/c'}}}, c: {type: string}}
      properties: {b: {$ref: '#/definitions/b'}, c: {$ref: '#/definitions/d'}}
",
    schemas_of_components_of_other_kinds: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  responses:
    one: {description: ok, content: {text/csv: {schema: {$ref: '#/components/responses/two'}}}}
    two: {description: ok, content: {text/csv: {schema: {$ref: '#/components/schemas/a'}}, text/tsv: {schema: {$ref: '#/components/schemas/a'}}}}
    itself: {description: ok, content: {text/csv: {schema: {$ref: '#/components/responses/itself'}}}}
    both: {description: ok, content: {text/csv: {schema: {$ref: '#/components/schemas/a'}}, text/tsv: {schema: {type: string}}}}
  schemas:
    a: {type: string}
    b:
      properties:
        c: {$ref: '#/components/responses/one'}
        d: {$ref: '#/components/responses/two'}
        e: {$ref: '#/components/responses/itself'}
        f: {$ref: '#/components/responses/both'}
",
    components_with_a_schema_where_a_schema_is_wanted: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a:
    get:
      operationId: a
      parameters: [{name: p, in: query, schema: {$ref: '#/components/parameters/p'}}]
      responses:
        \"200\": {description: ok, content: {application/json: {schema: {$ref: '#/components/responses/a'}}}}
        \"201\": {description: ok, content: {text/csv: {schema: {$ref: '#/components/responses/a'}}}}
        \"202\": {description: ok, content: {text/csv: {schema: {$ref: '#/components/schemas/none'}}}}
        \"203\": {description: ok, content: {application/json: {schema: {$ref: '#/components/parameters/q'}}}}
x-parts: {q%: {name: q, in: query, schema: {type: string}}}
components:
  parameters:
    p: {name: p, in: query, schema: {$ref: '#/components/schemas/a'}}
    q: {$ref: '#/x-parts/q%25'}
  responses: {a: {description: ok, content: {application/json: {schema: {type: object}}}}}
  schemas: {a: {type: string}}
",
    unsupported_references: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a:
    get: {operationId: a, responses: {\"200\": {description: ok}}}
  /b: {$ref: '#/paths/~1a'}
components:
  schemas:
    a: {properties: {b: {type: string}}}
    c: {$ref: '#/components/schemas/a/properties/b'}
    d: {properties: {$ref: '#/components/schemas/a'}}
  callbacks:
    e: {$ref: '#/components/callbacks/f'}
",
    siblings_of_a_reference: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a:
    get:
      operationId: a
      responses: {\"200\": {$ref: '#/components/responses/a', description: ignored}}
components:
  responses: {a: {description: ok}}
  schemas: {a: {}, b: {$ref: '#/components/schemas/a', nullable: true}}
",
    circular_components: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  responses: {a: {$ref: '#/components/responses/b'}, b: {$ref: '#/components/responses/a'}}
  schemas:
    itself: {$ref: '#/components/schemas/itself'}
    chicken: {allOf: [{$ref: '#/components/schemas/egg'}]}
    egg: {nullable: true, oneOf: [{type: string}, {$ref: '#/components/schemas/hen'}]}
    hen: {oneOf: [{$ref: '#/components/schemas/egg'}]}
    nobody: {not: {$ref: '#/components/schemas/nobody'}}
    kinds: {oneOf: [{$ref: '#/components/schemas/kind'}]}
    kind: {allOf: [{$ref: '#/components/schemas/kinds'}]}
    tree: {properties: {children: {type: array, items: {$ref: '#/components/schemas/tree'}}}}
    leads_there: {$ref: '#/components/schemas/itself'}
",
    cycles_through_properties: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  schemas:
    plain: {properties: {p: {$ref: '#/components/schemas/plain/properties/p'}}}
    first: {allOf: [{$ref: '#/components/schemas/second/properties/p'}]}
    second: {properties: {p: {allOf: [{$ref: '#/components/schemas/first'}]}}}
    tree: {properties: {p: {type: array, items: {$ref: '#/components/schemas/tree/properties/p'}}}}
",
    discriminator_mapping: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  schemas:
    cat: {type: object}
    pet:
      oneOf: [{$ref: '#/components/schemas/cat'}]
      discriminator: {propertyName: kind, mapping: {a: cat, b: dog, c: '#/components/schemas/cta'}}
",
}

/// The default diagnostics of an accepted document, and the files of its code.
#[track_caller]
fn generated(text: &str) -> (Vec<String>, Vec<File>) {
    let source = Source::new("document.yaml", text.trim_start_matches('\n'));
    let output = generate(&source, &Options::default())
        .unwrap_or_else(|found| panic!("{}", found.render(&source, false)));
    let warnings = output.warnings.iter();
    let warnings = warnings.map(|one| format!("{}: {}", one.rule, one.message));
    (warnings.collect(), output.files)
}

#[test]
fn references_to_components_of_every_kind() {
    let (warnings, files) = generated(
        "
openapi: 3.0.3
info: {title: t, version: \"1\"}
tags: [{name: x}]
paths:
  /a/{id}:
    parameters: [{$ref: '#/components/parameters/id'}]
    post:
      operationId: a
      tags: [x]
      security: [{alias: []}]
      requestBody: {$ref: '#/components/requestBodies/thing'}
      responses:
        \"200\": {$ref: '#/components/responses/thing'}
      callbacks: {done: {$ref: '#/components/callbacks/done'}}
components:
  parameters:
    id: {$ref: '#/components/parameters/number'}
    number: {name: id, in: path, required: true, schema: {type: integer}}
  requestBodies:
    thing: {$ref: '#/components/requestBodies/named'}
    named: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/thing'}}}}
  responses:
    thing: {$ref: '#/components/responses/named'}
    named:
      description: ok
      headers: {X-Rate: {$ref: '#/components/headers/rate'}}
      links: {again: {$ref: '#/components/links/again'}}
      content:
        application/json:
          schema: {$ref: '#/components/schemas/thing'}
          examples: {one: {$ref: '#/components/examples/one'}}
  headers:
    rate: {$ref: '#/components/headers/number'}
    number: {schema: {type: integer}}
  links:
    again: {$ref: '#/components/links/named'}
    named: {operationId: a}
  examples:
    one: {$ref: '#/components/examples/named'}
    named: {value: {name: n}}
  callbacks:
    done: {$ref: '#/components/callbacks/named'}
    named: {'{$request.body#/url}': {post: {operationId: done, responses: {\"204\": {description: ok}}}}}
  securitySchemes:
    alias: {$ref: '#/components/securitySchemes/key'}
    key: {type: apiKey, name: key, in: header}
  schemas:
    thing: {type: object, properties: {name: {type: string}}}
",
    );
    assert_eq!(warnings, [""; 0]);
    assert!(files.iter().any(|file| file.path == "types/thing.rs"));
}

#[test]
fn references_into_other_parts() {
    let (warnings, files) = generated(
        "
openapi: 3.0.3
info: {title: t, version: \"1\"}
tags: [{name: x}]
paths:
  /a:
    get:
      operationId: a
      tags: [x]
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses:
        \"200\": {description: ok, content: {application/json: {schema: {type: object, properties: {owner: {type: object, properties: {name: {type: string}}}}}}}}
  /b:
    get:
      operationId: b
      tags: [x]
      parameters: [{$ref: '#/paths/~1a/get/parameters/0'}]
      responses:
        \"200\": {$ref: '#/paths/~1a/get/responses/200'}
  /c:
    get:
      operationId: c
      tags: [x]
      responses:
        \"200\":
          description: ok
          content:
            application/json:
              schema: {$ref: '#/paths/~1a/get/responses/200/content/application~1json/schema/properties/owner'}
",
    );
    let rules: Vec<_> = warnings
        .iter()
        .map(|warning| warning.split(':').next().unwrap())
        .collect();
    assert_eq!(rules, ["inline-reference"; 3]);
    let types = files.iter().filter(|file| file.path.starts_with("types/"));
    // Those of the answer and of its owner, and the module of both.
    assert_eq!(types.count(), 3);
}

/// A reference has no effect in a body of text or bytes.
#[test]
fn useless_references() {
    let (warnings, _) = generated(
        "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a:
    get:
      operationId: a
      responses:
        \"200\": {description: ok, content: {text/csv: {schema: {$ref: '#/components/responses/a'}}}}
        \"201\": {description: ok, content: {application/pdf: {schema: {$ref: '#/components/schemas/none'}}}}
components:
  responses: {a: {description: ok}}
",
    );
    let rules = warnings
        .iter()
        .filter(|warning| warning.starts_with("unneeded-reference: "));
    assert_eq!(rules.count(), 2, "{warnings:?}");
}

#[test]
fn missing_examples() {
    let (warnings, files) = generated(
        "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a:
    get:
      operationId: a
      parameters: [{name: p, in: query, schema: {type: string}, examples: {one: {$ref: '#/components/examples/p'}}}]
      responses:
        \"200\": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/a'}, examples: {one: {$ref: '#/components/examples/a'}, two: {$ref: '#/components/schemas/a'}}}}}
components:
  schemas: {a: {type: object, properties: {n: {type: string}}}}
",
    );
    let rules = warnings
        .iter()
        .filter(|warning| warning.starts_with("unneeded-reference: "));
    assert_eq!(rules.count(), 3, "{warnings:?}");
    assert!(
        warnings
            .iter()
            .all(|warning| !warning.starts_with("unresolved-reference")),
        "{warnings:?}"
    );
    assert!(!files.is_empty());
}

/// A schema composed of itself and others gives right code by the others.
#[test]
fn schemas_among_their_own_parts() {
    let (warnings, files) = generated(
        "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a: {get: {operationId: a, responses: {\"200\": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/a'}}}}}}}
components:
  schemas:
    a: {type: object, required: [b, c], properties: {b: {$ref: '#/components/schemas/b'}, c: {$ref: '#/components/schemas/c'}, e: {$ref: '#/components/schemas/e'}, f: {$ref: '#/components/schemas/f'}}}
    b: {allOf: [{$ref: '#/components/schemas/b'}, {type: object, required: [n], properties: {n: {type: string}}}]}
    c:
      required: [kind]
      properties: {kind: {type: string}}
      discriminator: {propertyName: kind}
      allOf: [{$ref: '#/components/schemas/b'}, {$ref: '#/components/schemas/c'}]
    d: {allOf: [{$ref: '#/components/schemas/d'}, {description: none}]}
    e: {type: object, required: [own], properties: {own: {type: string}}, allOf: [{$ref: '#/components/schemas/e'}]}
    f: {required: [n], allOf: [{$ref: '#/components/schemas/f'}]}
    g: {required: [], allOf: [{$ref: '#/components/schemas/g'}]}
",
    );
    let count = |rule: &str| {
        warnings
            .iter()
            .filter(|warning| warning.starts_with(rule))
            .count()
    };
    assert_eq!(count("self-composition: "), 4, "{warnings:?}");
    assert_eq!(count("circular-composition: "), 2, "{warnings:?}");
    let code: String = files.iter().map(|file| file.contents.as_str()).collect();
    assert_eq!(code.matches("pub n: String,").count(), 2, "{warnings:?}");
    assert!(code.contains("pub kind: String,"));
    assert!(code.contains("pub own: String,"));
}

/// A circle that no operation meets leaves right code.
#[test]
fn unused_cycles() {
    let (warnings, files) = generated(
        "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a: {get: {operationId: a, responses: {\"200\": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/used'}}}}}}}
components:
  schemas:
    used: {type: object, properties: {n: {type: string}}}
    itself: {$ref: '#/components/schemas/itself'}
    composed: {allOf: [{$ref: '#/components/schemas/composed'}]}
    chosen: {oneOf: [{type: string}, {$ref: '#/components/schemas/chosen'}]}
",
    );
    let circles = warnings
        .iter()
        .filter(|warning| warning.starts_with("circular-"));
    assert_eq!(circles.count(), 3, "{warnings:?}");
    assert!(files.iter().any(|file| file.path == "types/used.rs"));
}
