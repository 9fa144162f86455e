//! Constructors of structs that are sent: `new` with the required fields, and a setter for each other.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{
    Fields, GenericArgument, Ident, ImplItemFn, ItemStruct, PathArguments, Type, parse_quote,
};

use super::docs::Docs;
use super::{polish, rust_type};
use crate::model::{self, Struct, TypeRef, Types};
use crate::names;

/// A field of a struct that callers make.
pub(super) struct Member {
    pub(super) ident: Ident,
    /// The field's own type.
    pub(super) type_: Type,
    /// Whether arguments are converted into the type of a value.
    pub(super) is_converted: bool,
    /// Its setter; `None` for fields that are never in requests.
    pub(super) set_by: Option<SetBy>,
    pub(super) deprecated: bool,
}

/// The setter of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SetBy {
    New,
    Setter,
}

impl SetBy {
    pub(super) fn for_field(is_optional: bool) -> Self {
        if is_optional { Self::Setter } else { Self::New }
    }
}

impl Member {
    /// The argument, and the field's value that is made of it.
    fn argument(&self) -> (TokenStream, TokenStream) {
        let ident = &self.ident;
        let value = if self.is_converted {
            quote!(#ident.into())
        } else {
            quote!(#ident)
        };
        let (type_, value) = match self.set_by {
            Some(SetBy::Setter) => in_option(&self.type_, value),
            _ => in_box(&self.type_, value),
        };
        if self.is_converted {
            (quote!(#ident: impl Into<#type_>), value)
        } else {
            (quote!(#ident: #type_), value)
        }
    }

    fn setter(&self, name: &str) -> ImplItemFn {
        let (name, ident) = (format_ident!("{name}"), &self.ident);
        let (argument, value) = self.argument();
        let deprecated = self.deprecated.then(|| quote!(#[deprecated]));
        let mut setter: ImplItemFn = parse_quote! {
            #deprecated
            pub fn #name(mut self, #argument) -> Self {
                self.#ident = #value;
                self
            }
        };
        let mut docs = format!("Sets [`{ident}`](field@Self::{ident}).");
        let (value_type, _) = in_option(&self.type_, TokenStream::new());
        if inside("Option", value_type).is_some() {
            docs.push_str(" `None` is sent as `null`.");
        }
        Docs::default().text(&docs).describe(&mut setter.attrs);
        setter
    }
}

/// The fields of a struct that typify has made, in the order of the model.
pub(super) fn members(types: &Types, item: &ItemStruct, object: &Struct) -> Vec<Member> {
    let Fields::Named(fields) = &item.fields else {
        return Vec::new();
    };
    let additional = object.additional.as_ref();
    let additional =
        additional.map(|others| TypeRef::new(model::Type::Map(Box::new(others.values.clone()))));
    let described = object.fields.iter().map(Some);
    let described = described.chain(std::iter::repeat(None));
    let fields = fields.named.iter().zip(described);
    let members = fields.filter_map(|(field, described)| {
        let is = |condition: fn(&model::Field) -> bool| described.is_some_and(condition);
        let is_received = is(|field| field.read_only);
        Some(Member {
            ident: field.ident.clone()?,
            type_: field.ty.clone(),
            is_converted: match described {
                Some(field) => rust_type::is_converted(types, &field.type_),
                None => additional
                    .as_ref()
                    .is_some_and(|map| rust_type::is_converted(types, map)),
            },
            set_by: (!is_received).then(|| SetBy::for_field(polish::is_optional(field))),
            deprecated: is(|field| field.docs.deprecated),
        })
    });
    members.collect()
}

/// `new`, and the setters, for a struct that has other `methods` as well.
pub(super) fn methods(members: &[Member], methods: &[&str]) -> Vec<ImplItemFn> {
    let (required, others): (Vec<_>, Vec<_>) = members
        .iter()
        .partition(|member| member.set_by == Some(SetBy::New));
    let arguments = required.iter().map(|member| member.argument());
    let (arguments, values): (Vec<_>, Vec<_>) = arguments.unzip();
    let values = required.iter().zip(values).map(|(member, value)| {
        let ident = &member.ident;
        if *ident == value.to_string() {
            quote!(#ident,)
        } else {
            quote!(#ident: #value,)
        }
    });
    let left_out = others.iter().map(|member| &member.ident);
    let lint = (arguments.len() > 7).then(
        || quote!(#[expect(clippy::too_many_arguments, reason = "the document requires them all")]),
    );
    let new = parse_quote! {
        /// Creates a value from the required properties.
        #lint
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values)* #(#left_out: Default::default(),)* }
        }
    };
    let set = others.iter().filter(|member| member.set_by.is_some());
    let fields = set.clone().map(|member| member.ident.to_string());
    let names = names::setter_names(fields, methods);
    let setters = set.zip(&names).map(|(member, name)| member.setter(name));
    std::iter::once(new).chain(setters).collect()
}

/// The type of a value for a field that can be left out, and how it becomes the field's.
fn in_option(type_: &Type, value: TokenStream) -> (&Type, TokenStream) {
    if let Some(inner) = inside("Option", type_) {
        let (type_, value) = in_box(inner, value);
        return (type_, quote!(Some(#value)));
    }
    // Where a struct contains itself.
    match inside("Box", type_).and_then(|boxed| inside("Option", boxed)) {
        Some(inner) => (inner, quote!(Box::new(Some(#value)))),
        None => (type_, value),
    }
}

/// The same for one that has a value, if only null.
fn in_box(type_: &Type, value: TokenStream) -> (&Type, TokenStream) {
    match inside("Box", type_).filter(|boxed| inside("Option", boxed).is_some()) {
        Some(inner) => (inner, quote!(Box::new(#value))),
        None => (type_, value),
    }
}

/// The argument of a type like `Option<T>`.
fn inside<'t>(name: &str, type_: &'t Type) -> Option<&'t Type> {
    let Type::Path(path) = type_ else {
        return None;
    };
    let last = path
        .path
        .segments
        .last()
        .filter(|last| last.ident == name)?;
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
            GenericArgument::Type(inner) => Some(inner),
            _ => None,
        },
        _ => None,
    }
}
