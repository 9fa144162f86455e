//! Where a request of the caller's own goes: one place at the client's own origin, or nowhere.

use reqwest::Url;

use crate::runtime::Error;
use crate::runtime::base_url::has_userinfo;
use crate::runtime::parameter::{Query, segment};
use crate::runtime::peer::Peer;
use crate::runtime::redirect::is_legal;

/// A path or a URL, and what goes into it.
#[derive(Clone)]
pub(super) struct Target {
    text: String,
    segments: Vec<(String, String)>,
    query: Vec<(String, String)>,
}

impl Target {
    pub(super) fn new(text: String) -> Self {
        Self {
            text,
            segments: Vec::new(),
            query: Vec::new(),
        }
    }

    pub(super) fn fill(&mut self, name: String, value: String) {
        self.segments.push((name, value));
    }

    pub(super) fn add(&mut self, name: String, value: String) {
        self.query.push((name, value));
    }

    /// The path, without a query.
    pub(super) fn path(&self) -> &str {
        self.text.split(['?', '#']).next().unwrap_or_default()
    }

    /// The URL to ask for, which is one of the peer's origin.
    pub(super) fn url(&self, peer: &Peer<'_>) -> Result<String, Error> {
        let filled = self.filled()?;
        let Some(path) = check(&filled)? else {
            return Ok(self.with_query(format!("{}{filled}", peer.url.as_str())));
        };
        let url = Url::parse(&filled).ok();
        let url = url.filter(|url| path.starts_with('/') && !has_userinfo(url));
        let url = url.ok_or_else(|| refused("is not a URL that a request can go to"))?;
        if !peer.is_origin_of(&url) {
            return Err(Error::foreign(&url));
        }
        Ok(self.with_query(filled))
    }

    fn with_query(&self, url: String) -> String {
        let mut query = Query::new();
        for (name, value) in &self.query {
            query = query.pair(name, value);
        }
        query.append_to(url)
    }

    /// The text with a value for each name in braces.
    fn filled(&self) -> Result<String, Error> {
        let mut filled = String::new();
        let mut used = Vec::new();
        let mut rest = self.text.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (name, behind) = after
                .split_once('}')
                .ok_or_else(|| refused("has a `{` without a `}`"))?;
            let mut values = self.segments.iter().rev();
            let value = values.find(|(known, _)| known == name);
            let (_, value) = value.ok_or_else(|| {
                refused(format!(
                    "has `{{{}}}`, and no value for it",
                    name.escape_debug()
                ))
            })?;
            filled.push_str(before);
            filled.push_str(&segment(name, value)?);
            used.push(name);
            rest = behind;
        }
        filled.push_str(rest);
        for (name, _) in &self.segments {
            if !used.contains(&name.as_str()) {
                let reason = format!("has no `{{{}}}` to put a value in", name.escape_debug());
                return Err(refused(reason));
            }
        }
        Ok(filled)
    }
}

/// Refuses what a URL parser or a server would read as another path; gives the path of a whole URL,
/// and none for a path.
fn check(text: &str) -> Result<Option<&str>, Error> {
    if !text.bytes().all(|byte| is_legal(byte) && byte != b'#') {
        return Err(refused(
            "has a character that has to be percent-encoded in a URL",
        ));
    }
    let path = text.split('?').next().unwrap_or_default();
    let (path, whole) = match path.split_once("://") {
        Some((scheme, rest)) if !scheme.contains('/') => {
            let path = rest.find('/').map_or("", |start| &rest[start..]);
            (path, Some(path))
        }
        _ if path.starts_with('/') => (path, None),
        _ => return Err(refused("neither begins with `/` nor is a URL")),
    };
    let path = path.strip_prefix('/').unwrap_or(path);
    // A slash may be the end.
    let path = path.strip_suffix('/').unwrap_or(path);
    for segment in path.split('/') {
        if segment.is_empty() && !path.is_empty() {
            return Err(refused("has an empty segment"));
        }
        // A server may decode it before it looks for steps, more than once.
        let mut decoded = segment.to_ascii_lowercase();
        while decoded.contains("%25") {
            decoded = decoded.replace("%25", "%");
        }
        let decoded = decoded
            .replace("%2e", ".")
            .replace("%2f", "/")
            .replace("%5c", "/");
        if decoded.split('/').any(|piece| matches!(piece, "." | "..")) {
            return Err(refused("has a segment that is a step, as `..` is"));
        }
    }
    Ok(whole)
}

