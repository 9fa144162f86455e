//! The place in JSON that an error of its decoder is about.

/// A step from a value into it.
enum Step {
    Index(usize),
    /// A key that has been read, if it has.
    Key(Option<String>),
}

/// The path of the value at a position, as in `items[3].name`; empty for the whole.
///
/// A decoder that refuses a text or a number has read it, and one that refuses an array or an object
/// has not: the value is the one that ends there, or else the one that begins there.
pub(super) fn path_at(json: &[u8], line: usize, column: usize) -> String {
    let mut steps = Vec::new();
    let mut rest = &json[..offset(json, line, column).min(json.len())];
    while let Some((&first, after)) = rest.split_first() {
        let length = match first {
            b'"' => text_length(rest),
            _ => 1,
        };
        match first {
            b'{' => steps.push(Step::Key(None)),
            b'[' => steps.push(Step::Index(0)),
            b'}' | b']' => drop(steps.pop()),
            b',' => advance(steps.last_mut()),
            b'"' => read_key(steps.last_mut(), &rest[..length]),
            _ => {}
        }
        rest = &after[length - 1..];
    }
    shown(&steps)
}

/// The number of bytes before a position of serde_json.
fn offset(json: &[u8], line: usize, column: usize) -> usize {
    let lines = json.split_inclusive(|byte| *byte == b'\n');
    let before: usize = lines.take(line.saturating_sub(1)).map(<[u8]>::len).sum();
    before + column
}

/// How long a text is, quotes included.
fn text_length(json: &[u8]) -> usize {
    let mut is_escaped = false;
    let end = json.iter().skip(1).position(|byte| {
        let is_end = *byte == b'"' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        is_end
    });
    end.map_or(json.len(), |end| end + 2)
}

/// Goes on to the next value.
fn advance(step: Option<&mut Step>) {
    match step {
        Some(Step::Index(index)) => *index += 1,
        Some(Step::Key(key)) => *key = None,
        None => {}
    }
}

/// Takes a text for a key, if that is what it is.
fn read_key(step: Option<&mut Step>, text: &[u8]) {
    if let Some(Step::Key(key @ None)) = step {
        *key = serde_json::from_slice(text).ok();
    }
}

fn shown(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Index(index) => path += &format!("[{index}]"),
            Step::Key(Some(key)) => add_key(&mut path, key),
            Step::Key(None) => {}
        }
    }
    path
}

/// Goes on with a path to what an object has under a key.
pub(super) fn add_key(path: &mut String, key: &str) {
    let is_plain = |c: char| c.is_alphanumeric() || "_-$@+".contains(c);
    if key.is_empty() || !key.chars().all(is_plain) {
        *path += &format!("[{key:?}]");
        return;
    }
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(key);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Finds the place that a mark stands at.
    #[track_caller]
    fn check(marked: &str, expected: &str) {
        let (before, after) = marked.split_once('^').unwrap();
        let line = before.matches('\n').count() + 1;
        let column = before.len() - before.rfind('\n').map_or(0, |newline| newline + 1);
        let json = format!("{before}{after}");
        assert_eq!(path_at(json.as_bytes(), line, column), expected, "{marked}");
    }

    #[test]
    fn places() {
        check(r#"^{"a": 1}"#, "");
        check(r#"{"a": 1}^"#, "");
        check(r#"{"a": 1^}"#, "a");
        check(r#"{"a": ^[]}"#, "a");
        check(r#"{"a": [1, {"b": "x"^}]}"#, "a[1].b");
        check(r#"{"a": [1, {"b": "x"}^]}"#, "a[1]");
        check(r#"{"a": [{}, {}], "b": {"c": true^}}"#, "b.c");
        check("[1,\n2,\n  3^]", "[2]");
        check(
            r#"{"a,]\"}": {"\u0062": "}\\", "c": 1^}}"#,
            r#"["a,]\"}"].c"#,
        );
        check(r#"{"": {"\u00fc": 1^}}"#, "[\"\"].\u{fc}");
    }

    /// Whatever a position is, there is no more than the text.
    #[test]
    fn no_place() {
        assert_eq!(path_at(b"", 0, 0), "");
        assert_eq!(path_at(b"{\"a", 9, usize::MAX / 2), "");
        assert_eq!(path_at(b"]}{\"a\": \"\\", 1, 99), "a");
    }
}
