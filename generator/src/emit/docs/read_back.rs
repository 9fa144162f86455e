//! Docs read back as rustdoc reads them: whatever the document's Markdown is, they are prose.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use regex::Regex;

use super::text::{expand_tabs, visible};
use super::{Docs, in_one_line};

/// Reads docs as rustdoc does, and checks that they have the text of `markdown` and nothing that is
/// more than prose.
#[track_caller]
fn check(markdown: &str) {
    let lines = Docs::new(markdown).into_lines();
    let docs = lines.join("\n");
    for line in &lines {
        assert!(!line.contains('\n') && line.trim_end() == line, "{line:?}");
    }
    check_prose(&docs, markdown);
    assert_eq!(
        text(&docs, rustdoc()),
        text(
            &expand_tabs(&visible(markdown)),
            Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH
        ),
        "of {markdown:?} became {docs:?}"
    );
}

/// Checks that docs made of `markdown` are prose to rustdoc, and raise none of its lints.
#[track_caller]
fn check_prose(docs: &str, markdown: &str) {
    // rustdoc asks for each name in brackets whether there is such an item.
    let name = |link: BrokenLink<'_>| panic!("{link:?} of {markdown:?}");
    let events = Parser::new_with_broken_link_callback(docs, rustdoc(), Some(name));
    let mut is_quiet = false;
    for event in events {
        match &event {
            Event::Start(Tag::CodeBlock(kind)) => {
                assert_eq!(
                    *kind,
                    CodeBlockKind::Fenced("text".into()),
                    "of {markdown:?}"
                );
                is_quiet = true;
            }
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                ..
            }) => {
                let schemes = ["http://", "https://", "mailto:"];
                let is_address = schemes.iter().any(|scheme| dest_url.starts_with(scheme));
                assert!(
                    is_address || *link_type == LinkType::Email,
                    "{event:?} of {markdown:?}"
                );
                is_quiet = true;
            }
            Event::End(TagEnd::CodeBlock | TagEnd::Link) => is_quiet = false,
            Event::Text(text) => {
                assert!(
                    is_quiet || !bare_url().is_match(text),
                    "{text} of {markdown:?}"
                );
            }
            Event::Start(Tag::HtmlBlock | Tag::Image { .. } | Tag::FootnoteDefinition(_))
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {
                panic!("{event:?} of {markdown:?} in {docs:?}")
            }
            _ => {}
        }
    }
}

/// What rustdoc's `bare_urls` warns of.
fn bare_url() -> &'static Regex {
    static REGEX: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"https?://([-a-zA-Z0-9@:%._\+~#=]{2,256}\.)+[a-zA-Z]{2,63}")
            .expect("an expression")
    });
    &REGEX
}

fn rustdoc() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

/// What a reader sees, without white space.
fn text(markdown: &str, options: Options) -> String {
    let mut text = String::new();
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(part) | Event::Code(part) | Event::Html(part) | Event::InlineHtml(part) => {
                text.push_str(&part);
            }
            _ => {}
        }
    }
    visible(&text).split_whitespace().collect()
}

/// Pieces of Markdown, of HTML, and of what looks like them.
const PIECES: &[&str] = &[
    "a",
    "b c",
    "word",
    "1",
    "é",
    ".",
    ",",
    ":",
    "!",
    "?",
    "(",
    ")",
    " ",
    " ",
    " ",
    "\n",
    "\n",
    "\n\n",
    "  \n",
    "\\\n",
    "\t",
    "    ",
    "*",
    "**",
    "_",
    "__",
    "***",
    "~",
    "~~",
    "`",
    "``",
    "```",
    "```rust",
    "````",
    "~~~",
    "\\",
    "[",
    "]",
    "[a]",
    "](",
    "![",
    "[a](b)",
    "[a](https://b.c)",
    "![a](https://b.c/d.png)",
    "[a]: https://b.c",
    "[^a]",
    "[^a]: b",
    "[x]",
    "- [ ] ",
    "https://a.b/c_d*e",
    "http://",
    "<https://a.b>",
    "<a@b.c>",
    "mailto:a@b.c",
    "<",
    ">",
    "<!--",
    "-->",
    "<div>",
    "</div>",
    "<script>",
    "<a href=\"https://b.c\">",
    "<br/>",
    "<?",
    "<![CDATA[",
    "&amp;",
    "&lt;",
    "&#10;",
    "&nbsp;",
    "&",
    "&#96;&#96;&#96;",
    "# ",
    "## ",
    "#",
    "=",
    "===",
    "-",
    "---",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "2) ",
    "10.",
    "> ",
    ">",
    "|",
    "| a | b |\n| - | :-: |\n",
    "|-|-|",
    "\\|",
    "let x = 1;",
    "fn main() {}",
    "\u{202E}",
    "\u{A0}",
    "\"",
    "'",
    "$",
    "{",
    "}",
    "^",
];

