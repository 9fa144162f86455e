//! Reports of differences.

use drift::{Ledger, Report};
use openapi::Source;

use crate::{compared, source};

#[test]
fn only_the_first_places_are_listed() {
    let document = |kind: &str| {
        let response = "responses: { '200': { $ref: '#/components/responses/R' } }";
        let paths: Vec<_> = (0..12)
            .map(|number| {
                format!("  /a{number}: {{ get: {{ operationId: a{number}, {response} }} }}\n")
            })
            .collect();
        format!(
            "openapi: 3.0.3\npaths:\n{}components: {{ responses: {{ R: {{ content: {{ a/b: {{ schema: {{ type: {kind} }} }} }} }} }} }}\n",
            paths.concat()
        )
    };
    let [fragment, upstream]: [Source; 2] =
        ["string", "integer"].map(|kind| source(&document(kind)));
    let comparison = compared(&fragment.text, &upstream.text);
    let judgement = Ledger::empty().judge(&comparison, "n");
    let report = Report {
        fragment: &fragment,
        upstream: &upstream,
        ledger: None,
        name: "n",
        comparison: &comparison,
        judgement: &judgement,
    };
    let text = report.text(false);
    assert_eq!(text.matches("= in: a").count(), 2 * 7, "{text}");
    assert_eq!(text.matches("= in: and 6 more\n").count(), 2, "{text}");
    let markdown = report.markdown();
    assert_eq!(
        markdown.matches("- in and 4 more\n").count(),
        2,
        "{markdown}"
    );
    assert!(markdown.contains("| `a0` and 11 more |"), "{markdown}");
}
