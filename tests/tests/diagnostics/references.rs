//! References, and what they lead to.

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
  schemas: {a: {type: string}, b: {$ref: '#/components/schemas/a/type'}}
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
    egg: {nullable: true, oneOf: [{type: string}, {not: {$ref: '#/components/schemas/chicken'}}]}
    tree: {properties: {children: {type: array, items: {$ref: '#/components/schemas/tree'}}}}
    leads_there: {$ref: '#/components/schemas/itself'}
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
