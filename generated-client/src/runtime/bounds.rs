//! Bounds of numeric parameters.

use std::fmt::Display;
use std::ops::{Bound, RangeBounds};

use super::Error;

/// Refuses a value out of the documented bounds. An absent one is within any.
#[allow(dead_code, reason = "a document may have no bounded parameters")]
pub(crate) fn within<T: Display + PartialOrd>(
    name: &'static str,
    value: impl Into<Option<T>>,
    bounds: impl RangeBounds<T>,
) -> Result<(), Error> {
    match value.into() {
        Some(value) if !bounds.contains(&value) => {
            let lower = limit(bounds.start_bound(), "at least", "more than");
            let upper = limit(bounds.end_bound(), "at most", "less than");
            let limits: Vec<_> = [lower, upper].into_iter().flatten().collect();
            Err(Error::argument(
                name,
                format!("is {value}, but must be {}", limits.join(" and ")),
            ))
        }
        _ => Ok(()),
    }
}

fn limit(bound: Bound<&impl Display>, included: &str, excluded: &str) -> Option<String> {
    match bound {
        Bound::Included(value) => Some(format!("{included} {value}")),
        Bound::Excluded(value) => Some(format!("{excluded} {value}")),
        Bound::Unbounded => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inside() {
        within("page", None::<u64>, 1..).unwrap();
        within("page", Some(1_u64), 1..).unwrap();
        within("per_page", 100_u64, 1..=100).unwrap();
        within("ratio", 0.5, ..1.0).unwrap();
    }

    #[test]
    fn outside() {
        for (error, expected) in [
            (
                within("page", 0_u64, 1..),
                "argument `page` is 0, but must be at least 1",
            ),
            (
                within("size", Some(101_u64), 1..=100),
                "argument `size` is 101, but must be at least 1 and at most 100",
            ),
            (
                within("ratio", 1.0, ..1.0),
                "argument `ratio` is 1, but must be less than 1",
            ),
        ] {
            let error = error.unwrap_err();
            assert!(error.is_invalid_request());
            assert_eq!(error.to_string(), expected);
        }
    }
}
