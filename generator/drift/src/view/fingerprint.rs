//! Hashes of operations and of their parts, with all that they lead to.

use super::graph::Graph;
use super::hash::{Fingerprint, Hash};
use super::members::{Content, Header, Parameter};
use super::operation::{Operation, Response};
use super::told::{Tell, tell_content};

/// The hash of an operation and of all it leads to.
pub(crate) fn fingerprint(operation: &Operation<'_>, graph: &Graph<'_>) -> Fingerprint {
    hashed(graph, |tell| operation.told(graph, tell))
}

/// The hash of a parameter, without its documentation.
pub(crate) fn parameter_hash(parameter: &Parameter, graph: &Graph<'_>) -> u64 {
    hashed(graph, |tell| parameter.told(graph, tell)).structure
}

/// The hash of a response, without its status and documentation.
pub(crate) fn response_hash(response: &Response, graph: &Graph<'_>) -> u64 {
    hashed(graph, |tell| response.told(tell)).structure
}

/// The hash of a header, without its documentation.
pub(crate) fn header_hash(header: &Header, graph: &Graph<'_>) -> u64 {
    hashed(graph, |tell| header.told("", tell)).structure
}

/// The hash of bodies, without their words.
pub(crate) fn content_hash(content: &Content, graph: &Graph<'_>) -> u64 {
    hashed(graph, |tell| tell_content(content, tell)).structure
}

fn hashed(graph: &Graph<'_>, told: impl FnOnce(Tell<'_>)) -> Fingerprint {
    let (mut structure, mut docs) = (Hash::default(), Hash::default());
    told(&mut |text, words, schema| {
        structure.text(text);
        docs.text(words);
        if let Some(schema) = schema {
            let below = graph.fingerprint(schema);
            structure.number(below.structure);
            docs.number(below.docs);
        }
    });
    Fingerprint {
        structure: structure.0,
        docs: docs.0,
    }
}

/// The hash of texts, in their order.
pub(crate) fn texts_hash<'t>(texts: impl IntoIterator<Item = &'t str>) -> u64 {
    let mut hash = Hash::default();
    texts.into_iter().for_each(|text| hash.text(text));
    hash.0
}
