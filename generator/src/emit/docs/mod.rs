//! The document's Markdown as doc comments.

mod markdown;
mod text;
mod words;

use proc_macro2::Span;
use syn::{AttrStyle, Attribute, Expr, ExprLit, Ident, Lit, Meta, MetaNameValue, Token};

use super::raw_string;

/// Finds the item that a code span of the document names, by its content.
type Items<'a> = dyn Fn(&str) -> Option<Target> + 'a;

/// An item as docs link to it.
pub(super) struct Target {
    /// Its name in Rust.
    pub(super) name: String,
    /// Its path, as rustdoc resolves it.
    pub(super) path: String,
}

/// A doc comment in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Docs {
    lines: Vec<String>,
}

impl Docs {
    /// Begins with text of the document.
    pub(super) fn new(markdown: &str) -> Self {
        Self::default().markdown(markdown)
    }

    /// Adds a paragraph or more of the document's own Markdown.
    pub(super) fn markdown(self, markdown: &str) -> Self {
        self.linked(markdown, &|_| None)
    }

    /// The same, with links from code spans to the items that they name.
    pub(super) fn linked(self, markdown: &str, items: &Items<'_>) -> Self {
        self.lines(markdown::lines(markdown, items))
    }

    /// Adds a paragraph of our own, which may link to items.
    pub(super) fn text(self, text: &str) -> Self {
        self.lines(words::wrap(text))
    }

    /// Adds lines as they are, after a blank one.
    pub(super) fn lines(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        let mut lines = lines.into_iter().peekable();
        if lines.peek().is_some() && !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.extend(lines);
        self
    }

    /// Adds a section, unless it has nothing in it.
    pub(super) fn section(self, title: &str, lines: Vec<String>) -> Self {
        if lines.is_empty() {
            self
        } else {
            self.lines([format!("# {title}")]).lines(lines)
        }
    }

    /// The lines as they are.
    pub(super) fn into_lines(self) -> Vec<String> {
        self.lines
    }

    /// Inserts `#[doc = ".."]` for each line before the attributes of the item.
    pub(super) fn describe(&self, attributes: &mut Vec<Attribute>) {
        attributes.splice(..0, self.attributes(AttrStyle::Outer));
    }

    /// `#![doc = ".."]` for each line.
    pub(super) fn of_module(&self) -> Vec<Attribute> {
        let style = AttrStyle::Inner(<Token![!]>::default());
        self.attributes(style).collect()
    }

    fn attributes(&self, style: AttrStyle) -> impl Iterator<Item = Attribute> {
        self.lines.iter().map(move |line| attribute(style, line))
    }
}

/// Made of its parts, and of text that need not be escaped: there are so many that anything else
/// would take a tenth of the time.
fn attribute(style: AttrStyle, line: &str) -> Attribute {
    Attribute {
        pound_token: <Token![#]>::default(),
        style,
        bracket_token: syn::token::Bracket::default(),
        meta: Meta::NameValue(MetaNameValue {
            path: Ident::new("doc", Span::call_site()).into(),
            eq_token: <Token![=]>::default(),
            value: Expr::Lit(ExprLit {
                attrs: Vec::new(),
                lit: Lit::new(raw_string(&spaced(line))),
            }),
        }),
    }
}

/// A description of one line as a sentence.
pub(super) fn sentence(markdown: &str) -> String {
    let text = markdown.trim();
    let is_sentence = |last: char| last.is_alphanumeric() || matches!(last, '`' | ')');
    if text.ends_with(is_sentence) && !text.ends_with("```") {
        format!("{text}.")
    } else {
        text.to_owned()
    }
}

/// A description in one line, as for an item of a list.
pub(super) fn in_one_line(markdown: &str) -> String {
    markdown::in_one_line(markdown, false)
}

/// A description in one line, for a cell of a table.
pub(super) fn in_cell(markdown: &str) -> String {
    markdown::in_one_line(markdown, true)
}

/// Any text as a code span.
pub(super) fn code_span(text: &str) -> String {
    words::code_span(text)
}

/// A line of a doc comment, whatever it was made of: one with a line break would be printed as a
/// block comment.
fn spaced(line: &str) -> String {
    let line = text::visible(line).replace('\n', " ");
    if line.is_empty() {
        line
    } else {
        format!(" {line}")
    }
}

#[cfg(test)]
mod read_back;

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::{ItemStruct, parse_quote};

    use super::*;

    #[test]
    fn sentences_end() {
        assert_eq!(sentence("One `a`\n"), "One `a`.");
        assert_eq!(sentence("```\na\n```"), "```\na\n```");
    }

    #[test]
    fn code_spans_link_to_items() {
        let target = || Target {
            name: "get_b".to_owned(),
            path: "crate::a::A::get_b".to_owned(),
        };
        let items = |code: &str| (code == "a/get-b").then(target);
        let check = |markdown: &str, expected: &str| {
            let docs = Docs::default().linked(markdown, &items);
            assert_eq!(docs.into_lines(), [expected], "{markdown}");
        };
        check("See `a/get-b`.", "See [`get_b`](crate::a::A::get_b).");
        check("!`a/get-b` `a/b`", "\\![`get_b`](crate::a::A::get_b) `a/b`");
        check(
            "[the `a/get-b`](https://a.b)",
            "[the `a/get-b`](https://a.b)",
        );
    }

    #[test]
    fn one_line_has_no_blocks() {
        assert_eq!(in_one_line("- a\n- [b] \\| c\n"), "- a - \\[b] | c");
        assert_eq!(in_one_line("~~~\na *b*\n~~~"), "\\~\\~\\~ a *b* \\~\\~\\~");
        assert_eq!(in_one_line(" \n"), "");
    }

    #[test]
    fn attributes_have_no_line_breaks() {
        let docs = Docs::default().lines(["a\nb\r\nc\u{202E}".to_owned()]);
        let mut described: ItemStruct = parse_quote!(
            #[non_exhaustive]
            struct Described;
        );
        docs.describe(&mut described.attrs);
        assert_eq!(
            described.to_token_stream().to_string(),
            "# [doc = r#\" a b c\"#] # [non_exhaustive] struct Described ;"
        );
    }
}
