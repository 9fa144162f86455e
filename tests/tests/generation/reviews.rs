//! What a reviewer reads of three typical changes of the description: what has changed, and little
//! else.
//!
//! The snapshots hold the lines that differ, and no line around them: a change anywhere else leaves
//! them alone.

mod edits;

use std::collections::BTreeMap;
use std::fmt::Write;

use generator::{File, Source};
use insta::{Settings, assert_snapshot};
use similar::{ChangeTag, TextDiff};

#[test]
fn an_optional_query_parameter() {
    review("optional-query-parameter", edits::OPTIONAL_QUERY_PARAMETER);
}

#[test]
fn a_nullable_field() {
    review("nullable-field", edits::NULLABLE_FIELD);
}

#[test]
fn a_sixth_operation() {
    review("sixth-operation", edits::SIXTH_OPERATION);
}

fn review(name: &str, edits: &[(&str, &str)]) {
    let before = super::source("tests/tests/generation/reviews/document.yaml");
    let after = edited(&before, edits);
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("snapshots/reviews");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| assert_snapshot!(name, differences(&shown(&before), &shown(&after))));
}

/// The description with text put in before other text that is there once.
fn edited(source: &Source, edits: &[(&str, &str)]) -> Source {
    let mut text = source.text.clone();
    for (anchor, inserted) in edits {
        assert_eq!(text.matches(anchor).count(), 1, "{anchor}");
        text = text.replace(anchor, &format!("{inserted}{anchor}"));
    }
    Source::new(&source.name, text)
}

/// The outline first, then the emitted files.
fn shown(source: &Source) -> Vec<File> {
    let output =
        generator::generate(source, &generator::Options::strict()).expect("the document is right");
    let outline = File {
        path: "api".to_owned(),
        contents: generator::outline(&output.files),
    };
    std::iter::once(outline).chain(output.files).collect()
}

/// The lines that come and go, file by file; of a file that is new, its name alone.
fn differences(before: &[File], after: &[File]) -> String {
    let before: BTreeMap<_, _> = before
        .iter()
        .map(|file| (&file.path, &file.contents))
        .collect();
    let mut text = String::new();
    for file in after {
        match before.get(&file.path) {
            Some(contents) if **contents == file.contents => {}
            Some(contents) => {
                writeln!(text, "{}", file.path).unwrap();
                text += &lines_that_differ(contents, &file.contents);
            }
            None => writeln!(text, "{}: new", file.path).unwrap(),
        }
    }
    text
}

fn lines_that_differ(before: &str, after: &str) -> String {
    let difference = TextDiff::from_lines(before, after);
    let changes = difference.iter_all_changes();
    changes
        .filter(|change| change.tag() != ChangeTag::Equal)
        .map(|change| format!("  {}{change}", change.tag()))
        .collect()
}
