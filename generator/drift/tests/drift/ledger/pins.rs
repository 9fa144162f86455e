//! Pins, and how they get into the file.

use drift::Ledger;

use super::{FRAGMENT, UPSTREAM, accepted, judged, read, source, stale, waivers};
use crate::{compared, document};

#[test]
fn a_pin_of_nothing_is_stale() {
    let pinned = accepted(&waivers(), UPSTREAM, "api.github.com");
    let entry = pinned.lines().last().unwrap();
    let more = format!("{pinned}{}\n", entry.replace("things/get", "things/lost"));
    let judgement = judged(&more, UPSTREAM);
    assert_eq!(
        stale(&judgement),
        ["pinned operation is not in both documents: `things/lost`"]
    );
    assert_eq!(accepted(&more, UPSTREAM, "api.github.com"), pinned);
}

#[test]
fn pins_alone_are_rewritten() {
    let text = format!(
        "# Head.\n{}\n# Between.\npins:\n  # Ours.\n  ghes-3.19: # theirs\n    version: \"3\"\n    operations: {{}}\n\n  # Last.\n  zzz:\n    version: \"2\"\n    operations: {{}}\n# Tail.\n",
        waivers().trim()
    );
    let first = accepted(&text, UPSTREAM, "api.github.com");
    let lines: Vec<_> = text.lines().collect();
    let kept: Vec<_> = first.lines().filter(|line| lines.contains(line)).collect();
    assert_eq!(kept, lines, "{first}");
    assert_eq!(first.lines().count(), lines.len() + 4, "{first}");

    let again = accepted(
        &first,
        &format!("summary: New\n{UPSTREAM}"),
        "api.github.com",
    );
    let changed: Vec<_> = first
        .lines()
        .zip(again.lines())
        .filter(|(before, after)| before != after)
        .collect();
    assert_eq!(changed.len(), 1, "{again}");
    assert_eq!(accepted(&again, UPSTREAM, "api.github.com"), first);
    assert_eq!(
        accepted(&first, UPSTREAM, "api.github.com"),
        first,
        "accepting twice changes nothing"
    );
}

#[test]
fn pins_go_behind_others_at_the_end_of_any_text() {
    let text = accepted(&waivers(), UPSTREAM, "api.github.com");
    let whole = accepted(&text, UPSTREAM, "ghes-3.19");
    for text in [&text, text.trim_end()] {
        assert_eq!(accepted(text, UPSTREAM, "ghes-3.19"), whole);
    }
}

#[test]
fn a_document_without_operations_is_pinned() {
    let none = "openapi: 3.0.3\npaths: {}\n";
    let text = Ledger::empty()
        .accepted(None, &compared(none, none), "n")
        .unwrap();
    assert!(text.ends_with("    operations: {}\n"), "{text}");
}

#[test]
fn lines_end_as_they_did() {
    let text = waivers().replace('\n', "\r\n");
    let first = accepted(&text, UPSTREAM, "api.github.com");
    for written in [&first, &accepted(&first, UPSTREAM, "ghes-3.19")] {
        assert!(written.starts_with(&text), "{written:?}");
        assert_eq!(
            written.matches('\n').count(),
            written.matches("\r\n").count()
        );
    }
}

#[test]
fn pins_are_added_to_any_text() {
    for text in [
        "waivers: []",
        "waivers: []\n",
        "waivers: []\npins:\n",
        "pins: {}\nwaivers: []\n",
        "waivers: []\npins: null # none\n",
        "pins:\n\nwaivers: []\n",
        "pins:\n\nwaivers: [{ rule: parameter-added, operation: a, reason: r }]\n",
    ] {
        let written = accepted(text, UPSTREAM, "ghes-3.19");
        let pinned = read(&written);
        let fragment = document(FRAGMENT, "schemas: {}");
        let judgement = pinned.judge(
            &compared(&fragment, &document(UPSTREAM, "schemas: {}")),
            "ghes-3.19",
        );
        assert_eq!(judgement.accepted.as_deref(), Some("1"), "{written}");
        assert_eq!(accepted(&written, UPSTREAM, "ghes-3.19"), written);
    }
}

#[test]
fn ambiguous_yaml_names_are_quoted() {
    for name in ["3.19", "true", "a: b", "# a", "'", "\"", "", "- a", "ä"] {
        let written = accepted("waivers: []\n", UPSTREAM, name);
        assert_eq!(accepted(&written, UPSTREAM, name), written);
    }
}

#[test]
fn an_unsupported_layout_is_refused() {
    let text = "{ waivers: [], pins: { a.b: { version: '1', operations: {} } } }";
    let comparison = compared(
        &document(FRAGMENT, "schemas: {}"),
        &document(UPSTREAM, "schemas: {}"),
    );
    let source = source(text);
    let found = read(text)
        .accepted(Some(&source), &comparison, "c.d")
        .unwrap_err();
    assert!(
        found
            .render(&source, false)
            .starts_with("error[pins-layout]: no place to write the pins\n")
    );
}

#[test]
fn a_missing_file_is_created() {
    let comparison = compared(
        &document(FRAGMENT, "schemas: {}"),
        &document(FRAGMENT, "schemas: {}"),
    );
    let text = Ledger::empty()
        .accepted(None, &comparison, "api.github.com")
        .unwrap();
    assert!(!read(&text).judge(&comparison, "api.github.com").is_drift());
    assert!(text.starts_with("# "), "{text}");
}

#[test]
fn the_committed_file_is_valid() {
    let text = include_str!("../../../../../spec/drift.yaml");
    let source = source(text);
    read(text);
    // Nothing is lost when it is written again.
    let comparison = compared(
        &document(FRAGMENT, "schemas: {}"),
        &document(UPSTREAM, "schemas: {}"),
    );
    let written = read(text)
        .accepted(Some(&source), &comparison, "new.github.com")
        .unwrap();
    assert!(written.starts_with(text), "{written}");
}
