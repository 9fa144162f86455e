//! Closing brackets further left than YAML 1.2 allows, which libyaml and most readers take.

use std::ops::Range;

/// The same text, character for character, but for such brackets on lines of their own: these go on with the line of
/// what stands before them.
pub(super) fn joined(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut start = 0;
    for gap in Lexer::new(text).gaps() {
        written.push_str(&text[start..gap.start]);
        written.extend(text[gap.clone()].chars().map(|_| ' '));
        start = gap.end;
    }
    written.push_str(&text[start..]);
    written
}

/// Distinguishes brackets from the text of scalars and comments, as far as a text is YAML.
struct Lexer<'t> {
    text: &'t [u8],
    at: usize,
    line_start: usize,
    /// The column of the key or dash whose value comes next: deeper lines belong to the value.
    parent: Option<usize>,
    gaps: Vec<Range<usize>>,
}

impl<'t> Lexer<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text: text.as_bytes(),
            at: 0,
            line_start: 0,
            parent: None,
            gaps: Vec::new(),
        }
    }

    /// The text between the last token of a line and a bracket that starts a later line.
    fn gaps(mut self) -> Vec<Range<usize>> {
        while let Some(byte) = self.peek() {
            let is_indicator = is_space(self.next());
            match byte {
                b'\n' => {
                    self.at += 1;
                    self.line_start = self.at;
                }
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'#' => self.skip_line(),
                b'%' if self.column() == 0 => self.skip_line(),
                b'-' if self.column() == 0 && self.text[self.at..].starts_with(b"---") => {
                    self.at += 3;
                    self.parent = None;
                }
                b'-' | b'?' if is_indicator => {
                    self.parent = Some(self.column());
                    self.at += 1;
                }
                b':' if is_indicator => self.at += 1,
                b'&' | b'!' | b'*' => self.skip_word(),
                b'[' | b'{' => self.flow(),
                b'|' | b'>' => self.skip_deeper(),
                b'"' | b'\'' => {
                    let column = self.column();
                    self.skip_quoted(byte);
                    if self.peek() == Some(b':') {
                        self.parent = Some(column);
                    }
                }
                _ => self.plain(),
            }
        }
        self.gaps
    }

    /// A key, or a whole value.
    fn plain(&mut self) {
        let column = self.column();
        while let Some(byte) = self.peek() {
            match byte {
                b':' if is_space(self.next()) => {
                    self.parent = Some(column);
                    return;
                }
                b'\n' => return self.skip_deeper(),
                b'#' if is_space(Some(self.text[self.at - 1])) => return self.skip_line(),
                _ => self.at += 1,
            }
        }
    }

    /// A collection in brackets, with all within it.
    fn flow(&mut self) {
        let mut depth = 0;
        let mut token_end = self.at;
        let mut is_line_start = false;
        // Quotes within a plain scalar are part of it.
        let mut is_plain = false;
        while let Some(byte) = self.peek() {
            match byte {
                b'\n' => {
                    self.at += 1;
                    self.line_start = self.at;
                    is_line_start = true;
                    continue;
                }
                b' ' | b'\t' | b'\r' => {
                    self.at += 1;
                    continue;
                }
                b'#' if is_space(Some(self.text[self.at - 1])) => {
                    self.skip_line();
                    continue;
                }
                b'[' | b'{' => {
                    depth += 1;
                    self.at += 1;
                    is_plain = false;
                }
                b']' | b'}' => {
                    if is_line_start {
                        self.gaps.push(token_end..self.at);
                    }
                    depth -= 1;
                    self.at += 1;
                    is_plain = false;
                }
                b',' | b':' => {
                    self.at += 1;
                    is_plain = false;
                }
                b'"' | b'\'' if !is_plain => self.skip_quoted(byte),
                _ => {
                    is_plain = is_plain || !matches!(byte, b'&' | b'!');
                    self.skip_flow_word();
                }
            }
            is_line_start = false;
            token_end = self.at;
            if depth == 0 {
                return;
            }
        }
    }

    fn skip_quoted(&mut self, quote: u8) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\n' => self.line_start = self.at,
                b'\\' if quote == b'"' => self.at += 1,
                // A quote that is written twice is passed as two texts.
                _ if byte == quote => return,
                _ => {}
            }
        }
    }

    /// The rest of the line, and the lines after it that are deeper than the parent or blank.
    fn skip_deeper(&mut self) {
        loop {
            self.skip_line();
            if self.peek().is_none() {
                return;
            }
            let line = &self.text[self.at + 1..];
            let indentation = line.iter().take_while(|&&byte| byte == b' ').count();
            let is_blank = matches!(line.get(indentation), Some(b'\n' | b'\r') | None);
            if !is_blank && self.parent.is_some_and(|parent| indentation <= parent) {
                return;
            }
            self.at += 1;
        }
    }

    /// Up to the end of the line.
    fn skip_line(&mut self) {
        while self.peek().is_some_and(|byte| byte != b'\n') {
            self.at += 1;
        }
    }

    fn skip_word(&mut self) {
        while self.peek().is_some_and(|byte| !is_space(Some(byte))) {
            self.at += 1;
        }
    }

    fn skip_flow_word(&mut self) {
        let ends = |byte: Option<u8>| {
            is_space(byte) || matches!(byte, Some(b',' | b'[' | b']' | b'{' | b'}'))
        };
        while let Some(byte) = self.peek() {
            if ends(Some(byte)) || byte == b':' && ends(self.next()) {
                return;
            }
            self.at += 1;
        }
    }

    fn column(&self) -> usize {
        self.at - self.line_start
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn next(&self) -> Option<u8> {
        self.text.get(self.at + 1).copied()
    }
}

/// Whether a byte ends a word, as the end of the text does.
fn is_space(byte: Option<u8>) -> bool {
    matches!(byte, None | Some(b' ' | b'\t' | b'\n' | b'\r'))
}
