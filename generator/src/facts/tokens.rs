//! The tokens of a Rust file: literals, names and documentation.

use std::borrow::Cow;
use std::collections::HashSet;

/// The words of one file, each once.
///
/// A tokenizer of a hundred lines instead of a parser: it is an order of magnitude faster, and it needs no item to be
/// of a form that it knows.
#[derive(Debug, Default)]
pub(super) struct Tokens<'f> {
    /// String literals, unescaped.
    pub(super) literals: HashSet<Cow<'f, str>>,
    /// Identifiers, without the `r#` of raw ones.
    pub(super) identifiers: HashSet<&'f str>,
    /// The identifiers that a colon follows: fields, and arguments.
    pub(super) fields: HashSet<&'f str>,
    /// Numbers without sign, suffix and underscores.
    pub(super) numbers: HashSet<String>,
    /// The text of doc comments.
    pub(super) docs: String,
}

impl<'f> Tokens<'f> {
    /// Reads code that rustc takes; of anything else, something.
    pub(super) fn read(code: &'f str) -> Self {
        let mut scanner = Scanner {
            rest: code,
            tokens: Self::default(),
        };
        while let Some(first) = scanner.rest.chars().next() {
            scanner.step(first);
        }
        scanner.tokens
    }

    /// The code spans of the documentation.
    pub(super) fn spans(&self) -> impl Iterator<Item = &str> {
        self.docs.lines().flat_map(spans)
    }

    /// The subjects of list items in the documentation: `a` and `b` of `- a, b: text`.
    pub(super) fn listed(&self) -> impl Iterator<Item = &str> {
        let items = self.docs.lines().filter_map(|line| line.strip_prefix("- "));
        items.flat_map(|item| item.split(':').take(1).flat_map(|names| names.split(", ")))
    }
}

/// The code spans of a line: text between runs of equally many backticks.
fn spans(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(['`', '\\'])?;
            let behind = &rest[start..];
            if let Some(escaped) = behind.strip_prefix('\\') {
                let mut characters = escaped.chars();
                characters.next();
                rest = characters.as_str();
                continue;
            }
            let inner = behind.trim_start_matches('`');
            let ticks = &behind[..behind.len() - inner.len()];
            let mut runs = inner.match_indices(ticks).filter(|(at, _)| {
                !inner[..*at].ends_with('`') && !inner[at + ticks.len()..].starts_with('`')
            });
            let Some((end, _)) = runs.next() else {
                rest = inner;
                continue;
            };
            rest = &inner[end + ticks.len()..];
            return Some(unpadded(&inner[..end]));
        }
    })
}

/// A code span without the space on both of its sides that keeps backticks apart.
fn unpadded(span: &str) -> &str {
    let inner = span
        .strip_prefix(' ')
        .and_then(|rest| rest.strip_suffix(' '));
    inner
        .filter(|inner| !inner.trim().is_empty())
        .unwrap_or(span)
}

struct Scanner<'f> {
    rest: &'f str,
    tokens: Tokens<'f>,
}

impl<'f> Scanner<'f> {
    fn step(&mut self, first: char) {
        match first {
            '/' if self.rest.starts_with("//") => self.line_comment(),
            '/' if self.rest.starts_with("/*") => self.block_comment(),
            '"' => self.string(1),
            '\'' => self.character(),
            '0'..='9' => self.number(),
            _ if is_word(first) => self.word(),
            _ => drop(self.take(first.len_utf8())),
        }
    }

    /// The next bytes, which are then behind.
    fn take(&mut self, length: usize) -> &'f str {
        let (taken, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'f str {
        let end = self.rest.find(|c| !belongs(c));
        self.take(end.unwrap_or(self.rest.len()))
    }

    fn line_comment(&mut self) {
        let line = self.take_while(|c| c != '\n');
        if let Some(text) = line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"))
        {
            self.tokens.docs.push_str(text.trim());
            self.tokens.docs.push('\n');
        }
    }

    fn block_comment(&mut self) {
        let end = self.rest.find("*/").map_or(self.rest.len(), |at| at + 2);
        self.take(end);
    }

    /// A string whose opening takes `opening` bytes.
    fn string(&mut self, opening: usize) {
        self.take(opening);
        let mut escaped = false;
        let mut backslashes = false;
        let end = self.rest.find(|c| {
            let closes = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            backslashes |= escaped;
            closes
        });
        let text = self.take(end.unwrap_or(self.rest.len()));
        self.take(1);
        let text = if backslashes {
            Cow::Owned(unescaped(text))
        } else {
            Cow::Borrowed(text)
        };
        self.tokens.literals.insert(text);
    }

    fn raw_string(&mut self, hashes: usize) {
        self.take(hashes + 1);
        let closing = format!("\"{}", "#".repeat(hashes));
        let end = self.rest.find(&closing).unwrap_or(self.rest.len());
        let text = self.take(end);
        self.take(closing.len());
        self.tokens.literals.insert(Cow::Borrowed(text));
    }

