//! Files that cannot be read, and files that can be in another form.

use std::fs;

use crate::workspace::Workspace;

/// Nothing is compared; returns the error.
#[track_caller]
fn unreadable(prepare: impl FnOnce(&Workspace)) -> String {
    let workspace = Workspace::accepted();
    prepare(&workspace);
    let output = workspace.drift(&[]).fails(2);
    assert_eq!(workspace.drift(&["--format", "json"]).fails(2), output);
    assert_eq!(workspace.drift(&["--accept"]).fails(2), output);
    output
}

#[test]
fn a_missing_description() {
    let output = unreadable(|workspace| fs::remove_file(workspace.path("things.yaml")).unwrap());
    insta::assert_snapshot!(output, @r"
    error[document-unreadable]: the document does not exist
     --> things.yaml
    help: check the path, or restore the file
    ");
}

#[test]
fn a_directory_in_its_place() {
    let output = unreadable(|workspace| {
        fs::remove_file(workspace.path("things.yaml")).unwrap();
        fs::create_dir(workspace.path("things.yaml")).unwrap();
    });
    assert!(output.contains("the document is a directory"), "{output}");
}

#[test]
fn a_binary_description() {
    let output = unreadable(|workspace| workspace.write("things.yaml", b"\x7fELF\x02\xff\x00"));
    assert!(
        output.contains("the document is not UTF-8: byte 0xff\n --> things.yaml:1:6"),
        "{output}"
    );
}

#[test]
fn an_empty_description() {
    let output = unreadable(|workspace| workspace.write("things.yaml", ""));
    assert!(
        output.starts_with("error[empty-document]: the document is empty\n --> things.yaml:1:1"),
        "{output}"
    );
}

#[test]
fn a_description_of_another_kind() {
    let output = unreadable(|workspace| workspace.write("things.yaml", "swagger: '2.0'\n"));
    insta::assert_snapshot!(output, @r"
    error[not-openapi]: the upstream description is not an OpenAPI document
     --> things.yaml:1:1
      |
    1 | swagger: '2.0'
      | ^
      |
      = help: give a description of OpenAPI 3.0 or 3.1, as GitHub publishes them

    1 error in things.yaml
    ");
}

#[test]
fn a_deeply_nested_description() {
    let output = unreadable(|workspace| {
        workspace.write(
            "things.yaml",
            format!("openapi: 3.0.3\npaths: {}", "[".repeat(100_000)),
        )
    });
    assert!(
        output.starts_with("error[too-deep]: nested more than 64 levels deep\n"),
        "{output}"
    );
}

#[test]
fn an_invalid_fragment() {
    let output = unreadable(|workspace| {
        workspace.edit(
            "workspace/spec/artifacts.yaml",
            "description: The",
            "descripton: The",
        )
    });
    assert!(output.starts_with("error[unknown-field]: "), "{output}");
    assert!(output.contains("--> spec/artifacts.yaml:13:"), "{output}");
}

#[test]
fn invalid_waivers() {
    let output = unreadable(|workspace| {
        workspace.edit(
            "workspace/spec/drift.yaml",
            "reason: it happens",
            "because: it happens",
        );
        workspace.edit(
            "workspace/spec/drift.yaml",
            "operation: things/*",
            "operation: []",
        );
    });
    insta::assert_snapshot!(output, @r"
    error[wrong-type]: expected a string, or a list of strings
     --> spec/drift.yaml:8:16
      |
    8 |     operation: []
      |                ^
      |
      = help: put it in quotes

    error[missing-field]: missing field: `reason`
      --> spec/drift.yaml:11:5
       |
    11 |   - { rule: error-status-removed, operation: '*', pointer: /responses/404, because: it happens }
       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: add it

    error[unknown-field]: unknown field: `because`
      --> spec/drift.yaml:11:76
       |
    11 |   - { rule: error-status-removed, operation: '*', pointer: /responses/404, because: it happens }
       |                                                                            ^^^^^^^
       |
       = help: expected one of: `rule`, `operation`, `pointer`, `upstream`, `reason`

    3 errors in spec/drift.yaml
    ");
}

#[test]
fn not_a_workspace() {
    let workspace = Workspace::accepted();
    fs::remove_dir_all(workspace.path("workspace/generated-client")).unwrap();
    // The program falls back to the workspace that it was built in.
    let output = workspace.drift(&[]).ends(1);
    assert!(output.contains("operation-missing-upstream"), "{output}");
}

#[test]
fn upstream_may_be_json() {
    let workspace = Workspace::accepted();
    let report = workspace.drift(&[]).ends(0);
    workspace.write("things.json", JSON);
    let args = ["drift", "--upstream", "things.json"];
    assert_eq!(workspace.run(&args).ends(0), report);
    workspace.write("things.json", JSON.replace('\n', " "));
    assert_eq!(workspace.run(&args).ends(0), report);
}

#[test]
fn the_upstream_may_come_from_the_standard_input() {
    let workspace = Workspace::accepted();
    let report = workspace.drift(&[]).ends(0);
    let args = ["drift", "--upstream", "-", "--name", "things"];
    assert_eq!(
        workspace
            .run_with(&args, &workspace.read("things.yaml"))
            .ends(0),
        report
    );
    assert_eq!(workspace.run_with(&args, JSON).ends(0), report);
    let output = workspace.run_with(&args, "").fails(2);
    assert!(output.contains("--> <stdin>:1:1"), "{output}");
}

const JSON: &str = r##"{
  "openapi": "3.0.3",
  "info": { "title": "A sentence of theirs", "version": "1.2.3", "description": "A sentence of theirs" },
  "servers": [{ "url": "https://things.example" }],
  "paths": { "/things/{thing_id}": { "get": {
    "operationId": "things/get-thing",
    "summary": "A sentence of theirs",
    "description": "A sentence of theirs",
    "parameters": [
      { "name": "thing_id", "in": "path", "required": true, "schema": { "type": "integer" }, "description": "A sentence of theirs" },
      { "name": "part", "in": "query", "required": true, "schema": { "type": "string", "enum": ["a", "b"] } }
    ],
    "responses": { "200": {
      "description": "A sentence of theirs",
      "content": { "application/json": { "schema": { "$ref": "#/components/schemas/thing" } } }
    } }
  } } },
  "components": { "schemas": { "thing": {
    "type": "object",
    "title": "A sentence of theirs",
    "description": "A sentence of theirs",
    "required": ["id"],
    "properties": {
      "id": { "type": "integer", "description": "A sentence of theirs" },
      "name": { "type": "string", "nullable": true },
      "size": { "type": "integer" }
    }
  } } }
}
"##;

#[test]
fn files_beside_a_description_are_part_of_it() {
    let workspace = Workspace::accepted();
    workspace.write("parts/id.yaml", "type: string\n");
    let id = "id: { type: integer, description: A sentence of theirs }";
    workspace.edit("things.yaml", id, "id: { $ref: parts/id.yaml }");
    let output = workspace.drift(&[]).ends(1);
    assert!(output.contains("response-retyped"), "{output}");
    workspace.write("parts/id.yaml", "type: integer\n");
    let output = workspace.drift(&[]).ends(1);
    assert!(!output.contains("breaks"), "{output}");
}
