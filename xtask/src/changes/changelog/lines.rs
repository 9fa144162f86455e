//! The lines of a text, whatever they end with.

/// The characters that lines end with.
pub(super) const LINE_ENDS: [char; 2] = ['\r', '\n'];

/// The line ending of a text: that of its first line.
pub(super) fn end(text: &str) -> &'static str {
    match text.split_inclusive('\n').next() {
        Some(line) if line.ends_with("\r\n") => "\r\n",
        _ => "\n",
    }
}

/// The lines of a text and where they start.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |start, line| {
        let here = *start;
        *start += line.len();
        Some((here, line))
    })
}

/// Parts with a blank line between them and a line's end behind the last.
pub(super) fn joined(parts: &[&str], line_end: &str) -> String {
    let parts = parts.iter().map(|part| part.trim_matches(LINE_ENDS));
    let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(&line_end.repeat(2)) + line_end
}
