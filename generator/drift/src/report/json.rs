//! JSON for programs. `cargo xtask drift --help` documents it.

use openapi::report;
use openapi::text::Lines;
use serde_json::{Value, json};

use super::{Report, findings};
use crate::{Finding, Side};

pub(super) fn json(report: &Report<'_>) -> String {
    let lines = [Lines::new(report.fragment), Lines::new(report.upstream)];
    let told = |finding: &Finding| told(finding, &lines);
    let waived = |(finding, reason): &(Finding, String)| {
        let mut told = told(finding);
        told["reason"] = json!(reason);
        told
    };
    let judgement = report.judgement;
    let stale = findings::stale(report);
    let stale = stale.iter();
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
        "stale": stale.map(report::Finding::json).collect::<Vec<_>>(),
        "waived": judgement.waived.iter().map(waived).collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

fn told(finding: &Finding, [ours, theirs]: &[Lines<'_>; 2]) -> Value {
    let places = finding
        .places
        .iter()
        .map(|place| json!({ "operation": place.operation, "pointer": place.pointer.as_str() }));
    let mut told = findings::finding(finding, ours).json();
    told["severity"] = json!(finding.severity().name());
    told["places"] = json!(places.collect::<Vec<_>>());
    told["fragment"] = side(&finding.fragment, ours);
    told["upstream"] = side(&finding.upstream, theirs);
    told
}

fn side(side: &Side, lines: &Lines<'_>) -> Value {
    let (line, column) = lines.position(side.span.start);
    json!({ "pointer": side.pointer.as_str(), "line": line, "column": column, "says": side.says })
}
