//! Snapshots for reviewers: the code of each construct, without docs.

use std::collections::{BTreeSet, HashSet};

use generator::File;
use insta::{Settings, assert_snapshot};

use crate::DOCUMENTS;

/// The snapshots of all constructs together: docs, the examples in them, mocks.
const TOGETHER: [&str; 3] = ["lines_of_docs", "lines_of_samples", "lines_of_mocks"];

/// A test for each document, and the list of them.
macro_rules! constructs {
    ($($construct:ident)*) => {
        pub(crate) const CONSTRUCTS: &[&str] = &[$(stringify!($construct)),*];
        $(
            #[test]
            fn $construct() {
                check(stringify!($construct));
            }
        )*
    };
}

constructs! {
    additional_properties
    all_of
    anonymous_types
    api_key
    binary_answers
    body_choice
    chains
    colliding_names
    default_and_ranges
    deprecated
    digit_names
    enums
    environment
    example_strings
    examples
    file_names
    form_body
    formats
    headers_and_cookies
    integers
    later_choices
    later_schemas
    library
    listed_values
    many_arguments
    media_type_names
    merged_schemas
    multipart_body
    no_ids
    no_server
    nothing_said
    null_and_absent
    open_server
    optional_body
    our_names
    paged_lists
    path_styles
    query_styles
    read_and_write
    recursion
    references
    relative_server
    remarks
    representations
    response_headers
    security
    segments
    servers
    several_successes
    slips
    tags
    text_bodies
    undeclared_tags
    union_by_discriminator
    union_by_loss
    union_by_parent
    union_by_value
    union_with_properties
    unusual_bodies
    webhooks
}

/// The documents, the list above and the snapshots are of the same constructs.
#[test]
fn every_document_has_a_test() {
    let listed: BTreeSet<_> = CONSTRUCTS.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(stems(DOCUMENTS, ".yaml"), listed);
    let mut snapshots = stems("tests/tests/constructs/snapshots", ".snap");
    snapshots.retain(|name| !TOGETHER.contains(&name.as_str()));
    let stale: Vec<_> = snapshots.difference(&listed).collect();
    assert!(stale.is_empty(), "remove the stale snapshots {stale:?}");
}

/// Every line of emitted docs, once, below the first construct that has it.
#[test]
fn lines_of_docs() {
    check_lines("lines_of_docs", |file| prose(&file.contents, false));
}

/// What users copy.
#[test]
fn lines_of_samples() {
    check_lines("lines_of_samples", |file| prose(&file.contents, true));
}

/// The mocks' code, which the tests of emitted crates only compile.
#[test]
fn lines_of_mocks() {
    check_lines("lines_of_mocks", |file| {
        let code = bare(&file.contents);
        let lines = file.path.starts_with("mock/").then_some(code);
        let lines = lines.iter().flat_map(|code| code.lines());
        lines.map(str::to_owned).collect()
    });
}

/// Compares the lines of all constructs, each below the construct that has it first.
#[track_caller]
fn check_lines(name: &str, lines: impl Fn(&File) -> Vec<String>) {
    let mut text = String::new();
    let mut known = HashSet::new();
    for construct in CONSTRUCTS {
        let files = crate::output(construct).files.iter();
        let lines = files.flat_map(&lines);
        let new: Vec<_> = lines.filter(|line| known.insert(line.clone())).collect();
        if !new.is_empty() {
            text.push_str(&format!("{construct}\n\n{}\n\n", new.join("\n")));
        }
    }
    compare(name, text);
}

#[track_caller]
fn check(construct: &str) {
    compare(construct, code(&crate::output(construct).files));
}

#[track_caller]
fn compare(name: &str, text: String) {
    let mut settings = Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| assert_snapshot!(name, text));
}

/// The lines of documentation in a file: those of its examples, or the others.
fn prose(code: &str, of_examples: bool) -> Vec<String> {
    let lines = code.lines().map(str::trim_start);
    let docs = lines.filter_map(|line| line.strip_prefix("///").or(line.strip_prefix("//!")));
    let mut is_example = false;
    docs.map(str::trim)
        .filter(move |line| {
            let is_fence = line.starts_with("```");
            is_example ^= is_fence;
            !is_fence && is_example == of_examples && !line.is_empty()
        })
        .map(str::to_owned)
        .collect()
}

/// The code of all files but the examples and the mock, which are built and run instead of read.
fn code(files: &[File]) -> String {
    let is_read = |file: &&File| {
        !["examples", "mock/"]
            .iter()
            .any(|start| file.path.starts_with(start))
    };
    let files = files.iter().filter(is_read);
    let codes = files.map(|file| (&file.path, bare(&file.contents)));
    codes
        .filter(|(_, code)| !code.is_empty())
        .map(|(path, code)| format!("// {path}\n\n{code}\n"))
        .collect()
}

/// Code without documentation, imports and modules.
fn bare(code: &str) -> String {
    const LEFT_OUT: &[&str] = &["use ", "pub use ", "mod ", "pub mod ", "#[cfg("];
    let mut lines = Vec::<&str>::new();
    let mut leaves_out = false;
    for line in code.lines() {
        leaves_out |= LEFT_OUT.iter().any(|start| line.starts_with(start));
        let is_comment = line.trim_start().starts_with("//");
        let is_doubled = line.is_empty() && lines.last().is_none_or(|last| last.is_empty());
        if !leaves_out && !is_comment && !is_doubled {
            lines.push(line);
        }
        // rustfmt ends the items of several lines so.
        leaves_out &= !line.ends_with([';', ']', '}']);
    }
    let code: String = lines.iter().map(|line| format!("{line}\n")).collect();
    format!("{}\n", code.trim()).trim_start().to_owned()
}

/// The names of the files in a folder of the workspace that end so.
fn stems(folder: &str, end: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(tests::workspace().join(folder));
    let entries = entries.into_iter().flatten();
    entries
        .filter_map(|entry| {
            let name = entry.expect("an entry").file_name();
            Some(name.to_str()?.strip_suffix(end)?.to_owned())
        })
        .collect()
}
