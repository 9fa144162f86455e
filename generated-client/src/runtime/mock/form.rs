//! The parts of a form, as they were sent and as a test expects them.

use std::collections::BTreeSet;
use std::fmt;

use bytes::Bytes;

use super::difference::{Difference, SHOWN, compare_content, contains, lossy};
use crate::runtime::body::escape;
use crate::runtime::header_parameters::header_parameters;
use crate::runtime::text::Beginning;

/// Matches a part of a form: any part, unless a method narrows it.
#[derive(Clone, Debug, Default)]
#[must_use = "a matcher does nothing until it is returned"]
pub struct PartMatcher {
    file_name: Option<String>,
    content_type: Option<String>,
    content: Option<Bytes>,
    contains: Vec<Bytes>,
}

impl PartMatcher {
    /// Matches parts with this file name.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Matches parts with this `Content-Type`.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Matches parts with exactly this content.
    pub fn content(mut self, content: impl Into<Bytes>) -> Self {
        self.content = Some(content.into());
        self
    }

    /// Matches parts whose content has these bytes somewhere.
    pub fn content_contains(mut self, bytes: impl Into<Bytes>) -> Self {
        self.contains.push(bytes.into());
        self
    }

    /// Where the parts of this name differ; if there are several, where the nearest does.
    pub(super) fn compare(&self, name: &str, parts: &[Part<'_>]) -> Vec<Difference> {
        let place = place(name);
        let sent = escape(name);
        let named = parts.iter().filter(|part| part.name == sent);
        let differences = named.map(|part| self.compare_part(&place, part));
        differences
            .min_by_key(Vec::len)
            .unwrap_or_else(|| vec![Difference::new(&place, "a part", None)])
    }

    fn compare_part(&self, place: &str, part: &Part<'_>) -> Vec<Difference> {
        let file_name = self.file_name.as_deref().map(escape);
        let mut differences = Vec::new();
        if file_name.is_some() {
            let got = part.file_name.as_deref();
            differences.extend(file_name_differs(place, file_name.as_deref(), got));
        }
        if self.content_type.is_some() {
            let (wanted, got) = (self.content_type.as_deref(), part.content_type.as_deref());
            differences.extend(content_type_differs(place, wanted, got));
        }
        if let Some(wanted) = &self.content {
            let content_type = part.content_type.as_deref().unwrap_or_default();
            differences.extend(compare_content(place, content_type, wanted, part.content));
        }
        let missing = self.contains.iter();
        let missing = missing.filter(|bytes| !contains(part.content, bytes));
        differences.extend(missing.map(|bytes| Difference::lacking(place, bytes, part.content)));
        differences
    }
}

/// As in `(file name `a.txt`, content `abc`)`; empty without criteria.
impl fmt::Display for PartMatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |what: &str, text: &str| format!("{what} `{}`", Beginning(text, SHOWN));
        let mut parts = Vec::new();
        parts.extend(self.file_name.iter().map(|name| shown("file name", name)));
        let content_type = self.content_type.iter();
        parts.extend(content_type.map(|content_type| shown("content type", content_type)));
        let content = self.content.iter();
        parts.extend(content.map(|content| shown("content", &lossy(content))));
        let contains = self.contains.iter();
        parts.extend(contains.map(|bytes| shown("content with", &lossy(bytes))));
        if parts.is_empty() {
            return Ok(());
        }
        write!(f, " ({})", parts.join(", "))
    }
}

/// A part as it was sent: names are escaped.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part<'a> {
    name: String,
    file_name: Option<String>,
    content_type: Option<String>,
    content: &'a [u8],
}

/// Reads a form; none if it is not one.
pub(super) fn parts<'a>(content_type: &str, body: &'a [u8]) -> Option<Vec<Part<'a>>> {
    let parameters = header_parameters(content_type).into_iter();
    let mut boundaries = parameters.filter(|(name, _)| name.eq_ignore_ascii_case("boundary"));
    let (_, boundary) = boundaries.next()?;
    let first = format!("--{boundary}");
    let delimiter = format!("\r\n{first}");
    let mut rest = body.strip_prefix(first.as_bytes())?;
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        let (part, behind) = split_once(rest.strip_prefix(b"\r\n")?, delimiter.as_bytes())?;
        parts.push(Part::read(part)?);
        rest = behind;
    }
    Some(parts)
}

