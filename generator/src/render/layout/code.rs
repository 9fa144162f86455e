//! Lines of code, looked at without parsing them.

/// The brackets of a call in a line.
#[derive(Clone, Copy)]
pub(super) struct Call {
    pub(super) open: usize,
    pub(super) close: usize,
}

impl Call {
    /// What stands between them.
    pub(super) fn inner(self, line: &str) -> &str {
        &line[self.open + 1..self.close]
    }
}

/// Every call, the inner before the outer.
pub(super) fn calls(line: &str) -> impl Iterator<Item = Call> {
    let mut open = Vec::new();
    let mut calls = Vec::new();
    for (index, character) in code_characters(line) {
        match character {
            '(' => open.push(index),
            ')' => {
                if let Some(open) = open.pop() {
                    calls.push(Call { open, close: index });
                }
            }
            _ => {}
        }
    }
    calls.into_iter()
}

/// Arguments between the brackets of a call.
pub(super) fn arguments(inner: &str) -> Vec<&str> {
    let mut arguments = Vec::new();
    let (mut depth, mut start) = (0_i32, 0);
    for (index, character) in code_characters(inner) {
        match character {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' | '>' => depth -= 1,
            ',' if depth == 0 => {
                arguments.push(inner[start..index].trim());
                start = index + 1;
            }
            _ => {}
        }
    }
    let last = inner[start..].trim();
    if !last.is_empty() {
        arguments.push(last);
    }
    arguments
}

/// The characters outside of string literals.
pub(super) fn code_characters(line: &str) -> impl Iterator<Item = (usize, char)> {
    let (mut in_string, mut escaped) = (false, false);
    line.char_indices().filter(move |(_, character)| {
        if in_string {
            match character {
                '\\' if !escaped => escaped = true,
                '"' if !escaped => in_string = false,
                _ => escaped = false,
            }
            return false;
        }
        in_string = *character == '"';
        !in_string
    })
}
