//! Rewrites the document's Markdown, parsed by pulldown-cmark.
//!
//! The output means the same to rustdoc, but is only prose there: code is not a doctest, tags and
//! brackets are text, and links have URLs. So no description can affect the docs after it.

use std::borrow::Cow;

use pulldown_cmark::{
    Alignment, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};

use super::Items;
use super::text::{expand_tabs, visible};
use super::words::{Words, is_address, is_plain};

/// Maximum nesting of quotes and items; deeper ones are flattened into the last.
const DEPTH: usize = 16;

/// Lines that rustdoc reads as prose, in which the code spans of `items` are links.
pub(super) fn lines(markdown: &str, items: &Items<'_>) -> Vec<String> {
    let mut writer = Writer {
        items: Some(items),
        ..Writer::default()
    };
    for_each_event(markdown, |event, source| writer.event(event, source));
    writer.lines
}

/// The text in one line, whatever blocks it consists of.
pub(super) fn in_one_line(markdown: &str, is_cell: bool) -> String {
    let text = visible(markdown);
    let words: Vec<_> = text.split_whitespace().collect();
    if words.is_empty() {
        return String::new();
    }
    let mut writer = Writer::default();
    writer.words.place.is_cell = is_cell;
    // Behind another word, none begins a block.
    for_each_event(&format!("a {}", words.join(" ")), |event, source| {
        writer.inline(event, source);
    });
    writer.words.behind_first()
}

fn for_each_event(markdown: &str, mut read: impl FnMut(Event<'_>, &str)) {
    let text = bounded(&expand_tabs(&visible(markdown)));
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(&text, options).into_offset_iter();
    for (event, range) in TextMergeWithOffset::new(events) {
        read(event, &text[range]);
    }
}

/// The text with no more quotes and items beginning in a line than anyone would write: each line
/// that follows is matched against all of them.
fn bounded(text: &str) -> String {
    const LIMIT: usize = 100;
    let lines = text.split_inclusive('\n');
    let bounded = lines.map(|line| match containers(line).nth(LIMIT) {
        Some(at) => Cow::Owned(format!("{}\\{}", &line[..at], &line[at..])),
        None => line.into(),
    });
    bounded.collect()
}

/// Where the markers of quotes and items at the beginning of a line are.
fn containers(line: &str) -> impl Iterator<Item = usize> {
    let bytes = line.as_bytes();
    let is_blank = |byte: u8| matches!(byte, b' ' | b'\t');
    let is_marker = move |&at: &usize| match bytes[at] {
        b'>' => true,
        b'-' | b'+' | b'*' | b'.' | b')' => bytes.get(at + 1).copied().is_some_and(is_blank),
        _ => false,
    };
    (0..bytes.len())
        .filter(move |&at| !is_blank(bytes[at]) && !bytes[at].is_ascii_digit())
        .take_while(is_marker)
}

/// A block that contains others.
struct Container {
    /// As in `>`, `-` and `1.`.
    marker: String,
    /// Whether the marker has been written.
    is_begun: bool,
    /// Whether it has text that is no paragraph: then nothing in it is set apart by blank lines.
    is_tight: bool,
}

/// The output of an open link or image.
enum Link {
    /// Its text alone.
    Text,
    /// A link to the URL.
    To(String),
    /// A link that has been written, with only the URL as its text.
    Written,
}

/// Puts blocks into lines, each where the quote or item that it is in has its text, so that none is
/// indented so far that it is code.
#[derive(Default)]
struct Writer<'a> {
    /// The items that code spans link to.
    items: Option<&'a Items<'a>>,
    lines: Vec<String>,
    containers: Vec<Container>,
    /// How many more containers are open than are written.
    hidden: usize,
    /// For each open list, the number of its next item if it has numbers.
    lists: Vec<Option<u64>>,
    words: Words,
    links: Vec<Link>,
    /// The content of the open block of code.
    code: Option<String>,
    /// The cells of the open row of a table.
    cells: Vec<String>,
    columns: Vec<Alignment>,
    /// Whether a blank line must come before the next block.
    is_apart: bool,
}