impl<'a> Part<'a> {
    fn read(part: &'a [u8]) -> Option<Self> {
        let (head, content) = split_once(part, b"\r\n\r\n")?;
        let head = lossy(head);
        let header = |wanted: &str| {
            let mut headers = head.lines().filter_map(|line| line.split_once(':'));
            let found = headers.find(|(name, _)| name.eq_ignore_ascii_case(wanted));
            found.map(|(_, value)| value.trim())
        };
        let mut parameters = header_parameters(header("content-disposition")?);
        let mut parameter = |wanted: &str| {
            let place = parameters.iter().position(|(name, _)| *name == wanted)?;
            Some(parameters.swap_remove(place).1)
        };
        Some(Self {
            name: parameter("name")?,
            file_name: parameter("filename"),
            content_type: header("content-type").map(str::to_owned),
            content,
        })
    }
}

/// Compares all parts; the order matters among those of one name.
pub(super) fn compare_parts(wanted: &[Part<'_>], got: &[Part<'_>]) -> Vec<Difference> {
    let names = wanted.iter().chain(got).map(|part| part.name.as_str());
    let names: BTreeSet<_> = names.collect();
    let mut differences = Vec::new();
    for name in names {
        let [wanted, got] = [wanted, got].map(|parts| {
            let named = parts.iter().filter(|part| part.name == name);
            named.collect::<Vec<_>>()
        });
        let count = wanted.len().max(got.len());
        for index in 0..count {
            let mut place = place(name);
            if count > 1 {
                place.push_str(&format!("[{index}]"));
            }
            match (wanted.get(index), got.get(index)) {
                (Some(wanted), Some(got)) => differences.extend(compare_part(&place, wanted, got)),
                (Some(wanted), None) => {
                    differences.push(Difference::of(&place, &lossy(wanted.content), None));
                }
                (None, Some(got)) => {
                    differences.push(Difference::unwanted(&place, &lossy(got.content)));
                }
                (None, None) => {}
            }
        }
    }
    differences
}

fn compare_part(place: &str, wanted: &Part<'_>, got: &Part<'_>) -> Vec<Difference> {
    let file_name = file_name_differs(place, wanted.file_name.as_deref(), got.file_name.as_deref());
    let (wanted_type, got_type) = (wanted.content_type.as_deref(), got.content_type.as_deref());
    let content_type = content_type_differs(place, wanted_type, got_type);
    let content = compare_content(
        place,
        wanted_type.unwrap_or_default(),
        wanted.content,
        got.content,
    );
    file_name
        .into_iter()
        .chain(content_type)
        .chain(content)
        .collect()
}

fn file_name_differs(place: &str, wanted: Option<&str>, got: Option<&str>) -> Option<Difference> {
    differs(&format!("{place}.file_name"), wanted, got)
}

fn content_type_differs(
    place: &str,
    wanted: Option<&str>,
    got: Option<&str>,
) -> Option<Difference> {
    differs(&format!("{place}.content_type"), wanted, got)
}

fn differs(place: &str, wanted: Option<&str>, got: Option<&str>) -> Option<Difference> {
    match (wanted, got) {
        _ if wanted == got => None,
        (Some(wanted), got) => Some(Difference::of(place, wanted, got)),
        (None, got) => Some(Difference::unwanted(place, got.unwrap_or_default())),
    }
}

fn place(name: &str) -> String {
    format!("body.{name}")
}

