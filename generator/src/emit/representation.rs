//! Other JSON media types than the one that `send` requests: a method and a request type for each.

use quote::format_ident;
use syn::{ImplItemFn, Item, parse_quote};

use super::docs::{Docs, code_span};
use super::subject::Subject;
use super::{decode, success};
use crate::model::{Operation, Representation};

impl Subject<'_> {
    /// The method that requests it.
    pub(super) fn expand_send_as(&self, other: &Representation) -> ImplItemFn {
        let success = success::type_of(self.context, &other.success);
        let [method, type_] = [&other.method, &other.type_name].map(|name| format_ident!("{name}"));
        let mut send: ImplItemFn = parse_quote! {
            pub async fn #method(self) -> Result<Response<#success>, Error> {
                send(#type_(self)).await
            }
        };
        let media_type = code_span(&other.media_type);
        Docs::default()
            .text(&format!("Sends the request, and asks for {media_type}."))
            .section("Errors", vec!["Those of [`send`](Self::send).".to_owned()])
            .describe(&mut send.attrs);
        send
    }

    /// The request that is sent for it.
    pub(super) fn expand_representation(&self, other: &Representation) -> [Item; 2] {
        let success = success::type_of(self.context, &other.success);
        let media_type = &other.media_type;
        let [type_, request] =
            [&other.type_name, &self.operation.type_name].map(|name| format_ident!("{name}"));
        let decode = decode::expand_decode(&self.context.api.types, &self.represented(other));
        let definition = parse_quote!(struct #type_(#request););
        let implementation = parse_quote! {
            impl Request for #type_ {
                type Output = #success;

                const OPERATION: &'static Operation = #request::OPERATION;

                fn session(&self) -> &Session {
                    self.0.session()
                }

                fn request(&self) -> Result<RequestBuilder, Error> {
                    Ok(accepting(self.0.request()?, #media_type))
                }

                #decode
            }
        };
        [definition, implementation]
    }

    /// The operation as if there were this form alone.
    fn represented(&self, other: &Representation) -> Operation {
        Operation {
            success: other.success.clone(),
            paging: None,
            ..self.operation.clone()
        }
    }
}
