//! One file for each type.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase;
use quote::{format_ident, quote};
use syn::visit_mut::VisitMut;
use syn::{Attribute, Ident, Item, ItemStruct, Path, parse_quote};

use super::docs::{Docs, code_span};
use super::shorten::Shorten;
use super::{
    Context, Emitted, constructor, content, enumeration, implementation, object, polish, sample,
    union,
};
use crate::engine::{Failure, TypeItems};
use crate::lower;
use crate::model::{Definition, Shape, Type, TypeDocs, TypeId, Types};
use crate::names;

const EMITTER: &str = "generator/src/emit/types.rs";

/// Emits the file of a type in the module `types`.
pub(super) fn emit_type(
    context: &Context<'_>,
    modules: &BTreeMap<String, String>,
    id: TypeId,
) -> Result<Emitted, Failure> {
    let definition = context.api.types.get(id);
    let mut file = match &definition.shape {
        Shape::Enum(values) => enumeration::emit_enumeration(definition, values),
        Shape::Union(union) => union::emit_union(context, id, union),
        Shape::Struct(_) | Shape::Newtype(_) => emit_made(context, id)?,
    };
    file.path = format!("types/{}.rs", modules[&definition.name]);
    Ok(file)
}

/// The docs of a type or property, with the constraints that its type can't express.
pub(super) fn type_docs(docs: &TypeDocs) -> String {
    let mut paragraphs: Vec<_> = docs.description.clone().into_iter().collect();
    if !docs.values.is_empty() {
        let values: Vec<_> = docs.values.iter().map(|value| code_span(value)).collect();
        let values = values.join(", ");
        paragraphs.push(if docs.has_other_values {
            format!("Known values: {values}.")
        } else {
            format!("One of {values}.")
        });
    }
    if let Some(default) = &docs.default {
        paragraphs.push(format!("Default: {}.", code_span(default)));
    }
    if docs.deprecated {
        paragraphs.push("Deprecated.".to_owned());
    }
    paragraphs.join("\n\n")
}

/// A module's name for each type; types that differ in case alone get a number.
pub(super) fn modules(types: &BTreeSet<String>) -> BTreeMap<String, String> {
    let mut taken = BTreeSet::new();
    types
        .iter()
        .map(|name| {
            let module = names::module_name(&name.to_snake_case());
            (name.clone(), names::free_name(&module, "_", &mut taken))
        })
        .collect()
}

