//! Where a request is not what was expected.

use std::collections::BTreeSet;
use std::fmt;

use bytes::Bytes;
use serde_json::Value;

use super::form::{compare_parts, parts};
use super::request::{Received, pairs};
use crate::runtime::media_type::{essence, is_json};
use crate::runtime::text::Beginning;

/// The most characters of a value that are shown.
pub(super) const SHOWN: usize = 200;

/// Where a request is not what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) place: String,
    /// None where there should be nothing.
    wanted: Option<String>,
    /// None where there is nothing.
    got: Option<String>,
}

impl Difference {
    pub(super) fn of(place: &str, wanted: &str, got: Option<&str>) -> Self {
        Self::new(place, &shown(wanted), got)
    }

    /// The same, with words for what was expected.
    pub(super) fn new(place: &str, wanted: &str, got: Option<&str>) -> Self {
        Self {
            place: place.to_owned(),
            wanted: Some(wanted.to_owned()),
            got: got.map(shown),
        }
    }

    /// Something that should not be there.
    pub(super) fn unwanted(place: &str, got: &str) -> Self {
        Self {
            place: place.to_owned(),
            wanted: None,
            got: Some(shown(got)),
        }
    }

    /// Content that should have these bytes somewhere.
    pub(super) fn lacking(place: &str, wanted: &[u8], got: &[u8]) -> Self {
        let wanted = format!("something with {}", shown(&lossy(wanted)));
        Self::new(place, &wanted, Some(&lossy(got)))
    }

    /// Shows neither value.
    pub(super) fn secret(self) -> Self {
        let hidden = || "a value that is not shown".to_owned();
        let got = match &self.wanted {
            Some(_) => self.got.map(|_| "another one".to_owned()),
            None => self.got.map(|_| hidden()),
        };
        Self {
            wanted: self.wanted.map(|_| hidden()),
            got,
            ..self
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wanted = self.wanted.as_deref().unwrap_or("none");
        let got = self.got.as_deref().unwrap_or("none");
        write!(f, "`{}`: expected {wanted}, got {got}", self.place)
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
        if wanted == got {
            return None;
        }
        let shown = got.join(", ");
        Some(if wanted.is_empty() {
            Difference::unwanted(name, &shown)
        } else {
            let shown = (!got.is_empty()).then_some(shown);
            Difference::of(name, &wanted.join(", "), shown.as_deref())
        })
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
    if wanted_essence == "application/x-www-form-urlencoded" {
        let form = |body: &[u8]| pairs(&lossy(body).replace('+', " ")).collect::<Vec<_>>();
        return compare_pairs(&form(wanted), &form(got));
    }
    if wanted_essence.starts_with("multipart/")
        && let (Some(wanted), Some(got)) = (parts(media_type, wanted), parts(got_type, got))
    {
        return compare_parts(&wanted, &got);
    }
    let difference = compare_content("body", media_type, wanted, got);
    difference.into_iter().collect()
}

/// Compares content by what its media type means.
pub(super) fn compare_content(
    place: &str,
    media_type: &str,
    wanted: &[u8],
    got: &[u8],
) -> Option<Difference> {
    if is_json(media_type)
        && let (Ok(wanted), Ok(got)) = (serde_json::from_slice(wanted), serde_json::from_slice(got))
    {
        return compare_json(&wanted, Some(&got), place);
    }
    if wanted == got {
        return None;
    }
    let same = wanted
        .iter()
        .zip(got)
        .take_while(|(wanted, got)| wanted == got);
    let same = same.count();
    // What is the same would fill all that is shown.
    let (place, start) = if same < SHOWN / 2 {
        (place.to_owned(), 0)
    } else {
        (format!("{place} from byte {same}"), same)
    };
    let rest = |content: &[u8]| (content.len() > start).then(|| lossy(&content[start..]));
    match (rest(wanted), rest(got)) {
        (Some(wanted), got) => Some(Difference::of(&place, &wanted, got.as_deref())),
        (None, got) => Some(Difference::unwanted(&place, &got.unwrap_or_default())),
    }
}

/// Whether content has these bytes somewhere.
pub(super) fn contains(content: &[u8], bytes: &[u8]) -> bool {
    bytes.is_empty() || content.windows(bytes.len()).any(|window| window == bytes)
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
                Some(Difference::unwanted(&place, &value.to_string()))
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

fn shown(text: &str) -> String {
    format!("`{}`", Beginning(text, SHOWN))
}

pub(super) fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
