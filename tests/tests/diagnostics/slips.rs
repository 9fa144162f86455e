//! Typing mistakes are reported at their position, with the fix.

use super::{rejection, rejects};

rejects! {
    conflict_markers: "
openapi: 3.0.3
info:
<<<<<<< HEAD
  title: one
||||||| base
  title: t
=======
  title: another
>>>>>>> their-branch
  version: \"1\"
",
    conflict_marker_in_a_text: "
openapi: 3.0.3
info:
  description: |
    One.
>>>>>>> their-branch
    Another.
",
    unclosed_quote: "
openapi: 3.0.3
info:
  title: 't
  version: \"1\"
paths: {}
",
    unclosed_quote_in_braces: "
openapi: 3.0.3
info: {title: \"t, version: 1 }
paths:
  /a: { $ref: \"#/x\" }
",
    unquoted_reference: "
openapi: 3.0.3
paths:
  /a/{id}:
    get:
      operationId: a
      parameters:
        - $ref: #/components/parameters/id
      responses: {\"200\": {description: ok}}
info: {title: t, version: \"1\"}
",
    unquoted_reference_in_braces: "
openapi: 3.0.3
components:
  schemas:
    a: { $ref: #/components/schemas/b }
    b: {}
",
    no_break_space_after_a_colon: "
openapi: 3.0.3
info:
  title:\u{a0}t
  version: \"1\"
",
    no_break_space_in_the_indentation: "
openapi: 3.0.3
info:
 \u{a0}title: t
  version: \"1\"
",
    no_break_space_that_yaml_accepts: "
openapi: 3.0.3
info: {title:\u{a0}t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  schemas:
    a:
      required:
        -\u{a0}b
",
    no_space_after_a_colon: "
openapi: 3.0.3
info:
  title:t
  version: \"1\"
",
    no_space_after_a_colon_in_braces: "
openapi: 3.0.3
info: {title:t, version: \"1\"}
paths: {}
",
    no_colon: "
openapi: 3.0.3
info
  title: t
  version: \"1\"
",
    stray_dash: "
openapi: 3.0.3
info:
  title: t
  - version: \"1\"
paths: {}
",
    stray_dash_on_its_own: "
openapi: 3.0.3
info:
  title: t
  -
  version: \"1\"
",
    stray_dash_that_yaml_accepts: "
openapi: 3.0.3
info:
  - title: t
    version: \"1\"
paths: {}
",
    field_too_deep: "
openapi: 3.0.3
info:
  title: t
    version: \"1\"
",
    field_too_high: "
openapi: 3.0.3
info:
  contact:
    name: n
  url: u
    email: e
",
    property_too_deep: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  schemas:
    a:
      required: [id, name]
      properties:
        id:
          type: string
          name:
            type: string
",
    property_too_high: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  schemas:
    a:
      required: [id, name]
      properties:
        id: {type: string}
      name: {type: string}
",
    text_of_several_lines: "
openapi: 3.0.3
info:
  description:
    A text on
    what it is: things.
  title: t
",
    text_with_a_colon: "
openapi: 3.0.3
info:
  title: t
  version: \"1\"
  description:
    What it is: things.
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
",
    bracket_that_is_not_closed: "
openapi: 3.0.3
info: {title: t, version: \"1\"
paths: {}
",
    another_word_for_true: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
components:
  schemas:
    a: {type: string, nullable: yes}
",
    names_nearly_known: "
openapi: 3.0.3
info: {title: t, version: \"1\"}
x-diagnostic: {deny: [warnings]}
x-diagnosis: of somebody else
x-enviroment: {base-url: [A]}
paths: {/a: {get: {operationId: a, x-permission: {}, responses: {\"200\": {description: ok}}}}}
components:
  schemas:
    a: {type: string, format: datetime}
    b: {type: integer, format: int46}
    c: {type: string, format: int46}
    d: {type: string, format: timestamp}
",
}

#[test]
fn conflict_markers_in_json() {
    let text = "{\n<<<<<<< HEAD\n  \"openapi\": \"3.0.3\"\n=======\n  \"openapi\": \"3.0.2\"\n>>>>>>> b\n}\n";
    insta::assert_snapshot!(rejection("document.json", text));
}

#[test]
fn a_text_may_have_lines_like_conflict_markers() {
    super::accepts(
        "
openapi: 3.0.3
info:
  title: t
  version: \"1\"
  description: |
    <<<<<<< HEAD
    =======
paths: {/a: {get: {operationId: a, responses: {\"200\": {description: ok}}}}}
",
    );
}
