//! Documents of several files.

use std::fs;

use crate::workspace::Workspace;

const ARGS: [&str; 4] = ["--spec", "specs/api.yaml", "--out", "pets"];

const API: &str = "\
openapi: 3.0.3
info: {title: Pets, version: \"1\"}
tags: [{name: pets}]
paths:
  /pets/{id}: {$ref: paths/pet.yaml}
components:
  parameters: {id: {name: id, in: path, required: true, schema: {type: integer}}}
";

const PATH: &str = "\
get:
  operationId: pets/get
  tags: [pets]
  parameters: [{$ref: '../api.yaml#/components/parameters/id'}]
  responses:
    \"200\": {description: A pet, content: {application/json: {schema: {$ref: ../schemas/pet.json}}}}
    \"404\": {$ref: '../../common.yaml#/responses/NotFound'}
";

const PET: &str = r##"{
  "type": "object",
  "required": ["name"],
  "properties": {
    "name": {"type": "string"},
    "kind": {"$ref": "kinds.json#/Kind"},
    "parents": {"type": "array", "items": {"$ref": "#"}}
  }
}
"##;

const COMMON: &str = "\
responses:
  NotFound:
    description: Not found
    content: {application/json: {schema: {$ref: '#/schemas/Problem'}}}
schemas:
  Problem: {type: object, properties: {detail: {type: string}}}
";

fn workspace() -> Workspace {
    let workspace = Workspace::new();
    for (path, text) in [
        ("specs/api.yaml", API),
        ("specs/paths/pet.yaml", PATH),
        ("specs/schemas/pet.json", PET),
        (
            "specs/schemas/kinds.json",
            r#"{"Kind": {"type": "string", "enum": ["cat", "dog"]}}"#,
        ),
        ("common.yaml", COMMON),
    ] {
        let at = workspace.path(path);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        fs::write(at, text).unwrap();
    }
    workspace
}

#[test]
fn files_beside_the_document_are_part_of_it() {
    let workspace = workspace();
    let report = workspace.codegen(&ARGS).succeeds();
    assert!(
        report.starts_with("pets: 1 operation, 3 types;"),
        "{report}"
    );
    let generated =
        |path: &str| fs::read_to_string(workspace.path("pets/src/generated").join(path)).unwrap();
    let pet = generated("types/pet.rs");
    for field in ["pub name: String", "pub kind: Option<Kind>", "Vec<Pet>"] {
        assert!(pet.contains(field), "{field} in {pet}");
    }
    assert!(generated("types/problem.rs").contains("pub detail: Option<String>"));
    let get = generated("pets/get.rs");
    assert!(get.contains("Response<types::Pet>"), "{get}");
    assert!(get.contains("segment(\"id\", &self.id)"), "{get}");
}

#[test]
fn errors_have_the_line_of_the_neighbour() {
    let workspace = workspace();
    fs::remove_file(workspace.path("specs/schemas/kinds.json")).unwrap();
    fs::write(
        workspace.path("common.yaml"),
        b"responses: {NotFound: {description: \"\xe4\"}}\n",
    )
    .unwrap();
    let error = workspace.codegen(&ARGS).fails(1);
    insta::assert_snapshot!(error, @r#"
    error[external-reference]: cannot read `specs/../common.yaml`: it is not UTF-8
     --> specs/paths/pet.yaml:7:19
      |
    7 |     "404": {$ref: '../../common.yaml#/responses/NotFound'}
      |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: paths are relative to the file with the reference

    error[external-reference]: cannot read `specs/schemas/kinds.json`: it does not exist
     --> specs/schemas/pet.json:6:22
      |
    6 |     "kind": {"$ref": "kinds.json#/Kind"},
      |                      ^^^^^^^^^^^^^^^^^^
      |
      = help: paths are relative to the file with the reference

    2 errors in specs/api.yaml
    nothing is written
    "#);
    assert!(!workspace.path("pets").exists());
}

#[test]
fn only_files_are_read() {
    let workspace = workspace();
    fs::remove_file(workspace.path("common.yaml")).unwrap();
    fs::create_dir(workspace.path("common.yaml")).unwrap();
    let error = workspace.codegen(&ARGS).fails(1);
    assert!(
        error.contains("cannot read `specs/../common.yaml`: it is not a file"),
        "{error}"
    );
}
