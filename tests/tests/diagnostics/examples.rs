//! Examples and defaults that contradict their schemas.

use super::{accepts, rejects};

rejects! {
    example_of_a_body: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a:
    get:
      operationId: a
      responses:
        \"200\":
          description: ok
          content:
            application/vnd.github+json:
              schema: {$ref: '#/components/schemas/artifact'}
              example:
                id: \"11\"
                created_at: 2020-01-10
                workflow_run: {head: main}
components:
  schemas:
    artifact:
      type: object
      required: [id, name, size]
      properties:
        id: {type: integer, format: int64}
        name: {type: string}
        size: {type: integer}
        created_at: {type: string, format: date-time, nullable: true}
        workflow_run: {type: object, properties: {id: {type: integer}}, additionalProperties: false}
",
    example_by_reference: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a:
    get:
      operationId: a
      responses:
        \"200\":
          description: ok
          content:
            application/json:
              schema: {type: array, maxItems: 1, items: {type: integer}}
              examples: {few: {value: [1]}, many: {$ref: '#/components/examples/many'}}
components:
  examples: {many: {value: [1, 2.5, true]}}
",
    example_of_a_parameter: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a:
    get:
      operationId: a
      parameters:
        - {name: a, in: query, example: 101, schema: {type: integer, maximum: 100}}
        - {name: b, in: query, example: up, schema: {type: string, enum: [asc, desc]}}
        - {name: c, in: query, examples: {one: {value: A}}, schema: {type: string, pattern: '^[a-z]$'}}
      responses:
        \"200\": {description: ok, headers: {Link: {schema: {type: string}, example: 5}}}
",
    defaults: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  schemas:
    a: {type: integer, default: \"30\"}
    b: {type: string, default: }
    c: {type: string, enum: [asc, desc], default: ascending}
    d: {type: integer, minimum: 1, default: 0}
    e: {type: integer, format: int32, default: 3000000000}
    f: {type: number, multipleOf: 0.5, default: 0.7}
    g: {type: array, items: {}, uniqueItems: true, default: [1, 1]}
",
    choices: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  schemas:
    a: {anyOf: [{type: string}, {type: object, required: [id]}], example: {}}
    b: {oneOf: [{type: string}, {type: string, minLength: 1}], example: x}
    c: {anyOf: [{type: object, required: [id]}, {type: object, required: [name]}], example: {}}
    d: {not: {type: string}, example: x}
    e: {allOf: [{type: object, required: [a]}, {type: object, required: [b]}], example: {}}
",
}

#[test]
fn examples_may_have_more_fields_or_other_media_types() {
    accepts(
        "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a:
    get:
      operationId: a
      responses:
        \"200\":
          description: ok
          content:
            application/json:
              schema: {type: object, properties: {id: {type: integer, nullable: true}}}
              example: {id: null, more: true}
            text/csv: {schema: {type: array, items: {}}, example: 'a,b'}
components:
  schemas:
    one_way: {type: object, required: [id], properties: {id: {type: integer, readOnly: true}}, example: {}}
    tree: {type: object, properties: {next: {$ref: '#/components/schemas/tree'}}, example: {next: {next: {}}}}
    nullable: {nullable: true, allOf: [{$ref: '#/components/schemas/tree'}], example: null}
",
    );
}
