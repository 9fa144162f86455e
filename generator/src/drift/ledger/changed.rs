//! What is upstream now, held against what was accepted.

use std::collections::BTreeMap;

use super::super::finding::{Finding, Place};
use super::super::rule::{Facet, Rule, Subject};
use super::super::{Compared, Comparison, Fingerprint};
use super::Pin;
use crate::check::words::shown;
use crate::drift::quoted::quoted;
use crate::source::Pointer;

/// A finding for each operation that is not as it was accepted. Where something is `open`, that is told
/// first: it may be all that has changed.
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
        let now = compared.fingerprint;
        let (facet, message) = match accepted.get(operation) {
            None => (
                Facet::NotAccepted,
                format!("what {} says of it has not been accepted yet", shown(name)),
            ),
            Some(Fingerprint { structure, .. }) if *structure != now.structure => {
                if open.iter().any(is_in) {
                    continue;
                }
                let count = waived.iter().filter(|(finding, _)| is_in(finding)).count();
                let message = format!(
                    "what is compared of it has changed since it was accepted; waived in it: {count}"
                );
                (Facet::ChangedUpstream, message)
            }
            Some(Fingerprint { docs, .. }) if *docs != now.docs => (
                Facet::DocsChanged,
                "its words have changed since they were accepted, and nothing else".to_owned(),
            ),
            Some(_) => continue,
        };
        let was = pin.filter(|_| facet != Facet::NotAccepted);
        let versions = (was.map(|pin| pin.version.as_str()), &*comparison.version);
        changed.push(finding(operation, compared, facet, message, versions));
    }
    changed
}

/// Such findings are of no place in the documents, so that they are told together.
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
        places: vec![Place {
            operation: operation.to_owned(),
            pointer: Pointer::root(),
        }],
        fragment: compared.fragment.clone(),
        upstream: compared.upstream.clone(),
    };
    finding.fragment.says = was.map_or("nothing accepted".to_owned(), |was| {
        format!("accepted: {}", quoted(was))
    });
    finding.upstream.says = format!("now: {}", quoted(is));
    finding
}
