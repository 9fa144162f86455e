//! Schemas that contradict themselves.

use generator::{Options, Source, generate};

use super::{accepts, rejects};

rejects! {
    keywords_of_another_type: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  schemas:
    a: {type: integer, minLength: 1}
    b: {type: string, maximum: 5}
    c: {type: array, properties: {}}
    d: {type: number, exclusiveMaximum: true}
",
    impossible_bounds: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  schemas:
    a: {type: integer, minimum: 5, maximum: 4}
    b: {type: integer, minimum: 5, maximum: 5, exclusiveMaximum: true}
    c: {type: string, minLength: 2, maxLength: 1}
    d: {type: number, multipleOf: 0}
    e: {type: integer, minimum: 0.5}
    f: {type: string, maxLength: 4294967296}
",
    impossible_bounds_of_integers: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  schemas:
    a: {type: integer, minimum: 5, maximum: 6, exclusiveMinimum: true, exclusiveMaximum: true}
    b: {type: integer, format: int32, maximum: 2147483648}
    c: {type: integer, minimum: -1, format: uint64}
    d: {type: integer, maximum: 9223372036854775808}
    e: {type: integer, minimum: 9223372036854775807, maximum: 9223372036854775806}
    f: {type: integer, format: int32, minimum: 2147483647, exclusiveMinimum: true}
",
    lists: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  schemas:
    a: {type: array}
    b: {type: object, required: []}
    c: {type: object, required: [id, nmae, id], properties: {id: {}, name: {}}}
    d: {enum: []}
    e: {enum: [a, b, a]}
    f: {allOf: []}
    g: {type: string, readOnly: true, writeOnly: true}
",
    enumerated_values: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  schemas:
    a: {type: string, enum: [yes, true, 1.0]}
    b: {type: integer, enum: [1, \"2\"]}
    c: {type: string, enum: [a, null]}
",
}

#[test]
fn names_may_be_required_of_other_schemas() {
    accepts(
        "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  schemas:
    a: {type: object, required: [b], additionalProperties: {type: string}}
    c: {allOf: [{$ref: '#/components/schemas/a'}, {type: object, required: [d], properties: {e: {}}}]}
    f: {type: object, required: [g]}
    h: {type: object, properties: {i: {}, j: {}}, anyOf: [{required: [i]}, {required: [j]}]}
",
    );
}

/// 3.0 has the flag `nullable` instead of the type of 3.1.
#[test]
fn null_as_an_alternative_in_3_0() {
    let text = "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/a'}}}}}}}}
components:
  schemas:
    a:
      type: object
      required: [b, c, d, e]
      properties:
        b: {anyOf: [{type: 'null'}, {type: string}], example: null}
        c: {oneOf: [{$ref: '#/components/schemas/f'}, {type: 'null'}]}
        d: {oneOf: [{type: string}, {type: 'null'}, {type: integer}], example: 1}
        e: {type: 'null'}
    f: {type: object, properties: {g: {type: string}}}
";
    let source = Source::new("document.yaml", text.trim_start());
    let output = generate(&source, &Options::default()).unwrap();
    let rules: Vec<_> = output.warnings.iter().map(|found| found.rule).collect();
    let expected = ["null-type", "null-type", "null-type", "unknown-type"];
    assert_eq!(rules, expected);
    let file = output.files.iter().find(|file| file.path == "types/a.rs");
    let code = &file.unwrap().contents;
    for field in ["b: Option<String>", "c: Option<F>", "d: Option<Ad>"] {
        assert!(code.contains(&format!("pub {field},")), "{field}: {code}");
    }
}

/// `10.0` is an integer to JSON Schema.
#[test]
fn bounds_with_fractions_of_nothing() {
    let text = "
openapi: VERSION
info: {title: t, version: \"1\"}
paths:
  /a:
    get:
      operationId: a
      parameters:
        - {name: page, in: query, schema: {type: integer, minimum: 1.0, maximum: 1.0e+2}}
        - {name: text, in: query, schema: {type: string, minLength: 1.0, maxLength: 10.0}}
      responses: {\"200\": {description: ok}}
components:
  schemas:
    a: {type: array, items: {type: integer, multipleOf: 2.0, maximum: 9.223372036854775e+18}, maxItems: 3.0}
    b: {type: object, maxProperties: 3.0, allOf: [{properties: {c: {type: integer, minimum: -0.0}}}]}
";
    for version in ["3.0.3", "3.1.0"] {
        accepts(&text.replace("VERSION", version));
    }
}

#[test]
fn bounds_that_leave_a_value() {
    accepts(
        "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  schemas:
    a: {type: integer, minimum: 5, maximum: 7, exclusiveMinimum: true, exclusiveMaximum: true}
    b: {type: number, minimum: 5, maximum: 6, exclusiveMinimum: true, exclusiveMaximum: true}
    c: {type: integer, format: uint64, maximum: 18446744073709551615}
    d: {type: integer, format: int32, minimum: -2147483648, maximum: 2147483647}
    e: {type: number, maximum: 1.0e+300}
",
    );
}
