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
fn inexpressible_operations_are_errors() {
    let rendered = generate(&Options::default()).unwrap_err();
    assert!(
        rendered.contains("error[unresolved-reference]"),
        "{rendered}"
    );
}

/// Every operation that meets the broken reference is left out, not only the first to do so.
#[test]
fn partial_leaves_them_out() {
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
fn some_operation_must_remain() {
    let text = DOCUMENT.replace("schemas/Shelf", "schemas/Nobody");
    let source = Source::new("shelves.yaml", text);
    let options = Options {
        partial: true,
        ..Options::default()
    };
    let found = generator::generate(&source, &options).unwrap_err();
    let rendered = found.render(&source, false);
    let message = "error[no-operations]: nothing to generate: every operation is left out";
    assert!(rendered.contains(message), "{rendered}");
    assert_eq!(
        rendered.matches("warning[left-out]").count(),
        3,
        "{rendered}"
    );
}

#[test]
fn some_selected_operation_must_remain() {
    let options = Options {
        partial: true,
        only: vec!["books/*".to_owned()],
        ..Options::default()
    };
    let rendered = generate(&options).unwrap_err();
    assert!(rendered.contains("error[no-operations]"), "{rendered}");
}

#[test]
fn unselected_operations_may_be_inexpressible() {
    let options = Options {
        only: vec!["shelves/*".to_owned()],
        ..Options::default()
    };
    let output = generate(&options).unwrap();
    assert_eq!(requests(&output), ["shelves/list.rs"]);
    assert!(output.warnings.is_empty(), "{:?}", output.warnings);
}