    /// A character, or the quote of a lifetime.
    fn character(&mut self) {
        self.take(1);
        let mut next = self.rest.chars();
        let length = match (next.next(), next.next()) {
            (Some('\\'), Some(escape)) => {
                let from = 1 + escape.len_utf8();
                let closing = self.rest.get(from..).and_then(|rest| rest.find('\''));
                closing.map_or(from, |at| from + at + 1)
            }
            (Some(character), Some('\'')) => character.len_utf8() + 1,
            _ => 0,
        };
        self.take(length);
    }

    fn number(&mut self) {
        let mut number = self.take_while(is_digit).to_owned();
        let fraction = self.rest.strip_prefix('.');
        if fraction.is_some_and(|fraction| fraction.starts_with(is_digit)) {
            self.take(1);
            number.push('.');
            number.push_str(self.take_while(is_digit));
        }
        self.take_while(is_word);
        self.tokens.numbers.insert(number.replace('_', ""));
    }

    fn word(&mut self) {
        let word = self.take_while(is_word);
        let hashes = self.rest.len() - self.rest.trim_start_matches('#').len();
        match word {
            "r" | "br" | "cr" if self.rest[hashes..].starts_with('"') => self.raw_string(hashes),
            "b" | "c" if self.rest.starts_with('"') => self.string(1),
            // The word after it is the name.
            "r" if hashes == 1 => drop(self.take(1)),
            _ => {
                self.tokens.identifiers.insert(word);
                if self.rest.starts_with(':') && !self.rest.starts_with("::") {
                    self.tokens.fields.insert(word);
                }
            }
        }
    }
}

fn is_word(character: char) -> bool {
    character == '_' || character.is_alphanumeric()
}

fn is_digit(character: char) -> bool {
    character == '_' || character.is_ascii_digit()
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        let (character, tail) = escape(after);
        plain.extend(character);
        rest = tail;
    }
    plain + rest
}

/// What a backslash makes of the text after it, and what follows that. A line's end gives nothing.
fn escape(text: &str) -> (Option<char>, &str) {
    let mut rest = text.chars();
    let character = match rest.next() {
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some('0') => '\0',
        Some('x') => {
            let (digits, tail) = text[1..].split_at_checked(2).unwrap_or(("", ""));
            return (code(digits), tail);
        }
        Some('u') => {
            let (digits, tail) = text[1..].split_once('}').unwrap_or(("", ""));
            return (code(digits.trim_start_matches('{')), tail);
        }
        Some('\n') => return (None, text.trim_start()),
        Some(itself) => itself,
        None => return (None, ""),
    };
    (Some(character), rest.as_str())
}

fn code(digits: &str) -> Option<char> {
    u32::from_str_radix(digits, 16)
        .ok()
        .and_then(char::from_u32)
}

#[cfg(test)]
mod tests {
    use super::Tokens;

    #[track_caller]
    fn literals(code: &str, expect: &[&str]) {
        let tokens = Tokens::read(code);
        let mut found: Vec<_> = tokens.literals.iter().map(|text| text.as_ref()).collect();
        found.sort_unstable();
        assert_eq!(found, expect, "{code}");
    }

    #[test]
    fn literals_are_unescaped() {
        literals(r#"f("a", "b \"c\" \\", "")"#, &["", "a", "b \"c\" \\"]);
        literals(
            r#"("\u{e9}\x41\n", "two \
             lines")"#,
            &["two lines", "éA\n"],
        );
        literals(
            r##"(r"\n", r#"a "b" c"#, b"c", r#type)"##,
            &["\\n", "a \"b\" c", "c"],
        );
    }

    #[test]
    fn quotes_outside_of_strings() {
        literals("// it's \"no\" string\n'\"'; '\\''; \"yes\"", &["yes"]);
        literals("/* \"no\" */ fn f<'a>(x: &'a str) { \"yes\" }", &["yes"]);
        literals(
            "/// A `\"no\"`.\nconst A: &'static str = \"yes\";",
            &["yes"],
        );
    }

    #[test]
    fn names_and_numbers() {
        let code = "struct A { r#type: u8, name: B<'static> } match 1_000u64 { 200..=299 => -1.5, _ => x.0 }";
        let tokens = Tokens::read(code);
        for (field, expect) in [("type", true), ("name", true), ("u8", false), ("B", false)] {
            assert_eq!(tokens.fields.contains(field), expect, "{field}");
        }
        assert!(!Tokens::read("serde::from").fields.contains("serde"));
        let mut numbers: Vec<_> = tokens.numbers.iter().map(String::as_str).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, ["0", "1.5", "1000", "200", "299"]);
    }

    #[test]
    fn docs_are_kept() {
        let tokens = Tokens::read("//! Of `a`.\n/// - 404, 5XX: `b c`, 200\n/// - 410\n// `d`\n");
        assert_eq!(tokens.spans().collect::<Vec<_>>(), ["a", "b c"]);
        assert_eq!(tokens.listed().collect::<Vec<_>>(), ["404", "5XX", "410"]);
        let code = "/// \\`a `` b`c ``, `` `d` ``, ```e` `f`\n";
        let tokens = Tokens::read(code);
        assert_eq!(tokens.spans().collect::<Vec<_>>(), ["b`c", "`d`", " "]);
    }
}
