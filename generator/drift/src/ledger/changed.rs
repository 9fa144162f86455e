//! Compares the present upstream description with the accepted one.

use std::collections::BTreeMap;

use openapi::Pointer;
use openapi::words::shown;

use super::waived::hash;
use super::{Accepted, Pin};
use crate::finding::{Finding, OperationPart};
use crate::quoted::quoted;
use crate::rule::{Facet, Rule, Subject};
use crate::{Compared, Comparison};

/// Returns a finding for each operation that has changed since it was accepted. `open` findings come
/// first: they may be the only change.
pub(super) fn changed(
    comparison: &Comparison,
    pin: Option<&Pin>,
    name: &str,
    open: &[Finding],
    waived: &[(Finding, String)],
) -> Vec<Finding> {
    let none = BTreeMap::new();
    let accepted = pin.map_or(&none, |pin| &pin.operations);
    let mut changed = Vec::new();
    for (operation, compared) in &comparison.operations {
        let is_in = |finding: &Finding| finding.operations().contains(&operation.as_str());
        let Some(accepted) = accepted.get(operation) else {
            let message = format!("not accepted yet from {}", shown(name));
            let versions = (None, &*comparison.version);
            let facet = Facet::NotAccepted;
            changed.push(finding(operation, compared, facet, message, versions));
            continue;
        };
        let is_open = open.iter().any(is_in);
        let waived: Vec<_> = waived
            .iter()
            .filter(|(finding, _)| is_in(finding))
            .cloned()
            .collect();
        for (facet, message) in news(operation, compared, *accepted, is_open, &waived) {
            let was = pin.map(|pin| pin.version.as_str());
            let versions = (was, &*comparison.version);
            changed.push(finding(operation, compared, facet, message, versions));
        }
    }
    changed
}

/// The changes since the acceptance. A change upstream can change waived differences and words, too.
fn news(
    operation: &str,
    compared: &Compared,
    accepted: Accepted,
    is_open: bool,
    waived: &[(Finding, String)],
) -> Vec<(Facet, String)> {
    let (was, now) = (accepted.upstream, compared.fingerprint);
    if was.structure != now.structure {
        let count = waived.len();
        let message =
            format!("changed upstream since it was accepted; waived differences: {count}");
        let news = (!is_open).then_some((Facet::ChangedUpstream, message));
        return news.into_iter().collect();
    }
    let mut news = Vec::new();
    if !is_open && accepted.waived != Some(hash(operation, waived)) {
        let message = "waived differences have changed since they were accepted";
        news.push((Facet::WaivedChanged, message.to_owned()));
    }
    if was.docs != now.docs {
        let message = "only its documentation has changed since it was accepted";
        news.push((Facet::DocsChanged, message.to_owned()));
    }
    news
}

/// Such findings have no place in the documents, so they are grouped.
fn finding(
    operation: &str,
    compared: &Compared,
    facet: Facet,
    message: String,
    (was, is): (Option<&str>, &str),
) -> Finding {
    let mut finding = Finding {
        rule: Rule::new(Subject::Operation, facet),
        message,
        places: vec![OperationPart {
            operation: operation.to_owned(),
            pointer: Pointer::root(),
        }],
        fragment: compared.fragment.clone(),
        upstream: compared.upstream.clone(),
    };
    finding.fragment.summary = was.map_or("nothing accepted".to_owned(), |was| {
        format!("accepted: {}", quoted(was))
    });
    finding.upstream.summary = format!("now: {}", quoted(is));
    finding
}
