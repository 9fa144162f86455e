//! Attributes that depend on how an item is printed, or on a whole file.

use syn::punctuated::Punctuated;
use syn::{AttrStyle, Attribute, Field, ImplItem, Item, Path, Token, Visibility, parse_quote};

use crate::emit::Emitted;

/// Columns of a line that prettyplease prints.
const WIDTH: usize = 89;

/// Gives serde's traits an attribute of their own where a line does not hold all that are derived:
/// prettyplease would put each on a line.
pub(super) fn split_derives(item: &mut Item) {
    let attributes = match item {
        Item::Struct(definition) => &mut definition.attrs,
        Item::Enum(definition) => &mut definition.attrs,
        _ => return,
    };
    let mut split = Vec::new();
    for attribute in attributes.drain(..) {
        match derived(&attribute) {
            Some(traits) if width(&traits) > WIDTH => {
                let (serde, others): (Vec<_>, Vec<_>) = traits
                    .into_iter()
                    .partition(|name| name.is_ident("Deserialize") || name.is_ident("Serialize"));
                let groups = [others, serde]
                    .into_iter()
                    .filter(|group| !group.is_empty());
                split.extend(
                    groups.map(|group| -> Attribute { parse_quote!(#[derive(#(#group),*)]) }),
                );
            }
            _ => split.push(attribute),
        }
    }
    *attributes = split;
}

fn derived(attribute: &Attribute) -> Option<Vec<Path>> {
    if !attribute.path().is_ident("derive") {
        return None;
    }
    let traits = attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated);
    Some(traits.ok()?.into_iter().collect())
}

fn width(traits: &[Path]) -> usize {
    let names = traits.iter().filter_map(|name| name.segments.last());
    let names: usize = names.map(|name| name.ident.to_string().len() + 2).sum();
    names + "#[derive()]".len() - 2
}

/// Allows a file to have public items that the document does not describe.
pub(super) fn relax_missing_docs(emitted: &mut Emitted) {
    if !emitted.items.iter().all(is_described) {
        let reason = "the document does not describe everything";
        emitted.docs.push(Attribute {
            style: AttrStyle::Inner(<Token![!]>::default()),
            ..parse_quote!(#[allow(missing_docs, reason = #reason)])
        });
    }
}

/// Whether rustc finds docs wherever it wants them in an item. Modules have theirs in their files.
fn is_described(item: &Item) -> bool {
    match item {
        Item::Struct(definition) => {
            !is_public(&definition.vis)
                || has_docs(&definition.attrs) && definition.fields.iter().all(is_field_described)
        }
        Item::Enum(definition) => {
            let mut variants = definition.variants.iter();
            !is_public(&definition.vis)
                || has_docs(&definition.attrs)
                    && variants.all(|variant| {
                        let mut fields = variant.fields.iter();
                        has_docs(&variant.attrs)
                            && fields.all(|field| field.ident.is_none() || has_docs(&field.attrs))
                    })
        }
        Item::Type(definition) => !is_public(&definition.vis) || has_docs(&definition.attrs),
        Item::Fn(function) => !is_public(&function.vis) || has_docs(&function.attrs),
        Item::Const(constant) => !is_public(&constant.vis) || has_docs(&constant.attrs),
        Item::Impl(implementation) => {
            implementation.trait_.is_some()
                || implementation.items.iter().all(|item| match item {
                    ImplItem::Fn(method) => !is_public(&method.vis) || has_docs(&method.attrs),
                    ImplItem::Const(constant) => {
                        !is_public(&constant.vis) || has_docs(&constant.attrs)
                    }
                    _ => true,
                })
        }
        _ => true,
    }
}

fn is_field_described(field: &Field) -> bool {
    field.ident.is_none() || !is_public(&field.vis) || has_docs(&field.attrs)
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn has_docs(attributes: &[Attribute]) -> bool {
    let mut attributes = attributes.iter();
    attributes.any(|attribute| attribute.path().is_ident("doc"))
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;

    use super::*;

    #[track_caller]
    fn check_described(item: Item, expected: bool) {
        assert_eq!(is_described(&item), expected, "{}", item.to_token_stream());
    }

    #[test]
    fn undescribed_items_are_found() {
        check_described(
            parse_quote!(
                #[doc = "A."]
                pub struct A {
                    b: u8,
                    pub(crate) c: u8,
                }
            ),
            true,
        );
        check_described(
            parse_quote!(
                #[doc = "A."]
                pub struct A {
                    pub b: u8,
                }
            ),
            false,
        );
        check_described(
            parse_quote!(
                #[doc = "A."]
                pub struct A(pub u8);
            ),
            true,
        );
        check_described(
            parse_quote!(
                pub struct A;
            ),
            false,
        );
        check_described(
            parse_quote!(
                struct A {
                    pub b: u8,
                }
            ),
            true,
        );
        check_described(
            parse_quote!(
                #[doc = "A."]
                pub enum A {
                    B,
                }
            ),
            false,
        );
        check_described(
            parse_quote!(
                #[doc = "A."]
                pub enum A {
                    #[doc = "B."]
                    B(u8),
                }
            ),
            true,
        );
        check_described(parse_quote!(impl A { pub fn b() {} }), false);
        check_described(parse_quote!(impl A { fn b() {} }), true);
        check_described(parse_quote!(impl A for B { fn c() {} }), true);
        check_described(
            parse_quote!(
                pub type A = u8;
            ),
            false,
        );
    }

    #[test]
    fn wide_derives_are_two() {
        let mut item: Item = parse_quote! {
            #[derive(
                Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize,
            )]
            struct A;
        };
        split_derives(&mut item);
        let expected: Item = parse_quote! {
            #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
            #[derive(Deserialize, Serialize)]
            struct A;
        };
        assert_eq!(
            item.to_token_stream().to_string(),
            expected.to_token_stream().to_string()
        );
    }
}
