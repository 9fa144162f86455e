//! How the answer to a request is read.

use proc_macro2::TokenStream;
use quote::quote;

use super::subject::Subject;
use crate::engine::{Decode, Failure};
use crate::model::Success;

impl Subject<'_> {
    /// progenitor's arms; where it knows of no success, a redirect is one.
    pub(super) fn expand_decode(&self) -> Result<TokenStream, Failure> {
        let success = &self.success;
        let mut arms = Vec::new();
        for (pattern, decode) in &self.wire.arms {
            let (pattern, body) = match (decode, &self.operation.success) {
                (Decode::Json, Success::Json { empty, .. }) if !empty.is_empty() => {
                    (pattern, quote!(answer.some_json().await))
                }
                (Decode::Json, Success::Json { .. }) => (pattern, quote!(answer.json().await)),
                (Decode::Empty, Success::Empty { .. }) => (pattern, quote!(Ok(answer.empty()))),
                (Decode::Stream, Success::Redirect { status, .. }) => {
                    (status, quote!(answer.redirect()))
                }
                (Decode::Unexpected, _) => (pattern, quote!(Err(answer.into_error().await))),
                _ => {
                    let message = format!("`{}` is read as {decode:?}", self.operation.id);
                    return Err(Failure::Surprise(message));
                }
            };
            let pattern = self::pattern(pattern)?;
            arms.push(quote!(#pattern => #body,));
        }
        // progenitor knows one kind of success; the statuses without a body come before its arms.
        if let Success::Json { empty, .. } = &self.operation.success {
            let statuses = empty
                .iter()
                .map(|status| pattern(status))
                .collect::<Result<Vec<_>, _>>()?;
            if !statuses.is_empty() {
                arms.insert(0, quote!(#(#statuses)|* => Ok(answer.none()),));
            }
        }
        Ok(quote! {
            async fn decode(answer: Answer) -> Result<Response<#success>, Error> {
                match answer.status() {
                    #(#arms)*
                }
            }
        })
    }
}

/// A status as a pattern: `200`, `2XX` or progenitor's `200..=299`.
fn pattern(status: &str) -> Result<TokenStream, Failure> {
    let status = match status.strip_suffix("XX") {
        Some(class) => format!("{class}00..={class}99"),
        None => status.to_owned(),
    };
    let tokens = status.parse();
    tokens.map_err(|_| Failure::Surprise(format!("pattern `{status}`")))
}
