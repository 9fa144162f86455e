//! The runtime would serve any API: it names neither emitted code nor what is true of one API, and
//! its copies have none of its tests.

#[test]
fn runtime_knows_no_api() {
    let files = tests::files(&tests::workspace().join("generated-client/src/runtime"));
    for (path, text) in &files {
        for word in [
            "generated",
            "artifact",
            "crate::types",
            "crate::actions",
            "github",
        ] {
            let found = text.to_lowercase().contains(word);
            assert!(!found, "{path} says `{word}`");
        }
    }
    assert!(files.len() > 10, "the runtime was found");
}

#[test]
fn copies_have_no_unit_tests() {
    let source = super::source("spec/artifacts.yaml");
    let files = super::stand_alone::emitted("copy", &source);
    let copied: Vec<_> = files
        .filter(|(path, _)| path.starts_with("src/runtime/"))
        .collect();
    for (path, text) in &copied {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let is_tests =
            |item: &syn::Item| matches!(item, syn::Item::Mod(inner) if inner.ident == "tests");
        assert!(!file.items.iter().any(is_tests), "{path} has unit tests");
        assert!(!text.contains("test]\n"), "{path} has unit tests");
    }
    assert!(copied.len() > 100, "the runtime was found");
}
