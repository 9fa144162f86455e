//! Two texts of a crate, and what lies between them. What documents give rise to is in
//! tests/tests/semver; here is what they do not, and what is written by hand.

mod methods;
mod paths;
mod types;

use generator::File;

use crate::compare_code;

/// What is found, a line each: rule and subject.
fn found(before: &[(&str, &str)], after: &[(&str, &str)]) -> Vec<String> {
    let files = |files: &[(&str, &str)]| -> Vec<File> {
        let files = files.iter();
        files
            .map(|(path, contents)| File {
                path: (*path).to_owned(),
                contents: (*contents).to_owned(),
            })
            .collect()
    };
    let changes = compare_code(&files(before), &files(after)).expect("it is Rust");
    let changes = changes.iter();
    changes
        .map(|change| format!("{} {}", change.rule.name(), change.subjects.join(" ")))
        .collect()
}

#[track_caller]
fn check(before: &str, after: &str, expect: &[&str]) {
    assert_eq!(found(&[("lib.rs", before)], &[("lib.rs", after)]), expect);
}
