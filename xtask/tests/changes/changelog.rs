//! `--write-changelog`.

use crate::repository::{CHANGELOG, DOCUMENT, FIELD, NULLABLE, Repository};

const BY_HAND: &str = "\
# Changelog

What callers of this crate should know.

## [Unreleased]

### Fixed

- Something else.

## [0.1.0] - 2026-01-02

- The first one.
";

fn write(repository: &Repository) -> String {
    repository.changes(&["--write-changelog"]).ends(0);
    repository.read(CHANGELOG)
}

fn changed() -> Repository {
    let repository = Repository::new();
    repository.write(CHANGELOG, BY_HAND);
    repository.commit();
    repository.edit(DOCUMENT, FIELD, NULLABLE);
    repository.set_version("0.2.0");
    repository
}

#[test]
fn an_entry() {
    let repository = changed();
    let parameters =
        "        - { name: depth, in: query, schema: { type: integer, minimum: 1, maximum: 9 } }\n";
    let colour = "        - { name: colour, in: query, schema: { type: string } }\n";
    repository.edit(DOCUMENT, parameters, colour);
    insta::assert_snapshot!(write(&repository));
}

/// A change that the compiler accepts may break on the wire by the same line.
#[test]
fn an_entry_lists_everything_that_breaks() {
    let parameter = |text: &str| format!("        - {{ {text} }}\n");
    let depth = |more: &str| {
        parameter(&format!(
            "name: depth, in: query, {more}schema: {{ type: integer, minimum: 1, maximum: 9 }}"
        ))
    };
    let direction = |values: &str| {
        parameter(&format!(
            "name: direction, in: query, schema: {{ type: string, enum: [{values}] }}"
        ))
    };
    let (before, narrowed) = (depth(""), depth("").replace("9 }", "5 }"));
    let renamed = depth("deprecated: true, ").replace("depth", "Depth");
    let cases = [
        (
            direction("asc, desc"),
            direction("ASC, desc, newest"),
            "renamed in JSON: `asc` → `ASC`",
        ),
        (
            before.clone(),
            narrowed.replace("in: query", "in: query, deprecated: true"),
            "bounds narrowed: `1 to 9` → `1 to 5`",
        ),
        (
            before.clone(),
            narrowed.replace("in: query", "in: query, required: true"),
            "bounds narrowed: `1 to 9` → `1 to 5`",
        ),
        (
            before.clone(),
            renamed,
            "parameter renamed: `depth` → `Depth`",
        ),
    ];
    for (old, new, expect) in cases {
        let repository = Repository::new();
        repository.edit(DOCUMENT, &before, &old);
        repository.commit();
        repository.edit(DOCUMENT, &old, &new);
        repository.set_version("0.2.0");
        let text = write(&repository);
        let line = text.lines().find(|line| line.contains(expect));
        let is_breaking = line.is_some_and(|line| line.starts_with("- **Breaking:** "));
        assert!(is_breaking, "{new}{text}");
    }
}

#[test]
fn a_second_run_changes_nothing() {
    let repository = changed();
    let first = write(&repository);
    let stamp = |path: &str| {
        repository
            .path(path)
            .metadata()
            .unwrap()
            .modified()
            .unwrap()
    };
    let written = stamp(CHANGELOG);
    assert_eq!(write(&repository), first);
    assert_eq!(stamp(CHANGELOG), written);
}

#[test]
fn an_entry_is_replaced_and_hand_written_lines_stay() {
    let repository = changed();
    write(&repository);
    repository.edit(
        CHANGELOG,
        "- Something else.\n",
        "- Something else.\n- And more.\n",
    );
    repository.edit(DOCUMENT, NULLABLE, FIELD);
    let expected = BY_HAND.replace("- Something else.\n", "- Something else.\n- And more.\n");
    assert_eq!(write(&repository), expected);
}

#[test]
fn earlier_entries_are_history() {
    let repository = changed();
    write(&repository);
    repository.commit();
    repository.edit(DOCUMENT, "maximum: 9", "maximum: 99");
    let text = write(&repository);
    assert_eq!(
        text.matches("<!-- cargo xtask changes -->").count(),
        2,
        "{text}"
    );
    assert!(
        text.contains("turned optional") && text.contains("bounds widened"),
        "{text}"
    );
    assert_eq!(write(&repository), text);
}

#[test]
fn the_outcome_is_reported() {
    let repository = changed();
    let output = || repository.changes(&["--write-changelog"]).stderr;
    assert_eq!(output(), "generated-client/CHANGELOG.md: entry written\n");
    assert_eq!(output(), "generated-client/CHANGELOG.md: up to date\n");
    repository.edit(DOCUMENT, NULLABLE, FIELD);
    assert_eq!(output(), "generated-client/CHANGELOG.md: entry removed\n");
}

/// Git may check a file out with other line ends on Windows.
#[test]
fn line_ends_stay() {
    let repository = changed();
    let windows = |text: &str| text.replace('\n', "\r\n");
    let plain = write(&repository);
    repository.write(CHANGELOG, &windows(BY_HAND));
    assert_eq!(write(&repository), windows(&plain));
}

#[test]
fn a_missing_changelog() {
    let repository = Repository::new();
    repository.changes(&["--write-changelog"]).ends(0);
    assert!(!repository.path(CHANGELOG).exists());
    repository.edit(DOCUMENT, FIELD, NULLABLE);
    repository.set_version("0.2.0");
    let text = write(&repository);
    assert!(text.starts_with("# Changelog\n\n## [Unreleased]\n\n<!-- cargo xtask changes -->\n"));
}

/// The entry is of use most of all where the version is still to be raised.
#[test]
fn it_is_written_despite_a_wrong_version() {
    let repository = Repository::new();
    repository.edit(DOCUMENT, FIELD, NULLABLE);
    repository.changes(&["--write-changelog"]).ends(1);
    assert!(repository.read(CHANGELOG).contains("turned optional"));
}
