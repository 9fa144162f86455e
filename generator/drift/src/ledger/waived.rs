//! The hash of an operation's waived findings.

use std::collections::BTreeSet;

use crate::finding::Finding;
use crate::view::texts_hash;

/// The hash of the waived findings in an operation: their rules and places, and the fragment's side.
pub(super) fn hash(operation: &str, waived: &[(Finding, String)]) -> u64 {
    let mut found = BTreeSet::new();
    for (finding, _) in waived {
        let places = finding.places.iter();
        for place in places.filter(|place| place.operation == operation) {
            let full = finding.fragment.full.as_str();
            found.insert((finding.rule.id(), place.pointer.as_str(), full));
        }
    }
    let texts = found
        .iter()
        .flat_map(|(rule, pointer, full)| [rule.as_str(), pointer, full]);
    texts_hash(texts)
}
