//! The committed code matches the document.

use std::collections::BTreeMap;

use tests::workspace;

#[test]
fn committed_code_is_fresh() {
    let output = generator::generate(&super::spec(), &generator::Options::strict())
        .expect("the document is right");
    let expected: BTreeMap<_, _> = output
        .files
        .into_iter()
        .map(|file| (file.path, file.contents))
        .collect();
    let committed = tests::files(&workspace().join("generated-client/src/generated"));
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(
        names(&committed),
        names(&expected),
        "run `cargo xtask codegen`"
    );
    for (path, contents) in expected {
        assert!(
            committed[&path] == contents,
            "{path} is stale: run `cargo xtask codegen`"
        );
    }
}
