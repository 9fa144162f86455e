//! The report for programs: JSON, and annotations of a workflow.

use changes::{Change, DocumentLine, Verdict};
use openapi::report::{Finding, Level, Location, Position};
use serde_json::{Value, json};

use super::phrase;
use super::report::Report;
use super::text::advice;
use crate::format::annotations;
use crate::terminal::plain;
use crate::workspace;

/// One object, on several lines. `cargo xtask changes --help` documents it.
pub(super) fn json(report: &Report) -> String {
    let findings = changes(report).map(|(section, change)| {
        let mut entry = finding(change).json();
        entry["section"] = json!(section);
        entry["verdict"] = json!(change.rule.verdict().name());
        entry["subjects"] = json!(change.subjects);
        entry["part"] = json!(change.part);
        entry["before"] = json!(change.before);
        entry["after"] = json!(change.after);
        entry["line_before"] = match change.place {
            Some(DocumentLine::Before(line)) => json!(line),
            _ => Value::Null,
        };
        entry
    });
    let findings: Vec<_> = findings.collect();
    let due = report.due();
    let version = report.versions.as_ref().map(|versions| {
        json!({
            "released": versions.released.to_string(),
            "before": versions.before.to_string(),
            "now": versions.now.to_string(),
            "due": due.as_ref().map(|due| due.required.to_string()),
            "is_met": due.as_ref().is_none_or(|due| due.is_met),
        })
    });
    let document = json!({
        "client": workspace::CLIENT,
        "base": report.base.commit,
        "verdict": report.verdict().name(),
        "unknown": report.difference.doubt(),
        "version": version,
        "findings": findings,
        "notes": report.difference.notes,
    });
    format!("{document:#}\n")
}

/// A line for each change, and one for a version that does not follow.
pub(super) fn github(report: &Report) -> String {
    let mut findings: Vec<_> = changes(report).map(|(_, change)| finding(change)).collect();
    findings.extend(advice(report).map(|(message, hint)| Finding {
        rule: "version".to_owned(),
        level: Level::Error,
        message,
        hint: Some(hint),
        location: Location::of_file(workspace::MANIFEST),
    }));
    annotations(&findings)
}

fn changes(report: &Report) -> impl Iterator<Item = (&'static str, &Change)> {
    let difference = &report.difference;
    let sections = [
        ("callers", &difference.of_document.callers),
        ("wire", &difference.of_document.wire),
        ("beside", &difference.of_code),
    ];
    let changes = sections.into_iter();
    changes.flat_map(|(section, changes)| changes.iter().map(move |change| (section, change)))
}

fn finding(change: &Change) -> Finding {
    let file = match change.place {
        Some(_) => workspace::DOCUMENT,
        None => workspace::CLIENT,
    };
    let line = match change.place {
        Some(DocumentLine::After(line)) => Some(line),
        Some(DocumentLine::Before(_)) | None => None,
    };
    Finding {
        rule: change.rule.name(),
        level: match change.rule.verdict() {
            Verdict::Breaking => Level::Warning,
            _ => Level::Notice,
        },
        message: format!(
            "{}: {}",
            phrase::all_subjects(change, plain),
            phrase::what(change, plain)
        ),
        hint: Some(change.rule.why().to_owned()),
        location: Location {
            start: line.map(|line| Position { line, column: None }),
            ..Location::of_file(file)
        },
    }
}
