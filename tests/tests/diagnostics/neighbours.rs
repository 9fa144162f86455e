//! References to files beside the document.

use generator::{Options, Source, generate};
use openapi::diagnostic;

/// A document of one operation, whose response has this schema.
fn document(schema: &str) -> String {
    format!(
        "\
openapi: 3.0.3
info: {{title: t, version: \"1\"}}
tags: [{{name: pets}}]
paths:
  /pets:
    get:
      operationId: list
      tags: [pets]
      responses:
        \"200\": {{description: ok, content: {{application/json: {{schema: {schema}}}}}}}
"
    )
}

/// The document `specs/api.yaml` with these files beside it.
fn source(document: &str, files: &[(&str, &str)]) -> Source {
    let mut source = Source::new("specs/api.yaml", document);
    source.read_neighbours(|path| {
        let found = files.iter().find(|(name, _)| *name == path);
        found.map_or_else(
            || Err("it does not exist".to_owned()),
            |(_, text)| Ok((*text).to_owned()),
        )
    });
    source
}

/// The diagnostics of a document and its neighbours.
fn rendered(document: &str, files: &[(&str, &str)]) -> String {
    let source = source(document, files);
    match generate(&source, &Options::default()) {
        Ok(output) => diagnostic::render(&output.warnings, &source, false),
        Err(found) => found.render(&source, false),
    }
}

/// The names of the emitted types, of a document without diagnostics.
#[track_caller]
fn types(document: &str, files: &[(&str, &str)]) -> Vec<String> {
    let source = source(document, files);
    let output = generate(&source, &Options::strict())
        .unwrap_or_else(|found| panic!("{}", found.render(&source, false)));
    let paths = output.files.iter().map(|file| file.path.as_str());
    let types = paths.filter_map(|path| path.strip_prefix("types/")?.strip_suffix(".rs"));
    types
        .filter(|name| *name != "mod")
        .map(str::to_owned)
        .collect()
}

/// Declares a test per hazard: its name, the schema of the document's answer, the files beside it, and a snapshot.
macro_rules! snapshots {
    ($($name:ident: $schema:expr, [$($file:expr),* $(,)?],)*) => {
        $(
            #[test]
            fn $name() {
                insta::with_settings!({omit_expression => true}, {
                    insta::assert_snapshot!(rendered(&document($schema), &[$($file),*]));
                });
            }
        )*
    };
}

snapshots! {
    files_that_do_not_exist: "{allOf: [{$ref: ./cat.yaml}, {$ref: 'pets/dog.yaml'}]}", [
        ("pets/dog.yaml", "type: object\nproperties:\n  tail: {$ref: '../parts/tail.yaml#/Tail'}\n"),
    ],
    absolute_paths_and_urls: "{oneOf: [{$ref: '/etc/pet.yaml'}, {$ref: 'https://example.com/pet.yaml'}, {$ref: pet.yaml}]}", [
        ("pet.yaml", "allOf: [{$ref: 'file:///pet.yaml'}]\n"),
    ],
    files_that_are_neither_yaml_nor_json: "{$ref: pet.yaml}", [
        ("pet.yaml", "type: object\nproperties:\n\ttail: {}\n"),
    ],
    files_of_json_that_are_cut_off: "{$ref: pet.json}", [("pet.json", "{\"type\": \"object\",")],
    pointers_to_nowhere: "{oneOf: [{$ref: 'pets.yaml#/Cta'}, {$ref: 'pets.yaml#Cat'}, {$ref: 'pets.yaml#/Cat/properties/tail'}]}", [
        ("pets.yaml", "Cat: {type: object, properties: {tail: {$ref: '#/Tail'}}}\n"),
    ],
    mistakes_in_a_file: "{$ref: pet.json}", [
        ("pet.json", "{\n  \"type\": \"objekt\",\n  \"properties\": {\"name\": {\"type\": \"string\", \"example\": 1}}\n}\n"),
    ],
    files_that_are_defined_by_themselves: "{$ref: cat.yaml}", [
        ("cat.yaml", "$ref: dog.yaml\n"),
        ("dog.yaml", "$ref: cat.yaml\n"),
    ],
    components_of_another_kind: "{$ref: 'common.yaml#/components/parameters/page'}", [
        ("common.yaml", "components: {parameters: {page: {name: page, in: query, schema: {type: string}}}}\n"),
    ],
    equal_names: "{oneOf: [{$ref: 'cats.yaml#/Pet'}, {$ref: 'dogs.yaml#/Pet'}]}", [
        ("cats.yaml", "Pet: {type: object, required: [claws], properties: {claws: {type: integer}}}\n"),
        ("dogs.yaml", "Pet: {type: object, required: [tail], properties: {tail: {type: integer}}}\n"),
    ],
    text_that_is_no_schema: "{$ref: README.md}", [("README.md", "Pets\n====\n")],
}

/// Components of another file go into an existing, empty section.
#[test]
fn empty_sections() {
    let document = document("{$ref: pet.yaml}") + "components:\n  schemas:\n";
    let pet = "{type: object, properties: {name: {type: string}}}\n";
    assert_eq!(types(&document, &[("pet.yaml", pet)]), ["pet"]);
}

#[test]
fn a_path_is_a_file_of_its_own() {
    let document = "\
openapi: 3.0.3
info: {title: t, version: \"1\"}
tags: [{name: pets}]
paths:
  /pets: {$ref: paths/pets.yaml}
  /cats: {$ref: 'paths/cats.yaml', summary: Cats}
  /dogs: {$ref: 'paths/dogs.yaml'}
";
    let pets = "\
get:
  operationId: list
  tags: [pets]
  parameters: [{$ref: '../common.yaml#/parameters/page'}]
  responses:
    \"200\": {$ref: '../common.yaml#/responses/pets'}
    \"404\": {$ref: '../common.yaml#/responses/none'}
";
    let cats = "get: {operationId: cats, tags: [pets], responses: {\"204\": {}}}\n";
    let common = "\
parameters: {page: {name: page, in: query, schema: {type: integer}}}
responses:
  pets: {description: ok, content: {application/json: {schema: {type: array, items: {$ref: pet.yaml}}}}}
";
    let files = [
        ("paths/pets.yaml", pets),
        ("paths/cats.yaml", cats),
        ("common.yaml", common),
        (
            "pet.yaml",
            "{type: object, properties: {name: {type: string}}}\n",
        ),
    ];
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!(rendered(document, &files));
    });
}

#[test]
fn schemas_are_named_by_their_place() {
    let pets = "\
Cat:
  type: object
  properties: {owner: {$ref: '../people/owner.v1.yaml'}, friend: {$ref: '#/Cat'}, id: {$ref: '#/ids/cat_id'}}
ids: {cat_id: {type: string, enum: [a, b]}}
";
    let owner = "\
type: object
properties:
  pets: {type: array, items: {$ref: '../pets/pets.yaml#/Cat'}}
  home: {$ref: '../api.yaml#/components/schemas/home'}
";
    let document = format!(
        "{}components: {{schemas: {{home: {{type: object, properties: {{rooms: {{type: integer}}}}}}}}}}\n",
        document("{$ref: './pets/pets.yaml#/Cat'}")
    );
    let files = [("pets/pets.yaml", pets), ("people/owner.v1.yaml", owner)];
    assert_eq!(
        types(&document, &files),
        ["cat", "cat_id", "home", "owner_v1"]
    );
}

#[test]
fn a_component_names_its_target() {
    let document = format!(
        "{}components: {{schemas: {{Animal: {{$ref: pet.yaml}}}}}}\n",
        document("{type: array, items: {$ref: pet.yaml}}")
    );
    let pet = "type: object\nproperties: {parent: {$ref: pet.yaml}}\n";
    assert_eq!(types(&document, &[("pet.yaml", pet)]), ["animal"]);
}

#[test]
fn sections_may_be_files() {
    let document = "\
openapi: 3.0.3
info: {$ref: info.yaml}
tags: [{name: pets}]
paths: {$ref: paths.yaml}
components: {schemas: {$ref: schemas/index.yaml}}
";
    let paths = "\
/pets:
  get:
    operationId: list
    tags: [pets]
    responses:
      \"200\": {description: ok, content: {application/json: {schema: {$ref: 'api.yaml#/components/schemas/Pet'}}}}
";
    let files = [
        ("info.yaml", "title: t\nversion: 1.0.0\n"),
        ("paths.yaml", paths),
        ("schemas/index.yaml", "Pet: {$ref: pet.yaml}\n"),
        (
            "schemas/pet.yaml",
            "type: object\nproperties: {$ref: properties.yaml}\n",
        ),
        (
            "schemas/properties.yaml",
            "name: {type: string}\nkind: {type: string, enum: [cat, dog]}\n",
        ),
    ];
    assert_eq!(types(document, &files), ["pet", "pet_kind"]);
}

#[test]
fn a_discriminator_names_files() {
    let pet = "\
oneOf: [{$ref: cat.yaml}, {$ref: dog.yaml}]
discriminator: {propertyName: kind, mapping: {c: cat.yaml, d: ./dog.yaml}}
";
    let animal = "{type: object, required: [kind], properties: {kind: {type: string}}}\n";
    let files = [
        ("pet.yaml", pet),
        ("cat.yaml", animal),
        ("dog.yaml", animal),
    ];
    let source = source(&document("{$ref: pet.yaml}"), &files);
    let output = generate(&source, &Options::strict())
        .unwrap_or_else(|found| panic!("{}", found.render(&source, false)));
    let pet = output.files.iter().find(|file| file.path == "types/pet.rs");
    let pet = &pet.unwrap().contents;
    assert!(pet.contains("Cat(Cat)") && pet.contains("\"c\""), "{pet}");
}

#[test]
fn references_in_examples_are_values() {
    let schema = "{type: object, additionalProperties: true, example: {$ref: nowhere.yaml}}";
    assert_eq!(types(&document(schema), &[]), [""; 0]);
}

#[test]
fn recursive_files_are_refused() {
    let schema = "{type: object, properties: {$ref: properties.yaml}}";
    let properties = "a: {type: object, properties: {$ref: properties.yaml}}\n";
    let rendered = rendered(&document(schema), &[("properties.yaml", properties)]);
    assert!(rendered.contains("error[circular-reference]"), "{rendered}");
}

#[test]
fn exponential_files_are_refused() {
    let twice = |file: usize| {
        let next = file + 1;
        let inner = format!("{{type: object, properties: {{$ref: {next}.yaml}}}}");
        (
            format!("{file}.yaml"),
            format!("a: {inner}\nb: {inner}\nc: {inner}\nd: {inner}\n"),
        )
    };
    let files: Vec<_> = (0..30).map(twice).collect();
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let rendered = rendered(
        &document("{type: object, properties: {$ref: 0.yaml}}"),
        &files,
    );
    assert!(
        rendered.contains("error[too-large]") || rendered.contains("error[too-deep]"),
        "{rendered}"
    );
}

#[test]
fn unused_files_may_be_missing() {
    let document = format!(
        "{}components: {{schemas: {{Unused: {{$ref: nowhere.yaml}}}}}}\n",
        document("{type: string}")
    );
    let output = generate(&source(&document, &[]), &Options::default()).unwrap();
    let rules: Vec<_> = output.warnings.iter().map(|one| one.rule).collect();
    assert_eq!(rules, ["external-reference"]);
}

#[test]
fn unselected_files_may_be_invalid() {
    let document = "\
openapi: 3.0.3
info: {title: t, version: \"1\"}
tags: [{name: pets}]
paths:
  /pets: {$ref: paths/pets.yaml}
  /cats: {$ref: paths/cats.yaml}
";
    let operation = |id: &str, schema: &str| {
        format!(
            "get: {{operationId: {id}, tags: [pets], responses: {{\"200\": {{description: ok, content: \
             {{application/json: {{schema: {{$ref: {schema}}}}}}}}}}}}}\n"
        )
    };
    let files = [
        ("paths/pets.yaml", &*operation("list", "../pet.yaml")),
        ("paths/cats.yaml", &*operation("cats", "../cat.yaml")),
        (
            "pet.yaml",
            "{type: object, properties: {name: {type: string}}}\n",
        ),
    ];
    let options = Options {
        only: vec!["list*".to_owned()],
        ..Options::strict()
    };
    let source = source(document, &files);
    let output = generate(&source, &options)
        .unwrap_or_else(|found| panic!("{}", found.render(&source, false)));
    assert_eq!((output.operations, output.types), (1, 1));
}

#[test]
fn schemas_of_other_files_are_found_by_name() {
    let later = |schema| document(schema).replace("3.0.3", "3.1.0");
    let pets = "cat: {$anchor: cat, type: object, properties: {next: {$ref: '#cat'}}}\n";
    let generated = |schema| {
        let source = source(&later(schema), &[("pets.yaml", pets)]);
        generate(&source, &Options::default())
            .unwrap_or_else(|found| panic!("{}", found.render(&source, false)))
    };
    let by_name = generated("{$ref: 'pets.yaml#cat'}");
    assert_eq!(by_name, generated("{$ref: 'pets.yaml#/cat'}"));
    let rendered = rendered(&later("{$ref: 'pets.yaml#dog'}"), &[("pets.yaml", pets)]);
    assert!(
        rendered.contains("error[malformed-reference]"),
        "{rendered}"
    );
}

#[test]
fn without_files_all_references_lead_out() {
    let source = Source::new("api.yaml", document("{$ref: pet.yaml}"));
    let found = generate(&source, &Options::default()).unwrap_err();
    let rules: Vec<_> = found.iter().map(|one| one.rule).collect();
    assert_eq!(rules, ["external-reference"]);
}

/// Each level refers to the next one twice.
#[test]
fn mutual_references_take_no_exponential_time() {
    const FAMILIES: usize = 60;
    let pair = |family: usize| {
        let before = family - 1;
        format!("{{p: {{$ref: '#/S{family}/a/q'}}, q: {{a: {{$ref: '#/M{before}'}}}}}}")
    };
    let mut text = "M0: {p: {$ref: '#/S0/a/q'}, q: {a: {p: {}, q: {}}}}\n".to_owned();
    for family in 1..FAMILIES {
        text += &format!("M{family}: {}\n", pair(family));
    }
    for family in 0..FAMILIES {
        text += &format!("S{family}: {{$ref: '#/S{}/a/p'}}\n", family + 1);
    }
    text += &format!("S{FAMILIES}: {{a: {}}}\n", pair(FAMILIES));
    let rendered = rendered(&document("{$ref: 'x.yaml#/S0/a/p'}"), &[("x.yaml", &text)]);
    assert!(
        rendered.contains("error[unresolved-reference]"),
        "{rendered}"
    );
}

/// A pointer into another file may lead through a reference.
#[test]
fn pointers_through_references_of_other_files() {
    let files = [
        ("all.yaml", "schemas: {$ref: 'more/schemas.yaml#/named'}"),
        (
            "more/schemas.yaml",
            "named: {Pet: {$ref: '#/others/Cat'}, Owner: {properties: {cat: {$ref: '../all.yaml#/schemas/Pet/properties/tail'}}}}\nothers: {Cat: {type: object, properties: {tail: {type: object, properties: {cm: {type: integer}}}}}}",
        ),
    ];
    let text = document("{$ref: 'all.yaml#/schemas/Owner'}");
    let names = types(&text, &files).join(" ");
    assert_eq!(names, "owner tail");
    let circle = [("all.yaml", "a: {$ref: '#/b'}\nb: {$ref: '#/a'}")];
    let rendered = rendered(&document("{$ref: 'all.yaml#/a/c'}"), &circle);
    assert!(
        rendered.contains("error[unresolved-reference]"),
        "{rendered}"
    );
}
