//! The committed code matches the document.

use std::collections::BTreeMap;

use tests::workspace;

#[test]
fn committed_code_is_fresh() {
    let files = super::output().files.iter();
    let expected: BTreeMap<_, _> = files
        .map(|file| (file.path.clone(), file.contents.as_str()))
        .collect();
    let committed = tests::files(&workspace().join("generated-client/src/generated"));
    assert!(
        committed.keys().eq(expected.keys()),
        "{:?} instead of {:?}: run `cargo xtask codegen`",
        committed.keys(),
        expected.keys()
    );
    for (path, contents) in expected {
        assert!(
            committed[&path] == contents,
            "{path} is stale: run `cargo xtask codegen`"
        );
    }
}
