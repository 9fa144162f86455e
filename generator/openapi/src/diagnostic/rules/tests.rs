//! The table is sound, as far as can be checked without generating code.

use std::collections::BTreeSet;

use super::{Level, Rule};

#[test]
fn rules_are_declared_once_and_explained() {
    let names: BTreeSet<_> = Rule::ALL.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), Rule::ALL.len());
    for rule in Rule::ALL {
        for text in [Some(rule.explanation), rule.loss].into_iter().flatten() {
            assert!(
                text.ends_with('.') && !text.contains('\n'),
                "{}: {text}",
                rule.name
            );
        }
    }
}

#[test]
fn undeclared_rules_are_errors() {
    assert_eq!(super::level("no-such-rule"), Level::Error);
    assert_eq!(super::level("undeclared-tag"), Level::Warning);
}
