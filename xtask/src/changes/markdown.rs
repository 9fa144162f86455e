//! The report for a pull request, or for the summary of a job.

use changes::{Change, DocumentLine, Verdict};

use super::due::Versions;
use super::phrase::{self, code};
use super::report::{Report, Section};
use crate::workspace;

pub(super) fn show(report: &Report) -> String {
    let mut parts = vec![
        format!(
            "## Changes of `{}`: {}",
            workspace::CLIENT,
            report.headline()
        ),
        format!(
            "{}Compared with {}.",
            version(report),
            report.base.describe(code)
        ),
    ];
    parts.extend(report.sections().iter().map(section));
    parts.extend(documented(report));
    let notes = report.difference.notes.iter();
    parts.extend(notes.map(|note| format!("> Note: {note}.")));
    parts.join("\n\n") + "\n"
}

fn version(report: &Report) -> String {
    let Some(versions) = &report.versions else {
        return String::new();
    };
    let Versions {
        released,
        before,
        now,
    } = versions;
    let Some(due) = report.due() else {
        return format!("Version {now} can stay. ");
    };
    if due.is_return {
        return format!("❌ Version **{before}** or later must stay; the manifest has {now}. ");
    }
    let (required, doubt) = (&due.required, report.in_doubt());
    if due.is_met {
        format!("After {released}, {required} or later is due{doubt}; the manifest has {now}. ")
    } else {
        format!(
            "❌ After {released}, **{required}** or later is due{doubt}; the manifest has {now}. "
        )
    }
}

fn section(section: &Section<'_>) -> String {
    let has_places = section.listed.iter().any(|change| change.place.is_some());
    let place = format!("`{}`", workspace::DOCUMENT);
    let mut head = vec!["", "what", "change"];
    head.extend(has_places.then_some(place.as_str()));
    let rows = section.listed.iter().map(|change| {
        let mut cells = cells(change, section.is_silent);
        cells.truncate(head.len());
        row(&cells)
    });
    let rows: String = rows.collect();
    let more = match section.more.as_str() {
        "" => String::new(),
        more => format!("\n{more}\n"),
    };
    let (title, rule) = (section.title, row(&vec!["---"; head.len()]));
    let table = row(&head) + &rule + &rows + &more;
    format!("### {title}\n\n{}", table.trim_end())
}

fn row(cells: &[impl AsRef<str>]) -> String {
    let cells: Vec<_> = cells
        .iter()
        .map(|cell| cell.as_ref().replace('|', "\\|"))
        .collect();
    format!("| {} |\n", cells.join(" | "))
}

fn cells(change: &Change, is_silent: bool) -> Vec<String> {
    let verdict = change.rule.verdict();
    let mark = match verdict {
        Verdict::Breaking => "**breaking**",
        other => other.name(),
    };
    let reason = if is_silent && verdict == Verdict::Breaking {
        format!(". {}", change.rule.why())
    } else {
        String::new()
    };
    let line = match change.place {
        Some(DocumentLine::Before(line)) => format!("line {line} of the base"),
        Some(DocumentLine::After(line)) => format!("line {line}"),
        None => String::new(),
    };
    vec![
        mark.to_owned(),
        phrase::subjects(change, code),
        phrase::what(change, code) + &reason,
        line,
    ]
}

fn documented(report: &Report) -> Option<String> {
    let (items, more) = report.documented();
    let listed: Vec<_> = items.iter().map(|item| code(item)).collect();
    let more = match more {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    (!items.is_empty()).then(|| format!("Only docs changed: {}{more}.", listed.join(", ")))
}