#[test]
fn samples_are_prose() {
    let samples = [
        // A code span over two lines, with what would be HTML at the beginning of the second.
        "`a long code span of words that goes on for so long that it does not fit into a line of the\n<!-- docs`",
        "<!--\n\n```\nfn main() { panic!() }\n```",
        "<script>\n```\nlet x = 1;\n```\n</script>",
        "```rust\nlet x = 1;",
        "````text,should_panic\n```\n````",
        "~~~\n~~~\n\n    let x = 1;",
        "> - ```\n>   let x = 1;\nlet y = 2;",
        "[Vec] [`Vec`][] [a](Vec) [b][Vec] [^c]\n\n[Vec]: std::vec::Vec\n[^c]: note",
        "*https://example.com/a_b*c and **a.**[b](c)d",
        "&lt;div&gt; &#96;&#96;&#96;\n&#35; a",
        "- [ ] a\n- [x] b",
    ];
    for sample in samples {
        check(sample);
        check_prose(&in_one_line(sample), sample);
    }
}

#[test]
fn any_text_is_prose() {
    let mut random = Random(1);
    for _ in 0..10_000 {
        let length = 1 + random.below(16);
        let markdown: String = (0..length)
            .map(|_| PIECES[random.below(PIECES.len())])
            .collect();
        check(&markdown);
    }
}

#[test]
fn any_text_in_one_line_is_prose() {
    let mut random = Random(2);
    for _ in 0..10_000 {
        let length = 1 + random.below(16);
        let markdown: String = (0..length)
            .map(|_| PIECES[random.below(PIECES.len())])
            .collect();
        check_prose(&format!("- `a`: {}", in_one_line(&markdown)), &markdown);
    }
}

/// Texts that made other readers of Markdown look at the same characters again and again.
#[test]
fn time_is_linear() {
    let repeated = [
        "[a](",
        "http://",
        "http://,",
        "https://a.b*",
        "`",
        "a``b",
        "`a ",
        ">",
        "> ",
        "- ",
        "1. ",
        "* a\n",
        "[",
        "![",
        "](",
        "<!--",
        "<a ",
        "<?",
        "&",
        "&amp;",
        "\\",
        "*a _b ",
        "**a",
        "_",
        "~",
        "|",
        "a|",
        "#",
        "= ",
        "- - ",
        "\t",
        "\n",
        "> a\n\n",
        "a\n=\n",
        "[a]: b\n",
        "\u{202E}",
    ];
    for piece in repeated {
        within_a_second(&piece.repeat(50_000));
    }
    let ticks: String = (1..500).map(|length| "`".repeat(length) + " ").collect();
    within_a_second(&ticks);
    let deep = |marker: &str| format!("{}a\n{}", marker.repeat(20_000), "b\n".repeat(20_000));
    within_a_second(&deep("> "));
    within_a_second(&deep("- "));
    let nested: String = (0..300)
        .map(|depth| format!("{}- a\n", "  ".repeat(depth)))
        .collect();
    within_a_second(&(nested + &"b\n".repeat(20_000)));
    let columns = ["a|", "-|"].map(|cell| cell.repeat(2_000));
    within_a_second(&format!(
        "{}\n{}\n{}",
        columns[0],
        columns[1],
        "a|\n".repeat(2_000)
    ));
}

/// A second when optimised; what takes the square of the length takes minutes.
#[track_caller]
fn within_a_second(markdown: &str) {
    let start = Instant::now();
    let length = Docs::new(markdown)
        .into_lines()
        .iter()
        .map(String::len)
        .sum::<usize>();
    in_one_line(markdown);
    let (taken, beginning) = (
        start.elapsed(),
        markdown.chars().take(20).collect::<String>(),
    );
    assert!(
        taken < Duration::from_secs(10),
        "{beginning:?} takes {taken:?}"
    );
    assert!(
        length < 100 * markdown.len() + 100_000,
        "{beginning:?} becomes {length} bytes"
    );
}

/// Xorshift: the same numbers each time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit
    }
}
