//! Names that anybody may invent, and that are nearly those of something known.

use super::context::Context;
use super::node::Node;
use crate::objects::ObjectKind;
use crate::words;

/// The formats that are known, by the type of their values.
const FORMATS: &[(&str, &[&str])] = &[
    (
        "integer",
        &[
            "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
        ],
    ),
    ("number", &["float", "double", "decimal"]),
    (
        "string",
        &[
            "binary",
            "byte",
            "date",
            "date-time",
            "duration",
            "email",
            "hostname",
            "ipv4",
            "ipv6",
            "iri",
            "iri-reference",
            "password",
            "time",
            "uri",
            "uri-reference",
            "uri-template",
            "uuid",
        ],
    ),
];
/// The known extensions, by object.
const EXTENSIONS: &[(ObjectKind, &[&str])] = &[
    (
        ObjectKind::Document,
        &[
            "x-accept",
            "x-api-version-header",
            "x-diagnostics",
            "x-environment",
            "x-rate-limit-errors",
            "x-request-id-header",
        ],
    ),
    (ObjectKind::Operation, &["x-permissions"]),
];
/// Shorter names are nearly each other's by chance.
const SHORTEST: usize = 5;

/// A format that is nearly one of the schema's type.
pub(super) fn check_format(cx: &mut Context<'_>, schema: &Node<'_, '_>) {
    let Some(format) = schema.get("format") else {
        return;
    };
    let Some(text) = format.value.as_str() else {
        return;
    };
    let known = |(_, formats): &(_, &[&str])| formats.contains(&text);
    if FORMATS.iter().any(known) {
        return;
    }
    let type_ = schema.text("type");
    let of_type = FORMATS
        .iter()
        .filter(|(name, _)| type_.is_none_or(|type_| type_ == *name));
    if let Some(meant) = nearest(text, of_type.flat_map(|(_, formats)| *formats)) {
        let message = format!("unknown format: `{}`", words::shown(text));
        cx.report(
            cx.at_value("misspelt-format", &format, message)
                .with_hint(format!("did you mean `{meant}`?")),
        );
    }
}

/// An extension that is nearly one of ours.
pub(super) fn check_extension(
    cx: &mut Context<'_>,
    field: &Node<'_, '_>,
    key: &str,
    kind: ObjectKind,
) {
    let of_kind = EXTENSIONS.iter().filter(|(other, _)| *other == kind);
    let ours = of_kind.flat_map(|(_, names)| *names);
    if let Some(meant) = nearest(key, ours.clone())
        && ours.clone().all(|name| *name != key)
    {
        let message = format!("unknown extension: `{}`", words::shown(key));
        cx.report_shape(
            cx.at_key("misspelt-extension", field, message)
                .with_hint(format!("did you mean `{meant}`?")),
        );
    }
}

/// The known name that differs in case, in signs between words, or in one letter.
fn nearest<'k>(name: &str, known: impl Iterator<Item = &'k &'k str>) -> Option<&'k str> {
    if name.len() > words::LONGEST {
        return None;
    }
    let plain = plain(name);
    let near = known.filter_map(|known| {
        let other = self::plain(known);
        let is_long = plain.len().min(other.len()) >= SHORTEST;
        let distance = match strsim::osa_distance(&plain, &other) {
            0 => 0,
            // Two letters that have changed places.
            1 if is_long && letters(&plain) == letters(&other) => 1,
            1 if is_long => 2,
            _ => return None,
        };
        Some((distance, *known))
    });
    near.min().map(|(_, known)| known)
}

fn plain(name: &str) -> String {
    let signs = |c: &char| !matches!(c, '-' | '_' | ' ');
    name.to_lowercase().chars().filter(signs).collect()
}

fn letters(name: &str) -> Vec<char> {
    let mut letters: Vec<_> = name.chars().collect();
    letters.sort_unstable();
    letters
}

#[cfg(test)]
mod tests {
    use super::{FORMATS, nearest};

    #[track_caller]
    fn check(type_: &str, name: &str, expect: Option<&str>) {
        let (_, formats) = FORMATS.iter().find(|(name, _)| *name == type_).unwrap();
        assert_eq!(nearest(name, formats.iter()), expect, "{name}");
    }

    #[test]
    fn near_misses_are_found() {
        check("string", "datetime", Some("date-time"));
        check("string", "dateTime", Some("date-time"));
        check("string", "Date", Some("date"));
        check("integer", "int46", Some("int64"));
        check("integer", "int-32", Some("int32"));
        check("number", "duoble", Some("double"));
    }

    #[test]
    fn unknown_formats_are_ignored() {
        for name in [
            "urn",
            "url",
            "json",
            "timestamp",
            "time-span",
            "ip",
            "guid",
            "html",
            "md5",
        ] {
            check("string", name, None);
        }
        check("integer", "long", None);
        check("integer", "uint", None);
        check("integer", "unix-time", None);
    }
}
