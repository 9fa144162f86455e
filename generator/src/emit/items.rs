//! How the items of a list are taken out of one page of it.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Fields, GenericArgument, Ident, Index, Item, Path, PathArguments, Type, parse_quote};

use super::shorten::Shorten;
use super::{Context, polish};
use crate::engine::Failure;
use crate::model::{Operation, Paging};

/// The items of a page.
pub(super) struct Items {
    /// The type of one item.
    pub(super) type_: Type,
    /// The statements that take them out of `page`; none where they are all of it.
    pub(super) taking: Option<TokenStream>,
}

/// The items of an operation whose pages are of the type `page`, if it answers pages.
pub(super) fn of(
    context: &Context<'_>,
    operation: &Operation,
    page: &Type,
    shorten: &mut Shorten,
) -> Result<Option<Items>, Failure> {
    let Some(paging) = &operation.paging else {
        return Ok(None);
    };
    let reader = Reader {
        context,
        property: match paging {
            Paging::Items => None,
            Paging::Property(property) => Some(property),
        },
    };
    let Some(mut items) = reader.items(page) else {
        let page = page.to_token_stream();
        let message = format!("no items of `{}` in `{page}`", operation.id);
        return Err(Failure::Surprise(message));
    };
    shorten.visit_type_mut(&mut items.type_);
    Outside { context }.visit_type_mut(&mut items.type_);
    Ok(Some(items))
}

/// Finds the items in progenitor's types.
struct Reader<'a> {
    context: &'a Context<'a>,
    /// The property that holds the items; none where the body is all items.
    property: Option<&'a String>,
}

/// What a type is, as far as items can be in it.
enum Form<'t> {
    List(&'t Type),
    Optional(&'t Type),
    Boxed(&'t Type),
    Named(String),
}

impl Reader<'_> {
    fn items(&self, page: &Type) -> Option<Items> {
        let mut statements = TokenStream::new();
        let mut place = Place::of("page");
        let mut type_ = page.clone();
        loop {
            type_ = match form(&type_)? {
                Form::List(item) => {
                    let is_page = statements.is_empty() && place.members.is_empty();
                    let place = place.borrowed();
                    return Some(Items {
                        type_: item.clone(),
                        taking: (!is_page).then(|| quote!(#statements std::mem::take(#place))),
                    });
                }
                Form::Optional(inner) => {
                    let optional = place.borrowed();
                    place = match form(inner)? {
                        Form::List(_) => Place::of("items"),
                        _ => Place::of("page"),
                    };
                    let name = &place.name;
                    statements.extend(quote! {
                        let Some(#name) = #optional else {
                            return Vec::new();
                        };
                    });
                    inner.clone()
                }
                Form::Boxed(inner) => inner.clone(),
                Form::Named(name) => {
                    let (member, inner) = self.member(&name)?;
                    place.members.extend(quote!(.#member));
                    inner
                }
            }
        }
    }

    /// The field of a type that leads to the items, and its type.
    fn member(&self, name: &str) -> Option<(TokenStream, Type)> {
        let Item::Struct(definition) = &self.context.engine.types.get(name)?.definition else {
            return None;
        };
        match &definition.fields {
            Fields::Unnamed(fields) => {
                let index = Index::from(0);
                Some((quote!(#index), fields.unnamed.first()?.ty.clone()))
            }
            Fields::Named(fields) => {
                let mut fields = fields.named.iter();
                let field = fields.find(|field| Some(&polish::property(field)) == self.property)?;
                let is_sent = self.context.lowered.sent.contains(name);
                let type_ = &field.ty;
                let type_ = if is_sent && polish::is_left_out_when_empty(field) {
                    parse_quote!(Option<#type_>)
                } else {
                    type_.clone()
                };
                Some((field.ident.to_token_stream(), type_))
            }
            Fields::Unit => None,
        }
    }
}

fn form(type_: &Type) -> Option<Form<'_>> {
    let Type::Path(path) = type_ else {
        return None;
    };
    let last = path.path.segments.last()?;
    let argument = match &last.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
            GenericArgument::Type(type_) => Some(type_),
            _ => None,
        },
        _ => None,
    };
    match (last.ident.to_string().as_str(), argument) {
        ("Vec", Some(item)) => Some(Form::List(item)),
        ("Option", Some(inner)) => Some(Form::Optional(inner)),
        ("Box", Some(inner)) => Some(Form::Boxed(inner)),
        (name, None) if path.path.leading_colon.is_none() => Some(Form::Named(name.to_owned())),
        _ => None,
    }
}

/// A field of a field and so on, of a variable that is a reference.
struct Place {
    name: Ident,
    members: TokenStream,
}

impl Place {
    fn of(name: &str) -> Self {
        Self {
            name: format_ident!("{name}"),
            members: TokenStream::new(),
        }
    }

    fn borrowed(&self) -> TokenStream {
        let Self { name, members } = self;
        if members.is_empty() {
            quote!(#name)
        } else {
            quote!(&mut #name #members)
        }
    }
}

/// Names the document's types as they are named outside of their module.
struct Outside<'a> {
    context: &'a Context<'a>,
}

impl VisitMut for Outside<'_> {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        if let Some(name) = path.get_ident().map(Ident::to_string)
            && self.context.own.contains(&name)
        {
            let name = format_ident!("{name}");
            *path = parse_quote!(types::#name);
        }
    }
}
