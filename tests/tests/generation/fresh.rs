//! The committed code is what the document gives.

use std::collections::BTreeMap;
use std::path::Path;

use tests::workspace;

#[test]
fn committed_code_is_fresh() {
    let output = generator::generate(&super::spec()).expect("the document is right");
    let expected: BTreeMap<_, _> = output
        .files
        .into_iter()
        .map(|file| (file.path, file.contents))
        .collect();
    let mut committed = BTreeMap::new();
    collect(
        &workspace().join("generated-client/src/generated"),
        "",
        &mut committed,
    );
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

fn collect(directory: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(directory).expect("the generated code is there") {
        let entry = entry.expect("an entry");
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), files);
        } else {
            let contents = std::fs::read_to_string(entry.path()).expect("text");
            files.insert(path, contents);
        }
    }
}