fn split_once<'a>(bytes: &'a [u8], separator: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let mut windows = bytes.windows(separator.len());
    let start = windows.position(|window| window == separator)?;
    Some((&bytes[..start], &bytes[start + separator.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &str = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n\
        --B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x;%22.txt\"\r\n\
        Content-Type: text/plain\r\n\r\n\r\n--\r\n--B--\r\n";

    fn form(body: &str) -> Option<Vec<Part<'_>>> {
        parts("multipart/form-data; boundary=\"B\"", body.as_bytes())
    }

    fn shown(differences: &[Difference]) -> Vec<String> {
        differences.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn forms() {
        let expected = [
            Part {
                name: "a".to_owned(),
                file_name: None,
                content_type: None,
                content: b"1",
            },
            Part {
                name: "f".to_owned(),
                file_name: Some("x;%22.txt".to_owned()),
                content_type: Some("text/plain".to_owned()),
                content: b"\r\n--",
            },
        ];
        assert_eq!(form(FORM).unwrap(), expected);
        assert_eq!(form("--B--\r\n"), Some(Vec::new()));
        assert_eq!(parts("multipart/form-data", FORM.as_bytes()), None);
        for end in [1, 5, 40, FORM.len() - 5] {
            assert_eq!(form(&FORM[..end]), None, "{end}");
        }
        assert_eq!(
            form("--B\r\nContent-Type: text/plain\r\n\r\n1\r\n--B--"),
            None
        );
    }

    #[test]
    fn parts_that_fit() {
        let form = form(FORM).unwrap();
        let fits = |name: &str, part: PartMatcher| {
            assert_eq!(part.compare(name, &form), []);
        };
        let part = PartMatcher::default;
        fits("a", part());
        fits("a", part().content("1"));
        fits("f", part().file_name("x;\".txt").content_type("text/plain"));
        fits(
            "f",
            part()
                .content("\r\n--")
                .content_contains("-")
                .content_contains("\n"),
        );
    }

    #[test]
    fn parts_that_differ() {
        let form = form(FORM).unwrap();
        let check = |name: &str, part: PartMatcher, expected: &[&str]| {
            assert_eq!(shown(&part.compare(name, &form)), expected);
        };
        let part = PartMatcher::default;
        check(
            "b",
            part().content("1"),
            &["`body.b`: expected a part, got none"],
        );
        check(
            "a",
            part()
                .file_name("x")
                .content_type("y")
                .content("z")
                .content_contains("w"),
            &[
                "`body.a.file_name`: expected `x`, got none",
                "`body.a.content_type`: expected `y`, got none",
                "`body.a`: expected `z`, got `1`",
                "`body.a`: expected something with `w`, got `1`",
            ],
        );
    }

    /// Of parts with one name, any may be the one.
    #[test]
    fn the_nearest_part() {
        let part = |content: &'static str| Part {
            name: "a".to_owned(),
            file_name: Some(content.to_owned()),
            content_type: None,
            content: content.as_bytes(),
        };
        let parts = [part("1"), part("2")];
        let matcher = PartMatcher::default().file_name("2");
        assert_eq!(matcher.compare("a", &parts), []);
        let differences = matcher.content("3").compare("a", &parts);
        assert_eq!(shown(&differences), ["`body.a`: expected `3`, got `2`"]);
    }

    #[test]
    fn whole_forms() {
        let wanted = form(FORM).unwrap();
        assert_eq!(compare_parts(&wanted, &form(FORM).unwrap()), []);
        let other = FORM.replace("\"f\"; filename=\"x;%22.txt\"", "\"a\"");
        assert_eq!(
            shown(&compare_parts(&wanted, &form(&other).unwrap())),
            [
                "`body.a[1]`: expected none, got `\\r\\n--`",
                "`body.f`: expected `\\r\\n--`, got none",
            ]
        );
        let other = FORM.replace("x;", "y;").replace("text/plain", "text/html");
        assert_eq!(
            shown(&compare_parts(&wanted, &form(&other).unwrap())),
            [
                "`body.f.file_name`: expected `x;%22.txt`, got `y;%22.txt`",
                "`body.f.content_type`: expected `text/plain`, got `text/html`",
            ]
        );
    }
}
