//! Emits the extraction of a list's items from a page.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, Index, Type as RustType};

use super::{Context, rust_type};
use crate::model::{Operation, Paging, Shape, Type, TypeRef};

/// The items of a page.
pub(super) struct Items {
    /// The type of one item.
    pub(super) type_: RustType,
    /// The imports of the type.
    pub(super) imports: Vec<&'static str>,
    /// The statements that take them out of `page`; none where they are all of it.
    pub(super) taking: Option<TokenStream>,
}

/// The items of an operation, if it returns pages.
pub(super) fn of(context: &Context<'_>, operation: &Operation) -> Option<Items> {
    let paging = operation.paging.as_ref()?;
    let reader = Reader {
        context,
        property: match paging {
            Paging::Items => None,
            Paging::Property(property) => Some(property),
        },
    };
    let is_sometimes_empty = operation.success.cases.iter().any(|case| case.is_empty());
    reader.items(operation.success.json()?, is_sometimes_empty)
}

/// Finds the items in a page.
struct Reader<'a> {
    context: &'a Context<'a>,
    /// The property that holds the items; none where the body is all items.
    property: Option<&'a String>,
}

impl Reader<'_> {
    fn items(&self, page: &TypeRef, is_sometimes_empty: bool) -> Option<Items> {
        let types = &self.context.api.types;
        let mut statements = TokenStream::new();
        let mut place = FieldPath::of("page");
        let mut type_ = page.clone();
        let mut options = usize::from(is_sometimes_empty || type_.nullable);
        loop {
            if options > 0 {
                let optional = place.borrowed();
                place = match type_.type_ {
                    Type::List(_) => FieldPath::of("items"),
                    _ => FieldPath::of("page"),
                };
                let name = &place.name;
                let pattern = (0..options).fold(quote!(#name), |inner, _| quote!(Some(#inner)));
                statements.extend(quote! {
                    let #pattern = #optional else {
                        return Vec::new();
                    };
                });
            }
            match &type_.type_ {
                Type::List(item) => {
                    let is_page = statements.is_empty() && place.members.is_empty();
                    let place = place.borrowed();
                    return Some(Items {
                        type_: rust_type::outside(types, item),
                        imports: rust_type::imports(item),
                        taking: (!is_page).then(|| quote!(#statements std::mem::take(#place))),
                    });
                }
                Type::Named(id) => {
                    let definition = types.get(*id);
                    match &definition.shape {
                        Shape::Newtype(inner) => {
                            let index = Index::from(0);
                            place.members.extend(quote!(.#index));
                            options = usize::from(inner.nullable);
                            type_ = inner.clone();
                        }
                        Shape::Struct(object) => {
                            let mut fields = object.fields.iter();
                            let field =
                                fields.find(|field| Some(&field.property) == self.property)?;
                            let name = format_ident!("{}", field.name);
                            place.members.extend(quote!(.#name));
                            // A list that is only received is empty where it is absent.
                            let is_bare_list = !definition.sent
                                && matches!(field.type_.type_, Type::List(_))
                                && !field.type_.nullable;
                            let is_absent = definition.may_lack(field) && !is_bare_list;
                            options = match (field.type_.nullable, is_absent) {
                                // To clear a property is not to leave it out.
                                (true, true) if definition.sent => 2,
                                (false, false) => 0,
                                _ => 1,
                            };
                            type_ = field.type_.clone();
                        }
                        Shape::Enum(_) | Shape::Union(_) => return None,
                    }
                }
                _ => return None,
            }
        }
    }
}

/// A field of a field and so on, of a variable that is a reference.
struct FieldPath {
    name: Ident,
    members: TokenStream,
}

impl FieldPath {
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