impl Writer<'_> {
    fn event(&mut self, event: Event<'_>, source: &str) {
        match event {
            Event::Start(tag) => self.start(tag, source),
            Event::End(tag) => self.end(tag, source),
            Event::Text(text) if self.code.is_some() => {
                self.code.get_or_insert_default().push_str(&text);
            }
            Event::Rule => {
                self.flush();
                // No marker of an item makes another rule with this one.
                self.line("___");
                self.end_block();
            }
            event => self.inline(event, source),
        }
    }

    fn start(&mut self, tag: Tag<'_>, source: &str) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } => self.flush(),
            Tag::HtmlBlock => {
                self.flush();
                // It becomes a paragraph, which ends with a blank line alone.
                self.is_apart = true;
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = Some(String::new());
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.enter(">".to_owned());
            }
            Tag::List(number) => {
                self.flush();
                self.lists.push(number);
            }
            Tag::Item => {
                let marker = self.marker(source);
                self.enter(marker);
            }
            Tag::Table(columns) => {
                self.flush();
                self.is_apart = true;
                self.columns = columns;
            }
            Tag::TableCell => self.words.place.is_cell = true,
            tag => self.inline(Event::Start(tag), source),
        }
    }

    fn end(&mut self, tag: TagEnd, source: &str) {
        match tag {
            TagEnd::Paragraph => {
                self.paragraph();
                self.end_block();
            }
            TagEnd::HtmlBlock => {
                self.paragraph();
                self.is_apart = true;
            }
            TagEnd::Heading(level) => self.heading(level as usize),
            TagEnd::CodeBlock => self.code_block(),
            TagEnd::BlockQuote(_) => {
                self.leave();
                self.end_block();
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.end_block();
            }
            TagEnd::Item => {
                self.flush();
                self.leave();
            }
            TagEnd::TableCell => {
                let words = std::mem::take(&mut self.words);
                self.cells.push(words.in_one_line());
            }
            TagEnd::TableHead => {
                self.row();
                self.delimiter_row();
            }
            TagEnd::TableRow => self.row(),
            TagEnd::Table => self.end_block(),
            tag => self.inline(Event::End(tag), source),
        }
    }

    /// Reads the content of a paragraph, heading or cell.
    fn inline(&mut self, event: Event<'_>, source: &str) {
        match event {
            Event::Text(_) if matches!(self.links.last(), Some(Link::Written)) => {}
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.words.text(&text);
            }
            Event::Code(content) => {
                let item = self.items.and_then(|items| items(&content));
                match item.filter(|_| !self.words.place.is_link) {
                    Some(item) => self.words.item(&item.name, &item.path),
                    None => self.words.code(&content),
                }
            }
            Event::SoftBreak => self.words.space(),
            Event::HardBreak => self.words.line_break(),
            Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => {
                self.words.emphasis(&source[..1]);
            }
            Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => {
                self.words.emphasis(&source[..2]);
            }
            Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough) => {
                self.words.emphasis("~~");
            }
            Event::Start(
                Tag::Link {
                    link_type,
                    dest_url,
                    ..
                }
                | Tag::Image {
                    link_type,
                    dest_url,
                    ..
                },
            ) => self.open_link(link_type, &dest_url),
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some(Link::To(address)) = self.links.pop() {
                    self.words.close_link(&address);
                }
            }
            _ => {}
        }
    }

    /// An image is shown as a link: rustdoc's pages load nothing from elsewhere. Links to anything
    /// but an address would be looked for among items.
    fn open_link(&mut self, kind: LinkType, address: &str) {
        let is_mail = address.starts_with("mailto:") && address.contains('.');
        let link = if self.words.place.is_link {
            Link::Text
        } else if kind == LinkType::Email
            || kind == LinkType::Autolink && is_address(address) && is_plain(address)
        {
            self.words.autolink(address);
            Link::Written
        } else if kind != LinkType::Autolink && (is_address(address) || is_mail) {
            self.words.open_link();
            Link::To(address.to_owned())
        } else {
            Link::Text
        };
        self.links.push(link);
    }

    /// Writes the text of an item that is not a paragraph.
    fn flush(&mut self) {
        if self.words.is_empty() {
            return;
        }
        self.paragraph();
        if let Some(container) = self.containers.last_mut() {
            container.is_tight = self.hidden == 0;
        }
        self.end_block();
    }

    fn paragraph(&mut self) {
        let words = std::mem::take(&mut self.words);
        if !words.is_empty() {
            self.set_apart();
            let (first, others) = (self.prefix(), self.prefix());
            self.lines.extend(words.wrap(&first, &others));
        }
    }

    fn heading(&mut self, level: usize) {
        let words = std::mem::take(&mut self.words);
        if !words.is_empty() {
            self.line(&format!("{} {}", "#".repeat(level), words.into_heading()));
            self.end_block();
        }
    }

    /// Writes a block of code between fences longer than any in it.
    fn code_block(&mut self) {
        let content = self.code.take().unwrap_or_default();
        let longest = content.split(|c| c != '`').map(str::len).max();
        let fence = "`".repeat(longest.map_or(3, |longest| 3.max(longest + 1)));
        self.line(&format!("{fence}text"));
        for line in content.lines() {
            self.line(line);
        }
        self.line(&fence);
        self.end_block();
    }

    fn row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        self.line(&format!("| {} |", cells.join(" | ")));
    }

    fn delimiter_row(&mut self) {
        let columns = std::mem::take(&mut self.columns);
        let columns = columns.iter().map(|alignment| match alignment {
            Alignment::None => "---",
            Alignment::Left => ":---",
            Alignment::Center => ":---:",
            Alignment::Right => "---:",
        });
        self.line(&format!("| {} |", columns.collect::<Vec<_>>().join(" | ")));
    }

    /// The marker of the item that is written so in the document.
    fn marker(&mut self, source: &str) -> String {
        /// A number of more digits begins no item.
        const LAST: u64 = 999_999_999;
        let source = source.trim_start();
        let mark = source.trim_start_matches(|c: char| c.is_ascii_digit());
        let mark = mark.chars().next().unwrap_or('-');
        match self.lists.last_mut() {
            Some(Some(number)) => {
                let marker = format!("{number}{mark}");
                *number = LAST.min(*number + 1);
                marker
            }
            _ => mark.to_string(),
        }
    }

    fn enter(&mut self, marker: String) {
        if self.hidden > 0 || self.containers.len() == DEPTH {
            self.hidden += 1;
        } else {
            self.containers.push(Container {
                marker,
                is_begun: false,
                is_tight: false,
            });
        }
    }

    fn leave(&mut self) {
        if self.hidden > 0 {
            self.hidden -= 1;
        } else {
            self.containers.pop();
        }
    }

    fn end_block(&mut self) {
        let container = self.containers.last();
        self.is_apart = !container.is_some_and(|container| container.is_tight);
    }

    fn line(&mut self, text: &str) {
        self.set_apart();
        let line = self.prefix() + text;
        self.lines.push(line.trim_end().to_owned());
    }

    /// Writes the blank line before a block.
    fn set_apart(&mut self) {
        if std::mem::take(&mut self.is_apart) && !self.lines.is_empty() {
            let open = self.containers.iter().take_while(|it| it.is_begun);
            let blank: String = open.map(Container::indent).collect();
            self.lines.push(blank.trim_end().to_owned());
        }
    }

    /// The prefix of a line in its containers.
    fn prefix(&mut self) -> String {
        let mut prefix = String::new();
        for container in &mut self.containers {
            if container.is_begun {
                prefix.push_str(&container.indent());
            } else {
                prefix.push_str(&container.marker);
                prefix.push(' ');
                container.is_begun = true;
            }
        }
        prefix
    }
}

