//! Unique names, by numbering.

use std::collections::BTreeSet;

/// Returns and reserves a free name: `wish` itself, or with a number.
pub fn free_name(wish: &str, separator: &str, taken: &mut BTreeSet<String>) -> String {
    // A suffix that avoids a keyword is not needed before a number.
    let stem = wish.trim_end_matches('_');
    let numbered = (2..).map(|number| format!("{stem}{separator}{number}"));
    std::iter::once(wish.to_owned())
        .chain(numbered)
        .find(|name| taken.insert(name.clone()))
        .expect("there are more numbers than names")
}
