//! Waived, accepted and open differences.

use drift::Ledger;

use super::{FRAGMENT, UPSTREAM, accepted, judged, open, read, source, stale, waivers};
use crate::{compared, document, findings};

#[test]
fn waived_and_accepted_differences_are_no_drift() {
    let judgement = judged(&accepted(&waivers(), UPSTREAM, "api.github.com"), UPSTREAM);
    assert_eq!((open(&judgement), stale(&judgement)), (vec![], vec![]));
    assert!(!judgement.is_drift());
    let reasons: Vec<_> = judgement
        .waived
        .iter()
        .map(|(finding, reason)| (finding.rule.id(), reason.as_str()))
        .collect();
    let expect = [
        ("error-status-removed", "it happens"),
        ("response-narrowed", "meant"),
        ("response-optional-property-removed", "meant"),
    ];
    let mut reasons: Vec<_> = reasons
        .iter()
        .map(|(rule, reason)| (rule.as_str(), *reason))
        .collect();
    reasons.sort_unstable();
    assert_eq!(reasons, expect);
}

#[test]
fn a_header_in_another_case_gets_a_hint() {
    let fragment =
        "responses: { '302': { headers: { Location: { required: true, schema: {} } } } }";
    let upstream = fragment
        .replace(", required: true", "")
        .replace("required: true, ", "");
    let ledger = "waivers: [{ rule: header-became-optional, operation: '*', pointer: /responses/302/headers/Location, reason: meant }]";
    let [fragment, upstream] = [fragment, &upstream].map(|text| document(text, "schemas: {}"));
    let judgement = read(ledger).judge(&compared(&fragment, &upstream), "api.github.com");
    let stale = judgement.stale.unwrap();
    let hint = stale
        .iter()
        .find_map(|diagnostic| diagnostic.hint.as_deref());
    assert_eq!(
        hint,
        Some("did you mean `/responses/302/headers/location`? header names are in lower case")
    );
}

#[test]
fn a_waiver_applies_to_its_rule_and_pointer() {
    for (from, to) in [
        ("rule: error-status-removed", "rule: error-status-added"),
        ("operation: things/get", "operation: things/put"),
        ("pointer: /responses/404", "pointer: /responses/40"),
        ("pointer: /responses/404, ", ""),
    ] {
        let ledger = accepted(&waivers().replace(from, to), UPSTREAM, "api.github.com");
        let judgement = judged(&ledger, UPSTREAM);
        assert_eq!(open(&judgement), ["error-status-removed"], "{to}");
        assert_eq!(
            stale(&judgement),
            ["waiver matches nothing in api.github.com"],
            "{to}"
        );
    }
}

#[test]
fn every_word_of_a_waiver_must_match() {
    let ledger = waivers().replace("/responses/404", "[/responses/404, /responses/410]");
    let judgement = judged(&accepted(&ledger, UPSTREAM, "api.github.com"), UPSTREAM);
    assert_eq!(
        stale(&judgement),
        ["`/responses/410` matches nothing in api.github.com"]
    );
    assert!(judgement.is_drift());
}

#[test]
fn overlapping_waivers_are_not_stale() {
    let twice = format!(
        "{}  - {{ rule: error-status-removed, operation: '*', pointer: '/responses/*', reason: r }}\n",
        waivers()
    );
    let judgement = judged(&accepted(&twice, UPSTREAM, "api.github.com"), UPSTREAM);
    assert_eq!((open(&judgement), stale(&judgement)), (vec![], vec![]));
    assert_eq!(judgement.waived.len(), 3);
}

#[test]
fn a_waiver_can_be_limited_to_a_description() {
    let limited = waivers().replace("reason: it happens", "upstream: ghes-*, reason: it happens");
    let pinned = accepted(
        &accepted(&limited, UPSTREAM, "ghes-3.19"),
        UPSTREAM,
        "api.github.com",
    );
    let judgement = judged(&pinned, UPSTREAM);
    assert_eq!(
        (open(&judgement), stale(&judgement)),
        (vec!["error-status-removed".to_owned()], vec![])
    );

    let judgement = judged(&accepted(&limited, UPSTREAM, "api.github.com"), UPSTREAM);
    assert_eq!(
        stale(&judgement),
        ["no pinned description has this name: `ghes-*`"]
    );
}

#[test]
fn a_waiver_without_a_pointer_applies_to_whole_operations() {
    let paths = |paths: &str| format!("openapi: 3.0.3\npaths: {{ {paths} }}\n");
    let comparison = compared(
        &paths("/a: { get: { operationId: a } }"),
        &paths("/a: { get: { operationId: b } }"),
    );
    let judgement = read("waivers: [{ rule: operation-renamed, operation: a, reason: r }]")
        .judge(&comparison, "n");
    assert_eq!(
        (open(&judgement), stale(&judgement)),
        (vec!["operation-not-accepted".to_owned()], vec![])
    );
}

