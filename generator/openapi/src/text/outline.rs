//! Pointers of positions in a JSON text, for files in which a line and a column are of little help.

use crate::pointer::Pointer;

/// The values of a JSON text, in its order.
#[derive(Debug)]
pub(super) struct Outline {
    values: Vec<Placed>,
}

#[derive(Debug)]
struct Placed {
    /// Offset of its key, or of itself.
    start: usize,
    end: usize,
    /// Index of the collection that contains it.
    parent: Option<usize>,
    segment: Segment,
}

/// The key or index of a value in its collection.
#[derive(Debug)]
enum Segment {
    Root,
    /// Offsets of the quoted key.
    Key(usize, usize),
    Index(usize),
}

/// A collection that is not closed yet.
struct OpenCollection {
    value: usize,
    /// Number of items so far; `None` for an object.
    items: Option<usize>,
    key: Option<(usize, usize)>,
}

impl Outline {
    /// Builds the outline of the text, as far as it is well-formed.
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut values, mut open) = (Vec::new(), Vec::<OpenCollection>::new());
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            let end = match byte {
                b'"' => string_end(bytes, at),
                b'{' | b'}' | b'[' | b']' | b':' | b',' => at + 1,
                byte if byte.is_ascii_whitespace() => at + 1,
                _ => word_end(bytes, at),
            };
            match byte {
                b'}' | b']' => {
                    if let Some(closed) = open.pop() {
                        let value: &mut Placed = &mut values[closed.value];
                        value.end = end;
                    }
                }
                b':' | b',' => {}
                byte if byte.is_ascii_whitespace() => {}
                b'"' if open.last().is_some_and(OpenCollection::expects_key) => {
                    if let Some(open) = open.last_mut() {
                        open.key = Some((at, end));
                    }
                }
                _ => {
                    let (start, segment) = match open.last_mut() {
                        Some(open) => open.next(at),
                        None => (at, Segment::Root),
                    };
                    let parent = open.last().map(|open| open.value);
                    if matches!(byte, b'{' | b'[') {
                        open.push(OpenCollection {
                            value: values.len(),
                            items: (*byte == b'[').then_some(0),
                            key: None,
                        });
                    }
                    values.push(Placed {
                        start,
                        end,
                        parent,
                        segment,
                    });
                }
            }
            at = end;
        }
        for open in open {
            values[open.value].end = bytes.len();
        }
        Self { values }
    }

    /// Returns the pointer of the innermost value at an offset.
    pub(super) fn pointer(&self, text: &str, at: usize) -> Pointer {
        let behind = self.values.partition_point(|value| value.start <= at);
        let mut found = behind.checked_sub(1);
        while let Some(value) = found.map(|found| &self.values[found])
            && value.end <= at
        {
            found = value.parent;
        }
        let mut segments = Vec::new();
        while let Some(value) = found.map(|found| &self.values[found]) {
            segments.extend(value.segment.text(text));
            found = value.parent;
        }
        let segments = segments.into_iter().rev();
        segments.fold(Pointer::root(), |pointer, segment| pointer.child(segment))
    }
}

impl Segment {
    fn text(&self, text: &str) -> Option<String> {
        match self {
            Self::Root => None,
            Self::Key(start, end) => {
                Some(serde_json::from_str(&text[*start..*end]).unwrap_or_default())
            }
            Self::Index(index) => Some(index.to_string()),
        }
    }
}

impl OpenCollection {
    fn expects_key(&self) -> bool {
        self.items.is_none() && self.key.is_none()
    }

    /// The start of the value's entry, with its key, and its segment.
    fn next(&mut self, at: usize) -> (usize, Segment) {
        match (&mut self.items, self.key.take()) {
            (Some(items), _) => {
                *items += 1;
                (at, Segment::Index(*items - 1))
            }
            (None, Some((start, end))) => (start, Segment::Key(start, end)),
            (None, None) => (at, Segment::Root),
        }
    }
}

fn word_end(bytes: &[u8], start: usize) -> usize {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b",:{}[]\"".contains(byte);
    let length = bytes[start..].iter().position(ends);
    length.map_or(bytes.len(), |length| start + length.max(1))
}

/// Where the string ends whose opening quote is at `start`: behind its closing quote, or at the end.
pub(crate) fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::Outline;

    #[test]
    fn places_are_found_by_pointer() {
        let text = r#"{"a/b": [1, {"c": "}"}, []], "d": {"e": null}}"#;
        let outline = Outline::new(text);
        let at = |part: &str| outline.pointer(text, text.find(part).unwrap()).to_string();
        assert_eq!(at("{\"a/b"), "");
        assert_eq!(at("a/b"), "/a~1b");
        assert_eq!(at("1, "), "/a~1b/0");
        assert_eq!(at("\"c\""), "/a~1b/1/c");
        assert_eq!(at("}\"}"), "/a~1b/1/c");
        assert_eq!(at("[]"), "/a~1b/2");
        assert_eq!(at("null"), "/d/e");
        assert_eq!(outline.pointer(text, 1000).to_string(), "");
    }

    #[test]
    fn invalid_json_has_positions() {
        for text in ["", "a: 1", "}", "[", "{\"a", "{\"a\":", "[1 2", "{1: 2}"] {
            let outline = Outline::new(text);
            for at in 0..=text.len() {
                outline.pointer(text, at);
            }
        }
    }
}
