//! JSON for programs. `cargo xtask drift --help` documents it.

use openapi::report;
use openapi::text::Lines;
use serde_json::{Value, json};

use super::{Report, findings};
use crate::{Finding, Side};

pub(super) fn json(report: &Report<'_>) -> String {
    let lines = [Lines::new(report.fragment), Lines::new(report.upstream)];
    let entry = |finding: &Finding| entry(finding, &lines);
    let waived = |(finding, reason): &(Finding, String)| {
        let mut entry = entry(finding);
        entry["reason"] = json!(reason);
        entry
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
        "findings": judgement.findings.iter().map(entry).collect::<Vec<_>>(),
        "stale": stale.map(report::Finding::json).collect::<Vec<_>>(),
        "waived": judgement.waived.iter().map(waived).collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

fn entry(finding: &Finding, [ours, theirs]: &[Lines<'_>; 2]) -> Value {
    let places = finding
        .places
        .iter()
        .map(|place| json!({ "operation": place.operation, "pointer": place.pointer.as_str() }));
    let mut entry = findings::finding(finding, ours).json();
    entry["severity"] = json!(finding.severity().name());
    entry["places"] = json!(places.collect::<Vec<_>>());
    entry["fragment"] = side(&finding.fragment, ours);
    entry["upstream"] = side(&finding.upstream, theirs);
    entry
}

fn side(side: &Side, lines: &Lines<'_>) -> Value {
    let (line, column) = lines.position(side.span.start);
    json!({ "pointer": side.pointer.as_str(), "line": line, "column": column, "says": side.summary })
}