#[test]
fn a_finding_can_be_waived_in_some_of_its_places() {
    let two = |status: &str| {
        let operation = |id: &str| {
            format!(
                "/{id}: {{ get: {{ operationId: {id}, responses: {{ '200': {{}}{status} }} }} }}"
            )
        };
        format!(
            "openapi: 3.0.3\npaths: {{ {}, {} }}\n",
            operation("a"),
            operation("b")
        )
    };
    let shared = ", '404': { $ref: '#/components/responses/N' }";
    let fragment = format!(
        "{}components: {{ responses: {{ N: {{}} }} }}\n",
        two(shared)
    );
    let comparison = compared(&fragment, &two(""));
    assert_eq!(findings(&comparison).len(), 2);
    let ledger = read(
        "waivers: [{ rule: error-status-removed, operation: a, pointer: /responses/404, reason: r }]",
    );
    let judgement = ledger.judge(&comparison, "n");
    let open = judgement
        .findings
        .iter()
        .find(|finding| finding.rule.id() == "error-status-removed")
        .unwrap();
    assert_eq!(open.operations(), ["b"]);
    assert_eq!(judgement.waived[0].0.operations(), ["a"]);
}

#[test]
fn a_change_under_a_waiver_is_reported() {
    let pinned = accepted(&waivers(), UPSTREAM, "api.github.com");
    let changed = UPSTREAM.replace("a: { type: string }", "a: { type: integer }");
    let judgement = judged(&pinned, &changed);
    assert_eq!(open(&judgement), ["operation-changed-upstream"]);
    assert!(
        judgement.findings[0]
            .message
            .ends_with("; waived differences: 3"),
        "{}",
        judgement.findings[0].message
    );
    assert!(!judged(&accepted(&pinned, &changed, "api.github.com"), &changed).is_drift());
}

#[test]
fn open_differences_replace_the_change_that_caused_them() {
    let pinned = accepted(&waivers(), UPSTREAM, "api.github.com");
    let changed = UPSTREAM.replace("'200': {", "'202': {}, '200': {");
    assert_eq!(open(&judged(&pinned, &changed)), ["status-added"]);
}

#[test]
fn a_change_of_several_operations_is_reported_once() {
    let paths = |words: &str| {
        let operation = |id: &str| format!("/{id}: {{ get: {{ operationId: {id}{words} }} }}");
        format!(
            "openapi: 3.0.3\ninfo: {{ version: '2' }}\npaths: {{ {}, {} }}\n",
            operation("a"),
            operation("b")
        )
    };
    let before = compared(&paths(""), &paths(""));
    let text = Ledger::empty().accepted(None, &before, "n").unwrap();
    let judgement = read(&text).judge(&compared(&paths(""), &paths(", summary: New")), "n");
    let [finding] = judgement.findings.as_slice() else {
        panic!("{:?}", open(&judgement));
    };
    assert_eq!(finding.operations(), ["a", "b"]);
    assert_eq!(finding.fragment.summary, "accepted: `2`");

    let partly = text.replace("      b: {", "      c: {");
    for ledger in [Ledger::empty(), read(&partly)] {
        let judgement = ledger.judge(&before, "n");
        assert_eq!(open(&judgement), ["operation-not-accepted"]);
        assert_eq!(judgement.findings[0].fragment.summary, "nothing accepted");
    }
}

#[test]
fn docs_and_structure_are_distinguished() {
    let pinned = accepted(&waivers(), UPSTREAM, "api.github.com");
    for changed in [
        format!("summary: New\n{UPSTREAM}"),
        format!("externalDocs: {{ url: new }}\n{UPSTREAM}"),
        UPSTREAM.replace("'200': {", "'200': { description: New,"),
        UPSTREAM.replace("{ type: string }", "{ type: string, description: New }"),
    ] {
        let judgement = judged(&pinned, &changed);
        assert_eq!(open(&judgement), ["operation-docs-changed"], "{changed}");
    }
    // Examples, tags and extensions are neither.
    let other = format!(
        "tags: [t]\nx-github: {{}}\n{}",
        UPSTREAM.replace("{ type: string }", "{ type: string, example: New }")
    );
    assert!(!judged(&pinned, &other).is_drift());
}

#[test]
fn an_operation_without_a_pin_is_reported() {
    assert_eq!(
        open(&judged(&waivers(), UPSTREAM)),
        ["operation-not-accepted"]
    );
}

