//! The division of docs between a namespace and its operations.

use generator::{File, Options, Source};

const DOCUMENT: &str = "\
openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /x:
    get:
      operationId: a/get-x
      description: See `a/delete-x` and `b/get-x`.
      responses:
        '204': { description: Done }
        '404': { description: Missing }
        '410': { description: Gone }
    delete:
      operationId: a/delete-x
      responses:
        '204': { description: Done }
        '404': { description: Missing }
        '410': { description: Gone for good }
";

fn generate(text: &str) -> Vec<File> {
    let source = Source::new("api.yaml".to_owned(), text.to_owned());
    let output = generator::generate(&source, &Options::default());
    output.expect("the document is right").files
}

/// The documentation in a file, without its markers.
fn docs<'f>(path: &str, files: &'f [File]) -> Vec<&'f str> {
    let file = files.iter().find(|file| file.path == path);
    let lines = file.expect(path).contents.lines().map(str::trim);
    let docs = lines.filter_map(|line| line.strip_prefix("//! ").or(line.strip_prefix("/// ")));
    docs.collect()
}

/// A shared error is documented once; an operation documents only errors with another meaning.
#[test]
fn shared_errors() {
    let files = generate(DOCUMENT);
    let module = docs("a/mod.rs", &files);
    assert!(module.contains(&"# Shared errors"), "{module:?}");
    assert!(module.contains(&"- 404: Missing"), "{module:?}");
    for (path, own) in [
        ("a/get_x.rs", "- 410: Gone"),
        ("a/delete_x.rs", "- 410: Gone for good"),
    ] {
        let operation = docs(path, &files);
        let shared = "- 404: [as for other operations](super#shared-errors).";
        assert!(operation.contains(&shared), "{operation:?}");
        assert!(operation.contains(&own), "{operation:?}");
        assert!(!module.contains(&own), "{module:?}");
    }

    let files = generate(&DOCUMENT.replace("Gone for good }", "Gone }"));
    let module = docs("a/mod.rs", &files);
    assert!(module.contains(&"- 410: Gone"), "{module:?}");
    let files = generate(&DOCUMENT.replacen("Missing", "Lost", 1));
    let module = docs("a/mod.rs", &files);
    assert!(!module.contains(&"# Shared errors"), "{module:?}");
}

/// An `operationId` of the namespace is a link in a description, and no other code is.
#[test]
fn operation_ids() {
    let files = generate(DOCUMENT);
    let operation = docs("a/get_x.rs", &files);
    let line = "See [`delete_x`](crate::a::A::delete_x) and `b/get-x`.";
    assert!(operation.contains(&line), "{operation:?}");
}

/// Permissions are a column of the list of operations, where the document states any.
#[test]
fn permissions() {
    let files = generate(DOCUMENT);
    let module = docs("a/mod.rs", &files);
    assert!(module.contains(&"| operation | request |"), "{module:?}");
    assert!(
        module.contains(&"| [`A::get_x`] | `GET /x` |"),
        "{module:?}"
    );

    let with = "x-permissions: { fine-grained: { x: read }, classic: [y, z] }\n      description";
    let files = generate(&DOCUMENT.replace("description: See", &format!("{with}: See")));
    let module = docs("a/mod.rs", &files);
    let row = "| [`A::get_x`] | `GET /x` | `x: read` or scope `y`, scope `z` |";
    assert!(module.contains(&row), "{module:?}");
}
