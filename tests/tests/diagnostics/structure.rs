//! Fields, versions and keys.

use generator::{Options, Source, generate};

use super::{accepts, rejects};

rejects! {
    not_an_object: "<!DOCTYPE html>",
    version_is_missing: "
opnapi: 3.0.3
info: {title: t, version: \"1\"}
",
    version_2: "
swagger: \"2.0\"
info: {title: t, version: \"1\"}
",
    version_3_2: "
openapi: 3.2.0
info: {title: t, version: \"1\"}
paths: {}
",
    version_is_no_version: "
openapi: 3
",
    version_without_a_patch_number: "
openapi: 3.1
info: {title: t, version: \"1\"}
paths: {}
",
    misspelt_fields: "
openapi: 3.0.3
info: {titel: t, version: \"1\"}
pahts: {}
paths:
  /a:
    gte: {}
    get:
      operationID: a
      responses: {\"200\": {decsription: ok}}
      security: []
      zzz: 1
",
    missing_fields: "
openapi: 3.0.3
info: {}
paths:
  /a:
    get: {parameters: [{schema: {}}]}
",
    wrong_types: "
openapi: 3.0.3
info: {title: 1, version: 1.0}
tags: things
servers:
paths:
  /a:
    get:
      operationId: a
      deprecated: \"true\"
      tags: [1]
      responses:
        \"200\": ok
        \"201\": {description: ok, content: {a/b: {schema: {maxLength: -1, minimum: \"1\"}}}}
",
    yes_and_no: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a:
    get:
      operationId: a
      deprecated: No
      responses: {\"204\": {description: ok}}
components:
  schemas:
    a: {type: string, nullable: yes, readOnly: maybe}
",
    invalid_keys: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  a:
    get:
      operationId: a
      responses:
        2xx: {description: ok}
        ok: {description: ok, content: {json: {}}}
        \"600\": {description: ok}
components:
  schemas:
    a b: {}
",
    unknown_words: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a:
    get:
      operationId: a
      parameters:
        - {name: a, in: qurey, schema: {type: strnig}}
        - {name: b, in: body, schema: {type: file}}
        - {name: c, in: query, style: simple, schema: {type: date-time}}
        - {name: d, in: header, style: form, allowReserved: true, schema: {type: any}}
      responses: {\"200\": {description: ok}}
components:
  securitySchemes: {a: {type: htpp}}
",
    newer_keywords: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
jsonSchemaDialect: https://json-schema.org/draft/2020-12/schema
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  schemas:
    a: {type: [string, 'null']}
    b: {type: [string, integer]}
    c: {const: 1}
    d: {type: string, examples: [a]}
    e: {type: 'null'}
    f: {type: integer, minimum: 1, exclusiveMinimum: 1}
    g: {$defs: {}, if: {}, patternProperties: {}}
    h: {properties: {a: {type: string, required: true}}}
",
    older_fields: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
host: example.com
definitions: {}
paths:
  /a:
    get:
      operationId: a
      produces: [application/json]
      parameters: [{name: a, in: query, type: string}]
      responses: {\"200\": {description: ok}}
",
    empty_objects: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a:
    get:
      operationId: a
      requestBody: {content: {}}
      responses: {x-none: true}
",
    security_schemes: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
security: [{tokn: []}, {token: [read]}]
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  securitySchemes:
    token: {type: http}
    key: {type: apiKey}
    flow: {type: oauth2, flows: {implicit: {scopes: {}}}}
    connect: {type: openIdConnect}
",
    servers: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
servers:
  - {url: 'https://{hots}/api', variables: {host: {default: a}}}
  - {url: 'https://{host/api'}
  - {url: 'https://{host}', variables: {host: {default: c, enum: [a, b]}}}
  - {url: ''}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
",
}

#[test]
fn versions_without_a_patch_number_are_read() {
    let generated = |version: &str, schema: &str| {
        let text = format!(
            "openapi: {version}\ninfo: {{title: t, version: '1'}}\npaths: {{/a: {{get: {{operationId: a, \
             responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{$ref: \
             '#/components/schemas/a'}}}}}}}}}}}}}}}}\ncomponents: {{schemas: {{a: {schema}}}}}"
        );
        generate(&Source::new("document.yaml", text), &Options::default()).unwrap()
    };
    let later = "{type: object, properties: {b: {type: [string, 'null']}}}";
    let earlier = "{type: object, properties: {b: {type: string, nullable: true}}}";
    for (exact, written, schema) in [("3.0.3", "3.0", earlier), ("3.1.0", "3.1", later)] {
        let expected = generated(exact, schema);
        assert_eq!(expected.warnings, []);
        for text in [written.to_owned(), format!("'{written}'")] {
            let output = generated(&text, schema);
            assert_eq!(output.files, expected.files, "{text}");
            let rules: Vec<_> = output.warnings.iter().map(|one| one.rule).collect();
            assert_eq!(rules, ["incomplete-version"], "{text}");
        }
    }
}

#[test]
fn extensions_are_accepted() {
    accepts(
        "
openapi: 3.0.3
x-a: 1
info: {title: t, version: 2026-03-10, x-b: }
paths:
  x-c: []
  /a:
    x-d: {}
    get: {operationId: a, x-e: a, responses: {200: {description: ok, x-f: {$ref: nowhere}}}}
",
    );
}

#[test]
fn tags_need_no_declaration() {
    accepts(
        "
openapi: 3.0.0
info: {title: t, version: \"1\"}
paths:
  /a:
    get: {operationId: a, tags: [anything], responses: {default: {description: ok}}}
",
    );
}