/// Emits the module `types` itself.
pub(super) fn emit_module(context: &Context<'_>, modules: &BTreeMap<String, String>) -> Emitted {
    let mut docs = Docs::new(
        "The types of requests and responses.\n\n\
         Structs of responses are `#[non_exhaustive]`, since fields may be added. In a test, make one \
         from JSON, as the client does.",
    );
    let is_made =
        |definition: &Definition| definition.sent && matches!(definition.shape, Shape::Struct(_));
    if context.api.types.used().any(is_made) {
        let text = "Structs of requests have `new`, with an argument for each required property, and a \
                    setter for each optional one. A setter has the name of the field, with a `_` added \
                    where the struct has another method of that name. Unset properties are not sent.";
        let example = sample::construction(context).unwrap_or_default();
        docs = docs.text(text).section("Examples", example);
    }
    let mut by_module: Vec<_> = modules.iter().collect();
    by_module.sort_by_key(|(_, module)| *module);
    let declarations = by_module.iter().map(|(_, module)| {
        let module = format_ident!("{module}");
        quote!(mod #module;)
    });
    let exports = by_module.iter().map(|(name, module)| {
        let (name, module) = (format_ident!("{name}"), format_ident!("{module}"));
        quote!(pub use #module::#name;)
    });
    let file: syn::File = parse_quote!(#(#declarations)* #(#exports)*);
    Emitted {
        path: "types/mod.rs".to_owned(),
        emitter: EMITTER,
        docs: docs.of_module(),
        imports: BTreeSet::new(),
        items: file.items,
    }
}

/// Emits a type that progenitor has made.
fn emit_made(context: &Context<'_>, id: TypeId) -> Result<Emitted, Failure> {
    let definition = context.api.types.get(id);
    let name = &definition.name;
    let Some(items) = context.engine.get(&lower::type_name(id)) else {
        return Err(Failure::Surprise(format!("no type `{name}`")));
    };
    let Item::Struct(mut item) = items.definition.clone() else {
        return Err(Failure::Surprise(format!("`{name}` is no struct")));
    };
    let mut shorten = Shorten::default();
    shorten.visit_item_struct_mut(&mut item);
    let mut emitted = emit_struct(context, id, item, items, &mut shorten)?;
    let mut named = TypeNamer {
        types: &context.api.types,
        used: BTreeSet::new(),
    };
    for item in &mut emitted {
        named.visit_item_mut(item);
    }
    named.used.remove(name);
    let mut imports = shorten.into_imports()?;
    imports.extend(named.used.iter().map(|name| format!("super::{name}")));
    Ok(Emitted {
        path: String::new(),
        emitter: EMITTER,
        docs: Vec::new(),
        imports,
        items: emitted,
    })
}

/// A struct, its constructor, and its implementations.
fn emit_struct(
    context: &Context<'_>,
    id: TypeId,
    mut item: ItemStruct,
    items: &TypeItems,
    shorten: &mut Shorten,
) -> Result<Vec<Item>, Failure> {
    let types = &context.api.types;
    let definition = types.get(id);
    let is_exact = !context.inexact.contains(&id);
    let mut conversion = None;
    let mut has_default = false;
    let mut underived = &[][..];
    match &definition.shape {
        Shape::Struct(object) => {
            if definition.sent {
                polish::distinguish_empty_from_absent(&mut item);
            }
            polish::polish_struct(&mut item, definition, object);
            conversion = content::conversion(definition, object);
            has_default = object.fields.iter().all(|field| {
                let is_collection = matches!(field.type_.type_, Type::List(_) | Type::Map(_));
                definition.may_lack(field) || field.type_.nullable || is_collection
            });
            underived = &object::DERIVED;
        }
        _ => item
            .attrs
            .retain(|attribute| !attribute.path().is_ident("doc")),
    }
    let fields = |property: &str| polish::field_of(definition, property);
    let docs = Docs::default().linked(&type_docs(&definition.docs), &fields);
    docs.describe(&mut item.attrs);
    let scalar = polish::scalar(&item);
    let mut derives = polish::scalar_derives(scalar.as_deref()).to_vec();
    derives.extend(has_default.then_some("Default"));
    derives.extend(is_exact.then_some("Eq"));
    polish::derive(&mut item.attrs, &derives, underived, shorten);
    let constructor = match &definition.shape {
        Shape::Struct(object) if definition.sent => {
            let members = constructor::members(types, &item, object);
            Some(implementation(
                &item.ident,
                constructor::methods(&members, &[]),
            ))
        }
        _ => None,
    };
    let table = match &definition.shape {
        Shape::Struct(object) => {
            shorten
                .imports
                .insert("crate::runtime::json_object".to_owned());
            Some(object::take_table(&mut item, definition, object)?)
        }
        _ => None,
    };
    let mut implementations = implementations(items, scalar.is_some(), shorten);
    if let Some(scalar) = &scalar {
        polish::polish_scalar(&item.ident, scalar, &mut implementations, shorten);
    }
    Ok(std::iter::once(Item::Struct(item))
        .chain(table)
        .chain(constructor)
        .chain(implementations)
        .chain(conversion)
        .collect())
}

fn implementations(items: &TypeItems, is_scalar: bool, shorten: &mut Shorten) -> Vec<Item> {
    let mut kept = Vec::new();
    for implementation in &items.implementations {
        if !polish::is_redundant(implementation, is_scalar) {
            let mut implementation = Item::Impl(implementation.clone());
            shorten.visit_item_mut(&mut implementation);
            kept.push(implementation);
        }
    }
    kept
}

/// Gives the types in progenitor's output their names, and finds out which there are.
struct TypeNamer<'a> {
    types: &'a Types,
    used: BTreeSet<String>,
}

impl TypeNamer<'_> {
    fn name(&mut self, ident: &mut Ident) {
        if let Some(id) = lower::type_id(&ident.to_string()) {
            let name = &self.types.get(id).name;
            *ident = format_ident!("{name}");
            self.used.insert(name.clone());
        }
    }
}

impl VisitMut for TypeNamer<'_> {
    fn visit_path_mut(&mut self, path: &mut Path) {
        syn::visit_mut::visit_path_mut(self, path);
        if path.segments.len() == 2 && path.segments[0].ident == "types" {
            *path = path.segments[1].ident.clone().into();
        }
        if path.segments.len() == 1 && path.leading_colon.is_none() {
            self.name(&mut path.segments[0].ident);
        }
    }

    fn visit_item_struct_mut(&mut self, item: &mut ItemStruct) {
        syn::visit_mut::visit_item_struct_mut(self, item);
        self.name(&mut item.ident);
    }

    /// Derives are not types of the document.
    fn visit_attribute_mut(&mut self, _: &mut Attribute) {}
}
