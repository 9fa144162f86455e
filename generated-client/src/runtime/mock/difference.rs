//! Where a request is not what was expected.

use std::collections::BTreeSet;
use std::fmt;

use bytes::Bytes;
use serde_json::Value;

use super::request::{Received, pairs};
use crate::runtime::media_type::essence;
use crate::runtime::text::Beginning;

/// The most characters of a value that are shown.
pub(super) const SHOWN: usize = 200;

/// Where a request is not what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) place: String,
    wanted: String,
    /// None where there is nothing in its place.
    got: Option<String>,
}

impl Difference {
    pub(super) fn of(place: &str, wanted: &str, got: Option<&str>) -> Self {
        let shown = |text: &str| format!("`{}`", Beginning(text, SHOWN));
        Self {
            place: place.to_owned(),
            wanted: shown(wanted),
            got: got.map(shown),
        }
    }

    /// Shows neither value.
    pub(super) fn secret(self) -> Self {
        Self {
            wanted: "a value that is not shown".to_owned(),
            got: self.got.map(|_| "another one".to_owned()),
            ..self
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let got = self.got.as_deref().unwrap_or("none");
        write!(f, "`{}`: expected {}, got {got}", self.place, self.wanted)
    }
}

/// Compares the values of all names that either has.
pub(super) fn compare_pairs(
    wanted: &[(String, String)],
    got: &[(String, String)],
) -> Vec<Difference> {
    let names = wanted.iter().chain(got).map(|(name, _)| name.as_str());
    let names: BTreeSet<_> = names.collect();
    let values = |pairs: &[(String, String)], name: &str| -> Vec<String> {
        let values = pairs.iter().filter(|(known, _)| known == name);
        values.map(|(_, value)| value.clone()).collect()
    };
    let differences = names.into_iter().filter_map(|name| {
        let (wanted, got) = (values(wanted, name), values(got, name));
        let shown = (!got.is_empty()).then(|| got.join(", "));
        let expected = if wanted.is_empty() {
            "nothing".to_owned()
        } else {
            wanted.join(", ")
        };
        (wanted != got).then(|| Difference::of(name, &expected, shown.as_deref()))
    });
    differences.collect()
}

/// Compares a body by what its media type means.
pub(super) fn compare_body(
    media_type: &str,
    wanted: &Bytes,
    request: &Received,
) -> Vec<Difference> {
    let wanted_essence = essence(media_type);
    let got_type = request.header("content-type").unwrap_or_default();
    if wanted_essence != essence(got_type) {
        let got = Some(got_type).filter(|got| !got.is_empty());
        return vec![Difference::of("content-type", media_type, got)];
    }
    let got = &request.body;
    if media_type.contains("json")
        && let (Ok(wanted), Ok(got)) = (serde_json::from_slice(wanted), serde_json::from_slice(got))
    {
        return compare_json(&wanted, Some(&got), "body")
            .into_iter()
            .collect();
    }
    if wanted_essence == "application/x-www-form-urlencoded" {
        let form = |body: &[u8]| pairs(&lossy(body).replace('+', " ")).collect::<Vec<_>>();
        return compare_pairs(&form(wanted), &form(got));
    }
    let difference = || Difference::of("body", &lossy(wanted), Some(&lossy(got)));
    (wanted != got).then(difference).into_iter().collect()
}

/// The first value that differs.
fn compare_json(wanted: &Value, got: Option<&Value>, place: &str) -> Option<Difference> {
    match (wanted, got) {
        (Value::Object(wanted), Some(Value::Object(got))) => {
            let missing = wanted.iter().find_map(|(name, value)| {
                compare_json(value, got.get(name), &format!("{place}.{name}"))
            });
            let mut more = got.iter().filter(|(name, _)| !wanted.contains_key(*name));
            missing.or_else(|| {
                let (name, value) = more.next()?;
                let place = format!("{place}.{name}");
                Some(Difference::of(&place, "nothing", Some(&value.to_string())))
            })
        }
        (Value::Array(wanted), Some(Value::Array(got))) if wanted.len() == got.len() => {
            let mut pairs = wanted.iter().zip(got).enumerate();
            pairs.find_map(|(index, (wanted, got))| {
                compare_json(wanted, Some(got), &format!("{place}[{index}]"))
            })
        }
        (wanted, got) if Some(wanted) == got => None,
        (wanted, got) => {
            let got = got.map(Value::to_string);
            Some(Difference::of(place, &wanted.to_string(), got.as_deref()))
        }
    }
}

pub(super) fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
