//! Objects whose properties are known.

use std::collections::BTreeSet;

use serde_json::Value;

use super::merge::Merged;
use super::part::{self, LocatedSchema};
use super::{TypeBuilder, longer};
use crate::model::{Additional, Content, Field, Integer, Struct, Type, TypeDocs, TypeRef};
use crate::names;

/// Properties with a length in bytes.
const LENGTHS: &[&str] = &["size_in_bytes", "size"];

/// Properties as a map.
const EXTRA: &str = "extra";

impl<'a> TypeBuilder<'a> {
    /// The struct that merged schemas make.
    pub(super) fn object(&mut self, merged: &Merged<'a>, name: &str) -> Struct {
        let mut taken = BTreeSet::new();
        let mut fields = Vec::new();
        for (property, parts) in &merged.properties {
            fields.push(self.field(property, parts, merged, name, &mut taken));
        }
        let additional = self.additional(merged, &longer(name, "Value"));
        // A property that is required and not described is any JSON, and may be a mistake.
        let undescribed = merged.required.iter().filter(|required| {
            additional.is_none()
                && !merged
                    .properties
                    .iter()
                    .any(|(known, _)| known == *required)
        });
        for property in undescribed {
            fields.push(Field {
                property: (*property).to_owned(),
                name: names::free_name(&names::value_name(property), "_", &mut taken),
                pointer: merged.pointer.clone(),
                docs: TypeDocs::default(),
                type_: TypeRef::new(Type::Any),
                required: false,
                read_only: false,
                write_only: false,
            });
        }
        let additional = additional.map(|values| Additional {
            field: names::free_name(EXTRA, "_", &mut taken),
            docs: TypeDocs {
                values: self.values_of_all(merged.additional.iter().flatten().cloned().collect()),
                ..TypeDocs::default()
            },
            values,
        });
        Struct {
            content: content(&fields),
            fields,
            additional,
        }
    }

    fn field(
        &mut self,
        property: &'a str,
        parts: &[LocatedSchema<'a>],
        merged: &Merged<'a>,
        name: &str,
        taken: &mut BTreeSet<String>,
    ) -> Field {
        let wish = names::value_name(property);
        let field = names::free_name(&wish, "_", taken);
        let pointer = parts[0].pointer.clone();
        if field != wish {
            self.report.add(
                "shared-name",
                &pointer,
                format!("property `{property}`: Rust name `{wish}` is taken, using `{field}`"),
                "choose a name that differs in more than case and separators",
            );
        }
        let is = |keyword: &str| {
            let mut parts = parts.iter();
            parts.any(|part| part.value.get(keyword) == Some(&Value::Bool(true)))
        };
        Field {
            name: field,
            pointer,
            docs: TypeDocs {
                values: self.values_of_all(parts.to_vec()),
                ..docs(parts)
            },
            type_: self.type_of_all(parts.to_vec(), &longer(name, property)),
            required: merged.required.contains(property),
            read_only: is("readOnly"),
            write_only: is("writeOnly"),
            property: property.to_owned(),
        }
    }

    /// The type of the properties that have no name, where the document allows them expressly.
    pub(super) fn additional(&mut self, merged: &Merged<'a>, wish: &str) -> Option<TypeRef> {
        let described: Vec<_> = merged.additional.iter().flatten().cloned().collect();
        if described.is_empty() {
            let is_allowed = !merged.additional.is_empty();
            return is_allowed.then(|| TypeRef::new(Type::Any));
        }
        Some(self.type_of_all(described, wish))
    }
}

/// The documentation of a property, without the values that it lists: the last description is used.
fn docs(parts: &[LocatedSchema<'_>]) -> TypeDocs {
    let mut docs = TypeDocs::default();
    for part in parts {
        let more = part::docs(part.value);
        docs.deprecated |= more.deprecated;
        docs.description = more.description.or(docs.description);
        docs.default = more.default.or(docs.default);
    }
    docs
}

/// An object describes content for download when it has a text `digest` and an integer
/// `size_in_bytes` or `size` that is always there.
fn content(fields: &[Field]) -> Option<Content> {
    let find = |name: &str| fields.iter().find(|field| field.property == name);
    let digest = find("digest")?;
    let length = LENGTHS.iter().find(|name| {
        find(name).is_some_and(|length| {
            matches!(
                length.type_.type_,
                Type::Integer(Integer::I64 | Integer::U64)
            ) && !length.type_.nullable
                && length.required
        })
    });
    let is_text = digest.type_.type_ == Type::Text;
    length.filter(|_| is_text).map(|length| Content { length })
}
