//! The rules of codegen, as they are listed.

use openapi::{Level, Rule};

/// All rules by class: errors, warnings with a loss, other warnings; each in the order of the table.
pub(crate) struct Classes {
    pub(crate) errors: Vec<&'static Rule>,
    /// Warnings by which something is lost.
    pub(crate) lossy: Vec<&'static Rule>,
    /// The other warnings.
    pub(crate) plain: Vec<&'static Rule>,
}

pub(crate) fn classes() -> Classes {
    let is_error = |rule: &&Rule| rule.level == Level::Error;
    let (errors, warnings): (_, Vec<_>) = Rule::ALL.iter().partition(is_error);
    let (lossy, plain) = warnings
        .into_iter()
        .partition(|rule: &&Rule| rule.loss.is_some());
    Classes {
        errors,
        lossy,
        plain,
    }
}
