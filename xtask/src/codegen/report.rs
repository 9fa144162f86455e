//! The report of a finished run.

use std::time::Duration;

use super::job::Job;
use crate::disk::{Entry, Kind, Plan};

/// Names of one sort that are listed; the rest is counted.
const LISTED: usize = 12;

/// How much a document has given rise to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    pub(super) operations: usize,
    pub(super) types: usize,
}

/// The report on a plan that has been carried out, or that there was nothing to do for.
pub(super) fn show(
    plan: &Plan<'_>,
    job: &Job,
    size: Size,
    kept: &[String],
    elapsed: Duration,
) -> String {
    let size = format!(
        "{}, {}",
        count(size.operations, "operation"),
        count(size.types, "type")
    );
    let kept: String = kept
        .iter()
        .map(|name| {
            format!("  kept {name}: it has been edited; remove it to have it generated again\n")
        })
        .collect();
    let time = format!("{} ms", elapsed.as_millis());
    if plan.is_done() {
        let files = count(plan.unchanged(), "file");
        return format!(
            "{}: {size}; up to date, {files} unchanged in {time}\n{kept}",
            job.heading
        );
    }
    let [mut created, mut changed, mut removed] = [const { Vec::new() }; 3];
    for change in plan.changes() {
        let label = label(&change.label);
        match change.kind {
            Kind::Missing { .. } => created.push(label),
            Kind::Changed { .. } => changed.push(label),
            Kind::Extra { before } => removed.push(described(label, before)),
        }
    }
    let written = count(created.len() + changed.len(), "file");
    let counts = format!(
        "{written} written, {} unchanged, {} removed",
        plan.unchanged(),
        removed.len()
    );
    let lists = [
        ("created", created),
        ("changed", changed),
        ("removed", removed),
    ];
    let lists: String = lists
        .iter()
        .map(|(what, names)| list(what, names))
        .collect();
    format!("{}: {size}; {counts} in {time}\n{lists}{kept}", job.heading)
}

/// `1 file`, `2 files`.
pub(super) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// A name from the disk, fit for a terminal.
pub(super) fn label(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

/// A name with its kind, unless it is an ordinary file.
pub(super) fn described(label: String, entry: Entry) -> String {
    match entry.oddity() {
        Some(oddity) => format!("{label} ({oddity})"),
        None => label,
    }
}

fn list(what: &str, names: &[String]) -> String {
    // A whole new tree is not worth a list; removed files always are.
    if names.is_empty() || what == "created" && names.len() > LISTED {
        return String::new();
    }
    let mut lines: String = names
        .iter()
        .take(LISTED)
        .map(|name| format!("  {what} {name}\n"))
        .collect();
    if names.len() > LISTED {
        lines.push_str(&format!("  {what} {} more\n", names.len() - LISTED));
    }
    lines
}
