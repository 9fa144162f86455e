//! What emitted code tells of an operation.

/// An operation as a server sees it.
#[derive(Debug)]
pub(crate) struct MockOperation {
    /// Its `operationId`.
    pub(crate) id: &'static str,
    pub(crate) method: &'static str,
    /// The path as it is sent, with names in braces where arguments are.
    pub(crate) path: &'static str,
    /// The documented errors: statuses, ranges such as `5XX`, or `default`.
    pub(crate) errors: &'static [&'static str],
}

/// A piece of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Literal(&'a str),
    /// An argument by its name.
    Argument(&'a str),
}

impl MockOperation {
    /// The path without a query, piece by piece.
    pub(super) fn pieces(&self) -> Vec<Piece<'static>> {
        let (mut rest, _) = self.path.split_once('?').unwrap_or((self.path, ""));
        let mut pieces = Vec::new();
        while let Some((literal, (name, behind))) = rest
            .split_once('{')
            .and_then(|(literal, rest)| Some((literal, rest.split_once('}')?)))
        {
            pieces.extend([Piece::Literal(literal), Piece::Argument(name)]);
            rest = behind;
        }
        pieces.push(Piece::Literal(rest));
        pieces.retain(|piece| *piece != Piece::Literal(""));
        pieces
    }

    /// The query that all its requests have.
    pub(super) fn query(&self) -> &'static str {
        self.path.split_once('?').map_or("", |(_, query)| query)
    }

    /// How many bytes of the path are the same in all its requests: of two operations that a request
    /// may be of, the one with more of them is meant.
    pub(super) fn literal_length(&self) -> usize {
        let pieces = self.pieces().into_iter();
        let lengths = pieces.map(|piece| match piece {
            Piece::Literal(text) => text.len(),
            Piece::Argument(_) => 0,
        });
        lengths.sum::<usize>() + self.query().len()
    }

    /// Whether the API documents an error of this status.
    pub(super) fn has_error(&self, status: u16) -> bool {
        let class = format!("{}XX", status / 100);
        let status = status.to_string();
        let mut errors = self.errors.iter();
        errors.any(|error| [status.as_str(), &class, "default"].contains(error))
    }
}

/// Takes the arguments out of a path; none if it is another one. What is known of an argument has to be
/// there in its place.
pub(super) fn arguments<'p>(
    pieces: &[Piece<'static>],
    path: &'p str,
    known: &dyn Fn(&str) -> Option<&'p str>,
) -> Option<Vec<(&'static str, &'p str)>> {
    let Some((first, rest)) = pieces.split_first() else {
        return path.is_empty().then(Vec::new);
    };
    let (name, ends) = match *first {
        Piece::Literal(text) => return arguments(rest, path.strip_prefix(text)?, known),
        Piece::Argument(name) => match known(name) {
            Some(value) => (name, value.len()..=value.len()),
            None => (name, 1..=path.find('/').unwrap_or(path.len())),
        },
    };
    ends.into_iter().find_map(|end| {
        let (value, behind) = path.split_at_checked(end)?;
        if known(name).is_some_and(|known| known != value) {
            return None;
        }
        let mut found = arguments(rest, behind, known)?;
        found.insert(0, (name, value));
        Some(found)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(path: &'static str) -> MockOperation {
        MockOperation {
            id: "a/b",
            method: "GET",
            path,
            errors: &["404", "5XX"],
        }
    }

    #[track_caller]
    fn check(path: &'static str, asked: &str, expected: Option<&[(&str, &str)]>) {
        let found = arguments(&operation(path).pieces(), asked, &|_| None);
        assert_eq!(found.as_deref(), expected, "{path} {asked}");
    }

    #[test]
    fn paths() {
        check("/a", "/a", Some(&[]));
        check("/a", "/a/", None);
        check("/a", "/b", None);
        check("/a/{b}", "/a/1", Some(&[("b", "1")]));
        check("/a/{b}", "/a/", None);
        check("/a/{b}", "/a/1/2", None);
        check("/a/{b}/c", "/a/1/c", Some(&[("b", "1")]));
        check("/{a}.{b}", "/1.2", Some(&[("a", "1"), ("b", "2")]));
        check("/{a}{b}", "/12", Some(&[("a", "1"), ("b", "2")]));
        check("/{a b}?x=1", "/1", Some(&[("a b", "1")]));
    }

    #[test]
    fn known_arguments() {
        let pieces = operation("/{a}.{b}").pieces();
        let known = |name: &str| (name == "a").then_some("1.2");
        let expected = [("a", "1.2"), ("b", "3")];
        assert_eq!(arguments(&pieces, "/1.2.3", &known), Some(expected.into()));
        assert_eq!(arguments(&pieces, "/1.4.3", &known), None);
    }

    #[test]
    fn documented_errors() {
        let operation = operation("/");
        for (status, expected) in [(404, true), (503, true), (403, false)] {
            assert_eq!(operation.has_error(status), expected, "{status}");
        }
    }
}
