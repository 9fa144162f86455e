//! The next page by a `Link` header (RFC 8288).

use reqwest::header::{HeaderMap, LINK};

/// The target of the link to the next page, word for word; none on the last page.
///
/// # Errors
///
/// When a header cannot be read: a list must not end early for that.
pub(super) fn next(headers: &HeaderMap) -> Result<Option<&str>, &'static str> {
    for header in headers.get_all(LINK) {
        let mut rest = str::from_utf8(header.as_bytes()).map_err(|_| UNREADABLE)?;
        while let Some(link) = Link::take(&mut rest)? {
            if link.is_next {
                return Ok(Some(link.target));
            }
        }
    }
    Ok(None)
}

const UNREADABLE: &str = "the `Link` header cannot be read";

struct Link<'a> {
    target: &'a str,
    is_next: bool,
}

impl<'a> Link<'a> {
    /// Takes one link off the beginning of a header.
    fn take(rest: &mut &'a str) -> Result<Option<Self>, &'static str> {
        // Elements of a list may be empty.
        *rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            return Ok(None);
        }
        let inner = rest.strip_prefix('<').ok_or(UNREADABLE)?;
        let (target, parameters) = inner.split_once('>').ok_or(UNREADABLE)?;
        *rest = parameters;
        let mut relation = None;
        let mut has_anchor = false;
        while let Some((name, value)) = parameter(rest)? {
            if name.eq_ignore_ascii_case("rel") {
                // The first one holds.
                relation.get_or_insert(value);
            }
            has_anchor |= name.eq_ignore_ascii_case("anchor");
        }
        let mut words = relation.unwrap_or_default().split_ascii_whitespace();
        Ok(Some(Self {
            target: target.trim(),
            // One with an anchor is a link from elsewhere.
            is_next: !has_anchor && words.any(|word| word.eq_ignore_ascii_case("next")),
        }))
    }
}

/// Takes one `; name=value` off the beginning of a header, where there is one before the next link.
fn parameter<'a>(rest: &mut &'a str) -> Result<Option<(&'a str, &'a str)>, &'static str> {
    *rest = rest.trim_start();
    if rest.is_empty() || rest.starts_with(',') {
        return Ok(None);
    }
    let tail = rest.strip_prefix(';').ok_or(UNREADABLE)?.trim_start();
    let end = tail.find(['=', ';', ',']).unwrap_or(tail.len());
    let (name, after) = tail.split_at(end);
    let Some(value) = after.strip_prefix('=') else {
        *rest = after;
        return Ok(Some((name.trim_end(), "")));
    };
    let value = value.trim_start();
    let (value, after) = match value.strip_prefix('"') {
        Some(quoted) => {
            let end = closing_quote(quoted).ok_or(UNREADABLE)?;
            (&quoted[..end], &quoted[end + 1..])
        }
        None => value.split_at(value.find([';', ',']).unwrap_or(value.len())),
    };
    *rest = after;
    Ok(Some((name.trim_end(), value.trim_end())))
}

/// Where a quoted text ends: at the first quote that has no backslash before it.
fn closing_quote(quoted: &str) -> Option<usize> {
    let mut escaped = false;
    quoted.bytes().position(|byte| {
        let closing = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closing
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(headers: &[&'static str], expected: Result<Option<&str>, ()>) {
        let headers: HeaderMap = headers
            .iter()
            .map(|value| (LINK, value.parse().unwrap()))
            .collect();
        assert_eq!(next(&headers).map_err(|_| ()), expected, "{headers:?}");
    }

    #[test]
    fn links() {
        let found = Ok(Some("https://a.test/?page=2"));
        check(&[], Ok(None));
        check(&[""], Ok(None));
        check(&[r#"<https://a.test/?page=2>; rel="next""#], found);
        check(
            &[
                r#"<https://a.test/?page=1>; rel="prev", <https://a.test/?page=2>; rel="next", <https://a.test/?page=9>; rel="last""#,
            ],
            found,
        );
        check(
            &[
                r#"<https://a.test/?page=9>; rel="last""#,
                r#"<https://a.test/?page=2>; rel="next""#,
            ],
            found,
        );
        check(&["<https://a.test/?page=2>;rel=next"], found);
        check(
            &[",, < https://a.test/?page=2 > ; REL = \"Next last\" ,"],
            found,
        );
        check(
            &[r#"<https://a.test/?page=2>; title="a, \"b\"; rel=x"; rel="next"; rel="last""#],
            found,
        );
        check(&["<https://a.test/?page=2>; crossorigin; rel=next"], found);
        check(&[r#"<?a,b;c>; rel="next""#], Ok(Some("?a,b;c")));
        check(&[r#"<x>; rel="nextish""#], Ok(None));
        check(&[r#"<x>; rel="last"; rel="next""#], Ok(None));
        check(&[r##"<x>; rel="next"; anchor="#y""##], Ok(None));
        check(
            &[r##"<x>; rel="next"; anchor="#y"; anchor="#z""##],
            Ok(None),
        );
        check(&["<x>"], Ok(None));
    }

    #[test]
    fn unreadable() {
        for header in [
            "x",
            "<x",
            r#"<x>; rel="next"#,
            "<x> rel=next",
            r#"<x>; rel="next\""#,
        ] {
            check(&[header], Err(()));
        }
    }

    /// Whatever the header, it is read to its end or refused.
    #[test]
    fn any_header() {
        let pieces = ["<", ">", ";", ",", "=", "\"", "\\", " ", "rel", "next", "a"];
        for number in 0..11_u32.pow(5) {
            let header: String = (0..5)
                .map(|place| pieces[(number / 11_u32.pow(place) % 11) as usize])
                .collect();
            let headers = HeaderMap::from_iter([(LINK, header.parse().unwrap())]);
            let _ = next(&headers);
        }
    }
}
