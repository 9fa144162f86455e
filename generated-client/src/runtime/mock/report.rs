//! Reports of unexpected requests, and of unmet expectations.

use super::request::{Received, decoded};
use super::state::{Expected, State};
use super::times::requests;
use super::when::is_credential;
use crate::runtime::api::Api;
use crate::runtime::text::OneLine;

/// A request on one line, without credentials.
pub(super) fn request_line(request: &Received, api: &Api) -> String {
    let query = request.query().split('&').filter(|pair| !pair.is_empty());
    let query: Vec<_> = query
        .map(|pair| {
            let name = pair.split('=').next().unwrap_or_default();
            if is_credential(api, &decoded(name)) {
                format!("{name}=…")
            } else {
                pair.to_owned()
            }
        })
        .collect();
    let query = if query.is_empty() {
        String::new()
    } else {
        format!("?{}", query.join("&"))
    };
    let line = format!("{} {}{query}", request.method, request.path());
    OneLine(&line).to_string()
}

/// A request that fits no expectation: which ones come nearest, and what differs.
pub(super) fn unexpected(request: &Received, expectations: &[Expected]) -> String {
    let mut nearest = Vec::new();
    let mut fewest = usize::MAX;
    for expected in expectations {
        let Some(differences) = expected.when.compare(expected.operation, request) else {
            continue;
        };
        if differences.len() < fewest {
            fewest = differences.len();
            nearest.clear();
        }
        if differences.len() == fewest {
            nearest.push((expected, differences));
        }
    }
    let mut report = String::from("no expectation fits this request");
    for (expected, differences) in nearest {
        report.push_str(&format!("\n  {}{}", expected.operation.id, expected.when));
        if differences.is_empty() {
            let more = format!("expected {}, and this is one more", expected.times);
            report.push_str(&format!("\n    {more}"));
        }
        for difference in differences {
            report.push_str(&format!("\n    {difference}"));
        }
    }
    if fewest == usize::MAX {
        let mut others: Vec<_> = expectations
            .iter()
            .map(|expected| {
                let operation = expected.operation;
                format!(
                    "\n  {}: {} {}",
                    operation.id, operation.method, operation.path
                )
            })
            .collect();
        others.dedup();
        report.push_str(if others.is_empty() {
            "\n  the mock has no expectations"
        } else {
            "\n  no other requests are expected than those of"
        });
        report.push_str(&others.concat());
    }
    report
}

/// All that is wrong so far; none if nothing is.
pub(super) fn failures(state: &State) -> Option<String> {
    let unmet = state
        .expectations
        .iter()
        .filter(|expected| !expected.is_met());
    let unmet = unmet.map(|expected| {
        let Expected {
            operation,
            when,
            times,
            ..
        } = expected;
        let got = requests(expected.requests);
        format!("{}{when}: expected {times}, got {got}", operation.id)
    });
    let all: Vec<_> = state.failures.iter().cloned().chain(unmet).collect();
    (!all.is_empty()).then(|| format!("the mock was not used as expected:\n{}", all.join("\n")))
}
