//! Changes of the generator and of hand-written code.

use std::fs;

use crate::repository::{FRONT_DOOR, MANIFEST, Repository};

const RUNTIME: &str = "generated-client/src/runtime/mod.rs";

#[test]
fn hand_written_code() {
    let repository = Repository::new();
    repository.write(
        RUNTIME,
        "//! The runtime.\n\npub struct Token { pub secret: String }\n",
    );
    repository.edit(FRONT_DOOR, "pub use", "pub use runtime::Token;\npub use");
    repository.commit();
    repository.write(
        RUNTIME,
        "//! The runtime.\n\npub struct Token { secret: String }\n",
    );
    let report = repository.changes(&[]).ends(1);
    assert!(report.contains("\nBeside the description\n  breaking   Token::secret removed"));
    assert!(!report.contains("For callers"), "{report}");
}

/// A generator that emitted something else has left it in the base's files.
#[test]
fn another_generator() {
    let repository = Repository::new();
    let file = "generated-client/src/generated/things/get_thing.rs";
    repository.edit(
        file,
        "pub async fn send(self)",
        "pub async fn send_now(self)",
    );
    repository.git(&["commit", "--quiet", "--all", "--message", "Other code"]);
    let report = repository.changes(&[]).ends(1);
    let expected = "things::GetThing::send_now renamed to things::GetThing::send";
    assert!(report.contains(expected), "{report}");
}

/// The mock's items follow from the document, but not from it alone.
#[test]
fn another_generator_of_the_mock() {
    let repository = Repository::new();
    let file = "generated-client/src/generated/mock/things/get_thing.rs";
    repository.edit(file, "pub fn depth(", "pub fn with_depth(");
    repository.git(&["commit", "--quiet", "--all", "--message", "Other code"]);
    let report = repository.changes(&[]).ends(1);
    let expected = "mock::things::GetThing::with_depth renamed to mock::things::GetThing::depth";
    assert!(report.contains(expected), "{report}");
}

/// The text alone does not show the effect on requests: it needs a review.
#[test]
fn another_generator_without_effect_on_callers() {
    let repository = Repository::new();
    let file = "generated-client/src/generated/things/get_thing.rs";
    repository.edit(file, ".form(\"depth\"", ".form(\"Depth\"");
    repository.git(&["commit", "--quiet", "--all", "--message", "Other code"]);
    let report = repository.changes(&[]).ends(1);
    let expected = "compatible generated/things/get_thing.rs changed internally\n";
    assert!(report.contains(expected), "{report}");
    repository.set_version("0.1.1");
    repository.changes(&[]).ends(0);
}

#[test]
fn behaviour_of_hand_written_code_is_not_compared() {
    let repository = Repository::new();
    repository.write(RUNTIME, "//! The runtime.\n\nfn wait() {}\n");
    let report = repository.changes(&[]).ends(0);
    let expected = "note: hand-written code has changed, \
                    `generated-client/src/runtime/mod.rs`: its API is compared, its behaviour is not\n";
    assert!(report.contains(expected), "{report}");
}

#[test]
fn features() {
    let repository = Repository::new();
    let manifest = repository.read(MANIFEST);
    repository.write(MANIFEST, &format!("{manifest}\n[features]\nzip = []\n"));
    repository.commit();
    repository.write(MANIFEST, &manifest);
    let report = repository.changes(&[]).ends(1);
    let expected = "\nBeside the description\n  breaking   zip feature removed\n";
    assert!(report.contains(expected), "{report}");
}

#[test]
fn comments_and_order_are_no_change() {
    let repository = Repository::new();
    let file = "generated-client/src/generated/types/thing.rs";
    let text = repository.read(file);
    repository.write(file, &format!("// By hand.\n{text}"));
    repository.git(&["commit", "--quiet", "--all", "--message", "A comment"]);
    let report = repository.changes(&[]).ends(0);
    assert!(report.starts_with("generated-client: none, "), "{report}");
}

#[test]
fn invalid_rust() {
    let repository = Repository::new();
    repository.write(RUNTIME, "pub struct {");
    let report = repository.changes(&[]).ends(0);
    assert!(
        report.contains("note: `generated-client/src/runtime/mod.rs` is not valid Rust"),
        "{report}"
    );
}

#[test]
fn a_missing_directory_is_reported() {
    let repository = Repository::new();
    fs::remove_file(repository.path("generated-client/Cargo.toml")).unwrap();
    let output = repository.changes(&[]).fails(1);
    assert!(
        output.contains("cannot read `generated-client/Cargo.toml`"),
        "{output}"
    );
}