fn refused(reason: impl std::fmt::Display) -> Error {
    Error::argument("path", reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::Session;
    use crate::runtime::tests::API;
    use crate::runtime::{ClientBuilder, raw};

    fn url(target: &Target) -> Result<String, Error> {
        let builder = ClientBuilder::new(&API, |session: Session| session);
        let session = builder.base_url("https://api.test/v3").build().unwrap();
        target.url(&session.peer(&raw::OPERATION))
    }

    #[track_caller]
    fn refused(text: &str, reason: &str) {
        let error = url(&Target::new(text.to_owned())).unwrap_err();
        assert!(error.is_invalid_request(), "{text}");
        assert_eq!(
            error.to_string(),
            format!("argument `path` {reason}"),
            "{text}"
        );
    }

    #[test]
    fn paths() {
        for (text, expected) in [
            ("/", "https://api.test/v3/"),
            ("/a/b.c/...", "https://api.test/v3/a/b.c/..."),
            ("/a/?b=../c", "https://api.test/v3/a/?b=../c"),
            ("/a%2Fb", "https://api.test/v3/a%2Fb"),
            ("https://api.test/v3/a?b", "https://api.test/v3/a?b"),
            ("https://API.test:443/a", "https://API.test:443/a"),
            (
                "/a?b=https://other.test",
                "https://api.test/v3/a?b=https://other.test",
            ),
            ("/a:b@c", "https://api.test/v3/a:b@c"),
        ] {
            assert_eq!(url(&Target::new(text.to_owned())).unwrap(), expected);
        }
    }

    #[test]
    fn steps() {
        for text in [
            "/..",
            "/.",
            "/a/../b",
            "/a/./b",
            "/a/%2e%2E/b",
            "/a/.%2e",
            "/a/..%2fb",
            "/a%2F..",
            "/a%5c..%5Cb",
            "/a/%252e%252e/b",
            "/a/..?b",
            "https://api.test/../a",
        ] {
            refused(text, "has a segment that is a step, as `..` is");
        }
    }

    #[test]
    fn no_paths() {
        let other = "neither begins with `/` nor is a URL";
        for text in [
            "",
            "a",
            "@other.test/a",
            ":80/a",
            ".other.test",
            "?a",
            "data:a",
        ] {
            refused(text, other);
        }
        let illegal = "has a character that has to be percent-encoded in a URL";
        for text in ["/a b", "/a\\..\\b", "/a\n", "/ä", "/a#b", "/a\"", "/a}"] {
            refused(text, illegal);
        }
        refused("//other.test/a", "has an empty segment");
        refused("/a//b", "has an empty segment");
        refused("/a://b", "has an empty segment");
        let no_url = "is not a URL that a request can go to";
        for text in ["https://", "https://api.test", "https://u:SECRET@api.test/"] {
            refused(text, no_url);
        }
    }

    #[test]
    fn other_origins() {
        for text in [
            "https://other.test/v3/a",
            "http://api.test/v3/a",
            "https://api.test:8443/v3/a",
            "https://api.test.other.test/",
            "ftp://api.test/v3/a",
        ] {
            let error = url(&Target::new(text.to_owned())).unwrap_err();
            assert!(error.is_invalid_request());
            assert!(error.to_string().contains("another origin"), "{error}");
        }
    }

    #[test]
    fn values() {
        let mut target = Target::new("/a/{b}/{c-d}/{b}?e=1".to_owned());
        target.fill("b".to_owned(), "x/y?z".to_owned());
        target.fill("c-d".to_owned(), "{b}".to_owned());
        target.add("f g".to_owned(), "h&i".to_owned());
        target.add("f g".to_owned(), String::new());
        let expected = "https://api.test/v3/a/x%2Fy%3Fz/%7Bb%7D/x%2Fy%3Fz?e=1&f%20g=h%26i&f%20g=";
        assert_eq!(url(&target).unwrap(), expected);
    }

    #[test]
    fn values_that_are_no_segments() {
        for value in ["", "..", "a/../b"] {
            let mut target = Target::new("/{b}".to_owned());
            target.fill("b".to_owned(), value.to_owned());
            let message = url(&target).unwrap_err().to_string();
            assert!(message.starts_with("argument `b` "), "{message}");
        }
    }

    #[test]
    fn values_and_places() {
        refused("/{b}", "has `{b}`, and no value for it");
        refused("/{b", "has a `{` without a `}`");
        let mut target = Target::new("/b".to_owned());
        target.fill("b".to_owned(), "c".to_owned());
        let message = url(&target).unwrap_err().to_string();
        assert_eq!(message, "argument `path` has no `{b}` to put a value in");
    }
}
