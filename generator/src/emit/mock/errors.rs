//! What a mock knows of the errors of an operation.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::rust_type;
use crate::emit::subject::Subject;
use crate::model::{ErrorResponse, Type, TypeRef};

/// The errors of an operation, those with the same bodies as one.
pub(super) fn expand_all(subject: &Subject<'_>) -> Vec<TokenStream> {
    let mut by_bodies = Vec::<(&[TypeRef], Vec<&str>)>::new();
    for ErrorResponse { status, bodies, .. } in &subject.operation.errors {
        match by_bodies.iter_mut().find(|(known, _)| known == bodies) {
            Some((_, statuses)) => statuses.push(status),
            None => by_bodies.push((bodies, vec![status])),
        }
    }
    let errors = by_bodies.into_iter().map(|(bodies, statuses)| {
        let bodies = expand_bodies(subject, bodies);
        quote! {
            mock::MockErrors {
                statuses: &[#(#statuses),*],
                bodies: &[#(#bodies),*],
            }
        }
    });
    errors.collect()
}

/// The types of bodies; none if one of them has no name in the document.
fn expand_bodies(subject: &Subject<'_>, bodies: &[TypeRef]) -> Vec<TokenStream> {
    let types = &subject.context.api.types;
    let bodies = bodies.iter().map(|body| match &body.type_ {
        Type::Named(id) => {
            let (name, type_) = (&types.get(*id).name, rust_type::outside(types, body));
            Some(quote!(mock::MockBody::of::<#type_>(#name)))
        }
        _ => None,
    });
    let bodies: Option<Vec<_>> = bodies.collect();
    bodies.unwrap_or_default()
}
