//! Our own verdicts.

use std::collections::BTreeSet;

use changes::{Revision, Rule, Verdict, compare, gravest};

use crate::cases;

/// Rules for changes of hand-written code or of the generator, tested in generator/changes.
const OF_CODE: &[Rule] = &[
    Rule::GenericsChanged,
    Rule::NonExhaustiveAdded,
    Rule::PrivateFieldAdded,
    Rule::NonExhaustiveRemoved,
    Rule::FieldAddedToWhole,
    Rule::FieldsReordered,
    Rule::VariantAddedToWhole,
    Rule::SignatureLoosened,
    Rule::ConditionAdded,
    Rule::ConditionRemoved,
    Rule::MustUseAdded,
    Rule::ItemAdded,
    Rule::ItemRemoved,
    Rule::ItemChanged,
    Rule::FeatureAdded,
    Rule::FeatureRemoved,
    Rule::FeatureNarrowed,
    Rule::FeatureWidened,
    Rule::CrateRenamed,
    Rule::DependencyChanged,
    Rule::RustVersionRaised,
];

#[test]
fn every_case_is_found() {
    let mut wrong = String::new();
    for (case, changes) in cases::compared() {
        let found: Vec<_> = changes.iter().map(|change| change.rule.name()).collect();
        if found != case.rules {
            let (name, expected) = (&case.name, case.rules.join(", "));
            let found = found.join(", ");
            wrong.push_str(&format!(
                "{name}\n  expected: {expected}\n  found:    {found}\n"
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_rule_has_a_case() {
    let known: BTreeSet<_> = cases::compared()
        .iter()
        .flat_map(|(_, changes)| changes.iter().map(|change| change.rule))
        .collect();
    let untested: Vec<_> = Rule::ALL
        .iter()
        .filter(|rule| !known.contains(rule))
        .collect();
    assert_eq!(untested, OF_CODE.iter().collect::<Vec<_>>());
}

/// If cargo-semver-checks disagrees about the Rust API, the case has the reason.
#[test]
fn every_difference_is_explained() {
    for (case, changes) in cases::compared() {
        let callers = gravest(&changes.callers);
        let differs = (callers == Verdict::Breaking) == case.major.is_empty();
        assert_eq!(differs, case.because.is_some(), "{}", case.name);
    }
}

#[test]
fn names_are_unique() {
    let mut names = BTreeSet::new();
    for case in cases::all() {
        assert!(names.insert(case.name.clone()), "{}", case.name);
    }
}

#[test]
fn everything_is_new_without_a_base() {
    let changes = compare(&Revision::nothing(), &cases::base());
    assert_eq!(changes.verdict(), Verdict::Compatible);
    assert_eq!(
        compare(&cases::base(), &Revision::nothing()).verdict(),
        Verdict::Breaking
    );
}

/// A removed value is reported as none.
#[test]
fn removed_headers() {
    let base = cases::base_text();
    let side = |text: &str| cases::side(text).unwrap_or_else(|error| panic!("{error}"));
    for (line, rule, was) in [
        (
            "x-api-version-header: X-Version\n",
            Rule::VersionHeaderChanged,
            "X-Version",
        ),
        (
            "x-accept: application/json\n",
            Rule::AcceptChanged,
            "application/json",
        ),
    ] {
        let (with, without) = (side(&base), side(&base.replace(line, "")));
        let values = |before: &Revision, after: &Revision| {
            let changes = compare(before, after);
            let mut found = changes.wire.into_iter();
            let change = found.find(|change| change.rule == rule)?;
            Some((change.before?, change.after?))
        };
        let (was, none) = (was.to_owned(), "none".to_owned());
        let gone = Some((was.clone(), none.clone()));
        assert_eq!(values(&with, &without), gone);
        assert_eq!(values(&without, &with), Some((none, was)));
    }
}

#[test]
fn a_version_without_a_header_is_not_on_the_wire() {
    let base = cases::base_text().replace("x-api-version-header: X-Version\n", "");
    let other = base.replace("version: \"1\"", "version: \"2\"");
    let side = |text: &str| cases::side(text).unwrap_or_else(|error| panic!("{error}"));
    let changes = compare(&side(&base), &side(&other));
    assert_eq!(changes.wire, []);
    assert_eq!(changes.verdict(), Verdict::Compatible);
}
