//! The runtime would serve any API: it names neither emitted code nor what is true of one API.

use std::path::Path;

#[test]
fn runtime_knows_no_api() {
    let directory = tests::workspace().join("generated-client/src/runtime");
    let mut read = 0;
    visit(&directory, &mut |path, text| {
        read += 1;
        for word in ["generated", "artifact", "crate::types", "crate::actions"] {
            let found = text.to_lowercase().contains(word);
            assert!(!found, "{} says `{word}`", path.display());
        }
    });
    assert!(read > 10, "the runtime was found");
}

fn visit(directory: &Path, look: &mut impl FnMut(&Path, &str)) {
    for entry in std::fs::read_dir(directory).expect("the runtime is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            visit(&path, look);
        } else {
            let text = std::fs::read_to_string(&path).expect("text");
            look(&path, &text);
        }
    }
}
