//! Operations, their paths and parameters.

use super::{accepts, rejects};

rejects! {
    operation_ids: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a:
    get: {operationId: a, responses: {\"200\": {description: ok}}}
    put: {operationId: a, responses: {\"200\": {description: ok}}}
    post: {responses: {\"200\": {description: ok}}}
    delete: {operationId: '', responses: {\"200\": {description: ok}}}
",
    path_parameters: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /repos/{owner}/{repo}:
    parameters:
      - {name: ower, in: path, required: true, schema: {type: string}}
    get:
      operationId: a
      parameters:
        - {name: repo, in: path, schema: {type: string}}
      responses: {\"200\": {description: ok}}
    delete:
      operationId: b
      responses: {\"200\": {description: ok}}
",
    duplicate_parameters: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: a
      parameters:
        - {name: page, in: query, schema: {type: string}}
        - {$ref: '#/components/parameters/page'}
        - {name: X-A, in: header, schema: {type: string}}
        - {name: x-a, in: header, schema: {type: string}}
        - {name: id, in: query, schema: {type: string}}
      responses: {\"200\": {description: ok}}
components:
  parameters: {page: {name: page, in: query, schema: {type: integer}}}
",
    parameter_values: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a:
    get:
      operationId: a
      parameters:
        - {name: a, in: query}
        - {name: b, in: query, schema: {}, content: {text/plain: {}}}
        - {name: c, in: query, content: {}}
        - {name: d, in: query, schema: {}, example: 1, examples: {}}
        - {name: Accept, in: header, schema: {}}
        - {name: 'A B', in: header, schema: {}}
      responses:
        \"200\": {description: ok, headers: {Link: {}}, content: {application/json: {}}}
",
    path_templates: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a/{b: &item {get: {operationId: a, responses: {\"200\": {description: ok}}}}
  /a}: {}
  '/a/{}': {}
  '/a/{b}/{b}': {}
  /a?b=c: {}
  /a b: {}
  /a//b: {}
  /a/../b: {}
",
    links: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a:
    get:
      operationId: things/get
      responses:
        \"200\":
          description: ok
          links:
            a: {operationId: things/gte}
            b: {}
            c: {operationId: things/get, operationRef: '#/paths/~1a/get'}
",
}

#[test]
fn parameters_that_the_client_can_send() {
    accepts(
        "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths:
  /a:
    get:
      operationId: a
      parameters:
        - {name: a, in: query, allowReserved: true, schema: {type: string}}
        - {name: b, in: query, content: {application/json: {schema: {type: object}}}}
        - {name: c, in: query, style: deepObject, schema: {type: object}}
        - {name: d, in: query, explode: false, schema: {type: array, items: {type: string}}}
        - {name: e, in: header, schema: {type: array, items: {type: string}}}
        - {name: f, in: cookie, schema: {type: string}}
      responses: {\"200\": {description: ok}}
",
    );
}

#[test]
fn servers_and_security_that_the_client_can_serve() {
    accepts(
        "
openapi: 3.0.3
info: {title: t, version: \"1\"}
servers: [{url: 'https://a.example'}]
security: [{key: []}]
paths:
  /a:
    servers: [{url: 'https://b.example'}]
    get:
      operationId: a
      servers: [{url: 'https://c.example'}]
      security: [{token: [], basic: []}, {key: []}]
      responses: {\"200\": {description: ok}}
    put:
      operationId: b
      security: [{key: []}, {}]
      responses: {\"200\": {description: ok}}
    post:
      operationId: c
      security: [{flows: [], connect: []}]
      responses: {\"200\": {description: ok}}
components:
  securitySchemes:
    key: {type: apiKey, name: key, in: query}
    basic: {type: http, scheme: basic}
    token: {type: http, scheme: Bearer}
    connect: {type: openIdConnect, openIdConnectUrl: 'https://example.com'}
    flows: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://example.com', scopes: {}}}}
",
    );
}
