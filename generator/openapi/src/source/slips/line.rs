//! Lines of YAML, as far as one can be read on its own.

/// A line without its end.
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    /// The place of its first byte.
    pub(super) start: usize,
}

/// The quotes and brackets left open at the end of a line.
#[derive(Default)]
pub(super) struct Unclosed {
    /// A quote, and where.
    pub(super) quote: Option<(usize, char)>,
    /// Brackets, and where.
    pub(super) brackets: Vec<(usize, char)>,
    /// Where a comment begins.
    pub(super) comment: Option<usize>,
}

/// The first lines of a text.
pub(super) fn lines(text: &str, most: usize) -> Vec<Line<'_>> {
    let mut start = 0;
    let whole = text.split_inclusive('\n').take(most);
    whole
        .map(|line| {
            let first = start;
            start += line.len();
            let text = line.trim_end_matches(['\n', '\r']);
            Line { text, start: first }
        })
        .collect()
}

impl<'t> Line<'t> {
    pub(super) fn indentation(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// The line without its indentation.
    pub(super) fn content(&self) -> &'t str {
        self.text.trim_start_matches(' ')
    }

    pub(super) fn is_blank(&self) -> bool {
        let content = self.text.trim();
        content.is_empty() || content.starts_with('#')
    }

    /// The line as if nothing were open at its start.
    pub(super) fn open(&self) -> Unclosed {
        let mut open = Unclosed::default();
        // Whether a value, or a key, may start here.
        let mut is_start = true;
        let mut before = ' ';
        let mut chars = self.text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if let Some((_, quote)) = open.quote {
                match c {
                    '\\' if quote == '"' => drop(chars.next()),
                    _ if c != quote => {}
                    '\'' if chars.next_if(|(_, next)| *next == '\'').is_some() => {}
                    _ => open.quote = None,
                }
                continue;
            }
            let is_in_brackets = !open.brackets.is_empty();
            match c {
                '#' if before == ' ' => {
                    open.comment = Some(at);
                    return open;
                }
                '"' | '\'' if is_start => open.quote = Some((at, c)),
                '{' | '[' if is_start || is_in_brackets => open.brackets.push((at, c)),
                '}' | ']' => drop(open.brackets.pop()),
                _ => {}
            }
            is_start = match c {
                ' ' => is_start || matches!(before, ':' | '-'),
                '{' | '[' | ',' => is_start || is_in_brackets,
                _ => false,
            };
            before = c;
        }
        open
    }
}
