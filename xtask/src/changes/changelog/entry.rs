//! One entry of the changelog.

use changes::{Change, Rule, Verdict};

use crate::changes::phrase;
use crate::changes::report::Difference;

/// The parts of an entry, in their order.
const SECTIONS: &[&str] = &["Added", "Changed", "Deprecated", "Removed"];

/// The changes that matter to callers, sorted as in a changelog.
pub(in crate::changes) fn entry(difference: &Difference) -> String {
    let visible: Vec<_> = difference
        .of_document
        .callers
        .iter()
        .chain(&difference.of_code)
        .filter(|change| section(change.rule).is_some())
        .collect();
    let wire = difference.of_document.wire.iter().filter(|change| {
        let is_covered = visible.iter().any(|caller| covers(caller, change));
        !is_covered && section(change.rule).is_some()
    });
    let all: Vec<_> = visible.iter().copied().chain(wire).collect();
    let sections: Vec<_> = SECTIONS
        .iter()
        .filter_map(|name| {
            let lines = all
                .iter()
                .filter(|change| section(change.rule) == Some(name));
            let lines: String = lines.map(|change| line(change)).collect();
            (!lines.is_empty()).then(|| format!("### {name}\n\n{lines}"))
        })
        .collect();
    sections.join("\n")
}

/// Whether a change of the API covers one on the wire: both from the same line of the document are one
/// entry, but a less severe change never covers a more severe one.
fn covers(caller: &Change, wire: &Change) -> bool {
    caller.place.is_some()
        && caller.place == wire.place
        && caller.rule.verdict() >= wire.rule.verdict()
        && caller.rule != Rule::Deprecated
        && !is_unseen(wire.rule)
}

/// Whether no signature shows such a change of the wire.
fn is_unseen(wire: Rule) -> bool {
    matches!(
        wire,
        Rule::BoundsNarrowed | Rule::BoundsWidened | Rule::ConstantAdded | Rule::ConstantChanged
    )
}

/// The section of an entry for a change; `None` for changes that do not matter to callers.
fn section(rule: Rule) -> Option<&'static str> {
    match (rule.verdict(), rule.kind()) {
        (Verdict::None | Verdict::Docs, _) => None,
        _ if rule == Rule::CodeChanged => None,
        (_, "deprecated") => Some("Deprecated"),
        (_, "added" | "gained") => Some("Added"),
        (_, "removed" | "lost") => Some("Removed"),
        _ => Some("Changed"),
    }
}

fn line(change: &Change) -> String {
    let mark = match change.rule.verdict() {
        Verdict::Breaking => "**Breaking:** ",
        _ => "",
    };
    let subjects = phrase::all_subjects(change, phrase::code);
    let what = phrase::what(change, phrase::code);
    // The heading says it already.
    let what = match what.split_once(": ") {
        Some(("added" | "removed", detail)) => format!(": {detail}"),
        _ if matches!(what.as_str(), "added" | "removed" | "deprecated") => String::new(),
        _ => format!(" {what}"),
    };
    format!("- {mark}{subjects}{what}\n")
}