#[test]
fn a_change_of_the_fragment_under_a_waiver_is_reported() {
    let long = (0..40).map(|number| format!("value-{number}, "));
    let long: String = long.collect();
    let schema = |schema: &str| {
        format!("parameters: [{{ name: q, in: query, schema: {{ type: string, {schema} }} }}]")
    };
    let body = |schema: &str| {
        format!("responses: {{ '200': {{ content: {{ a/b: {{ schema: {schema} }} }} }} }}")
    };
    let error = |schema: &str| {
        format!(
            "responses: {{ '200': {{}}, '404': {{ content: {{ a/b: {{ schema: {schema} }} }} }} }}"
        )
    };
    let none = "responses: { '200': {} }".to_owned();
    let servers = |url: &str| format!("servers: [{{ url: '{url}' }}]");
    let of_object = |kind: &str| {
        body(&format!(
            "{{ type: object, properties: {{ a: {{ type: {kind} }} }} }}"
        ))
    };
    for (before, after, upstream) in [
        (schema("enum: [zip]"), schema("enum: [tar]"), schema("")),
        (
            schema(&format!("enum: [{long}x]")),
            schema(&format!("enum: [{long}y]")),
            schema(""),
        ),
        (schema("maxLength: 9"), schema("maxLength: 8"), schema("")),
        (schema("format: a"), schema("format: b"), schema("")),
        (schema("default: a"), schema("default: b"), schema("")),
        (
            schema("not: { type: a }"),
            schema("not: { type: b }"),
            schema(""),
        ),
        (servers("/v3"), servers("/v4"), servers("/v1")),
        (
            of_object("string"),
            of_object("integer"),
            body("{ type: object }"),
        ),
        (
            of_object("string"),
            of_object("integer"),
            body("{ type: string }"),
        ),
        (of_object("string"), of_object("integer"), body("{}")),
        (of_object("string"), of_object("integer"), none.clone()),
        (
            error("{ type: string }"),
            error("{ type: integer }"),
            none.clone(),
        ),
        (schema(""), schema("enum: [a]"), none.clone()),
    ] {
        let [before, after, upstream] =
            [before, after, upstream].map(|operation| document(&operation, "schemas: {}"));
        let comparison = compared(&before, &upstream);
        let waivers: String = comparison
            .findings
            .iter()
            .map(|finding| {
                let (rule, pointer) = (finding.rule, &finding.places[0].pointer);
                format!("  - {{ rule: {rule}, operation: '*', pointer: '{pointer}', reason: r }}\n")
            })
            .collect();
        let waivers = source(&format!("waivers:\n{waivers}"));
        let text = read(&waivers.text)
            .accepted(Some(&waivers), &comparison, "n")
            .unwrap();
        assert!(!read(&text).judge(&comparison, "n").is_drift(), "{before}");

        let judgement = read(&text).judge(&compared(&after, &upstream), "n");
        assert_eq!(open(&judgement), ["operation-waived-changed"], "{after}");
    }
}

#[test]
fn a_pin_without_its_waived_hash_is_incomplete() {
    let pinned = accepted(&waivers(), UPSTREAM, "api.github.com");
    let (start, end) = (
        pinned.find(", waived: ").unwrap(),
        pinned.rfind(" }").unwrap(),
    );
    let without = format!("{}{}", &pinned[..start], &pinned[end..]);
    let judgement = judged(&without, UPSTREAM);
    assert_eq!(open(&judgement), ["operation-waived-changed"]);
    assert_eq!(accepted(&without, UPSTREAM, "api.github.com"), pinned);
}

#[test]
fn a_newly_waived_difference_is_reported() {
    let less = waivers().replace("/responses/404", "/responses/40*");
    let pinned = accepted(&less, UPSTREAM, "api.github.com");
    let fragment = document(
        &FRAGMENT.replace("'404'", "'400': {}, '404'"),
        "schemas: {}",
    );
    let comparison = compared(&fragment, &document(UPSTREAM, "schemas: {}"));
    let judgement = read(&pinned).judge(&comparison, "api.github.com");
    assert_eq!(open(&judgement), ["operation-waived-changed"]);
}

#[test]
fn open_differences_replace_changes_under_waivers() {
    let pinned = accepted(&waivers(), UPSTREAM, "api.github.com");
    let fragment = FRAGMENT.replace("'404': {}", "'404': { content: { a/b: {} } }, '410': {}");
    let comparison = compared(
        &document(&fragment, "schemas: {}"),
        &document(UPSTREAM, "schemas: {}"),
    );
    let judgement = read(&pinned).judge(&comparison, "api.github.com");
    assert_eq!(open(&judgement), ["error-status-removed"]);
}

#[test]
fn changes_of_docs_and_of_waived_differences_are_both_reported() {
    let pinned = accepted(&waivers(), UPSTREAM, "api.github.com");
    let fragment = FRAGMENT.replace("'404': {}", "'404': { content: { a/b: {} } }");
    let comparison = compared(
        &document(&fragment, "schemas: {}"),
        &document(&format!("summary: New\n{UPSTREAM}"), "schemas: {}"),
    );
    let judgement = read(&pinned).judge(&comparison, "api.github.com");
    assert_eq!(
        open(&judgement),
        ["operation-waived-changed", "operation-docs-changed"]
    );
}
