//! Limits of values: numbers, lengths, patterns.

use std::fmt;

use serde_json::{Map, Value};

use super::canonical::canonical;

/// The keywords, and the types that they limit.
const KEYWORDS: &[(&str, &[&str])] = &[
    ("minimum", &["integer", "number"]),
    ("maximum", &["integer", "number"]),
    ("multipleOf", &["integer", "number"]),
    ("minLength", &["string"]),
    ("maxLength", &["string"]),
    ("pattern", &["string"]),
    ("minItems", &["array"]),
    ("maxItems", &["array"]),
    ("uniqueItems", &["array"]),
    ("minProperties", &["object"]),
    ("maxProperties", &["object"]),
];

/// A limit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Bound {
    /// Values are this or more.
    Minimum { value: f64, exclusive: bool },
    /// Values are this or less.
    Maximum { value: f64, exclusive: bool },
    /// Limits without an order, as JSON.
    Exactly(String),
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Minimum { value, exclusive } => {
                write!(f, "{}{value}", if *exclusive { "> " } else { "" })
            }
            Self::Maximum { value, exclusive } => {
                write!(f, "{}{value}", if *exclusive { "< " } else { "" })
            }
            Self::Exactly(json) => f.write_str(json),
        }
    }
}

impl Bound {
    /// Whether all values within the other limit are within this one.
    pub(crate) fn includes(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Minimum { value, exclusive },
                Self::Minimum {
                    value: minimum,
                    exclusive: without,
                },
            ) => value < minimum || (value.total_cmp(minimum).is_eq() && (!exclusive || *without)),
            (
                Self::Maximum { value, exclusive },
                Self::Maximum {
                    value: most,
                    exclusive: without,
                },
            ) => value > most || (value.total_cmp(most).is_eq() && (!exclusive || *without)),
            _ => self == other,
        }
    }
}

/// The limits that a schema sets, by keyword. Those that say nothing are left out, and whole numbers
/// have no open limits: `> 0` is `1`.
pub(super) fn bounds(fields: &Map<String, Value>, is_whole: bool) -> Vec<(&'static str, Bound)> {
    let bound = |(keyword, _): &(&'static str, _)| {
        let bound = bound(fields, keyword, is_whole)?;
        Some((*keyword, bound))
    };
    KEYWORDS.iter().filter_map(bound).collect()
}

/// The types that a keyword limits.
pub(super) fn limited(keyword: &str) -> &'static [&'static str] {
    KEYWORDS
        .iter()
        .find(|(known, _)| *known == keyword)
        .map_or(&[], |(_, types)| types)
}

fn bound(fields: &Map<String, Value>, keyword: &str, is_whole: bool) -> Option<Bound> {
    let number = |keyword: &str| fields.get(keyword).and_then(Value::as_f64);
    match keyword {
        "minimum" => {
            let (value, exclusive) = edge(fields, "minimum", "exclusiveMinimum", f64::max)?;
            let (value, exclusive) = if is_whole && exclusive {
                (value.floor() + 1.0, false)
            } else {
                (value, exclusive)
            };
            Some(Bound::Minimum { value, exclusive })
        }
        "maximum" => {
            let (value, exclusive) = edge(fields, "maximum", "exclusiveMaximum", f64::min)?;
            let (value, exclusive) = if is_whole && exclusive {
                (value.ceil() - 1.0, false)
            } else {
                (value, exclusive)
            };
            Some(Bound::Maximum { value, exclusive })
        }
        "minLength" | "minItems" | "minProperties" => {
            let value = number(keyword).filter(|minimum| *minimum > 0.0)?;
            Some(Bound::Minimum {
                value,
                exclusive: false,
            })
        }
        "maxLength" | "maxItems" | "maxProperties" => number(keyword).map(|value| Bound::Maximum {
            value,
            exclusive: false,
        }),
        _ => {
            let value = fields
                .get(keyword)
                .filter(|value| **value != Value::Bool(false))?;
            Some(Bound::Exactly(canonical(value)))
        }
    }
}

/// A limit in the spelling of 3.0, where exclusive is a flag, or of 3.1, where it is another limit.
fn edge(
    fields: &Map<String, Value>,
    keyword: &str,
    exclusive: &str,
    tighter: impl Fn(f64, f64) -> f64,
) -> Option<(f64, bool)> {
    let closed = fields.get(keyword).and_then(Value::as_f64);
    match (closed, fields.get(exclusive)) {
        (Some(closed), Some(Value::Bool(true))) => Some((closed, true)),
        (Some(closed), Some(Value::Number(open))) => {
            let open = open.as_f64()?;
            let edge = tighter(open, closed);
            Some((edge, edge.total_cmp(&open).is_eq()))
        }
        (None, Some(Value::Number(open))) => Some((open.as_f64()?, true)),
        (closed, _) => closed.map(|closed| (closed, false)),
    }
}
