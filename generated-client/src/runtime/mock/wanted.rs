//! One thing that a request must have, and how it differs from what a request has.

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderName};

use super::difference::{Difference, SHOWN, compare_body, compare_pairs, contains, lossy};
use super::form::{PartMatcher, parts};
use super::request::{Received, decoded, pairs};
use crate::runtime::text::Beginning;

/// Something that a request must have.
#[derive(Clone, Debug)]
pub(super) enum Wanted {
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
    BodyContains(Bytes),
    /// A part of a form, by its name.
    BodyPart(String, PartMatcher),
    /// Nothing there.
    Missing(Place),
}

/// Where a request has something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "a document may have nothing optional")]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Cookie,
    Body,
}

impl Wanted {
    pub(super) fn place(&self) -> Place {
        match self {
            Self::Argument(_) => Place::Path,
            Self::Pairs(_) => Place::Query,
            Self::Header(..) => Place::Header,
            Self::Cookies(_) => Place::Cookie,
            Self::Body { .. } | Self::BodyContains(_) | Self::BodyPart(..) => Place::Body,
            Self::Missing(place) => *place,
        }
    }

    pub(super) fn compare(&self, name: &str, request: &Received) -> Vec<Difference> {
        match self {
            // Compared with the whole path.
            Self::Argument(_) => Vec::new(),
            Self::Pairs(wanted) => {
                let is_wanted = |sent: &str| wanted.iter().any(|(wanted, _)| wanted == sent);
                let sent = pairs(request.query());
                let sent = sent.filter(|(sent, _)| is_wanted(sent) || is_of_parameter(sent, name));
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
                let sent = sent_cookies(request);
                let has = |cookie: &String| sent.iter().any(|sent| sent == cookie);
                // Many a cookie is as good as a password.
                let shown = (!sent.is_empty()).then_some("");
                let difference = || Difference::of(name, "", shown).secret();
                let differs = !wanted.iter().all(has);
                differs.then(difference).into_iter().collect()
            }
            Self::Body { media_type, body } => compare_body(media_type, body, request),
            Self::BodyContains(bytes) if contains(&request.body, bytes) => Vec::new(),
            Self::BodyContains(bytes) => {
                vec![Difference::lacking(name, bytes, &request.body)]
            }
            Self::BodyPart(part_name, part) => {
                let content_type = request.header(CONTENT_TYPE.as_str());
                match parts(content_type.unwrap_or_default(), &request.body) {
                    Some(parts) => part.compare(part_name, &parts),
                    None => {
                        let wanted = "a form of parts";
                        vec![Difference::new("content-type", wanted, content_type)]
                    }
                }
            }
            Self::Missing(place) => unwanted(*place, name, request).into_iter().collect(),
        }
    }

    /// What is expected, on one line, as in `id` = `11`.
    pub(super) fn shown(&self, name: &str, is_secret: bool) -> String {
        let value = match self {
            Self::Missing(_) => return format!("no `{name}`"),
            _ if is_secret => "…".to_owned(),
            Self::Argument(segment) => decoded(segment).into_owned(),
            Self::Pairs(pairs) => {
                let values: Vec<_> = pairs.iter().map(|(_, value)| value.as_str()).collect();
                values.join(", ")
            }
            Self::Header(_, value) => value.clone(),
            Self::Cookies(_) => "…".to_owned(),
            Self::Body { body, .. } => lossy(body),
            Self::BodyContains(bytes) => {
                return format!("`{}` in `{name}`", Beginning(&lossy(bytes), SHOWN));
            }
            Self::BodyPart(part_name, part) => {
                return format!("a part `{}`{part}", Beginning(part_name, SHOWN));
            }
        };
        format!("`{name}` = `{}`", Beginning(&value, SHOWN))
    }
}

/// What a request has where there should be nothing.
fn unwanted(place: Place, name: &str, request: &Received) -> Option<Difference> {
    match place {
        // There is no path without it.
        Place::Path => None,
        Place::Query => {
            let sent = pairs(request.query()).filter(|(sent, _)| is_of_parameter(sent, name));
            let sent: Vec<_> = sent.map(|(_, value)| value).collect();
            (!sent.is_empty()).then(|| Difference::unwanted(name, &sent.join(", ")))
        }
        Place::Header => {
            let sent = request.headers.get(name)?;
            Some(Difference::unwanted(name, &lossy(sent.as_bytes())))
        }
        Place::Cookie => {
            let sent = sent_cookies(request);
            let mut names = sent.iter().map(|sent| sent.split('=').next());
            let is_sent = names.any(|sent| sent == Some(name));
            is_sent.then(|| Difference::unwanted(name, "").secret())
        }
        Place::Body => {
            let is_sent = !request.body.is_empty() || request.headers.contains_key(CONTENT_TYPE);
            is_sent.then(|| Difference::unwanted(name, &lossy(&request.body)))
        }
    }
}

/// Whether a name in a query is that of a parameter, or of a property of it.
fn is_of_parameter(sent: &str, name: &str) -> bool {
    let behind = sent.strip_prefix(name);
    behind.is_some_and(|behind| behind.is_empty() || behind.starts_with('['))
}

fn sent_cookies(request: &Received) -> Vec<String> {
    let sent = request.headers.get_all(COOKIE).iter();
    let sent = sent.map(|sent| lossy(sent.as_bytes()));
    sent.flat_map(|sent| cookies(&sent).map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// The cookies of a header.
pub(super) fn cookies(header: &str) -> impl Iterator<Item = &str> {
    header.split(';').map(str::trim)
}
