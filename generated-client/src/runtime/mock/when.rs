//! What a request must have to fit an expectation, and how one differs from it.

use std::fmt;

use bytes::Bytes;
use reqwest::RequestBuilder;
use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderName};

use super::difference::{Difference, lossy};
use super::form::PartMatcher;
use super::operation::{MockOperation, arguments};
use super::request::{Received, decoded, pairs};
use super::wanted::{Place, Wanted, cookies};
use crate::runtime::Error;
use crate::runtime::api::{Api, Scheme};
use crate::runtime::parameter::Query;

/// What a request must have: what is not named may be anything.
///
/// What emitted code expects is encoded as it would be sent.
#[derive(Clone, Debug)]
pub(crate) struct When {
    api: &'static Api,
    /// Makes requests of which nothing but headers and bodies is used.
    http: reqwest::Client,
    wanted: Vec<(&'static str, Wanted)>,
}

/// What emitted code needs.
#[allow(dead_code, reason = "a document may have no parameters")]
impl When {
    pub(super) fn new(api: &'static Api, http: reqwest::Client) -> Self {
        Self {
            api,
            http,
            wanted: Vec::new(),
        }
    }

    /// Expects an argument in the path.
    #[track_caller]
    pub(crate) fn path(self, name: &'static str, segment: Result<String, Error>) -> Self {
        self.and(name, [Wanted::Argument(possible(segment))])
    }

    /// Expects parameters in the query.
    #[track_caller]
    pub(crate) fn query(self, name: &'static str, query: Result<Query, Error>) -> Self {
        let query = possible(query).append_to("?");
        let pairs = pairs(query.trim_start_matches('?')).collect();
        self.and(name, [Wanted::Pairs(pairs)])
    }

    /// Expects headers, or a body, as they are put on a request.
    #[track_caller]
    pub(crate) fn request(
        self,
        name: &'static str,
        build: impl FnOnce(RequestBuilder) -> Result<RequestBuilder, Error>,
    ) -> Self {
        let built = build(self.http.get("http://localhost/"));
        let built = possible(built.and_then(|request| request.build().map_err(Error::unsendable)));
        let text = |name: &HeaderName| {
            let value = built.headers().get(name);
            value.map_or_else(String::new, |value| lossy(value.as_bytes()))
        };
        let wanted: Vec<_> = match built.body() {
            Some(body) => {
                let body = body.as_bytes();
                let body = body.expect("a body that is expected is in memory: no file, no stream");
                vec![Wanted::Body {
                    media_type: text(&CONTENT_TYPE),
                    body: Bytes::copy_from_slice(body),
                }]
            }
            None => {
                let names = built.headers().keys();
                let wanted = names.map(|name| match name {
                    &COOKIE => Wanted::Cookies(cookies(&text(name)).map(str::to_owned).collect()),
                    name => Wanted::Header(name.clone(), text(name)),
                });
                wanted.collect()
            }
        };
        self.and(name, wanted)
    }

    /// Expects no parameter and no body of this name there.
    pub(crate) fn missing(self, name: &'static str, place: Place) -> Self {
        self.and(name, [Wanted::Missing(place)])
    }

    /// Expects a body that has these bytes somewhere.
    pub(crate) fn body_contains(self, bytes: impl Into<Bytes>) -> Self {
        self.and_also("body", Wanted::BodyContains(bytes.into()))
    }

    /// Expects a form with such a part.
    pub(crate) fn body_part(
        self,
        name: impl Into<String>,
        part: impl FnOnce(PartMatcher) -> PartMatcher,
    ) -> Self {
        let part = part(PartMatcher::default());
        self.and_also("body", Wanted::BodyPart(name.into(), part))
    }

    /// Replaces what was expected in the same place.
    fn and(mut self, name: &'static str, wanted: impl IntoIterator<Item = Wanted>) -> Self {
        for wanted in wanted {
            // A parameter of the path may be called as one of the query is.
            let place = wanted.place();
            self.wanted
                .retain(|(known, other)| *known != name || other.place() != place);
            self.wanted.push((name, wanted));
        }
        self
    }

    fn and_also(mut self, name: &'static str, wanted: Wanted) -> Self {
        self.wanted.push((name, wanted));
        self
    }
}

impl When {
    /// Where a request differs from what is expected; none where it is of another operation.
    pub(super) fn compare(
        &self,
        operation: &MockOperation,
        request: &Received,
    ) -> Option<Vec<Difference>> {
        let fixed = pairs(operation.query()).all(|pair| has_pair(request, &pair));
        if request.method != operation.method || !fixed {
            return None;
        }
        let mut differences = self.compare_path(operation, request)?;
        for (name, wanted) in &self.wanted {
            let found = wanted.compare(name, request).into_iter();
            differences.extend(found.map(|difference| {
                if is_credential(self.api, &difference.place) {
                    difference.secret()
                } else {
                    difference
                }
            }));
        }
        Some(differences)
    }

    fn compare_path(
        &self,
        operation: &MockOperation,
        request: &Received,
    ) -> Option<Vec<Difference>> {
        let wanted = |name: &str| {
            let mut wanted = self.wanted.iter();
            wanted.find_map(|(known, wanted)| match wanted {
                Wanted::Argument(segment) if *known == name => Some(segment.as_str()),
                _ => None,
            })
        };
        let (pieces, path) = (operation.pieces(), request.path());
        if arguments(&pieces, path, &wanted).is_some() {
            return Some(Vec::new());
        }
        let found = arguments(&pieces, path, &|_| None)?.into_iter();
        let differences = found.filter_map(|(name, got)| {
            let wanted = wanted(name).filter(|wanted| *wanted != got)?;
            Some(Difference::of(name, &decoded(wanted), Some(&decoded(got))))
        });
        Some(differences.collect())
    }
}

/// What is expected, on one line, as in `id` = `11`.
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (name, wanted)) in self.wanted.iter().enumerate() {
            let between = if index == 0 { " with" } else { "," };
            let shown = wanted.shown(name, is_credential(self.api, name));
            write!(f, "{between} {shown}")?;
        }
        Ok(())
    }
}

/// Whether a security scheme of the API has a credential by this name.
pub(super) fn is_credential(api: &Api, name: &str) -> bool {
    let mut schemes = api.schemes.iter();
    schemes.any(|(_, scheme)| match scheme {
        Scheme::Header(known) | Scheme::Query(known) | Scheme::Cookie(known) => {
            known.eq_ignore_ascii_case(name)
        }
        Scheme::Bearer | Scheme::Basic | Scheme::Authorization => false,
    })
}

/// What is expected, if a request can have it.
#[track_caller]
fn possible<T>(wanted: Result<T, Error>) -> T {
    wanted.unwrap_or_else(|error| panic!("no request can be as it is expected: {error}"))
}

fn has_pair(request: &Received, pair: &(String, String)) -> bool {
    pairs(request.query()).any(|sent| sent == *pair)
}

#[cfg(test)]
mod tests;
