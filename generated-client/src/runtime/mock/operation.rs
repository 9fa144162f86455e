//! The mock's description of an operation, as emitted.

use serde::de::DeserializeOwned;

/// An operation as a server sees it.
#[derive(Debug)]
pub(crate) struct MockOperation {
    /// Its `operationId`.
    pub(crate) id: &'static str,
    pub(crate) method: &'static str,
    /// The path as it is sent, with names in braces where arguments are.
    pub(crate) path: &'static str,
    pub(crate) errors: &'static [MockErrors],
}

/// Documented errors of an operation that have the same body.
#[derive(Debug)]
pub(crate) struct MockErrors {
    /// Statuses, ranges such as `5XX`, or `default`.
    pub(crate) statuses: &'static [&'static str],
    /// The types that a body can have; if there are none, any body will do.
    pub(crate) bodies: &'static [MockBody],
}

/// A type of bodies.
#[derive(Debug)]
pub(crate) struct MockBody {
    name: &'static str,
    decode: fn(&[u8]) -> Result<(), serde_json::Error>,
}

impl MockBody {
    /// The type that has this name in the document.
    #[allow(dead_code, reason = "a document may have no errors with a body")]
    pub(crate) const fn of<T: DeserializeOwned>(name: &'static str) -> Self {
        Self {
            name,
            decode: |json| serde_json::from_slice::<T>(json).map(drop),
        }
    }
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

    /// Checks that the API documents an error of this status with such a body.
    pub(super) fn check_error(&self, status: u16, body: &[u8]) -> Result<(), String> {
        let id = self.id;
        let Some(errors) = self.errors_of(status) else {
            return Err(format!(
                "the API documents no error of status `{status}` for `{id}`"
            ));
        };
        let mut reasons = Vec::new();
        for body_type in errors.bodies {
            match (body_type.decode)(body) {
                Ok(()) => return Ok(()),
                Err(error) => reasons.push(format!("it is no `{}`: {error}", body_type.name)),
            }
        }
        if reasons.is_empty() {
            return Ok(());
        }
        let reasons = reasons.join("; ");
        Err(format!(
            "the API documents another body of status `{status}` for `{id}`: {reasons}"
        ))
    }

    fn errors_of(&self, status: u16) -> Option<&MockErrors> {
        if status < 400 {
            return None;
        }
        let class = format!("{}XX", status / 100);
        let status = status.to_string();
        // The nearest one counts.
        let mut known = [status.as_str(), &class, "default"].into_iter();
        known.find_map(|status| {
            let mut errors = self.errors.iter();
            errors.find(|errors| errors.statuses.contains(&status))
        })
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

    const ERRORS: &[MockErrors] = &[
        MockErrors {
            statuses: &["404", "5XX"],
            bodies: &[MockBody::of::<u8>("Number"), MockBody::of::<bool>("Flag")],
        },
        MockErrors {
            statuses: &["503"],
            bodies: &[],
        },
    ];

    fn operation(path: &'static str) -> MockOperation {
        MockOperation {
            id: "a/b",
            method: "GET",
            path,
            errors: ERRORS,
        }
    }

    #[track_caller]
    fn check(path: &'static str, requested: &str, expected: Option<&[(&str, &str)]>) {
        let found = arguments(&operation(path).pieces(), requested, &|_| None);
        assert_eq!(found.as_deref(), expected, "{path} {requested}");
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
    fn literal_lengths() {
        for (path, expected) in [("/a", 2), ("/a/{b}/c", 5), ("/{a}?x=1", 4), ("/{a}", 1)] {
            assert_eq!(operation(path).literal_length(), expected, "{path}");
        }
    }

    #[test]
    fn documented_errors() {
        let operation = operation("/");
        for (status, body, expected) in [
            (404, "1", None),
            (502, "true", None),
            (503, "\"a\"", None),
            (
                403,
                "1",
                Some("the API documents no error of status `403` for `a/b`"),
            ),
            (
                404,
                "\"a\"",
                Some(
                    "the API documents another body of status `404` for `a/b`: it is no `Number`: \
                     invalid type: string \"a\", expected u8 at line 1 column 3; it is no `Flag`: \
                     invalid type: string \"a\", expected a boolean at line 1 column 3",
                ),
            ),
        ] {
            let found = operation.check_error(status, body.as_bytes());
            assert_eq!(found.err().as_deref(), expected, "{status}");
        }
    }

    /// A success is no error, whatever the document says of all others.
    #[test]
    fn successes() {
        let errors = &[MockErrors {
            statuses: &["default"],
            bodies: &[],
        }];
        let operation = MockOperation {
            errors,
            ..operation("/")
        };
        assert!(operation.check_error(400, b"1").is_ok());
        assert!(operation.check_error(399, b"1").is_err());
    }
}
