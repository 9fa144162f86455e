//! Levels of rules, and the ways to change them.

use generator::{Options, Output, Source, generate};
use openapi::{Diagnostic, diagnostic};

/// The head of a document with one operation that is right.
const HEAD: &str = "\
openapi: 3.0.3
info: {title: t, version: \"1\"}
";
const TAGS: &str = "\
tags: [{name: a}]
paths:
  /a: {get: {operationId: a, tags: [b], responses: {\"204\": {description: ok}}}}
  /b: {get: {operationId: b, tags: [c], responses: {\"204\": {}}}}
";

fn source(text: &str) -> Source {
    Source::new("api.yaml", format!("{HEAD}{text}"))
}

fn options(deny: &[&str], allow: &[&str], only: &[&str]) -> Options {
    let list = |names: &[&str]| names.iter().map(ToString::to_string).collect();
    Options {
        deny: list(deny),
        allow: list(allow),
        only: list(only),
        partial: false,
    }
}

/// The diagnostics, as `error[rule]` and `warning[rule]`, in the order of the report.
fn found(text: &str, options: &Options) -> Vec<String> {
    let found: Vec<Diagnostic> = match generate(&source(text), options) {
        Ok(Output { warnings, .. }) => warnings,
        Err(found) => found.into_iter().collect(),
    };
    let level = |one: &Diagnostic| if one.is_error() { "error" } else { "warning" };
    found
        .iter()
        .map(|one| format!("{}[{}]", level(one), one.rule))
        .collect()
}

/// The whole report.
fn rendered(text: &str, options: &Options) -> String {
    let source = source(text);
    match generate(&source, options) {
        Ok(Output { warnings, .. }) => diagnostic::render(&warnings, &source, false),
        Err(found) => found.render(&source, false),
    }
}

#[track_caller]
fn check(text: &str, options: &Options, expect: &[&str]) {
    assert_eq!(found(text, options), expect);
}

#[test]
fn warnings_do_not_stop_generation() {
    check(
        TAGS,
        &Options::default(),
        &[
            "warning[undeclared-tag]",
            "warning[undeclared-tag]",
            "warning[missing-field]",
        ],
    );
    let output = generate(&source(TAGS), &Options::default()).unwrap();
    assert_eq!((output.operations, output.warnings.len()), (2, 3));
}

#[test]
fn a_rule_is_denied() {
    check(
        TAGS,
        &options(&["missing-field"], &[], &[]),
        &[
            "warning[undeclared-tag]",
            "warning[undeclared-tag]",
            "error[missing-field]",
        ],
    );
}

#[test]
fn all_warnings_are_denied() {
    for options in [options(&["warnings"], &[], &[]), Options::strict()] {
        check(
            TAGS,
            &options,
            &[
                "error[undeclared-tag]",
                "error[undeclared-tag]",
                "error[missing-field]",
            ],
        );
    }
}

#[test]
fn a_rule_is_allowed() {
    let options = options(&[], &["undeclared-tag"], &[]);
    check(TAGS, &options, &["warning[missing-field]"]);
}

#[test]
fn all_but_one_rule_are_denied() {
    let options = options(&["warnings"], &["undeclared-tag"], &[]);
    check(TAGS, &options, &["error[missing-field]"]);
}

#[test]
fn an_unused_allowance_is_an_error() {
    let allow = ["undeclared-tag", "missing-field", "duplicate-tag"];
    insta::assert_snapshot!(rendered(TAGS, &options(&[], &allow, &[])), @r"
    error[unused-allowance]: allowed rule is not broken: `duplicate-tag`
    --> api.yaml
     = help: remove it: the document follows the rule, or the rule is denied by name

    1 error in api.yaml
    ");
}

#[test]
fn unused_allowances_are_not_reported_beside_errors() {
    let options = options(&["undeclared-tag"], &["duplicate-tag"], &[]);
    let expect = [
        "error[undeclared-tag]",
        "error[undeclared-tag]",
        "warning[missing-field]",
    ];
    check(TAGS, &options, &expect);
}

#[test]
fn a_denial_by_name_overrides_an_allowance() {
    let options = options(
        &["missing-field"],
        &["missing-field", "undeclared-tag"],
        &[],
    );
    check(TAGS, &options, &["error[missing-field]"]);
}

#[test]
fn unknown_rules() {
    let options = options(
        &["undeclared-tags", "nonsense"],
        &["warnings", "no-operations"],
        &[],
    );
    insta::assert_snapshot!(rendered("paths: {}", &options));
}

#[test]
fn a_document_has_a_policy() {
    let text = format!("x-diagnostics: {{deny: [warnings], allow: [undeclared-tag]}}\n{TAGS}");
    check(&text, &Options::default(), &["error[missing-field]"]);
    let text = format!("x-diagnostics: {{deny: [undeclared-tag]}}\n{TAGS}");
    let allow = options(&[], &["missing-field"], &[]);
    let expect = ["error[undeclared-tag]"; 2];
    check(&text, &allow, &expect);
}

#[test]
fn invalid_policies_of_a_document_are_errors() {
    let text = "\
x-diagnostics: {deny: [warning, 1, no-operations], allow: [no-operations, duplicate-tag], forbid: [], partial: true}
paths: {/a: {get: {operationId: a, responses: {\"204\": {description: ok}}}}}
";
    insta::assert_snapshot!(rendered(text, &Options::default()));
    for text in ["x-diagnostics: []\n", "x-diagnostics: {deny: warnings}\n"] {
        let all = found(&format!("{text}paths: {{}}"), &Options::default());
        assert!(
            all.contains(&"error[invalid-extension]".to_owned()),
            "{all:?}"
        );
    }
    let unused = "\
x-diagnostics: {allow: [duplicate-tag]}
paths: {/a: {get: {operationId: a, responses: {\"204\": {description: ok}}}}}
";
    insta::assert_snapshot!(rendered(unused, &Options::default()), @r"
    error[unused-allowance]: allowed rule is not broken: `duplicate-tag`
     --> api.yaml:3:25
      |
    3 | x-diagnostics: {allow: [duplicate-tag]}
      |                         ^^^^^^^^^^^^^
      |
      = help: remove it: the document follows the rule, or the rule is denied by name

    1 error in api.yaml
    ");
}

#[test]
fn check_and_model_report_in_one_run() {
    let text = "\
paths:
  /a: {put: {operationId: a, tags: [1], requestBody: {content: {text/bä: {}}}, responses: {\"200\": {description: ok}}}}
  /b: {get: {operationId: b, responses: {\"200\": {$ref: '#/components/responses/b'}}}}
";
    let rules = found(text, &Options::default());
    for rule in [
        "warning[wrong-type]",
        "error[unsupported-request-body]",
        "error[unresolved-reference]",
    ] {
        assert!(rules.contains(&rule.to_owned()), "{rules:?}");
    }
}

/// Findings of `check` are not repeated for the model.
#[test]
fn the_same_finding_is_reported_once() {
    let text = "\
paths:
  /a: {get: {operationId: a, responses: {\"200\": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}
components:
  schemas:
    A: {oneOf: [{$ref: '#/components/schemas/B'}], discriminator: {propertyName: k, mapping: {c: C}}, properties: {n: {type: int}}}
    B: {type: object, required: [k], properties: {k: {type: string}}}
";
    let found = found(text, &Options::default());
    for rule in [
        "warning[unknown-type]",
        "warning[unreachable-discriminator]",
    ] {
        let hits = found.iter().filter(|found| *found == rule);
        assert_eq!(hits.count(), 1, "{found:?}");
    }
}

#[test]
fn an_unknown_type_is_reported_once() {
    let text = "\
paths:
  /a:
    get:
      operationId: a
      parameters:
        - {name: a, in: query, schema: {type: int, format: int64, minimum: 1, maximum: 9, enum: [1, 2], default: 1}}
      responses: {\"204\": {description: ok}}
";
    insta::assert_snapshot!(rendered(text, &Options::default()), @r"
    warning[unknown-type]: unknown value of `type`: `int`
     --> api.yaml:8:47
      |
    8 |         - {name: a, in: query, schema: {type: int, format: int64, minimum: 1, maximum: 9, enum: [1, 2], default: 1}}
      |                                               ^^^
      |
      = help: write `type: integer` and a `format`

    1 warning in api.yaml
    ");
}

#[test]
fn extensions_of_paths_are_ignored() {
    let text = "\
tags: [{name: a}]
paths:
  x-notes: {get: {tags: [b]}}
  /a:
    x-notes: {tags: [b], responses: 1}
    get: {operationId: a, tags: [a], responses: {\"204\": {description: ok}}}
";
    check(text, &Options::default(), &[]);
}

const BROKEN: &str = "\
paths:
  /a: {get: {operationId: a, responses: {\"204\": {description: ok}}}}
  /b: {get: {operationId: b, tags: [b], responses: {\"200\": {$ref: '#/components/responses/b'}}}}
components:
  responses:
    b: {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/b'}}}}
  schemas:
    unused: {$ref: '#/components/schemas/nowhere'}
";

#[test]
fn a_reference_to_nowhere_is_an_error_where_it_is_used() {
    let rules = found(BROKEN, &Options::default());
    let references = rules
        .iter()
        .filter(|rule| rule.contains("unresolved-reference"));
    let expect = [
        "error[unresolved-reference]",
        "warning[unresolved-reference]",
    ];
    assert!(references.eq(&expect), "{rules:?}");
}

#[test]
fn unselected_operations_are_not_reported() {
    let is_reported = |only: &[&str]| {
        let rules = found(BROKEN, &options(&[], &[], only));
        rules
            .iter()
            .any(|rule| rule.contains("unresolved-reference"))
    };
    assert!(!is_reported(&["a"]));
    assert!(is_reported(&["b"]));
    assert!(is_reported(&["*"]));
    let shared = "\
paths:
  /a: {get: {operationId: a, responses: {\"200\": {$ref: '#/paths/~1b/get/responses/200'}}}}
  /b: {get: {operationId: b, zzz: 1, responses: {\"200\": {description: ok, yyy: 1}}}}
";
    let expect = ["warning[inline-reference]", "warning[unknown-field]"];
    check(shared, &options(&[], &[], &["a"]), &expect);
}

#[test]
fn patterns_of_nothing() {
    insta::assert_snapshot!(rendered(
        TAGS,
        &options(
            &[],
            &["missing-field", "undeclared-tag"],
            &["a", "bb", "x*"]
        )
    ));
}

#[test]
fn a_digest_groups_by_rule() {
    let text = "\
tags: [{name: a}]
paths:
  /a:
    get:
      operationId: a
      tags: [b, c, d]
      parameters: [{name: Accept, in: header, schema: {type: strnig}}]
      responses: {\"200\": {$ref: '#/components/responses/gone'}}
";
    let source = source(text);
    let found = generate(&source, &Options::default()).unwrap_err();
    insta::assert_snapshot!(diagnostic::digest(found.as_slice(), &source, false));
}

#[test]
fn thousands_of_warnings_take_few_lines() {
    let mut text = TAGS.to_owned();
    text.push_str("components:\n  schemas:\n");
    for index in 0..10_000 {
        text.push_str(&format!("    s{index}: {{zzz: 1, type: strnig}}\n"));
    }
    let source = source(&text);
    let output = generate(&source, &Options::default()).unwrap_or_else(|found| {
        panic!("{}", found.render(&source, false));
    });
    assert!(output.warnings.len() > 20_000);
    let text = diagnostic::digest(&output.warnings, &source, false);
    assert!(
        text.contains("warning[unknown-type]: 10000 times, first at api.yaml:"),
        "{text}"
    );
    assert!(text.lines().count() < 15, "{text}");

    let denied = generate(&source, &Options::strict()).unwrap_err();
    let text = diagnostic::digest(denied.as_slice(), &source, false);
    assert!(text.contains("error[unknown-type]: 99"), "{text}");
    assert!(text.lines().count() < 1200, "{}", text.lines().count());
}