impl Container {
    /// The prefix of all lines after the first.
    fn indent(&self) -> String {
        if self.marker == ">" {
            "> ".to_owned()
        } else {
            " ".repeat(self.marker.len() + 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::bounded;

    fn lines(markdown: &str) -> Vec<String> {
        super::lines(markdown, &|_| None)
    }

    #[track_caller]
    fn check(markdown: &str, expected: &[&str]) {
        assert_eq!(lines(markdown), expected);
    }

    #[test]
    fn code_is_no_doctest() {
        check("```\nlet\n```", &["```text", "let", "```"]);
        check("```rust\nlet", &["```text", "let", "```"]);
        check("~~~~\n~~~\nlet\n~~~~", &["```text", "~~~", "let", "```"]);
        check("````\n```\nlet\n````", &["````text", "```", "let", "````"]);
        check(
            "a\n\n    let\n\n\tlet",
            &["a", "", "```text", "let", "", "let", "```"],
        );
        check("> ```\n> let", &["> ```text", "> let", "> ```"]);
        check("- ```\n  let\n  ```", &["- ```text", "  let", "  ```"]);
    }

    #[test]
    fn blocks_keep_their_places() {
        check(
            "a\n- b\nc\n  - d\n\n    e\n> f\ng",
            &["a", "", "- b c", "  - d", "", "    e", "", "> f g"],
        );
        check(
            "- a\n- b\n  1. c\n  2. d\n- e",
            &["- a", "- b", "  1. c", "  2. d", "- e"],
        );
        check("- a\n\n- b\n\n+ c", &["- a", "", "- b", "", "+ c"]);
        check("> a\n>\n> b\n\n> c", &["> a", ">", "> b", "", "> c"]);
        check("a\n===\n# b #\n---", &["# a", "", "# b", "", "___"]);
        check("a  \nb\\\nc\nd", &["a\\", "b\\", "c d"]);
    }

    #[test]
    fn only_numbers_begin_items() {
        check("1\\. a", &["1\\. a"]);
        check(". a", &[". a"]);
        check(") a", &[") a"]);
    }

    #[test]
    fn tables_stay() {
        check(
            "|a|`b\\|c`|\n|-|:-:|\n|https://d.e\\|f|<b>|\nc",
            &[
                "| a | `b\\|c` |",
                "| --- | :---: |",
                "| <https://d.e>\\|f | \\<b> |",
                "| c |  |",
            ],
        );
    }

    #[test]
    fn paragraphs_are_filled() {
        check(
            "one\ntwo\n- three\n  four",
            &["one two", "", "- three four"],
        );
        let words = "word ".repeat(18);
        let words = words.trim();
        check(
            &format!("- {words} word 1. - # === --- word"),
            &[&format!("- {words}"), "  word 1. - # === --- word"],
        );
        check(
            &format!("{words} w - word"),
            &[&format!("{words} w -"), "word"],
        );
        check(&format!("{words} `<b> <i>`"), &[words, "`<b> <i>`"]);
    }

    #[test]
    fn tags_and_names_are_text() {
        check("<b> </b> <!-- -->", &["\\<b> \\</b> \\<!-- -->"]);
        check(
            "a[0], [b](C), [c][d] and it`s",
            &["a\\[0], b, \\[c]\\[d] and it\\`s"],
        );
        check(
            "1\\. - `a` &lt;b> &amp;lt; R&D",
            &["1\\. - `a` \\<b> \\&lt; R&D"],
        );
        check(
            "snake_case *a* **b** _c_ ~~d~~",
            &["snake_case *a* **b** _c_ ~~d~~"],
        );
    }

    #[test]
    fn addresses_are_links() {
        check("See https://a.b/c.", &["See <https://a.b/c>."]);
        check(
            "<https://a.b> <a@b.c> <ftp://a.b>",
            &["<https://a.b> <a@b.c> ftp://a.b"],
        );
        check(
            "[a `]` b](https://c.d/(e) \"f\")",
            &["[a `]` b](https://c.d/(e))"],
        );
        check(
            "[a][b] [b]\n\n[b]: <https://c.d/e(f>",
            &["[a](https://c.d/e%28f) [b](https://c.d/e%28f)"],
        );
        check(
            "![a](https://b.c/d.png)! ![e](f.png)",
            &["[a](https://b.c/d.png)! e"],
        );
        check(
            "!\\[a] x!![a](https://b.c)",
            &["!\\[a] x\\![a](https://b.c)"],
        );
    }

    #[test]
    fn deceptive_characters_are_dropped() {
        check("a\u{202E}b\u{200B}c\0d\re", &["abcd e"]);
    }

    #[test]
    fn deep_nesting_is_flattened() {
        let line = format!("{}a", "> ".repeat(16));
        check(&format!("{}{line}", "> ".repeat(30)), &[&line]);
        check(
            &format!("{}{line}\n\nb\n\n- c", "> ".repeat(30)),
            &[&line, "", "b", "", "- c"],
        );
        let shallow = "> ".repeat(3);
        check(
            &format!("{}{line}\n{shallow}\n{shallow}b", "> ".repeat(2)),
            &[&line, "> > >", &format!("{shallow}b")],
        );
    }

    #[test]
    fn the_hundred_and_first_container_of_a_line_is_text() {
        for (marker, escaped) in [
            ("> ", "\\> "),
            ("- ", "\\- "),
            ("1. ", "1\\. "),
            (">", "\\>"),
        ] {
            let others = marker.repeat(20);
            let many = format!("{}{marker}{others}a\nb", marker.repeat(100));
            let expected = format!("{}{escaped}{others}a\nb", marker.repeat(100));
            assert_eq!(bounded(&many), expected);
        }
        let text = format!("a {}", "- ".repeat(150));
        assert_eq!(bounded(&text), text);
    }
}
