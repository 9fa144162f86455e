//! Text for a terminal: rustc's form, with the lines of both documents.

use std::collections::BTreeSet;

use annotate_snippets::{AnnotationKind, Level, Renderer};
use openapi::diagnostic::{renderer, snippet};
use openapi::report;
use openapi::text::Lines;
use openapi::words::printable;

use super::{Report, count, places};
use crate::Finding;
use crate::quoted::quoted;
use crate::rule::Facet;

/// Maximum places listed per finding; the rest is counted.
const PLACES: usize = 6;
/// Maximum operations listed that the fragment lacks; the rest is counted.
const OPERATIONS: usize = 40;

pub(super) fn text(report: &Report<'_>, color: bool) -> String {
    let mut text = String::new();
    if !report.judgement.findings.is_empty() {
        let lines = [Lines::new(report.fragment), Lines::new(report.upstream)];
        let renderer = renderer(color);
        let findings = report.judgement.findings.iter();
        let (lacking, others): (Vec<_>, Vec<_>) = findings.partition(|finding| is_lacking(finding));
        for finding in others {
            text += &difference(finding, &lines, &renderer);
            text += "\n\n";
        }
        if let Some(section) = section(&lacking, &lines[1], &renderer) {
            text += &section;
            text += "\n\n";
        }
    }
    if let (Some(stale), Some(ledger)) = (&report.judgement.stale, report.ledger) {
        text += &stale.render(ledger, color);
        text += "\n";
    }
    text + &summary(report)
}

/// Whether it is about an operation that the fragment lacks.
fn is_lacking(finding: &Finding) -> bool {
    finding.rule.facet == Facet::NotInFragment
}

/// The operations that the fragment lacks, one line each.
fn section(lacking: &[&Finding], theirs: &Lines<'_>, renderer: &Renderer) -> Option<String> {
    let rule = lacking.first()?.rule;
    let number = count(lacking.len(), "operation");
    let title = format!("{number} of the same section not in the fragment");
    let operation = |finding: &&Finding| {
        let (places, _) = places(finding, 1);
        let (place, summary) = (
            theirs.place(finding.upstream.span.start),
            &finding.upstream.summary,
        );
        format!("{}, {summary}, at {place}", places.concat())
    };
    let listed = lacking.iter().take(OPERATIONS).map(operation);
    let more = lacking.len().saturating_sub(OPERATIONS);
    let more = (more > 0).then(|| format!("and {more} more"));
    let notes = listed.chain(more);
    let group = Level::WARNING
        .with_name(rule.severity().name())
        .primary_title(title)
        .id(rule.id())
        .elements(notes.map(|note| Level::NOTE.with_name("upstream").message(note)))
        .element(Level::HELP.message(format!("describe them, or waive them: {}", waiver(lacking))));
    Some(renderer.render(&[group]))
}

/// The waiver of all operations that the fragment lacks.
fn waiver(lacking: &[&Finding]) -> String {
    let names = lacking.iter().flat_map(|finding| finding.operations());
    let namespaces: BTreeSet<_> = names
        .map(|name| {
            name.split_once('/')
                .map_or(name, |(namespace, _)| namespace)
        })
        .collect();
    let is_one = namespaces.len() == 1;
    let operation = match namespaces.first() {
        Some(namespace) if is_one => format!("{}/*", printable(namespace)),
        _ => "*".to_owned(),
    };
    let rule = lacking[0].rule.id();
    format!("`- {{ rule: {rule}, operation: \"{operation}\", reason: … }}`")
}

fn difference(finding: &Finding, [ours, theirs]: &[Lines<'_>; 2], renderer: &Renderer) -> String {
    let f = ours.excerpt(finding.fragment.span);
    let u = theirs.excerpt(finding.upstream.span);
    let level = match finding.severity().level() {
        report::Level::Error => Level::ERROR,
        report::Level::Warning => Level::WARNING,
        report::Level::Notice => Level::NOTE,
    };
    let rule = finding.rule.id();
    let mut group = level
        .with_name(finding.severity().name())
        .primary_title(&finding.message)
        .id(&rule)
        .element(snippet(
            &f,
            AnnotationKind::Primary,
            ours.name,
            Some(&finding.fragment.summary),
        ))
        .element(snippet(
            &u,
            AnnotationKind::Primary,
            theirs.name,
            Some(&finding.upstream.summary),
        ));
    let (places, more) = places(finding, PLACES);
    for place in places.into_iter().chain(more) {
        group = group.element(Level::NOTE.with_name("in").message(place));
    }
    group = group.element(Level::HELP.message(finding.rule.help()));
    let text = renderer.render(&[group]);
    u.without_shown_column(f.without_shown_column(text, ours.name), theirs.name)
}

fn summary(report: &Report<'_>) -> String {
    let (fragment, title) = (&report.fragment.name, report.title());
    let compared = count(report.comparison.operations.len(), "operation");
    let waived = count(report.waived(), "difference");
    let mut text = if report.judgement.is_drift() {
        format!(
            "{fragment} and {title}: {}; {compared} compared, {waived} waived\n",
            report.tally()
        )
    } else {
        format!("{fragment} and {title}: no drift; {compared} compared, {waived} waived\n")
    };
    if let Some(accepted) = report.other_version() {
        text += &format!(
            "the accepted version is {}; `--accept` pins this one\n",
            printable(accepted)
        );
    }
    let pinned = &report.judgement.pinned;
    if !pinned.is_empty() && !pinned.iter().any(|name| name == report.name) {
        let names: Vec<_> = pinned.iter().map(|name| quoted(name)).collect();
        text += &format!(
            "no pin is named {}; pins exist for {}: select one with `--name`\n",
            quoted(report.name),
            names.join(", ")
        );
    }
    let mut findings = report.judgement.findings.iter();
    if findings.any(|finding| finding.rule.is_waivable()) {
        text +=
            "fix the fragment, or waive intended differences in spec/drift.yaml, with the reason\n";
    }
    text
}
