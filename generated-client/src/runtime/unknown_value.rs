//! Text that is none of an enumeration's values.

use std::fmt;

use super::text::OneLine;

/// A text that is not a value of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownValue(String);

impl UnknownValue {
    #[allow(
        dead_code,
        reason = "a document may have no enumeration that is only sent"
    )]
    pub(crate) fn new(value: &str) -> Self {
        Self(value.to_owned())
    }

    /// The text.
    pub fn value(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown value: `{}`", OneLine(&self.0))
    }
}

impl std::error::Error for UnknownValue {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_one_line() {
        let unknown = UnknownValue::new("a\nb");
        assert_eq!(unknown.value(), "a\nb");
        assert_eq!(unknown.to_string(), "unknown value: `a\\nb`");
    }
}
