//! How diagnostics name things.

use serde_json::Value;

/// Longer values are shown in part.
const LONGEST: usize = 60;

/// The candidate most like `name`, if any is like it at all.
pub(super) fn closest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    let name = name.to_lowercase();
    let length = name.chars().count();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= 2 * LONGEST)
        .map(|candidate| {
            let other = candidate.to_lowercase();
            (strsim::damerau_levenshtein(&name, &other), candidate)
        })
        .filter(|(distance, candidate)| 3 * distance <= length.max(candidate.len()))
        .min()
        .map(|(_, candidate)| candidate)
}

/// ``did you mean `operationId`?``, or else the choice there is.
pub(super) fn suggestion<'a>(
    name: &str,
    choice: impl IntoIterator<Item = &'a str> + Clone,
) -> String {
    match closest(name, choice.clone()) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None => match listed(choice) {
            list if list.is_empty() => "there are none to choose from".to_owned(),
            list => format!("known are: {list}"),
        },
    }
}

/// `` `a`, `b`, `c` ``, cut off when there are many.
pub(super) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const MOST: usize = 12;
    let mut names = names.into_iter().map(|name| format!("`{}`", shown(name)));
    let mut list: Vec<_> = names.by_ref().take(MOST).collect();
    if names.next().is_some() {
        list.push("…".to_owned());
    }
    list.join(", ")
}

/// A text of the document, safe to print: bounded, and without control characters.
pub(super) fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(LONGEST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
        .chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

/// A value of the document as JSON, bounded.
pub(super) fn shown_value(value: &Value) -> String {
    match value {
        Value::Array(items) if items.is_empty() => "`[]`".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(fields) if fields.is_empty() => "`{}`".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        scalar => format!("`{}`", shown(&scalar.to_string())),
    }
}
