//! The forms of the report.

use crate::repository::{DOCUMENT, FIELD, FRONT_DOOR, NULLABLE, Repository};

/// A change of each sort.
fn changed() -> Repository {
    let repository = Repository::new();
    repository.edit(DOCUMENT, FIELD, NULLABLE);
    repository.edit(DOCUMENT, "maximum: 9", "maximum: 5");
    repository.edit(
        DOCUMENT,
        "        - { name: depth,",
        "        - { name: colour, in: query, schema: { type: string } }\n        - { name: depth,",
    );
    repository.edit(FRONT_DOOR, "pub use", "pub struct Added;\npub use");
    repository
}

#[test]
fn text() {
    let repository = changed();
    insta::assert_snapshot!(repository.changes(&[]).ends(1));
}

#[test]
fn markdown() {
    let repository = changed();
    let report = repository.changes(&["--format", "markdown"]);
    insta::assert_snapshot!("complaint", report.stderr);
    insta::assert_snapshot!("markdown", report.ends(1));
}

#[test]
fn json_and_annotations() {
    let repository = changed();
    let base = repository.git(&["rev-parse", "HEAD"]);
    let json = repository.changes(&["--format", "json"]).ends(1);
    insta::assert_snapshot!("json", json.replace(base.trim(), "COMMIT"));
    insta::assert_snapshot!(
        "github",
        repository.changes(&["--format", "github"]).ends(1)
    );
}

#[test]
fn nothing_has_changed() {
    let repository = Repository::new();
    insta::assert_snapshot!(repository.changes(&[]).ends(0));
}

/// A removed parameter has its line in the base.
#[test]
fn a_removed_parameter() {
    let repository = Repository::new();
    let depth =
        "        - { name: depth, in: query, schema: { type: integer, minimum: 1, maximum: 9 } }\n";
    repository.edit(DOCUMENT, depth, "");
    insta::assert_snapshot!(repository.changes(&[]).ends(1));
    let report = repository.changes(&["--format", "markdown"]).ends(1);
    assert_eq!(
        report.matches("| line 11 of the base |\n").count(),
        2,
        "{report}"
    );
}

#[test]
fn docs_alone() {
    let repository = Repository::new();
    repository.edit(
        DOCUMENT,
        "    Thing:\n",
        "    Thing:\n      description: A thing.\n",
    );
    repository.set_version("0.1.1");
    insta::assert_snapshot!(repository.changes(&["--format", "markdown"]).ends(0));
}

/// A name from the document neither ends a table's cell nor becomes an element.
#[test]
fn hostile_names() {
    let repository = Repository::new();
    repository.edit(
        DOCUMENT,
        "        - { name: depth,",
        "        - { name: 'a|b``<b>[c](d)', in: query, schema: { type: string } }\n        - { name: depth,",
    );
    let report = repository.changes(&["--format", "markdown"]).ends(1);
    let expected = "`GET /things/{thing_id}`, ``` query a\\|b``<b>[c](d) ``` | parameter added |";
    assert!(report.contains(expected), "{report}");
}

#[test]
fn long_lists_of_changes_are_truncated() {
    let repository = Repository::new();
    let fields = |type_: &str| -> String {
        let fields = (0..100).map(|number| format!("        f{number}: {{ type: {type_} }}\n"));
        fields.collect()
    };
    repository.edit(DOCUMENT, FIELD, &format!("{FIELD}{}", fields("string")));
    repository.commit();
    let text = repository.read(DOCUMENT);
    let parameter = |number| {
        format!("        - {{ name: p{number}, in: query, schema: {{ type: string }} }}\n")
    };
    let parameters: String = (0..5).map(parameter).collect();
    let text = text.replace(&fields("string"), &fields("boolean"));
    let text = text.replace(
        "      responses:\n",
        &format!("{parameters}      responses:\n"),
    );
    repository.write(DOCUMENT, &text);
    let report = repository.changes(&[]).ends(1);
    assert!(
        report.contains("\n  and 65 more, 60 of them breaking\n"),
        "{report}"
    );
    let report = repository.changes(&["--format", "markdown"]).ends(1);
    assert!(
        report.contains(" |\n\nand 65 more, 60 of them breaking\n"),
        "{report}"
    );
    assert!(report.lines().count() < 70, "{report}");
}

#[test]
fn a_rejected_document() {
    let repository = Repository::new();
    repository.edit(
        DOCUMENT,
        "operationId: things/get-thing\n",
        "operationID: x\n",
    );
    let output = repository.changes(&[]).fails(1);
    assert!(
        output.contains("error[unknown-field]") && output.contains("artifacts.yaml:8:"),
        "{output}"
    );
}

/// A method disappears because of a change elsewhere, which the report explains.
#[test]
fn a_former_list() {
    let repository = Repository::new();
    let parameter = "        - { name: depth,";
    let pages = "        - { name: page, in: query, schema: { type: integer } }\n        - { name: per_page, in: query, schema: { type: integer } }\n";
    repository.edit(DOCUMENT, parameter, &format!("{pages}{parameter}"));
    repository.edit(
        DOCUMENT,
        "          description: The thing\n",
        "          description: The thing\n          headers: { Link: { schema: { type: string } } }\n",
    );
    repository.edit(
        DOCUMENT,
        FIELD,
        &format!("{FIELD}        parts: {{ type: array, items: {{ type: string }} }}\n"),
    );
    repository.commit();
    repository.edit(DOCUMENT, "name: per_page", "name: size");
    let output = repository.changes(&[]).ends(1);
    assert!(
        output.contains("GetThing::stream removed: (); it is no longer a list of pages\n"),
        "{output}"
    );
}

/// Files beside the document are part of it, on both sides.
#[test]
fn files_beside_the_document() {
    let repository = Repository::new();
    repository.edit(
        DOCUMENT,
        FIELD,
        "        name: { $ref: '../parts/name.yaml' }\n",
    );
    repository.write("parts/name.yaml", "type: string\n");
    repository.commit();
    repository.write("parts/name.yaml", "type: integer\n");
    let output = repository.changes(&[]).ends(1);
    assert!(output.contains("retyped"), "{output}");
}
