//! Markdown for an issue or a pull request.

use openapi::text::Lines;
use openapi::words::printable;

use super::{Report, count, places};
use crate::{Finding, Side};

/// Maximum findings listed, and maximum bytes of these; the rest is counted. An issue has at most 65,536
/// characters, for two reports.
const MOST: usize = 40;
const LENGTH: usize = 28_000;
/// Maximum places listed per finding.
const PLACES: usize = 8;

pub(super) fn markdown(report: &Report<'_>) -> String {
    let judgement = report.judgement;
    let title = code(&report.title());
    let compared = count(report.comparison.operations.len(), "operation");
    let waived = count(report.waived(), "difference");
    let mut text = format!("### {} and {title}\n\n", code(&report.fragment.name));
    if judgement.is_drift() {
        text += &format!(
            "**{}**; {compared} compared, {waived} waived.",
            report.tally()
        );
    } else {
        text += &format!("No drift; {compared} compared, {waived} waived.");
    }
    if let Some(accepted) = report.other_version() {
        text += &format!(" The accepted version is {}.", code(accepted));
    }
    text += "\n";
    if !judgement.findings.is_empty() {
        let lines = [Lines::new(report.fragment), Lines::new(report.upstream)];
        let entries: Vec<_> = entries(report, &lines);
        text += "\n| # | severity | rule | operation | difference | lines |\n| ---: | --- | --- | --- | --- | --- |\n";
        text.extend(entries.iter().map(|(row, _)| row.as_str()));
        let more = judgement.findings.len() - entries.len();
        if more > 0 {
            text += &format!("\nAnd {more} more.\n");
        }
        text += "\n<details><summary>Details</summary>\n";
        text.extend(entries.iter().map(|(_, details)| details.as_str()));
        text += "\n</details>\n";
    }
    text + &stale(report)
}

/// The row and the details of each finding, as long as there is room.
fn entries(report: &Report<'_>, lines: &[Lines<'_>; 2]) -> Vec<(String, String)> {
    let findings = report.judgement.findings.iter().take(MOST);
    let entries = findings.zip(1..).map(|(finding, number)| {
        (
            row(number, finding, lines),
            details(number, finding, report, lines),
        )
    });
    let mut room = LENGTH;
    let fits = |(row, details): &(String, String)| {
        let rest = room.checked_sub(row.len() + details.len());
        room = rest.unwrap_or(0);
        rest.is_some()
    };
    entries.take_while(fits).collect()
}

fn row(number: usize, finding: &Finding, [ours, theirs]: &[Lines<'_>; 2]) -> String {
    let operations = finding.operations();
    let mut operation = operations
        .first()
        .map(|first| code(first))
        .unwrap_or_default();
    if operations.len() > 1 {
        operation += &format!(" and {} more", operations.len() - 1);
    }
    let line = |lines: &Lines<'_>, side: &Side| lines.position(side.span.start).0;
    let cells = [
        number.to_string(),
        finding.severity().name().to_owned(),
        code(&finding.rule.id()),
        operation,
        prose(&finding.message),
        format!(
            "{} / {}",
            line(ours, &finding.fragment),
            line(theirs, &finding.upstream)
        ),
    ];
    format!(
        "| {} |\n",
        cells.map(|cell| cell.replace('|', "\\|")).join(" | ")
    )
}

fn details(
    number: usize,
    finding: &Finding,
    report: &Report<'_>,
    [ours, theirs]: &[Lines<'_>; 2],
) -> String {
    let mut text = format!(
        "\n{number}. {}: {}\n",
        code(&finding.rule.id()),
        prose(&finding.message)
    );
    let (places, more) = places(finding, PLACES);
    for place in places.iter().map(|place| code(place)).chain(more) {
        text += &format!("   - in {place}\n");
    }
    for (source, lines, side) in [
        (report.fragment, ours, &finding.fragment),
        (report.upstream, theirs, &finding.upstream),
    ] {
        let (line, column) = lines.position(side.span.start);
        let at = code(&format!("{}:{line}:{column}", source.name));
        text += &format!(
            "   - {at}, {}: {}\n",
            code(&format!("#{}", side.pointer)),
            prose(&side.summary)
        );
    }
    text + &format!("   - To do: {}\n", finding.rule.help())
}

fn stale(report: &Report<'_>) -> String {
    let (Some(stale), Some(ledger)) = (&report.judgement.stale, report.ledger) else {
        return String::new();
    };
    let lines = Lines::new(ledger);
    let entries = stale.iter().map(|diagnostic| {
        let (line, _) = lines.position(diagnostic.span.start);
        format!(
            "- {}: {}\n",
            code(&format!("{}:{line}", ledger.name)),
            prose(&diagnostic.message)
        )
    });
    format!("\nStale:\n\n{}", entries.collect::<String>())
}

/// A text of the documents, escaped: without Markdown or mentions.
fn code(text: &str) -> String {
    let text = printable(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{space}{text}{space}{fence}")
}

/// A message: quoted parts are the documents', and have no backticks; the rest is our own text.
fn prose(message: &str) -> String {
    let part = |(number, part): (usize, &str)| match number % 2 {
        1 if !part.is_empty() => code(part),
        _ => part.to_owned(),
    };
    printable(message)
        .split('`')
        .enumerate()
        .map(part)
        .collect()
}
