//! Emits the decoding of a response.

use std::ops::RangeInclusive;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::rust_type;
use crate::model::{Case, CaseKind, Operation, Types};

/// The function that turns a received response into a `Response` or an error.
pub(super) fn expand_decode(types: &Types, operation: &Operation) -> TokenStream {
    let arms = arms(types, operation)
        .into_iter()
        .map(|Arm { patterns, body }| quote!(#(#patterns)|* => #body,));
    let deleted = arm_of_the_deleted(types, operation);
    quote! {
        async fn decode(answer: Answer) -> Result<Response<Self::Output>, Error> {
            match answer.status() {
                #(#arms)*
                #deleted
                _ => Err(answer.into_error().await),
            }
        }
    }
}

/// A retried DELETE gets a 404 if the lost response to an earlier attempt was a success.
fn arm_of_the_deleted(types: &Types, operation: &Operation) -> Option<TokenStream> {
    let empty = operation.success.cases.iter().find(|case| case.is_empty());
    let read = read(types, operation, empty.filter(|_| operation.is_deletion())?);
    Some(quote!(404 if answer.follows_lost_one() => #read,))
}

fn arms(types: &Types, operation: &Operation) -> Vec<Arm> {
    let cases = operation.success.cases.iter();
    let mut statuses: Vec<_> = cases
        .flat_map(|case| {
            let read = read(types, operation, case);
            case.statuses
                .iter()
                .map(move |status| (status, read.clone()))
        })
        .collect();
    statuses.sort_by_key(|(status, _)| status.ends_with("XX"));
    // A documented error is not a success.
    let errors = operation.errors.iter().map(|error| &error.status);
    let exact: Vec<u16> = statuses
        .iter()
        .map(|(status, _)| *status)
        .chain(errors)
        .filter_map(|status| status.parse().ok())
        .collect();
    let mut arms = Vec::<Arm>::new();
    for (status, body) in statuses {
        let patterns = patterns(status, &exact);
        match arms.last_mut() {
            Some(last) if last.body.to_string() == body.to_string() => {
                last.patterns.extend(patterns);
            }
            _ if patterns.is_empty() => {}
            _ => arms.push(Arm { patterns, body }),
        }
    }
    arms
}

/// The decoding of the response of one case.
fn read(types: &Types, operation: &Operation, case: &Case) -> TokenStream {
    let success = &operation.success;
    if success.is_choice() {
        let choice = format_ident!("{}", success.choice);
        let variant = format_ident!("{}", case.variant);
        return match &case.kind {
            CaseKind::Json(type_) => {
                let type_ = rust_type::outside(types, type_);
                quote!(Ok(answer.json::<#type_>().await?.map_value(#choice::#variant)))
            }
            CaseKind::Text => quote!(Ok(answer.text().await?.map_value(#choice::#variant))),
            CaseKind::Stream => quote!(Ok(answer.stream().map_value(#choice::#variant))),
            CaseKind::Empty => quote!(Ok(answer.empty().map_value(|()| #choice::#variant))),
            CaseKind::Redirect(_) => {
                quote!(Ok(answer.redirect()?.map_value(#choice::#variant)))
            }
        };
    }
    let is_sometimes_empty = success.cases.len() > 1;
    match &case.kind {
        CaseKind::Json(_) if is_sometimes_empty => quote!(answer.some_json().await),
        CaseKind::Json(_) => quote!(answer.json().await),
        CaseKind::Text if is_sometimes_empty => {
            quote!(Ok(answer.text().await?.map_value(Some)))
        }
        CaseKind::Text => quote!(answer.text().await),
        CaseKind::Stream if is_sometimes_empty => quote!(Ok(answer.stream().map_value(Some))),
        CaseKind::Stream => quote!(Ok(answer.stream())),
        CaseKind::Empty if is_sometimes_empty => quote!(Ok(answer.without_value())),
        CaseKind::Empty => quote!(Ok(answer.empty())),
        CaseKind::Redirect(_) => quote!(answer.redirect()),
    }
}

struct Arm {
    patterns: Vec<TokenStream>,
    body: TokenStream,
}

/// A status as patterns: `200`, or for `2XX` the range without `exact`.
fn patterns(status: &str, exact: &[u16]) -> Vec<TokenStream> {
    let class = status
        .strip_suffix("XX")
        .and_then(|class| class.parse::<u16>().ok());
    let written = match class {
        Some(class) => left_over(class * 100..=class * 100 + 99, exact),
        None => vec![status.to_owned()],
    };
    let parse = |text: String| text.parse().expect("statuses are tokens");
    written.into_iter().map(parse).collect()
}

/// The parts of a range between the statuses that have arms of their own.
fn left_over(range: RangeInclusive<u16>, exact: &[u16]) -> Vec<String> {
    let mut taken: Vec<_> = exact
        .iter()
        .copied()
        .filter(|status| range.contains(status))
        .collect();
    taken.sort_unstable();
    taken.dedup();
    let mut start = *range.start();
    let mut parts = Vec::new();
    for status in taken.into_iter().chain([range.end() + 1]) {
        match status.saturating_sub(start) {
            0 => {}
            1 => parts.push(start.to_string()),
            _ => parts.push(format!("{start}..={}", status - 1)),
        }
        start = status + 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_leave_room() {
        assert_eq!(left_over(200..=299, &[]), ["200..=299"]);
        assert_eq!(left_over(200..=299, &[404, 200]), ["201..=299"]);
        assert_eq!(
            left_over(200..=299, &[299, 201, 204]),
            ["200", "202..=203", "205..=298"]
        );
    }
}
