//! The runtime would serve any API: it names neither emitted code nor what is true of one API.

#[test]
fn runtime_knows_no_api() {
    let files = tests::files(&tests::workspace().join("generated-client/src/runtime"));
    for (path, text) in &files {
        for word in ["generated", "artifact", "crate::types", "crate::actions"] {
            let found = text.to_lowercase().contains(word);
            assert!(!found, "{path} says `{word}`");
        }
    }
    assert!(files.len() > 10, "the runtime was found");
}
