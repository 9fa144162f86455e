//! Words and quoted values in diagnostics.

use serde_json::Value;

/// Longer values are shown in part.
pub(crate) const LONGEST: usize = 60;

/// The candidate most similar to `name`, if any is similar.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
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

/// ``did you mean `operationId`?``, or else the list of candidates.
pub fn suggestion<'a>(name: &str, choice: impl IntoIterator<Item = &'a str> + Clone) -> String {
    match closest(name, choice.clone()) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None => match listed(choice) {
            list if list.is_empty() => "there are none yet".to_owned(),
            list => format!("expected one of: {list}"),
        },
    }
}

/// `` `a`, `b`, `c` ``, cut off when there are many.
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const MOST: usize = 12;
    let mut names = names.into_iter().map(|name| format!("`{}`", shown(name)));
    let mut list: Vec<_> = names.by_ref().take(MOST).collect();
    if names.next().is_some() {
        list.push("…".to_owned());
    }
    list.join(", ")
}

/// A text of the document, safe to print: bounded, and without control characters.
pub fn shown(text: &str) -> String {
    shown_up_to(LONGEST, text)
}

/// A text of the document, safe to print: cut after so many characters, and without control characters.
pub fn shown_up_to(longest: usize, text: &str) -> String {
    let mut shown: String = text.chars().take(longest).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    printable(&shown)
}

/// A text of the document without control characters, or others that affect how text is displayed.
pub fn printable(text: &str) -> String {
    let replaced = |c| {
        if is_control(c) { '\u{fffd}' } else { c }
    };
    text.chars().map(replaced).collect()
}

/// Whether a character looks like a space, or like nothing, and is neither a space nor a tab.
pub(crate) fn is_unusual_space(c: char) -> bool {
    let is_plain = matches!(c, ' ' | '\t' | '\r' | '\n');
    (c.is_whitespace() && !is_plain) || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// `a no-break space`, or its code point.
pub(crate) fn space_name(c: char) -> String {
    match c {
        '\u{a0}' => "a no-break space".to_owned(),
        _ => format!("`U+{:04X}`", u32::from(c)),
    }
}

/// Control characters, ends of lines, and changes of direction.
fn is_control(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns || matches!(c, '\u{2028}' | '\u{2029}')
}

/// A value of the document as JSON, bounded.
pub(crate) fn shown_value(value: &Value) -> String {
    match value {
        Value::Array(items) if items.is_empty() => "`[]`".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(fields) if fields.is_empty() => "`{}`".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        scalar => format!("`{}`", shown(&scalar.to_string())),
    }
}
