//! Changes that upstream announces for newer versions of its API.

use crate::{compared, findings};

const UPSTREAM: &str = "
openapi: 3.0.3
info: { version: 1.1.4 }
paths:
  /a:
    get:
      operationId: a
      responses: { '200': { content: { a/b: { schema: { $ref: '#/components/schemas/A' } } } } }
      x-github-breaking-changes:
        - { changeset: c, version: '2026-03-10', patch: { responses: { '202': {}, '404': null } } }
        - { changeset: f, version: '2026-03-10', patch: [{ op: add, path: /responses/204, value: {} }] }
        - { changeset: d, version: '2027-01-01', patch: { responses: { '200': null } } }
components:
  schemas:
    A:
      type: object
      properties: { old: {}, kept: { type: object, properties: { p: {}, q: {} } } }
      x-github-breaking-changes:
        - { changeset: e, version: '2026-03-10', patch: { properties: { old: null, new: {}, kept: { properties: { p: null } } } } }
";

/// A fragment that speaks a version of the API.
fn fragment(version: &str, statuses: &str, properties: &str) -> String {
    format!(
        "openapi: 3.0.3\n{version}\npaths:\n  /a: {{ get: {{ operationId: a, responses: {{ '200': {{ content: {{ a/b: {{ schema: {{ type: object, properties: {{ {properties} }} }} }} }} }}{statuses} }} }} }}\n"
    )
}

const OLD: &str = "old: {}, kept: { type: object, properties: { p: {}, q: {} } }";
const NEW: &str = "new: {}, kept: { type: object, properties: { q: {} } }";

#[track_caller]
fn check(version: &str, statuses: &str, properties: &str, changesets: usize) {
    let comparison = compared(&fragment(version, statuses, properties), UPSTREAM);
    assert_eq!(findings(&comparison), [""; 0]);
    assert_eq!(comparison.changesets, changesets);
}

#[test]
fn the_version_of_the_fragment_is_compared() {
    let version = "info: { version: '2026-03-10' }\nx-api-version-header: X-Version";
    check(version, ", '202': {}, '204': {}", NEW, 3);
    let version = "info: { version: '2026-12-31' }\nx-api-version-header: X-Version";
    check(version, ", '202': {}, '204': {}", NEW, 3);
}

#[test]
fn changes_apply_in_their_own_version_of_openapi() {
    let upstream = UPSTREAM.replace("3.0.3", "3.1.0").replace(
        "properties: { old: null, new: {},",
        "properties: { old: null, new: { type: [string, 'null'] },",
    );
    let new = NEW.replace("new: {}", "new: { type: string, nullable: true }");
    let version = "info: { version: '2026-03-10' }\nx-api-version-header: X-Version";
    let fragment = fragment(version, ", '202': {}, '204': {}", &new);
    let comparison = compared(&fragment, &upstream);
    assert_eq!(findings(&comparison), [""; 0]);
    assert_eq!(comparison.changesets, 3);
}

#[test]
fn other_versions_are_not() {
    check(
        "info: { version: '2022-11-28' }\nx-api-version-header: X-Version",
        "",
        OLD,
        0,
    );
    check("info: { version: '2026-03-10' }", "", OLD, 0);
    check(
        "info: { version: 99.0.0 }\nx-api-version-header: X-Version",
        "",
        OLD,
        0,
    );
}

#[test]
fn changes_apply_by_version_in_any_order() {
    let upstream = UPSTREAM.replace(
        "      x-github-breaking-changes:\n        - { changeset: c,",
        "      x-github-breaking-changes:\n        - { version: '2026-03-10', patch: { responses: { '201': {} } } }\n        - { version: '2025-01-01', patch: { responses: { '201': null } } }\n        - { changeset: c,",
    );
    let version = "info: { version: '2026-03-10' }\nx-api-version-header: X-Version";
    let fragment = fragment(version, ", '201': {}, '202': {}, '204': {}", NEW);
    assert_eq!(findings(&compared(&fragment, &upstream)), [""; 0]);
}
