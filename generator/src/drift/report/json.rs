//! JSON for programs. `cargo xtask drift --help` documents it.

use serde_json::{Value, json};

use super::Report;
use crate::diagnostic::render::Lines;
use crate::drift::{Finding, Side};

pub(super) fn json(report: &Report<'_>) -> String {
    let lines = [Lines::new(report.fragment), Lines::new(report.upstream)];
    let told = |finding: &Finding| told(finding, &lines);
    let waived = |(finding, reason): &(Finding, String)| {
        let mut told = told(finding);
        told["reason"] = json!(reason);
        told
    };
    let judgement = report.judgement;
    let document = json!({
        "fragment": report.fragment.name,
        "upstream": {
            "name": report.name,
            "file": report.upstream.name,
            "version": report.comparison.version,
            "accepted": judgement.accepted,
            "changesets": report.comparison.changesets,
        },
        "drift": judgement.is_drift(),
        "operations": report.comparison.operations.keys().collect::<Vec<_>>(),
        "findings": judgement.findings.iter().map(told).collect::<Vec<_>>(),
        "stale": stale(report),
        "waived": judgement.waived.iter().map(waived).collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

fn told(finding: &Finding, [ours, theirs]: &[Lines<'_>; 2]) -> Value {
    let places = finding
        .places
        .iter()
        .map(|place| json!({ "operation": place.operation, "pointer": place.pointer.as_str() }));
    json!({
        "rule": finding.rule.id(),
        "severity": finding.severity().name(),
        "message": finding.message,
        "help": finding.rule.help(),
        "places": places.collect::<Vec<_>>(),
        "fragment": side(&finding.fragment, ours),
        "upstream": side(&finding.upstream, theirs),
    })
}

fn side(side: &Side, lines: &Lines<'_>) -> Value {
    let (line, column) = lines.position(side.span.start);
    json!({ "pointer": side.pointer.as_str(), "line": line, "column": column, "says": side.says })
}

fn stale(report: &Report<'_>) -> Vec<Value> {
    let (Some(stale), Some(ledger)) = (&report.judgement.stale, report.ledger) else {
        return Vec::new();
    };
    let lines = Lines::new(ledger);
    let told = stale.iter().map(|diagnostic| {
        let (line, column) = lines.position(diagnostic.span.start);
        json!({
            "rule": diagnostic.rule,
            "message": diagnostic.message,
            "help": diagnostic.hint,
            "file": ledger.name,
            "line": line,
            "column": column,
        })
    });
    told.collect()
}
