//! Members of types.

use syn::{Attribute, Fields};

use super::attributes::{conditions, docs, has, is_public, serde};
use super::names::Names;
use super::{Field, Marks, Shape, Variant};

pub(super) fn structure(names: &Names<'_>, attributes: &[Attribute], fields: &Fields) -> Shape {
    let has_private = fields.iter().any(|field| !is_public(&field.vis));
    let mut public = self::fields(names, fields);
    public.retain(|(_, is_public)| *is_public);
    let form = match fields {
        // Private fields are invisible, even those of tuple structs.
        _ if has_private && public.is_empty() => "struct",
        Fields::Unnamed(_) => "tuple struct",
        Fields::Unit if !has(attributes, "non_exhaustive") => "unit struct",
        Fields::Unit | Fields::Named(_) => "struct",
    };
    Shape::Struct {
        fields: public.into_iter().map(|(field, _)| field).collect(),
        has_private,
        form,
    }
}

pub(super) fn variant(names: &Names<'_>, variant: &syn::Variant) -> Variant {
    let fields = fields(names, &variant.fields);
    Variant {
        name: variant.ident.to_string(),
        fields: fields.into_iter().map(|(field, _)| field).collect(),
        is_default: has(&variant.attrs, "default"),
        marks: marks(&variant.attrs),
    }
}

/// Fields, and whether each is public by itself.
fn fields(names: &Names<'_>, fields: &Fields) -> Vec<(Field, bool)> {
    let numbered = fields.iter().enumerate();
    numbered
        .map(|(index, field)| {
            let name = field.ident.as_ref().map(ToString::to_string);
            let read = Field {
                name: name.unwrap_or_else(|| index.to_string()),
                type_: names.type_(&field.ty),
                marks: marks(&field.attrs),
            };
            (read, is_public(&field.vis))
        })
        .collect()
}

pub(super) fn marks(attributes: &[Attribute]) -> Marks {
    Marks {
        docs: docs(attributes),
        non_exhaustive: has(attributes, "non_exhaustive"),
        deprecated: has(attributes, "deprecated"),
        must_use: has(attributes, "must_use"),
        conditions: conditions(attributes),
        serde: serde(attributes),
    }
}
