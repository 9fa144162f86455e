//! The diagnostics of each rule's example.

use generator::diagnose;
use openapi::Rule;

#[test]
fn diagnostics_of_the_examples() {
    let examples = Rule::ALL.iter().filter_map(|rule| rule.example.as_ref());
    let rendered: Vec<_> = examples.map(diagnose).collect();
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!(rendered.join("\n"));
    });
}
