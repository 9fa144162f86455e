//! Text that is none of an enumeration's values.

use std::fmt;

/// Text that was to be read as an enumeration and is none of its values.
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
        write!(f, "unknown value: `{}`", self.0)
    }
}

impl std::error::Error for UnknownValue {}
