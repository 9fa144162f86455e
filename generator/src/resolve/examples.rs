//! The examples of bodies, as far as they are of their types.

use openapi::Pointer;
use serde_json::Value;

use super::body::Media;
use super::report::Report;
use super::{Resolver, entries};
use crate::model::{EnumKind, Example, Integer, Shape, Type, TypeRef, Types};

/// An example that may contradict its type.
pub(super) struct Candidate {
    example: Example,
    pointer: Pointer,
}

/// Keeps the examples of a media type object, `example` and `examples` alike.
pub(super) fn of_media<'a>(
    resolver: &mut Resolver<'a>,
    media: &Media<'a>,
    name: &str,
    type_: &TypeRef,
) {
    let mut found = Vec::new();
    if let Some(value) = media.value.get("example") {
        found.push((name.to_owned(), value, media.pointer.child("example")));
    }
    let at = media.pointer.child("examples");
    for (key, example) in entries(media.value, "examples") {
        let own = at.child(key);
        let (example, pointer) = resolver.follow(example, &own);
        let shared =
            (pointer != own).then(|| pointer.segments().last().map(|name| name.into_owned()));
        if let Some(value) = example.get("value") {
            let name = shared.flatten().unwrap_or_else(|| format!("{name} {key}"));
            found.push((name, value, pointer.child("value")));
        }
    }
    let candidates = found.into_iter().map(|(name, value, pointer)| Candidate {
        example: Example {
            name,
            type_: type_.clone(),
            value: value.clone(),
        },
        pointer,
    });
    resolver.examples.extend(candidates);
}

/// The examples that can be decoded; the others are reported.
pub(super) fn decodable(
    candidates: Vec<Candidate>,
    types: &Types,
    report: &mut Report,
) -> Vec<Example> {
    let mut examples = Vec::new();
    for Candidate { example, pointer } in candidates {
        if accepts(types, &example.type_, &example.value, 0) {
            examples.push(example);
        } else {
            report.add(
                "example-contradicts-schema",
                &pointer,
                format!(
                    "example `{}` can't be decoded: it gets no test",
                    example.name
                ),
                "change the example, or the schema",
            );
        }
    }
    examples
}

/// Maximum depth to which values are compared with their types; deeper ones are not tested.
const DEPTH: usize = 100;

/// Whether the emitted type decodes a value.
fn accepts(types: &Types, type_: &TypeRef, value: &Value, depth: usize) -> bool {
    if depth > DEPTH {
        return false;
    }
    if value.is_null() && type_.nullable {
        return true;
    }
    match &type_.type_ {
        Type::Any => true,
        Type::Boolean => value.is_boolean(),
        Type::Text => value.is_string(),
        Type::Date => value.as_str().is_some_and(is_date),
        Type::DateTime => value.as_str().is_some_and(is_date_time),
        Type::Integer(integer) => is_integer(*integer, value),
        Type::Number => value.is_number(),
        Type::List(item) => value.as_array().is_some_and(|items| {
            items
                .iter()
                .all(|value| accepts(types, item, value, depth + 1))
        }),
        Type::Map(inner) => value.as_object().is_some_and(|fields| {
            fields
                .values()
                .all(|value| accepts(types, inner, value, depth + 1))
        }),
        Type::Named(id) => is_of(types, *id, value, depth + 1),
    }
}

fn is_of(types: &Types, id: crate::model::TypeId, value: &Value, depth: usize) -> bool {
    let definition = types.get(id);
    match &definition.shape {
        Shape::Newtype(inner) => accepts(types, inner, value, depth),
        Shape::Enum(enumeration) => match enumeration.kind {
            EnumKind::Text if definition.received => value.is_string(),
            EnumKind::Integer if definition.received => value.is_i64(),
            EnumKind::Mixed if definition.received => !value.is_object() && !value.is_array(),
            _ => enumeration.values.iter().any(|known| known.value == *value),
        },
        Shape::Union(union) => {
            let tagged = union.tag.as_ref().and_then(|tag| {
                let tag = value.get(tag)?.as_str()?;
                union
                    .variants
                    .iter()
                    .find(|variant| variant.tags.iter().any(|known| known == tag))
            });
            match tagged {
                Some(variant) => accepts(types, &variant.type_, value, depth),
                None => {
                    let mut variants = union.variants.iter();
                    definition.received
                        || variants.any(|variant| accepts(types, &variant.type_, value, depth))
                }
            }
        }
        Shape::Struct(object) => value.as_object().is_some_and(|fields| {
            let known = object
                .fields
                .iter()
                .all(|field| match fields.get(&field.property) {
                    None => definition.may_lack(field),
                    Some(Value::Null) => {
                        definition.may_lack(field)
                            || field.type_.nullable
                            || field.type_.type_ == Type::Any
                    }
                    Some(value) => accepts(types, &field.type_, value, depth),
                });
            let is_unnamed = |name: &str| !object.fields.iter().any(|field| field.property == name);
            let unnamed = object.additional.iter().all(|additional| {
                let mut unnamed = fields.iter().filter(|(name, _)| is_unnamed(name));
                unnamed.all(|(_, value)| accepts(types, &additional.values, value, depth))
            });
            known && unnamed
        }),
    }
}

