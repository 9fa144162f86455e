//! What a request must have to fit an expectation, and how one differs from it.

use std::fmt;
use std::mem::discriminant;

use bytes::Bytes;
use reqwest::RequestBuilder;
use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderName};

use super::difference::{Difference, SHOWN, compare_body, compare_pairs, lossy};
use super::operation::{MockOperation, arguments};
use super::request::{Received, decoded, pairs};
use crate::runtime::Error;
use crate::runtime::api::{Api, Scheme};
use crate::runtime::parameter::Query;
use crate::runtime::text::Beginning;

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

#[derive(Clone, Debug)]
enum Wanted {
    /// A piece of the path, encoded.
    Argument(String),
    /// Parameters of the query, all of those with these names.
    Pairs(Vec<(String, String)>),
    Header(HeaderName, String),
    Cookies(Vec<String>),
    Body {
        media_type: String,
        body: Bytes,
    },
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
        let wanted: Vec<_> = match built.body().and_then(reqwest::Body::as_bytes) {
            Some(body) => vec![Wanted::Body {
                media_type: text(&CONTENT_TYPE),
                body: Bytes::copy_from_slice(body),
            }],
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

    fn and(mut self, name: &'static str, wanted: impl IntoIterator<Item = Wanted>) -> Self {
        for wanted in wanted {
            // A parameter of the path may be called as one of the query is.
            let kind = discriminant(&wanted);
            let is_same = |(known, other): &(_, _)| *known == name && discriminant(other) == kind;
            self.wanted.retain(|known| !is_same(known));
            self.wanted.push((name, wanted));
        }
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

impl Wanted {
    fn compare(&self, name: &str, request: &Received) -> Vec<Difference> {
        match self {
            // Compared with the whole path.
            Self::Argument(_) => Vec::new(),
            Self::Pairs(wanted) => {
                let begin = format!("{name}[");
                let is_of_parameter = |sent: &str| {
                    let is_wanted = wanted.iter().any(|(wanted, _)| wanted == sent);
                    is_wanted || sent == name || sent.starts_with(&begin)
                };
                let sent = pairs(request.query()).filter(|(sent, _)| is_of_parameter(sent));
                compare_pairs(wanted, &sent.collect::<Vec<_>>())
            }
            Self::Header(header, wanted) => {
                let got = request.headers.get(header);
                let got = got.map(|got| lossy(got.as_bytes()));
                let differs = got.as_ref() != Some(wanted);
                let difference = || Difference::of(name, wanted, got.as_deref());
                differs.then(difference).into_iter().collect()
            }
            Self::Cookies(wanted) => {
                let sent = request.headers.get_all(COOKIE).iter();
                let sent: Vec<_> = sent.map(|sent| lossy(sent.as_bytes())).collect();
                let has = |cookie: &String| {
                    sent.iter()
                        .flat_map(|sent| cookies(sent))
                        .any(|sent| sent == cookie)
                };
                // Many a cookie is as good as a password.
                let shown = (!sent.is_empty()).then_some("");
                let difference = || Difference::of(name, "", shown).secret();
                let differs = !wanted.iter().all(has);
                differs.then(difference).into_iter().collect()
            }
            Self::Body { media_type, body } => compare_body(media_type, body, request),
        }
    }
}

/// What is expected, on one line, as in `id` = `11`.
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (name, wanted)) in self.wanted.iter().enumerate() {
            let between = if index == 0 { " with" } else { "," };
            let value = match wanted {
                _ if is_credential(self.api, name) => "…".to_owned(),
                Wanted::Argument(segment) => decoded(segment).into_owned(),
                Wanted::Pairs(pairs) => {
                    let values: Vec<_> = pairs.iter().map(|(_, value)| value.as_str()).collect();
                    values.join(", ")
                }
                Wanted::Header(_, value) => value.clone(),
                Wanted::Cookies(_) => "…".to_owned(),
                Wanted::Body { body, .. } => lossy(body),
            };
            write!(f, "{between} `{name}` = `{}`", Beginning(&value, SHOWN))?;
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

fn cookies(header: &str) -> impl Iterator<Item = &str> {
    header.split(';').map(str::trim)
}

#[cfg(test)]
mod tests;
