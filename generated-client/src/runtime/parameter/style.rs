//! Joins the texts of one value.

use super::percent::Encoding;
use super::value::Parameter;

/// The separator of the items of an array that is one value (`explode: false`).
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "the document decides which delimiters there are")]
pub(crate) enum Delimiter {
    /// As in style `form`.
    Comma,
    /// As in style `spaceDelimited`.
    Space,
    /// As in style `pipeDelimited`.
    Pipe,
}

impl Delimiter {
    fn encoded(self) -> &'static str {
        match self {
            Self::Comma => ",",
            Self::Space => "%20",
            Self::Pipe => "%7C",
        }
    }
}

/// The names and values of an exploded value: one for each item, one for each member.
pub(in crate::runtime) fn exploded(name: &str, value: Parameter) -> Vec<(String, String)> {
    match value {
        Parameter::Absent => Vec::new(),
        Parameter::Text(text) => vec![(name.to_owned(), text)],
        Parameter::List(items) => items
            .into_iter()
            .map(|item| (name.to_owned(), item))
            .collect(),
        Parameter::Fields(fields) => fields,
    }
}

/// The encoded text of a value; none if it is empty.
pub(in crate::runtime) fn joined(
    value: &Parameter,
    delimiter: Delimiter,
    encoding: Encoding,
) -> Option<String> {
    let texts = value.texts();
    let encoded: Vec<_> = texts.iter().map(|text| encoding.encode(text)).collect();
    (!encoded.is_empty()).then(|| encoded.join(delimiter.encoded()))
}

/// Style `simple`: commas separate items, and members or their names and values; none if the value is
/// empty.
pub(super) fn simple(value: &Parameter, explode: bool) -> Option<String> {
    match value {
        Parameter::Fields(fields) if explode && !fields.is_empty() => Some(assigned(fields, ",")),
        value => {
            let texts = value.texts();
            (!texts.is_empty()).then(|| texts.join(","))
        }
    }
}

/// Members as `name=value`, with a separator.
pub(super) fn assigned(fields: &[(String, String)], between: &str) -> String {
    let fields: Vec<_> = fields
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    fields.join(between)
}