fn is_integer(integer: Integer, value: &Value) -> bool {
    match integer {
        Integer::I32 => value
            .as_i64()
            .is_some_and(|value| i32::try_from(value).is_ok()),
        Integer::I64 => value.is_i64(),
        Integer::U64 => value.is_u64(),
    }
}

/// `2020-01-10`, as chrono reads it.
fn is_date(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let number = |text: &str, digits: usize| {
        let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<u32>().ok()).flatten()
    };
    match (number(year, 4), number(month, 2), number(day, 2)) {
        (Some(year), Some(month @ 1..=12), Some(day @ 1..)) => day <= days(year, month),
        _ => false,
    }
}

fn days(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `2020-01-10T14:59:22Z`, with fractions of a second and an offset if need be.
fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't', ' ']) else {
        return false;
    };
    let (clock, offset) = match time.find(['Z', 'z', '+', '-']) {
        Some(at) => time.split_at(at),
        None => return false,
    };
    let two = |text: &str, limit: u32| {
        text.len() == 2 && text.parse::<u32>().is_ok_and(|number| number <= limit)
    };
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<_> = whole.split(':').collect();
    let is_clock = matches!(parts.as_slice(), [hour, minute, second]
        if two(hour, 23) && two(minute, 59) && two(second, 60));
    let is_offset = matches!(offset, "Z" | "z")
        || offset[1..]
            .split_once(':')
            .is_some_and(|(hour, minute)| two(hour, 23) && two(minute, 59));
    is_date(date) && is_clock && is_fraction && is_offset
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::types::TypeBuilder;
    use super::*;

    /// Whether a response and a request of the schema `T` have an example.
    fn both(schemas: &Value, value: &Value) -> [bool; 2] {
        let root = json!({ "components": { "schemas": schemas } });
        let at = Pointer::root().child("components").child("schemas");
        [true, false].map(|is_received| {
            let mut builder = TypeBuilder::new(&root);
            let type_ = builder.named(&at.child("T")).expect("a schema");
            let (sent, received): (&[_], &[_]) = if is_received {
                (&[], std::slice::from_ref(&type_))
            } else {
                (std::slice::from_ref(&type_), &[])
            };
            let (types, _) = builder.finish(sent, received);
            accepts(&types, &type_, value, 0)
        })
    }

    #[track_caller]
    fn check(schema: Value, examples: &[(Value, bool)]) {
        let schemas = json!({ "T": schema });
        for (value, expected) in examples {
            assert_eq!(both(&schemas, value), [*expected; 2], "{value}");
        }
    }

    #[test]
    fn scalars() {
        let integer = |format| json!({ "type": "integer", "format": format });
        let of_32_bits = [(json!(i32::MAX), true), (json!(1_u64 << 31), false)];
        check(integer("int32"), &of_32_bits);
        check(
            integer("int64"),
            &[(json!(u64::MAX), false), (json!(1.5), false)],
        );
        let natural = [(json!(u64::MAX), true), (json!(-1), false)];
        check(integer("uint64"), &natural);
        check(
            json!({ "type": "number" }),
            &[(json!(1), true), (json!("1"), false)],
        );
        check(
            json!({ "type": "boolean" }),
            &[(json!(true), true), (json!(0), false)],
        );
        let text = [(json!(""), true), (json!(1), false), (json!(null), false)];
        check(json!({ "type": "string" }), &text);
        let nullable = json!({ "type": "string", "nullable": true });
        check(nullable, &[(json!(null), true), (json!(1), false)]);
        let date = json!({ "type": "string", "format": "date" });
        check(
            date,
            &[(json!("2020-01-10"), true), (json!("10 January"), false)],
        );
        check(json!({}), &[(json!(null), true), (json!([{}]), true)]);
    }

    #[test]
    fn lists_and_objects() {
        let list = json!({ "type": "array", "items": { "type": "integer" } });
        check(
            list,
            &[
                (json!([1]), true),
                (json!([1, "a"]), false),
                (json!({}), false),
            ],
        );
        let map = json!({ "type": "object", "additionalProperties": { "type": "integer" } });
        check(
            map,
            &[
                (json!({ "a": 1 }), true),
                (json!({ "a": 1, "b": "c" }), false),
            ],
        );
        let object = json!({
            "required": ["a", "any"],
            "properties": { "a": { "type": "string" }, "any": {}, "c": { "type": "string" } },
            "additionalProperties": { "type": "integer" },
        });
        let examples = [
            (json!({ "a": "", "any": null }), true),
            (json!({ "a": "", "any": 1, "c": null }), true),
            (json!({ "a": null, "any": 1 }), false),
            (json!({ "a": "" }), false),
            (json!({ "a": "", "any": 1, "c": 1 }), false),
            (json!({ "a": "", "any": 1, "d": 1 }), true),
            (json!({ "a": "", "any": 1, "d": "" }), false),
        ];
        check(object, &examples);
    }

    #[test]
    fn directions() {
        let property = |keyword: &str| json!({ "required": ["a"], "properties": { "a": { "type": "string", keyword: true } } });
        for (keyword, expected) in [("readOnly", [false, true]), ("writeOnly", [true, false])] {
            let schemas = json!({ "T": property(keyword) });
            assert_eq!(both(&schemas, &json!({})), expected, "{keyword}");
            assert_eq!(both(&schemas, &json!({ "a": null })), expected, "{keyword}");
        }
    }

    /// What a server sends may be new.
    #[test]
    fn unknown_values() {
        let open = [true, false];
        for (values, unknown, of_another_type) in [
            (json!(["a", "b"]), json!("c"), json!(1)),
            (json!([1, 2]), json!(3), json!("a")),
            (json!(["a", 1]), json!(true), json!({})),
        ] {
            let schemas = json!({ "T": { "enum": values } });
            assert_eq!(both(&schemas, &values[0]), [true, true], "{values}");
            assert_eq!(both(&schemas, &unknown), open, "{values}");
            assert_eq!(both(&schemas, &of_another_type), [false, false], "{values}");
        }
    }

    #[test]
    fn unions() {
        let kind = |kind: &str, property: &str| {
            json!({ "required": ["kind", property], "properties": {
                "kind": { "type": "string", "enum": [kind] }, property: { "type": "integer" } } })
        };
        let schemas = json!({ "T": { "oneOf": [kind("a", "x"), kind("b", "y")] } });
        for (value, expected) in [
            (json!({ "kind": "a", "x": 1 }), [true, true]),
            // The tag selects the alternative, whatever fits another one.
            (json!({ "kind": "a", "y": 1 }), [false, false]),
            (json!({ "kind": "c", "x": 1 }), [true, false]),
            (json!({ "x": 1 }), [true, false]),
        ] {
            assert_eq!(both(&schemas, &value), expected, "{value}");
        }
    }

    #[test]
    fn deep_values_are_not_tested() {
        let schemas =
            json!({ "T": { "properties": { "t": { "$ref": "#/components/schemas/T" } } } });
        let nested = |depth| (0..depth).fold(json!({}), |inner, _| json!({ "t": inner }));
        assert_eq!(both(&schemas, &nested(DEPTH)), [true, true]);
        assert_eq!(both(&schemas, &nested(DEPTH + 1)), [false, false]);
    }

    #[test]
    fn dates() {
        for (text, expected) in [
            ("2020-02-29", true),
            ("2021-02-29", false),
            ("2020-13-01", false),
            ("20-01-01", false),
            ("2020-01-01T00:00:00Z", false),
        ] {
            assert_eq!(is_date(text), expected, "{text}");
        }
        for (text, expected) in [
            ("2020-01-10T14:59:22Z", true),
            ("2020-01-10T14:59:22.000+02:00", true),
            ("2020-01-10T14:59:22", false),
            ("2020-01-10T24:59:22Z", false),
            ("2020-01-10T14:59:22+0200", false),
            ("2020-01-10", false),
        ] {
            assert_eq!(is_date_time(text), expected, "{text}");
        }
    }
}
