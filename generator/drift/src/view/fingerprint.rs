//! Hashes of operations and of their parts, with all that they lead to.

use super::graph::Graph;
use super::hash::{Fingerprint, Hash};
use super::hash_input::{HashSink, hash_content_into};
use super::members::{Content, Header, Parameter};
use super::operation::{Operation, Response};

/// The hash of an operation and of all it leads to.
pub(crate) fn fingerprint(operation: &Operation<'_>, graph: &Graph<'_>) -> Fingerprint {
    hashed(graph, |sink| operation.hash_into(graph, sink))
}

/// The hash of a parameter, without its documentation.
pub(crate) fn parameter_hash(parameter: &Parameter, graph: &Graph<'_>) -> u64 {
    hashed(graph, |sink| parameter.hash_into(graph, sink)).structure
}

/// The hash of a response, without its status and documentation.
pub(crate) fn response_hash(response: &Response, graph: &Graph<'_>) -> u64 {
    hashed(graph, |sink| response.hash_into(sink)).structure
}

/// The hash of a header, without its documentation.
pub(crate) fn header_hash(header: &Header, graph: &Graph<'_>) -> u64 {
    hashed(graph, |sink| header.hash_into("", sink)).structure
}

/// The hash of bodies, without their words.
pub(crate) fn content_hash(content: &Content, graph: &Graph<'_>) -> u64 {
    hashed(graph, |sink| hash_content_into(content, sink)).structure
}

fn hashed(graph: &Graph<'_>, write: impl FnOnce(HashSink<'_>)) -> Fingerprint {
    let (mut structure, mut docs) = (Hash::default(), Hash::default());
    write(&mut |text, words, schema| {
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
