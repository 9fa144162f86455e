//! How many requests are expected.

use std::fmt;
use std::ops::{RangeFrom, RangeFull, RangeInclusive, RangeToInclusive};

/// How many requests an expectation is for: `2`, `1..`, `1..=3`, `..=3`, or any number with `..`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    minimum: usize,
    maximum: Option<usize>,
}

impl Times {
    /// The default of an expectation.
    pub(super) const ONCE_OR_MORE: Self = Self {
        minimum: 1,
        maximum: None,
    };

    pub(super) fn is_used_up(self, requests: usize) -> bool {
        self.maximum.is_some_and(|maximum| requests >= maximum)
    }

    pub(super) fn is_met(self, requests: usize) -> bool {
        requests >= self.minimum
    }
}

impl From<usize> for Times {
    fn from(times: usize) -> Self {
        Self::from(times..=times)
    }
}

impl From<RangeInclusive<usize>> for Times {
    fn from(times: RangeInclusive<usize>) -> Self {
        Self {
            minimum: *times.start(),
            maximum: Some(*times.end()),
        }
    }
}

impl From<RangeToInclusive<usize>> for Times {
    fn from(times: RangeToInclusive<usize>) -> Self {
        Self::from(0..=times.end)
    }
}

impl From<RangeFrom<usize>> for Times {
    fn from(times: RangeFrom<usize>) -> Self {
        Self {
            minimum: times.start,
            maximum: None,
        }
    }
}

impl From<RangeFull> for Times {
    fn from(_: RangeFull) -> Self {
        Self::from(0..)
    }
}

/// As in `at least 1 request`.
impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.minimum, self.maximum) {
            (minimum, None) => write!(f, "at least {}", requests(minimum)),
            (minimum, Some(maximum)) if minimum == maximum => write!(f, "{}", requests(maximum)),
            (0, Some(maximum)) => write!(f, "at most {}", requests(maximum)),
            (minimum, Some(maximum)) => write!(f, "{minimum} to {}", requests(maximum)),
        }
    }
}

pub(super) fn requests(number: usize) -> String {
    match number {
        0 => "no request".to_owned(),
        1 => "1 request".to_owned(),
        _ => format!("{number} requests"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(times: impl Into<Times>, met: [bool; 4], used_up: [bool; 4], shown: &str) {
        let times = times.into();
        assert_eq!([0, 1, 2, 3].map(|number| times.is_met(number)), met);
        assert_eq!([0, 1, 2, 3].map(|number| times.is_used_up(number)), used_up);
        assert_eq!(times.to_string(), shown);
    }

    #[test]
    fn numbers_and_ranges() {
        const NEVER: [bool; 4] = [false; 4];
        let from = |first| [0, 1, 2, 3].map(|number| number >= first);
        check(2, from(2), from(2), "2 requests");
        check(0, from(0), from(0), "no request");
        check(1.., from(1), NEVER, "at least 1 request");
        check(1..=2, from(1), from(2), "1 to 2 requests");
        check(..=2, from(0), from(2), "at most 2 requests");
        check(.., from(0), NEVER, "at least no request");
    }
}
