//! Emits the body of a request.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{Ident, Item, ItemEnum, ItemStruct, Type as RustType, parse_quote};

use super::constructor::{self, Member, SetBy};
use super::docs::Docs;
use super::subject::Subject;
use super::types::type_docs;
use super::{Context, implementation, rust_type};
use crate::model::{
    Body, BodyContent, BodyKind, FieldStyle, Multipart, Operation, Part, PartKind, Style,
};

/// The type of a request's body.
pub(super) fn type_of(context: &Context<'_>, body: &Body) -> RustType {
    match body.contents.as_slice() {
        [only] => content_type(context, only),
        _ => {
            let choice = format_ident!("{}", body.choice);
            parse_quote!(#choice)
        }
    }
}

fn content_type(context: &Context<'_>, content: &BodyContent) -> RustType {
    match &content.kind {
        BodyKind::Json(type_) | BodyKind::Form(type_, _) => {
            rust_type::outside(&context.api.types, type_)
        }
        BodyKind::Multipart(multipart) => {
            let name = format_ident!("{}", multipart.type_name);
            parse_quote!(#name)
        }
        BodyKind::Parts => parse_quote!(Multipart),
        BodyKind::Text => parse_quote!(String),
        BodyKind::Upload => parse_quote!(Upload),
    }
}

/// Whether arguments are converted into the type of the body.
pub(super) fn is_converted(context: &Context<'_>, body: &Body) -> bool {
    match body.contents.as_slice() {
        [only] => match &only.kind {
            BodyKind::Json(type_) | BodyKind::Form(type_, _) => {
                rust_type::is_converted(&context.api.types, type_)
            }
            BodyKind::Multipart(_) | BodyKind::Parts => false,
            BodyKind::Text | BodyKind::Upload => true,
        },
        _ => true,
    }
}

/// The imports of the body's type and of its encoding.
pub(super) fn imports(body: &Body) -> Vec<&'static str> {
    let mut imports = encoding_imports(body);
    for content in &body.contents {
        match &content.kind {
            BodyKind::Json(type_) | BodyKind::Form(type_, _) => {
                imports.extend(rust_type::imports(type_));
            }
            BodyKind::Parts => imports.push("crate::runtime::Multipart"),
            BodyKind::Upload => imports.push("crate::runtime::Upload"),
            BodyKind::Multipart(_) | BodyKind::Text => {}
        }
    }
    imports
}

/// The imports of the body's encoding.
pub(super) fn encoding_imports(body: &Body) -> Vec<&'static str> {
    let mut imports = Vec::new();
    for content in &body.contents {
        match &content.kind {
            BodyKind::Form(_, styles) => {
                imports.push("crate::runtime::form");
                if !styles.is_empty() {
                    imports.push("crate::runtime::FieldStyle");
                }
                if styles
                    .iter()
                    .any(|(_, style)| matches!(style, FieldStyle::Joined(_)))
                {
                    imports.push("crate::runtime::Delimiter");
                }
            }
            BodyKind::Multipart(_) | BodyKind::Parts => imports.push("crate::runtime::multipart"),
            BodyKind::Text => imports.push("crate::runtime::text"),
            BodyKind::Upload => imports.push("crate::runtime::upload"),
            BodyKind::Json(_) => {}
        }
    }
    imports
}

/// The imports of the parts' types.
pub(super) fn part_imports(operation: &Operation) -> Vec<String> {
    let mut imports = Vec::new();
    for multipart in multiparts(operation) {
        imports.push("crate::runtime::Multipart");
        for part in &multipart.parts {
            match &part.kind {
                PartKind::Text(type_) | PartKind::Json(type_) => {
                    imports.extend(rust_type::imports(type_));
                }
                PartKind::File => imports.push("crate::runtime::Upload"),
            }
        }
    }
    imports.into_iter().map(str::to_owned).collect()
}

/// The types of the forms and parts of a body.
pub(super) fn variant_types(
    context: &Context<'_>,
    operation: &Operation,
) -> impl Iterator<Item = RustType> {
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    let contents = contents.map(|content| content_type(context, content));
    let parts = multiparts(operation).flat_map(|multipart| &multipart.parts);
    let parts = parts.map(|part| part_type(context, part));
    contents.chain(parts)
}

/// The names of the types that a body has in the file of its operation, if they are those of arguments.
pub(super) fn own_types(body: &Body) -> Vec<&str> {
    match body.contents.as_slice() {
        [only] => match &only.kind {
            BodyKind::Multipart(multipart) => vec![&multipart.type_name],
            _ => Vec::new(),
        },
        _ => vec![&body.choice],
    }
}

fn multiparts(operation: &Operation) -> impl Iterator<Item = &Multipart> {
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    contents.filter_map(|content| match &content.kind {
        BodyKind::Multipart(multipart) => Some(multipart),
        _ => None,
    })
}

