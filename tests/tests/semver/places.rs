//! The lines that changes lead to.

use changes::{DocumentLine, Rule, compare};

use crate::cases;

/// Edits the base, and returns the line that the change of `subject` points to: in the edited document, or,
/// after `was: `, in the base.
fn line(old: &str, new: &str, subject: &str) -> String {
    let base = cases::base_text();
    assert_eq!(base.matches(old).count(), 1, "{old}");
    let edited = base.replace(old, new);
    let side = |text: &str| cases::side(text).unwrap_or_else(|error| panic!("{error}"));
    let changes = compare(&side(&base), &side(&edited));
    let mut all = changes
        .iter()
        .filter(|change| change.rule != Rule::DocsChanged);
    let change = all.find(|change| change.subjects.iter().any(|one| one == subject));
    let change = change.unwrap_or_else(|| panic!("{subject}: {changes:#?}"));
    let of = |text: &str, line: usize| text.lines().nth(line - 1).unwrap().trim().to_owned();
    match change.place {
        Some(DocumentLine::After(line)) => of(&edited, line),
        Some(DocumentLine::Before(line)) => format!("was: {}", of(&base, line)),
        None => panic!("{subject} has no line"),
    }
}

#[test]
fn values() {
    let state = "State: { type: string, enum: [queued, running, done] }";
    let long = "State:\n      type: string\n      enum:\n        - queued\n        - running\n        - done\n        - failed";
    assert_eq!(line(state, long, "types::State::Failed"), "- failed");
    let short = "State: { type: string, enum: [queued] }";
    let place = line(state, short, "types::State::Done");
    assert_eq!(place, format!("was: {state}"));
}

/// A type without a name in the document is found by its user.
#[test]
fn types_without_a_name() {
    let object = "type: object, properties: { key: { type: string } }";
    for (old, new, subject, expect) in [
        (
            "        tags: { type: array, items: { type: string } }\n",
            format!("        tags:\n          type: array\n          items: {{ {object} }}\n"),
            "types::BuildTagsItem",
            format!("items: {{ {object} }}"),
        ),
        (
            "        commit: { type: string }\n",
            format!(
                "        commit:\n          type: object\n          additionalProperties: {{ {object} }}\n"
            ),
            "types::PushCommitValue",
            format!("additionalProperties: {{ {object} }}"),
        ),
        (
            "        commit: { type: string }\n",
            format!("        commit: {{ {object} }}\n"),
            "types::PushCommit",
            format!("commit: {{ {object} }}"),
        ),
        (
            "        - { title: Text, type: string }\n",
            format!("        - {{ title: Text, {object} }}\n"),
            "types::Text",
            format!("- {{ title: Text, {object} }}"),
        ),
        (
            "        \"200\": { description: The runner, content: { application/json: { schema: { $ref: \"#/components/schemas/Runner\" } } } }\n",
            format!(
                "        \"200\":\n          description: The runner\n          content:\n            application/json:\n              schema: {{ {object} }}\n"
            ),
            "types::RunnersGetResponse",
            format!("schema: {{ {object} }}"),
        ),
        (
            "        content: { application/json: { schema: { $ref: \"#/components/schemas/NewBuild\" } } }\n",
            format!(
                "        content:\n          application/json:\n            schema: {{ {object} }}\n"
            ),
            "types::BuildsStartBody",
            format!("schema: {{ {object} }}"),
        ),
    ] {
        assert_eq!(line(old, &new, subject), expect);
    }
}

#[test]
fn fields() {
    let title = "        title: { type: string }\n";
    let nullable = "title: { type: string, nullable: true }";
    let place = line(
        title,
        &format!("        {nullable}\n"),
        "types::Build::title",
    );
    assert_eq!(place, nullable);
    let deprecated = "title: { type: string, deprecated: true }";
    let place = line(
        title,
        &format!("        {deprecated}\n"),
        "types::Build::title",
    );
    assert_eq!(place, deprecated);
    let place = line(
        "        tags: { type: array, items: { type: string } }\n",
        "",
        "types::Build::tags",
    );
    assert_eq!(place, "was: tags: { type: array, items: { type: string } }");
}

#[test]
fn operations_and_their_parameters() {
    let deletion = "operationId: builds/delete\n";
    let cancelling = "operationId: builds/cancel\n";
    assert_eq!(
        line(deletion, cancelling, "builds::Delete"),
        cancelling.trim()
    );
    let method = "builds::Builds::delete";
    assert_eq!(line(deletion, cancelling, method), cancelling.trim());
    let moved = "operationId: runners/delete\n";
    assert_eq!(line(deletion, moved, method), moved.trim());
    let branch = "- { name: branch, in: query, schema: { type: string } }";
    let number = "- { name: branch, in: query, schema: { type: boolean } }";
    assert_eq!(line(branch, number, "builds::List::branch"), number);
    let place = line(&format!("        {branch}\n"), "", "builds::List::branch");
    assert_eq!(place, format!("was: {branch}"));
    let body = "requestBody: { content: { application/json: { schema: { type: string } } } }";
    let renaming = "operationId: builds/rename\n";
    let with_body = format!("{renaming}      {body}\n");
    assert_eq!(line(renaming, &with_body, "builds::Rename::body"), body);
}

#[test]
fn the_whole_client() {
    let server = "  - { url: \"https://builds.example\" }\n";
    assert_eq!(line(server, "", "Client"), "servers:");
    let template =
        "  - { url: \"https://{host}/api\", variables: { host: { default: builds.example } } }\n";
    let all = format!("servers:\n{server}{template}");
    assert_eq!(line(&all, "", "Client"), "was: servers:");
    assert_eq!(line(template, "", "ClientBuilder::host"), "was: servers:");
}
