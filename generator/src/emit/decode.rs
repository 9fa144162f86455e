//! How the answer to a request is read.

use std::ops::RangeInclusive;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, parse_quote};

use super::subject::Subject;
use crate::engine::{Decode, Failure};
use crate::model::Success;

impl Subject<'_> {
    /// The function that makes a response or an error of an answer.
    pub(super) fn expand_decode(&self) -> Result<Item, Failure> {
        let success = &self.success;
        let mut arms: Vec<_> = self
            .arms()?
            .into_iter()
            .map(|Arm { patterns, body }| quote!(#(#patterns)|* => #body,))
            .collect();
        if let Some(arm) = self.arm_of_the_deleted() {
            // The last one is that of all other statuses.
            arms.insert(arms.len() - 1, arm);
        }
        Ok(parse_quote! {
            async fn decode(answer: Answer) -> Result<Response<#success>, Error> {
                match answer.status() {
                    #(#arms)*
                }
            }
        })
    }

    /// A DELETE that is sent again finds nothing if the lost answer to an earlier one was a success.
    fn arm_of_the_deleted(&self) -> Option<TokenStream> {
        let nothing = match &self.operation.success {
            Success::Json { .. } => quote!(none),
            Success::Empty { .. } | Success::Redirect { .. } => quote!(empty),
        };
        let is_deletion = self.operation.is_deletion();
        is_deletion.then(|| quote!(404 if answer.follows_lost_one() => Ok(answer.#nothing()),))
    }

    /// progenitor's arms, and those of which it does not know: a redirect is a success where it
    /// knows of none, and so is a status without a body beside one that has one.
    fn arms(&self) -> Result<Vec<Arm>, Failure> {
        let mut statuses = Vec::new();
        for (pattern, decode) in &self.wire.arms {
            match (decode, &self.operation.success) {
                (Decode::Json, Success::Json { empty, .. }) if !empty.is_empty() => {
                    statuses.push((pattern, quote!(answer.some_json().await)));
                }
                (Decode::Json, Success::Json { .. }) => {
                    statuses.push((pattern, quote!(answer.json().await)));
                }
                (Decode::Empty, Success::Empty { .. }) => {
                    statuses.push((pattern, quote!(Ok(answer.empty()))));
                }
                (Decode::Stream, Success::Redirect { statuses: all, .. }) => {
                    statuses.extend(all.iter().map(|status| (status, quote!(answer.redirect()))));
                }
                (Decode::Unexpected, _) => {
                    statuses.push((pattern, quote!(Err(answer.into_error().await))));
                }
                _ => {
                    let message = format!("`{}` is read as {decode:?}", self.operation.id);
                    return Err(Failure::Surprise(message));
                }
            }
        }
        if let Success::Json { empty, .. } = &self.operation.success {
            statuses.extend(
                empty
                    .iter()
                    .map(|status| (status, quote!(Ok(answer.none())))),
            );
        }
        statuses.sort_by_key(|(status, _)| rank(status));
        let exact: Vec<u16> = statuses
            .iter()
            .filter_map(|(status, _)| status.parse().ok())
            .collect();
        let mut arms = Vec::<Arm>::new();
        for (status, body) in statuses {
            let patterns = patterns(status, &exact)?;
            match arms.last_mut() {
                Some(last) if last.body.to_string() == body.to_string() => {
                    last.patterns.extend(patterns);
                }
                _ => arms.push(Arm { patterns, body }),
            }
        }
        Ok(arms)
    }
}

struct Arm {
    patterns: Vec<TokenStream>,
    body: TokenStream,
}

/// A status comes before a range of them, and both before the rest.
fn rank(status: &str) -> usize {
    match status {
        "_" => 2,
        status if status.ends_with("XX") || status.contains("..") => 1,
        _ => 0,
    }
}

/// A status as patterns: `200`, or for `2XX` and progenitor's `200..=299` what `exact` leaves of it.
fn patterns(status: &str, exact: &[u16]) -> Result<Vec<TokenStream>, Failure> {
    let class = status
        .strip_suffix("XX")
        .or_else(|| {
            status
                .strip_suffix("00..=299")
                .filter(|class| *class == "2")
        })
        .and_then(|class| class.parse::<u16>().ok());
    let written = match class {
        Some(class) => left_over(class * 100..=class * 100 + 99, exact),
        None => vec![status.to_owned()],
    };
    let parse = |text: String| {
        let tokens = text.parse();
        tokens.map_err(|_| Failure::Surprise(format!("pattern `{text}`")))
    };
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
