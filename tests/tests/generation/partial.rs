//! Parts of a document: selected operations, and those that can be expressed.

use generator::{Options, Output, Source};

const DOCUMENT: &str = r##"
openapi: 3.0.3
info: { title: Shelves, version: "1" }
servers: [{ url: https://api.example.com }]
paths:
  /books:
    get:
      operationId: books/list
      responses: { "200": { description: All, content: { application/json: { schema: { $ref: "#/components/schemas/Book" } } } } }
    delete:
      operationId: books/clear
      responses: { "200": { description: Gone, content: { application/json: { schema: { $ref: "#/components/schemas/Book" } } } } }
  /shelves:
    get:
      operationId: shelves/list
      responses: { "200": { description: All, content: { application/json: { schema: { $ref: "#/components/schemas/Shelf" } } } } }
components:
  schemas:
    Book: { type: object, properties: { author: { $ref: "#/components/schemas/Nobody" } } }
    Shelf: { type: object, properties: { length: { type: integer } } }
"##;

fn generate(options: &Options) -> Result<Output, String> {
    let source = Source::new("shelves.yaml", DOCUMENT);
    generator::generate(&source, options).map_err(|found| found.render(&source, false))
}

fn requests(output: &Output) -> Vec<&str> {
    let paths = output.files.iter().map(|file| file.path.as_str());
    paths
        .filter(|path| path.contains('/') && !path.ends_with("mod.rs"))
        .filter(|path| !path.starts_with("types/") && !path.starts_with("mock/"))
        .collect()
}

#[test]
fn what_cannot_be_expressed_is_an_error() {
    let told = generate(&Options::default()).unwrap_err();
    assert!(told.contains("error[unresolved-reference]"), "{told}");
}

/// Every operation that meets the broken reference is left out, not only the first to do so.
#[test]
fn or_is_left_out() {
    let options = Options {
        partial: true,
        ..Options::default()
    };
    let output = generate(&options).unwrap();
    assert_eq!(requests(&output), ["shelves/list.rs"]);
    let left_out = output
        .warnings
        .iter()
        .filter(|warning| warning.rule == "left-out");
    assert_eq!(left_out.count(), 2);
}

#[test]
fn not_everything_is_left_out() {
    let text = DOCUMENT.replace("schemas/Shelf", "schemas/Nobody");
    let source = Source::new("shelves.yaml", text);
    let options = Options {
        partial: true,
        ..Options::default()
    };
    let found = generator::generate(&source, &options).unwrap_err();
    let told = found.render(&source, false);
    let message = "error[no-operations]: nothing to generate: every operation is left out";
    assert!(told.contains(message), "{told}");
    assert_eq!(told.matches("warning[left-out]").count(), 3, "{told}");
}

#[test]
fn not_everything_that_is_asked_for_is_left_out() {
    let options = Options {
        partial: true,
        only: vec!["books/*".to_owned()],
        ..Options::default()
    };
    let told = generate(&options).unwrap_err();
    assert!(told.contains("error[no-operations]"), "{told}");
}

#[test]
fn or_is_not_asked_for() {
    let options = Options {
        only: vec!["shelves/*".to_owned()],
        ..Options::default()
    };
    let output = generate(&options).unwrap();
    assert_eq!(requests(&output), ["shelves/list.rs"]);
    assert!(output.warnings.is_empty(), "{:?}", output.warnings);
}