/// The type of one value of a part.
fn part_type(context: &Context<'_>, part: &Part) -> RustType {
    match &part.kind {
        PartKind::Text(type_) | PartKind::Json(type_) => {
            rust_type::outside(&context.api.types, type_)
        }
        PartKind::File => parse_quote!(Upload),
    }
}

impl Subject<'_> {
    /// The statement that puts the body on a request.
    pub(super) fn expand_body(&self) -> Option<TokenStream> {
        let body = self.operation.body.as_ref()?;
        Some(if body.required {
            let sent = expand_sent(body, &quote!(self.body), &quote!(&self.body));
            quote!(let request = #sent;)
        } else {
            let sent = expand_sent(body, &quote!(body), &quote!(body));
            quote! {
                let request = match &self.body {
                    Some(body) => #sent,
                    None => request,
                };
            }
        })
    }

    /// The choice between forms of the body, and the forms that are made of parts.
    pub(super) fn expand_body_types(&self) -> Vec<Item> {
        let Some(body) = &self.operation.body else {
            return Vec::new();
        };
        let mut items = Vec::new();
        if body.contents.len() > 1 {
            items.extend(self.expand_body_choice(body));
        }
        for multipart in multiparts(self.operation) {
            items.extend(self.expand_multipart(multipart));
        }
        items
    }

    fn expand_body_choice(&self, body: &Body) -> Vec<Item> {
        let name = format_ident!("{}", body.choice);
        let variants = body.contents.iter().map(|content| {
            let variant = format_ident!("{}", content.variant);
            let type_ = content_type(self.context, content);
            quote!(#variant(#type_),)
        });
        let mut choice: ItemEnum = parse_quote! {
            #[derive(Clone, Debug)]
            #[allow(clippy::large_enum_variant, reason = "the document decides how large they are")]
            #[non_exhaustive]
            pub enum #name {
                #(#variants)*
            }
        };
        let docs = Docs::default().text(&format!(
            "The body of [`{}::{}`], by media type.",
            self.owner, self.operation.name
        ));
        docs.describe(&mut choice.attrs);
        for (variant, content) in choice.variants.iter_mut().zip(&body.contents) {
            Docs::new(&format!("{}.", media_types(content))).describe(&mut variant.attrs);
        }
        let mut items = vec![Item::Enum(choice)];
        let types = body.contents.iter();
        let types = types.map(|content| content_type(self.context, content));
        let types: Vec<_> = types
            .map(|type_| (type_.to_token_stream().to_string(), type_))
            .collect();
        for (index, (content, (text, type_))) in body.contents.iter().zip(&types).enumerate() {
            let is_same = |(other, _): &(String, RustType)| other == text;
            // A value is sent as the first media type of its type. Raw content has to be of the media type.
            let is_ambiguous = match content.kind {
                BodyKind::Text | BodyKind::Upload => {
                    types.iter().filter(|other| is_same(other)).count() > 1
                }
                _ => types[..index].iter().any(is_same),
            };
            if is_ambiguous {
                continue;
            }
            let variant = format_ident!("{}", content.variant);
            items.push(parse_quote! {
                impl From<#type_> for #name {
                    fn from(body: #type_) -> Self {
                        Self::#variant(body)
                    }
                }
            });
        }
        items
    }

    fn expand_multipart(&self, multipart: &Multipart) -> Vec<Item> {
        let name = format_ident!("{}", multipart.type_name);
        let fields = multipart.parts.iter().map(|part| {
            let (ident, type_) = (ident(part), self.field_type(part));
            quote!(pub #ident: #type_,)
        });
        let is_default = multipart.parts.iter().all(|part| !part.required);
        let default = is_default.then(|| quote!(, Default));
        let mut item: ItemStruct = parse_quote! {
            #[derive(Clone, Debug #default)]
            #[non_exhaustive]
            pub struct #name {
                #(#fields)*
            }
        };
        let docs = match &multipart.description {
            Some(description) => Docs::new(description),
            None => Docs::default().text(&format!(
                "The form of [`{}::{}`].",
                self.owner, self.operation.name
            )),
        };
        docs.describe(&mut item.attrs);
        for (field, part) in item.fields.iter_mut().zip(&multipart.parts) {
            Docs::new(&part_docs(part)).describe(&mut field.attrs);
        }
        vec![
            Item::Struct(item),
            self.expand_multipart_methods(&name, multipart),
        ]
    }

    fn expand_multipart_methods(&self, name: &Ident, multipart: &Multipart) -> Item {
        let members = multipart.parts.iter().map(|part| Member {
            ident: ident(part),
            type_: self.field_type(part),
            is_converted: true,
            set_by: Some(SetBy::for_field(!part.required)),
            deprecated: part.docs.deprecated,
        });
        let members: Vec<_> = members.collect();
        let parts = multipart.parts.iter().map(|part| {
            let (ident, wire) = (ident(part), &part.name);
            let media_type = match &part.media_type {
                Some(media_type) => quote!(Some(#media_type)),
                None => quote!(None),
            };
            match &part.kind {
                PartKind::File if part.required && !part.repeated => {
                    quote!(.files(#wire, #media_type, [&self.#ident]))
                }
                PartKind::File => quote!(.files(#wire, #media_type, &self.#ident)),
                PartKind::Text(_) | PartKind::Json(_) => {
                    quote!(.value(#wire, #media_type, &self.#ident)?)
                }
            }
        });
        let to_parts = parse_quote! {
            pub(crate) fn parts(&self) -> Result<Multipart, Error> {
                let parts = Multipart::new() #(#parts)*;
                Ok(parts)
            }
        };
        let methods = constructor::methods(&members, &["parts"]);
        implementation(name, methods.into_iter().chain([to_parts]))
    }

    /// The type of a part's field.
    fn field_type(&self, part: &Part) -> RustType {
        let type_ = part_type(self.context, part);
        match (part.repeated, part.required) {
            (true, _) => parse_quote!(Vec<#type_>),
            (false, true) => type_,
            (false, false) => parse_quote!(Option<#type_>),
        }
    }
}

fn ident(part: &Part) -> Ident {
    format_ident!("{}", part.field)
}

fn part_docs(part: &Part) -> String {
    let mut docs = part.docs.clone();
    if docs.description.is_none() && part.field.trim_end_matches('_') != part.name {
        docs.description = Some(format!("The part `{}`.", part.name));
    }
    type_docs(&docs)
}

/// The media types of a form of the body.
pub(super) fn media_types(content: &BodyContent) -> String {
    let sent = &content.media_type;
    let first = match (&content.range, &content.kind) {
        (None, _) => format!("`{sent}`"),
        (Some(range), BodyKind::Upload) => {
            format!("`{sent}` for `{range}`, unless the upload has a content type")
        }
        (Some(range), _) => format!("`{sent}` for `{range}`"),
    };
    let mut names = vec![first];
    names.extend(content.alike.iter().map(|name| format!("`{name}`")));
    names.join(", ")
}

/// The expression that puts a body on a request. It takes the body, and a reference to it: behind a
/// pattern both have one name.
pub(super) fn expand_sent(
    body: &Body,
    place: &TokenStream,
    reference: &TokenStream,
) -> TokenStream {
    match body.contents.as_slice() {
        [only] => expand_content(only, place, reference),
        _ => {
            let arms = expand_arms(body);
            quote!(match #reference { #arms })
        }
    }
}

/// The arms that put each form of a body on a request.
fn expand_arms(body: &Body) -> TokenStream {
    let choice = format_ident!("{}", body.choice);
    let arms = body.contents.iter().map(|content| {
        let variant = format_ident!("{}", content.variant);
        let body = quote!(body);
        let sent = expand_content(content, &body, &body);
        quote!(#choice::#variant(body) => #sent,)
    });
    quote!(#(#arms)*)
}

/// The call that puts one form of the body on a request.
fn expand_content(
    content: &BodyContent,
    place: &TokenStream,
    reference: &TokenStream,
) -> TokenStream {
    let media_type = &content.media_type;
    match &content.kind {
        BodyKind::Json(_) if media_type == "application/json" => quote!(request.json(#reference)),
        BodyKind::Json(_) => {
            quote!(request.header(CONTENT_TYPE, #media_type).json(#reference))
        }
        BodyKind::Form(_, styles) => {
            let styles = styles.iter().map(|(name, style)| {
                let style = expand_style(*style);
                quote!((#name, #style))
            });
            quote!(form(request, #reference, &[#(#styles),*])?)
        }
        BodyKind::Multipart(_) => quote!(multipart(request, #place.parts()?)?),
        BodyKind::Parts => quote!(multipart(request, #place.clone())?),
        BodyKind::Text => quote!(text(request, #media_type, #reference)),
        BodyKind::Upload => quote!(upload(request, #media_type, #reference)?),
    }
}

fn expand_style(style: FieldStyle) -> TokenStream {
    match style {
        FieldStyle::DeepObject => quote!(FieldStyle::DeepObject),
        FieldStyle::Form => quote!(FieldStyle::Form),
        FieldStyle::Json => quote!(FieldStyle::Json),
        FieldStyle::Joined(style) => {
            let delimiter = delimiter(style);
            quote!(FieldStyle::Joined(#delimiter))
        }
    }
}

/// The separator between items of a style that is not exploded.
pub(super) fn delimiter(style: Style) -> TokenStream {
    match style {
        Style::SpaceDelimited => quote!(Delimiter::Space),
        Style::PipeDelimited => quote!(Delimiter::Pipe),
        _ => quote!(Delimiter::Comma),
    }
}
